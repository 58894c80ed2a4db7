//! `scrapeyard serve` as others meet it: over sockets, beside the real Prometheus and with the real promtool.
//!
//! What needs the real programs is skipped, loudly, where `REAL_PROMETHEUS=DIR` names no folder with them.

mod administration;
mod alone;
mod client;
mod program;
mod requests;
mod scraped;

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

pub fn trials() -> Vec<Trial> {
    let mut trials = alone::trials();
    trials.extend(administration::trials());
    let folder = std::env::var_os("REAL_PROMETHEUS").map(PathBuf::from);
    match folder.filter(|folder| folder.join("prometheus").exists()) {
        Some(folder) => {
            trials.push(with_real("requests", folder.clone(), requests::run));
            trials.push(with_real("scraped", folder, scraped::run));
        }
        None => eprintln!(
            "\n*** NOT RUN: serve beside the real prometheus and promtool, which are not at hand \
             (REAL_PROMETHEUS=DIR) ***\n"
        ),
    }
    trials
}

fn with_real(name: &'static str, folder: PathBuf, run: fn(&Path, &Path) -> Result<(), Failed>) -> Trial {
    Trial::test(format!("serve/{name}"), move || {
        let scratch = std::env::temp_dir().join(format!("scrapeyard-serve-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&scratch)?;
        let outcome = run(&folder, &scratch);
        std::fs::remove_dir_all(&scratch)?;
        outcome
    })
}
