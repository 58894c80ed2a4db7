//! What the page shows of its saves, and the handle by which its parts act on them.

use std::rc::Rc;

use scrapeyard_core::lab::Problem;
use yew::Callback;
use yew::prelude::{hook, use_context};

use super::keeper::Keeper;

/// How the lab is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Keeping {
    /// There was nothing to keep yet.
    #[default]
    NotYet,
    /// What is done is kept.
    Kept,
    /// Another tab has the lab and writes it.
    Elsewhere,
    /// There is no room left.
    Full,
    /// The browser keeps nothing; its own words.
    Forbidden(String),
}

impl Keeping {
    /// The end of the keys of its texts, and the mark for tests.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::Kept => "kept",
            Self::Elsewhere => "elsewhere",
            Self::Full => "full",
            Self::Forbidden(_) => "forbidden",
        }
    }

    /// Whether what is done now would be lost.
    pub const fn loses(&self) -> bool {
        matches!(self, Self::Elsewhere | Self::Full | Self::Forbidden(_))
    }
}

/// What a link brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrived {
    /// A lab; the reader's own, which was open before, is kept under this id.
    Lab(Option<String>),
    /// Nothing that could be read.
    Broken(Problem),
}

/// Why the lab was not opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trouble {
    /// What was said; nothing where opening it ended the tab the last time.
    pub problems: Vec<Problem>,
    /// The last deed of its journal, which may be what it stumbles over.
    pub last: Option<String>,
}

/// A sheet over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All labs.
    Labs,
    /// The lab as a link and as a file.
    Share,
}

/// Everything that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The lab's name; empty where it goes by its number.
    pub name: String,
    /// The lab's number; 0 before it was kept for the first time.
    pub number: u32,
    /// How it is kept.
    pub keeping: Keeping,
    /// The change that can be taken back.
    pub undo: Option<String>,
    /// The deed that can be done again.
    pub redo: Option<String>,
    /// What a link brought.
    pub arrived: Option<Arrived>,
    /// Why there is no lab.
    pub trouble: Option<Trouble>,
    /// A newer page is here and waits.
    pub has_update: bool,
    /// The sheet that is open.
    pub sheet: Option<Shown>,
}

/// A step back or forth in what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Takes the last change back.
    Undo,
    /// Does again what was taken back.
    Redo,
}

/// The handle. Cheap to clone.
#[derive(Clone, PartialEq)]
pub struct Saves {
    /// What is shown.
    pub view: Rc<View>,
    /// Goes back and forth.
    pub history: Callback<History>,
    /// Who keeps the lab.
    pub keeper: Handle,
}

/// The keeper, equal to itself only.
#[derive(Clone)]
pub struct Handle(pub Rc<Keeper>);

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Saves {
    /// Opens a sheet, or closes the one that is open.
    pub fn show(&self, sheet: Option<Shown>) {
        self.keeper.0.change(|view| view.sheet = sheet);
    }
}

/// The saves.
///
/// # Panics
/// Outside the page's root, which provides them.
#[hook]
pub fn use_saves() -> Saves {
    use_context::<Saves>().expect("the root provides the saves")
}
