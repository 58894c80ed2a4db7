//! `dist/`: the static site and the one-file lab, from two modules, the sheets and `index.html`.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::page::{self, Parts};
use crate::run::{root, step};
use crate::toolchain::Toolchain;
use crate::wasm::{PAGE, WORKER};
use crate::{cache, compress, sheets};

/// How much time the build may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// For publishing: optimised, precompressed.
    Full,
    /// For looking at a change.
    Quick,
}

/// Builds everything; gives the folder that a static host serves.
///
/// # Errors
/// When a part does not build or `dist/` cannot be written.
pub fn build(quality: Quality) -> Result<PathBuf> {
    let toolchain = Toolchain::find()?;
    let app = step("building the page (a minute or two the first time)", || {
        PAGE.finish(&PAGE.compile(&toolchain, quality)?, quality)
    })?;
    let worker = step("building the worker (a minute or two the first time)", || {
        WORKER.finish(&WORKER.compile(&toolchain, quality)?, quality)
    })?;
    let dist = root().join("dist");
    step("writing dist/", || {
        let parts = Parts {
            html: fs::read_to_string(root().join("index.html"))?,
            style: sheets::joined()?,
            app_script: format!("{}\n{}", app.script, boot("page.js")?),
            worker_script: format!("{}\n{}", worker.script, boot("worker.js")?),
            app: app.wasm,
            worker: worker.wasm,
        };
        write(&parts, &dist, quality)
    })?;
    Ok(dist)
}

fn boot(file: &str) -> Result<String> {
    Ok(fs::read_to_string(root().join("web/boot").join(file))?)
}

fn write(parts: &Parts, dist: &PathBuf, quality: Quality) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    fs::create_dir_all(dist)?;
    let hashed = |stem: &str, ending: &str, bytes: &[u8]| format!("{stem}-{}.{ending}", cache::hash(bytes));
    let names = page::Names {
        style: hashed("style", "css", parts.style.as_bytes()),
        app: hashed("app", "wasm", &parts.app),
        worker: hashed("worker", "wasm", &parts.worker),
        worker_script: hashed("worker", "js", parts.worker_script.as_bytes()),
    };
    let site = parts.site(&names)?;
    let single = parts.single_file()?;
    for (name, bytes) in [
        ("index.html", site.as_bytes()),
        (&names.style, parts.style.as_bytes()),
        (&names.app, &parts.app),
        (&names.worker, &parts.worker),
        (&names.worker_script, parts.worker_script.as_bytes()),
    ] {
        fs::write(dist.join(name), bytes)?;
        if quality == Quality::Full {
            fs::write(dist.join(format!("{name}.br")), compress::brotli(bytes)?)?;
            fs::write(dist.join(format!("{name}.gz")), compress::gzip(bytes)?)?;
        }
    }
    fs::write(dist.join("scrapeyard.html"), single)?;
    // Static hosts that build with Jekyll leave out files that begin with an underscore; there are none, and none may
    // be made.
    fs::write(dist.join(".nojekyll"), "")?;
    Ok(())
}
