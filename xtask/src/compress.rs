//! Brotli and gzip, as a static host sends them.

use std::io::Write as _;

use anyhow::Result;

use crate::cache;

/// The bytes in brotli at its best.
///
/// # Errors
/// When the cache cannot be written.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    cache::remembered("brotli", bytes, || {
        let mut compressed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
        Ok(compressed)
    })
}

/// The bytes in gzip at its best.
///
/// # Errors
/// None in practice: it writes to memory.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
