//! A small lab that tests play.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::scenario::Scenario;
use super::view::TargetsView;
use super::{Answer, Command, Lab, Problem, Question, StoreId};
use crate::base::time::Millis;

/// A lab, and what is done with it.
pub(super) struct Played(pub Lab);

impl Played {
    /// The lab of a scenario with these files, at its beginning.
    pub fn of(manifest: &str, compose: &str, config: &str) -> Self {
        let files = [("scenario.yaml", manifest), ("compose.yaml", compose), ("prometheus.yml", config)];
        let files: BTreeMap<_, _> =
            files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let mut played = Self(Lab::open(Arc::new(Scenario::read("shop", files).unwrap()), None).unwrap());
        played.after(Millis::ZERO);
        played
    }

    /// Lets time pass.
    pub fn after(&mut self, length: Millis) {
        let to = self.0.due() + length;
        while self.0.is_behind() || self.0.now() < to {
            self.0.advance(to, 10_000).unwrap();
        }
    }

    /// Does a command in its line form.
    pub fn act(&mut self, line: &str) -> Result<Vec<Problem>, Problem> {
        self.0.act(Command::parse(line).unwrap(), None)
    }

    /// Asks, and waits for the answer.
    pub fn ask(&self, question: &Question) -> Answer {
        self.0.begin(question).unwrap().finish().unwrap()
    }

    /// The targets of the Prometheus.
    pub fn targets(&self) -> TargetsView {
        let Answer::Targets(view) = self.ask(&Question::Targets(StoreId::Pulled)) else { panic!() };
        view
    }
}
