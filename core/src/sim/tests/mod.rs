//! The yard of the book's chapter, held against what the real one does.

mod chaos;
mod commands;
mod determinism;
mod life;
mod metrics;
mod network;
mod probe;
mod traffic;

use std::collections::BTreeMap;

use super::images::Image;
use super::{
    ActorId, Collect, ContainerView, Description, Ip, NetworkDescription, Placement, Program,
    ServiceDescription, TrafficDescription, Yard,
};
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::Suffix;
use crate::model::metric::MetricType;

/// A yard of the images that the yard itself knows.
type ChapterYard = Yard<Image>;

const START: Timestamp = Timestamp(1_770_000_000_000);

fn description(rate: f64) -> Description {
    let mut gallery =
        ServiceDescription::new("image-gallery", "diamol/ch09-image-gallery").publishing(Some(8010), 80);
    gallery.depends_on = vec!["accesslog".into(), "iotd".into()];
    let mut engine = ServiceDescription::new("docker", "docker-engine");
    engine.placement = Placement::Host;
    Description {
        project: "ch09".into(),
        network: NetworkDescription::default(),
        host_ip: Ip::new(192, 168, 65, 2),
        services: vec![
            ServiceDescription::new("accesslog", "diamol/ch09-access-log").publishing(None, 80),
            ServiceDescription::new("iotd", "diamol/ch09-image-of-the-day").publishing(Some(8011), 80),
            gallery,
            engine,
        ],
        traffic: TrafficDescription { port: 8010, path: "/".into(), rate },
    }
}

fn yard(rate: f64, seed: u64) -> ChapterYard {
    Yard::new(description(rate), Seed(seed), START).unwrap()
}

/// A yard in which everything runs, with no traffic so far.
fn warm_yard(seed: u64) -> ChapterYard {
    let mut yard = yard(0.0, seed);
    run(&mut yard, 20.0);
    yard
}

fn run(yard: &mut ChapterYard, seconds: f64) {
    run_any(yard, seconds);
}

fn run_any<P: Program>(yard: &mut Yard<P>, seconds: f64) {
    let until = yard.now() + Millis::from_secs_f64(seconds);
    let reached = yard.run_until(until, u64::MAX);
    assert!(reached.complete && reached.at == until);
}

fn view(yard: &ChapterYard, container: &str) -> ContainerView {
    yard.container(yard.find(container).unwrap()).unwrap()
}

/// The series of a page with their values, as `name{label="value"}`.
#[derive(Default)]
struct Series {
    family: String,
    values: BTreeMap<String, f64>,
    timestamps: BTreeMap<String, Timestamp>,
    types: BTreeMap<String, MetricType>,
}

impl Collect for Series {
    fn family(&mut self, name: &str, metric_type: MetricType, _help: &str) {
        name.clone_into(&mut self.family);
        let before = self.types.insert(name.to_owned(), metric_type);
        assert_eq!(before, None, "family {name} is there twice");
    }

    fn sample(&mut self, suffix: Suffix, labels: &[(&str, &str)], value: f64, at: Option<Timestamp>) {
        let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let series = format!("{}{}{labels}", self.family, suffix.text());
        self.timestamps.extend(at.map(|at| (series.clone(), at)));
        let before = self.values.insert(series.clone(), value);
        assert_eq!(before, None, "series {series} is there twice");
    }
}

fn series(yard: &ChapterYard, container: &str) -> Series {
    let mut series = Series::default();
    let actor: ActorId = yard.find(container).unwrap();
    assert!(yard.gather(actor, &mut series), "{container} does not run");
    series
}

/// The value of a series; 0 where it is not there.
fn value(yard: &ChapterYard, container: &str, name: &str) -> f64 {
    series(yard, container).values.get(name).copied().unwrap_or(0.0)
}

const GALLERY: &str = "ch09-image-gallery-1";
const IOTD: &str = "ch09-iotd-1";
const ACCESSLOG: &str = "ch09-accesslog-1";
const SERVED: &str = r#"image_gallery_requests_total{code="200",method="get"}"#;
const FAILED: &str = r#"image_gallery_requests_total{code="500",method="get"}"#;

fn logged(yard: &ChapterYard, container: &str) -> f64 {
    let hostname = view(yard, container).id;
    value(yard, container, &format!("access_log_total{{hostname=\"{hostname}\"}}"))
}
