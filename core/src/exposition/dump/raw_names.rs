//! Lines of the real promtool whose names need quotes and did not get them: `a.b{c.d="e"} 1 1.500`.

use super::unescape_go;
use crate::model::labels::{Labels, LabelsBuilder, METRIC_NAME};

/// Labels, value and seconds of such a line; `None` where it is not of this form. A name that holds a brace, an equals
/// sign, a quote or a newline cannot be told from its surroundings and is not read; nor is one that stands twice.
pub(super) fn parse(line: &[u8]) -> Option<(Labels, &[u8], &[u8])> {
    let line = std::str::from_utf8(line).ok()?;
    let (name, mut rest) = line.split_once('{')?;
    if name.is_empty() || name.starts_with('#') {
        return None;
    }
    let mut labels = LabelsBuilder::default();
    labels.set(METRIC_NAME, name);
    while !rest.starts_with('}') {
        let (label, after) = rest.split_once("=\"")?;
        let end = closing_quote(after)?;
        let label = unquoted(label);
        if label.is_empty() || labels.get(&label).is_some() {
            return None;
        }
        labels.set(&*label, &*unescape_go(&after[..end]));
        rest = &after[end + 1..];
        rest = rest.strip_prefix(',').unwrap_or(rest);
    }
    let (value, seconds) = rest.strip_prefix("} ")?.split_once(' ')?;
    Some((labels.build(), value.as_bytes(), seconds.as_bytes()))
}

/// Versions differ in whether a label's name is quoted here.
fn unquoted(name: &str) -> std::borrow::Cow<'_, str> {
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(name) => unescape_go(name),
        None => name.into(),
    }
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}
