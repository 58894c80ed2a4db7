//! The commands of a script. A block ends at an empty line; a comment line counts as empty.

use super::expectation::Expectation;
use crate::base::duration;
use crate::base::number::quote;
use crate::base::time::{Millis, Timestamp};

/// A script as read.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// Its commands with the number of their first line, from 1.
    pub commands: Vec<(u32, Command)>,
    /// What could not be read.
    pub faults: Vec<Fault>,
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub reason: String,
}

/// A command.
#[derive(Clone, Debug)]
pub enum Command {
    /// Forget all samples.
    Clear,
    /// Series with a sample each `step`.
    Load {
        /// From one sample to the next.
        step: Millis,
        /// Also make a native histogram with custom buckets of each classic one.
        with_native: bool,
        /// Series lines, with the line number of the first.
        lines: Vec<(u32, String)>,
    },
    /// A query and what it must give.
    Eval(Box<Eval>),
}

/// A query and what it must give.
#[derive(Clone, Debug)]
pub struct Eval {
    /// The query.
    pub query: String,
    /// When.
    pub range: EvalRange,
    /// What it must give.
    pub expectation: Expectation,
}

/// The instants of an `eval`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvalRange {
    /// `eval instant at`
    Instant(Timestamp),
    /// `eval range from to step`
    Range {
        /// From here.
        start: Timestamp,
        /// Up to here.
        end: Timestamp,
        /// At this distance.
        step: Millis,
    },
}

impl Script {
    /// Reads a script. Commands that cannot be read become faults; the others stay.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut script = Self::default();
        let lines: Vec<&str> = text.split('\n').map(without_comment).collect();
        let mut next = 0;
        while next < lines.len() {
            let first = next;
            next += 1;
            if lines[first].is_empty() {
                continue;
            }
            let block = lines[next..].iter().take_while(|line| !line.is_empty()).count();
            // Only these two commands have a block.
            let has_block = lines[first].starts_with("load") || lines[first].starts_with("eval");
            let block = if has_block { &lines[next..next + block] } else { &[] };
            next += block.len();
            let line = first as u32 + 1;
            match command(lines[first], block, line) {
                Ok(command) => script.commands.push((line, command)),
                Err(fault) => script.faults.push(fault),
            }
        }
        script
    }
}

fn without_comment(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') { "" } else { line }
}

fn command(first: &str, block: &[&str], line: u32) -> Result<Command, Fault> {
    let fault = |reason: String| Fault { line, reason };
    let word = first.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
    if word == "clear" {
        return Ok(Command::Clear);
    }
    if word.starts_with("load") {
        let with_native = match word.as_str() {
            "load" => false,
            "load_with_nhcb" => true,
            _ => {
                return Err(fault("invalid load command. (load[_with_nhcb] <step:duration>)".to_owned()));
            }
        };
        let step = duration("step", first[word.len()..].trim()).map_err(fault)?;
        let numbered = block.iter().enumerate();
        let lines = numbered.map(|(index, text)| (line + 1 + index as u32, (*text).to_owned())).collect();
        return Ok(Command::Load { step, with_native, lines });
    }
    if let Some(mode) = word.strip_prefix("eval") {
        let mut eval = eval(first[word.len()..].trim_start()).map_err(fault)?;
        eval.expectation.mode(mode).map_err(fault)?;
        eval.expectation.read(block, line + 1, &mut eval.range)?;
        return Ok(Command::Eval(Box::new(eval)));
    }
    Err(fault(format!("invalid command {}", quote(first))))
}

/// A length of time, called `name` where it cannot be read.
fn duration(name: &str, text: &str) -> Result<Millis, String> {
    duration::parse(text).map_err(|error| format!("invalid {name} definition {}: {error}", quote(text)))
}

/// The three lengths of time that make a range, from the epoch on.
pub(super) fn from_to_step(
    from: &str,
    to: &str,
    step: &str,
) -> Result<(Timestamp, Timestamp, Millis), String> {
    let (start, end) = (duration("start timestamp", from)?, duration("end timestamp", to)?);
    if end < start {
        return Err(format!(
            "invalid test definition, end timestamp ({to}) is before start timestamp ({from})"
        ));
    }
    Ok((Timestamp(start.0), Timestamp(end.0), duration("step", step)?))
}

/// `instant at T QUERY` or `range from A to B step C QUERY`.
fn eval(text: &str) -> Result<Eval, String> {
    let mut rest = text;
    let mut word = || {
        rest = rest.trim_start();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        word
    };
    let malformed = || {
        "invalid evaluation command. Must be either 'eval[_fail|_warn|_ordered] instant [at <offset:duration>] <query>' \
         or 'eval[_fail|_warn] range from <from> to <to> step <step> <query>'"
            .to_owned()
    };
    let range = match word() {
        "instant" => {
            if word() != "at" {
                return Err(malformed());
            }
            EvalRange::Instant(Timestamp(duration("timestamp", word())?.0))
        }
        "range" => {
            let mut words = [""; 3];
            for (keyword, value) in ["from", "to", "step"].iter().zip(&mut words) {
                if word() != *keyword {
                    return Err(malformed());
                }
                *value = word();
            }
            let (start, end, step) = from_to_step(words[0], words[1], words[2])?;
            EvalRange::Range { start, end, step }
        }
        _ => return Err(malformed()),
    };
    Ok(Eval { query: rest.trim().to_owned(), range, expectation: Expectation::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_end_at_empty_and_comment_lines() {
        let script = Script::read("load 1m\n  a 1\n# x\nclear\neval instant at 5m a\n  a 1\n\nnonsense\n");
        let lines: Vec<u32> = script.commands.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 4, 5]);
        assert_eq!(script.faults.len(), 1);
        assert_eq!(script.faults[0].line, 8);
    }

    #[test]
    fn the_query_is_the_rest_of_the_line() {
        let script = Script::read("eval range from 0 to 10m step 5m sum by (a) (b)");
        let Command::Eval(eval) = &script.commands[0].1 else { panic!("not an eval") };
        assert_eq!(eval.query, "sum by (a) (b)");
        let end = Timestamp(600_000);
        assert_eq!(eval.range, EvalRange::Range { start: Timestamp(0), end, step: Millis(300_000) });
    }
}
