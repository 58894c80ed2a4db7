//! The `process_*` family as Go's client library shows it. Measures nothing by itself.

use crate::base::time::Timestamp;
use crate::sim::instruments::Show;

/// What Linux tells of a process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoProcess {
    /// Seconds of CPU, user and system together.
    pub cpu_seconds: f64,
    /// Open file descriptors.
    pub open_fds: f64,
    /// Resident memory.
    pub resident_bytes: f64,
    /// Virtual memory.
    pub virtual_bytes: f64,
    /// When the process started.
    pub started: Timestamp,
}

impl GoProcess {
    /// Shows the family in the order of the page.
    pub fn show(&self, collector: &mut impl Show) {
        // The kernel books CPU time in ticks of 10 ms, and start times as well.
        let ticks = |seconds: f64| libm::floor(seconds * 100.0) / 100.0;
        let pages = |bytes: f64| libm::floor(bytes / 4096.0) * 4096.0;
        let started = ticks(self.started.as_secs_f64());
        collector.counter(
            "process_cpu_seconds_total",
            "Total user and system CPU time spent in seconds.",
            ticks(self.cpu_seconds),
        );
        collector.gauge("process_max_fds", "Maximum number of open file descriptors.", 1_048_576.0);
        collector.gauge("process_open_fds", "Number of open file descriptors.", self.open_fds);
        collector.gauge(
            "process_resident_memory_bytes",
            "Resident memory size in bytes.",
            pages(self.resident_bytes),
        );
        collector.gauge(
            "process_start_time_seconds",
            "Start time of the process since unix epoch in seconds.",
            started,
        );
        collector.gauge(
            "process_virtual_memory_bytes",
            "Virtual memory size in bytes.",
            pages(self.virtual_bytes),
        );
        // No limit; the library of that time wrote -1 for it.
        collector.gauge(
            "process_virtual_memory_max_bytes",
            "Maximum amount of virtual memory available in bytes.",
            -1.0,
        );
    }
}
