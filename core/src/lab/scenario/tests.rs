//! What the scenario reader accepts and refuses, and with which words.

use super::*;
use crate::base::time::{Millis, Timestamp};
use crate::scrape::Compatibility;

const MANIFEST: &str = "seed: 9\nstart: 2026-03-02T09:00:00Z\ncompatibility: \"2.13\"\nrunning_for: 15m\n\
    machine:\n  address: 10.0.0.1\n  services: {docker: {image: engine}}\n\
    traffic: {service: web, path: /, per_second: 6}\n";
const COMPOSE: &str = "name: shop\nservices:\n  log:\n    image: log\n    ports: [\"80\", 81]\n    deploy: {replicas: 2}\n  \
    web:\n    image: web:1\n    ports: [\"8010:80\", {published: 8011, target: 81}]\n    depends_on: [log]\n    \
    volumes: [./prometheus.yml:/etc/p.yml:ro, data:/data]\n    extra_hosts: [\"HOST:host-gateway\"]\n    \
    environment: {A: 1}\n    restart: on-failure:3\nnetworks: {nat: {external: true}}\n";

fn read(manifest: &str, compose: &str) -> Result<Scenario, Vec<Problem>> {
    let files = [(MANIFEST_FILE, manifest), (COMPOSE_FILE, compose), ("prometheus.yml", "global: {}\n")];
    Scenario::read("shop", files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
}

#[test]
fn a_scenario_is_read_whole() {
    let scenario = read(MANIFEST, COMPOSE).unwrap();
    let Scenario { manifest, compose, .. } = &scenario;
    assert_eq!(manifest.start, Timestamp(1_772_442_000_000));
    assert_eq!(manifest.running_for, Millis::from_minutes(15));
    assert_eq!(manifest.compatibility, Compatibility::V2_13);
    assert_eq!(manifest.machine_services["docker"].image, "engine");
    assert_eq!(manifest.traffic.as_ref().unwrap().per_second, 6.0);
    assert_eq!(
        (compose.project.as_str(), compose.networks.as_slice()),
        ("shop", ["nat".to_owned()].as_slice())
    );
    let [log, web] = compose.services.as_slice() else { panic!() };
    assert_eq!((log.replicas, web.replicas), (2, 1));
    assert_eq!(log.ports, [Port { host: None, container: 80 }, Port { host: None, container: 81 }]);
    assert_eq!(
        web.ports,
        [Port { host: Some(8010), container: 80 }, Port { host: Some(8011), container: 81 }]
    );
    assert_eq!(web.mounts, [Mount { source: "prometheus.yml".into(), target: "/etc/p.yml".into() }]);
    assert_eq!(web.extra_hosts, [("HOST".to_owned(), "host-gateway".to_owned())]);
    assert_eq!(web.environment["A"], "1");
    assert_eq!((web.restart, web.depends_on.as_slice()), (Restart::OnFailure, ["log".to_owned()].as_slice()));
}

#[test]
fn every_file_counts_in_the_digest() {
    let digest = read(MANIFEST, COMPOSE).unwrap().digest();
    assert_ne!(read(&MANIFEST.replace("seed: 9", "seed: 8"), COMPOSE).unwrap().digest(), digest);
    assert_ne!(read(MANIFEST, &COMPOSE.replace("web:1", "web:2")).unwrap().digest(), digest);
}

#[test]
fn faults_name_file_and_line() {
    let fault = |manifest: &str, compose: &str| read(manifest, compose).unwrap_err()[0].to_string();
    let in_manifest = |from: &str, to: &str| fault(&MANIFEST.replace(from, to), COMPOSE);
    let in_compose = |from: &str, to: &str| fault(MANIFEST, &COMPOSE.replace(from, to));
    assert_eq!(in_manifest("seed:", "sead:"), "1:1: scenario.yaml: field sead not found in type scenario");
    assert_eq!(
        in_manifest("2026-03-02T", "2026-03-02 T"),
        "2:8: scenario.yaml: expected an instant such as 2026-03-02T09:00:00Z"
    );
    assert_eq!(
        in_manifest("start: 2026-03-02T09:00:00Z\n", ""),
        "1:1: scenario.yaml: field start is missing"
    );
    assert_eq!(
        in_compose("image: log", "imag: log"),
        "4:5: compose.yaml: field imag not found in type service"
    );
    assert_eq!(
        in_compose("\"8010:80\"", "\"8010:8o\""),
        "9:13: compose.yaml: invalid containerPort: 8010:8o"
    );
    assert!(
        in_compose("[log]", "[lag]")
            .ends_with("service \"web\" depends on undefined service \"lag\": invalid compose project")
    );
    assert!(in_compose("replicas: 2", "replicas: 51").ends_with("service \"log\" has more than 50 replicas"));
    assert_eq!(in_compose("./prometheus.yml", "./alerts.yml"), "alerts.yml: no such file");
    assert_eq!(
        in_compose("services:", "services: ["),
        "4:10: compose.yaml: did not find expected ',' or '}'"
    );
}
