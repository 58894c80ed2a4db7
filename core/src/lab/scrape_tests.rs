//! Scraping through the whole yard: kept connections, discovery, relabeling, and what a Prometheus shows
//! of itself.

use super::command::Range;
use super::played::Played;
use super::view::{HealthView, RelabelOutcome, Value};
use super::{Answer, Question, StoreId};
use crate::base::time::Millis;

const SCENARIO: &str = "seed: 9\nstart: 2026-03-02T09:00:00Z\nrunning_for: 1m\nmachine: {address: 10.0.0.1}\n\
                        traffic: {service: site, path: /, per_second: 6}\n";

impl Played {
    /// A site with its access log, and a Prometheus.
    pub(super) fn site(keep_alive_ms: &str, version: &str, config: &str) -> Self {
        let compose = format!(
            "name: shop\nservices:\n  accesslog:\n    image: diamol/ch09-access-log\n    ports: [\"80\"]\n    \
             environment: {{KEEP_ALIVE_TIMEOUT: \"{keep_alive_ms}\"}}\n    labels: {{monitored: \"yes\"}}\n  iotd:\n    \
             image: diamol/ch09-image-of-the-day\n    ports: [\"8011:80\"]\n  site:\n    \
             image: diamol/ch09-image-gallery\n    ports: [\"8010:80\"]\n    depends_on: [accesslog, iotd]\n  \
             lists:\n    image: nginx\n  prometheus:\n    image: prom/prometheus\n    volumes: [./prometheus.yml:/etc/prometheus/prometheus.yml]\n"
        );
        Self::of(&format!("compatibility: \"{version}\"\n{SCENARIO}"), &compose, config)
    }

    /// Lets seconds pass.
    pub(super) fn pass(&mut self, seconds: i64) {
        self.after(Millis::from_secs(seconds));
    }

    /// Does a command that is not refused.
    pub(super) fn done(&mut self, line: &str) {
        self.act(line).expect("a command that is not refused");
    }

    fn reload(&mut self, config: &str) {
        self.done(&format!("reload prometheus {config:?}"));
    }

    /// The values of an instant query.
    fn values(&self, store: StoreId, expression: &str) -> Vec<f64> {
        let range = Range::At(self.0.now());
        let question = Question::Query { store, range, expression: expression.to_owned() };
        let Answer::Query(view) = self.ask(&question) else { panic!() };
        let Value::Vector(points) = view.value else { panic!("{:?}", view.value) };
        points.iter().map(|point| point.value).collect()
    }

    pub(super) fn pulled(&self, expression: &str) -> f64 {
        let values = self.values(StoreId::Pulled, expression);
        assert_eq!(values.len(), 1, "{expression}: {values:?}");
        values[0]
    }

    pub(super) fn truth(&self, expression: &str) -> f64 {
        self.values(StoreId::Truth, expression)[0]
    }

    fn log(&self) -> String {
        let question = Question::Logs { container: "shop-prometheus-1".into(), since: 0 };
        let Answer::Logs(logs) = self.ask(&question) else { panic!() };
        logs.lines.iter().map(|line| line.text.clone() + "\n").collect()
    }
}

#[test]
fn targets_come_from_files_and_from_the_docker_engine() {
    let mut lab = Played::site("10", "3", "global: {scrape_interval: 5s}\n");
    lab.reload(
        "global: {scrape_interval: 5s}\nscrape_configs:\n\
         - job_name: listed\n  file_sd_configs: [{files: [targets/*.yml]}]\n\
         - job_name: engine\n  fallback_scrape_protocol: PrometheusText0.0.4\n  docker_sd_configs:\n  \
         - {host: \"unix:///var/run/docker.sock\", filters: [{name: label, values: [\"monitored=yes\"]}]}\n  \
         relabel_configs:\n  - {source_labels: [__meta_docker_container_label_com_docker_compose_service], target_label: service}\n\
         - job_name: elsewhere\n  docker_sd_configs: [{host: \"tcp://10.0.0.9:2375\"}]\n",
    );
    lab.done("file prometheus /etc/prometheus/targets/a.yml \"- targets: [site, iotd]\\n  labels: {team: web}\\n\"");
    lab.pass(20);
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
    lab.done("file prometheus /etc/prometheus/targets/a.yml \"- targets: [site]\\n\"");
    lab.pass(10);
    assert_eq!(lab.targets().jobs[0].targets.len(), 1);
    lab.done("file prometheus /etc/prometheus/targets/a.yml \"- target: [site]\\n\"");
    lab.pass(10);
    assert_eq!(lab.targets().jobs[0].targets.len(), 1, "a file that cannot be read changes nothing");
    assert!(lab.log().contains("field target not found"), "{}", lab.log());
}

#[test]
fn targets_come_from_a_web_server_and_redirects_are_followed() {
    let mut lab = Played::site(
        "10",
        "3",
        "global: {scrape_interval: 5s}\nscrape_configs:\n\
         - job_name: listed\n  http_sd_configs: [{url: \"http://lists/targets.json\", refresh_interval: 10s}]\n\
         - job_name: moved\n  metrics_path: /folder\n  fallback_scrape_protocol: PrometheusText0.0.4\n  \
         static_configs: [{targets: [lists]}]\n\
         - job_name: unmoved\n  metrics_path: /folder\n  follow_redirects: false\n  static_configs: [{targets: [lists]}]\n",
    );
    lab.pass(15);
    assert!(lab.log().contains("server returned HTTP status 404 Not Found"), "{}", lab.log());
    let list = "[{\"targets\": [\"site:80\", \"iotd:80\"], \"labels\": {\"zone\": \"a\"}}]";
    lab.done(&format!("file lists /usr/share/nginx/html/targets.json {list:?}"));
    lab.done("file lists /usr/share/nginx/html/folder/index.html \"a 1\\n\"");
    lab.pass(25);
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
    let mut lab = Played::site(
        "10",
        "3",
        "scrape_configs:\n- {job_name: site, scheme: https, scrape_interval: 5s, static_configs: [{targets: [\"site:80\"]}]}\n",
    );
    lab.pass(10);
    let error = "Get \"https://site:80/metrics\": http: server gave HTTP response to HTTPS client";
    assert_eq!(lab.targets().jobs[0].targets[0].last_error, error);
}

#[test]
fn relabeling_is_shown_rule_by_rule_and_other_rules_can_be_tried() {
    let config = "scrape_configs:\n- job_name: j\n  static_configs: [{targets: [\"site:80\", \"iotd:80\"]}]\n  relabel_configs:\n  \
                  - {source_labels: [__address__], regex: (.*):80, target_label: host}\n  \
                  - {source_labels: [host], regex: iotd, action: drop}\n  - {target_label: seen, replacement: \"yes\"}\n";
    let mut lab = Played::site("10", "3", config);
    lab.pass(20);
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
    let mut lab = Played::site("10", "3", config);
    lab.pass(120);
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
    lab.pass(10);
    assert_eq!(lab.pulled("prometheus_config_last_reload_successful"), 0.0);
}

#[test]
fn native_histograms_of_a_target_reach_the_store_where_its_job_scrapes_them() {
    let config = |fields: &str| {
        format!(
            "scrape_configs:\n- {{job_name: prometheus, scrape_interval: 5s, static_configs: [{{targets: [\"localhost:9090\"]}}]{fields}}}\n"
        )
    };
    let duration = "prometheus_http_request_duration_seconds";
    let classic = format!("count({duration}_bucket{{handler=\"/metrics\"}}) or vector(0)");
    let native = format!("histogram_count({duration}{{handler=\"/metrics\"}})");
    let mut lab = Played::site("10", "3", &config(""));
    lab.pass(60);
    assert_eq!(lab.pulled(&classic), 10.0);
    assert_eq!(lab.pulled(&format!("count({native}) or vector(0)")), 0.0);
    lab.reload(&config(", scrape_native_histograms: true"));
    lab.pass(60);
    assert_eq!(lab.pulled(&classic), 0.0, "the classic series are stale");
    let requests = lab.pulled("prometheus_http_requests_total{handler=\"/metrics\"}");
    assert_eq!(lab.pulled(&native), requests);
    let median =
        lab.pulled(&format!("histogram_quantile(0.5, rate({duration}{{handler=\"/metrics\"}}[30s]))"));
    assert!((0.003_6..0.004_4).contains(&median), "a page takes 4 ms: {median}");
    lab.reload(&config(", scrape_native_histograms: true, always_scrape_classic_histograms: true"));
    lab.pass(60);
    assert_eq!((lab.pulled(&classic), lab.pulled(&format!("count({native})"))), (10.0, 1.0));
    let mut old = Played::site("10", "2.13", &config(""));
    old.pass(30);
    assert_eq!(old.pulled(&classic), 10.0);
}

#[test]
fn metric_relabeling_is_shown_rule_by_rule_over_the_last_page() {
    let config = "scrape_configs:\n- job_name: j\n  scrape_interval: 5s\n  static_configs: [{targets: [\"localhost:9090\"]}]\n  \
                  metric_relabel_configs:\n  - {source_labels: [__name__], regex: go_.*, action: drop}\n  \
                  - {source_labels: [le], regex: (.+), target_label: bound}\n";
    let mut lab = Played::site("10", "3", config);
    lab.pass(20);
    let target = lab.targets().jobs[0].targets[0].id;
    let digest = lab.0.digest();
    let ask = |rules: Option<&str>| {
        let question =
            Question::MetricRelabeling { store: StoreId::Pulled, target, rules: rules.map(str::to_owned) };
        match lab.ask(&question) {
            Answer::MetricRelabeling(view) => *view,
            other => panic!("{other:?}"),
        }
    };
    let view = ask(None);
    assert_eq!(view.kept as f64, lab.pulled("scrape_samples_post_metric_relabeling"));
    assert_eq!(view.series as f64, lab.pulled("scrape_samples_scraped"));
    let [drops, sets] = view.steps.as_slice() else { panic!("{:?}", view.steps) };
    assert_eq!((drops.reached, drops.changed), (view.series, 0));
    assert_eq!((sets.reached, sets.dropped), (view.series - drops.dropped, 0));
    assert!(drops.dropped > 20 && drops.examples.iter().all(|(_, after)| after.is_none()));
    let bound = sets.examples.iter().find_map(|(_, after)| after.as_ref()?.get("bound"));
    assert_eq!(bound, Some("0.1"));
    assert!(lab.pulled("count({bound=\"1.0\"})") > 0.0, "as it is stored");
    let merged = ask(Some("- {regex: quantile, action: labeldrop}\n"));
    assert!(merged.merged > 0 && merged.kept + merged.merged == merged.series);
    let nameless = ask(Some("- {regex: __name__, action: labeldrop}\n"));
    assert_eq!(nameless.kept, 0);
    assert!(nameless.refused.is_some_and(|(_, error)| error.starts_with("missing metric name")));
    assert_eq!(lab.0.digest(), digest, "a question changes nothing");
}

#[test]
fn the_truth_has_the_bounds_that_a_scrape_would_read() {
    let config =
        "scrape_configs:\n- {job_name: prometheus, static_configs: [{targets: [\"localhost:9090\"]}]}\n";
    for (version, bound) in [("3", "1.0"), ("2.13", "1")] {
        let mut lab = Played::site("10", version, config);
        lab.pass(90);
        let buckets = format!("count(prometheus_http_request_duration_seconds_bucket{{le=\"{bound}\"}})");
        assert_eq!((lab.truth(&buckets), lab.pulled(&buckets)), (1.0, 1.0), "{version}");
    }
}
