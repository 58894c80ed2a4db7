//! `scrapeyard tsdb`: blocks of a Prometheus listed, dumped and made, as `promtool tsdb` does it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use scrapeyard_core::base::time::Millis;
use scrapeyard_core::lab::export;
use scrapeyard_core::tsdb::block::{self, BlockFiles, BlockMeta};

use crate::dataset::Dataset;
use crate::folder;

/// The arguments of `tsdb`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, clap::Subcommand)]
enum Deed {
    /// Lists the blocks in a folder, a line each.
    List {
        /// A block, or a folder of blocks.
        folder: PathBuf,
    },
    /// Prints every sample: labels, value, milliseconds.
    Dump {
        /// A block, a folder of blocks, a tar archive of blocks, or another file of samples.
        path: PathBuf,
    },
    /// Makes one block of files of samples; prints its folder.
    Create {
        /// OpenMetrics or text with timestamps, scripts, blocks.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Where the block's folder is made.
        #[arg(long, default_value = "data")]
        output: PathBuf,
    },
}

/// Does it; fails when a file cannot be read or written.
pub fn run(arguments: &Arguments) -> ExitCode {
    let outcome = match &arguments.deed {
        Deed::List { folder } => list(folder),
        Deed::Dump { path } => head(std::slice::from_ref(path)).map(|head| export::dump(&head)),
        Deed::Create { files, output } => create(files, output),
    };
    match outcome {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn head(files: &[PathBuf]) -> Result<scrapeyard_core::tsdb::Head, String> {
    let mut dataset = Dataset::default();
    files.iter().try_for_each(|file| dataset.read(file))?;
    dataset.into_head()
}

fn create(files: &[PathBuf], output: &Path) -> Result<String, String> {
    let (name, files) = block::write(&head(files)?).ok_or("no samples, so no block")?;
    folder::write(output, &name, &files).map(|folder| format!("{}\n", folder.display()))
}

/// The table of `promtool tsdb list`.
fn list(path: &Path) -> Result<String, String> {
    let mut rows = vec![
        ["BLOCK ULID", "MIN TIME", "MAX TIME", "DURATION", "NUM SAMPLES", "NUM CHUNKS", "NUM SERIES", "SIZE"]
            .map(str::to_owned),
    ];
    for (folder, files) in folder::blocks(path)? {
        let meta = BlockMeta::read(&files.meta).map_err(|error| format!("{}: {error}", folder.display()))?;
        rows.push(row(&meta, &files));
    }
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0) + 2;
    let widths: Vec<usize> = (0..8).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<String>().trim_end());
        text.push('\n');
    }
    Ok(text)
}

fn row(meta: &BlockMeta, files: &BlockFiles) -> [String; 8] {
    let size: usize = files.paths().map(|(_, bytes)| bytes.len()).sum();
    [
        meta.ulid.clone(),
        meta.min_time.to_string(),
        meta.max_time.to_string(),
        length(Millis(meta.max_time.saturating_sub(meta.min_time))),
        meta.samples.to_string(),
        meta.chunks.to_string(),
        meta.series.to_string(),
        size.to_string(),
    ]
}

/// A length of time as Go prints it: `2h0m0s`, `15.501s`.
fn length(length: Millis) -> String {
    let (seconds, millis) = (length.0 / 1000, length.0 % 1000);
    if seconds == 0 {
        return if millis == 0 { "0s".to_owned() } else { format!("{millis}ms") };
    }
    let fraction = match millis {
        0 => String::new(),
        _ => format!(".{millis:03}").trim_end_matches('0').to_owned(),
    };
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let hours_text = if hours > 0 { format!("{hours}h") } else { String::new() };
    let minutes_text = if seconds >= 60 { format!("{minutes}m") } else { String::new() };
    format!("{hours_text}{minutes_text}{}{fraction}s", seconds % 60)
}
