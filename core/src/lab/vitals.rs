//! Notes every few seconds what each process uses and serves, for the small curves of the Yard page. Decides nothing,
//! so it is no part of what a lab's digest stands for; it is kept beside the state in a checkpoint.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::programs::LabProgram;
use super::rates::INTERVAL;
use super::view::{ContainerVitals, VitalsView};
use crate::base::time::Timestamp;
use crate::sim::{ActorId, Party, Yard};

/// How many points are kept: five minutes of them.
const KEPT: usize = 60;

/// The last five minutes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Vitals {
    until: Timestamp,
    rows: BTreeMap<ActorId, Row>,
}

/// A container: its newest counts, and its points, the newest last. Each row ends at the same instant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Row {
    counts: Option<Counts>,
    points: VecDeque<Option<Point>>,
}

/// Counts of a process that only grow.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Counts {
    started: Timestamp,
    cpu_seconds: f64,
    requests: u64,
}

/// What is drawn: 32 bits are more than a pixel can show.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Point {
    cpu_cores: f32,
    memory_bytes: f32,
    requests_per_second: f32,
}

impl Vitals {
    /// Notes a point for each container. What a Prometheus asks for is no request.
    pub fn observe(&mut self, yard: &Yard<LabProgram>, prometheuses: &[ActorId], at: Timestamp) {
        self.until = at;
        let requests = requests(yard, prometheuses);
        let mut rows = std::mem::take(&mut self.rows);
        for actor in yard.actors() {
            let mut row = rows.remove(&actor).unwrap_or_default();
            let usage = yard.process_started(actor).zip(yard.usage(actor));
            let counts = usage.map(|(started, usage)| Counts {
                started,
                cpu_seconds: usage.cpu_seconds,
                requests: requests.get(&actor).copied().unwrap_or_default(),
            });
            let point = counts.zip(row.counts).and_then(|(now, before)| now.since(&before)).zip(usage);
            let point = point.map(|((cpu_cores, requests_per_second), (_, usage))| Point {
                cpu_cores,
                memory_bytes: usage.memory_bytes as f32,
                requests_per_second,
            });
            if row.points.len() == KEPT {
                row.points.pop_front();
            }
            row.points.push_back(point);
            row.counts = counts;
            self.rows.insert(actor, row);
        }
    }

    /// The points of the containers that are there.
    #[must_use]
    pub fn view(&self, yard: &Yard<LabProgram>) -> VitalsView {
        let container = |(actor, row): (&ActorId, &Row)| {
            let line =
                |value: fn(&Point) -> f32| row.points.iter().map(|point| point.as_ref().map(value)).collect();
            Some(ContainerVitals {
                name: yard.container(*actor)?.name.to_string(),
                cpu_cores: line(|point| point.cpu_cores),
                memory_bytes: line(|point| point.memory_bytes),
                requests_per_second: line(|point| point.requests_per_second),
            })
        };
        VitalsView {
            until: self.until,
            step: INTERVAL,
            containers: self.rows.iter().filter_map(container).collect(),
        }
    }
}

impl Counts {
    /// Cores and requests a second since `before`; `None` where another process counted then.
    fn since(&self, before: &Self) -> Option<(f32, f32)> {
        let seconds = INTERVAL.as_secs_f64();
        let cpu = (self.cpu_seconds - before.cpu_seconds).max(0.0) / seconds;
        let requests = self.requests.saturating_sub(before.requests) as f64 / seconds;
        (self.started == before.started).then_some((cpu as f32, requests as f32))
    }
}

/// How many requests each container has finished, well or not, but for scrapes.
fn requests(yard: &Yard<LabProgram>, prometheuses: &[ActorId]) -> BTreeMap<ActorId, u64> {
    let mut all = BTreeMap::new();
    for flow in yard.flows() {
        let is_scrape = matches!(flow.from, Party::Actor(caller) if prometheuses.contains(&caller));
        if let Party::Actor(callee) = flow.to
            && !is_scrape
        {
            *all.entry(callee).or_default() += flow.succeeded + flow.failed;
        }
    }
    all
}
