//! Metrics pages of the images: from what a program shows to the text it answers with.

use super::super::collect::FamilyList;
use crate::exposition::{Format, write_page};

/// The text of a page in the classic format.
pub(super) fn text_of(show: impl FnOnce(&mut FamilyList)) -> String {
    let mut list = FamilyList::default();
    show(&mut list);
    let mut text = String::with_capacity(8192);
    write_page(Format::Text, &list.families, &mut text);
    text
}
