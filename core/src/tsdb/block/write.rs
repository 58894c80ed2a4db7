//! A head into a block's files.

use super::index_read::ChunkEntry;
use super::index_write::IndexWriter;
use super::segments::{SEGMENT_BYTES, SegmentWriter};
use super::tombstones::{self, Tombstone};
use super::{BlockFiles, BlockMeta, ulid};
use crate::tsdb::{Chunk, Head};

/// Writes all samples of a head as one block, chunk for chunk as they lie there, late ones in their places and deleted
/// ones with tombstones. Gives the block's name too. `None` where there are no samples.
///
/// The same samples in the same chunks give the same bytes; the name is made of the newest instant and the content.
#[must_use]
pub fn write(head: &Head) -> Option<(String, BlockFiles)> {
    write_with(head, SEGMENT_BYTES)
}

fn write_with(head: &Head, segment_bytes: u64) -> Option<(String, BlockFiles)> {
    let series: Vec<_> = head
        .series_ids()
        .map(|id| (id, head.labels(id)))
        .filter(|(id, _)| head.time_range(*id).is_some())
        .collect();
    let mut index = IndexWriter::new(series.iter().map(|(_, labels)| *labels));
    let mut segments = SegmentWriter::new(segment_bytes);
    let mut stones = Vec::new();
    let mut meta = BlockMeta { min_time: i64::MAX, max_time: i64::MIN, level: 1, ..BlockMeta::default() };
    for (id, labels) in series {
        let entry = |chunk: &Chunk| ChunkEntry {
            min_time: chunk.min_time,
            max_time: chunk.max_time,
            reference: segments.add(chunk),
        };
        let chunks = head.chunks_in_order(id);
        let entries: Vec<ChunkEntry> = chunks.iter().map(entry).collect();
        let reference = index.add(labels, &entries);
        meta.series += 1;
        meta.chunks += chunks.len() as u64;
        meta.samples += chunks.iter().map(|chunk| u64::from(chunk.count())).sum::<u64>();
        meta.min_time = chunks.first().map_or(meta.min_time, |chunk| chunk.min_time.min(meta.min_time));
        meta.max_time = chunks.last().map_or(meta.max_time, |chunk| chunk.max_time.max(meta.max_time));
        let deleted = head.deleted_spans(id).iter();
        stones.extend(deleted.map(|(from, to)| Tombstone { series: reference, from: *from, to: *to }));
    }
    if meta.series == 0 {
        return None;
    }
    // The end is not in the block's time.
    meta.max_time = meta.max_time.saturating_add(1);
    meta.tombstones = stones.len() as u64;
    meta.ulid = ulid::print(meta.max_time, u128::from(head.digest()));
    let files = BlockFiles {
        meta: meta.write(),
        index: index.finish(),
        chunks: segments.finish(),
        tombstones: Some(tombstones::write(&stones)),
    };
    Some((meta.ulid, files))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::time::{Millis, Timestamp};
    use crate::model::histogram::{Buckets, FloatHistogram};
    use crate::model::labels::Labels;
    use crate::model::matcher::Matcher;
    use crate::tsdb::HeadOptions;
    use crate::tsdb::block::{pack, read_into, unpack};

    fn head(series: u32, samples: i64) -> Head {
        let options = HeadOptions { out_of_order_window: Millis(1_000_000), ..HeadOptions::default() };
        let mut head = Head::with_options(options);
        for number in 0..series {
            let (name, odd) = (format!("m{}", number % 7), (number % 2).to_string());
            let labels = [("__name__", &*name), ("odd", &*odd), ("number", &*number.to_string())];
            let id = head.series_id(&Labels::from_pairs(
                labels.map(|(name, value)| (name.to_owned(), value.to_owned())),
            ));
            for at in 0..samples {
                let time = Timestamp(1_700_000_000_000 + at * 15_000);
                match number % 5 {
                    0 => {
                        let positive = Buckets::from_pairs([(1, at as f64), (5, 2.0)]);
                        let one = FloatHistogram {
                            count: at as f64 + 2.0,
                            sum: 0.5,
                            positive,
                            ..Default::default()
                        };
                        head.append_whole_histogram(id, time, one)
                    }
                    1 => {
                        let positive = Buckets::from_pairs([(-3, at as f64 / 4.0)]);
                        let one = FloatHistogram { count: at as f64 / 4.0, positive, ..Default::default() };
                        head.append_histogram(id, time, one)
                    }
                    _ => head.append(id, time, (at * i64::from(number)) as f64 / 8.0),
                }
                .unwrap();
            }
        }
        head
    }

    fn again(files: &BlockFiles) -> Head {
        let mut head = Head::new();
        read_into(&mut head, files).unwrap();
        head
    }

    #[test]
    fn a_head_comes_back_from_its_block() {
        let mut head = head(40, 300);
        let id = head.series_ids().nth(3).unwrap();
        head.append(id, Timestamp(1_700_000_000_000 + 299 * 15_000 - 7), 5.0).unwrap();
        head.delete(
            &[Matcher::equal("odd", "1")],
            Timestamp(1_700_000_100_000),
            Timestamp(1_700_000_200_000),
        );
        for bytes in [SEGMENT_BYTES, 5_000] {
            let (name, files) = write_with(&head, bytes).unwrap();
            assert_eq!(files.chunks.len() > 1, bytes < SEGMENT_BYTES);
            let read = again(&files);
            assert_eq!(read.digest(), head.digest());
            assert_eq!(read.tombstones(), head.tombstones());
            assert_eq!(write_with(&read, bytes), Some((name, files.clone())), "and is written the same");
            let packed = pack(std::slice::from_ref(&files));
            assert_eq!(unpack(&packed), Ok(vec![files]));
        }
        assert_eq!(write(&Head::new()), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn no_turned_bit_goes_unseen(at in any::<proptest::sample::Index>(), bit in 0_u8..8) {
            let (_, files) = write(&head(11, 40)).unwrap();
            let whole = again(&files).digest();
            for turned in 0..3 {
                let mut files = files.clone();
                let file = match turned {
                    0 => &mut files.index,
                    1 => &mut files.chunks[0],
                    _ => files.tombstones.as_mut().unwrap(),
                };
                let place = at.index(file.len());
                file[place] ^= 1 << bit;
                let mut read = Head::new();
                // Filling between series is under no checksum, nor are label indices, which nobody reads.
                let outcome = read_into(&mut read, &files);
                prop_assert!(outcome.is_err() || read.digest() == whole);
            }
        }
    }
}
