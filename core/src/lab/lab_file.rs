//! A lab as a file: its journal, with the lab's name and what its imports name as remarks at the end. So the file is a
//! journal, and a journal is such a file. Replays nothing.

use std::collections::BTreeMap;
use std::fmt;

use super::command::{AttachmentHash, Command};
use super::import;
use super::journal::Journal;
use super::journal_text;
use super::problem::Problem;
use super::words::{Words, quoted_length, write_quoted};
use crate::base::span::Place;

/// The longest file that is read.
pub const MAX_BYTES: usize = 64 << 20;
/// The longest name of a lab, in characters; what is longer is cut.
pub const MAX_NAME: usize = 80;

/// The most attachments of a lab.
const MAX_ATTACHMENTS: usize = 1000;
/// The most bytes of a file's lines of attachments: what is left beside the longest journal and a name.
const MAX_ATTACHED_BYTES: usize = MAX_BYTES - journal_text::MAX_BYTES - (1 << 20);

const NAME: &str = "# name ";
const ATTACHMENT: &str = "# attachment ";

/// What is in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct LabFile {
    /// The lab's name; empty where it has none.
    pub name: String,
    /// The journal.
    pub journal: Journal,
    /// What the journal's imports name.
    pub attachments: BTreeMap<AttachmentHash, String>,
}

impl LabFile {
    /// Reads a file, or a journal alone.
    ///
    /// # Errors
    /// With line and column, when it is no journal, was written under another behaviour version (code
    /// `other-behaviour`), when an attachment is not what its hash says, or one that an import names is missing.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() > MAX_BYTES {
            return Err(Problem::new("journal-too-long", format!("longer than {MAX_BYTES} bytes")));
        }
        // What some programs put before a text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (mut name, mut attachments) = (String::new(), BTreeMap::new());
        let mut rest = String::new();
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(quoted) = line.strip_prefix(NAME) {
                name = word(quoted, number, NAME)?.chars().take(MAX_NAME).collect();
            } else if let Some(attached) = line.strip_prefix(ATTACHMENT) {
                let (hash, attachment) = attachment(attached, number)?;
                attachments.insert(hash, attachment);
            } else {
                rest.push_str(line);
            }
            // An empty line stands for what was taken out: the numbers of the others stay.
            rest.push('\n');
        }
        let journal = Journal::parse(&rest)?;
        let file = Self { name, journal, attachments };
        file.missing(&rest).map_or(Ok(file), Err)
    }

    /// The first import whose text is not here.
    fn missing(&self, rest: &str) -> Option<Problem> {
        let hashes = self.journal.entries.iter().filter_map(|entry| match entry.command {
            Command::Import { attachment, .. } => Some(attachment),
            _ => None,
        });
        let hash = { hashes }.find(|hash| !self.attachments.contains_key(hash))?;
        let said = format!("the attachment {hash} is not here");
        let line = (1..).zip(rest.lines()).find(|(_, line)| line.contains(&hash.to_string()));
        let place = line.map(|(line, text)| {
            let before = text.find(&hash.to_string()).unwrap_or(0);
            Place { line, column: text[..before].chars().count() as u32 + 1 }
        });
        Some(Problem::new("attachment-missing", said).at(place))
    }
}

fn word(quoted: &str, line: u32, before: &str) -> Result<String, Problem> {
    let mut words = Words::new(quoted);
    let word = words.next_word("a quoted text").and_then(|word| words.end().map(|()| word.text));
    word.map_err(|problem| in_line(problem, line, before.len()))
}

fn attachment(text: &str, line: u32) -> Result<(AttachmentHash, String), Problem> {
    let mut words = Words::new(text);
    let hash = words.next_word("an attachment's hash");
    let read = hash.and_then(|hash| {
        let attached = words.next_word("a quoted text")?.text;
        words.end()?;
        let found = AttachmentHash::of(&attached);
        if attached.len() > import::MAX_BYTES {
            return Err(Problem::new("import-too-long", format!("longer than {} bytes", import::MAX_BYTES)));
        }
        if found.to_string() != hash.text {
            let said = format!("the attachment was changed: its hash is {found}");
            return Err(Problem::new("attachment-changed", said).within(text, hash.span));
        }
        Ok((found, attached))
    });
    read.map_err(|problem| in_line(problem, line, ATTACHMENT.len()))
}

/// The problem of a part of a line that begins `before` columns into it.
fn in_line(mut problem: Problem, line: u32, before: usize) -> Problem {
    let column = problem.place.map_or(1, |place| place.column) + before as u32;
    problem.place = Some(Place { line, column });
    problem.span = None;
    problem
}

/// A journal's text with a lab's name and attachments as remarks, whatever version wrote the journal.
#[must_use]
pub fn with_remarks(journal: &str, name: &str, attachments: &BTreeMap<AttachmentHash, String>) -> String {
    let mut text = journal.to_owned();
    if !name.is_empty() {
        text.push_str(NAME);
        write_quoted(&mut text, name);
        text.push('\n');
    }
    for (hash, attachment) in attachments {
        text.push_str(&format!("{ATTACHMENT}{hash} "));
        write_quoted(&mut text, attachment);
        text.push('\n');
    }
    text
}

/// Whether a file that holds these attachments can be read again, whatever its journal is.
#[must_use]
pub fn holds<'a>(attachments: impl IntoIterator<Item = &'a str>) -> bool {
    let mut bytes = 0;
    let mut count = 0;
    for text in attachments {
        bytes += ATTACHMENT.len() + 18 + quoted_length(text);
        count += 1;
    }
    count <= MAX_ATTACHMENTS && bytes <= MAX_ATTACHED_BYTES
}

/// The file's text; [`LabFile::parse`] reads it back.
impl fmt::Display for LabFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_remarks(&self.journal.to_string(), &self.name, &self.attachments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUMP: &str = "# TYPE hits counter\nhits{path=\"/\\\"한글\"} 7\n";

    fn text() -> String {
        let hash = AttachmentHash::of(DUMP);
        format!(
            "scrapeyard-journal 1\nbehaviour 3\nscenario image-gallery 00000000000000ff\nseed 9\n\
             now 2026-03-02T09:20:00.000Z\n\n2026-03-02T09:16:03.250Z scale accesslog 3\n# wall 83251\n\
             2026-03-02T09:17:03.250Z import mine {hash}\n# name \"My \\\"lab\\\" 실습\"\n\
             # attachment {hash} \"# TYPE hits counter\\nhits{{path=\\\"/\\\\\\\"한글\\\"}} 7\\n\"\n"
        )
    }

    #[test]
    fn a_file_comes_back_as_it_was_written() {
        let file = LabFile::parse(&text()).unwrap();
        assert_eq!(file.name, "My \"lab\" 실습");
        assert_eq!(file.journal.entries.len(), 2);
        assert_eq!(file.attachments[&AttachmentHash::of(DUMP)], DUMP);
        assert_eq!(file.to_string(), text());
        // What a journal's own reader makes of it is the same.
        assert_eq!(Journal::parse(&text()).unwrap(), file.journal);
        assert_eq!(LabFile::parse(&format!("\u{feff}{}", text().replace('\n', "\r\n"))).unwrap(), file);
    }

    #[test]
    fn a_broken_file_says_where() {
        let fault = |from: &str, to: &str| LabFile::parse(&text().replace(from, to)).unwrap_err().to_string();
        assert!(fault("hits counter\\n", "hits gauge\\n").starts_with("11:14: the attachment was changed"));
        assert_eq!(fault("\"# TYPE", "\"\\# TYPE"), "11:32: unknown escape sequence");
        assert_eq!(fault("scale accesslog", "scales accesslog").split(':').next(), Some("7"));
        assert!(fault("# attachment", "# once").starts_with("9:38: the attachment"));
        assert_eq!(LabFile::parse("hello\n").unwrap_err().code, "header-missing");
        assert_eq!(LabFile::parse("").unwrap_err().code, "header-missing");
        let older = text().replace("behaviour 3", "behaviour 2");
        assert_eq!(LabFile::parse(&older).unwrap_err().code, "other-behaviour");
    }

    #[test]
    fn the_length_of_attachments_is_that_of_their_lines() {
        let attachments = BTreeMap::from([(AttachmentHash::of(DUMP), DUMP.to_owned())]);
        let line = with_remarks("", "", &attachments);
        assert_eq!(line.len(), ATTACHMENT.len() + 18 + quoted_length(DUMP));
        let half = "x".repeat(MAX_ATTACHED_BYTES / 2 - 40);
        assert!(holds([half.as_str(), &half]) && !holds([half.as_str(), &half, DUMP]));
        assert!(!holds(["\n".repeat(MAX_ATTACHED_BYTES / 2).as_str()]));
        assert!(holds(vec![""; MAX_ATTACHMENTS]) && !holds(vec![""; MAX_ATTACHMENTS + 1]));
    }

    #[test]
    fn a_name_is_cut_to_a_length_that_can_be_shown() {
        let long = text().replace("실습", &"가".repeat(1000));
        assert_eq!(LabFile::parse(&long).unwrap().name.chars().count(), MAX_NAME);
    }
}
