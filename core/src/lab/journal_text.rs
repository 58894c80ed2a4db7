//! Reads a journal's text, every error with its line and column. Knows no scenario.

use super::command::Command;
use super::digest::Digest;
use super::journal::{BEHAVIOUR, Entry, FORMAT, Header, Journal};
use super::problem::Problem;
use super::words::Words;
use crate::base::date;
use crate::base::random::Seed;
use crate::base::span::{Place, Span};
use crate::base::time::{Millis, Timestamp};

/// The longest text that is read.
pub const MAX_BYTES: usize = 16 << 20;
/// The most commands that are read.
pub const MAX_COMMANDS: usize = 100_000;

/// A line of the text with its number, from 1.
type Line<'a> = (u32, &'a str);

impl Journal {
    /// Reads a journal.
    ///
    /// # Errors
    /// When the text is not a journal, or was written under another behaviour version (code `other-behaviour`).
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() > MAX_BYTES {
            return Err(Problem::new("journal-too-long", format!("journal longer than {MAX_BYTES} bytes")));
        }
        let mut lines = (1..).zip(text.lines());
        let header = header(&mut lines)?;
        if header.behaviour != BEHAVIOUR {
            let behaviour = header.behaviour;
            let said = format!(
                "written under behaviour {behaviour}; this lab has behaviour {BEHAVIOUR} and would replay it differently"
            );
            return Err(at(2, Problem::new("other-behaviour", said)));
        }
        let mut journal = Self { header, entries: Vec::new() };
        for line in lines {
            journal.read_line(line)?;
        }
        Ok(journal)
    }

    fn read_line(&mut self, (number, text): Line<'_>) -> Result<(), Problem> {
        if let Some(remark) = text.strip_prefix('#') {
            let wall = remark.trim().strip_prefix("wall ").and_then(|wall| wall.trim().parse().ok());
            if let (Some(wall), Some(entry)) = (wall, self.entries.last_mut()) {
                entry.wall = Some(Millis(wall));
            }
            return Ok(());
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        if self.entries.len() == MAX_COMMANDS {
            return Err(at(number, Problem::new("journal-too-long", "too many commands")));
        }
        let (date, line) = text.split_once(' ').unwrap_or((text, ""));
        let problem = |code, said| {
            Err(at(number, Problem::new(code, said).within(text, Span::new(0, date.len() as u32))))
        };
        let Some(instant) = date::parse(date) else {
            return problem("not-an-instant", format!("expected an instant, not {date:?}"));
        };
        let earliest = self.entries.last().map_or(Timestamp::MIN, |entry| entry.at);
        if instant < earliest || instant > self.header.now {
            return problem("not-in-order", "a command before the one above it, or after 'now'".to_owned());
        }
        let command =
            Command::parse(line).map_err(|problem| shifted(number, date.len() as u32 + 1, problem))?;
        self.entries.push(Entry { at: instant, command, wall: None });
        Ok(())
    }
}

impl Header {
    /// Reads the lines at the top of a journal, whatever behaviour it was written under and whatever follows them.
    ///
    /// # Errors
    /// When the text does not begin as a journal does.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        header(&mut (1..).zip(text.lines()))
    }
}

/// The same problem, in line `number`.
fn at(number: u32, problem: Problem) -> Problem {
    shifted(number, 0, problem)
}

/// The same problem, `columns` further to the right in line `number`. The span, which counted from the line, goes.
fn shifted(number: u32, columns: u32, mut problem: Problem) -> Problem {
    let column = problem.place.map_or(1, |place| place.column) + columns;
    problem.place = Some(Place { line: number, column });
    problem.span = None;
    problem
}

fn header<'a>(lines: &mut impl Iterator<Item = Line<'a>>) -> Result<Header, Problem> {
    let format = number_field(lines, "scrapeyard-journal")?;
    if format != u64::from(FORMAT) {
        return Err(at(
            1,
            Problem::new("other-format", format!("a journal of format {format}, not {FORMAT}")),
        ));
    }
    let behaviour = number_field(lines, "behaviour")?;
    let behaviour = u32::try_from(behaviour).unwrap_or(u32::MAX);
    let (scenario, scenario_digest) = field(lines, "scenario", |words| {
        let scenario = words.next_word("the scenario's name")?;
        let digest = words.next_word("the scenario's digest")?;
        match u64::from_str_radix(&digest.text, 16) {
            Ok(value) => Ok((scenario.text, Digest(value))),
            Err(_) => {
                Err(Problem::new("not-a-hash", "expected 16 hex digits").within(words.line(), digest.span))
            }
        }
    })?;
    let seed = Seed(number_field(lines, "seed")?);
    let now = field(lines, "now", |words| {
        let word = words.next_word("an instant")?;
        date::parse(&word.text).ok_or_else(|| {
            Problem::new("not-an-instant", "expected an instant").within(words.line(), word.span)
        })
    })?;
    Ok(Header { behaviour, scenario, scenario_digest, seed, now })
}

fn field<'a, T>(
    lines: &mut impl Iterator<Item = Line<'a>>,
    name: &str,
    read: impl FnOnce(&mut Words<'a>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let Some((number, text)) = lines.next() else {
        return Err(Problem::new("header-missing", format!("expected a line '{name} …'")));
    };
    let mut words = Words::new(text);
    let value = words.next_word(name).and_then(|word| {
        if word.text != name {
            let said = format!("expected a line '{name} …'");
            return Err(Problem::new("header-missing", said).within(text, word.span));
        }
        let value = read(&mut words)?;
        words.end()?;
        Ok(value)
    });
    value.map_err(|problem| at(number, problem))
}

fn number_field<'a>(lines: &mut impl Iterator<Item = Line<'a>>, name: &str) -> Result<u64, Problem> {
    field(lines, name, |words| {
        let word = words.next_word("a number")?;
        word.text
            .parse()
            .map_err(|_| Problem::new("not-a-number", "expected a number").within(words.line(), word.span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "scrapeyard-journal 1\nbehaviour 3\nscenario image-gallery 00000000000000ff\nseed 9\n\
        now 2026-03-02T09:20:00.000Z\n\n2026-03-02T09:16:03.250Z scale accesslog 3\n# wall 83251\n\
        2026-03-02T09:16:03.250Z reload prometheus \"a:\\n  b\\n\"\n";

    #[test]
    fn a_journal_comes_back_as_it_was() {
        let journal = Journal::parse(TEXT).unwrap();
        assert_eq!(journal.to_string(), TEXT);
        assert_eq!(journal.entries[0].wall, Some(Millis(83251)));
        assert_eq!(journal.entries.len(), 2);
    }

    #[test]
    fn the_wall_clock_is_in_no_digest_and_a_command_is() {
        let journal = Journal::parse(TEXT).unwrap();
        let digest = |from: &str, to: &str| Journal::parse(&TEXT.replace(from, to)).unwrap().digest();
        assert_eq!(digest("# wall 83251\n", ""), journal.digest());
        assert_ne!(digest("accesslog 3", "accesslog 2"), journal.digest());
        assert_ne!(digest("seed 9", "seed 8"), journal.digest());
    }

    #[test]
    fn faults_have_line_and_column() {
        let fault = |from: &str, to: &str| Journal::parse(&TEXT.replace(from, to)).unwrap_err().to_string();
        assert_eq!(
            fault("scale accesslog 3", "scale accesslog many"),
            "7:42: expected a number of replicas, not \"many\""
        );
        assert_eq!(
            fault("2026-03-02T09:16:03.250Z scale", "yesterday scale"),
            "7:1: expected an instant, not \"yesterday\""
        );
        assert_eq!(fault("seed 9", "seed nine"), "4:6: expected a number");
        assert_eq!(fault("seed 9\n", ""), "4:1: expected a line 'seed …'");
        assert_eq!(fault("journal 1", "journal 2"), "1:1: a journal of format 2, not 1");
        assert!(fault("09:16:03.250Z reload", "09:16:03.249Z reload").starts_with("9:1: a command before"));
        assert!(fault("now 2026-03-02T09:20", "now 2026-03-02T09:10").starts_with("7:1: a command before"));
        assert_eq!(Journal::parse("").unwrap_err().code, "header-missing");
    }

    #[test]
    fn a_journal_of_another_behaviour_says_so() {
        let older = TEXT.replace("behaviour 3", "behaviour 2");
        let problem = Journal::parse(&older).unwrap_err();
        assert_eq!(
            (problem.code.as_ref(), problem.place.map(|place| place.line)),
            ("other-behaviour", Some(2))
        );
        assert_eq!(Header::parse(&older).unwrap().behaviour, 2);
        assert_eq!(Header::parse(&older).unwrap().scenario, "image-gallery");
    }
}
