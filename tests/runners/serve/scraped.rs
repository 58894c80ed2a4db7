//! The real Prometheus scrapes a lab that stands still, as text and as OpenMetrics; then it and the lab's observer,
//! who sees every container at that instant, are asked the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use scrapeyard_core::base::number::print_open_metrics;
use serde_json::Value;

use super::client::{data, get};
use super::program::Program;
use crate::frame::content;
use crate::runners::oracle::server::Server;

/// Containers and the jobs under which the lab's own Prometheus, and with it the observer, files them.
const CONTAINERS: [(&str, &str); 5] = [
    ("gallery-accesslog-1", "access-log"),
    ("gallery-iotd-1", "iotd-api"),
    ("gallery-image-gallery-1", "image-gallery"),
    ("docker", "docker"),
    ("gallery-prometheus-1", "prometheus"),
];

/// Asked of both, with `SCOPE` for the labels that tell the two ways of scraping apart.
const QUERIES: [&str; 6] = [
    "{job=~\".+\",SCOPE,__name__!~\"up|scrape_.+\"}",
    "count by (job) ({job=~\".+\",SCOPE,__name__!~\"up|scrape_.+\"})",
    "sum by (job, le) ({__name__=~\".+_bucket\",SCOPE})",
    "histogram_quantile(0.9, sum by (job, le) ({__name__=~\".+_bucket\",SCOPE}))",
    "max by (job, quantile) ({quantile!=\"\",SCOPE})",
    "topk(3, {__name__=~\"process_.+\",SCOPE})",
];

/// How long the real one may take to have scraped everything.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn run(folder: &Path, scratch: &Path) -> Result<(), Failed> {
    let scenario = scenario(scratch)?;
    let ours = Program::start(&["--scenario", &scenario, "--speed", "0"])?;
    let listed = get(ours.port, "/yard")?.body;
    for (container, _) in CONTAINERS {
        if !listed.contains(&format!("/yard/{container}/metrics\n")) {
            return Err(format!("{container} is not among\n{listed}").into());
        }
    }
    let real = Server::start(folder, scratch, &configuration(&ours)?, &[])?;
    wait(&real)?;
    let mut differences = Vec::new();
    for query in QUERIES {
        let expected = ask(ours.port, "/store/truth", &query.replace(",SCOPE", ""))?;
        if expected.is_empty() {
            differences.push(format!("{query}: the observer knows nothing"));
        }
        for scope in ["format=\"text\"", "format=\"openmetrics\""] {
            let actual = ask(real.port(), "", &query.replace("SCOPE", scope))?;
            differences.extend(compare(&format!("{query} {scope}"), &expected, &actual));
        }
    }
    differences.extend(metadata(&ours, &real)?);
    differences.truncate(20);
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// The scenario as version 3 runs it: the real one is of that version, and writes bounds of buckets in its way.
fn scenario(scratch: &Path) -> Result<String, Failed> {
    let folder = scratch.join("image-gallery");
    std::fs::create_dir_all(&folder)?;
    std::fs::create_dir_all(folder.join("lessons"))?;
    for (file, text) in content::scenario("image-gallery").ok_or("the scenario cannot be read")? {
        let text = text.replace("compatibility: \"2.13\"", "compatibility: \"3\"");
        std::fs::write(folder.join(file), text)?;
    }
    Ok(folder.to_string_lossy().into_owned())
}

/// A configuration that scrapes every container in both formats, under the observer's labels.
fn configuration(ours: &Program) -> Result<String, Failed> {
    let mut text = "global:\n  scrape_interval: 1s\nscrape_configs:\n".to_owned();
    for (container, job) in CONTAINERS {
        let instance = instance(ours, job)?;
        for (format, protocol) in [("text", "PrometheusText0.0.4"), ("openmetrics", "OpenMetricsText1.0.0")] {
            let _ = writeln!(
                text,
                "- job_name: {job}-{format}\n  scrape_protocols: [{protocol}]\n  \
                 metrics_path: /yard/{container}/metrics\n  static_configs:\n  - targets: ['127.0.0.1:{}']\n    \
                 labels: {{job: '{job}', instance: '{instance}', format: '{format}'}}",
                ours.port
            );
        }
    }
    Ok(text)
}

/// Under which instance the observer files a job's container.
fn instance(ours: &Program, job: &str) -> Result<String, Failed> {
    let query = format!("group by (instance) ({{job=\"{job}\"}})");
    let answer = data(ours.port, "/store/truth/api/v1/query", &[("query", &query)])?;
    match answer["result"].as_array().map(Vec::as_slice) {
        Some([only]) => Ok(only["metric"]["instance"].as_str().unwrap_or_default().to_owned()),
        _ => Err(format!("{job}: {answer}").into()),
    }
}

fn wait(real: &Server) -> Result<(), Failed> {
    let begun = Instant::now();
    let wanted = (2 * CONTAINERS.len()).to_string();
    loop {
        let answer = data(real.port(), "/api/v1/query", &[("query", "count(up == 1)")])?;
        if answer["result"][0]["value"][1] == *wanted {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            let targets = data(real.port(), "/api/v1/targets", &[("state", "active")])?;
            return Err(format!("not all is up: {targets}").into());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Values by label set, without the label that tells formats apart.
fn ask(port: u16, store: &str, query: &str) -> Result<BTreeMap<String, String>, Failed> {
    let answer = data(port, &format!("{store}/api/v1/query"), &[("query", query)])?;
    let mut values = BTreeMap::new();
    for element in answer["result"].as_array().into_iter().flatten() {
        let mut labels = element["metric"].clone();
        if let Some(labels) = labels.as_object_mut() {
            labels.remove("format");
            // The observer keeps bounds as the page writes them; version 3 stores them as OpenMetrics does.
            for bound in ["le", "quantile"].into_iter().filter(|_| !store.is_empty()) {
                let number = labels.get(bound).and_then(Value::as_str).and_then(|text| text.parse().ok());
                labels.extend(number.map(|number| (bound.to_owned(), print_open_metrics(number).into())));
            }
        }
        values.insert(labels.to_string(), element["value"][1].as_str().unwrap_or_default().to_owned());
    }
    Ok(values)
}

fn compare(
    what: &str,
    expected: &BTreeMap<String, String>,
    actual: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut differences = Vec::new();
    for (labels, value) in expected {
        match actual.get(labels) {
            Some(actual) if is_same(value, actual) => {}
            other => differences.push(format!("{what}: {labels}: ours {value}, real {other:?}")),
        }
    }
    let more = actual.keys().filter(|labels| !expected.contains_key(*labels));
    differences.extend(more.map(|labels| format!("{what}: {labels}: only the real one has it")));
    differences
}

/// Sums may differ in their last digit: the two add in different orders.
fn is_same(left: &str, right: &str) -> bool {
    let numbers = left.parse::<f64>().ok().zip(right.parse::<f64>().ok());
    left == right || numbers.is_some_and(|(left, right)| (left - right).abs() <= left.abs() * 1e-14)
}

/// Type and help of every family, as the lab's Prometheus and the real one know them.
fn metadata(ours: &Program, real: &Server) -> Result<Vec<String>, Failed> {
    let told = |port: u16, selector: &str| -> Result<BTreeMap<String, String>, Failed> {
        let answer = data(port, "/api/v1/targets/metadata", &[("match_target", selector)])?;
        let entry = |entry: &Value| {
            let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
            (text("metric"), format!("{} {:?} {:?}", text("type"), text("help"), text("unit")))
        };
        Ok(answer.as_array().into_iter().flatten().map(entry).collect())
    };
    let mut differences = Vec::new();
    for job in ["iotd-api", "image-gallery", "docker"] {
        let expected = told(ours.port, &format!("{{job=\"{job}\"}}"))?;
        let actual = told(real.port(), &format!("{{job=\"{job}\",format=\"text\"}}"))?;
        if expected.is_empty() {
            differences.push(format!("{job}: no metadata"));
        }
        differences.extend(compare(&format!("metadata of {job}"), &expected, &actual));
    }
    Ok(differences)
}
