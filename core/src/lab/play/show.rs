//! Answers as lines of text.

use std::fmt::Write as _;

use crate::base::number::print_api;
use crate::base::time::Millis;
use crate::lab::answer::Answer;
use crate::lab::board::Dashboard;
use crate::lab::view::{
    ContainerState, ContainerVitals, GoalView, HealthView, LessonView, MetricRelabelingView, NodeReport,
    NodeResult, QueryView, RangeView, RelabelOutcome, RelabelingView, StorageView, TargetsView, Value,
    YardView,
};
use crate::model::labels::{Labels, METRIC_NAME};

/// An answer as text, every line with its end.
pub fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Yard(view) => yard(view),
        Answer::Targets(view) => targets(view),
        Answer::Relabeling(view) => relabeling(view),
        Answer::MetricRelabeling(view) => metric_relabeling(view),
        Answer::Query(view) => query(view),
        Answer::Page(view) => view.text.clone(),
        Answer::Config(view) => view.text.clone(),
        Answer::Journal(text) => text.clone(),
        Answer::Names(names) => names.iter().map(|name| format!("{name}\n")).collect(),
        Answer::Metrics(metrics) => {
            metrics.iter().map(|metric| format!("{} {}\n", metric.name, metric.metric_type)).collect()
        }
        Answer::Logs(log) => log.lines.iter().map(|line| format!("{}\n", line.text)).collect(),
        Answer::Events(feed) => feed.events.iter().map(|event| format!("{:?}\n", event.kind)).collect(),
        Answer::Stores(stores) => {
            let line = |view: &crate::lab::view::StoreView| {
                format!("{}: {} series, {} samples\n", view.store, view.series, view.samples)
            };
            stores.iter().map(line).collect()
        }
        Answer::Storage(view) => storage(view),
        Answer::File(file) => format!("{} ({} bytes)\n", file.name, file.bytes.len()),
        Answer::Explain(tree) => tree.nodes.iter().map(node).collect(),
        Answer::HowMade(made) => format!("{made:?}\n"),
        Answer::Doctor(findings) => findings
            .iter()
            .map(|finding| format!("{}: {:?}\n", finding.cause.code(), finding.cause))
            .collect(),
        Answer::Course(view) => view.lessons.iter().map(lesson).collect(),
        Answer::Board(view) => board(view),
        Answer::Check(view) => {
            let problems = view.problems.iter().map(|problem| format!("{problem} ({})\n", problem.code));
            let mends = view.mends.iter().map(|mend| format!("{}: {}\n", mend.kind.name(), mend.shown));
            problems.chain(mends).collect()
        }
        Answer::History(expressions) => expressions.iter().map(|line| format!("{line}\n")).collect(),
        Answer::Vitals(view) => view.containers.iter().map(vitals).collect(),
        Answer::Completion(completion) => {
            completion.items.iter().map(|item| format!("{} {}\n", item.kind.name(), item.label)).collect()
        }
    }
}

/// A board: a line for each panel and each of its queries.
fn board(view: &Dashboard) -> String {
    let refresh = view.refresh.map_or_else(|| "by hand".to_owned(), |every| format!("every {every}"));
    let mut text = format!("{:?}, last {}, {refresh}\n", view.title, view.range);
    for panel in &view.panels {
        let place = panel.grid;
        let size = format!("{}×{} at {},{}", place.w, place.h, place.x, place.y);
        let _ = writeln!(text, "  {} {} {:?} {size}", panel.id, panel.kind.name(), panel.title);
        for target in &panel.targets {
            let how = if target.instant { "instant" } else { "over time" };
            let _ = writeln!(
                text,
                "    {} {} {how} {:?} as {:?}",
                target.ref_id, target.datasource, target.expr, target.legend
            );
        }
    }
    text
}

/// A lesson: a line for each task and each answered question.
fn lesson(view: &LessonView) -> String {
    let mut text = format!("{}\n", view.name);
    for task in &view.tasks {
        let state = match (task.progress.outcome, task.is_present) {
            (Some((_, outcome)), _) => format!("{outcome:?}").to_lowercase(),
            (None, true) => "now".to_owned(),
            (None, false) => "later".to_owned(),
        };
        let seen = match &task.goal {
            GoalView::Holds { seen: Some(seen), .. } => {
                let now = seen.now.map_or_else(|| "nothing".to_owned(), print_api);
                format!(", {now} {} {}", seen.operator, print_api(seen.wanted))
            }
            _ => String::new(),
        };
        let _ = writeln!(text, "  {} {state}, {} hints{seen}", task.id, task.progress.hints);
    }
    for (question, given) in view.questions.iter().filter_map(|one| Some((&one.id, one.given.as_ref()?))) {
        let verdict = if given.is_right { "right" } else { "wrong" };
        let _ = writeln!(text, "  {question} {verdict} after {} tries", given.tries);
    }
    text
}

/// The newest point of a container.
fn vitals(view: &ContainerVitals) -> String {
    let last = |row: &[Option<f32>]| {
        row.last().copied().flatten().map_or_else(|| "-".to_owned(), |value| value.to_string())
    };
    let (cpu, memory, requests) =
        (last(&view.cpu_cores), last(&view.memory_bytes), last(&view.requests_per_second));
    format!("{}: {cpu} cores, {memory} bytes, {requests} requests a second\n", view.name)
}

/// The samples of a page that belong to `metric`.
pub fn lines_of(page: &str, metric: &str) -> String {
    let is_its = |line: &&str| line.strip_prefix(metric).is_some_and(|rest| rest.starts_with(['{', ' ']));
    page.lines().filter(is_its).map(|line| format!("{line}\n")).collect()
}

/// `name{label="value"}`, as a query writes it.
fn series(labels: &Labels) -> String {
    let rest = labels.without(METRIC_NAME);
    match labels.metric_name() {
        Some(name) if rest.is_empty() => name.to_owned(),
        name => format!("{}{rest}", name.unwrap_or_default()),
    }
}

/// A node of an explanation: what it is, where it stands, what it has.
fn node(node: &NodeReport) -> String {
    let value = match &node.result {
        NodeResult::Scalar(value) => print_api(*value),
        NodeResult::Text(text) => format!("{text:?}"),
        NodeResult::Vector { count, .. } => format!("{count} elements"),
        NodeResult::Windows { count, samples, .. } => format!("{count} series, {samples} samples"),
        NodeResult::Failed { text, .. } => text.clone(),
    };
    let parent = node.parent.map_or_else(|| "the whole".to_owned(), |parent| format!("in {parent}"));
    let labels = node.labels.iter().map(|label| format!(" {}×{}", label.name, label.values));
    let groups = node.groups.iter().map(|group| format!(" {}:{:?}", group.signature, group.outcome));
    format!("{:?} {parent}: {value}{}{}\n", node.kind, labels.collect::<String>(), groups.collect::<String>())
}

fn query(view: &QueryView) -> String {
    let mut text = value(&view.value);
    for annotation in &view.annotations {
        let _ = writeln!(text, "{:?}: {}", annotation.severity, annotation.text);
    }
    text
}

fn value(value: &Value) -> String {
    let numbers = |values: &[f64]| values.iter().map(|value| print_api(*value)).collect::<Vec<_>>().join(" ");
    match value {
        Value::Scalar(number) => format!("{}\n", print_api(*number)),
        Value::String(text) => format!("{text:?}\n"),
        Value::Vector(points) if points.is_empty() => "(nothing)\n".to_owned(),
        Value::Vector(points) => points
            .iter()
            .map(|point| format!("{} {}\n", series(&point.labels), print_api(point.value)))
            .collect(),
        Value::Window(windows) => windows
            .iter()
            .map(|window| format!("{} {}\n", series(&window.labels), numbers(&window.values)))
            .collect(),
        Value::Range(view) => range(view),
    }
}

/// A series a line; `_` where a step has no value.
fn range(view: &RangeView) -> String {
    let mut text = String::new();
    for lanes in &view.series {
        let mut values = lanes.values.iter();
        let cells =
            (0..view.steps).map(|step| match lanes.is_present(step).then(|| values.next()).flatten() {
                Some(value) => print_api(*value),
                None => "_".to_owned(),
            });
        let _ = writeln!(text, "{} {}", series(&lanes.labels), cells.collect::<Vec<_>>().join(" "));
    }
    if text.is_empty() { "(nothing)\n".to_owned() } else { text }
}

fn storage(view: &StorageView) -> String {
    let held = &view.statistics;
    let size = &held.size;
    let mut text = format!(
        "{}: {} series, {} chunks, {} samples, {} late, {} tombstones\n",
        view.store, size.series, size.chunks, size.samples, size.late_samples, held.tombstones
    );
    let lists = [
        ("metric", &held.series_by_metric),
        ("label", &held.values_by_label),
        ("pair", &held.series_by_pair),
    ];
    for (what, list) in lists {
        let first = list.iter().take(3).map(|tally| format!("{} {}", tally.name, tally.value));
        let _ = writeln!(text, "  {what}: {}", first.collect::<Vec<_>>().join(", "));
    }
    text
}

fn yard(view: &YardView) -> String {
    let mut text = String::new();
    for service in &view.services {
        let _ = writeln!(text, "{} ({}), wanted {}", service.name, service.image, service.replicas);
        for container in &service.containers {
            let state = match container.state {
                ContainerState::Exited { code, .. } => format!("exited ({code})"),
                other => format!("{other:?}").to_lowercase(),
            };
            let ip = container.ip.as_deref().unwrap_or("-");
            let _ = writeln!(text, "  {} {state} {ip}", container.name);
        }
    }
    text
}

fn relabeling(view: &RelabelingView) -> String {
    let mut text = String::new();
    for step in &view.steps {
        let sign = if step.kept { "" } else { " dropped" };
        let _ = writeln!(text, "{{ {} }}\n  {}{sign}", step.rule, step.labels);
    }
    let _ = match &view.outcome {
        RelabelOutcome::Target { url, labels } => writeln!(text, "target {url} {labels}"),
        RelabelOutcome::Dropped => writeln!(text, "dropped"),
        RelabelOutcome::Refused(error) => writeln!(text, "refused: {error}"),
    };
    text
}

fn metric_relabeling(view: &MetricRelabelingView) -> String {
    let mut text = String::new();
    for step in &view.steps {
        let (reached, dropped, changed) = (step.reached, step.dropped, step.changed);
        let _ = writeln!(text, "{{ {} }}\n  {reached} series: drops {dropped}, changes {changed}", step.rule);
        for (before, after) in &step.examples {
            let after = after.as_ref().map_or_else(|| "dropped".to_owned(), ToString::to_string);
            let _ = writeln!(text, "    {before} -> {after}");
        }
    }
    let _ =
        writeln!(text, "{} of {} series stored, {} of the same labels", view.kept, view.series, view.merged);
    if let Some((labels, error)) = &view.refused {
        let _ = writeln!(text, "refused: {labels}: {error}");
    }
    text
}

fn targets(view: &TargetsView) -> String {
    let mut text = String::new();
    for target in view.jobs.iter().flat_map(|job| &job.targets) {
        let health = match target.health {
            HealthView::Unknown => "unknown",
            HealthView::Up => "up",
            HealthView::Down => "down",
        };
        let label = |name| target.labels.get(name).unwrap_or_default();
        let every = Millis(target.interval.0);
        let _ = write!(text, "{} {} every {every}: {health}", label("job"), label("instance"));
        let _ = match target.last_error.as_str() {
            "" => writeln!(text),
            error => writeln!(text, ": {error}"),
        };
    }
    for job in &view.jobs {
        for labels in &job.dropped {
            let _ = writeln!(text, "{} {} dropped", job.job, labels.get("__address__").unwrap_or_default());
        }
        for failure in &job.failures {
            let _ = writeln!(text, "{} failed: {failure}", job.job);
        }
    }
    text
}
