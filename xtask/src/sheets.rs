//! Joins the style sheets into one. Their order decides little, since every sheet names its cascade layer.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::root;

/// All sheets in one: `web/styles` first, then the first paint's, then those beside the components, each in order of its
/// path.
///
/// # Errors
/// When a sheet cannot be read.
pub fn joined() -> Result<String> {
    let mut sheets = Vec::new();
    for folder in ["web/styles", "web/boot", "web/src"] {
        let mut found = Vec::new();
        collect(&root().join(folder), &mut found)?;
        found.sort();
        sheets.extend(found);
    }
    let read = |path: &PathBuf| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let texts = sheets.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(without_comments(&texts.concat()))
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            into.push(path);
        }
    }
    Ok(())
}

/// Sheets without comments and indentation. The rest of what a minifier would save, compression saves too.
fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(start) = rest.find(['/', '"', '\'']) {
        let (before, from) = rest.split_at(start);
        kept.push_str(before);
        let end = match from.as_bytes() {
            [b'/', b'*', ..] => {
                rest = from[2..].find("*/").map_or("", |end| &from[2 + end + 2..]);
                continue;
            }
            [quote @ (b'"' | b'\''), ..] => end_of_string(from, *quote),
            _ => 1,
        };
        kept.push_str(&from[..end]);
        rest = &from[end..];
    }
    kept.push_str(rest);
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The length of the string that `text` begins with, quotes included.
fn end_of_string(text: &str, quote: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_strings_stay() {
        let sheet =
            "/* one\n two */\na { content: \"/* no \\\" comment */\"; }\n\n/* three */ b { c: 1/2 }\n/* open";
        assert_eq!(without_comments(sheet), "a { content: \"/* no \\\" comment */\"; }\nb { c: 1/2 }");
    }
}
