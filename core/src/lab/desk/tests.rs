//! What the desk hands over to be kept, and when.

use std::collections::BTreeMap;

use super::{Desk, Host};
use crate::base::time::Millis;
use crate::lab::wire::{Autosave, Message, Reply, Request, RequestBody, RequestId, Save, ScenarioSource};

const COMPOSE: &str = "name: shop\nservices:\n  log:\n    image: diamol/ch09-access-log\n";
const MANIFEST: &str = "seed: 9\nstart: 2026-03-02T09:00:00Z\nrunning_for: 1m\n";

/// A world whose clock goes on a millisecond each time somebody looks.
#[derive(Default)]
struct World {
    said: Vec<Message>,
    now_ms: f64,
}

impl Host for World {
    fn now_ms(&mut self) -> f64 {
        self.now_ms += 1.0;
        self.now_ms
    }

    fn send(&mut self, message: Message) {
        self.said.push(message);
    }

    fn working_on(&mut self, _: Option<RequestId>) {}

    fn scenario(&mut self, name: &str) -> Option<BTreeMap<String, String>> {
        let files = [("scenario.yaml", MANIFEST), ("compose.yaml", COMPOSE)];
        (name == "shop").then(|| files.map(|(name, text)| (name.to_owned(), text.to_owned())).into())
    }
}

/// A desk in its world.
#[derive(Default)]
struct Worked {
    desk: Desk,
    world: World,
    next: u64,
}

impl Worked {
    fn opened() -> Self {
        let mut worked = Self::default();
        let scenario = ScenarioSource::Named("shop".to_owned());
        worked.ask(RequestBody::Open { scenario, seed: None });
        worked
    }

    /// Everything that is said until the request is answered, its reply last.
    fn ask(&mut self, body: RequestBody) -> Vec<Message> {
        self.next += 1;
        let id = RequestId(self.next);
        self.desk.receive(Request { id, body }, &mut self.world);
        self.world.said.clear();
        loop {
            self.desk.step(&mut self.world);
            let is_reply = |said: &Message| matches!(said, Message::Reply { id: other, .. } if *other == id);
            if let Some(place) = self.world.said.iter().position(is_reply) {
                return self.world.said.drain(..=place).collect();
            }
        }
    }

    fn act(&mut self, line: &str) -> Vec<Message> {
        self.ask(RequestBody::Act { line: line.to_owned() })
    }

    fn saved(&mut self) -> Save {
        match self.ask(RequestBody::Save).pop() {
            Some(Message::Reply { reply: Reply::Saved(save), .. }) => save,
            other => panic!("{other:?}"),
        }
    }
}

fn autosave(said: &[Message]) -> &Autosave {
    match said {
        [Message::Autosave(autosave), Message::Reply { .. }] => autosave,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_deed_is_handed_over_before_it_is_said_to_be_done() {
    let mut worked = Worked::opened();
    let said = worked.act("scale log 2");
    let kept = autosave(&said);
    assert!(kept.journal.contains(" scale log 2\n"), "{}", kept.journal);
    assert_eq!((kept.undo.as_deref(), kept.redo.as_deref()), (Some("scale log 2"), None));
    // A refused one is not handed over: nothing has changed.
    assert!(matches!(&*worked.act("scale nobody 2"), [Message::Reply { reply: Reply::Refused(_), .. }]));
}

#[test]
fn what_was_taken_back_is_said_and_can_be_done_again() {
    let mut worked = Worked::opened();
    worked.act("scale log 2");
    let changed = |said: &[Message]| match said.last() {
        Some(Message::Reply { reply: Reply::Opened { changed, .. }, .. }) => changed.clone(),
        other => panic!("{other:?}"),
    };
    let said = worked.ask(RequestBody::Undo);
    assert_eq!(changed(&said).as_deref(), Some("scale log 2"));
    assert_eq!((&autosave(&said).undo, autosave(&said).redo.as_deref()), (&None, Some("scale log 2")));
    let said = worked.ask(RequestBody::Redo);
    assert_eq!(changed(&said).as_deref(), Some("scale log 2"));
    assert!(matches!(
        &*worked.ask(RequestBody::Redo),
        [Message::Reply { reply: Reply::Refused(problems), .. }] if problems[0].code == "nothing-to-redo"
    ));
}

#[test]
fn a_checkpoint_of_a_line_that_was_left_only_costs_time() {
    let mut worked = Worked::opened();
    worked.act("scale log 2");
    let with_two = worked.saved();
    worked.ask(RequestBody::Undo);
    worked.act("scale log 3");
    let with_three = worked.saved();
    // The tab was closed after the journal was written and before the checkpoint was.
    let torn = Save { checkpoint: with_two.checkpoint, ..with_three.clone() };
    for save in [torn, Save { checkpoint: vec![1, 2, 3], ..with_three.clone() }] {
        let mut restored = Worked::default();
        restored.ask(RequestBody::Restore(save));
        assert_eq!(restored.saved(), with_three);
    }
}

#[test]
fn a_lab_that_cannot_be_played_leaves_the_one_that_stands() {
    let mut worked = Worked::opened();
    worked.act("scale log 2");
    let before = worked.saved();
    let journal = before.journal.replace("scale log 2", "stop nobody");
    let broken = Save { journal, checkpoint: Vec::new(), ..before.clone() };
    let said = worked.ask(RequestBody::Restore(broken));
    assert!(matches!(said.last(), Some(Message::Reply { reply: Reply::Refused(problems), .. })
        if problems[0].code == "journal-refused"));
    assert_eq!(worked.saved(), before);
}

#[test]
fn as_time_goes_a_checkpoint_is_handed_over_too() {
    let mut worked = Worked::opened();
    let to = worked.desk.standing.as_ref().unwrap().lab.now() + Millis::from_minutes(20);
    worked.world.now_ms = 40_000.0;
    worked.ask(RequestBody::Jump { to });
    worked.desk.step(&mut worked.world);
    let has_checkpoint =
        |said: &Message| matches!(said, Message::Autosave(kept) if kept.checkpoint.is_some());
    assert!(worked.world.said.iter().any(has_checkpoint), "{:?}", worked.world.said.len());
}
