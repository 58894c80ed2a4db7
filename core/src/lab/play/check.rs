//! Whether a lesson keeps what it promises: its solution reaches every task in turn, wrong attempts reach none, and
//! its words are complete. Reads no file.

use std::sync::Arc;

use super::Player;
use crate::lab::course::{Kind, Lesson, Story};
use crate::lab::problem::Problem;
use crate::lab::question::Question;
use crate::lab::scenario::Scenario;
use crate::lab::store::StoreId;
use crate::lab::view::{QueryView, Value};
use crate::lab::{Answer, Range};

/// The texts that stand beside a lesson.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// `NAME.solution.txt`: lines to play, under `# task ID` for each task.
    pub solution: &'a str,
    /// `NAME.wrong.txt`: the same form; attempts that must not reach the task they stand under.
    pub wrong: &'a str,
    /// The words, by language.
    pub words: &'a [(&'a str, &'a str)],
}

/// The lines under a task's name.
type Block<'a> = (&'a str, Vec<&'a str>);

/// What a lesson does not keep, a line each; nothing where all is well.
///
/// # Errors
/// When the scenario has no such lesson or cannot be opened.
pub fn check_lesson(
    scenario: &Arc<Scenario>,
    name: &str,
    beside: Beside<'_>,
) -> Result<Vec<String>, Problem> {
    let lessons = scenario.lessons()?;
    let lesson = lessons.into_iter().find(|lesson| lesson.name == name);
    let lesson = lesson.ok_or_else(|| Problem::new("no-such-lesson", format!("no such lesson: {name}")))?;
    let mut faults = Vec::new();
    for (language, words) in beside.words {
        let gaps = Story::read(words).gaps(&lesson);
        faults.extend(gaps.into_iter().map(|gap| format!("{name}.{language}.md: {gap}")));
    }
    let mut player = Player::open(scenario.clone(), None, None)?;
    faults.extend(unknown_members(&player, &lesson));
    player.line(&format!("lesson {name}"));
    let (solution, wrong) = (blocks(beside.solution), blocks(beside.wrong));
    let ids: Vec<&str> = lesson.tasks.iter().map(|task| task.id.as_str()).collect();
    if solution.iter().map(|(task, _)| *task).collect::<Vec<_>>() != ids {
        faults.push(format!("{name}.solution.txt: expected the tasks {}", ids.join(", ")));
        return Ok(faults);
    }
    for (task, lines) in &solution {
        for (_, attempt) in wrong.iter().filter(|(of, _)| of == task) {
            let mut tried = player.clone();
            faults.extend(play(&mut tried, attempt).map(|said| format!("{name}.wrong.txt: {task}: {said}")));
            if is_reached(&tried, name, task)? {
                faults.push(format!("{name}.wrong.txt: {task} is reached by {:?}", attempt.join("; ")));
            }
        }
        if is_reached(&player, name, task)? {
            faults.push(format!("{name}: {task} is reached before anything was done for it"));
        }
        faults.extend(play(&mut player, lines).map(|said| format!("{name}.solution.txt: {task}: {said}")));
        if !is_reached(&player, name, task)? {
            faults.push(format!("{name}.solution.txt: {task} is not reached"));
        }
    }
    let stray = wrong.iter().filter(|(task, _)| !ids.contains(task));
    faults.extend(stray.map(|(task, _)| format!("{name}.wrong.txt: no such task: {task}")));
    Ok(faults)
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(task) = line.strip_prefix("# task ") {
            blocks.push((task.trim(), Vec::new()));
        } else if let (false, Some((_, lines))) = (line.starts_with('#'), blocks.last_mut()) {
            lines.push(line);
        }
    }
    blocks
}

/// Plays lines; gives the first refusal.
fn play(player: &mut Player, lines: &[&str]) -> Option<String> {
    lines.iter().find_map(|line| {
        let problems = player.try_line(line).err()?;
        Some(format!("{line}: {}", problems.first()?))
    })
}

fn is_reached(player: &Player, lesson: &str, task: &str) -> Result<bool, Problem> {
    let first = |mut problems: Vec<Problem>| problems.swap_remove(0);
    let Answer::Course(view) =
        player.lab().begin(&Question::Course).and_then(super::Job::finish).map_err(first)?
    else {
        return Ok(false);
    };
    let lessons = view.lessons.iter().filter(|one| one.name == lesson);
    Ok(lessons.flat_map(|one| &one.tasks).any(|one| one.id == task && one.progress.outcome.is_some()))
}

/// Names to be sorted that no store of this yard has ever held.
fn unknown_members(player: &Player, lesson: &Lesson) -> Vec<String> {
    let head = player.lab().store(&StoreId::Pulled).unwrap_or_default();
    let known = head.label_values(crate::model::labels::METRIC_NAME, &[]);
    let mut faults = Vec::new();
    for question in &lesson.questions {
        let Kind::Groups { members, .. } = &question.kind else { continue };
        let unknown = members.iter().filter(|(name, _)| !known.iter().any(|one| **one == **name));
        faults.extend(unknown.map(|(name, _)| format!("question {}: no such metric: {name}", question.id)));
    }
    faults
}

/// The one number that an expression gives over what was pulled.
pub(super) fn one_number(player: &Player, expression: &str) -> Result<f64, Vec<Problem>> {
    let range = Range::At(player.lab().now());
    let question = Question::Query { store: StoreId::Pulled, range, expression: expression.to_owned() };
    match player.lab().begin(&question)?.finish()? {
        Answer::Query(QueryView { value: Value::Scalar(number), .. }) => Ok(number),
        Answer::Query(QueryView { value: Value::Vector(points), .. }) if points.len() == 1 => {
            Ok(points[0].value)
        }
        _ => Err(vec![Problem::new("not-one-number", format!("{expression} gives not one number"))]),
    }
}
