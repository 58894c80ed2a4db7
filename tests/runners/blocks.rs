//! Blocks of a Prometheus, read and written, and what the real programs say of ours (`REAL_PROMETHEUS=DIR`).

mod real;

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::export;
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::tsdb::block::{self, BlockFiles};
use scrapeyard_core::tsdb::{Head, Samples};

use crate::frame::conformance;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    if let Some(folder) = conformance::find("tsdb-block/index_format_v1") {
        trials.push(Trial::test("blocks/index-version-1", move || version_1(&folder)));
    }
    if let Some(folder) = conformance::find("tsdb-block/repair_index_version/01BZJ9WJQPWHGNC2W4J9TA62KC") {
        trials.push(Trial::test("blocks/meta-version-2", move || meta_version_2(&folder)));
    }
    trials.extend(real::trials());
    trials
}

/// The files of a block's folder; what is not there is empty.
pub fn files_in(folder: &Path) -> Result<BlockFiles, Failed> {
    let mut files = BlockFiles::default();
    for path in ["meta.json", "index", "tombstones"] {
        if let Ok(bytes) = std::fs::read(folder.join(path)) {
            files.put(path, bytes);
        }
    }
    let mut chunks: Vec<_> = std::fs::read_dir(folder.join("chunks"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    chunks.sort();
    for chunk in chunks {
        files.chunks.push(std::fs::read(chunk)?);
    }
    Ok(files)
}

fn read(files: &BlockFiles) -> Result<Head, Failed> {
    let mut head = Head::new();
    block::read_into(&mut head, files).map_err(|error| error.to_string())?;
    Ok(head)
}

/// A block with an index of version 1: as many series, chunks and samples as it says, and the same again from a block
/// that we write of it.
fn version_1(folder: &Path) -> Result<(), Failed> {
    let files = files_in(folder)?;
    let mut head = Head::new();
    let meta = block::read_into(&mut head, &files).map_err(|error| error.to_string())?;
    let held = head.size();
    if (held.series, held.chunks, held.samples) != (meta.series, meta.chunks, meta.samples)
        || meta.series != 102
    {
        return Err(format!("{held:?}, the block says {meta:?}").into());
    }
    if head.label_values("bar", &[]).len() != 100 || head.label_values("foo", &[]).len() != 2 {
        return Err("other labels than the block has".into());
    }
    let (_, again) = block::write(&head).ok_or("nothing was written")?;
    if read(&again)?.digest() == head.digest() { Ok(()) } else { Err("written as another store".into()) }
}

/// What Prometheus 2.0's release candidates wrote is refused in the real promtool's words.
fn meta_version_2(folder: &Path) -> Result<(), Failed> {
    match block::read_into(&mut Head::new(), &files_in(folder)?) {
        Err(error) if error.reason == "unexpected meta file version 2" => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

/// Floats, whole and float histograms, stale markers, late and deleted samples: an hour and a half of each.
pub fn workload() -> Result<Head, Failed> {
    let script = "load 15s\n\
        requests_total{code=\"200\"} 0+3x100 _x20 1+7x240\n\
        requests_total{code=\"500\",path=\"/q\\\"uote\"} 0+1x300 stale 5+1x50\n\
        temperature{room=\"한국\"} -5+0.1x359\n\
        latency_seconds {{schema:3 count:10 sum:5 z_bucket:1 z_bucket_w:0.001 buckets:[2 3 4]}}+{{schema:3 count:6 sum:1.5 buckets:[1 2 3]}}x350\n\
        share {{schema:-53 custom_values:[0.1 0.5 1] count:2.5 sum:1 buckets:[0.5 1 1]}}+{{schema:-53 custom_values:[0.1 0.5 1] count:0.75 sum:0.5 buckets:[0.25 0.25 0.25]}}x200\n";
    let script = scrapeyard_core::promqltest::Script::read(script);
    if let Some(fault) = script.faults.first() {
        return Err(fault.reason.clone().into());
    }
    let mut loaded = Head::new();
    for (_, command) in &script.commands {
        if let scrapeyard_core::promqltest::Command::Load { step, with_native, lines } = command {
            scrapeyard_core::promqltest::load::load(&mut loaded, *step, *with_native, lines)
                .map_err(|fault| fault.reason)?;
        }
    }
    moved(&loaded)
}

/// The same samples at a time that a Prometheus of today takes, with a few late ones and some deleted.
fn moved(loaded: &Head) -> Result<Head, Failed> {
    const BEGIN: i64 = 1_700_000_000_000;
    let mut head = Head::new();
    let window = Millis::from_minutes(60);
    head.set_options(scrapeyard_core::tsdb::HeadOptions { out_of_order_window: window, ..*head.options() });
    let mut samples = Samples::default();
    for id in loaded.series_ids() {
        samples.clear();
        loaded.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        let own = head.series_id(loaded.labels(id));
        for (place, time) in samples.times.iter().enumerate() {
            let at = Timestamp(BEGIN + time);
            match samples.histograms.get(place) {
                Some(histogram) => head.append_whole_histogram(own, at, histogram),
                None => head.append(own, at, samples.values[place]),
            }
            .map_err(|error| error.to_string())?;
        }
    }
    let late = head.series_id(&Labels::from_pairs([("__name__", "temperature"), ("room", "한국")]));
    for at in 0..40 {
        head.append(late, Timestamp(BEGIN + 3_600_000 + at * 15_000 + 7_500), 100.0)
            .map_err(|error| error.to_string())?;
    }
    let matchers = [scrapeyard_core::model::matcher::Matcher::equal("code", "200")];
    head.delete(&matchers, Timestamp(BEGIN + 600_000), Timestamp(BEGIN + 900_000));
    Ok(head)
}

/// The dump of a head, for comparing.
pub fn dump(head: &Head) -> String {
    export::dump(head)
}
