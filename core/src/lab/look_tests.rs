//! What the views say of a Prometheus that has ended, of a file it cannot read, and of containers that did not start.

use std::collections::BTreeMap;

use super::played::Played;
use super::view::{
    ConfigView, ContainerState, ContainerView, ContainerVitals, DiscoveryView, LaneKind, LineChange,
    PageView, YardView,
};
use super::{Answer, Lab, Question, StoreId};
use crate::base::time::Millis;

const COMPOSE: &str = "name: shop\nservices:\n  log:\n    image: diamol/ch09-access-log\n    ports: [\"8080:80\"]\n  \
    prometheus:\n    image: prom/prometheus:v2.13.1\n    volumes: [./prometheus.yml:/etc/prometheus/prometheus.yml]\n    \
    extra_hosts: [\"ENGINE:host-gateway\"]\n";
const CONFIG: &str =
    "scrape_configs:\n- job_name: log\n  scrape_interval: 3s\n  static_configs:\n  - targets: [log]\n";
const MANIFEST: &str = "seed: 9\nstart: 2026-03-02T09:00:00Z\nrunning_for: 1m\ncompatibility: \"2.13\"\nmachine:\n  \
    address: 10.0.0.1\n  services: {docker: {image: docker-engine}}\n";

impl Played {
    fn new() -> Self {
        Self::of(MANIFEST, COMPOSE, CONFIG)
    }

    /// A yard whose log is asked by visitors, none of whom comes by himself.
    fn visited() -> Self {
        Self::of(&format!("{MANIFEST}traffic: {{service: log, path: /, per_second: 0}}\n"), COMPOSE, CONFIG)
    }

    fn yard(&self) -> YardView {
        let Answer::Yard(view) = self.ask(&Question::Yard) else { panic!() };
        view
    }

    fn container(&self, name: &str) -> ContainerView {
        let services = self.yard().services;
        services.into_iter().flat_map(|service| service.containers).find(|one| one.name == name).unwrap()
    }

    fn config(&self) -> ConfigView {
        let Answer::Config(view) = self.ask(&Question::Config(StoreId::Pulled)) else { panic!() };
        view
    }
}

#[test]
fn a_prometheus_that_was_ended_pulls_nothing_and_takes_no_reload() {
    for deed in ["kill", "stop"] {
        let mut lab = Played::new();
        let lanes = |yard: &YardView| yard.lanes.iter().filter(|lane| lane.kind == LaneKind::Scrapes).count();
        assert!(
            lab.targets().is_running && lab.targets().jobs[0].targets.len() == 1 && lanes(&lab.yard()) == 1
        );
        lab.act(&format!("{deed} prometheus")).unwrap();
        lab.after(Millis::from_secs(1));
        let targets = lab.targets();
        assert!(!targets.is_running && targets.jobs.is_empty(), "{deed}: {targets:?}");
        assert_eq!(lanes(&lab.yard()), 0, "{deed}");
        let refused = lab.act("reload prometheus \"global: {}\\n\"").unwrap_err();
        assert_eq!(refused.code, "not-running");
        let id = lab.container("shop-prometheus-1").id;
        assert_eq!(refused.text, format!("Container {id} is not running"));
        let config = lab.config();
        assert!(!config.is_running && config.text == CONFIG, "nothing was written: {config:?}");
        lab.act("start prometheus").unwrap();
        lab.after(Millis::from_secs(10));
        assert!(lab.targets().is_running && lab.targets().jobs[0].targets.len() == 1);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_shown_with_its_error_and_can_be_mended() {
    let mut lab = Played::new();
    let remarks = lab.act("reload prometheus \"scrape_config: []\\n\"").unwrap();
    assert_eq!(remarks[0].code, "config-refused");
    assert!(lab.config().is_running && lab.config().text == CONFIG, "the old one goes on");
    lab.act("restart prometheus").unwrap();
    lab.after(Millis::from_secs(5));
    let ContainerState::Exited { code: 2, by_hand: false } = lab.container("shop-prometheus-1").state else {
        panic!("{:?}", lab.container("shop-prometheus-1").state)
    };
    let config = lab.config();
    assert_eq!((config.is_running, config.text.as_str()), (false, "scrape_config: []\n"));
    let problem = config.reload_problem.unwrap();
    assert_eq!(problem.place.map(|place| place.line), Some(1));
    assert!(problem.text.contains("field scrape_config not found"), "{problem}");
    let logs = lab.ask(&Question::Logs { container: "shop-prometheus-1".into(), since: 0 });
    let Answer::Logs(logs) = logs else { panic!() };
    assert!(logs.lines.last().unwrap().text.contains("Error loading config"), "{logs:?}");
    assert_eq!(lab.act("write prometheus \"scrape_configs: []\\n\"").unwrap(), []);
    assert_eq!(lab.config().reload_problem, None);
    lab.act("start prometheus").unwrap();
    lab.after(Millis::from_secs(5));
    assert!(lab.config().is_running && lab.config().text == "scrape_configs: []\n");
}

#[test]
fn what_a_lab_does_not_carry_out_is_remarked_with_its_line() {
    let mut lab = Played::new();
    let text = "scrape_configs:\\n- job_name: cloud\\n  scrape_interval: 7s\\n  ec2_sd_configs: [{region: eu}]\\n\
                - job_name: bare\\nremote_write:\\n- url: http://far/\\n";
    let remarks = lab.act(&format!("reload prometheus \"{text}\"")).unwrap();
    let said: Vec<String> = remarks.iter().map(|remark| format!("{} {remark}", remark.code)).collect();
    assert!(said[0].starts_with("unsimulated 4:") && said[0].contains("ec2_sd_configs"), "{said:?}");
    assert!(said[1].starts_with("unsimulated 6:") || said[1].starts_with("unsimulated 7:"), "{said:?}");
    assert_eq!((remarks.len(), lab.config().remarks), (2, remarks));
    let jobs = lab.targets().jobs;
    assert_eq!(
        (jobs[0].interval, &*jobs[0].discovery),
        (Millis::from_secs(7), &[DiscoveryView::Unsimulated][..])
    );
    assert_eq!((jobs[1].interval, jobs[1].discovery.len()), (Millis::from_minutes(1), 0));
}

#[test]
fn a_container_says_why_it_did_not_start_and_who_ended_it() {
    let mut lab = Played::new();
    let remarks = lab.act("scale log 2").unwrap();
    let taken = "Bind for 0.0.0.0:8080 failed: port is already allocated";
    assert_eq!((remarks[0].code.as_ref(), remarks[1].text.as_str()), ("scale-warning", taken));
    let second = lab.container("shop-log-2");
    assert_eq!((second.state, second.start_refused.as_deref()), (ContainerState::Created, Some(taken)));
    assert_eq!(lab.container("shop-log-1").start_refused, None);
    lab.act("stop shop-log-1").unwrap();
    lab.after(Millis::from_secs(12));
    let stopped = lab.container("shop-log-1").state;
    assert!(matches!(stopped, ContainerState::Exited { by_hand: true, .. }), "{stopped:?}");
    assert!(!stopped.is_crashed());
    lab.act("start shop-log-2").unwrap();
    lab.after(Millis::from_secs(5));
    assert_eq!(lab.container("shop-log-2").start_refused, None);
    assert!(ContainerState::Exited { code: 137, by_hand: false }.is_crashed());
}

#[test]
fn the_machine_goes_by_the_names_that_containers_know() {
    assert_eq!(Played::new().yard().machine_names, ["ENGINE"]);
}

fn page(played: &Played, container: &str) -> PageView {
    let Answer::Page(view) = played.ask(&Question::Page { container: container.to_owned() }) else {
        panic!()
    };
    view
}

#[test]
fn a_page_says_what_changed_since_the_scrape_that_took_it_in_last() {
    let mut played = Played::visited();
    let scraped_at = |played: &Played| played.targets().jobs[0].targets[0].last_scrape;
    let first = scraped_at(&played);
    while scraped_at(&played) == first {
        played.after(Millis(10));
    }
    let fresh = page(&played, "shop-log-1");
    let changes = fresh.changes.clone().unwrap();
    assert_eq!((Some(changes.at), changes.job.as_str()), (scraped_at(&played), "log"));
    assert_eq!((changes.prometheus.as_str(), changes.instance.as_str()), ("shop-prometheus-1", "log:80"));
    assert!(changes.gone.is_empty());
    played.act("send log 3").unwrap();
    played.after(Millis::from_secs(1));
    let later = page(&played, "shop-log-1");
    let changes = later.changes.unwrap();
    assert!(changes.lines.len() > fresh.changes.unwrap().lines.len());
    for (place, change) in &changes.lines {
        let line = later.text.lines().nth(*place as usize).unwrap();
        if let LineChange::Changed { before, difference: Some(difference) } = change {
            let number = |text: &str| text.parse::<f64>().unwrap();
            let behind = line.split_once("} ").or_else(|| line.split_once(' ')).unwrap().1;
            let now = number(behind.split(' ').next().unwrap());
            assert!((now - number(before) - difference).abs() < 1e-9 * now.abs().max(1.0), "{line}");
        }
    }
    // Another container is scraped by nobody.
    assert_eq!(page(&played, "shop-prometheus-1").changes, None);
    // A process that began anew counts from the beginning, which is what a reader shall see.
    played.act("restart shop-log-1").unwrap();
    played.after(Millis(1500));
    let before = scraped_at(&played);
    if played.container("shop-log-1").has_metrics && before == scraped_at(&played) {
        let anew = page(&played, "shop-log-1").changes.unwrap();
        assert!(anew.lines.iter().any(
            |(_, change)| matches!(change, LineChange::Changed { difference: Some(less), .. } if *less < 0.0)
        ));
    }
}

fn vitals(played: &Played) -> Vec<ContainerVitals> {
    let Answer::Vitals(view) = played.ask(&Question::Vitals) else { panic!() };
    view.containers
}

#[test]
fn the_last_minutes_of_a_container_end_now_have_gaps_and_survive_a_restore() {
    let mut played = Played::visited();
    let log = |played: &Played| vitals(played).into_iter().find(|one| one.name == "shop-log-1").unwrap();
    let calm = log(&played);
    assert_eq!(calm.cpu_cores.len(), 12);
    let memory = calm.memory_bytes.last().unwrap().unwrap();
    assert!(memory > 1e6 && f64::from(memory) <= played.container("shop-log-1").memory_bytes * 2.0);
    played.act("send log 200").unwrap();
    played.after(Millis::from_secs(10));
    let busy = log(&played);
    let most = |row: &[Option<f32>]| row.iter().flatten().copied().fold(0.0, f32::max);
    assert!(most(&busy.requests_per_second) > most(&calm.requests_per_second));
    assert!(most(&busy.cpu_cores) > most(&calm.cpu_cores));
    played.act("kill shop-log-1").unwrap();
    played.after(Millis::from_secs(10));
    let ended = log(&played);
    assert_eq!((ended.cpu_cores.last(), ended.memory_bytes.last()), (Some(&None), Some(&None)));
    played.after(Millis::from_minutes(10));
    assert!(vitals(&played).iter().all(|one| one.cpu_cores.len() == 60 && one.memory_bytes.len() == 60));
    let (journal, checkpoint) = (played.0.journal().to_string(), played.0.checkpoint_now());
    let restored = Lab::restore(played.0.scenario().clone(), &journal, &checkpoint, BTreeMap::new()).unwrap();
    assert_eq!(vitals(&Played(restored)), vitals(&played));
    // A checkpoint without them, as it was written before there were any, is read all the same.
    let bare = checkpoint.len() - postcard::to_stdvec(&played.0.state().vitals).unwrap().len();
    let bare = Lab::restore(played.0.scenario().clone(), &journal, &checkpoint[..bare], BTreeMap::new());
    assert_eq!(vitals(&Played(bare.unwrap())), Vec::new());
}
