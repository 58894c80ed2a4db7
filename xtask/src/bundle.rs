//! `dist/`: the static site and the one-file lab, from two modules, the sheets and `index.html`.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Result;

use crate::page::{Names, Parts};
use crate::piece::{Later, Piece, Source, write_file};
use crate::run::{root, step};
use crate::toolchain::Toolchain;
use crate::wasm::{Module, PAGE, Package, WORKER};
use crate::{cache, node, offline, sheets};

/// How much time the build may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// For publishing: optimised, in two parts, precompressed.
    Full,
    /// For looking at a change.
    Quick,
}

/// The modules of page and worker.
pub struct Modules {
    /// The page's.
    pub app: Module,
    /// The worker's.
    pub worker: Module,
}

/// Compiles page and worker, side by side: each ends with minutes in which the linker keeps one core busy.
///
/// # Errors
/// When one does not build.
pub fn modules(quality: Quality) -> Result<Modules> {
    let toolchain = Toolchain::find()?;
    if quality == Quality::Full {
        node::modules("xtask/node")?; // before both would want to install them
    }
    step("building page and worker (three or four minutes the first time)", || {
        let built = |package: &Package| package.finish(&package.compile(&toolchain, quality)?, quality);
        let (app, worker) = thread::scope(|scope| {
            let worker = scope.spawn(|| built(&WORKER));
            (built(&PAGE), worker.join())
        });
        let worker = worker.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok(Modules { app: app?, worker: worker? })
    })
}

impl Modules {
    /// The modules with their boot scripts.
    ///
    /// # Errors
    /// When a boot script cannot be read.
    pub fn sources(&self) -> Result<(Source<'_>, Source<'_>)> {
        Ok((Source::new(&PAGE, &self.app, "page.js")?, Source::new(&WORKER, &self.worker, "worker.js")?))
    }
}

/// Builds everything; gives the folder that a static host serves.
///
/// # Errors
/// When a part does not build or `dist/` cannot be written.
pub fn build(quality: Quality) -> Result<PathBuf> {
    let modules = modules(quality)?;
    let dist = root().join("dist");
    step("writing dist/", || {
        let (app, worker) = modules.sources()?;
        let mut single = parts(app.whole()?, worker.whole()?)?;
        if quality == Quality::Full {
            let ((app, later_app), (worker, later_worker)) = (app.parted()?, worker.parted()?);
            let site = parts(app, worker)?.minified()?;
            write_site(&site, &[later_app, later_worker], &dist, quality)?;
            single = single.minified()?;
        } else {
            write_site(&single, &[], &dist, quality)?;
        }
        fs::write(dist.join("scrapeyard.html"), single.single_file()?)?;
        Ok(())
    })?;
    Ok(dist)
}

/// All that a page is made of, around the two pieces.
///
/// # Errors
/// When `index.html` or a sheet cannot be read.
pub fn parts(app: Piece, worker: Piece) -> Result<Parts> {
    let html = fs::read_to_string(root().join("index.html"))?;
    let sheets::Sheets { first: style, later: later_style } = sheets::joined()?;
    Ok(Parts { html, style, later_style, texts: texts()?, app, worker })
}

/// The texts that a first view says; all others, new ones among them, come later.
const FIRST_TEXTS: [&str; 4] = ["chart.ftl", "query.ftl", "shell.ftl", "yard.ftl"];

/// The texts of each language, its files one after the other: first those of [`FIRST_TEXTS`] under the language's tag, then
/// the others under `more-` and the tag.
fn texts() -> Result<Vec<(String, String)>> {
    let folder = root().join("web/texts");
    let mut texts = Vec::new();
    for language in ["en", "ko"] {
        let files = fs::read_dir(folder.join(language))?;
        let mut files = files.map(|file| Ok(file?.path())).collect::<Result<Vec<_>>>()?;
        files.sort();
        let (first, more): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| {
            path.file_name().is_some_and(|name| FIRST_TEXTS.iter().any(|first| name == *first))
        });
        for (tag, files) in [(language.to_owned(), first), (format!("more-{language}"), more)] {
            let files = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
            texts.push((tag, files.join("\n")));
        }
    }
    for language in ["en", "ko"] {
        texts.push((format!("lessons-{language}"), lessons(language)?));
    }
    Ok(texts)
}

/// The words of all lessons in a language, each under a line `%% SCENARIO/LESSON`.
fn lessons(language: &str) -> Result<String> {
    let ending = format!(".{language}.md");
    let mut words = Vec::new();
    for scenario in fs::read_dir(root().join("scenarios"))? {
        let folder = scenario?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(lessons) = fs::read_dir(folder.join("lessons")) else { continue };
        for file in lessons {
            let path = file?.path();
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(lesson) = file.strip_suffix(&ending) {
                words.push(format!("%% {name}/{lesson}\n{}", fs::read_to_string(&path)?));
            }
        }
    }
    words.sort();
    Ok(words.concat())
}

/// Writes the site into `folder`, which is made anew.
///
/// # Errors
/// When it cannot be written.
pub fn write_site(parts: &Parts, later: &[Later], folder: &Path, quality: Quality) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let hashed = |stem: &str, ending: &str, bytes: &[u8]| format!("{stem}-{}.{ending}", cache::hash(bytes));
    let names = Names {
        style: hashed("style", "css", parts.style.as_bytes()),
        later_style: hashed("later", "css", parts.later_style.as_bytes()),
        app: hashed(PAGE.stem, "wasm", &parts.app.wasm),
        worker: hashed(WORKER.stem, "wasm", &parts.worker.wasm),
        worker_script: hashed(WORKER.stem, "js", parts.worker.script.as_bytes()),
        texts: parts
            .texts
            .iter()
            .map(|(tag, text)| hashed(&format!("texts-{tag}"), "txt", text.as_bytes()))
            .collect(),
    };
    let site = parts.site(&names)?;
    let mut files: Vec<(&str, &[u8])> = vec![
        ("index.html", site.as_bytes()),
        (&names.style, parts.style.as_bytes()),
        (&names.later_style, parts.later_style.as_bytes()),
        (&names.app, &parts.app.wasm),
        (&names.worker, &parts.worker.wasm),
        (&names.worker_script, parts.worker.script.as_bytes()),
    ];
    files.extend(
        names.texts.iter().zip(&parts.texts).map(|(name, (_, text))| (name.as_str(), text.as_bytes())),
    );
    files.extend(later.iter().map(|part| (part.name.as_str(), part.wasm.as_slice())));
    let plain = offline::plain_files()?;
    files.extend(plain.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    for (name, bytes) in &files {
        write_file(folder, name, bytes, quality == Quality::Full)?;
    }
    offline::write_service_worker(folder, &files)?;
    // Static hosts that build with Jekyll leave out files that begin with an underscore; there are none, and none may
    // be made.
    fs::write(folder.join(".nojekyll"), "")?;
    Ok(())
}
