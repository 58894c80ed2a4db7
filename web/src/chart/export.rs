//! Hands a picture to the browser: as a file, or to the clipboard. Draws nothing.

use gloo::file::Blob;
use js_sys::{Array, Function, Object, Promise, Reflect};
use scrapeyard_core::base::date;
use scrapeyard_core::base::time::Timestamp;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlCanvasElement, window};
use yew::Callback;

use crate::storage::save_blob;

/// The longest beginning of a file's name.
const LONGEST_NAME: usize = 60;

/// Offers a text as a file; `None` where the page has no window.
pub fn save_text(text: &str, kind: &str, name: &str) -> Option<()> {
    save_blob(name, Blob::new_with_options(text, Some(kind)))
}

/// Offers what is on a canvas as a file; `then` hears whether that was possible.
pub fn save_png(canvas: &HtmlCanvasElement, name: String, then: Callback<bool>) {
    with_png(canvas, move |blob| then.emit(blob.and_then(|blob| save_blob(&name, blob.into())).is_some()));
}

/// Puts what is on a canvas on the clipboard; `then` hears whether that was possible.
pub fn copy_png(canvas: &HtmlCanvasElement, then: Callback<bool>) {
    with_png(canvas, move |blob| {
        let Some(promise) = blob.and_then(|blob| write_clipboard(&blob).ok()) else {
            return then.emit(false);
        };
        let refused = then.clone();
        let done = Closure::once(move |_: JsValue| then.emit(true));
        let failed = Closure::once(move |_: JsValue| refused.emit(false));
        let _ = promise.then2(&done, &failed);
        // One of them is called, once; both are small.
        done.forget();
        failed.forget();
    });
}

/// `navigator.clipboard.write([new ClipboardItem({"image/png": blob})])`, named by hand: the bindings count it among what
/// may still change. A browser without it, and a page that may not, give an error.
fn write_clipboard(blob: &web_sys::Blob) -> Result<Promise, JsValue> {
    let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into());
    let window = JsValue::from(window());
    let clipboard = member(&member(&window, "navigator")?, "clipboard")?;
    let parts = Object::new();
    Reflect::set(&parts, &"image/png".into(), blob)?;
    let make = member(&window, "ClipboardItem")?.dyn_into::<Function>()?;
    let item = Reflect::construct(&make, &Array::of1(&parts))?;
    let write = member(&clipboard, "write")?.dyn_into::<Function>()?;
    write.call1(&clipboard, &Array::of1(&item))?.dyn_into()
}

fn with_png(canvas: &HtmlCanvasElement, then: impl FnOnce(Option<web_sys::Blob>) + 'static) {
    let then = Closure::once_into_js(move |blob: JsValue| then(blob.dyn_into().ok()));
    // A canvas that nothing foreign was drawn on can always be read.
    let _ = canvas.to_blob(then.unchecked_ref());
}

/// A file's name made of a title: letters and digits of any script, everything else a dash, and the end of the chart.
pub fn file_name(title: &str, to: Timestamp, ending: &str) -> String {
    let mut name = String::new();
    for character in title.chars() {
        if character.is_alphanumeric() || character == '_' {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { "chart" } else { name };
    let at: String = date::print(to).chars().take(16).filter(|character| *character != ':').collect();
    format!("{name}-{at}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_leads_nowhere_else() {
        let at = date::parse("2026-03-02T14:03:27Z").unwrap();
        for (title, name) in [
            ("sum by (code) (rate(x_total[1m]))", "sum-by-code-rate-x_total-1m-2026-03-02T1403.svg"),
            ("../../etc/passwd", "etc-passwd-2026-03-02T1403.svg"),
            ("CON:<>|\u{202E}\n\0", "CON-2026-03-02T1403.svg"),
            ("초당 요청", "초당-요청-2026-03-02T1403.svg"),
            ("", "chart-2026-03-02T1403.svg"),
        ] {
            assert_eq!(file_name(title, at, "svg"), name);
        }
        assert!(file_name(&"x".repeat(10_000), at, "png").len() < 100);
    }
}
