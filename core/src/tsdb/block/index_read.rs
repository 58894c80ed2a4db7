//! Reads the file `index` of versions 1 and 2: symbols, series with their chunks, postings. Every section's length, place
//! and checksum is looked at. Label indices are not read: nothing has used them since version 2 of Prometheus.
//!
//! Source: tsdb/docs/format/index.md.

use std::sync::Arc;

use super::cursor::{Cursor, Read};
use crate::model::labels::Labels;

/// What the file begins with.
pub(super) const MAGIC: u32 = 0xbaaa_d700;
/// The name of the file.
pub(super) const FILE: &str = "index";
/// The table of contents: six places and a checksum.
const CONTENTS_LENGTH: u64 = 6 * 8 + 4;
/// Series of version 2 lie at multiples of this, and are named by the multiple.
pub(super) const SERIES_ALIGNMENT: u64 = 16;

/// Where a chunk lies and which time it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChunkEntry {
    /// The first sample's time, in milliseconds since the Unix epoch.
    pub(super) min_time: i64,
    /// The last sample's time.
    pub(super) max_time: i64,
    /// Its name among the files of chunks.
    pub(super) reference: u64,
}

/// A series as the index has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeriesEntry {
    /// Its name in postings and tombstones.
    pub(super) reference: u64,
    /// Where it lies in the file.
    pub(super) offset: u64,
    pub(super) labels: Labels,
    /// Its chunks, by time.
    pub(super) chunks: Vec<ChunkEntry>,
}

/// The places of the sections; 0 where there is none.
struct Contents {
    symbols: u64,
    postings_table: u64,
}

/// The texts of an index: by number (version 2) or by place in the file (version 1).
struct Symbols {
    by_number: Vec<Arc<str>>,
    /// In version 1 the place of each text.
    places: Option<Vec<u64>>,
}

/// Reads the series of an index, in the order of the file, which is that of their labels.
pub(super) fn read(bytes: &[u8]) -> Read<Vec<SeriesEntry>> {
    let mut file = Cursor::new(FILE, bytes);
    file.magic(MAGIC)?;
    let version = file.byte()?;
    if !(1..=2).contains(&version) {
        return Err(file.error_at(4, format!("unknown index file version {version}")));
    }
    let contents = contents(file, bytes.len() as u64)?;
    let symbols = symbols(file.seek(contents.symbols)?, version)?;
    let all = postings_of_all(file, bytes.len(), contents.postings_table)?;
    let mut series = Vec::new();
    let mut free = 0;
    for reference in all {
        let offset = reference * if version == 1 { 1 } else { SERIES_ALIGNMENT };
        let mut place = file.seek(offset)?;
        // Entries that lie in each other would make a small file long to read.
        if offset < free {
            return Err(file.error_at(offset, "series overlap"));
        }
        let entry = one_series(&mut place, reference, &symbols)?;
        free = place.offset();
        series.push(entry);
    }
    Ok(series)
}

fn contents(file: Cursor<'_>, length: u64) -> Read<Contents> {
    let Some(begin) = length.checked_sub(CONTENTS_LENGTH) else {
        return Err(file.error_at(0, "too short for a table of contents"));
    };
    let mut contents = file.seek(begin)?.checked(CONTENTS_LENGTH - 4)?;
    let symbols = contents.long()?;
    for _ in ["series", "label indices", "label index table", "postings"] {
        let place = contents.long()?;
        if place > begin {
            return Err(contents.error(format!("a section at {place}, behind the end")));
        }
    }
    let postings_table = contents.long()?;
    if symbols == 0 || postings_table == 0 {
        return Err(contents.error("no symbols or no postings"));
    }
    Ok(Contents { symbols, postings_table })
}

fn symbols(mut file: Cursor<'_>, version: u8) -> Read<Symbols> {
    let mut section = file.section()?;
    let count = section.word()?;
    // A text takes a byte at least.
    if count as usize > section.left() {
        return Err(section.error(format!("{count} symbols in {} bytes", section.left())));
    }
    let mut by_number = Vec::with_capacity(count as usize);
    let mut places = Vec::new();
    for _ in 0..count {
        places.push(section.offset());
        by_number.push(Arc::from(section.text()?));
    }
    section.end()?;
    Ok(Symbols { by_number, places: (version == 1).then_some(places) })
}

impl Symbols {
    fn get(&self, reference: u64) -> Option<Arc<str>> {
        let number = match &self.places {
            Some(places) => places.binary_search(&reference).ok()?,
            None => usize::try_from(reference).ok()?,
        };
        self.by_number.get(number).cloned()
    }
}

/// The list of all series. The other lists are only looked at.
fn postings_of_all(file: Cursor<'_>, length: usize, table: u64) -> Read<Vec<u64>> {
    let mut table = file.seek(table)?.section()?;
    let count = table.word()?;
    let mut all = None;
    let mut budget = length;
    for _ in 0..count {
        let begin = table.offset();
        let keys = table.unsigned()?;
        if keys != 2 {
            return Err(table.error_at(begin, format!("unexpected key length for posting table {keys}")));
        }
        let (name, value, place) = (table.text()?, table.text()?, table.unsigned()?);
        let list = postings(file.seek(place)?, &mut budget)?;
        if name.is_empty() && value.is_empty() {
            all = Some(list);
        }
    }
    table.end()?;
    all.ok_or_else(|| table.error("no list of all series"))
}

fn postings(mut place: Cursor<'_>, budget: &mut usize) -> Read<Vec<u64>> {
    let mut section = place.section()?;
    match budget.checked_sub(section.left()) {
        Some(rest) => *budget = rest,
        None => return Err(section.error("postings overlap")),
    }
    let count = section.word()?;
    if section.left() as u64 != u64::from(count) * 4 {
        return Err(
            section.error(format!("unexpected postings length, {count} entries in {} bytes", section.left()))
        );
    }
    let mut list = Vec::with_capacity(count as usize);
    for _ in 0..count {
        let reference = u64::from(section.word()?);
        if list.last().is_some_and(|last| *last >= reference) {
            return Err(section.error("postings out of order"));
        }
        list.push(reference);
    }
    Ok(list)
}

fn one_series(place: &mut Cursor<'_>, reference: u64, symbols: &Symbols) -> Read<SeriesEntry> {
    let offset = place.offset();
    let length = place.unsigned()?;
    let mut entry = place.checked(length)?;
    let mut pairs: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    for _ in 0..entry.unsigned()? {
        let begin = entry.offset();
        let (name, value) = (symbols.get(entry.unsigned()?), symbols.get(entry.unsigned()?));
        let Some((name, value)) = name.zip(value) else {
            return Err(entry.error_at(begin, "a label whose text is no symbol"));
        };
        if pairs.last().is_some_and(|(last, _)| *last >= name) {
            return Err(entry.error_at(begin, format!("label {name:?} is out of order")));
        }
        pairs.push((name, value));
    }
    let chunks = chunk_entries(&mut entry)?;
    entry.end()?;
    Ok(SeriesEntry { reference, offset, labels: Labels::from_pairs(pairs), chunks })
}

fn chunk_entries(entry: &mut Cursor<'_>) -> Read<Vec<ChunkEntry>> {
    let mut chunks: Vec<ChunkEntry> = Vec::new();
    for _ in 0..entry.unsigned()? {
        let begin = entry.offset();
        let next = match chunks.last().copied() {
            None => {
                let min_time = entry.signed()?;
                (Some(min_time), min_time.checked_add_unsigned(entry.unsigned()?), Some(entry.unsigned()?))
            }
            Some(last) => {
                let min_time = last.max_time.checked_add_unsigned(entry.unsigned()?);
                let length = entry.unsigned()?;
                let max_time = min_time.and_then(|time| time.checked_add_unsigned(length));
                (min_time, max_time, last.reference.checked_add_signed(entry.signed()?))
            }
        };
        let (Some(min_time), Some(max_time), Some(reference)) = next else {
            return Err(entry.error_at(begin, "the time or place of a chunk needs more than 64 bits"));
        };
        chunks.push(ChunkEntry { min_time, max_time, reference });
    }
    Ok(chunks)
}
