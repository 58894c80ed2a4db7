//! Samples from files: pages with timestamps, the loads of a promqltest script, blocks of a Prometheus.

use std::collections::BTreeMap;
use std::path::Path;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::exposition::{Exemplar, Format, Limits, TimedEntry, read_timed_page};
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::promqltest::{Command, Script, load};
use scrapeyard_core::tsdb::{Head, block};
use scrapeyard_core::web_api::SeriesExemplars;

use crate::folder;

/// How much of a file is read: whatever its owner has, as far as a page can be told.
const LIMITS: Limits =
    Limits { page_bytes: u32::MAX as usize, line_bytes: 16 << 20, labels: 10_000, samples: u32::MAX };

/// Samples of several files, to be put into one head.
#[derive(Default)]
pub struct Dataset {
    /// Of pages, whose samples may come in any order.
    series: BTreeMap<Labels, BTreeMap<Timestamp, f64>>,
    exemplars: BTreeMap<Labels, Vec<Exemplar>>,
    scripts: Vec<(String, Script)>,
    /// Of blocks.
    blocks: Head,
}

impl Dataset {
    /// Reads a file, or the folder of a block or of a Prometheus's data.
    ///
    /// # Errors
    /// When it cannot be read, with the file's name and the place.
    pub fn read(&mut self, path: &Path) -> Result<(), String> {
        let name = path.display().to_string();
        if path.is_dir() {
            for (folder, files) in folder::blocks(path)? {
                block::read_into(&mut self.blocks, &files)
                    .map_err(|error| format!("{}: {error}", folder.display()))?;
            }
            return Ok(());
        }
        let bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
        if block::is_archive(&bytes) {
            let read = |files| block::read_into(&mut self.blocks, files).map(drop);
            let blocks = block::unpack(&bytes).map_err(|error| format!("{name}: {error}"))?;
            return blocks.iter().try_for_each(read).map_err(|error| format!("{name}: {error}"));
        }
        if is_script(&bytes) {
            let script = Script::read(&String::from_utf8_lossy(&bytes));
            if let Some(fault) = script.faults.first() {
                return Err(format!("{name}:{}: {}", fault.line, fault.reason));
            }
            self.scripts.push((name, script));
            return Ok(());
        }
        read_timed_page(&bytes, Format::detect(&bytes), LIMITS, |entry| match entry {
            TimedEntry::Sample(labels, at, value) => {
                match self.series.get_mut(labels) {
                    Some(samples) => samples.insert(at, value),
                    None => self.series.entry(labels.clone()).or_default().insert(at, value),
                };
            }
            TimedEntry::Exemplar(labels, exemplar) => {
                self.exemplars.entry(labels.clone()).or_default().push(exemplar);
            }
            _ => {}
        })
        .map_err(|error| format!("{name}:{}: {error}", error.place))
    }

    /// The instant of the newest sample.
    pub fn newest(&self) -> Option<Timestamp> {
        let of_pages = self.series.values().filter_map(|samples| samples.last_key_value());
        let of_scripts =
            self.scripts.iter().flat_map(|(_, script)| &script.commands).filter_map(|(_, command)| {
                match command {
                    Command::Load { step, lines, .. } => Some(load::end(*step, lines)),
                    _ => None,
                }
            });
        of_pages.map(|(at, _)| *at).chain(of_scripts).chain(self.blocks.max_time()).max()
    }

    /// The exemplars of pages, each series' by rising time.
    pub fn exemplars(&self) -> Vec<SeriesExemplars> {
        let sorted = |(labels, exemplars): (&Labels, &Vec<Exemplar>)| {
            let mut exemplars = exemplars.clone();
            exemplars.sort_by_key(|exemplar| exemplar.at);
            SeriesExemplars { labels: labels.clone(), exemplars }
        };
        self.exemplars.iter().map(sorted).collect()
    }

    /// A head with all samples.
    ///
    /// # Errors
    /// When a script's load is refused.
    pub fn into_head(self) -> Result<Head, String> {
        let mut head = self.blocks;
        for (labels, samples) in &self.series {
            let id = head.series_id(labels);
            for (at, value) in samples {
                head.append(id, *at, *value).map_err(|error| format!("{labels}: {error}"))?;
            }
        }
        for (name, script) in &self.scripts {
            for (_, command) in &script.commands {
                if let Command::Load { step, with_native, lines } = command {
                    load::load(&mut head, *step, *with_native, lines)
                        .map_err(|fault| format!("{name}:{}: {}", fault.line, fault.reason))?;
                }
            }
        }
        Ok(head)
    }
}

/// Whether the first line that says something is a command of a script.
fn is_script(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(64 * 1024)]);
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let word = first.and_then(|line| line.split_whitespace().next());
    matches!(word, Some("load" | "load_with_nhcb" | "clear"))
}
