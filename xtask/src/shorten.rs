//! Shorter names between a module and wasm-bindgen's script: `__wbg_addEventListener_1a2b3c…` is read by no one, and
//! stands in both.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use walrus::Module;

/// What the module calls the place that its imports come from, shortened.
pub const IMPORTS: &str = "b";
/// What wasm-bindgen calls it.
const LONG_IMPORTS: &str = "./module_bg.js";

/// Shortens the names of the module's imports in both; gives script and module.
///
/// # Errors
/// When the script is not as wasm-bindgen writes it.
pub fn shortened(script: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut module = Module::from_buffer(wasm).context("reading wasm-bindgen's module")?;
    let long = module.imports.iter().filter(|import| import.module == LONG_IMPORTS);
    let long: BTreeSet<String> = long.map(|import| import.name.clone()).collect();
    let mut script =
        replaced_once(script, &format!("\"{LONG_IMPORTS}\": import0"), &format!("{IMPORTS}: import0"))?;
    for (number, name) in long.iter().enumerate() {
        let short = format!("i{number}");
        script = replaced_once(&script, &format!(" {name}: function"), &format!(" {short}: function"))?;
        let id = module.imports.find(LONG_IMPORTS, name).context("an import that was just there")?;
        let import = module.imports.get_mut(id);
        (import.module, import.name) = (IMPORTS.to_owned(), short);
    }
    Ok((script, module.emit_wasm()))
}

fn replaced_once(text: &str, from: &str, to: &str) -> Result<String> {
    let places = text.matches(from).count();
    ensure!(places == 1, "wasm-bindgen's script has `{from}` {places} times, expected once");
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_called_the_same_on_both_sides() {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        let (function, _) = module.add_import_func(LONG_IMPORTS, "__wbg_now_0123456789abcdef", ty);
        module.exports.add("run", function);
        let script = "{ __wbg_now_0123456789abcdef: function() {} }; \"./module_bg.js\": import0,";
        let (script, wasm) = shortened(script, &module.emit_wasm()).expect("all is in its place");
        assert_eq!(script, "{ i0: function() {} }; b: import0,");
        let module = Module::from_buffer(&wasm).expect("it was just written");
        assert!(module.imports.find("b", "i0").is_some());
        assert!(shortened("{}", &wasm).is_err());
    }
}
