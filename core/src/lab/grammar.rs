//! Reads a command's line. Whether the named service exists is not asked here.

use super::command::{AttachmentHash, Command, Range, Step};
use super::problem::Problem;
use super::store::StoreId;
use super::words::{Word, Words};
use crate::base::time::{Millis, Timestamp};
use crate::base::{date, duration};

/// The longest line that is read: a configuration or an expression pasted whole, not a dump.
pub const MAX_LINE_BYTES: usize = 1 << 20;

impl Command {
    /// Reads the line form of a command.
    ///
    /// # Errors
    /// When the line is none; the problem has the place of the first word that does not fit.
    pub fn parse(line: &str) -> Result<Self, Problem> {
        if line.len() > MAX_LINE_BYTES {
            return Err(Problem::new("line-too-long", format!("line longer than {MAX_LINE_BYTES} bytes")));
        }
        if line.contains(['\n', '\r']) {
            return Err(Problem::new("line-break", "a command is one line"));
        }
        let mut words = Words::new(line);
        let verb = words.next_word("a command")?;
        let command = match verb.text.as_str() {
            "scale" => Self::Scale {
                service: name(&mut words, "a service")?,
                replicas: whole_number(&mut words, "a number of replicas")?,
            },
            "stop" => Self::Stop(name(&mut words, "a container")?),
            "start" => Self::Start(name(&mut words, "a container")?),
            "restart" => Self::Restart(name(&mut words, "a container")?),
            "kill" => Self::Kill(name(&mut words, "a container")?),
            "pause" => Self::Pause(name(&mut words, "a container")?),
            "unpause" => Self::Unpause(name(&mut words, "a container")?),
            "traffic" => {
                Self::Traffic { service: name(&mut words, "a service")?, per_second: rate(&mut words)? }
            }
            "send" => Self::Send {
                service: name(&mut words, "a service")?,
                count: whole_number(&mut words, "a number of requests")?,
            },
            "reload" => Self::Reload {
                prometheus: name(&mut words, "a Prometheus")?,
                text: words.next_word("the text of a configuration")?.text,
            },
            "write" => Self::Write {
                prometheus: name(&mut words, "a Prometheus")?,
                text: words.next_word("the text of a configuration")?.text,
            },
            "file" => Self::File {
                service: name(&mut words, "a service")?,
                path: path(&mut words)?,
                text: words.next_word("the text of the file")?.text,
            },
            "run" => run(&mut words)?,
            "import" => {
                Self::Import { name: name(&mut words, "a name")?, attachment: attachment(&mut words)? }
            }
            "discard" => Self::Discard(name(&mut words, "a name")?),
            "delete" => delete(&mut words)?,
            "lesson" => Self::Lesson(name(&mut words, "a lesson")?),
            "again" => Self::Again(name(&mut words, "a lesson")?),
            "hint" => Self::Hint(step(&mut words, "a task")?),
            "reveal" => Self::Reveal(step(&mut words, "a task")?),
            "skip" => Self::Skip(step(&mut words, "a task")?),
            "answer" => Self::Answer {
                question: step(&mut words, "a question")?,
                text: words.rest("an answer")?.text,
            },
            "board" => Self::Board(super::board::parse(&mut words)?),
            _ => return Err(wrong(&words, &verb, "unknown-command", "unknown command")),
        };
        words.end()?;
        Ok(command)
    }
}

fn wrong(words: &Words<'_>, word: &Word, code: &'static str, text: &str) -> Problem {
    Problem::new(code, format!("{text} {:?}", word.text)).within(words.line(), word.span)
}

fn name(words: &mut Words<'_>, what: &str) -> Result<String, Problem> {
    let word = words.next_word(what)?;
    if word.text.is_empty() { Err(wrong(words, &word, "empty-name", "not a name:")) } else { Ok(word.text) }
}

fn step(words: &mut Words<'_>, what: &str) -> Result<Step, Problem> {
    Ok(Step { lesson: name(words, "a lesson")?, id: name(words, what)? })
}

/// A path from the root, without steps upwards.
fn path(words: &mut Words<'_>) -> Result<String, Problem> {
    let word = words.next_word("a path")?;
    let parts = word.text.split('/').skip(1);
    if word.text.starts_with('/') && parts.clone().all(|part| !matches!(part, "" | "." | "..")) {
        return Ok(word.text);
    }
    Err(wrong(words, &word, "not-a-path", "expected a path such as /etc/prometheus/targets.yml, not"))
}

fn whole_number(words: &mut Words<'_>, what: &str) -> Result<u32, Problem> {
    let word = words.next_word(what)?;
    word.text.parse().map_err(|_| wrong(words, &word, "not-a-number", &format!("expected {what}, not")))
}

fn rate(words: &mut Words<'_>) -> Result<f64, Problem> {
    let word = words.next_word("requests a second")?;
    match word.text.parse::<f64>() {
        Ok(per_second) if per_second.is_finite() && per_second >= 0.0 => Ok(per_second.abs()),
        _ => Err(wrong(words, &word, "not-a-number", "expected requests a second, not")),
    }
}

fn attachment(words: &mut Words<'_>) -> Result<AttachmentHash, Problem> {
    let word = words.next_word("the hash of an attachment")?;
    let digits = word.text.len() == 16 && word.text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match u64::from_str_radix(&word.text, 16) {
        Ok(hash) if digits => Ok(AttachmentHash(hash)),
        _ => Err(wrong(words, &word, "not-a-hash", "expected 16 hex digits, not")),
    }
}

fn store(words: &mut Words<'_>) -> Result<StoreId, Problem> {
    let store = words.next_word("a store")?;
    store.text.parse().map_err(|problem: Problem| problem.within(words.line(), store.span))
}

fn delete(words: &mut Words<'_>) -> Result<Command, Problem> {
    let store = store(words)?;
    let keyword = words.next_word("'all' or 'from'")?;
    let span = match keyword.text.as_str() {
        "all" => None,
        "from" => {
            let from = instant(words)?;
            expect(words, "to")?;
            Some((from, instant(words)?))
        }
        _ => return Err(wrong(words, &keyword, "unexpected-word", "expected 'all' or 'from', not")),
    };
    Ok(Command::Delete { store, span, selector: words.rest("a selector")?.text })
}

fn run(words: &mut Words<'_>) -> Result<Command, Problem> {
    let store = store(words)?;
    let keyword = words.next_word("'at' or 'from'")?;
    let range = match keyword.text.as_str() {
        "at" => Range::At(instant(words)?),
        "from" => {
            let from = instant(words)?;
            expect(words, "to")?;
            let to = instant(words)?;
            expect(words, "step")?;
            Range::Steps { from, to, step: length(words)? }
        }
        _ => return Err(wrong(words, &keyword, "unexpected-word", "expected 'at' or 'from', not")),
    };
    Ok(Command::Run { store, range, expression: words.rest("an expression")?.text })
}

fn expect(words: &mut Words<'_>, keyword: &str) -> Result<(), Problem> {
    let what = format!("'{keyword}'");
    let word = words.next_word(&what)?;
    if word.text == keyword {
        return Ok(());
    }
    Err(wrong(words, &word, "unexpected-word", &format!("expected {what}, not")))
}

fn instant(words: &mut Words<'_>) -> Result<Timestamp, Problem> {
    let word = words.next_word("an instant")?;
    date::parse(&word.text).ok_or_else(|| {
        wrong(words, &word, "not-an-instant", "expected an instant such as 2026-03-02T09:00:00Z, not")
    })
}

fn length(words: &mut Words<'_>) -> Result<Millis, Problem> {
    let word = words.next_word("a duration")?;
    match duration::parse(&word.text) {
        Ok(length) if length > Millis::ZERO => Ok(length),
        Ok(_) => Err(wrong(
            words,
            &word,
            "zero-step",
            "zero or negative query resolution step widths are not accepted:",
        )),
        Err(error) => Err(Problem::new("not-a-duration", error.to_string()).within(words.line(), word.span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_comes_back_as_it_was() {
        for line in [
            "scale accesslog 3",
            "stop iotd",
            "start gallery-iotd-1",
            "restart iotd",
            "kill iotd",
            "pause iotd",
            "unpause iotd",
            "traffic image-gallery 6.5",
            "traffic image-gallery 0",
            "send image-gallery 10",
            r#"reload prometheus "global:\n  scrape_interval: 10s # \"x\"\n""#,
            r#"write prometheus "global:\n""#,
            r#"file prometheus /etc/prometheus/targets.yml "- targets: [a]\n""#,
            r#"run pulled at 2026-03-02T09:00:00.000Z "up""#,
            r#"run prometheus:two from 2026-03-02T09:00:00.000Z to 2026-03-02T10:00:00.000Z step 15s "sum(\n up)""#,
            "import dump 00ff00ff00ff00ff",
            "discard \"my dump\"",
            r#"delete pulled all "{job=\"a\"}""#,
            r#"delete imported:dump from 2026-03-02T09:00:00.000Z to 2026-03-02T10:00:00.000Z "up""#,
            "lesson observed",
            "again observed",
            "hint observed all-up",
            "reveal observed all-up",
            "skip observed all-up",
            r#"answer observed share "sum(rate(x[5m])) / 2""#,
        ] {
            let command = Command::parse(line).unwrap();
            assert_eq!(command.to_string(), line);
        }
    }

    #[test]
    fn an_expression_may_stand_without_quotes() {
        let command =
            Command::parse(r#"run truth at 2026-03-02T09:00:00Z count(up{job="a"} == 1) "#).unwrap();
        let Command::Run { expression, store: StoreId::Truth, .. } = command else { panic!("{command:?}") };
        assert_eq!(expression, r#"count(up{job="a"} == 1)"#);
    }

    #[test]
    fn a_wrong_line_says_where() {
        for (line, said) in [
            ("", "1:1: expected a command"),
            ("dance", "1:1: unknown command \"dance\""),
            ("scale accesslog", "1:16: expected a number of replicas"),
            ("scale accesslog -1", "1:17: expected a number of replicas, not \"-1\""),
            ("scale accesslog 3 4", "1:19: unexpected \"4\""),
            ("traffic image-gallery NaN", "1:23: expected requests a second, not \"NaN\""),
            ("traffic image-gallery -1", "1:23: expected requests a second, not \"-1\""),
            ("run nowhere at x up", "1:5: unknown store \"nowhere\""),
            ("run pulled at noon up", "1:15: expected an instant such as 2026-03-02T09:00:00Z, not \"noon\""),
            ("delete pulled up", "1:15: expected 'all' or 'from', not \"up\""),
            ("stop \"\"", "1:6: not a name: \"\""),
            ("file a b c", "1:8: expected a path such as /etc/prometheus/targets.yml, not \"b\""),
            ("file a /b/../c d", "1:8: expected a path such as /etc/prometheus/targets.yml, not \"/b/../c\""),
            ("import a 12", "1:10: expected 16 hex digits, not \"12\""),
        ] {
            assert_eq!(Command::parse(line).unwrap_err().to_string(), said);
        }
    }
}
