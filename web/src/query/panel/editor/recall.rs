//! A walk through what was run before, as a shell does it: older, newer, and back to what was being written. Pure.

/// Where the walk stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recall {
    /// Which of the expressions is shown, counted from the newest; none before the walk.
    at: Option<usize>,
    /// What was being written when it began.
    draft: String,
}

impl Recall {
    /// Whether the walk is under way and its expression is still as it was.
    pub fn shows(&self, history: &[String], text: &str) -> bool {
        self.at.and_then(|at| history.get(at)).is_some_and(|shown| shown == text)
    }

    /// One step back, and what is shown there; `None` at the oldest.
    pub fn older(&self, history: &[String], text: &str) -> Option<(Self, String)> {
        let (from, draft) = match self.at {
            Some(at) if self.shows(history, text) => (at + 1, self.draft.clone()),
            _ => (0, text.to_owned()),
        };
        // What stands there already is no step.
        let at = (from..history.len()).find(|at| history[*at] != text)?;
        Some((Self { at: Some(at), draft }, history[at].clone()))
    }

    /// One step forward; the newest is followed by what was being written. `None` outside of a walk.
    pub fn newer(&self, history: &[String], text: &str) -> Option<(Self, String)> {
        let at = self.at.filter(|_| self.shows(history, text))?;
        match (0..at).rev().find(|at| history[*at] != text) {
            Some(newer) => {
                Some((Self { at: Some(newer), draft: self.draft.clone() }, history[newer].clone()))
            }
            None => Some((Self::default(), self.draft.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_goes_back_and_returns_to_what_was_written() {
        let history = ["c", "b", "a"].map(str::to_owned);
        let (walk, text) = Recall::default().older(&history, "dra").unwrap();
        assert_eq!(text, "c");
        let (walk, text) = walk.older(&history, &text).unwrap();
        assert_eq!(text, "b");
        let (walk, text) = walk.older(&history, &text).unwrap();
        assert_eq!((text.as_str(), walk.older(&history, &text)), ("a", None));
        let (walk, text) = walk.newer(&history, &text).unwrap();
        let (walk, text) = walk.newer(&history, &text).unwrap();
        assert_eq!(text, "c");
        let (walk, text) = walk.newer(&history, &text).unwrap();
        assert_eq!((text.as_str(), walk.newer(&history, &text)), ("dra", None));
    }

    #[test]
    fn what_stands_there_is_passed_over_and_an_edit_ends_the_walk() {
        let history = ["up", "sum(up)"].map(str::to_owned);
        let (walk, text) = Recall::default().older(&history, "up").unwrap();
        assert_eq!(text, "sum(up)");
        assert_eq!(walk.newer(&history, "sum(up) + 1"), None);
        let (_, text) = walk.older(&history, "sum(up) + 1").unwrap();
        assert_eq!(text, "up");
        assert_eq!(Recall::default().older(&[], "x"), None);
    }
}
