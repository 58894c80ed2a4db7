//! Blocks in one file: a tar archive (POSIX ustar), which every system of today packs and unpacks with `tar`.

use std::collections::BTreeMap;

use super::{BlockError, BlockFiles, BlockMeta};

/// Everything in an archive comes in pieces of this size.
const PIECE: usize = 512;
/// The most files that are looked at.
const MOST_FILES: usize = 10_000;

/// Packs blocks, each as a folder of its name.
#[must_use]
pub fn pack(blocks: &[BlockFiles]) -> Vec<u8> {
    let mut archive = Vec::new();
    for files in blocks {
        let name = BlockMeta::read(&files.meta).map(|meta| meta.ulid).unwrap_or_default();
        for (path, bytes) in files.paths() {
            archive.extend_from_slice(&header(&format!("{name}/{path}"), bytes.len()));
            archive.extend_from_slice(bytes);
            archive.resize(archive.len().next_multiple_of(PIECE), 0);
        }
    }
    // The end is two empty pieces.
    archive.resize(archive.len() + 2 * PIECE, 0);
    archive
}

/// The piece before a file. Owner and time are nobody's and none.
fn header(path: &str, length: usize) -> [u8; PIECE] {
    let mut header = [0_u8; PIECE];
    let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, path);
    put(100, "0000644\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{length:011o}\0"));
    put(136, "00000000000\0");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// Whether bytes look like an archive.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar") || bytes.starts_with(&[0x1f, 0x8b])
}

/// The blocks of an archive, by name: each folder with a `meta.json`, or the files of one block at the top. What else
/// is in it (a write-ahead log, a lock) is left.
///
/// # Errors
/// When the archive is compressed or broken, or holds no block; the offset is the archive's.
pub fn unpack(archive: &[u8]) -> Result<Vec<BlockFiles>, BlockError> {
    if archive.starts_with(&[0x1f, 0x8b]) {
        return Err(fault(0, "compressed; unpack it first (gunzip)"));
    }
    let mut folders: BTreeMap<String, BTreeMap<String, &[u8]>> = BTreeMap::new();
    let (mut at, mut seen) = (0, 0);
    while let Some(piece) = archive.get(at..at + PIECE).filter(|piece| piece.iter().any(|byte| *byte != 0)) {
        let (path, length, kind) = entry(piece, at)?;
        let begin = at + PIECE;
        let end = begin.checked_add(length).filter(|end| *end <= archive.len());
        let end = end.ok_or_else(|| fault(at, "a file is cut off"))?;
        seen += 1;
        if seen > MOST_FILES {
            return Err(fault(at, "too many files"));
        }
        if let Some((folder, file)) = split(&path).filter(|_| matches!(kind, b'0' | 0)) {
            folders.entry(folder).or_default().insert(file, &archive[begin..end]);
        }
        at = end.next_multiple_of(PIECE);
    }
    let blocks: Vec<BlockFiles> = folders.into_values().filter_map(block).collect();
    if blocks.is_empty() { Err(fault(0, "no block: no folder with meta.json and index")) } else { Ok(blocks) }
}

fn block(files: BTreeMap<String, &[u8]>) -> Option<BlockFiles> {
    if !files.contains_key("meta.json") || !files.contains_key("index") {
        return None;
    }
    let mut block = BlockFiles::default();
    for (path, bytes) in files {
        block.put(&path, bytes.to_vec());
    }
    Some(block)
}

/// Path, length and kind of a file.
fn entry(piece: &[u8], at: usize) -> Result<(String, usize, u8), BlockError> {
    let number = |from: usize, to: usize| {
        let mut digits = piece[from..to].iter().filter(|byte| !matches!(byte, 0 | b' '));
        digits.try_fold(0_usize, |number, digit| match digit {
            b'0'..=b'7' => number.checked_mul(8)?.checked_add(usize::from(digit - b'0')),
            _ => None,
        })
    };
    let told = number(148, 156).ok_or_else(|| fault(at, "no tar archive"))?;
    let sum =
        |range: std::ops::Range<usize>| piece[range].iter().map(|byte| usize::from(*byte)).sum::<usize>();
    if told != sum(0..148) + 8 * usize::from(b' ') + sum(156..PIECE) {
        return Err(fault(at, "invalid checksum of a tar header"));
    }
    let length = number(124, 136).ok_or_else(|| fault(at, "a length that is no octal number"))?;
    let text = |from: usize, to: usize| {
        let bytes = piece[from..to].split(|byte| *byte == 0).next().unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    };
    let prefix = if &piece[257..262] == b"ustar" { text(345, 500) } else { String::new() };
    let path = if prefix.is_empty() { text(0, 100) } else { format!("{prefix}/{}", text(0, 100)) };
    Ok((path, length, piece[156]))
}

/// The folder of a block, and the file within it.
fn split(path: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let depth = match parts.as_slice() {
        [.., "chunks", _] => 2,
        [.., _] => 1,
        [] => return None,
    };
    let (folder, file) = parts.split_at(parts.len() - depth);
    Some((folder.join("/"), file.join("/")))
}

fn fault(at: usize, reason: &str) -> BlockError {
    BlockError { file: "archive".to_owned(), offset: Some(at as u64), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_archive_says_so() {
        let said = |bytes: &[u8]| unpack(bytes).unwrap_err().to_string();
        assert_eq!(said(b""), "archive: byte 0: no block: no folder with meta.json and index");
        assert_eq!(said(&[0x1f, 0x8b, 8]), "archive: byte 0: compressed; unpack it first (gunzip)");
        assert_eq!(said(&[b'x'; 1024]), "archive: byte 0: no tar archive");
        let mut cut = header("a/meta.json", 600).to_vec();
        cut.resize(1024, 1);
        assert_eq!(said(&cut), "archive: byte 0: a file is cut off");
        cut[0] = b'b';
        assert_eq!(said(&cut), "archive: byte 0: invalid checksum of a tar header");
        assert!(is_archive(&header("x", 0)) && !is_archive(b"up 1\n"));
    }

    #[test]
    fn only_folders_with_a_block_count() {
        let mut archive = Vec::new();
        for path in
            ["./data/wal/0001", "./data/B/index", "./data/B/chunks/000001", "./data/B/meta.json", "lock"]
        {
            archive.extend_from_slice(&header(path, 0));
        }
        let blocks = unpack(&archive).unwrap();
        assert_eq!((blocks.len(), blocks[0].chunks.len()), (1, 1));
    }
}
