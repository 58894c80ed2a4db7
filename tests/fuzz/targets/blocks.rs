//! Blocks: files from anywhere do no harm, and what is read is written and read again as the same.

use std::sync::OnceLock;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::model::matcher::Matcher;
use scrapeyard_core::tsdb::block::{self, BlockFiles};
use scrapeyard_core::tsdb::{Head, Samples};

use super::chunks;

/// Archives of blocks: floats of several shapes, and one with histograms and deleted spans.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = chunks::heads().iter().filter_map(packed).collect();
    seeds.extend(chunks::head_of_histograms().as_ref().and_then(packed));
    seeds
}

fn packed(head: &Head) -> Option<Vec<u8>> {
    block::write(head).map(|(_, files)| block::pack(&[files]))
}

/// Understood: an archive, or sections with mended checksums, that give a block.
pub fn archives(input: &[u8]) -> Result<bool, String> {
    let is_archive = match block::unpack(input) {
        Ok(blocks) => blocks.iter().map(one).collect::<Result<Vec<_>, _>>()?.contains(&true),
        Err(error) if error.to_string().is_empty() => return Err("a fault without words".to_owned()),
        Err(_) => false,
    };
    Ok(mutated(input)? || is_archive)
}

/// Bytes as changes of a sound block: a file, a place and a byte each, the checksums mended afterwards, so that what
/// lies behind them is reached.
fn mutated(input: &[u8]) -> Result<bool, String> {
    static SOUND: OnceLock<Option<BlockFiles>> = OnceLock::new();
    let sound = SOUND.get_or_init(|| block::write(&chunks::head_of_histograms()?).map(|(_, files)| files));
    let Some(sound) = sound else { return Err("no sound block".to_owned()) };
    let mut files = sound.clone();
    for piece in input.chunks_exact(4).take(6) {
        let file = match piece[0] % 4 {
            0 => &mut files.chunks[0],
            1 => match &mut files.tombstones {
                Some(bytes) => bytes,
                None => continue,
            },
            _ => &mut files.index,
        };
        let place = usize::from(u16::from_le_bytes([piece[1], piece[2]])) % file.len();
        file[place] = piece[3];
    }
    mend_checksums(&mut files, sound);
    one(&files)
}

/// Writes every checksum anew that stands where the sound block has one.
fn mend_checksums(files: &mut BlockFiles, sound: &BlockFiles) {
    for (begin, end) in chunk_sections(&sound.chunks[0]) {
        mend(&mut files.chunks[0], begin, end);
    }
    for (begin, end) in index_sections(&sound.index) {
        mend(&mut files.index, begin, end);
    }
    if let Some(bytes) = &mut files.tombstones {
        let end = bytes.len() - 4;
        mend(bytes, 5, end);
    }
}

fn mend(bytes: &mut [u8], begin: usize, end: usize) {
    let sum = block::checksum(&bytes[begin..end]);
    bytes[end..end + 4].copy_from_slice(&sum.to_be_bytes());
}

/// What the checksums of a file of chunks cover. Chunks of a sound block here are shorter than 16 kB.
fn chunk_sections(bytes: &[u8]) -> Vec<(usize, usize)> {
    let (mut at, mut sections) = (8, Vec::new());
    while at < bytes.len() {
        let (length, begin) = short_length(bytes, at);
        sections.push((begin, begin + 1 + length));
        at = begin + 1 + length + 4;
    }
    sections
}

/// A length of at most two groups of seven bits, and where it ends.
fn short_length(bytes: &[u8], at: usize) -> (usize, usize) {
    match bytes[at] {
        length @ 0..0x80 => (usize::from(length), at + 1),
        low => (usize::from(low & 0x7f) | usize::from(bytes[at + 1]) << 7, at + 2),
    }
}

/// What the checksums of an index cover.
fn index_sections(bytes: &[u8]) -> Vec<(usize, usize)> {
    let word =
        |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize;
    let contents = bytes.len() - 52;
    let place = |number: usize| word(contents + 8 * number + 4);
    let mut sections = vec![(5 + 4, 5 + 4 + word(5)), (contents, contents + 48)];
    let mut at = place(1).next_multiple_of(16);
    while at < place(2) {
        let (length, begin) = short_length(bytes, at);
        sections.push((begin, begin + length));
        at = (begin + length + 4).next_multiple_of(16);
    }
    at = place(2).next_multiple_of(4);
    while at < contents {
        sections.push((at + 4, at + 4 + word(at)));
        at += 4 + word(at) + 4;
    }
    sections
}

/// Reads a block; what was read is written and read again as the same samples.
fn one(files: &BlockFiles) -> Result<bool, String> {
    let mut head = Head::new();
    if let Err(error) = block::read_into(&mut head, files) {
        return if error.reason.is_empty() { Err("a fault without words".to_owned()) } else { Ok(false) };
    }
    let mut samples = Samples::default();
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        samples.clear();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        if samples.times.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(format!("the times of {} do not rise", head.labels(id)));
        }
    }
    let digest = head.digest();
    if let Some((_, again)) = block::write(&head) {
        let mut read = Head::new();
        block::read_into(&mut read, &again).map_err(|error| format!("our own block: {error}"))?;
        if read.digest() != digest {
            return Err("written and read again as other samples".to_owned());
        }
    }
    // The head goes on.
    let id = head.series_id(&Labels::from_pairs([("__name__", "new")]));
    let _ = head.append(id, Timestamp(i64::MAX - 1), 1.0);
    let _ =
        (head.delete(&[Matcher::equal("__name__", "new")], Timestamp(0), Timestamp(1)), head.statistics(3));
    head.truncate(Timestamp(0));
    Ok(true)
}
