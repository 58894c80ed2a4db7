//! Puts a text into the clipboard.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement, Window, window};

/// Puts a text into the clipboard; whether the browser took it.
pub async fn copy_text(text: &str) -> bool {
    by_interface(text).await || by_selection(text).is_some()
}

/// By the browser's own interface, which is there only where the page came over a connection that can be trusted.
async fn by_interface(text: &str) -> bool {
    let Some(window) = window().filter(Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// By way of a selected field: works on pages of plain HTTP, too, and asks for no permission.
fn by_selection(text: &str) -> Option<()> {
    let document = window()?.document()?;
    let area = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.set_class_name("vh");
    area.set_value(text);
    let before = document.active_element();
    // Beside a sheet nothing can be selected.
    let sheet = document.query_selector("dialog[open]").ok()?.and_then(|sheet| sheet.dyn_into().ok());
    let place: HtmlElement = sheet.or_else(|| document.body())?;
    place.append_child(&area).ok()?;
    area.select();
    let document: HtmlDocument = document.dyn_into().ok()?;
    let is_done = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
        let _ = before.focus();
    }
    is_done.then_some(())
}
