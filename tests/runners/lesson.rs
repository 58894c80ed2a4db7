//! Every lesson of every scenario (`scenarios/NAME/lessons`): its solution reaches each task in turn, wrong attempts
//! reach none, and its words are complete in both languages. `scrapeyard check` does the same from a shell.

use std::sync::Arc;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::lab::play::{Beside, check_lesson};
use scrapeyard_core::lab::{Problem, Scenario};

use crate::frame::{self, content};

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("lesson/there-are-some", some)];
    for name in content::scenarios() {
        for lesson in lessons(&name) {
            let scenario = name.clone();
            let title = format!("lesson/{name}/{lesson}");
            let test = move || check(&scenario, &lesson);
            trials.push(Trial::test(title, test));
        }
    }
    trials
}

/// The lessons that a scenario names; a scenario that cannot be read has none, and other tests say so.
fn lessons(name: &str) -> Vec<String> {
    let read = Scenario::read(name, content::scenario(name).unwrap_or_default());
    read.map(|scenario| scenario.manifest.lessons).unwrap_or_default()
}

fn some() -> Result<(), Failed> {
    let all: Vec<String> = content::scenarios().iter().flat_map(|name| lessons(name)).collect();
    if all.is_empty() { Err("no scenario has a lesson".into()) } else { Ok(()) }
}

fn check(name: &str, lesson: &str) -> Result<(), Failed> {
    let said = |problem: Problem| Failed::from(problem.to_string());
    let files = content::scenario(name).ok_or("the scenario cannot be read")?;
    let scenario = Scenario::read(name, files).map_err(|mut problems| said(problems.swap_remove(0)))?;
    let folder = frame::root().join("scenarios").join(name).join("lessons");
    let text = |ending: &str| std::fs::read_to_string(folder.join(format!("{lesson}.{ending}")));
    let (korean, english) = (text("ko.md")?, text("en.md")?);
    let (solution, wrong) = (text("solution.txt")?, text("wrong.txt")?);
    let words = [("ko", korean.as_str()), ("en", english.as_str())];
    let beside = Beside { solution: &solution, wrong: &wrong, words: &words };
    let faults = check_lesson(&Arc::new(scenario), lesson, beside).map_err(said)?;
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}
