//! Plays a lab without a page: lines of commands, waits and questions, answered as text. For scripts in a shell and
//! for journeys in tests; the page has no use for it.

mod check;
mod journey;
mod show;

use std::sync::Arc;

pub use check::{Beside, check_lesson};
pub use journey::{Files, play_journey};

use super::answer::Answer;
use super::command::{Command, Range, Step};
use super::doors::Lab;
use super::job::Job;
use super::problem::Problem;
use super::question::Question;
use super::scenario::Scenario;
use super::store::StoreId;
use super::words::Words;
use crate::base::duration;
use crate::base::number::print_plain;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};

/// Steps of the agenda in one slice: few, so that playing goes through the same slices as a page.
const STEPS: u32 = 5_000;

/// A lab with a way to let its time pass.
#[derive(Clone, Debug)]
pub struct Player {
    lab: Lab,
    /// How far time goes at once; `None`: as far as wanted.
    stride: Option<Millis>,
}

impl Player {
    /// Opens a lab and lets it catch up with the past of its scenario.
    ///
    /// # Errors
    /// When the scenario describes no possible yard.
    pub fn open(
        scenario: Arc<Scenario>,
        seed: Option<Seed>,
        stride: Option<Millis>,
    ) -> Result<Self, Problem> {
        let mut player = Self { lab: Lab::open(scenario, seed)?, stride };
        player.catch_up()?;
        Ok(player)
    }

    /// The lab.
    #[must_use]
    pub const fn lab(&self) -> &Lab {
        &self.lab
    }

    /// Writes the lab down, throws it away and restores it: what follows must not show it.
    ///
    /// # Errors
    /// When what was written cannot be read.
    pub fn restore(&mut self) -> Result<(), Problem> {
        let (journal, checkpoint) = (self.lab.journal().to_string(), self.lab.checkpoint_now());
        self.lab = Lab::restore(self.lab.scenario().clone(), &journal, &checkpoint, self.lab.attachments())?;
        self.catch_up()
    }

    /// Throws the lab away and replays its journal from the very beginning.
    ///
    /// # Errors
    /// When the journal cannot be replayed.
    pub fn replay(&mut self) -> Result<(), Problem> {
        let journal = self.lab.journal().to_string();
        self.lab = Lab::restore(self.lab.scenario().clone(), &journal, &[], self.lab.attachments())?;
        self.catch_up()
    }

    fn catch_up(&mut self) -> Result<(), Problem> {
        while self.lab.is_behind() {
            self.pass(self.lab.due())?;
        }
        Ok(())
    }

    fn pass(&mut self, to: Timestamp) -> Result<(), Problem> {
        while self.lab.now() < to {
            let stop = self.stride.map_or(to, |stride| to.min(self.lab.now() + stride));
            while self.lab.advance(stop, STEPS)? < stop {}
        }
        // Also where no time is to pass, commands of the journal may be due.
        self.lab.advance(to, STEPS).map(drop)
    }

    /// Plays one line; gives what is to be said to it, lines with their ends, or nothing.
    ///
    /// Besides all commands: `look board`, `look file` (the board as JSON), `look suggestions LANGUAGE`, `after LENGTH`,
    /// `ask STORE EXPRESSION`, `chart STORE LENGTH STEP EXPRESSION`, `check EXPRESSION`, `history`, `yard`, `vitals`,
    /// `course`, `targets STORE`, `storage STORE`, `relabel STORE JOB ADDRESS RULES` (empty rules: the job's),
    /// `relabel-metrics STORE JOB RULES`,
    /// `page CONTAINER METRIC`, `bring NAME "TEXT"` (attach and import),
    /// `try STORE EXPRESSION` (run it now), `reckon LESSON QUESTION EXPRESSION` (answer with its number), `undo`,
    /// `undo-change`, `redo`, `rewind LENGTH`, `digest`.
    pub fn line(&mut self, line: &str) -> String {
        self.try_line(line).unwrap_or_else(|problems| {
            problems.iter().map(|problem| format!("refused ({}): {problem}\n", problem.code)).collect()
        })
    }

    fn try_line(&mut self, line: &str) -> Result<String, Vec<Problem>> {
        let mut words = Words::new(line);
        let one = |problem| vec![problem];
        let verb = words.next_word("a line").map_err(one)?.text;
        let now = self.lab.now();
        match verb.as_str() {
            "after" => {
                let length = length(&mut words).map_err(one)?;
                self.pass(now.saturating_add(length)).map_err(one)?;
                Ok(String::new())
            }
            "ask" => {
                let store = store(&mut words).map_err(one)?;
                self.query(&mut words, store, Range::At(now))
            }
            "chart" => {
                let store = store(&mut words).map_err(one)?;
                let from = now.saturating_sub(length(&mut words).map_err(one)?);
                let step = length(&mut words).map_err(one)?;
                self.query(&mut words, store, Range::Steps { from, to: now, step })
            }
            "check" | "explain" | "doctor" | "complete" => self.insight(&verb, &mut words),
            "history" => self.ask(&Question::History),
            "yard" => self.ask(&Question::Yard),
            "vitals" => self.ask(&Question::Vitals),
            "course" => self.ask(&Question::Course),
            "look" => self.look(&mut words),
            "targets" => {
                let store = store(&mut words).map_err(one)?;
                self.ask(&Question::Targets(store))
            }
            "storage" => {
                let store = store(&mut words).map_err(one)?;
                self.ask(&Question::Storage(store))
            }
            "relabel" => self.relabel(&mut words),
            "relabel-metrics" => self.relabel_metrics(&mut words),
            "page" => {
                let container = words.next_word("a container").map_err(one)?.text;
                let metric = words.next_word("a metric").map_err(one)?.text;
                Ok(show::lines_of(&self.ask(&Question::Page { container })?, &metric))
            }
            "try" => {
                let store = store(&mut words).map_err(one)?;
                let expression = words.rest("an expression").map_err(one)?.text;
                self.act(Command::Run { store, range: Range::At(now), expression }).map_err(one)
            }
            "reckon" => self.reckon(&mut words),
            "bring" => self.bring(&mut words).map_err(one),
            step @ ("undo" | "undo-change" | "redo") => self.step_in_history(step).map_err(one),
            "rewind" => {
                let length = length(&mut words).map_err(one)?;
                self.lab.rewind(now.saturating_sub(length)).map_err(one)?;
                self.catch_up().map_err(one).map(|()| String::new())
            }
            "digest" => Ok(format!("{}\n", self.lab.digest())),
            _ => Command::parse(line).and_then(|command| self.act(command)).map_err(one),
        }
    }

    /// `reckon LESSON QUESTION EXPRESSION`
    fn reckon(&mut self, words: &mut Words<'_>) -> Result<String, Vec<Problem>> {
        let one = |problem| vec![problem];
        let lesson = words.next_word("a lesson").map_err(one)?.text;
        let id = words.next_word("a question").map_err(one)?.text;
        let number = check::one_number(self, &words.rest("an expression").map_err(one)?.text)?;
        let question = Step { lesson, id };
        self.act(Command::Answer { question, text: print_plain(number) }).map_err(one)
    }

    /// `bring NAME "TEXT"`
    fn bring(&mut self, words: &mut Words<'_>) -> Result<String, Problem> {
        let name = words.next_word("a name")?.text;
        let text = words.rest("a text")?.text;
        let attachment = self.lab.attach(text)?;
        self.act(Command::Import { name, attachment })
    }

    /// Says what was taken back or done again, but for the plain `undo`.
    fn step_in_history(&mut self, step: &str) -> Result<String, Problem> {
        let changed = match step {
            "undo" => self.lab.undo().map(|_| String::new()),
            "undo-change" => self.lab.undo_change().map(|command| format!("{command}\n")),
            _ => self.lab.redo().map(|command| format!("{command}\n")),
        }?;
        self.catch_up().map(|()| changed)
    }

    fn act(&mut self, command: Command) -> Result<String, Problem> {
        let remarks = self.lab.act(command, None)?;
        Ok(remarks.iter().map(|remark| format!("remark ({}): {remark}\n", remark.code)).collect())
    }

    fn query(&self, words: &mut Words<'_>, store: StoreId, range: Range) -> Result<String, Vec<Problem>> {
        let expression = words.rest("an expression").map_err(|problem| vec![problem])?.text;
        self.ask(&Question::Query { store, range, expression })
    }

    /// `check EXPRESSION`, `explain STORE EXPRESSION`, `doctor STORE EXPRESSION`, `complete STORE TEXT` with the cursor at the end.
    fn insight(&self, verb: &str, words: &mut Words<'_>) -> Result<String, Vec<Problem>> {
        let one = |problem| vec![problem];
        if verb == "check" {
            let expression = words.rest("an expression").map_err(one)?.text;
            return self.ask(&Question::Check { expression });
        }
        let store = store(words).map_err(one)?;
        let expression = words.rest("an expression").map_err(one)?.text;
        let at = self.lab.now();
        self.ask(&match verb {
            "explain" => Question::Explain { store, at, expression },
            "doctor" => Question::Doctor { store, at, expression },
            _ => Question::Complete { store, cursor: expression.len() as u32, text: expression },
        })
    }

    /// `look board`, `look file` and `look suggestions LANGUAGE`.
    fn look(&self, words: &mut Words<'_>) -> Result<String, Vec<Problem>> {
        let one = |problem| vec![problem];
        let what = words.next_word("board, file or suggestions").map_err(one)?;
        match what.text.as_str() {
            "board" => self.ask(&Question::Board),
            "suggestions" => {
                let language = words.next_word("a language").map_err(one)?.text;
                self.ask(&Question::BoardSuggestions(language))
            }
            "file" => {
                let file = self.lab.begin(&Question::BoardFile)?.finish()?;
                let Answer::File(file) = file else { return Ok(String::new()) };
                // A journey's outcome ends at an empty line; a board's file has none.
                Ok(String::from_utf8_lossy(&file.bytes).into_owned())
            }
            _ => Err(one(Problem::new("unexpected-word", "expected board, file or suggestions")
                .within(words.line(), what.span))),
        }
    }

    /// What relabeling makes of the first label set of a job that was found with an address.
    fn relabel(&self, words: &mut Words<'_>) -> Result<String, Vec<Problem>> {
        let one = |problem| vec![problem];
        let store = store(words).map_err(one)?;
        let job = words.next_word("a job").map_err(one)?.text;
        let address = words.next_word("an address").map_err(one)?.text;
        let rules = words.next_word("rules").map_err(one)?.text;
        let targets = self.lab.begin(&Question::Targets(store.clone()))?.finish()?;
        let Answer::Targets(view) = targets else { return Ok(String::new()) };
        let found =
            view.jobs.iter().filter(|known| known.job == job).flat_map(|known| {
                known.targets.iter().map(|target| &target.discovered).chain(&known.dropped)
            });
        let discovered = found.into_iter().find(|labels| labels.get("__address__") == Some(address.as_str()));
        let missing = || vec![Problem::new("no-such-target", format!("nothing was found at {address}"))];
        let discovered = discovered.ok_or_else(missing)?.clone();
        let rules = Some(rules).filter(|rules| !rules.is_empty());
        self.ask(&Question::Relabeling { store, job, discovered, rules })
    }

    /// What metric relabeling makes of the last page of the first target of a job.
    fn relabel_metrics(&self, words: &mut Words<'_>) -> Result<String, Vec<Problem>> {
        let one = |problem| vec![problem];
        let store = store(words).map_err(one)?;
        let job = words.next_word("a job").map_err(one)?.text;
        let rules = words.next_word("rules").map_err(one)?.text;
        let targets = self.lab.begin(&Question::Targets(store.clone()))?.finish()?;
        let Answer::Targets(view) = targets else { return Ok(String::new()) };
        let jobs = view.jobs.iter().filter(|known| known.job == job);
        let missing = || vec![Problem::new("no-such-target", format!("{job} has no target"))];
        let target = jobs.flat_map(|job| &job.targets).next().ok_or_else(missing)?.id;
        let rules = Some(rules).filter(|rules| !rules.is_empty());
        self.ask(&Question::MetricRelabeling { store, target, rules })
    }

    fn ask(&self, question: &Question) -> Result<String, Vec<Problem>> {
        Ok(show::answer(&self.lab.begin(question)?.finish()?))
    }
}

fn length(words: &mut Words<'_>) -> Result<Millis, Problem> {
    let word = words.next_word("a duration")?;
    duration::parse(&word.text)
        .map_err(|error| Problem::new("not-a-duration", error.to_string()).within(words.line(), word.span))
}

fn store(words: &mut Words<'_>) -> Result<StoreId, Problem> {
    let word = words.next_word("a store")?;
    word.text.parse().map_err(|problem: Problem| problem.within(words.line(), word.span))
}
