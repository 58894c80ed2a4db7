//! Reads a metrics page, a dump or blocks of a Prometheus that a learner brought along into a store of its own.

use std::sync::Arc;

use super::problem::Problem;
use crate::base::span::{Place, Span};
use crate::base::time::Timestamp;
use crate::exposition::{Entry, Format, Limits, ParseError, Parser, TimedEntry, read_timed_page};
use crate::model::labels::Labels;
use crate::tsdb::{Head, block};
use crate::yaml::decode_base64;

/// The longest text that is read.
pub const MAX_BYTES: usize = 16 << 20;
/// The most imported stores of a lab.
pub const MAX_STORES: usize = 8;

/// What was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The store.
    pub head: Arc<Head>,
    /// Samples that were left out: another one of their series has the same instant.
    pub duplicates: u64,
}

/// A sample on its way into a store.
struct Arrived {
    labels: Labels,
    at: Timestamp,
    value: f64,
}

/// Reads `text`: a page or a dump, OpenMetrics where it ends with `# EOF`, else the text format. Samples without a timestamp are taken
/// as of `now`. Lines may come in any order of time. A data URL with base64 stands for its bytes, which may also be a tar
/// archive of blocks.
///
/// # Errors
/// When the text is too long or cannot be read; the problem has line and column.
pub fn read(text: &str, now: Timestamp) -> Result<Imported, Problem> {
    if text.len() > MAX_BYTES {
        return Err(Problem::new("import-too-long", format!("longer than {MAX_BYTES} bytes")));
    }
    let attached = attached_bytes(text)?;
    if let Some(archive) = attached.as_deref().filter(|bytes| block::is_archive(bytes)) {
        return read_blocks(archive);
    }
    let page = attached.as_deref().unwrap_or(text.as_bytes());
    let format = Format::detect(page);
    let arrived = if is_timed(page, format) { read_dump(page, format) } else { read_page(page, format, now) };
    Ok(store(arrived.map_err(|error| problem(page, error))?))
}

/// The bytes of an attachment that is no text: a data URL (`data:…;base64,…`). `None` for any other text.
fn attached_bytes(text: &str) -> Result<Option<Vec<u8>>, Problem> {
    let Some(rest) = text.strip_prefix("data:") else { return Ok(None) };
    // A metric may be called `data:…`; its line has a blank or a brace before any comma.
    let Some((kind, bytes)) = rest.split_once(',').filter(|(kind, _)| !kind.contains([' ', '{', '\n']))
    else {
        return Ok(None);
    };
    if !kind.ends_with(";base64") {
        return Ok(None);
    }
    let bytes = decode_base64(bytes.trim_end());
    bytes.map(Some).ok_or_else(|| Problem::new("attachment-unreadable", "the attachment is no base64"))
}

/// Reads the blocks of an archive; where they overlap the first one counts.
fn read_blocks(archive: &[u8]) -> Result<Imported, Problem> {
    let unreadable = |error: block::BlockError| Problem::new("block-unreadable", error.to_string());
    let mut head = Head::new();
    for files in block::unpack(archive).map_err(unreadable)? {
        block::read_into(&mut head, &files).map_err(unreadable)?;
    }
    Ok(Imported { head: Arc::new(head), duplicates: 0 })
}

fn problem(page: &[u8], error: ParseError) -> Problem {
    let start = error.offset as u32;
    let end = page[error.offset.min(page.len())..].iter().position(|byte| *byte == b'\n');
    let end = end.map_or(page.len() as u32, |length| start + length as u32);
    let Place { line, column } = error.place;
    let mut problem = Problem::new("page-unreadable", error.message).at(Some(Place { line, column }));
    problem.span = Some(Span::new(start, end.max(start)));
    problem
}

/// Whether every sample that can be read has a timestamp, as in a dump.
fn is_timed(page: &[u8], format: Format) -> bool {
    let mut parser = Parser::new(page, format);
    loop {
        match parser.next_entry() {
            Ok(Some(Entry::Sample(sample))) if sample.at().is_none() => return false,
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return true,
        }
    }
}

fn read_dump(page: &[u8], format: Format) -> Result<Vec<Arrived>, ParseError> {
    let mut arrived = Vec::new();
    read_timed_page(page, format, Limits::default(), |entry| {
        if let TimedEntry::Sample(labels, at, value) = entry {
            arrived.push(Arrived { labels: labels.clone(), at, value });
        }
    })?;
    Ok(arrived)
}

fn read_page(page: &[u8], format: Format, now: Timestamp) -> Result<Vec<Arrived>, ParseError> {
    let mut arrived = Vec::new();
    let mut parser = Parser::new(page, format);
    while let Some(entry) = parser.next_entry()? {
        if let Entry::Sample(sample) = entry {
            if let Some(refusal) = sample.refusal() {
                return Err(refusal);
            }
            let at = sample.at().unwrap_or(now);
            arrived.push(Arrived { labels: sample.labels(), at, value: sample.value() });
        }
    }
    Ok(arrived)
}

fn store(mut arrived: Vec<Arrived>) -> Imported {
    arrived.sort_by_key(|sample| sample.at);
    let mut head = Head::new();
    let mut duplicates = 0;
    for Arrived { labels, at, value } in &arrived {
        let series = head.series_id(labels);
        if head.append(series, *at, *value).is_err() {
            duplicates += 1;
        }
    }
    Imported { head: Arc::new(head), duplicates }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::matcher::Matcher;
    use crate::tsdb::Samples;

    const NOW: Timestamp = Timestamp(1_772_442_000_000);

    fn samples(text: &str, metric: &str) -> Samples {
        let head = read(text, NOW).unwrap().head;
        let mut samples = Samples::default();
        for series in head.select(&[Matcher::equal("__name__", metric)], Timestamp::MIN, Timestamp::MAX) {
            head.read(series, Timestamp::MIN, Timestamp::MAX, &mut samples);
        }
        samples
    }

    #[test]
    fn a_page_without_timestamps_is_taken_as_of_now() {
        let found = samples("# TYPE hits counter\nhits{code=\"200\"} 7\nhits 3 1000\n", "hits");
        assert_eq!(found.times, [1000, NOW.0]);
        assert_eq!(found.values, [3.0, 7.0]);
    }

    #[test]
    fn a_dump_keeps_its_times_in_whatever_order() {
        let found =
            samples("# TYPE hits counter\nhits_total 2 20.5\nhits_total 1 10.001\n# EOF\n", "hits_total");
        assert_eq!((found.times, found.values), (vec![10_001, 20_500], vec![1.0, 2.0]));
    }

    #[test]
    fn a_broken_page_says_where() {
        let fault = read("# TYPE hits counter\nhits{code=\"200\" 7\n", NOW).unwrap_err();
        assert_eq!(fault.place.map(|place| place.line), Some(2));
        assert!(read("hits 1\n# EOF\nmore 1\n", NOW).is_ok(), "without a final # EOF it is the text format");
        assert!(read("hits_total 1 1\n# EOF", NOW).is_ok());
        assert_eq!(read(&"#".repeat(MAX_BYTES + 1), NOW).unwrap_err().code, "import-too-long");
    }

    #[test]
    fn labels_that_no_store_takes_are_refused_where_they_stand() {
        for (line, said) in [
            ("m{a=\"1\",a=\"2\"} 1", "label name \"a\" is not unique: invalid sample"),
            ("m{__name__=\"n\"} 1", "label name \"__name__\" is not unique: invalid sample"),
            ("m{\"\"=\"1\"} 1", "invalid metric name or label names: {\"\"=\"1\", __name__=\"m\"}"),
            ("a.b{c=\"1\",c=\"2\"} 1", "strconv.ParseFloat: parsing \".b\": invalid syntax"),
        ] {
            for time in ["", " 1000"] {
                let fault = read(&format!("up 1{time}\n{line}{time}\n"), NOW).unwrap_err();
                let place = fault.place.map(|place| place.line);
                assert_eq!((fault.code.as_ref(), place), ("page-unreadable", Some(2)), "{line}");
                assert!(fault.text.starts_with(said), "{}", fault.text);
            }
        }
    }

    #[test]
    fn blocks_come_as_a_data_url() {
        let mut head = Head::new();
        let id = head.series_id(&Labels::from_pairs([("__name__", "hits")]));
        (0..300).for_each(|at| head.append(id, Timestamp(at * 1000), at as f64).unwrap());
        let (_, files) = block::write(&head).unwrap();
        let archive = block::pack(&[files]);
        let url = |bytes: &[u8]| format!("data:application/x-tar;base64,{}\n", base64(bytes));
        assert_eq!(read(&url(&archive), NOW).unwrap().head.digest(), head.digest());
        assert_eq!(samples(&url(b"hits 7\n"), "hits").values, [7.0], "bytes may be a page too");
        assert_eq!(samples("data:hits{a=\",\"} 7\n", "data:hits").values, [7.0]);
        let mut broken = archive.clone();
        broken[1550] ^= 1;
        assert_eq!(read(&url(&broken), NOW).unwrap_err().code, "block-unreadable");
        assert_eq!(read("data:x;base64,!!", NOW).unwrap_err().code, "attachment-unreadable");
    }

    fn base64(bytes: &[u8]) -> String {
        let digit = |value: u32| {
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[value as usize & 63]
        };
        let mut text = Vec::new();
        for three in bytes.chunks(3) {
            let word = (0..3).fold(0, |word, at| word << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
            let digits = (0..4).map(|at| if at <= three.len() { digit(word >> (18 - 6 * at)) } else { b'=' });
            text.extend(digits);
        }
        String::from_utf8(text).unwrap()
    }
}
