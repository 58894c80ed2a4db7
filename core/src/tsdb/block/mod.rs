//! A block as Prometheus writes it: what its files hold, in and out. Bytes only; folders and archives are others'.
//!
//! Source: tsdb/docs/format in Prometheus's repository.

mod archive;
mod checksum;
mod cursor;
mod index_read;
mod index_write;
mod json;
mod meta;
mod read;
mod segments;
mod sink;
mod tombstones;
mod ulid;
mod write;

pub use archive::{is_archive, pack, unpack};
pub use checksum::checksum;
pub use cursor::BlockError;
pub use meta::BlockMeta;
pub use read::read_into;
pub use write::write;

/// The files of a block's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockFiles {
    /// `meta.json`.
    pub meta: Vec<u8>,
    /// `index`.
    pub index: Vec<u8>,
    /// `chunks/000001` and so on, without gaps.
    pub chunks: Vec<Vec<u8>>,
    /// `tombstones`; a block may lack it.
    pub tombstones: Option<Vec<u8>>,
}

impl BlockFiles {
    /// The path of each file within the block's folder, with its bytes.
    pub fn paths(&self) -> impl Iterator<Item = (String, &[u8])> {
        let chunks = self.chunks.iter().enumerate().map(|(place, bytes)| (segments::path(place), &bytes[..]));
        let tombstones = self.tombstones.iter().map(|bytes| ("tombstones".to_owned(), &bytes[..]));
        let first = [("meta.json".to_owned(), &self.meta[..]), ("index".to_owned(), &self.index[..])];
        first.into_iter().chain(chunks).chain(tombstones)
    }

    /// Puts a file where its path within the block's folder says; says whether a block has such a file. Files of
    /// chunks come in order of their names.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) -> bool {
        match path {
            "meta.json" => self.meta = bytes,
            "index" => self.index = bytes,
            "tombstones" => self.tombstones = Some(bytes),
            _ if path == segments::path(self.chunks.len()) => self.chunks.push(bytes),
            _ => return false,
        }
        true
    }
}
