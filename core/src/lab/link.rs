//! A lab as a piece of a link: its file without wall-clock times, compressed and spelled in letters that an address may
//! hold as they are. Knows no address.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::lab_file::LabFile;
use super::problem::Problem;

/// What the spelled text begins with: the version of this form.
const VERSION: &str = "1";
/// The strongest compression.
const LEVEL: u8 = 10;
/// The longest file that is unpacked: a short link can claim to be gigabytes.
const MAX_BYTES: usize = 16 << 20;

/// Spells a lab.
///
/// # Errors
/// When it is too long to be read from a link.
pub fn encode(mut file: LabFile) -> Result<String, Problem> {
    for entry in &mut file.journal.entries {
        entry.wall = None;
    }
    let text = file.to_string();
    if text.len() > MAX_BYTES {
        let said = format!("the lab is {} bytes long; a link holds {MAX_BYTES}", text.len());
        return Err(Problem::new("link-too-long", said));
    }
    let packed = compress_to_vec(text.as_bytes(), LEVEL);
    Ok(format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(packed)))
}

/// Reads what [`encode`] spelled.
///
/// # Errors
/// When it is incomplete, of another version, or no lab (as [`LabFile::parse`]).
pub fn decode(spelled: &str) -> Result<LabFile, Problem> {
    let unreadable = |said: &str| Problem::new("link-unreadable", said);
    let body = spelled.strip_prefix(VERSION).ok_or_else(|| unreadable("a link of another version"))?;
    let packed = URL_SAFE_NO_PAD.decode(body).map_err(|error| unreadable(&error.to_string()))?;
    let bytes = decompress_to_vec_with_limit(&packed, MAX_BYTES)
        .map_err(|error| unreadable(&format!("{:?}", error.status)))?;
    let text = String::from_utf8(bytes).map_err(|error| unreadable(&error.to_string()))?;
    LabFile::parse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::command::AttachmentHash;

    const TEXT: &str = "scrapeyard-journal 1\nbehaviour 3\nscenario image-gallery 00000000000000ff\nseed 9\n\
        now 2026-03-02T09:20:00.000Z\n\n2026-03-02T09:16:03.250Z scale accesslog 3\n# wall 83251\n# name \"실습\"\n";

    #[test]
    fn a_lab_comes_back_without_the_wall_clock() {
        let link = encode(LabFile::parse(TEXT).unwrap()).unwrap();
        assert!(link.len() < 260, "{} letters", link.len());
        assert!(link.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)));
        assert_eq!(decode(&link).unwrap().to_string(), TEXT.replace("# wall 83251\n", ""));
    }

    #[test]
    fn a_link_that_was_cut_or_tampered_with_is_refused() {
        let link = encode(LabFile::parse(TEXT).unwrap()).unwrap();
        for broken in ["", "2", "1", "1!!!!", &link[..link.len() - 9], &link[1..]] {
            assert_eq!(decode(broken).unwrap_err().code, "link-unreadable", "{broken}");
        }
        let hello = format!("1{}", URL_SAFE_NO_PAD.encode(compress_to_vec(b"hello", LEVEL)));
        assert_eq!(decode(&hello).unwrap_err().code, "header-missing");
    }

    #[test]
    fn a_lab_that_no_link_could_bring_back_is_not_spelled() {
        let mut file = LabFile::parse(TEXT).unwrap();
        let text = "\n".repeat(MAX_BYTES / 2);
        file.attachments.insert(AttachmentHash::of(&text), text);
        assert_eq!(encode(file).unwrap_err().code, "link-too-long");
    }

    #[test]
    fn a_link_cannot_claim_to_be_endless() {
        let bomb = compress_to_vec(&vec![b'\n'; MAX_BYTES + 1], LEVEL);
        let problem = decode(&format!("1{}", URL_SAFE_NO_PAD.encode(bomb))).unwrap_err();
        assert_eq!(problem.code, "link-unreadable");
    }
}
