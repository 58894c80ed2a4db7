//! The caret of a text field in bytes; the browser counts in units of UTF-16.

use web_sys::HtmlTextAreaElement;

/// The caret as a byte offset; of a selection, its beginning.
pub fn caret_of(area: &HtmlTextAreaElement) -> Option<usize> {
    let units = area.selection_start().ok()?? as usize;
    let text = area.value();
    let mut counted = 0;
    for (at, character) in text.char_indices() {
        if counted >= units {
            return Some(at);
        }
        counted += character.len_utf16();
    }
    Some(text.len())
}

/// Whether nothing is selected.
pub fn is_bare(area: &HtmlTextAreaElement) -> bool {
    area.selection_start() == area.selection_end()
}

/// Writes a text and puts the caret at a byte of it.
pub fn write(area: &HtmlTextAreaElement, text: &str, caret: usize) {
    let units = text.get(..caret).map_or(0, |before| before.encode_utf16().count()) as u32;
    area.set_value(text);
    // A field that is gone has no caret to be moved.
    let _ = area.set_selection_range(units, units);
}
