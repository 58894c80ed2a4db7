//! Blocks between the real programs and ours: ours are listed, analysed, dumped and asked by the real ones, theirs are
//! read here, those of a server's head with native histograms among them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::promql::eval::QueryRange;
use scrapeyard_core::tsdb::{Encoding, Head, Samples, block};
use serde_json::Value;

use super::{dump, files_in, read, workload};
use crate::runners::oracle::{Server, ask, same, server, sorted};

pub fn trials() -> Vec<Trial> {
    let folder = std::env::var_os("REAL_PROMETHEUS").map(PathBuf::from);
    let Some(folder) = folder.filter(|folder| folder.join("prometheus").exists()) else {
        eprintln!(
            "\n*** NOT RUN: blocks/real-*, the real prometheus and promtool are not at hand (REAL_PROMETHEUS=DIR) ***\n"
        );
        return Vec::new();
    };
    let trial = |name: &str, run: fn(&Path, &Path) -> Result<(), Failed>| {
        let (folder, name) = (folder.clone(), name.to_owned());
        Trial::test(format!("blocks/{name}"), move || {
            let scratch = std::env::temp_dir().join(format!("scrapeyard-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&scratch)?;
            let outcome = run(&folder, &scratch);
            std::fs::remove_dir_all(&scratch)?;
            outcome
        })
    };
    vec![
        trial("real-promtool-takes-ours", promtool_takes_ours),
        trial("real-server-answers-from-ours", server_answers_from_ours),
        trial("real-blocks-are-read", theirs_are_read),
        trial("real-head-is-read", head_is_read),
    ]
}

/// What promtool says on its standard output.
fn promtool(folder: &Path, arguments: &[&str]) -> Result<String, Failed> {
    let output = Command::new(folder.join("promtool")).args(arguments).output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("promtool {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
}

/// Writes our block under `scratch/blocks`; gives that folder and the block's name.
fn written(scratch: &Path) -> Result<(PathBuf, String), Failed> {
    let (name, files) = block::write(&workload()?).ok_or("nothing was written")?;
    let blocks = scratch.join("blocks");
    std::fs::create_dir_all(blocks.join(&name).join("chunks"))?;
    // The dump wants a log beside the blocks, even an empty one.
    std::fs::create_dir_all(blocks.join("wal"))?;
    for (path, bytes) in files.paths() {
        std::fs::write(blocks.join(&name).join(path), bytes)?;
    }
    Ok((blocks, name))
}

fn promtool_takes_ours(folder: &Path, scratch: &Path) -> Result<(), Failed> {
    let (blocks, name) = written(scratch)?;
    let path = blocks.to_string_lossy();
    let list = promtool(folder, &["tsdb", "list", &path])?;
    if !list.lines().any(|line| line.starts_with(&name)) {
        return Err(format!("not listed:\n{list}").into());
    }
    let analysis = promtool(folder, &["tsdb", "analyze", "--extended", &path, &name])?;
    if !analysis.contains("Total Series: 5\n") {
        return Err(format!("analysed as\n{analysis}").into());
    }
    same_lines(&promtool(folder, &["tsdb", "dump", &path])?, &as_promtool_dumps(&workload()?))
}

/// Our dump without the samples that promtool's loses: it goes through a series in three loops, floats, float histograms,
/// whole ones, and each loop throws away the sample that ends it.
fn as_promtool_dumps(head: &Head) -> String {
    let mut kinds = Vec::new();
    for id in head.series_ids() {
        let mut samples = Samples::default();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        let chunks: Vec<_> = head.chunks(id).collect();
        kinds.push(
            samples
                .times
                .iter()
                .enumerate()
                .map(|(place, time)| {
                    let within = chunks.iter().find(|chunk| (chunk.min_time..=chunk.max_time).contains(time));
                    match samples.histograms.get(place) {
                        Some(_) => within.map_or(Encoding::Histogram, |chunk| chunk.encoding),
                        None => Encoding::Xor,
                    }
                })
                .collect::<Vec<_>>(),
        );
    }
    let (dump, mut lines) = (dump(head), String::new());
    let mut all = dump.lines();
    for kinds in kinds {
        let mut rest = kinds.iter().zip(all.by_ref().take(kinds.len()));
        for loops_over in [Encoding::Xor, Encoding::FloatHistogram, Encoding::Histogram] {
            for (_, line) in rest.by_ref().take_while(|(kind, _)| **kind == loops_over) {
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    lines
}

/// The same samples. Of two samples of one series the order counts; that of series is the labels' in both.
fn same_lines(theirs: &str, ours: &str) -> Result<(), Failed> {
    for (number, (their, our)) in theirs.lines().zip(ours.lines()).enumerate() {
        if their != our {
            return Err(format!("line {}:\n{their}\n{our}", number + 1).into());
        }
    }
    match (theirs.lines().count(), ours.lines().count()) {
        (theirs, ours) if theirs == ours && ours > 0 => Ok(()),
        counts => Err(format!("samples: {counts:?}").into()),
    }
}

fn server_answers_from_ours(folder: &Path, scratch: &Path) -> Result<(), Failed> {
    written(scratch)?;
    let head = workload()?;
    let server = Server::start(folder, scratch, "global: {}\n", &[])?;
    let at = |seconds: i64| Timestamp(1_700_000_000_000 + seconds * 1000);
    let ranges = [
        QueryRange::Instant(at(3_700)),
        QueryRange::Range { start: at(0), end: at(5_400), step: Millis(30_000) },
    ];
    let mut differences = Vec::new();
    for query in [
        "requests_total",
        "rate(requests_total[2m])",
        "count_over_time({__name__!=\"\"}[5m])",
        "temperature",
        "histogram_quantile(0.9, rate(latency_seconds[5m]))",
        "latency_seconds",
        "share",
        "histogram_sum(share)",
        "sum by (code) (increase(requests_total[10m]))",
        "count({__name__=~\".+\"})",
    ] {
        for range in ranges {
            let told =
                |text: &str| serde_json::from_str::<Value>(text).map_err(|error| format!("{query}: {error}"));
            let (real, ours) = (told(&server.ask(query, range)?)?, told(&ask(&head, query, range))?);
            if let Err(difference) = same(&sorted(real), &sorted(ours), 0.0) {
                differences.push(format!("{query} over {range:?}: {difference}"));
            }
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// Blocks that promtool makes are read, and written again to the same index, chunks and tombstones.
fn theirs_are_read(folder: &Path, scratch: &Path) -> Result<(), Failed> {
    let theirs = server::import(folder, scratch, &crate::runners::oracle::page())?;
    let (mut head, mut seen) = (Head::new(), 0);
    for entry in std::fs::read_dir(scratch.join("blocks"))?.flatten() {
        if !entry.path().join("meta.json").is_file() {
            continue;
        }
        let files = files_in(&entry.path())?;
        let (_, again) = block::write(&read(&files)?).ok_or("nothing was written")?;
        if again.index != files.index || again.chunks != files.chunks || again.tombstones != files.tombstones
        {
            return Err(format!("{} is written otherwise", entry.path().display()).into());
        }
        block::read_into(&mut head, &files).map_err(|error| error.to_string())?;
        seen += 1;
    }
    if seen < 2 {
        return Err("fewer blocks than the page spans".into());
    }
    let path = scratch.join("blocks");
    if theirs.is_empty() {
        return Err("an empty dump".into());
    }
    same_lines(&promtool(folder, &["tsdb", "dump", &path.to_string_lossy()])?, &dump(&head))
}

/// A server scrapes itself, native histograms among it, and makes a block of its head.
fn head_is_read(folder: &Path, scratch: &Path) -> Result<(), Failed> {
    std::fs::create_dir_all(scratch.join("blocks"))?;
    let server = Server::start(
        folder,
        scratch,
        "global: {}\n",
        &["--enable-feature=native-histograms", "--web.enable-admin-api"],
    )?;
    server.scrape_itself(scratch)?;
    std::thread::sleep(Duration::from_secs(10));
    server.post("/api/v1/admin/tsdb/snapshot")?;
    drop(server);
    let snapshots =
        std::fs::read_dir(scratch.join("blocks/snapshots"))?.flatten().next().ok_or("no snapshot")?.path();
    std::fs::create_dir_all(snapshots.join("wal"))?;
    let mut kinds = [0_u64; 3];
    let mut head = Head::new();
    for entry in
        std::fs::read_dir(&snapshots)?.flatten().filter(|entry| entry.path().join("meta.json").is_file())
    {
        block::read_into(&mut head, &files_in(&entry.path())?).map_err(|error| error.to_string())?;
    }
    let ids = head.series_ids();
    ids.flat_map(|id| head.chunks(id)).for_each(|chunk| kinds[chunk.encoding as usize - 1] += 1);
    if kinds.contains(&0) {
        return Err(format!("chunks of floats, whole and float histograms: {kinds:?}").into());
    }
    same_lines(&promtool(folder, &["tsdb", "dump", &snapshots.to_string_lossy()])?, &as_promtool_dumps(&head))
}
