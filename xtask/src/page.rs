//! The page's text: `index.html` with its marked places filled, as a site of several files and as one file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cache::policy_hash;
use crate::compress::gzip;
use crate::run::root;

/// Everything that the page is made of.
pub struct Parts {
    /// `index.html` with its marked places.
    pub html: String,
    /// All sheets.
    pub style: String,
    /// Loads and starts the app.
    pub app_script: String,
    /// Runs in the worker.
    pub worker_script: String,
    /// The app's module.
    pub app: Vec<u8>,
    /// The worker's module.
    pub worker: Vec<u8>,
}

/// The names of the site's files, each with a hash of its content.
pub struct Names {
    /// The sheet.
    pub style: String,
    /// The app's module.
    pub app: String,
    /// The worker's module.
    pub worker: String,
    /// The worker's script.
    pub worker_script: String,
}

impl Parts {
    /// `index.html` of the site. The script stands in the page itself, so the policy allows it by its hash alone and
    /// it needs no journey of its own.
    ///
    /// # Errors
    /// When a marked place is missing in `index.html`.
    pub fn site(&self, names: &Names) -> Result<String> {
        let places = format!(
            "{{\"app\":\"./{}\",\"worker\":\"./{}\",\"workerScript\":\"./{}\"}}",
            names.app, names.worker, names.worker_script
        );
        let head = format!(
            "<link rel=\"stylesheet\" href=\"./{}\">\n\
             <link rel=\"preload\" as=\"fetch\" crossorigin href=\"./{}\">\n\
             <link rel=\"preload\" as=\"fetch\" crossorigin href=\"./{}\">",
            names.style, names.app, names.worker
        );
        let script = inline_safe(&self.app_script)?;
        let policy = policy("'self'", &policy_hash(&script), "'self'");
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
        let script = inline_safe(&self.app_script)?;
        let style = &self.style;
        let policy = policy(&policy_hash(style), &policy_hash(&script), "blob:");
        let head = format!("<style>{style}</style>");
        let packed = |bytes: &[u8]| gzip(bytes).map(|bytes| STANDARD.encode(bytes));
        let held =
            |id: &str, text: &str| format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n");
        let body = [
            held("packed-app", &packed(&self.app)?),
            held("packed-worker", &packed(&self.worker)?),
            held("worker-script", &inline_safe(&self.worker_script)?),
            format!("<script>{script}</script>"),
        ]
        .concat();
        fill(&self.html, &[("policy", &policy), ("head", &head), ("body", &body)])
    }
}

/// The content security policy: nothing from elsewhere, nothing inline but by its hash.
fn policy(style: &str, script: &str, worker: &str) -> String {
    format!(
        "default-src 'none'; script-src {script} 'wasm-unsafe-eval'; worker-src {worker}; style-src {style}; \
         img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// A script that can stand between `<script>` tags as it is: changed in no byte, since its hash is in the policy.
fn inline_safe(script: &str) -> Result<String> {
    if script.contains("</script") || script.contains("<!--") {
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

/// All sheets in one: `web/styles` first, then those beside the components, each in order of its path.
///
/// # Errors
/// When a sheet cannot be read.
pub fn style() -> Result<String> {
    let mut sheets = Vec::new();
    for folder in ["web/styles", "web/src"] {
        let mut found = Vec::new();
        collect(&root().join(folder), &mut found)?;
        found.sort();
        sheets.extend(found);
    }
    let read =
        |path: &std::path::PathBuf| fs::read_to_string(path).with_context(|| path.display().to_string());
    let texts = sheets.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(without_comments(&texts.concat()))
}

fn collect(folder: &Path, into: &mut Vec<std::path::PathBuf>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)?.flatten() {
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
    let mut lean = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(start) = rest.find("/*") {
        lean.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    lean.push_str(rest);
    lean.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
