//! `cargo xtask profile`: watches in a browser which functions run until the first chart stands, and writes it down for
//! [`crate::split`].

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::browser;
use crate::bundle::{self, Quality};
use crate::run::{root, show};
use crate::wasm::{PAGE, WORKER};

/// Writes the profiles of page and worker.
///
/// # Errors
/// When the build or the watching fails.
pub fn run() -> Result<()> {
    let modules = bundle::modules(Quality::Full)?;
    let (app, worker) = modules.sources()?;
    let site = root().join("target/watched-site");
    bundle::write_site(&bundle::parts(app.watched()?, worker.watched()?)?, &[], &site, Quality::Quick)?;
    let seen = root().join("target/places-seen");
    show(browser::node_with(&site)?.arg("bench/places_seen.mjs").env("SCRAPEYARD_SEEN", &seen))?;
    let text = fs::read_to_string(&seen).with_context(|| seen.display().to_string())?;
    for (line, source, package) in [("app ", &app, &PAGE), ("worker ", &worker, &WORKER)] {
        let numbers =
            text.lines().find_map(|text| text.strip_prefix(line)).context("no numbers of places")?;
        let numbers = numbers.split_whitespace().map(|number| number.parse().context("a number of a place"));
        let profile = source.observed(&numbers.collect::<Result<_>>()?)?;
        ensure!(profile.len() > 0, "no function of {} was seen", package.stem);
        println!("{}: {} functions run until the first chart stands", package.stem, profile.len());
        let file = package.profile_file();
        fs::create_dir_all(file.parent().context("a folder")?)?;
        fs::write(&file, profile.text())?;
    }
    Ok(())
}
