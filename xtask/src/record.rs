//! `cargo xtask profile`: watches in a browser which functions run until the first chart stands, and writes it down for
//! [`crate::split`].

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::browser;
use crate::bundle::{self, Quality};
use crate::run::{root, show};
use crate::split::Profile;
use crate::wasm::{PAGE, WORKER};

/// Writes the profiles of page and worker.
///
/// # Errors
/// When the build or the watching fails.
pub fn run() -> Result<()> {
    let modules = bundle::modules(Quality::Full)?;
    let (app, worker) = modules.sources()?;
    let ((app, app_names), (worker, worker_names)) = (app.watched()?, worker.watched()?);
    let site = root().join("target/watched-site");
    bundle::write_site(&bundle::parts(app, worker)?, &[], &site, Quality::Quick)?;
    let seen = root().join("target/functions-seen");
    show(browser::node_with(&site)?.arg("bench/functions_seen.mjs").env("SCRAPEYARD_SEEN", &seen))?;
    let text = fs::read_to_string(&seen).with_context(|| seen.display().to_string())?;
    for (line, package, names) in [("app ", &PAGE, &app_names), ("worker ", &WORKER, &worker_names)] {
        let numbers =
            text.lines().find_map(|text| text.strip_prefix(line)).context("no numbers of functions")?;
        let names = numbers.split_whitespace().map(|number| {
            let number: usize = number.parse()?;
            names.get(number).map(String::as_str).with_context(|| format!("no function {number}"))
        });
        let names = names.collect::<Result<Vec<_>>>()?;
        ensure!(!names.is_empty(), "no function of {} was seen", package.stem);
        println!("{}: {} functions run until the first chart stands", package.stem, names.len());
        let file = package.profile_file();
        fs::create_dir_all(file.parent().context("a folder")?)?;
        fs::write(&file, Profile::of(names).text())?;
    }
    Ok(())
}
