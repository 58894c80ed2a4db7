//! The Java virtual machine: generations, collections, threads, and what Micrometer's `jvm_*`, `process_*` and
//! `system_*` metrics show of them. Plausible numbers by simple rules; runs no collector.

use serde::{Deserialize, Serialize};

use crate::base::random::Stream;
use crate::base::time::{Millis, Timestamp};
use crate::model::metric::MetricType;
use crate::sim::instruments::{Show, Summary, TimeWindowMax};

const EDEN_BYTES: f64 = 57_671_680.0;
/// A quarter of the machine's memory.
const HEAP_MAX_BYTES: f64 = 522_190_848.0;
/// The old generation is collected when it has grown so far.
const OLD_GOAL_BYTES: f64 = 46_000_000.0;
const OLD_LIVE_BYTES: f64 = 15_500_000.0;
/// What an idle process allocates: its own timers and watches.
const IDLE_BYTES_PER_SECOND: f64 = 42_000.0;
const IDLE_CPU: f64 = 0.004;
const CPUS: f64 = 4.0;
/// Threads besides those that serve requests.
const OWN_THREADS: u32 = 13;
/// Of all threads so many are no daemons.
const PLAIN_THREADS: u32 = 4;
const CAUSES: [&str; 2] = ["G1 Evacuation Pause", "Metadata GC Threshold"];

/// One cause of pauses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Pauses {
    all: Summary,
    longest: TimeWindowMax,
}

/// The machine of one process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JvmRuntime {
    eden: f64,
    survivor: f64,
    old: f64,
    allocated: f64,
    promoted: f64,
    live_data: f64,
    pauses: [Pauses; 2],
    cpu_seconds: f64,
    ticked_at: Timestamp,
    cpu_at_tick: f64,
    process_cpu: f64,
    system_cpu: f64,
    load: f64,
    classes: f64,
    non_heap_growth: f64,
    serving_threads: u32,
    threads_peak: u32,
}

impl JvmRuntime {
    /// The machine of a process that has just come up, after what the start itself took.
    #[must_use]
    pub fn new(now: Timestamp, startup_seconds: f64, random: &mut Stream) -> Self {
        let mut runtime = Self {
            eden: 0.35 * EDEN_BYTES,
            survivor: 3_100_000.0,
            old: OLD_LIVE_BYTES * (0.95 + 0.1 * random.uniform()),
            allocated: 2.3 * EDEN_BYTES,
            promoted: OLD_LIVE_BYTES,
            live_data: 0.0,
            pauses: [Pauses { all: Summary::default(), longest: TimeWindowMax::new(now) }; 2],
            cpu_seconds: 1.3 * startup_seconds,
            ticked_at: now,
            cpu_at_tick: 1.3 * startup_seconds,
            process_cpu: 0.3,
            system_cpu: 0.35,
            load: 0.8,
            classes: 7800.0 + libm::floor(300.0 * random.uniform()),
            non_heap_growth: 0.0,
            serving_threads: 10,
            threads_peak: 0,
        };
        for (cause, pauses) in [(0, 2), (1, 2)] {
            for _ in 0..pauses {
                runtime.pause(cause, 0.009 + 0.012 * random.uniform(), now);
            }
        }
        runtime.threads_peak = runtime.threads();
        runtime
    }

    fn pause(&mut self, cause: usize, seconds: f64, now: Timestamp) {
        self.pauses[cause].all.observe(seconds);
        self.pauses[cause].longest.observe(seconds, now);
        self.cpu_seconds += 2.0 * seconds;
    }

    /// Work done for a request.
    pub fn work(&mut self, bytes: f64, cpu_seconds: f64, now: Timestamp, random: &mut Stream) {
        self.cpu_seconds += cpu_seconds;
        self.eden += bytes;
        if self.eden >= EDEN_BYTES {
            self.collect(now, random);
        }
    }

    /// How many threads serve requests, busy or not.
    pub fn set_serving_threads(&mut self, threads: u32) {
        self.serving_threads = threads;
        self.threads_peak = self.threads_peak.max(self.threads());
    }

    /// Time passes: to be called every few seconds.
    pub fn tick(&mut self, now: Timestamp, random: &mut Stream) {
        let seconds = (now - self.ticked_at).as_secs_f64();
        if seconds <= 0.0 {
            return;
        }
        self.work(IDLE_BYTES_PER_SECOND * seconds, IDLE_CPU * seconds, now, random);
        self.process_cpu = ((self.cpu_seconds - self.cpu_at_tick) / seconds / CPUS).clamp(0.0, 1.0);
        let others = 0.02 + 0.05 * random.uniform();
        self.system_cpu = (self.process_cpu + others).min(1.0);
        // The load average follows with a time constant of a minute.
        self.load += (CPUS * self.system_cpu - self.load) * (1.0 - libm::exp(-seconds / 60.0));
        // Compiled code and metadata grow, ever more slowly.
        self.non_heap_growth += (16e6 - self.non_heap_growth) * (1.0 - libm::exp(-seconds / 900.0));
        self.ticked_at = now;
        self.cpu_at_tick = self.cpu_seconds;
    }

    fn collect(&mut self, now: Timestamp, random: &mut Stream) {
        self.allocated += self.eden;
        self.eden = 0.0;
        let promoted = 60_000.0 + 240_000.0 * random.uniform();
        self.survivor = 1_800_000.0 + 1_600_000.0 * random.uniform();
        self.old += promoted;
        self.promoted += promoted;
        self.pause(0, 0.003 + random.exponential(0.003), now);
        if self.old >= OLD_GOAL_BYTES {
            self.old = OLD_LIVE_BYTES * (0.95 + 0.1 * random.uniform());
            self.live_data = self.old;
        }
    }

    fn threads(&self) -> u32 {
        OWN_THREADS + self.serving_threads
    }

    /// Seconds of CPU since the start.
    #[must_use]
    pub fn cpu_seconds(&self) -> f64 {
        self.cpu_seconds
    }

    /// Resident memory.
    #[must_use]
    pub fn resident_bytes(&self) -> f64 {
        self.pools().iter().map(|pool| pool.committed).sum::<f64>() + 52e6 + 0.4e6 * f64::from(self.threads())
    }

    fn pools(&self) -> [MemoryPool; 8] {
        let grown = self.non_heap_growth;
        let non_heap = |id, used: f64, max| MemoryPool {
            area: "nonheap",
            id,
            used: libm::floor(used),
            committed: libm::ceil(used * 1.06 / 65_536.0) * 65_536.0,
            max,
        };
        let heap = |id, used: f64, committed, max| MemoryPool {
            area: "heap",
            id,
            used: libm::floor(used),
            committed,
            max,
        };
        let code = 122_908_672.0;
        [
            non_heap("CodeHeap 'profiled nmethods'", 7_600_000.0 + 0.45 * grown, code),
            heap("G1 Survivor Space", self.survivor, 4_194_304.0, -1.0),
            heap("G1 Old Gen", self.old, 58_720_256.0, HEAP_MAX_BYTES),
            non_heap("Metaspace", 43_200_000.0 + 0.2 * grown, -1.0),
            non_heap("CodeHeap 'non-nmethods'", 1_290_000.0, 5_840_896.0),
            heap("G1 Eden Space", self.eden, 62_914_560.0, -1.0),
            non_heap("Compressed Class Space", 5_600_000.0 + 0.02 * grown, 1_073_741_824.0),
            non_heap("CodeHeap 'non-profiled nmethods'", 2_400_000.0 + 0.33 * grown, code),
        ]
    }

    /// Shows memory, buffers, collections, threads and classes.
    pub fn show_jvm(&self, busy_threads: u32, now: Timestamp, collector: &mut impl Show) {
        self.show_memory(collector);
        collector.family("jvm_gc_pause_seconds", MetricType::Summary, "Time spent in GC pause");
        for (cause, pauses) in CAUSES.into_iter().zip(&self.pauses) {
            pauses.all.show(collector, &[("action", "end of minor GC"), ("cause", cause)]);
        }
        collector.family("jvm_gc_pause_seconds_max", MetricType::Gauge, "Time spent in GC pause");
        for (cause, pauses) in CAUSES.into_iter().zip(&self.pauses) {
            collector.value(&[("action", "end of minor GC"), ("cause", cause)], pauses.longest.value(now));
        }
        let allocated = libm::floor(self.allocated);
        let promoted = libm::floor(self.promoted);
        collector.counter("jvm_gc_memory_allocated_bytes_total", "Incremented for an increase in the size of the young generation memory pool after one GC to before the next", allocated);
        collector.counter(
            "jvm_gc_memory_promoted_bytes_total",
            "Count of positive increases in the size of the old generation memory pool before GC to after GC",
            promoted,
        );
        collector.gauge(
            "jvm_gc_live_data_size_bytes",
            "Size of old generation memory pool after a full GC",
            self.live_data,
        );
        collector.gauge(
            "jvm_gc_max_data_size_bytes",
            "Max size of old generation memory pool",
            HEAP_MAX_BYTES,
        );
        self.show_threads(busy_threads, collector);
        collector.gauge(
            "jvm_classes_loaded_classes",
            "The number of classes that are currently loaded in the Java virtual machine",
            self.classes,
        );
        collector.counter(
            "jvm_classes_unloaded_classes_total",
            "The total number of classes unloaded since the Java virtual machine has started execution",
            1.0,
        );
    }

    fn show_memory(&self, collector: &mut impl Show) {
        let pools = self.pools();
        for (name, help, value) in [
            (
                "jvm_memory_used_bytes",
                "The amount of used memory",
                (|pool| pool.used) as fn(&MemoryPool) -> f64,
            ),
            (
                "jvm_memory_committed_bytes",
                "The amount of memory in bytes that is committed for the Java virtual machine to use",
                |pool| pool.committed,
            ),
            (
                "jvm_memory_max_bytes",
                "The maximum amount of memory in bytes that can be used for memory management",
                |pool| pool.max,
            ),
        ] {
            collector.family(name, MetricType::Gauge, help);
            for pool in &pools {
                collector.value(&[("area", pool.area), ("id", pool.id)], value(pool));
            }
        }
        for (name, help, direct) in [
            ("jvm_buffer_count_buffers", "An estimate of the number of buffers in the pool", 10.0),
            (
                "jvm_buffer_memory_used_bytes",
                "An estimate of the memory that the Java virtual machine is using for this buffer pool",
                81_920.0,
            ),
            (
                "jvm_buffer_total_capacity_bytes",
                "An estimate of the total capacity of the buffers in this pool",
                81_920.0,
            ),
        ] {
            collector.gauge_by(name, help, "id", &[("direct", direct), ("mapped", 0.0)]);
        }
    }

    fn show_threads(&self, busy: u32, collector: &mut impl Show) {
        let live = self.threads();
        collector.gauge(
            "jvm_threads_live_threads",
            "The current number of live threads including both daemon and non-daemon threads",
            f64::from(live),
        );
        collector.gauge(
            "jvm_threads_daemon_threads",
            "The current number of live daemon threads",
            f64::from(live - PLAIN_THREADS),
        );
        collector.gauge(
            "jvm_threads_peak_threads",
            "The peak live thread count since the Java virtual machine started or peak was reset",
            f64::from(self.threads_peak),
        );
        let runnable = (6 + busy).min(live);
        let timed_waiting = 5.min(live - runnable);
        let states = [
            ("runnable", f64::from(runnable)),
            ("blocked", 0.0),
            ("waiting", f64::from(live - runnable - timed_waiting)),
            ("timed-waiting", f64::from(timed_waiting)),
            ("new", 0.0),
            ("terminated", 0.0),
        ];
        collector.gauge_by(
            "jvm_threads_states_threads",
            "The current number of threads having NEW state",
            "state",
            &states,
        );
    }

    /// Shows process and machine.
    pub fn show_process(
        &self,
        started: Timestamp,
        running: Millis,
        open_files: u32,
        collector: &mut impl Show,
    ) {
        collector.gauge(
            "process_cpu_usage",
            "The \"recent cpu usage\" for the Java Virtual Machine process",
            self.process_cpu,
        );
        collector.gauge("process_files_max_files", "The maximum file descriptor count", 1_048_576.0);
        collector.gauge("process_files_open_files", "The open file descriptor count", f64::from(open_files));
        let start = started.as_secs_f64();
        let load = libm::floor(self.load * 100.0) / 100.0;
        collector.gauge("process_start_time_seconds", "Start time of the process since unix epoch.", start);
        collector.gauge(
            "process_uptime_seconds",
            "The uptime of the Java virtual machine",
            running.as_secs_f64(),
        );
        collector.gauge(
            "system_cpu_count",
            "The number of processors available to the Java virtual machine",
            CPUS,
        );
        collector.gauge("system_cpu_usage", "The \"recent cpu usage\" for the whole system", self.system_cpu);
        collector.gauge("system_load_average_1m", "The sum of the number of runnable entities queued to available processors and the number of runnable entities running on the available processors averaged over a period of time", load);
    }
}

struct MemoryPool {
    area: &'static str,
    id: &'static str,
    used: f64,
    committed: f64,
    max: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Seed;

    #[test]
    fn the_heap_is_a_saw_tooth_of_twenty_to_ninety_megabytes() {
        let mut random = Seed(1).stream("jvm");
        let mut runtime = JvmRuntime::new(Timestamp(0), 8.0, &mut random);
        let (mut lowest, mut highest) = (f64::MAX, 0.0_f64);
        for second in 0..7200 {
            let now = Timestamp(second * 1000);
            for _ in 0..10 {
                runtime.work(90_000.0, 0.001, now, &mut random);
            }
            runtime.tick(now, &mut random);
            let used = runtime.eden + runtime.survivor + runtime.old;
            (lowest, highest) = (lowest.min(used), highest.max(used));
        }
        assert!(lowest > 15e6 && lowest < 25e6, "{lowest}");
        assert!(highest > 75e6 && highest < 110e6, "{highest}");
        assert!(runtime.pauses[0].all.count > 100);
        assert!((runtime.process_cpu - (10.0 * 0.001 + IDLE_CPU) / CPUS).abs() < 0.002);
    }
}
