//! Whether a command still fits into the journal: what is written must be readable again.

use std::fmt;

use super::grammar::MAX_LINE_BYTES;
use super::journal::{Entry, Journal};
use super::journal_text::{MAX_BYTES, MAX_COMMANDS};
use super::problem::Problem;

/// What is kept free of a journal's text, in bytes: for the instant at its top, and for the empty lines that stand for
/// remarks where a lab's file is read.
const RESERVE: usize = 64 << 10;

/// The length of a journal's text, counted on as commands come. Knows no journal: it is handed it.
#[derive(Clone, Copy, Debug, Default)]
pub struct JournalLength(Option<usize>);

impl JournalLength {
    /// The journal was changed elsewhere than at its end: it is measured again when that matters.
    pub fn forget(&mut self) {
        self.0 = None;
    }

    /// Counts an entry that is about to be written behind the others.
    ///
    /// # Errors
    /// When the journal could not be read again with it: its line, the whole text or the number of commands is beyond
    /// the limits of the reader. Then nothing is counted.
    pub fn admit(&mut self, journal: &Journal, entry: &Entry) -> Result<(), Problem> {
        let line = bytes_of(&entry.command);
        if line > MAX_LINE_BYTES {
            let said = format!("the command's line would be {line} bytes long, beyond {MAX_LINE_BYTES}");
            return Err(Problem::new("line-too-long", said));
        }
        if journal.entries.len() >= MAX_COMMANDS {
            let said = format!("the journal holds {MAX_COMMANDS} commands, as many as can be read again");
            return Err(Problem::new("journal-too-long", said));
        }
        let before = self.0.unwrap_or_else(|| bytes_of(journal));
        let after = before + bytes_of(entry);
        if after > MAX_BYTES - RESERVE {
            let said = format!(
                "the journal would be longer than {MAX_BYTES} bytes, which is what can be read again"
            );
            return Err(Problem::new("journal-too-long", said));
        }
        self.0 = Some(after);
        Ok(())
    }
}

/// How long a text is that is not kept.
fn bytes_of(shown: &dyn fmt::Display) -> usize {
    struct Count(usize);
    impl fmt::Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut count = Count(0);
    let _ = fmt::Write::write_fmt(&mut count, format_args!("{shown}"));
    count.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Seed;
    use crate::base::time::{Millis, Timestamp};
    use crate::lab::command::Command;
    use crate::lab::digest::Digest;
    use crate::lab::journal::Header;

    fn journal() -> Journal {
        let header = Header {
            behaviour: super::super::journal::BEHAVIOUR,
            scenario: "x".to_owned(),
            scenario_digest: Digest(0),
            seed: Seed(1),
            now: Timestamp(0),
        };
        Journal { header, entries: Vec::new() }
    }

    fn write(text: &str) -> Entry {
        let command = Command::Write { prometheus: "p".to_owned(), text: text.to_owned() };
        Entry { at: Timestamp(0), command, wall: Some(Millis(7)) }
    }

    #[test]
    fn what_is_admitted_can_be_read_again_and_what_is_not_could_not() {
        // Each quote takes two bytes in the line.
        let text = "\"".repeat((1 << 19) - 10);
        let (mut journal, mut length) = (journal(), JournalLength::default());
        let problem = length.admit(&journal, &write(&format!("{text}\"\"\"\"\"\"\"\"\"\""))).unwrap_err();
        assert_eq!(problem.code, "line-too-long");
        let refused = loop {
            let entry = write(&text);
            match length.admit(&journal, &entry) {
                Ok(()) => journal.entries.push(entry),
                Err(problem) => break problem,
            }
        };
        assert_eq!((refused.code.as_ref(), journal.entries.len()), ("journal-too-long", 15));
        assert_eq!(length.0, Some(journal.to_string().len()));
        assert_eq!(Journal::parse(&journal.to_string()).unwrap(), journal);
        journal.entries.truncate(3);
        length.forget();
        length.admit(&journal, &write(&text)).unwrap();
        journal.entries = vec![write(""); MAX_COMMANDS];
        assert_eq!(length.admit(&journal, &write("")).unwrap_err().code, "journal-too-long");
    }
}
