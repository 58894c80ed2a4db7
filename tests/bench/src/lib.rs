//! The measured side of `cargo xtask bench`: makes series, times queries and storage, and answers with numbers. One
//! crate for both worlds, so that native code and WebAssembly do the same. Compares nothing and prints no table.

mod bench;
mod digest;
pub mod remote_write;
mod request;
mod storage;
pub mod workloads;

pub use bench::{Bench, Clock};

#[cfg(target_arch = "wasm32")]
mod doors {
    use js_sys::Function;
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;

    use crate::bench::Bench;

    /// The bench behind JavaScript.
    #[wasm_bindgen]
    pub struct WasmBench(Bench);

    #[wasm_bindgen]
    impl WasmBench {
        /// A bench that holds no series yet. `now` gives milliseconds with fractions, as `performance.now` does.
        #[wasm_bindgen(constructor)]
        #[must_use]
        pub fn new(now: Function) -> Self {
            let clock =
                move || now.call0(&JsValue::NULL).ok().and_then(|now| now.as_f64()).unwrap_or(0.0) / 1e3;
            Self(Bench::new(Box::new(clock)))
        }

        /// Answers a request: a line of JSON for a line of JSON.
        pub fn answer(&mut self, line: &str) -> String {
            self.0.answer(line)
        }
    }
}
