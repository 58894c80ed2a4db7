//! Samples as Prometheus's remote write (version 1) carries them: protocol buffers within Snappy's block format. Writes
//! what a workload needs; reads nothing, and does not compress (a block of literals is a block too).
//!
//! Source: Prometheus `prompb/remote.proto`, `prompb/types.proto`; Snappy `format_description.txt`.

use scrapeyard_core::base::number::NORMAL_NAN_BITS;
use scrapeyard_core::model::histogram::{Buckets, FloatHistogram};
use scrapeyard_core::model::labels::Labels;

use crate::workloads::{self, Values};

/// How many instants of all series one request has.
const INSTANTS: usize = 4;

/// A series, kept until all are there: its labels, and its samples each with the number of its field.
struct Kept {
    labels: Vec<u8>,
    samples: Vec<(u64, Vec<u8>)>,
}

/// Hands over the bodies of requests that bring a workload, by rising time.
///
/// # Errors
/// When there is no such workload.
pub fn write_requests(name: &str, send: &mut dyn FnMut(&[u8])) -> Result<(), String> {
    let mut all = Vec::new();
    workloads::series(name, &mut |labels, times, values| {
        let samples = times.iter().enumerate().map(|(at, time)| match values {
            Values::Floats(values) => (2, float_fields(values[at], *time)),
            Values::Histograms(histograms) => (4, histogram_fields(&histograms[at], *time)),
        });
        all.push(Kept { labels: label_fields(labels), samples: samples.collect() });
    })?;
    let instants = all.iter().map(|series| series.samples.len()).max().unwrap_or(0);
    for from in (0..instants).step_by(INSTANTS) {
        let mut request = Vec::new();
        for series in &all {
            let mut fields = series.labels.clone();
            let samples: Vec<_> = series.samples.iter().skip(from).take(INSTANTS).collect();
            samples.iter().for_each(|(number, sample)| put_bytes(&mut fields, *number, sample));
            if !samples.is_empty() {
                put_bytes(&mut request, 1, &fields);
            }
        }
        send(&snappy_literals(&request));
    }
    Ok(())
}

fn label_fields(labels: &Labels) -> Vec<u8> {
    let mut fields = Vec::new();
    for label in labels.iter() {
        let mut pair = Vec::new();
        put_bytes(&mut pair, 1, label.name.as_bytes());
        put_bytes(&mut pair, 2, label.value.as_bytes());
        put_bytes(&mut fields, 1, &pair);
    }
    fields
}

/// A number; not-a-number as Prometheus writes it.
fn float_fields(value: f64, at: i64) -> Vec<u8> {
    let value = if value.is_nan() { f64::from_bits(NORMAL_NAN_BITS) } else { value };
    let mut fields = Vec::new();
    put_double(&mut fields, 1, value);
    put_number(&mut fields, 2, at as u64);
    fields
}

/// A histogram of whole numbers, as scraped ones are.
fn histogram_fields(histogram: &FloatHistogram, at: i64) -> Vec<u8> {
    let mut fields = Vec::new();
    put_number(&mut fields, 1, histogram.count as u64);
    put_double(&mut fields, 3, histogram.sum);
    put_number(&mut fields, 4, zigzag(i64::from(histogram.schema)));
    put_double(&mut fields, 5, histogram.zero_threshold);
    put_number(&mut fields, 6, histogram.zero_count as u64);
    put_side(&mut fields, 8, &histogram.negative);
    put_side(&mut fields, 11, &histogram.positive);
    put_number(&mut fields, 15, at as u64);
    let bounds: Vec<u8> = histogram.custom_bounds.iter().flat_map(|bound| bound.to_le_bytes()).collect();
    if !bounds.is_empty() {
        put_bytes(&mut fields, 16, &bounds);
    }
    fields
}

/// The spans of one side as field `number`, and as the next field how much each count is above the one before.
fn put_side(fields: &mut Vec<u8>, number: u64, side: &Buckets) {
    for span in side.spans() {
        let mut inner = Vec::new();
        put_number(&mut inner, 1, zigzag(i64::from(span.offset)));
        put_number(&mut inner, 2, u64::from(span.length));
        put_bytes(fields, number, &inner);
    }
    let mut deltas = Vec::new();
    let mut before = 0;
    for (_, count) in side.iter() {
        put_varint(&mut deltas, zigzag(count as i64 - before));
        before = count as i64;
    }
    put_bytes(fields, number + 1, &deltas);
}

const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn put_varint(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn put_number(into: &mut Vec<u8>, field: u64, number: u64) {
    put_varint(into, field << 3);
    put_varint(into, number);
}

fn put_double(into: &mut Vec<u8>, field: u64, number: f64) {
    put_varint(into, field << 3 | 1);
    into.extend(number.to_le_bytes());
}

fn put_bytes(into: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    put_varint(into, field << 3 | 2);
    put_varint(into, bytes.len() as u64);
    into.extend(bytes);
}

/// A Snappy block of literals alone.
fn snappy_literals(bytes: &[u8]) -> Vec<u8> {
    let mut block = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 8);
    put_varint(&mut block, bytes.len() as u64);
    for literal in bytes.chunks(1 << 16) {
        block.push(61 << 2); // the length less one follows in two bytes
        block.extend(((literal.len() - 1) as u16).to_le_bytes());
        block.extend(literal);
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_blocks_have_their_bytes() {
        let mut fields = Vec::new();
        put_number(&mut fields, 4, zigzag(-53));
        put_number(&mut fields, 15, 300);
        put_bytes(&mut fields, 1, b"le");
        assert_eq!(fields, [0x20, 105, 0x78, 0xac, 0x02, 0x0a, 2, b'l', b'e']);
        assert_eq!(snappy_literals(b"abc"), [3, 0xf4, 2, 0, b'a', b'b', b'c']);
        let side = Buckets::from_pairs([(-2, 5.0), (-1, 4.0), (3, 4.0)]);
        let mut fields = Vec::new();
        put_side(&mut fields, 11, &side);
        assert_eq!(fields, [0x5a, 4, 0x08, 3, 0x10, 2, 0x5a, 4, 0x08, 6, 0x10, 1, 0x62, 3, 10, 1, 0]);
        assert_eq!(float_fields(1.0, 2), [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, 2]);
    }
}
