//! A block's files into a head.

use std::sync::Arc;

use super::index_read::{self, ChunkEntry};
use super::segments::Segments;
use super::{BlockError, BlockFiles, BlockMeta, tombstones};
use crate::base::lookup::Lookup;
use crate::tsdb::{Chunk, Head, SeriesId};

/// Adds a block's series to a head; gives what the block says of itself. A head may take several blocks: where they
/// overlap the first one counts.
///
/// # Errors
/// When a file is broken, with the file and the byte. Then the head holds part of the block.
pub fn read_into(head: &mut Head, files: &BlockFiles) -> Result<BlockMeta, BlockError> {
    let meta = BlockMeta::read(&files.meta)?;
    let mut segments = Segments::open(&files.chunks)?;
    let mut places: Lookup<u64, SeriesId> = Lookup::default();
    for entry in index_read::read(&files.index)? {
        let fault = |reason: String| BlockError {
            file: index_read::FILE.to_owned(),
            offset: Some(entry.offset),
            reason: format!("series {}: {reason}", entry.labels),
        };
        let mut chunks = Vec::with_capacity(entry.chunks.len());
        for ChunkEntry { min_time, max_time, reference } in &entry.chunks {
            let (encoding, data) = segments.chunk(*reference)?;
            let (min_time, max_time) = (*min_time, *max_time);
            chunks.push(Chunk { encoding, min_time, max_time, bytes: Arc::from(data) });
        }
        let adopted = head.adopt(&entry.labels, chunks).map_err(|place| {
            let reference = entry.chunks.get(place).map_or(0, |chunk| chunk.reference);
            fault(format!("chunk {} at {:#x} does not hold what is told of it", place + 1, reference))
        })?;
        if let Some(id) = adopted {
            places.insert(entry.reference, id);
        }
    }
    for stone in files.tombstones.as_deref().map(tombstones::read).transpose()?.unwrap_or_default() {
        // As in Prometheus, what is deleted of a series that is not there is no fault.
        if let Some(id) = places.get(&stone.series) {
            head.mark_deleted(*id, stone.from, stone.to);
        }
    }
    Ok(meta)
}
