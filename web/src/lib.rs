//! The page: a Yew app that draws the lab's views. It computes no value of its own; the worker does.

mod app;
mod board;
mod chart;
mod controls;
mod learn;
mod preferences;
mod query;
mod route;
mod saves;
mod scale;
mod session;
mod shapes;
mod shell;
mod storage;
mod targets;
mod texts;
mod worker;
mod yard;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the page in the element `app`, or in the body where there is none.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    let document = web_sys::window().and_then(|window| window.document());
    let Some(root) = document.and_then(|document| document.get_element_by_id("app")) else {
        yew::Renderer::<app::App>::new().render();
        return;
    };
    // What stood there until now was the first paint.
    root.set_text_content(None);
    yew::Renderer::<app::App>::with_root(root).render();
}
