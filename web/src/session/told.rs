//! What was told and is still to be read. It stands at the foot of the page, and in a sheet that covers that.

use yew::Callback;

use super::handle::Notice;

/// A notice with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Rises from notice to notice.
    pub number: u64,
    /// The notice.
    pub notice: Notice,
}

/// The notices that are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The newest last.
    pub shown: Vec<Shown>,
    /// Called with the number of one to close.
    pub on_close: Callback<u64>,
}
