//! Scraping through the whole yard: kept connections, discovery, relabeling, and what a Prometheus shows
//! of itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::Range;
use super::scenario::Scenario;
use super::view::{HealthView, RelabelOutcome, TargetsView, Value};
use super::{Answer, Command, Lab, Question, StoreId};
use crate::base::time::Millis;

const SCENARIO: &str = "seed: 9\nstart: 2026-03-02T09:00:00Z\nrunning_for: 1m\nmachine: {address: 10.0.0.1}\n\
                        traffic: {service: site, path: /, per_second: 6}\n";

/// A site with its access log, and a Prometheus.
struct Played(Lab);

impl Played {
    fn new(keep_alive_ms: &str, version: &str, config: &str) -> Self {
        let compose = format!(
            "name: shop\nservices:\n  accesslog:\n    image: diamol/ch09-access-log\n    ports: [\"80\"]\n    \
             environment: {{KEEP_ALIVE_TIMEOUT: \"{keep_alive_ms}\"}}\n    labels: {{monitored: \"yes\"}}\n  iotd:\n    \
             image: diamol/ch09-image-of-the-day\n    ports: [\"8011:80\"]\n  site:\n    \
             image: diamol/ch09-image-gallery\n    ports: [\"8010:80\"]\n    depends_on: [accesslog, iotd]\n  \
             lists:\n    image: nginx\n  prometheus:\n    image: prom/prometheus\n    volumes: [./prometheus.yml:/etc/prometheus/prometheus.yml]\n"
        );
        let manifest = format!("compatibility: \"{version}\"\n{SCENARIO}");
        let files =
            [("scenario.yaml", manifest.as_str()), ("compose.yaml", &compose), ("prometheus.yml", config)];
        let files: BTreeMap<_, _> =
            files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let mut played = Self(Lab::open(Arc::new(Scenario::read("shop", files).unwrap()), None).unwrap());
        played.after(0);
        played
    }

    fn after(&mut self, seconds: i64) {
        let to = self.0.due() + Millis::from_secs(seconds);
        while self.0.is_behind() || self.0.now() < to {
            self.0.advance(to, 10_000).unwrap();
        }
    }

    fn act(&mut self, line: &str) {
        self.0.act(Command::parse(line).unwrap(), None).unwrap();
    }

    fn reload(&mut self, config: &str) {
        self.act(&format!("reload prometheus {config:?}"));
    }

    fn ask(&self, question: &Question) -> Answer {
        self.0.begin(question).unwrap().finish().unwrap()
    }

    fn targets(&self) -> TargetsView {
        let Answer::Targets(view) = self.ask(&Question::Targets(StoreId::Pulled)) else { panic!() };
        view
    }

    /// The values of an instant query.
    fn values(&self, store: StoreId, expression: &str) -> Vec<f64> {
        let range = Range::At(self.0.now());
        let question = Question::Query { store, range, expression: expression.to_owned() };
        let Answer::Query(view) = self.ask(&question) else { panic!() };
        let Value::Vector(points) = view.value else { panic!("{:?}", view.value) };
        points.iter().map(|point| point.value).collect()
    }

    fn pulled(&self, expression: &str) -> f64 {
        let values = self.values(StoreId::Pulled, expression);
        assert_eq!(values.len(), 1, "{expression}: {values:?}");
        values[0]
    }

    fn truth(&self, expression: &str) -> f64 {
        self.values(StoreId::Truth, expression)[0]
    }

    fn log(&self) -> String {
        let question = Question::Logs { container: "shop-prometheus-1".into(), since: 0 };
        let Answer::Logs(logs) = self.ask(&question) else { panic!() };
        logs.lines.iter().map(|line| line.text.clone() + "\n").collect()
    }
}

const DROP_HOSTNAME: &str = "\n  metric_relabel_configs: [{regex: hostname, action: labeldrop}]\n";

/// A name with three addresses whose counters differ: the first has counted for longest.
fn three_replicas(keep_alive_ms: &str, config: &str) -> Played {
    let mut lab = Played::new(keep_alive_ms, "2.13", config);
    lab.after(60);
    for replicas in [2, 3] {
        lab.act(&format!("scale accesslog {replicas}"));
        lab.after(90);
    }
    lab.after(240);
    lab
}

fn by_name(metric_relabeling: &str) -> String {
    format!(
        "scrape_configs:\n- job_name: log\n  scrape_interval: 3s\n  static_configs: [{{targets: [accesslog]}}]{metric_relabeling}"
    )
}

const TRUE_RATE: &str = "sum(rate(access_log_total[1m]))";

#[test]
fn it_sticks_to_one_of_the_three_where_connections_are_kept() {
    for relabeling in [DROP_HOSTNAME, "\n"] {
        let mut lab = three_replicas("60000", &by_name(relabeling));
        assert_eq!(lab.pulled("count(count by (hostname) (last_over_time(access_log_total[4m])))"), 1.0);
        let (rate, truth) = (lab.pulled(TRUE_RATE), lab.truth(TRUE_RATE));
        assert!((0.2..0.5).contains(&(rate / truth)), "a third is seen: {rate} of {truth}");
        assert_eq!(lab.pulled("sum(resets(access_log_total[4m]))"), 0.0);
        // It was the first of the three, since the connection is older than the others; when it goes, the next one
        // takes over.
        lab.act("kill shop-accesslog-1");
        lab.after(15);
        let jumped =
            lab.pulled("sum(changes(access_log_total[15s])) + count(last_over_time(access_log_total[30s]))");
        assert!(jumped >= 2.0, "{jumped}");
        assert_eq!(lab.pulled("up"), 1.0, "the dialler went on to another address");
    }
}

#[test]
fn targets_come_from_files_and_from_the_docker_engine() {
    let mut lab = Played::new("10", "3", "global: {scrape_interval: 5s}\n");
    lab.reload(
        "global: {scrape_interval: 5s}\nscrape_configs:\n\
         - job_name: listed\n  file_sd_configs: [{files: [targets/*.yml]}]\n\
         - job_name: engine\n  fallback_scrape_protocol: PrometheusText0.0.4\n  docker_sd_configs:\n  \
         - {host: \"unix:///var/run/docker.sock\", filters: [{name: label, values: [\"monitored=yes\"]}]}\n  \
         relabel_configs:\n  - {source_labels: [__meta_docker_container_label_com_docker_compose_service], target_label: service}\n\
         - job_name: elsewhere\n  docker_sd_configs: [{host: \"tcp://10.0.0.9:2375\"}]\n",
    );
    lab.act("file prometheus /etc/prometheus/targets/a.yml \"- targets: [site, iotd]\\n  labels: {team: web}\\n\"");
    lab.after(20);
    let targets = lab.targets();
    let urls: Vec<&str> = targets.jobs[0].targets.iter().map(|target| &*target.url).collect();
    assert_eq!(urls, ["http://iotd/metrics", "http://site/metrics"]);
    let found = targets.jobs[0].targets[1].discovered.get("__meta_filepath");
    assert_eq!(found, Some("/etc/prometheus/targets/a.yml"));
    let engine = &targets.jobs[1].targets;
    assert_eq!((engine.len(), engine[0].labels.get("service")), (1, Some("accesslog")), "{engine:?}");
    assert_eq!(engine[0].health, HealthView::Up);
    let discovered = |name| engine[0].discovered.get(name).unwrap_or_default();
    assert_eq!(discovered("__meta_docker_container_name"), "/shop-accesslog-1");
    assert_eq!(
        (discovered("__meta_docker_container_id").len(), discovered("__meta_docker_port_private")),
        (64, "80")
    );
    assert!(
        lab.log().contains("Cannot connect to the Docker daemon at tcp://10.0.0.9:2375."),
        "{}",
        lab.log()
    );
    lab.act("file prometheus /etc/prometheus/targets/a.yml \"- targets: [site]\\n\"");
    lab.after(10);
    assert_eq!(lab.targets().jobs[0].targets.len(), 1);
    lab.act("file prometheus /etc/prometheus/targets/a.yml \"- target: [site]\\n\"");
    lab.after(10);
    assert_eq!(lab.targets().jobs[0].targets.len(), 1, "a file that cannot be read changes nothing");
    assert!(lab.log().contains("field target not found"), "{}", lab.log());
}

#[test]
fn targets_come_from_a_web_server_and_redirects_are_followed() {
    let mut lab = Played::new(
        "10",
        "3",
        "global: {scrape_interval: 5s}\nscrape_configs:\n\
         - job_name: listed\n  http_sd_configs: [{url: \"http://lists/targets.json\", refresh_interval: 10s}]\n\
         - job_name: moved\n  metrics_path: /folder\n  fallback_scrape_protocol: PrometheusText0.0.4\n  \
         static_configs: [{targets: [lists]}]\n\
         - job_name: unmoved\n  metrics_path: /folder\n  follow_redirects: false\n  static_configs: [{targets: [lists]}]\n",
    );
    lab.after(15);
    assert!(lab.log().contains("server returned HTTP status 404 Not Found"), "{}", lab.log());
    let list = "[{\"targets\": [\"site:80\", \"iotd:80\"], \"labels\": {\"zone\": \"a\"}}]";
    lab.act(&format!("file lists /usr/share/nginx/html/targets.json {list:?}"));
    lab.act("file lists /usr/share/nginx/html/folder/index.html \"a 1\\n\"");
    lab.after(25);
    let jobs = lab.targets().jobs;
    assert_eq!(jobs[0].targets.len(), 2, "{}", lab.log());
    assert_eq!(jobs[0].targets[0].discovered.get("__meta_url"), Some("http://lists/targets.json"));
    assert_eq!(
        (lab.pulled("up{zone=\"a\",instance=\"site:80\"}"), lab.pulled("a{job=\"moved\"}")),
        (1.0, 1.0)
    );
    assert_eq!(jobs[2].targets[0].last_error, "server returned HTTP status 301 Moved Permanently");
}

#[test]
fn a_server_without_tls_is_told_from_one_that_is_down() {
    let mut lab = Played::new(
        "10",
        "3",
        "scrape_configs:\n- {job_name: site, scheme: https, scrape_interval: 5s, static_configs: [{targets: [\"site:80\"]}]}\n",
    );
    lab.after(10);
    let error = "Get \"https://site:80/metrics\": http: server gave HTTP response to HTTPS client";
    assert_eq!(lab.targets().jobs[0].targets[0].last_error, error);
}

#[test]
fn relabeling_is_shown_rule_by_rule_and_other_rules_can_be_tried() {
    let config = "scrape_configs:\n- job_name: j\n  static_configs: [{targets: [\"site:80\", \"iotd:80\"]}]\n  relabel_configs:\n  \
                  - {source_labels: [__address__], regex: (.*):80, target_label: host}\n  \
                  - {source_labels: [host], regex: iotd, action: drop}\n  - {target_label: seen, replacement: \"yes\"}\n";
    let mut lab = Played::new("10", "3", config);
    lab.after(20);
    let job = &lab.targets().jobs[0];
    assert_eq!((job.targets.len(), job.dropped.len(), job.dropped_count), (1, 1, 1));
    let digest = lab.0.digest();
    let ask = |discovered: &crate::model::labels::Labels, rules: Option<&str>| {
        let question = Question::Relabeling {
            store: StoreId::Pulled,
            job: "j".to_owned(),
            discovered: discovered.clone(),
            rules: rules.map(str::to_owned),
        };
        lab.0.begin(&question).unwrap().finish().map(|answer| match answer {
            Answer::Relabeling(view) => *view,
            other => panic!("{other:?}"),
        })
    };
    let kept = ask(&job.targets[0].discovered, None).unwrap();
    let steps: Vec<(bool, Option<&str>)> =
        kept.steps.iter().map(|step| (step.kept, step.labels.get("host"))).collect();
    assert_eq!(steps, [(true, Some("site")); 3]);
    let RelabelOutcome::Target { url, labels } = &kept.outcome else { panic!("{:?}", kept.outcome) };
    assert_eq!(
        (url.as_str(), labels.get("seen"), labels.get("instance")),
        ("http://site:80/metrics", Some("yes"), Some("site:80"))
    );
    let dropped = ask(&job.dropped[0], None).unwrap();
    assert_eq!(dropped.outcome, RelabelOutcome::Dropped);
    assert_eq!((dropped.steps.len(), dropped.steps[1].kept), (2, false));
    assert_eq!(ask(&job.dropped[0], Some(&kept.rules)).unwrap(), dropped, "what is shown can be tried");
    let tried = ask(&job.dropped[0], Some("- {target_label: __address__, replacement: a/b}\n")).unwrap();
    assert_eq!(tried.outcome, RelabelOutcome::Refused("\"a/b\" is not a valid hostname".to_owned()));
    let question = |rules: &str| Question::Relabeling {
        store: StoreId::Pulled,
        job: "j".to_owned(),
        discovered: job.dropped[0].clone(),
        rules: Some(rules.to_owned()),
    };
    let problems = lab.0.begin(&question("- {target_label: a}\n- {action: dance}\n")).unwrap_err();
    assert_eq!(problems[0].place.map(|place| place.line), Some(2), "{problems:?}");
    assert_eq!(lab.0.digest(), digest, "a question changes nothing");
}

#[test]
fn a_prometheus_scrapes_itself_and_tells_the_truth() {
    let config = "scrape_configs:\n- {job_name: prometheus, scrape_interval: 5s, static_configs: [{targets: [\"localhost:9090\"]}]}\n\
                  - {job_name: site, scrape_interval: 10s, static_configs: [{targets: [site]}]}\n\
                  - {job_name: nobody, scrape_interval: 10s, static_configs: [{targets: [nowhere]}]}\n";
    let mut lab = Played::new("10", "3", config);
    lab.after(120);
    assert_eq!(lab.pulled("up{job=\"prometheus\"}"), 1.0);
    // What was appended up to the scrape; the scrape itself comes on top.
    let own = lab.pulled("prometheus_tsdb_head_samples_appended_total{type=\"float\"}");
    let Answer::Stores(stores) = lab.ask(&Question::Stores) else { panic!() };
    let store = stores.iter().find(|store| matches!(store.store, StoreId::Prometheus(_))).unwrap();
    let counted = store.samples as f64;
    assert!(own < counted && own > 0.8 * counted, "{own} of {counted}");
    // The page was made before the scrape that brought it added its own series.
    let series = lab.pulled("prometheus_tsdb_head_series");
    assert!((series - store.series as f64).abs() <= 5.0, "{series} of {}", store.series);
    assert_eq!(
        lab.pulled("prometheus_target_interval_length_seconds{interval=\"5s\",quantile=\"0.99\"}"),
        5.0
    );
    assert_eq!(lab.pulled("prometheus_target_scrape_pool_targets{scrape_job=\"site\"}"), 1.0);
    let scrapes = lab.pulled("prometheus_target_interval_length_seconds_count{interval=\"10s\"}");
    assert!((scrapes - 2.0 * 17.0).abs() <= 4.0, "{scrapes} intervals of two targets in three minutes");
    // The site keeps its connection, nobody's name leads nowhere each time.
    assert_eq!(lab.pulled("net_conntrack_dialer_conn_established_total{dialer_name=\"site\"}"), 1.0);
    let failed =
        lab.pulled("net_conntrack_dialer_conn_failed_total{dialer_name=\"nobody\",reason=\"resolution\"}");
    assert!(failed >= 15.0, "{failed}");
    let requests = lab.pulled("prometheus_http_requests_total{handler=\"/metrics\",code=\"200\"}");
    assert_eq!(requests, lab.pulled("prometheus_http_request_duration_seconds_count"));
    assert_eq!(lab.pulled("prometheus_http_request_duration_seconds_bucket{le=\"0.1\"}"), requests);
    lab.reload("global: {scrape_interval: 5s}\nscrape_config: []\n");
    lab.after(10);
    assert_eq!(lab.pulled("prometheus_config_last_reload_successful"), 0.0);
}
