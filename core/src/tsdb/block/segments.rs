//! The files under `chunks/`: chunks one after the other, named by the file's place and their byte in it.
//!
//! Source: tsdb/docs/format/chunks.md.

use super::checksum::checksum;
use super::cursor::{BlockError, Cursor, Read};
use super::sink::Sink;
use crate::tsdb::{Chunk, Encoding};

const MAGIC: u32 = 0x85bd_40dd;
const HEADER: [u8; 8] = [0x85, 0xbd, 0x40, 0xdd, 1, 0, 0, 0];

/// How long a file may get.
pub(super) const SEGMENT_BYTES: u64 = 512 << 20;

/// The path of a file, counted from 0, in the block's folder.
pub(super) fn path(place: usize) -> String {
    format!("chunks/{:06}", place + 1)
}

/// The files, read.
#[derive(Debug)]
pub(super) struct Segments<'a> {
    files: Vec<(String, &'a [u8])>,
    /// How many bytes of chunks may still be read: chunks do not overlap in a sound block.
    budget: usize,
}

impl<'a> Segments<'a> {
    /// Looks at the beginning of each file.
    pub(super) fn open(files: &'a [Vec<u8>]) -> Read<Self> {
        let named = |(place, bytes): (usize, &'a Vec<u8>)| (path(place), &bytes[..]);
        let files: Vec<_> = files.iter().enumerate().map(named).collect();
        for (name, bytes) in &files {
            let mut file = Cursor::new(name, bytes);
            file.magic(MAGIC)?;
            match file.byte()? {
                1 => file.take(3)?,
                version => return Err(file.error_at(4, format!("invalid chunk format version {version}"))),
            };
        }
        let budget = files.iter().map(|(_, bytes)| bytes.len()).sum();
        Ok(Self { files, budget })
    }

    /// The chunk that the index names by `reference`: encoding and data.
    pub(super) fn chunk(&mut self, reference: u64) -> Read<(Encoding, &'a [u8])> {
        let (place, offset) = ((reference >> 32) as usize, reference & u64::from(u32::MAX));
        let Some((name, bytes)) = self.files.get(place).map(|(name, bytes)| (name, *bytes)) else {
            return Err(BlockError { file: path(place), offset: None, reason: "is missing".to_owned() });
        };
        let mut file = Cursor::new(name, bytes).seek(offset)?;
        let length = file.unsigned()?;
        // The checksum covers the encoding too.
        let mut content = file.checked(length.saturating_add(1))?;
        let encoding = match content.byte()? {
            1 => Encoding::Xor,
            2 => Encoding::Histogram,
            3 => Encoding::FloatHistogram,
            other => return Err(file.error_at(offset, format!("unknown chunk encoding {other}"))),
        };
        let begin = content.offset() as usize;
        let data = &bytes[begin..begin + content.left()];
        match self.budget.checked_sub(data.len()) {
            Some(rest) => self.budget = rest,
            None => return Err(file.error_at(offset, "chunks overlap")),
        }
        Ok((encoding, data))
    }
}

/// Writes files.
#[derive(Debug)]
pub(super) struct SegmentWriter {
    files: Vec<Sink>,
    most: u64,
}

impl SegmentWriter {
    /// Files of at most `most` bytes, unless one chunk takes more.
    pub(super) const fn new(most: u64) -> Self {
        Self { files: Vec::new(), most }
    }

    /// Adds a chunk; gives the name by which the index finds it.
    pub(super) fn add(&mut self, chunk: &Chunk) -> u64 {
        let mut content = Sink::default();
        content.unsigned(chunk.bytes.len() as u64);
        let begin = content.0.len();
        content.0.push(chunk.encoding as u8);
        content.0.extend_from_slice(&chunk.bytes);
        content.word(checksum(&content.0[begin..]));
        let is_full =
            |file: &Sink| file.0.len() > HEADER.len() && file.offset() + content.offset() > self.most;
        if self.files.last().is_none_or(is_full) {
            self.files.push(Sink(HEADER.to_vec()));
        }
        let place = self.files.len() - 1;
        let file = &mut self.files[place];
        let reference = ((place as u64) << 32) | file.offset();
        file.0.extend_from_slice(&content.0);
        reference
    }

    /// The files in order.
    pub(super) fn finish(self) -> Vec<Vec<u8>> {
        self.files.into_iter().map(|file| file.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_come_back_from_as_many_files_as_they_need() {
        let chunk = |byte: u8| Chunk {
            encoding: Encoding::FloatHistogram,
            min_time: 0,
            max_time: 0,
            bytes: vec![byte; 200].into(),
        };
        let mut writer = SegmentWriter::new(500);
        let references: Vec<u64> = (0..5).map(|byte| writer.add(&chunk(byte))).collect();
        let files = writer.finish();
        assert_eq!(files.len(), 3);
        assert_eq!(references[..3], [8, 8 + 2 + 1 + 200 + 4, (1 << 32) + 8]);
        let mut segments = Segments::open(&files).unwrap();
        for (byte, reference) in references.iter().enumerate() {
            let (encoding, data) = segments.chunk(*reference).unwrap();
            assert_eq!((encoding, data), (Encoding::FloatHistogram, &chunk(byte as u8).bytes[..]));
        }
        let again = (0..9).map(|_| segments.chunk(8)).find_map(Result::err);
        assert_eq!(
            again.map(|error| error.to_string()),
            Some("chunks/000001: byte 8: chunks overlap".to_owned())
        );
        let mut segments = Segments::open(&files).unwrap();
        assert_eq!(segments.chunk(7 << 32).unwrap_err().to_string(), "chunks/000008: is missing");
        assert!(segments.chunk(9).is_err() && segments.chunk(501).is_err());
        let mut turned = files.clone();
        turned[0][100] ^= 4;
        assert!(
            Segments::open(&turned).unwrap().chunk(8).unwrap_err().reason.starts_with("invalid checksum")
        );
        turned[2][4] = 2;
        assert!(Segments::open(&turned).is_err());
    }
}
