//! The stores behind the tables, and how the API is asked.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::exposition::Exemplar;
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::model::metric::{Metadata, MetricType};
use scrapeyard_core::promql::eval::Options;
use scrapeyard_core::promql::syntax;
use scrapeyard_core::promqltest::{Command, Script, load};
use scrapeyard_core::scrape::relabel::parse_rules;
use scrapeyard_core::scrape::{DroppedTarget, Health, PoolReport, TargetId, TargetReport};
use scrapeyard_core::tsdb::Head;
use scrapeyard_core::web_api::{
    self, Begun, Form, Scraping, SeriesExemplars, Server, Source, TargetFamilies, Timings,
};
use serde_json::Value;

/// The present, where nothing else is said.
pub const NOW: Timestamp = Timestamp(1_000_000_000);

/// What the table of all endpoints asks, as its expectations tell it: five metrics for 100 minutes.
const ENDPOINTS: &str = r#"load 1m
    test_metric1{foo="bar"} 0+100x100
    test_metric1{foo="boo"} 1+0x100
    test_metric2{foo="boo"} 1+0x100
    test_metric3{foo="bar", dup="1"} 1+0x100
    test_metric3{foo="boo", dup="1"} 1+0x100
    test_metric4{foo="bar", dup="1"} 1+0x100
    test_metric4{foo="boo", dup="1"} 1+0x100
    test_metric4{foo="boo"} 1+0x100
    test_metric5{"host.name"="localhost"} 1+0x100
    test_metric5{"junk\n{},=:  chars"="bar"} 1+0x100
"#;

/// What the tables of series and label names ask.
const SERIES: &str = r#"load 1m
    test_metric1{foo1="bar", baz="abc"} 0+100x100
    test_metric1{foo2="boo"} 1+0x100
    test_metric2{foo="boo"} 1+0x100
    test_metric2{foo="boo", xyz="qwerty"} 1+0x100
    test_metric2{foo="baz", abc="qwerty"} 1+0x100
"#;

static STORES: LazyLock<[Arc<Head>; 2]> =
    LazyLock::new(|| [ENDPOINTS, SERIES].map(|text| Arc::new(head(text))));

fn head(text: &str) -> Head {
    let mut head = Head::new();
    for (_, command) in &Script::read(text).commands {
        if let Command::Load { step, with_native, lines } = command {
            load::load(&mut head, *step, *with_native, lines).expect("the store of the tables");
        }
    }
    head
}

/// The source of the table of all endpoints.
pub fn of_endpoints() -> Source {
    source(Arc::clone(&STORES[0]))
}

/// The source of the tables of series and label names.
pub fn of_series() -> Source {
    source(Arc::clone(&STORES[1]))
}

fn source(head: Arc<Head>) -> Source {
    let flags = [("flag1", "value1"), ("flag2", "value2")].map(|(name, value)| (name.into(), value.into()));
    let server = Server {
        host: "localhost".into(),
        listen_address: "127.0.0.1:9090".into(),
        flags: BTreeMap::from(flags),
        ..Server::default()
    };
    let (options, language) = (Options::default(), syntax::Options::default());
    Source {
        head,
        now: NOW,
        options,
        language,
        server: Arc::new(server),
        scraping: None,
        exemplars: exemplars().into(),
    }
}

/// The exemplars that the table of all endpoints asks for, as its expectations tell them.
fn exemplars() -> Vec<SeriesExemplars> {
    vec![
        exemplars_of("test_metric3", "boo", &[("abc", 2000), ("abc2", 4053)]),
        exemplars_of("test_metric4", "bar", &[("lul", 4000)]),
    ]
}

/// The source of the table of exemplars alone.
pub fn of_exemplars() -> Source {
    let exemplars = vec![
        exemplars_of("test_metric3", "boo", &[("abc", 0)]),
        exemplars_of("test_metric4", "bar", &[("lul", 3000)]),
    ];
    Source { exemplars: exemplars.into(), ..of_endpoints() }
}

fn exemplars_of(name: &str, value: &str, ids: &[(&str, i64)]) -> SeriesExemplars {
    let exemplar = |(id, at): &(&str, i64)| Exemplar {
        labels: Labels::from_pairs([("id", *id)]),
        value: 10.0,
        at: Some(Timestamp(*at)),
    };
    SeriesExemplars {
        labels: Labels::from_pairs([("__name__", name), ("foo", value), ("dup", "1")]),
        exemplars: ids.iter().map(exemplar).collect(),
    }
}

/// A scraper whose targets say this of their metrics (the field `metadata` of a record).
pub fn with_metadata(records: &Value) -> Scraping {
    let families = records.as_array().into_iter().flatten().map(|target| TargetFamilies {
        target: Labels::from_pairs([("job", target["identifier"].as_str().unwrap_or_default())]),
        families: target["metadata"].as_array().into_iter().flatten().map(family).collect(),
    });
    Scraping { families: families.collect(), ..Scraping::default() }
}

fn family(record: &Value) -> (Arc<str>, Metadata) {
    let text = |field: &str| Arc::from(record[field].as_str().unwrap_or_default());
    let metric_type = match record["Type"].as_str() {
        Some("MetricTypeCounter") => MetricType::Counter,
        Some("MetricTypeGauge") => MetricType::Gauge,
        Some("MetricTypeSummary") => MetricType::Summary,
        Some("MetricTypeHistogram") => MetricType::Histogram,
        _ => MetricType::Unknown,
    };
    (text("MetricFamily"), Metadata { metric_type, help: text("Help"), unit: text("Unit") })
}

/// A scraper with the job whose relabeling the table asks for.
pub fn with_rules() -> Scraping {
    let rules = "- { target_label: __address__, replacement: 'example.com:443', regex: '', separator: '' }\n\
                 - { source_labels: [__address__], regex: 'example\\.com:.*', separator: '', replacement: '', action: drop }\n\
                 - { target_label: job, regex: '.*', replacement: should_not_apply, separator: '' }\n";
    let rules = parse_rules(rules).expect("the rules of the table");
    Scraping { rules: vec![("testpool3".into(), rules, false)], ..Scraping::default() }
}

/// The scraper of the table's targets: one that works, one that does not, one that was dropped.
pub fn with_targets() -> Scraping {
    let labels = |pairs: &[(&str, &str)]| Labels::from_pairs(pairs.iter().copied());
    let target = |job: &str, url: &str, parameters: &[(&str, &str)], outcome: (&str, f64, i64, i64)| {
        let (error, seconds, interval, timeout) = outcome;
        let discovered = [
            ("__always_scrape_classic_histograms__", "false"),
            ("__convert_classic_histograms_to_nhcb__", "false"),
            ("__scrape_interval__", "0s"),
            ("__scrape_native_histograms__", "false"),
            ("__scrape_timeout__", "0s"),
        ];
        TargetReport {
            id: TargetId(0),
            job: job.into(),
            url: url.into(),
            labels: labels(&[("job", job)]),
            discovered: labels(&[&discovered[..], parameters].concat()),
            health: if error.is_empty() { Health::Up } else { Health::Down },
            last_error: error.into(),
            last_scrape: Some(super::expected::SCRAPED_AT),
            last_duration_seconds: seconds,
            next_scrape: NOW,
            interval: Millis::from_secs(interval),
            timeout: Millis::from_secs(timeout),
            history: Vec::new(),
        }
    };
    let probed = target(
        "blackbox",
        "http://localhost:9115/probe?target=example.com",
        &[("__param_target", "example.com")],
        ("failed: missing port in address", 0.1, 20, 10),
    );
    let dropped = labels(&[
        ("__address__", "http://dropped.example.com:9115"),
        ("__always_scrape_classic_histograms__", "false"),
        ("__convert_classic_histograms_to_nhcb__", "false"),
        ("__metrics_path__", "/probe"),
        ("__scheme__", "http"),
        ("__scrape_interval__", "30s"),
        ("__scrape_native_histograms__", "false"),
        ("__scrape_timeout__", "15s"),
        ("job", "blackbox"),
    ]);
    let pool = |job: &str, target, dropped: Vec<DroppedTarget>| PoolReport {
        job: job.into(),
        targets: vec![target],
        dropped_count: dropped.len() as u64,
        dropped,
        failures: Vec::new(),
    };
    let plain = target("test", "http://example.com:8080/metrics", &[], ("", 0.07, 15, 5));
    Scraping {
        pools: vec![
            pool("blackbox", probed, vec![DroppedTarget { discovered: dropped }]),
            pool("test", plain, Vec::new()),
        ],
        ..Scraping::default()
    }
}

/// Asks the API with parameters; gives the status and the reply.
pub fn ask(
    source: &Source,
    method: &str,
    path: &str,
    form: &[(String, String)],
) -> Result<(u16, Value), String> {
    let reply = match begin(source, method, path, form) {
        Begun::Answered(reply) => reply,
        Begun::Deed(deed) => return Err(format!("{deed:?}")),
        Begun::Running(mut running) => {
            while !running.advance(100_000) {}
            running.reply(&Timings::default())
        }
    };
    let json = serde_json::from_str(&reply.body).map_err(|error| format!("{error}: {}", reply.body))?;
    Ok((reply.status, json))
}

/// Begins to ask the API.
pub fn begin(source: &Source, method: &str, path: &str, form: &[(String, String)]) -> Begun {
    let form = Form::of(form.iter().cloned());
    web_api::begin(&web_api::Request { method: method.into(), path: path.into(), form }, source)
}

/// A parameter.
pub fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
