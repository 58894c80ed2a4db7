//! How fast pages and storage are on this machine: `cargo run --release -p scrapeyard-core --example storage`.
//! Prints a table and judges nothing.

// The one place in this package that reads a clock: it measures the library from outside.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::hint::black_box;
use std::time::Instant;

use scrapeyard_core::base::random::{Seed, Stream};
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::exposition::{Entry, Family, Format, Parser, Point, Suffix, write_page};
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::model::matcher::{MatchOp, Matcher};
use scrapeyard_core::model::metric::MetricType;
use scrapeyard_core::tsdb::{Head, Samples, SeriesId};

fn main() {
    pages();
    for (name, interval, step) in [
        ("constant", 1_000, constant as fn(&mut Stream, f64) -> f64),
        ("counter", 1_000, counter),
        ("fraction", 15_000, fraction),
    ] {
        storage(name, interval, step);
    }
    sharing(1_000);
    sharing(7_500);
    selection();
}

fn constant(_: &mut Stream, value: f64) -> f64 {
    value
}

fn counter(stream: &mut Stream, value: f64) -> f64 {
    if stream.bits() & 3 == 0 { value + (stream.bits() & 15) as f64 } else { value }
}

fn fraction(stream: &mut Stream, _: f64) -> f64 {
    stream.uniform()
}

/// The best of a few rounds, in seconds.
fn best(mut work: impl FnMut()) -> f64 {
    let rounds = (0..7).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    rounds.fold(f64::INFINITY, f64::min)
}

fn row(what: &str, seconds: f64, count: usize) {
    let each = seconds / count as f64 * 1e9;
    println!("{what:<44} {:>10.1} ns each {:>12.2} M/s", each, count as f64 / seconds / 1e6);
}

fn labels(number: usize) -> Labels {
    let name = ["http_requests_total", "process_cpu_seconds_total", "up", "go_goroutines"][number % 4];
    Labels::from_pairs([
        ("__name__", name.to_owned()),
        ("job", format!("job{}", number % 7)),
        ("instance", format!("10.0.0.{}:9090", number / 150)),
        ("path", format!("/p/{}", number % 150)),
    ])
}

fn with_series(count: usize) -> (Head, Vec<SeriesId>) {
    let mut head = Head::new();
    let ids = (0..count).map(|number| head.series_id(&labels(number))).collect();
    (head, ids)
}

fn storage(name: &str, interval: i64, step: fn(&mut Stream, f64) -> f64) {
    let (series, samples) = (1_000, 1_440);
    let mut stream = Seed(1).stream(name);
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let mut values: Vec<f64> = (0..series).map(|number| number as f64).collect();
    for _ in 0..samples {
        values.iter_mut().for_each(|value| *value = step(&mut stream, *value));
        rows.push(values.clone());
    }
    let mut full = Head::new();
    let append = best(|| {
        let (mut head, ids) = with_series(series);
        for (number, row) in rows.iter().enumerate() {
            for (id, value) in ids.iter().zip(row) {
                let _ = head.append(*id, Timestamp(number as i64 * interval), *value);
            }
        }
        full = head;
    });
    row(&format!("{name}: append"), append, series * samples);
    let mut columns = Samples::default();
    let read = best(|| {
        for id in full.series_ids() {
            columns.clear();
            full.read(id, Timestamp::MIN, Timestamp::MAX, &mut columns);
            black_box(&columns);
        }
    });
    row(&format!("{name}: read"), read, series * samples);
    let now = Timestamp((samples as i64 - 40) * interval);
    let window = best(|| {
        for id in full.series_ids() {
            columns.clear();
            full.read(id, now - Millis(20 * interval), now, &mut columns);
            black_box(&columns);
        }
    });
    row(&format!("{name}: read 20 samples, per series"), window, series);
    println!("{:<44} {:>10.3} bytes", format!("{name}: a sample"), full.statistics(0).bytes_a_sample());
}

fn sharing(series: usize) {
    let (mut head, ids) = with_series(series);
    let append_all = |head: &mut Head, at: i64| {
        for id in &ids {
            let _ = head.append(*id, Timestamp(at * 1000), at as f64);
        }
    };
    (0..3600).for_each(|at| append_all(&mut head, at));
    let clone = best(|| {
        black_box(head.clone());
    });
    row(&format!("clone a head of {series} series"), clone, 1);
    let digest = best(|| {
        black_box(head.digest());
    });
    row(&format!("digest of {series} series, per sample"), digest, series * 3600);
}

fn selection() {
    let (mut head, ids) = with_series(7_500);
    for id in &ids {
        let _ = head.append(*id, Timestamp(0), 1.0);
    }
    let matcher = |name: &str, op, value: &str| Matcher::new(name, op, value).expect("the pattern is good");
    for (what, matchers) in [
        (
            "{__name__=\"up\",job=\"job1\"}",
            vec![matcher("__name__", MatchOp::Equal, "up"), matcher("job", MatchOp::Equal, "job1")],
        ),
        (
            "{__name__=\"up\",path=~\"/p/1.*\"}",
            vec![matcher("__name__", MatchOp::Equal, "up"), matcher("path", MatchOp::Regex, "/p/1.*")],
        ),
        ("{job!=\"job1\"}", vec![matcher("job", MatchOp::NotEqual, "job1")]),
        (
            "{job=~\"job1|job2\",path!~\"/p/.\"}",
            vec![matcher("job", MatchOp::Regex, "job1|job2"), matcher("path", MatchOp::NotRegex, "/p/.")],
        ),
    ] {
        let mut found = 0;
        let seconds =
            best(|| found = black_box(head.select(&matchers, Timestamp::MIN, Timestamp::MAX)).len());
        row(&format!("select {what}: {found} of 7500"), seconds, 1);
    }
}

fn pages() {
    let mut family =
        Family::new("http_request_duration_seconds", MetricType::Histogram, "Latency of requests");
    for route in 0..12 {
        for bound in ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"] {
            let labels = Labels::from_pairs([
                ("le", bound.to_owned()),
                ("method", "GET".to_owned()),
                ("route", format!("/api/v1/{route}")),
            ]);
            family.points.push(Point::with_suffix(Suffix::Bucket, labels, f64::from(route * 1_000)));
        }
    }
    let families = [family];
    let lines = families[0].points.len();
    let mut page = String::new();
    let write = best(|| {
        for _ in 0..100 {
            page.clear();
            write_page(Format::Text, &families, &mut page);
        }
    });
    row("write a line of a page", write, lines * 100);
    let parse = |format, page: &str, with_labels: bool| {
        best(|| {
            for _ in 0..100 {
                let mut parser = Parser::new(page.as_bytes(), format);
                while let Ok(Some(entry)) = parser.next_entry() {
                    if let Entry::Sample(sample) = entry {
                        black_box((sample.series(), sample.value()));
                        if with_labels {
                            black_box(sample.labels());
                        }
                    }
                }
            }
        })
    };
    row("parse a line of text", parse(Format::Text, &page, false), lines * 100);
    row("parse a line of text and make its labels", parse(Format::Text, &page, true), lines * 100);
    let mut parser = Parser::new(page.as_bytes(), Format::Text);
    let mut known: Vec<Vec<u8>> = Vec::new();
    while let Ok(Some(entry)) = parser.next_entry() {
        if let Entry::Sample(sample) = entry {
            known.push(sample.series().to_vec());
        }
    }
    let again = best(|| {
        for _ in 0..100 {
            let mut parser = Parser::new(page.as_bytes(), Format::Text);
            let mut series = known.iter();
            let mut next = series.next();
            loop {
                if let Some(Ok(Some(sample))) = next.map(|series| parser.next_sample_of(series)) {
                    black_box(sample);
                    next = series.next();
                } else if !matches!(parser.next_entry(), Ok(Some(_))) {
                    break;
                }
            }
        }
    });
    row("parse a line of a known series", again, lines * 100);
    let mut openmetrics = String::new();
    write_page(Format::OpenMetrics, &families, &mut openmetrics);
    row("parse a line of OpenMetrics", parse(Format::OpenMetrics, &openmetrics, false), lines * 100);
    println!("{:<44} {:>10} bytes", "a page of 144 lines", page.len());
}
