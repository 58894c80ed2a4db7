//! The Node.js runtime: one thread, a heap of several spaces, and the default metrics of prom-client 11, which a timer
//! refreshes and which carry the time of that. Plausible numbers by simple rules; runs no collector.

use serde::{Deserialize, Serialize};

use crate::base::random::Stream;
use crate::base::time::{Millis, Timestamp};
use crate::model::metric::MetricType;
use crate::sim::instruments::{Label, Show, to_nanoseconds};

/// How often prom-client refreshes the default metrics.
pub const REFRESH_INTERVAL: Millis = Millis::from_secs(10);
/// The young space is collected when so much was allocated.
const YOUNG_BYTES: f64 = 7_200_000.0;
const OLD_LIVE_BYTES: f64 = 8_600_000.0;
/// The old space is collected when garbage has grown so far.
const OLD_GARBAGE_BYTES: f64 = 3_200_000.0;
const IDLE_CPU: f64 = 0.000_8;

/// What the default metrics showed at the last refresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Snapshot {
    at: Timestamp,
    user_seconds: f64,
    system_seconds: f64,
    resident: f64,
    heap_total: f64,
    young_used: f64,
    old_used: f64,
    old_total: f64,
    external: f64,
    open_fds: f64,
    sockets: f64,
    lag_seconds: f64,
}

/// The runtime of one process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeRuntime {
    started: Timestamp,
    /// When the thread is done with everything it took on, in fractions of milliseconds since the start.
    busy_until_millis: f64,
    busy_seconds: f64,
    young: f64,
    old_garbage: f64,
    /// What the program itself keeps.
    retained: f64,
    external: f64,
    shown: Snapshot,
}

impl NodeRuntime {
    /// The runtime of a process that starts now.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            started: now,
            busy_until_millis: 0.0,
            busy_seconds: 0.32,
            young: 1_100_000.0,
            old_garbage: 400_000.0,
            retained: 0.0,
            external: 110_000.0,
            shown: Snapshot::default(),
        }
    }

    /// Takes on work that needs the thread for `seconds`, after everything taken on before. Gives the seconds from now
    /// until it is done.
    pub fn run(&mut self, seconds: f64, allocated_bytes: f64, now: Timestamp) -> f64 {
        let now_millis = (now - self.started).0 as f64;
        let begin = self.busy_until_millis.max(now_millis);
        self.busy_until_millis = begin + seconds * 1000.0;
        self.busy_seconds += seconds;
        self.young += allocated_bytes;
        self.external += 900.0;
        if self.young >= YOUNG_BYTES {
            self.scavenge();
        }
        (self.busy_until_millis - now_millis) / 1000.0
    }

    /// Memory that the program will not give back.
    pub fn retain(&mut self, bytes: f64) {
        self.retained += bytes;
    }

    fn scavenge(&mut self) {
        self.busy_seconds += 0.001_2;
        self.young = 600_000.0;
        self.old_garbage += 210_000.0;
        self.external = 120_000.0;
        if self.old_garbage >= OLD_GARBAGE_BYTES {
            self.busy_seconds += 0.012;
            self.old_garbage = 300_000.0;
        }
    }

    /// Seconds of CPU since the start.
    #[must_use]
    pub fn cpu_seconds(&self, now: Timestamp) -> f64 {
        self.busy_seconds + IDLE_CPU * (now - self.started).as_secs_f64()
    }

    fn old_used(&self) -> f64 {
        OLD_LIVE_BYTES + self.old_garbage + self.retained
    }

    /// Resident memory.
    #[must_use]
    pub fn resident_bytes(&self) -> f64 {
        35_500_000.0 + self.old_used() * 1.08 + self.young + self.external
    }

    /// Takes what the default metrics show until the next refresh.
    pub fn refresh(&mut self, now: Timestamp, connections: u32, random: &mut Stream) {
        let cpu = self.cpu_seconds(now);
        let waiting = (self.busy_until_millis - (now - self.started).0 as f64).max(0.0) / 1000.0;
        let old_used = self.old_used();
        let old_total = libm::ceil(old_used * 1.05 / 524_288.0) * 524_288.0;
        self.shown = Snapshot {
            at: now,
            user_seconds: to_microseconds(cpu * 0.82),
            system_seconds: to_microseconds(cpu * 0.18),
            resident: libm::floor(self.resident_bytes() / 4096.0) * 4096.0,
            heap_total: old_total + spaces_total(),
            young_used: libm::floor(self.young),
            old_used: libm::floor(old_used),
            old_total,
            external: libm::floor(self.external),
            open_fds: 19.0 + f64::from(connections),
            // Standard output and error are sockets as well.
            sockets: 2.0 + f64::from(connections),
            lag_seconds: to_nanoseconds(0.000_4 + random.exponential(0.000_9) + waiting),
        };
    }

    /// Shows the default metrics in the order of the page. `default_label` is on every sample.
    pub fn show(&self, default_label: Label<'_>, collector: &mut impl Show) {
        let seen = &self.shown;
        let at = seen.at;
        let mut one = |name: &str, kind: MetricType, help: &str, value: f64, at: Option<Timestamp>| {
            collector.family(name, kind, help);
            collector.sample(crate::exposition::Suffix::None, &[default_label], value, at);
        };
        let (counter, gauge) = (MetricType::Counter, MetricType::Gauge);
        let cpu = to_microseconds(seen.user_seconds + seen.system_seconds);
        one(
            "process_cpu_user_seconds_total",
            counter,
            "Total user CPU time spent in seconds.",
            seen.user_seconds,
            Some(at),
        );
        one(
            "process_cpu_system_seconds_total",
            counter,
            "Total system CPU time spent in seconds.",
            seen.system_seconds,
            Some(at),
        );
        one(
            "process_cpu_seconds_total",
            counter,
            "Total user and system CPU time spent in seconds.",
            cpu,
            Some(at),
        );
        // What never changes is set once, without a time.
        let started = libm::floor(self.started.as_secs_f64());
        one(
            "process_start_time_seconds",
            gauge,
            "Start time of the process since unix epoch in seconds.",
            started,
            None,
        );
        let virtual_bytes = 560_000_000.0 + seen.heap_total;
        let process_heap = seen.resident + 90_000_000.0;
        one(
            "process_resident_memory_bytes",
            gauge,
            "Resident memory size in bytes.",
            seen.resident,
            Some(at),
        );
        one("process_virtual_memory_bytes", gauge, "Virtual memory size in bytes.", virtual_bytes, Some(at));
        one("process_heap_bytes", gauge, "Process heap size in bytes.", process_heap, Some(at));
        one("process_open_fds", gauge, "Number of open file descriptors.", seen.open_fds, Some(at));
        one("process_max_fds", gauge, "Maximum number of open file descriptors.", 202_926.0, None);
        one(
            "nodejs_eventloop_lag_seconds",
            gauge,
            "Lag of event loop in seconds.",
            seen.lag_seconds,
            Some(at),
        );
        self.show_handles(default_label, collector);
        self.show_heap(default_label, collector);
        collector.family("nodejs_version_info", gauge, "Node.js version info.");
        let version =
            [("version", "v10.16.0"), ("major", "10"), ("minor", "16"), ("patch", "0"), default_label];
        collector.value(&version, 1.0);
    }

    fn show_handles(&self, default_label: Label<'_>, collector: &mut impl Show) {
        let Snapshot { at, sockets, .. } = self.shown;
        collector.family(
            "nodejs_active_handles",
            MetricType::Gauge,
            "Number of active libuv handles grouped by handle type. Every handle type is C++ class name.",
        );
        collector.value_at(&[("type", "Socket"), default_label], sockets, at);
        collector.value_at(&[("type", "Server"), default_label], 1.0, at);
        collector.family("nodejs_active_handles_total", MetricType::Gauge, "Total number of active handles.");
        collector.value_at(&[default_label], sockets + 1.0, at);
        // Without a request of libuv under way there is no type to show.
        collector.family(
            "nodejs_active_requests",
            MetricType::Gauge,
            "Number of active libuv requests grouped by request type. Every request type is C++ class name.",
        );
        collector.family(
            "nodejs_active_requests_total",
            MetricType::Gauge,
            "Total number of active requests.",
        );
        collector.value_at(&[default_label], 0.0, at);
    }

    fn show_heap(&self, default_label: Label<'_>, collector: &mut impl Show) {
        let seen = &self.shown;
        let spaces = spaces(seen);
        let used = spaces.iter().map(|(_, _, used)| used).sum::<f64>();
        for (name, help, value) in [
            ("nodejs_heap_size_total_bytes", "Process heap size from node.js in bytes.", seen.heap_total),
            ("nodejs_heap_size_used_bytes", "Process heap size used from node.js in bytes.", used),
            ("nodejs_external_memory_bytes", "Nodejs external memory size in bytes.", seen.external),
        ] {
            collector.family(name, MetricType::Gauge, help);
            collector.value_at(&[default_label], value, seen.at);
        }
        for (name, help, value) in [
            (
                "nodejs_heap_space_size_total_bytes",
                "Process heap space size total from node.js in bytes.",
                (|total, _| total) as fn(f64, f64) -> f64,
            ),
            (
                "nodejs_heap_space_size_used_bytes",
                "Process heap space size used from node.js in bytes.",
                |_, used| used,
            ),
            (
                "nodejs_heap_space_size_available_bytes",
                "Process heap space size available from node.js in bytes.",
                |total, used| (total - used).max(0.0),
            ),
        ] {
            collector.family(name, MetricType::Gauge, help);
            for (space, total, used) in &spaces {
                collector.value_at(&[("space", space), default_label], value(*total, *used), seen.at);
            }
        }
    }
}

/// CPU time as the system tells it.
fn to_microseconds(seconds: f64) -> f64 {
    libm::round(seconds * 1e6) / 1e6
}

/// Size of all spaces but the old one.
const fn spaces_total() -> f64 {
    524_288.0 + 8_388_608.0 + 1_572_864.0 + 1_073_152.0 + 1_638_400.0
}

/// Each space with its size and its used part.
fn spaces(seen: &Snapshot) -> [(&'static str, f64, f64); 7] {
    [
        ("read_only", 524_288.0, 35_208.0),
        ("new", 8_388_608.0, seen.young_used),
        ("old", seen.old_total, seen.old_used - 2_700_000.0),
        ("code", 1_572_864.0, 1_020_000.0),
        ("map", 1_073_152.0, 580_000.0),
        ("large_object", 1_638_400.0, 1_100_000.0),
        ("new_large_object", 0.0, 0.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_does_one_thing_after_the_other() {
        let mut runtime = NodeRuntime::new(Timestamp(0));
        assert!((runtime.run(0.004, 0.0, Timestamp(1000)) - 0.004).abs() < 1e-9);
        assert!((runtime.run(0.004, 0.0, Timestamp(1001)) - 0.007).abs() < 1e-9);
        assert!((runtime.run(0.004, 0.0, Timestamp(2000)) - 0.004).abs() < 1e-9);
    }

    #[test]
    fn memory_stays_in_its_range() {
        let mut runtime = NodeRuntime::new(Timestamp(0));
        for request in 0..20_000 {
            runtime.run(0.000_5, 14_000.0, Timestamp(request * 50));
            let used = runtime.old_used() + runtime.young;
            assert!((9e6..20e6).contains(&used), "{used}");
            assert!((43e6..62e6).contains(&runtime.resident_bytes()), "{}", runtime.resident_bytes());
        }
    }
}
