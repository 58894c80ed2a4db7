//! Scripts and sheets without what only people read, by esbuild.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cache;
use crate::node;
use crate::run::{quiet, root};

/// The text shortened; `ending` is the language: `js` or `css`. The global names of a script stay.
///
/// # Errors
/// When esbuild is not to be had or finds the text wrong.
pub fn minified(text: &str, ending: &str) -> Result<String> {
    let key = [ending.as_bytes(), text.as_bytes()].concat();
    let short = cache::remembered("minified", &key, || {
        let tool = node::modules("xtask/node")?.join("esbuild/bin/esbuild");
        let folder = root().join("target/minify");
        fs::create_dir_all(&folder)?;
        // Another run at the same time has another text.
        let file = folder.join(format!("{}.{ending}", cache::hash(&key)));
        fs::write(&file, text).with_context(|| file.display().to_string())?;
        let short = quiet(Command::new("node").arg(tool).args(["--minify", "--charset=utf8"]).arg(&file))?;
        Ok(short.into_bytes())
    })?;
    Ok(String::from_utf8(short)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globals_keep_their_names_and_all_else_gets_short() {
        let script = "\"use strict\"; // said once\nconst later = null;\nlet bound = (function(first_argument) {\n    return first_argument + '가';\n})(later);\n";
        let short = minified(script, "js").expect("a right script");
        assert!(short.contains("later=null") && short.contains("bound=") && short.contains('가'), "{short}");
        assert!(!short.contains("first_argument") && !short.contains("said once"), "{short}");
        let sheet = minified("a::before {\n  content: \"/* kept */  \"; /* gone */\n}\n", "css")
            .expect("a right sheet");
        assert_eq!(sheet.trim_end(), "a:before{content:\"/* kept */  \"}");
        assert!(minified("const = 1;", "js").is_err());
    }
}
