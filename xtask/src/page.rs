//! The page's text: `index.html` with its marked places filled, as a site of several files and as one file.

use anyhow::{Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cache::policy_hash;
use crate::compress::gzip;
use crate::minify::minified;
use crate::piece::Piece;

/// Everything that the page is made of.
pub struct Parts {
    /// `index.html` with its marked places.
    pub html: String,
    /// The sheets of a first view.
    pub style: String,
    /// The other sheets.
    pub later_style: String,
    /// The texts of each language, by its tag: those of a first view, the others under `more-`, the lessons' under `lessons-`.
    pub texts: Vec<(String, String)>,
    /// The app; its script loads and starts it.
    pub app: Piece,
    /// What runs in the worker.
    pub worker: Piece,
}

/// The names of the site's files, each with a hash of its content.
pub struct Names {
    /// The sheet of a first view.
    pub style: String,
    /// The sheet that comes later.
    pub later_style: String,
    /// The app's module.
    pub app: String,
    /// The worker's module.
    pub worker: String,
    /// The worker's script.
    pub worker_script: String,
    /// The texts of each language, in their order.
    pub texts: Vec<String>,
}

impl Parts {
    /// With short scripts and sheets.
    ///
    /// # Errors
    /// When one of them is wrong.
    pub fn minified(mut self) -> Result<Self> {
        for script in [&mut self.app.script, &mut self.worker.script] {
            *script = minified(script, "js")?;
        }
        for sheet in [&mut self.style, &mut self.later_style] {
            *sheet = minified(sheet, "css")?;
        }
        Ok(self)
    }

    /// `index.html` of the site. The script stands in the page itself, so the policy allows it by its hash alone and
    /// it needs no journey of its own.
    ///
    /// # Errors
    /// When a marked place is missing in `index.html`.
    pub fn site(&self, names: &Names) -> Result<String> {
        let texts = self.texts.iter().zip(&names.texts);
        let texts: Vec<String> = texts.map(|((tag, _), name)| format!("\"{tag}\":\"./{name}\"")).collect();
        let places = format!(
            "{{\"app\":\"./{}\",\"worker\":\"./{}\",\"workerScript\":\"./{}\",\"laterStyle\":\"./{}\",\"texts\":{{{}}}}}",
            names.app,
            names.worker,
            names.worker_script,
            names.later_style,
            texts.join(",")
        );
        let head = format!(
            "<link rel=\"manifest\" href=\"./manifest.webmanifest\">\n\
             <link rel=\"stylesheet\" href=\"./{}\">\n\
             <link rel=\"preload\" as=\"fetch\" crossorigin href=\"./{}\">\n\
             <link rel=\"preload\" as=\"fetch\" crossorigin href=\"./{}\">",
            names.style, names.app, names.worker
        );
        let script = inline_safe(&self.app.script)?;
        let policy = policy("'self'", &[self.early_script()?, &script], "'self'");
        let body = format!(
            "<script type=\"application/json\" id=\"places\">{places}</script>\n<script>{script}</script>"
        );
        fill(&self.html, &[("policy", &policy), ("head", &head), ("body", &body)])
    }

    /// The whole lab in one file, which opens by a double click: the modules packed and spelled as text.
    ///
    /// # Errors
    /// When a marked place is missing in `index.html`.
    pub fn single_file(&self) -> Result<String> {
        let script = inline_safe(&self.app.script)?;
        let style = format!("{}\n{}", self.style, self.later_style);
        let policy = policy(&policy_hash(&style), &[self.early_script()?, &script], "blob:");
        let head = format!("<style>{style}</style>");
        let packed = |bytes: &[u8]| gzip(bytes).map(|bytes| STANDARD.encode(bytes));
        let held =
            |id: &str, text: &str| format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n");
        let texts =
            self.texts.iter().map(|(tag, text)| Ok(held(&format!("texts-{tag}"), &inline_safe(text)?)));
        let body = [
            texts.collect::<Result<String>>()?,
            held("packed-app", &packed(&self.app.wasm)?),
            held("packed-worker", &packed(&self.worker.wasm)?),
            held("worker-script", &inline_safe(&self.worker.script)?),
            format!("<script>{script}</script>"),
        ]
        .concat();
        fill(&self.html, &[("policy", &policy), ("head", &head), ("body", &body)])
    }

    /// The one script that `index.html` holds itself, which runs before the first paint.
    fn early_script(&self) -> Result<&str> {
        let mut scripts = self.html.split("<script>").skip(1).map(|rest| rest.split("</script>").next());
        match (scripts.next().flatten(), scripts.next()) {
            (Some(script), None) => Ok(script),
            _ => bail!("index.html must hold exactly one script of its own"),
        }
    }
}

/// The content security policy: nothing from elsewhere, nothing inline but by its hash.
fn policy(style: &str, scripts: &[&str], worker: &str) -> String {
    let scripts: Vec<_> = scripts.iter().map(|script| policy_hash(script)).collect();
    let script = scripts.join(" ");
    format!(
        "default-src 'none'; script-src {script} 'wasm-unsafe-eval'; worker-src {worker}; style-src {style}; \
         img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// A script that can stand between `<script>` tags as it is: changed in no byte, since its hash is in the policy.
fn inline_safe(script: &str) -> Result<String> {
    let lower = script.to_ascii_lowercase();
    if ["</script", "<script", "<!--"].iter().any(|ending| lower.contains(ending)) {
        bail!("a script holds a closing tag or a comment's beginning, which would end it early");
    }
    Ok(script.to_owned())
}

/// Replaces each `<!--xtask:name-->` or `xtask:name` place.
fn fill(html: &str, places: &[(&str, &str)]) -> Result<String> {
    let mut filled = html.to_owned();
    for (name, text) in places {
        let mark = if *name == "policy" { format!("xtask:{name}") } else { format!("<!--xtask:{name}-->") };
        if filled.matches(&mark).count() != 1 {
            bail!("index.html must hold `{mark}` once");
        }
        filled = filled.replace(&mark, text);
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(html: &str, app_script: &str) -> Parts {
        Parts {
            html: html.to_owned(),
            style: "p{}".to_owned(),
            later_style: "q{}".to_owned(),
            texts: vec![("en".to_owned(), "key = Text".to_owned())],
            app: Piece { script: app_script.to_owned(), wasm: vec![1] },
            worker: Piece { script: "w()".to_owned(), wasm: vec![2] },
        }
    }

    const HTML: &str =
        "<meta content=\"xtask:policy\"><script>a()</script><!--xtask:head--><!--xtask:body-->";

    #[test]
    fn every_inline_script_is_allowed_by_its_own_hash_and_nothing_else_inline_is() {
        let page = parts(HTML, "b()").single_file().expect("the marks are there");
        // printf 'a()' | openssl dgst -sha256 -binary | base64, and the same for b() and both sheets
        let scripts = "script-src 'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4=' \
                       'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc=' 'wasm-unsafe-eval';";
        assert!(page.contains(scripts), "{page}");
        assert!(page.contains("style-src 'sha256-BCcaf29nMfkjoMwjYrAtHjBj73Zc0oLerHdkqpW+NmI=';"), "{page}");
        assert!(!page.contains("unsafe-inline") && !page.contains("xtask:"), "{page}");
    }

    #[test]
    fn a_site_loads_the_first_sheet_and_only_names_the_later_one() {
        let names = Names {
            style: "style-1.css".to_owned(),
            later_style: "later-2.css".to_owned(),
            app: "app.wasm".to_owned(),
            worker: "worker.wasm".to_owned(),
            worker_script: "worker.js".to_owned(),
            texts: vec!["texts-en.txt".to_owned()],
        };
        let page = parts(HTML, "b()").site(&names).expect("the marks are there");
        assert!(page.contains("<link rel=\"stylesheet\" href=\"./style-1.css\">"), "{page}");
        assert!(
            page.contains("\"laterStyle\":\"./later-2.css\"") && !page.contains("href=\"./later"),
            "{page}"
        );
        assert!(page.contains("style-src 'self';"), "{page}");
    }

    #[test]
    fn a_mark_that_is_missing_or_stands_twice_is_an_error() {
        assert!(parts(&HTML.replace("<!--xtask:head-->", ""), "b()").single_file().is_err());
        assert!(parts(&format!("{HTML}<!--xtask:head-->"), "b()").single_file().is_err());
        assert!(parts(&format!("{HTML}<script>c()</script>"), "b()").single_file().is_err());
    }

    #[test]
    fn a_script_that_would_end_its_element_early_is_refused() {
        assert!(parts(HTML, "if (a < b) { '</SCRIPT>' }").single_file().is_err());
        assert!(parts(HTML, "if (a < b) {}").single_file().is_ok());
    }
}
