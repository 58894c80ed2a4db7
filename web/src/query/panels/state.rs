//! The panels of the page: which there are, in which order, and what each is set to. Pure; asks nothing.

use std::rc::Rc;

use yew::prelude::Reducible;

use super::super::settings::Settings;

/// So many panels at once: each asks the lab on its own.
pub const MOST_PANELS: usize = 12;
/// A panel's name is no longer, in characters.
const LONGEST_NAME: usize = 80;

/// What was run last, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The expression.
    pub expression: String,
    /// Rises when the same is run again.
    pub number: u64,
}

/// One panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelState {
    /// Its number, unique among the panels there are; small, as the places of its answers hang on it.
    pub id: u32,
    /// What the reader calls it; may be empty.
    pub name: String,
    /// What stands in its editor.
    pub text: String,
    /// What was run last.
    pub submitted: Submitted,
    /// Table or graph, time, step, store.
    pub settings: Settings,
}

impl PanelState {
    /// The letter by which the page calls it: it stays with the panel wherever that is moved.
    pub fn letter(&self) -> char {
        char::from(b'A' + (self.id % 26) as u8)
    }
}

/// All panels.
#[derive(Clone, Debug, PartialEq)]
pub struct Panels {
    /// In the order in which they stand.
    pub list: Vec<PanelState>,
    /// The one that was used last.
    pub active: u32,
    /// The one that was removed last and may come back, with its place.
    pub removed: Option<(usize, PanelState)>,
}

/// What is done with the panels.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A new one at the end.
    Add,
    /// The same again behind it.
    Duplicate(u32),
    /// Away with it.
    Remove(u32),
    /// The one that was removed last stands there again.
    Undo,
    /// What was removed is forgotten.
    Forget,
    /// It takes the place with this index.
    MoveTo(u32, usize),
    /// It was used.
    Use(u32),
    /// Something of it changes.
    Change(u32, Change),
}

/// What changes in a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another name.
    Name(String),
    /// Another text in the editor.
    Text(String),
    /// The text is run.
    Run(String),
    /// Other settings.
    Settings(Box<Settings>),
}

impl Panels {
    /// One panel with an expression that is run at once.
    pub fn first(expression: String) -> Self {
        Self { list: vec![panel(0, expression)], active: 0, removed: None }
    }

    /// Where the panel with this number stands.
    pub fn place(&self, id: u32) -> Option<usize> {
        self.list.iter().position(|panel| panel.id == id)
    }

    /// The numbers of the panel's neighbours can be taken: whether one more fits.
    pub const fn has_room(&self) -> bool {
        self.list.len() < MOST_PANELS
    }

    /// The lowest number that no panel has, a removed one neither: it may come back.
    fn free_id(&self) -> u32 {
        let taken = |id: &u32| {
            self.place(*id).is_some() || self.removed.as_ref().is_some_and(|(_, panel)| panel.id == *id)
        };
        (0..).find(|id| !taken(id)).unwrap_or_default()
    }

    fn done(mut self, deed: Deed) -> Self {
        match deed {
            Deed::Add if self.has_room() => {
                let id = self.free_id();
                self.list.push(panel(id, String::new()));
                self.active = id;
            }
            Deed::Duplicate(id) if self.has_room() => {
                if let Some(place) = self.place(id) {
                    let copy = PanelState { id: self.free_id(), ..self.list[place].clone() };
                    self.active = copy.id;
                    self.list.insert(place + 1, copy);
                }
            }
            // The last one stays: a page without a panel could do nothing.
            Deed::Remove(id) if self.list.len() > 1 => {
                if let Some(place) = self.place(id) {
                    let panel = self.list.remove(place);
                    self.removed = Some((place, panel));
                    let next = place.min(self.list.len() - 1);
                    self.active = self.list[next].id;
                }
            }
            Deed::Undo => {
                if let Some((place, panel)) = self.removed.take() {
                    self.active = panel.id;
                    self.list.insert(place.min(self.list.len()), panel);
                }
            }
            Deed::Forget => self.removed = None,
            Deed::MoveTo(id, to) => {
                if let Some(place) = self.place(id) {
                    let panel = self.list.remove(place);
                    self.list.insert(to.min(self.list.len()), panel);
                }
            }
            Deed::Use(id) => self.active = id,
            Deed::Change(id, change) => {
                if let Some(panel) = self.list.iter_mut().find(|panel| panel.id == id) {
                    changed(panel, change);
                }
            }
            Deed::Add | Deed::Duplicate(_) | Deed::Remove(_) => {}
        }
        self
    }
}

fn panel(id: u32, expression: String) -> PanelState {
    PanelState {
        id,
        name: String::new(),
        text: expression.clone(),
        submitted: Submitted { expression, number: 0 },
        settings: Settings::default(),
    }
}

fn changed(panel: &mut PanelState, change: Change) {
    match change {
        Change::Name(name) => panel.name = name.chars().take(LONGEST_NAME).collect(),
        Change::Text(text) => panel.text = text,
        Change::Run(text) => {
            panel.submitted = Submitted { expression: text.clone(), number: panel.submitted.number + 1 };
            panel.text = text;
        }
        Change::Settings(settings) => panel.settings = *settings,
    }
}

impl Reducible for Panels {
    type Action = Deed;

    fn reduce(self: Rc<Self>, deed: Deed) -> Rc<Self> {
        let done = (*self).clone().done(deed);
        if done == *self { self } else { Rc::new(done) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(deeds: impl IntoIterator<Item = Deed>) -> Panels {
        deeds.into_iter().fold(Panels::first("up".to_owned()), Panels::done)
    }

    fn letters(panels: &Panels) -> String {
        panels.list.iter().map(PanelState::letter).collect()
    }

    #[test]
    fn a_removed_panel_comes_back_to_its_place() {
        let text = Change::Text("b".to_owned());
        let panels = after([Deed::Add, Deed::Add, Deed::Change(1, text), Deed::Remove(1)]);
        assert_eq!((letters(&panels).as_str(), panels.active), ("AC", 2));
        // Its letter is not given to another one meanwhile.
        assert_eq!(letters(&panels.clone().done(Deed::Add)), "ACD");
        let back = panels.clone().done(Deed::Undo);
        assert_eq!((letters(&back).as_str(), back.list[1].text.as_str(), back.active), ("ABC", "b", 1));
        assert_eq!(letters(&panels.done(Deed::Forget).done(Deed::Undo)), "AC");
    }

    #[test]
    fn a_copy_stands_behind_its_original_and_goes_its_own_way() {
        let text = Change::Run("sum(up)".to_owned());
        let panels = after([Deed::Add, Deed::Duplicate(0), Deed::Change(2, text)]);
        assert_eq!(letters(&panels), "ACB");
        assert_eq!(panels.list[0].text, "up");
        assert_eq!(panels.list[1].submitted, Submitted { expression: "sum(up)".to_owned(), number: 1 });
    }

    #[test]
    fn panels_are_moved_and_the_last_one_stays() {
        let panels = after([Deed::Add, Deed::Add, Deed::MoveTo(0, 2)]);
        assert_eq!(letters(&panels), "BCA");
        assert_eq!(letters(&panels.done(Deed::MoveTo(2, 99))), "BAC");
        assert_eq!(letters(&after([Deed::Remove(0)])), "A");
        let many = after(std::iter::repeat_n(Deed::Add, 40));
        assert_eq!(many.list.len(), MOST_PANELS);
    }

    #[test]
    fn a_name_is_cut_and_an_unknown_panel_is_left_alone() {
        let long = Change::Name("가".repeat(200));
        let panels =
            after([Deed::Change(0, long), Deed::Change(7, Change::Text("x".to_owned())), Deed::Remove(7)]);
        assert_eq!((panels.list.len(), panels.list[0].name.chars().count()), (1, LONGEST_NAME));
    }
}
