//! A small lab that tests play. It panics where what a test takes for granted does not hold.

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
        let scenario = Scenario::read("shop", files).expect("a valid scenario");
        let mut played = Self(Lab::open(Arc::new(scenario), None).expect("a lab that opens"));
        played.after(Millis::ZERO);
        played
    }

    /// Lets time pass.
    pub fn after(&mut self, length: Millis) {
        let to = self.0.due() + length;
        while self.0.is_behind() || self.0.now() < to {
            self.0.advance(to, 10_000).expect("time that can pass");
        }
    }

    /// Does a command in its line form.
    pub fn act(&mut self, line: &str) -> Result<Vec<Problem>, Problem> {
        self.0.act(Command::parse(line).expect("a line of a command"), None)
    }

    /// Asks, and waits for the answer.
    pub fn ask(&self, question: &Question) -> Answer {
        self.0.begin(question).and_then(super::Job::finish).expect("a question with an answer")
    }

    /// The targets of the Prometheus.
    pub fn targets(&self) -> TargetsView {
        let Answer::Targets(view) = self.ask(&Question::Targets(StoreId::Pulled)) else { panic!() };
        view
    }
}
