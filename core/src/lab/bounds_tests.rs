//! What a lab refuses, so that it can be read again and comes to an end.

use super::played::Played;
use super::view::{HealthView, RelabelOutcome};
use super::{Answer, LabFile, Question, StoreId};
use crate::base::time::Millis;
use crate::model::labels::Labels;

const COMPOSE: &str = "name: shop\nservices:\n  log:\n    image: diamol/ch09-access-log\n  \
    prometheus:\n    image: prom/prometheus\n    volumes: [./prometheus.yml:/etc/prometheus/prometheus.yml]\n";
const CONFIG: &str = "scrape_configs: []\n";
const MANIFEST: &str = "seed: 9\nstart: 2026-03-02T09:00:00Z\nrunning_for: 10s\n";

fn lab() -> Played {
    Played::of(MANIFEST, COMPOSE, CONFIG)
}

#[test]
fn a_command_whose_line_could_not_be_read_again_changes_nothing() {
    let mut lab = lab();
    let before = (lab.0.digest(), lab.0.journal().clone());
    // Without quotes the expression stands as it is; in the journal each quote takes a backslash more.
    let line = format!("run pulled at 2026-03-02T09:00:00Z vector(1) # {}", "\"".repeat(700_000));
    let problem = lab.act(&line).unwrap_err();
    assert_eq!(problem.code, "line-too-long");
    assert_eq!((lab.0.digest(), lab.0.journal().clone()), before);
    lab.act("stop log").unwrap();
    assert!(LabFile::parse(&lab.0.journal().to_string()).is_ok());
}

#[test]
fn the_texts_of_imports_fit_into_a_file_together() {
    let mut lab = lab();
    // Each newline takes two bytes in a file.
    let text = |number: u32| format!("hits {number} 1000\n{}", "\n".repeat(12 << 20));
    let first = lab.0.attach(text(1)).unwrap();
    let line = format!("import mine {first}");
    lab.act(&line).unwrap();
    assert_eq!(lab.0.attach(text(1)), Ok(first), "it is there already");
    let second = lab.0.attach(text(2));
    assert_eq!(second.unwrap_err().code, "attachments-too-long");
    // What was taken back can still be done again; when that is over, there is room.
    lab.0.undo_change().unwrap();
    lab.after(Millis::ZERO);
    assert!(lab.0.attach(text(2)).is_err());
    lab.act("stop log").unwrap();
    let second = lab.0.attach(text(2)).unwrap();
    assert_eq!(lab.0.attachments().into_keys().collect::<Vec<_>>(), [second]);
}

#[test]
fn no_query_is_noted_for_a_store_that_is_not_there() {
    let mut lab = lab();
    let line = "run imported:mine at 2026-03-02T09:00:00Z up";
    assert_eq!(lab.act(line).unwrap_err().code, "no-such-store");
    assert!(lab.0.journal().entries.is_empty());
    let hash = lab.0.attach("hits 1 1000\n".to_owned()).unwrap();
    lab.act(&format!("import mine {hash}")).unwrap();
    lab.act(line).unwrap();
}

#[test]
fn rules_that_double_what_they_find_are_shown_up_to_the_limit() {
    let mut lab = lab();
    let rule = "{source_labels: [a], target_label: a, replacement: $1$1}";
    let rules = vec![rule; 34].join(", ");
    let config = format!(
        "scrape_configs: [{{job_name: j, scrape_interval: 1s, static_configs: [{{targets: [log], labels: {{a: x}}}}], \
         relabel_configs: [{rules}]}}, {{job_name: m, scrape_interval: 1s, \
         static_configs: [{{targets: [log], labels: {{a: x}}}}], fallback_scrape_protocol: PrometheusText0.0.4, metric_relabel_configs: [{rules}]}}]\n"
    );
    assert_eq!(lab.act(&format!("reload prometheus {config:?}")), Ok(Vec::new()));
    lab.after(Millis::from_secs(5));
    let jobs = lab.targets().jobs;
    let said = "relabeling limit exceeded: a text longer than 65536 bytes";
    assert_eq!((jobs[0].targets.len(), jobs[0].failures.clone()), (0, vec![format!("instance 0: {said}")]));
    let target = &jobs[1].targets[0];
    assert_eq!((target.health, target.last_error.as_str()), (HealthView::Down, said));
    let question = Question::Relabeling {
        store: StoreId::Pulled,
        job: "j".to_owned(),
        discovered: Labels::from_pairs([("__address__", "log"), ("a", "x")]),
        rules: None,
    };
    let Answer::Relabeling(view) = lab.ask(&question) else { panic!() };
    assert_eq!(view.outcome, RelabelOutcome::Refused(said.to_owned()));
    assert_eq!(view.steps.len(), 16);
}
