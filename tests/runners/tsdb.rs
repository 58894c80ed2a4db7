//! Storage held against the real one: chunks of a real block, and, where a real promtool is at hand
//! (`REAL_PROMETHEUS=DIR`), the chunks it makes and the dumps it prints for data of our own.

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::random::{Seed, Stream};
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::exposition::{Format, Limits, TimedEntry, read_timed_page};
use scrapeyard_core::lab::export;
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::tsdb::{Chunk, Encoding, Head, HeadOptions, Samples};

use crate::frame::conformance;

const RANGE_MILLIS: i64 = 2 * 3_600_000;
const START_MILLIS: i64 = 1_700_000_000_000;

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("tsdb/dump-comes-back", dump_comes_back)];
    if let Some(folder) = conformance::find("tsdb-block/index_format_v1/chunks") {
        trials.push(Trial::test("tsdb/real-block", move || real_block(&folder)));
    }
    let promtool = std::env::var_os("REAL_PROMETHEUS").map(|folder| Path::new(&folder).join("promtool"));
    match promtool.filter(|promtool| promtool.is_file()) {
        Some(promtool) => trials.push(Trial::test("tsdb/promtool", move || real_promtool(&promtool))),
        None => eprintln!(
            "
*** NOT RUN: tsdb/promtool, the real one is not at hand (REAL_PROMETHEUS=DIR) ***
"
        ),
    }
    trials
}

/// Every chunk of a block is read and written again to the same bytes.
fn real_block(folder: &Path) -> Result<(), Failed> {
    let mut seen = 0;
    for bytes in chunks_in(folder)? {
        let chunk = Chunk { encoding: Encoding::Xor, min_time: 0, max_time: 0, bytes: bytes.into() };
        let mut samples = Samples::default();
        chunk.decode(i64::MIN, i64::MAX, &mut samples);
        let whole = HeadOptions {
            chunk_range: Millis(i64::MAX),
            samples_per_chunk: u16::MAX,
            ..HeadOptions::default()
        };
        let mut head = Head::with_options(whole);
        let id = head.series_id(&Labels::default());
        for (time, value) in samples.times.iter().zip(&samples.values) {
            head.append(id, Timestamp(*time), *value).map_err(|error| error.to_string())?;
        }
        let again: Vec<Chunk> = head.chunks(id).collect();
        // The version of 2019 that wrote this block left an empty byte behind where bits ended with a byte.
        let is_same =
            |ours: &[u8]| chunk.bytes.strip_prefix(ours).is_some_and(|rest| rest.is_empty() || rest == [0]);
        if again.len() != 1 || !is_same(&again[0].bytes) {
            return Err(format!("chunk {seen} is written otherwise: {again:?}, read {chunk:?}").into());
        }
        seen += 1;
    }
    if seen == 0 { Err("the block has no chunks".into()) } else { Ok(()) }
}

/// The chunks of a block's files in order. A file is eight bytes of heading, then for each chunk its length, one byte of
/// encoding, the data and four bytes of checksum.
fn chunks_in(folder: &Path) -> Result<Vec<Vec<u8>>, Failed> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut chunks = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file)?;
        let mut rest =
            bytes.strip_prefix(&[0x85, 0xbd, 0x40, 0xdd, 1, 0, 0, 0]).ok_or("no file of chunks")?;
        while !rest.is_empty() {
            let mut length = 0;
            for shift in (0..).step_by(7) {
                let (byte, after) = rest.split_first().ok_or("a length is cut off")?;
                rest = after;
                length |= usize::from(byte & 0x7f) << shift;
                if *byte < 0x80 {
                    break;
                }
            }
            if rest.len() < length + 5 || rest[0] != Encoding::Xor as u8 {
                return Err("a chunk is cut off or of another encoding".into());
            }
            chunks.push(rest[1..=length].to_vec());
            rest = &rest[length + 5..];
        }
    }
    Ok(chunks)
}

/// What happens to a value from one sample to the next.
type Change = fn(&mut Stream, &mut f64);

/// Series as they occur in a yard, and some that do not; each for five hours.
fn workloads() -> Head {
    let mut head = Head::new();
    let kinds: [(&str, i64, Change); 9] = [
        ("a_up", 15_000, |_, value| *value = 1.0),
        ("b_requests_total", 15_000, |stream, value| *value += stream.below(40) as f64),
        ("c_slow_total", 1_000, |stream, value| *value += f64::from(u8::from(stream.chance(0.02)))),
        ("d_cpu_seconds_total", 10_000, |stream, value| *value += stream.below(1000) as f64 / 1e3),
        ("e_memory_bytes", 15_000, |stream, value| *value = (40_000 + stream.below(64)) as f64 * 4096.0),
        ("f_load", 5_000, |stream, value| *value = (*value + stream.normal(0.0, 0.1)).abs()),
        ("g_random", 15_000, |stream, value| *value = f64::from_bits(stream.bits() >> 2)),
        ("h_sum", 10_000, |stream, value| *value += stream.log_normal(0.02, 0.5)),
        ("i_odd", 3_000, |stream, value| {
            *value = [f64::NAN, -0.0, f64::INFINITY, 1e300][stream.below(4) as usize]
        }),
    ];
    for (name, interval, step) in kinds {
        for jitter in [0, 1, interval / 3] {
            let jitter_text = jitter.to_string();
            let id = head.series_id(&Labels::from_pairs([("__name__", name), ("jitter", &jitter_text)]));
            let mut stream = Seed(9).stream(&format!("{name}{jitter}"));
            let mut value = 0.0;
            for number in 0..(5 * 3_600_000 / interval) {
                step(&mut stream, &mut value);
                let late = stream.below(jitter as u64 + 1) as i64;
                // Some scrapes fail, some times nothing comes for an hour.
                let is_lost =
                    stream.chance(0.01) || (jitter > 1 && (4..5).contains(&(number * interval / 3_600_000)));
                if !is_lost {
                    let _ = head.append(id, Timestamp(START_MILLIS + number * interval + late), value);
                }
            }
        }
    }
    head
}

fn load(page: &[u8]) -> Result<Head, Failed> {
    let mut head = Head::new();
    let mut refused = Ok(());
    let limits = Limits { page_bytes: 1 << 30, samples: u32::MAX, ..Limits::default() };
    let outcome = read_timed_page(page, Format::OpenMetrics, limits, |entry| {
        if let TimedEntry::Sample(labels, at, value) = entry {
            let id = head.series_id(labels);
            if refused.is_ok() {
                refused = head.append(id, at, value);
            }
        }
    });
    outcome.map_err(|error| format!("{} {error}", error.place))?;
    refused.map_err(|error| error.to_string())?;
    Ok(head)
}

fn dump_comes_back() -> Result<(), Failed> {
    let head = workloads();
    let again = load(export::write(&head).as_bytes())?;
    if again.digest() == head.digest() { Ok(()) } else { Err("the dump was read as something else".into()) }
}

fn real_promtool(promtool: &Path) -> Result<(), Failed> {
    let folder = std::env::temp_dir().join(format!("scrapeyard-tsdb-{}", std::process::id()));
    let outcome = against_promtool(promtool, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

/// The real tool makes blocks of our dump: chunk for chunk the same bytes, and its own dump reads as the same store.
fn against_promtool(promtool: &Path, folder: &Path) -> Result<(), Failed> {
    let head = workloads();
    std::fs::create_dir_all(folder.join("data/wal"))?;
    std::fs::write(folder.join("in.om"), export::write(&head))?;
    let run = |arguments: &[&str]| -> Result<Vec<u8>, Failed> {
        let output = Command::new(promtool).current_dir(folder).args(arguments).output()?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(output.stdout) } else { Err(told.into()) }
    };
    run(&["tsdb", "create-blocks-from", "openmetrics", "in.om", "data"])?;
    let again = load(&run(&["tsdb", "dump-openmetrics", "data"])?)?;
    if again.digest() != head.digest() {
        return Err("promtool's dump is another store".into());
    }
    let mut blocks = Vec::new();
    for entry in std::fs::read_dir(folder.join("data"))?.flatten() {
        if let Ok(meta) = std::fs::read_to_string(entry.path().join("meta.json")) {
            let meta: serde_json::Value = serde_json::from_str(&meta).map_err(|error| error.to_string())?;
            blocks.push((meta["minTime"].as_i64().unwrap_or(0), chunks_in(&entry.path().join("chunks"))?));
        }
    }
    blocks.sort();
    compare(&head, &blocks)
}

fn compare(head: &Head, blocks: &[(i64, Vec<Vec<u8>>)]) -> Result<(), Failed> {
    let mut sizes = vec![(0, 0); head.series_ids().len()];
    for (block_start, theirs) in blocks {
        let start = block_start / RANGE_MILLIS * RANGE_MILLIS;
        let block = block_of(head, start)?;
        let mut theirs = theirs.iter();
        for id in block.series_ids() {
            let name = block.labels(id);
            for chunk in block.chunks(id) {
                let their = theirs.next().ok_or_else(|| format!("{name}: promtool has no further chunk"))?;
                if *their != *chunk.bytes {
                    let counts = (their.first_chunk().map(|count| u16::from_be_bytes(*count)), chunk.count());
                    return Err(
                        format!("{name} at {}: chunks differ, samples {counts:?}", chunk.min_time).into()
                    );
                }
                let size = &mut sizes[id.0 as usize];
                *size = (size.0 + chunk.bytes.len(), size.1 + usize::from(chunk.count()));
            }
        }
        if theirs.next().is_some() {
            return Err("promtool has more chunks".into());
        }
    }
    for (id, (bytes, samples)) in head.series_ids().zip(sizes) {
        eprintln!("{:60} {:.3} bytes a sample", head.labels(id).to_string(), bytes as f64 / samples as f64);
    }
    Ok(())
}

/// The samples of one block in a head of their own, as promtool does it: its chunk range is twice the block's, so that
/// nothing in the block is out of bounds.
fn block_of(head: &Head, start: i64) -> Result<Head, Failed> {
    let mut block =
        Head::with_options(HeadOptions { chunk_range: Millis(2 * RANGE_MILLIS), ..HeadOptions::default() });
    let mut samples = Samples::default();
    for id in head.series_ids() {
        samples.clear();
        head.read(id, Timestamp(start), Timestamp(start + RANGE_MILLIS - 1), &mut samples);
        let id = block.series_id(head.labels(id));
        for (time, value) in samples.times.iter().zip(&samples.values) {
            block.append(id, Timestamp(*time), *value).map_err(|error| error.to_string())?;
        }
    }
    Ok(block)
}
