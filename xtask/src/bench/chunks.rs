//! How many bytes the real Prometheus's chunks take, counted in the files of its blocks.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The first bytes of a file of chunks, and the length of its header with them.
const MAGIC: [u8; 4] = [0x85, 0xbd, 0x40, 0xdd];
const HEADER: usize = 8;
/// What follows a chunk's length and precedes its bytes: its encoding; and what follows them: a checksum.
const ENCODING: usize = 1;
const CHECKSUM: usize = 4;

/// The bytes of all chunks in the blocks of a folder, without what files add to them.
///
/// # Errors
/// When a file cannot be read or is no file of chunks.
pub fn bytes_of_blocks(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for block in fs::read_dir(folder)?.flatten() {
        let chunks = block.path().join("chunks");
        if !chunks.is_dir() {
            continue;
        }
        for file in fs::read_dir(chunks)?.flatten() {
            let path = file.path();
            bytes += bytes_of_file(&fs::read(&path)?).with_context(|| path.display().to_string())?;
        }
    }
    Ok(bytes)
}

fn bytes_of_file(file: &[u8]) -> Result<u64> {
    if !file.starts_with(&MAGIC) {
        bail!("no file of chunks");
    }
    let (mut bytes, mut at) = (0, HEADER);
    while at < file.len() {
        let (length, read) = length_at(&file[at..]).context("a length is cut off")?;
        bytes += length as u64;
        at += read + ENCODING + length + CHECKSUM;
    }
    if at == file.len() { Ok(bytes) } else { bail!("the last chunk is cut off") }
}

/// A number in groups of seven bits, the lowest first, and how many bytes it took.
fn length_at(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut length = 0;
    for (place, byte) in bytes.iter().take(5).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((length, place + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_counted_without_their_frames() {
        let mut file = MAGIC.to_vec();
        file.extend([1, 0, 0, 0]);
        file.extend([2, 1, 9, 9, 0, 0, 0, 0]);
        file.extend([0x83, 0x01, 1]);
        file.extend([7; 131 + 4]);
        assert_eq!(bytes_of_file(&file).unwrap(), 133);
        assert!(bytes_of_file(&file[..file.len() - 1]).is_err());
        assert!(bytes_of_file(b"nothing").is_err());
    }
}
