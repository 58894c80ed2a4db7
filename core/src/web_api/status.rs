//! `status/…`: configuration, settings, build and runtime, and what the store is spent on.

use super::reply::ApiError;
use super::tables::{Answer, Asked, told};
use super::time::go_integer;
use crate::base::date;
use crate::base::json::{Object, write_list};
use crate::base::time::Timestamp;
use crate::tsdb::Tally;

/// How many entries the lists of `status/tsdb` have where nothing is said, and at most.
const TSDB_ENTRIES: (usize, i64) = (10, 10_000);

/// An instant as Go prints it: without zeros at the end of the fraction.
pub(super) fn date(at: Timestamp) -> String {
    let text = date::print(at);
    match text.strip_suffix('Z').and_then(|text| text.split_once('.')) {
        Some((seconds, fraction)) => {
            let fraction = fraction.trim_end_matches('0');
            let point = if fraction.is_empty() { "" } else { "." };
            format!("{seconds}{point}{fraction}Z")
        }
        None => text,
    }
}

/// `status/config`.
///
/// Differs: Prometheus prints the configuration anew with every default; this is its text as it was written.
pub fn configuration(asked: &Asked<'_>) -> Answer {
    let text = asked.source.scraping.as_ref().map_or("", |scraping| &scraping.configuration);
    told(&mut |json| {
        let mut object = Object::begin(json);
        object.text("yaml", text);
        object.end();
    })
}

/// `status/runtimeinfo`
pub fn runtime(asked: &Asked<'_>) -> Answer {
    let (source, server) = (asked.source, &asked.source.server);
    let scraping = source.scraping.as_ref();
    let reloaded_at = scraping.map_or(server.started, |scraping| scraping.reloaded_at);
    let retention = server.flags.get("storage.tsdb.retention.time").map_or("", String::as_str);
    told(&mut |json| {
        let mut object = Object::begin(json);
        object
            .text("startTime", &date(server.started))
            .text("CWD", &server.directory)
            .text("hostname", &server.host)
            .text("serverTime", &date(source.now))
            .plain("reloadConfigSuccess", scraping.is_none_or(|scraping| scraping.is_reloaded))
            .text("lastConfigTime", &date(Timestamp(reloaded_at.0.div_euclid(1000) * 1000)))
            .plain("corruptionCount", 0)
            // Nothing of Go runs here: threads are what there is.
            .plain("goroutineCount", server.threads)
            .plain("GOMAXPROCS", server.threads)
            .plain("GOMEMLIMIT", i64::MAX)
            .text("GOGC", "")
            .text("GODEBUG", "")
            .text("storageRetention", retention);
        object.end();
    })
}

/// `status/buildinfo`: the version is that of the Prometheus that is followed, by which clients choose what to ask.
pub fn build(asked: &Asked<'_>) -> Answer {
    let server = &asked.source.server;
    told(&mut |json| {
        let mut object = Object::begin(json);
        object.text("version", &server.version).text("revision", &server.revision);
        object.text("branch", "").text("buildUser", "").text("buildDate", "").text("goVersion", "");
        object.end();
    })
}

/// `status/flags`
pub fn flags(asked: &Asked<'_>) -> Answer {
    told(&mut |json| {
        let mut object = Object::begin(json);
        for (name, value) in &asked.source.server.flags {
            object.text(name, value);
        }
        object.end();
    })
}

/// `status/walreplay`: the store lives in memory, so there is nothing to replay.
pub fn wal_replay(_: &Asked<'_>) -> Answer {
    told(&mut |json| json.push_str("{\"min\":0,\"max\":0,\"current\":0}"))
}

/// `status/tsdb`
pub fn tsdb(asked: &Asked<'_>) -> Answer {
    let (default, most) = TSDB_ENTRIES;
    let entries = match asked.form.first("limit") {
        "" => default,
        text => match go_integer(text, "Atoi", i64::MAX) {
            Ok(limit) if limit > most => {
                return Err(ApiError::bad_data(format!("limit must not exceed {most}")));
            }
            Ok(limit) if limit > 0 => limit as usize,
            _ => return Err(ApiError::bad_data("limit must be a positive number")),
        },
    };
    let counted = asked.source.head.statistics(entries);
    told(&mut |json| {
        let mut object = Object::begin(json);
        let mut head = Object::begin(object.field("headStats"));
        head.plain("numSeries", counted.size.series)
            .plain("numLabelPairs", counted.label_pairs)
            .plain("chunkCount", counted.size.chunks)
            .plain("minTime", counted.size.min_time.map_or(i64::MAX, |at| at.0))
            .plain("maxTime", counted.size.max_time.map_or(i64::MIN, |at| at.0));
        head.end();
        for (name, tallies) in [
            ("seriesCountByMetricName", &counted.series_by_metric),
            ("labelValueCountByLabelName", &counted.values_by_label),
            ("memoryInBytesByLabelName", &counted.bytes_by_label),
            ("seriesCountByLabelValuePair", &counted.series_by_pair),
        ] {
            write_list(object.field(name), tallies, write_tally);
        }
        object.end();
    })
}

fn write_tally(json: &mut String, tally: &Tally) {
    let mut object = Object::begin(json);
    object.text("name", &tally.name).plain("value", tally.value);
    object.end();
}
