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
            "User and system CPU time used.",
            ticks(self.cpu_seconds),
        );
        collector.gauge("process_max_fds", "Limit of open file descriptors.", 1_048_576.0);
        collector.gauge("process_open_fds", "File descriptors in use.", self.open_fds);
        collector.gauge("process_resident_memory_bytes", "Memory held in RAM.", pages(self.resident_bytes));
        collector.gauge("process_start_time_seconds", "Start of the process, Unix time.", started);
        collector.gauge("process_virtual_memory_bytes", "Address space in use.", pages(self.virtual_bytes));
        // No limit; the library of that time wrote -1 for it.
        collector.gauge("process_virtual_memory_max_bytes", "Limit of the address space.", -1.0);
    }
}
