//! Chunks and saved heads: bytes from anywhere do no harm, and what was appended comes back.

use std::sync::Arc;

use scrapeyard_core::base::number::canonical;
use scrapeyard_core::base::random::Seed;
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::model::histogram::{Buckets, FloatHistogram};
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::model::matcher::Matcher;
use scrapeyard_core::tsdb::{Chunk, Encoding, Head, HeadOptions, Samples, SeriesId};

/// Bytes of real chunks, of saved heads, and noise.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut random = Seed(120).stream("noise");
    let mut seeds = vec![Vec::new()];
    for head in heads().iter().chain(&head_of_histograms()) {
        for id in head.series_ids() {
            seeds.extend(head.chunks(id).map(|chunk| chunk.bytes.to_vec()));
        }
        seeds.extend(postcard::to_allocvec(head).ok());
        seeds.push((0..200).map(|_| random.bits() as u8).collect());
    }
    seeds
}

/// Heads of one series of floats each, of several shapes.
pub fn heads() -> Vec<Head> {
    let mut random = Seed(120).stream("chunks");
    let of_shape = |shape: u64| {
        let (mut head, id) = head();
        let (mut time, mut value) = (1_700_000_000_000, 0.0);
        for _ in 0..130 {
            time += if shape.is_multiple_of(3) {
                15_000
            } else {
                15_000 + random.below(1 << (3 * (shape % 7))) as i64
            };
            value = match shape % 4 {
                0 => value + random.below(9) as f64,
                1 => random.uniform(),
                2 => f64::from_bits(random.bits()),
                _ => 1.0,
            };
            let _ = head.append(id, Timestamp(time), value);
        }
        head
    };
    (0..12).map(of_shape).collect()
}

/// Floats, whole and float histograms, late samples and a deleted span; `None` were a sample refused.
pub fn head_of_histograms() -> Option<Head> {
    let window = Millis::from_minutes(1);
    let mut head = Head::with_options(HeadOptions { out_of_order_window: window, ..HeadOptions::default() });
    let ids = ["whole", "float", "plain"].map(|name| head.series_id(&Labels::from_pairs([("kind", name)])));
    for at in 0..60_i64 {
        let histogram = |factor: f64| {
            let positive = Buckets::from_pairs([(-1, at as f64 * factor), (4 + (at / 20) as i32, factor)]);
            let count = (at + 1) as f64 * factor;
            FloatHistogram { count, sum: at as f64, positive, ..FloatHistogram::default() }
        };
        let time = Timestamp(1_700_000_000_000 + at * 15_000);
        head.append_whole_histogram(ids[0], time, histogram(1.0)).ok()?;
        head.append_histogram(ids[1], time, histogram(0.25)).ok()?;
        head.append(ids[2], time, at as f64).ok()?;
    }
    head.append(ids[2], Timestamp(1_700_000_000_000 + 58 * 15_000 + 1), 7.0).ok()?;
    head.delete(&[Matcher::equal("kind", "plain")], Timestamp(0), Timestamp(1_700_000_100_000));
    Some(head)
}

fn head() -> (Head, SeriesId) {
    let mut head = Head::new();
    let id = head.series_id(&Labels::from_pairs([("__name__", "m"), ("job", "a")]));
    (head, id)
}

/// Understood: always, since any bytes can be read as samples to append.
pub fn chunks_and_heads(input: &[u8]) -> Result<bool, String> {
    any_chunk(input)?;
    appended(input)?;
    any_saved_head(input)?;
    Ok(true)
}

/// Bytes as a chunk: no more samples than it says, none outside the range asked for.
fn any_chunk(input: &[u8]) -> Result<(), String> {
    let bytes: Arc<[u8]> = Arc::from(input);
    // What is no chunk may be adopted or not; either way no harm is done.
    for encoding in [Encoding::Xor, Encoding::Histogram, Encoding::FloatHistogram] {
        let chunk = Chunk { encoding, min_time: i64::MIN, max_time: i64::MAX, bytes: bytes.clone() };
        let labels = Labels::from_pairs([("encoding", "any")]);
        let mut head = Head::new();
        if let Ok(Some(id)) = head.adopt(&labels, vec![chunk.clone()]) {
            let mut samples = Samples::default();
            head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
            if samples.times.len() != usize::from(chunk.count()) {
                return Err(format!(
                    "{} of {} samples of an adopted chunk",
                    samples.times.len(),
                    chunk.count()
                ));
            }
        }
    }
    let chunk = Chunk { encoding: Encoding::Xor, min_time: 0, max_time: i64::MAX, bytes };
    for (from, to) in [(i64::MIN, i64::MAX), (0, 1_700_000_900_000), (5, 4)] {
        let mut samples = Samples::default();
        chunk.decode(from, to, &mut samples);
        if samples.times.len() != samples.values.len() || samples.times.len() > usize::from(chunk.count()) {
            return Err(format!("{} samples of {}", samples.times.len(), chunk.count()));
        }
        if samples.times.iter().any(|time| *time > to) {
            return Err(format!("a sample after {to}"));
        }
    }
    Ok(())
}

/// Bytes as samples, ten each: what the head took comes back bit for bit, also after a detour through bytes.
fn appended(input: &[u8]) -> Result<(), String> {
    let (mut head, id) = head();
    let mut wanted = Samples::default();
    let mut time = 0_i64;
    for piece in input.chunks_exact(10) {
        let gap = u16::from_le_bytes([piece[0], piece[1]]);
        // Small gaps, and now and then one of years.
        let gap = if gap % 97 == 0 { i64::from(gap) << 33 } else { i64::from(gap) };
        let Some(next) = time.checked_add(gap) else { break };
        time = next;
        let value = canonical(f64::from_bits(u64::from_le_bytes(piece[2..].try_into().unwrap_or_default())));
        if head.append(id, Timestamp(time), value).is_ok() && wanted.times.last() != Some(&time) {
            wanted.times.push(time);
            wanted.values.push(value);
        }
    }
    same(&head, id, &wanted)?;
    let bytes = postcard::to_allocvec(&head).map_err(|error| error.to_string())?;
    let again: Head = postcard::from_bytes(&bytes).map_err(|error| format!("a saved head: {error}"))?;
    same(&again, id, &wanted).map_err(|reason| format!("saved: {reason}"))
}

fn same(head: &Head, id: SeriesId, wanted: &Samples) -> Result<(), String> {
    let mut read = Samples::default();
    head.read(id, Timestamp::MIN, Timestamp::MAX, &mut read);
    let bits = |samples: &Samples| samples.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    if read.times == wanted.times && bits(&read) == bits(wanted) {
        return Ok(());
    }
    Err(format!("appended {:?}, read {:?}", wanted, read))
}

/// Bytes as a saved head: refused, or a head that can be read and goes on.
fn any_saved_head(input: &[u8]) -> Result<(), String> {
    let Ok(mut head) = postcard::from_bytes::<Head>(input) else { return Ok(()) };
    let ids: Vec<SeriesId> = head.series_ids().collect();
    for id in ids {
        let mut samples = Samples::default();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        let _ = head.append(id, Timestamp(i64::MAX - 1), 1.0);
        let _ = (head.newest(id), head.time_range(id), head.labels(id).to_string());
    }
    let _ = head.statistics(3);
    let id = head.series_id(&Labels::from_pairs([("__name__", "new")]));
    let _ = head.append(id, Timestamp(1), 1.0);
    Ok(())
}
