//! The mark of a lab that is on its way into the worker. Where it is still there, opening the lab has ended its page.
//!
//! A reader who leaves meanwhile ends no lab: then the page's script takes the mark away (`boot/page.js`), since a part of
//! the app that has not come yet cannot come any more while a page goes away.

use web_sys::window;

use super::lock::{Lock, pause};
use crate::preferences::Preference;

/// So often in succession nobody must have the lab: a tab that has just begun to open it gets its lock a moment later.
const FREE_LOOKS: u32 = 2;
/// Where nobody can know which tabs live: as long as opening a lab mostly takes, after which its mark is gone.
const FREE_LOOKS_WITHOUT_LOCKS: u32 = 20;
/// A page that has just ended may still have its lock for so many looks.
const MORE_LOOKS: u32 = 2;
const BETWEEN_LOOKS_MS: u32 = 150;

/// Marks a lab: this page opens it.
pub fn set(id: &str) {
    Preference::Opening.write(&format!("{id} {}", page()));
}

/// Marks a lab for good, since opening it kills workers: the next page that is to open it asks before.
pub fn blame(id: &str) {
    Preference::Opening.write(id);
}

/// Takes away this page's own mark. That of another page says something of another opening.
pub fn clear() {
    let mark = Preference::Opening.read();
    if mark.is_some_and(|mark| mark.split(' ').nth(1) == Some(&page())) {
        Preference::Opening.forget();
    }
}

/// Takes away the mark of a lab, whoever set it: its reader knows.
pub fn forgive(id: &str) {
    if set_by(id).is_some() {
        Preference::Opening.forget();
    }
}

/// Whether opening the lab has ended its page: it is marked, and no tab that lives has it.
pub async fn tells_of_a_crash(id: &str) -> bool {
    let wanted = if Lock::is_known() { FREE_LOOKS } else { FREE_LOOKS_WITHOUT_LOCKS };
    let mut free = 0;
    for _ in 0..wanted + MORE_LOOKS {
        match set_by(id) {
            None => return false,
            Some(page) if page.is_empty() => return true,
            Some(_) => {}
        }
        free = if Lock::is_held(id).await { 0 } else { free + 1 };
        if free == wanted {
            return true;
        }
        pause(BETWEEN_LOOKS_MS).await;
    }
    false
}

/// The page that marked the lab; empty where the lab is to blame.
fn set_by(id: &str) -> Option<String> {
    let mark = Preference::Opening.read()?;
    let (marked, page) = mark.split_once(' ').unwrap_or((&mark, ""));
    (marked == id).then(|| page.to_owned())
}

/// When this page began, in milliseconds and parts of one: no other page has this number, and the page's script knows it.
fn page() -> String {
    let began = window().and_then(|window| window.performance()).map(|clock| clock.time_origin());
    began.unwrap_or_default().to_string()
}
