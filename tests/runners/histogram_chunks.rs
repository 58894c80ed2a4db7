//! Chunks of histograms that the real Prometheus wrote (`tsdb/*.chunks`: an encoding and bytes a line, a series a block):
//! their samples, put into a store, must lie in the same chunks, byte for byte.

use std::path::Path;
use std::sync::Arc;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::tsdb::{Chunk, Encoding, Head, Samples};

use crate::frame::{files, short};

pub fn trials() -> Vec<Trial> {
    let trial = |path: std::path::PathBuf| Trial::test(short(&path), move || hold(&path));
    files("tsdb", "chunks").into_iter().map(trial).collect()
}

fn hold(path: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let mut series = 0;
    for block in text.split("\n\n") {
        let lines = block.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let chunks = lines.map(read).collect::<Result<Vec<_>, String>>()?;
        if !chunks.is_empty() {
            series += 1;
            again(&chunks).map_err(|reason| format!("series {series}: {reason}"))?;
        }
    }
    if series == 0 { Err("no series".into()) } else { Ok(()) }
}

fn read(line: &str) -> Result<Chunk, String> {
    let (encoding, hex) = line.split_once(' ').ok_or("a line is an encoding and bytes")?;
    let encoding = match encoding {
        "whole" => Encoding::Histogram,
        "float" => Encoding::FloatHistogram,
        other => return Err(format!("no encoding: {other}")),
    };
    let byte = |at: usize| u8::from_str_radix(hex.get(2 * at..2 * at + 2).unwrap_or(""), 16);
    let bytes = (0..hex.len() / 2).map(byte).collect::<Result<Arc<[u8]>, _>>();
    Ok(Chunk { encoding, min_time: 0, max_time: 0, bytes: bytes.map_err(|error| error.to_string())? })
}

/// Reads the chunks and writes their samples again.
fn again(chunks: &[Chunk]) -> Result<(), String> {
    let mut head = Head::new();
    let id = head.series_id(&Labels::default());
    for (number, chunk) in chunks.iter().enumerate() {
        let mut samples = Samples::default();
        chunk.decode(i64::MIN, i64::MAX, &mut samples);
        if samples.times.len() != usize::from(chunk.count()) {
            return Err(format!("chunk {number} gives {} samples", samples.times.len()));
        }
        for (time, histogram) in samples.times.iter().zip(samples.histograms.iter()) {
            let histogram = histogram.ok_or("a sample is no histogram")?;
            let at = Timestamp(*time);
            let taken = match chunk.encoding {
                Encoding::Histogram => head.append_whole_histogram(id, at, histogram),
                _ => head.append_histogram(id, at, histogram),
            };
            taken.map_err(|error| format!("chunk {number} at {time}: {error}"))?;
        }
    }
    let written: Vec<Chunk> = head.chunks(id).collect();
    let counts = |chunks: &[Chunk]| chunks.iter().map(Chunk::count).collect::<Vec<_>>();
    if counts(&written) != counts(chunks) {
        return Err(format!("chunks of {:?} samples, expected {:?}", counts(&written), counts(chunks)));
    }
    for (number, (ours, theirs)) in written.iter().zip(chunks).enumerate() {
        // Why the last one was begun the real one does not say.
        let is_last = number + 1 == chunks.len();
        let is_same = ours.bytes[3..] == theirs.bytes[3..] && (is_last || ours.bytes[2] == theirs.bytes[2]);
        if !is_same || ours.encoding != theirs.encoding {
            return Err(format!(
                "chunk {number} is written as\n{:02x?}, expected\n{:02x?}",
                ours.bytes, theirs.bytes
            ));
        }
    }
    Ok(())
}
