//! The Go runtime: allocation, garbage collection and what `go_*` metrics show of them.
//! Plausible numbers by simple rules; runs no collector. The help texts are those of the client library of Go 1.13's time.
//!
//! Differs: a program of another version shows the same families and texts.

use serde::{Deserialize, Serialize};

use crate::base::random::Stream;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::Suffix;
use crate::model::metric::MetricType;
use crate::sim::instruments::{Show, to_nanoseconds};

/// A heap below this is not collected (`GOGC` 100).
const SMALLEST_GOAL_BYTES: f64 = 4_194_304.0;
/// Without a collection for so long the runtime makes one.
const FORCED_AFTER: Millis = Millis::from_minutes(2);
/// How many pauses the quantiles are taken from.
const PAUSES_MAX: usize = 256;
const PAGE_BYTES: f64 = 8192.0;
const STACK_SPAN_BYTES: f64 = 32_768.0;

/// What tells one Go program from another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoProfile {
    /// What stays after each collection.
    pub live_bytes: f64,
    /// Resident memory besides heap and stacks.
    pub resident_base_bytes: f64,
    /// Heap address space taken from the system.
    pub heap_sys_bytes: f64,
    /// Threads when idle.
    pub threads: f64,
    /// Share of a CPU that the idle program uses.
    pub idle_cpu: f64,
}

/// The runtime of one process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoRuntime {
    profile: GoProfile,
    heap_bytes: f64,
    heap_objects: f64,
    goal_bytes: f64,
    allocated_bytes: f64,
    mallocs: f64,
    collections: u64,
    collected_at: Timestamp,
    pauses: Vec<f64>, // a ring of the last ones
    pause_quantiles: [f64; 5],
    pause_sum: f64,
    collector_cpu_seconds: f64,
    work_cpu_seconds: f64,
    threads: f64,
}

impl GoRuntime {
    /// The runtime of a process that starts now, with what the start itself allocated.
    #[must_use]
    pub fn new(profile: GoProfile, now: Timestamp) -> Self {
        Self {
            profile,
            heap_bytes: profile.live_bytes,
            heap_objects: objects(profile.live_bytes),
            goal_bytes: SMALLEST_GOAL_BYTES.max(2.0 * profile.live_bytes),
            allocated_bytes: profile.live_bytes,
            mallocs: objects(profile.live_bytes) * 1.4,
            collections: 0,
            collected_at: now,
            pauses: Vec::new(),
            pause_quantiles: [0.0; 5],
            pause_sum: 0.0,
            collector_cpu_seconds: 0.0,
            work_cpu_seconds: 0.03,
            threads: profile.threads,
        }
    }

    /// Work done for a request: memory allocated, CPU used, and how many requests were being served meanwhile.
    pub fn work(&mut self, bytes: f64, cpu_seconds: f64, serving: u32, now: Timestamp, random: &mut Stream) {
        self.heap_bytes += bytes;
        self.allocated_bytes += bytes;
        self.heap_objects += objects(bytes);
        self.mallocs += objects(bytes);
        self.work_cpu_seconds += cpu_seconds;
        // A thread for each few requests at once; threads are never given back.
        self.threads = self.threads.max((self.profile.threads + f64::from(serving / 4)).min(40.0));
        if self.heap_bytes >= self.goal_bytes || now - self.collected_at >= FORCED_AFTER {
            self.collect(now, random);
        }
    }

    /// Collects, where nothing was for two minutes; to be called about once a minute.
    pub fn tick(&mut self, now: Timestamp, random: &mut Stream) {
        if now - self.collected_at >= FORCED_AFTER {
            self.collect(now, random);
        }
    }

    fn collect(&mut self, now: Timestamp, random: &mut Stream) {
        let live = self.profile.live_bytes * (0.95 + 0.1 * random.uniform());
        self.heap_bytes = live.min(self.heap_bytes);
        self.heap_objects = objects(self.heap_bytes);
        self.goal_bytes = SMALLEST_GOAL_BYTES.max(2.0 * self.heap_bytes);
        let pause = to_nanoseconds(0.000_03 + random.exponential(0.000_06));
        self.pause_sum += pause;
        self.collector_cpu_seconds += 0.000_6 + 0.000_5 * self.heap_bytes / 1e6;
        if self.pauses.len() < PAUSES_MAX {
            self.pauses.push(pause);
        } else {
            self.pauses[(self.collections % PAUSES_MAX as u64) as usize] = pause;
        }
        self.collections += 1;
        self.collected_at = now;
        let mut sorted = self.pauses.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len() - 1;
        self.pause_quantiles = std::array::from_fn(|quarter| sorted[last * quarter / 4]);
    }

    /// Seconds of CPU since the start.
    #[must_use]
    pub fn cpu_seconds(&self, running: Millis) -> f64 {
        self.work_cpu_seconds + self.collector_cpu_seconds + self.profile.idle_cpu * running.as_secs_f64()
    }

    /// Resident memory with so many goroutines.
    #[must_use]
    pub fn resident_bytes(&self, goroutines: u32) -> f64 {
        self.profile.resident_base_bytes + heap_in_use(self.heap_bytes) + stack_in_use(goroutines)
    }

    /// Virtual memory.
    #[must_use]
    pub fn virtual_bytes(&self) -> f64 {
        self.profile.heap_sys_bytes + 48e6 + 8.4e6 * (self.threads - self.profile.threads)
    }

    /// Shows the `go_*` families in the order of the page.
    pub fn show(&self, version: &str, goroutines: u32, running: Millis, collector: &mut impl Show) {
        collector.family(
            "go_gc_duration_seconds",
            MetricType::Summary,
            "A summary of the GC invocation durations.",
        );
        for (quantile, value) in ["0", "0.25", "0.5", "0.75", "1"].into_iter().zip(self.pause_quantiles) {
            collector.value(&[("quantile", quantile)], value);
        }
        collector.sample(Suffix::Sum, &[], to_nanoseconds(self.pause_sum), None);
        collector.sample(Suffix::Count, &[], self.collections as f64, None);
        collector.gauge("go_goroutines", "Number of goroutines that currently exist.", f64::from(goroutines));
        collector.family("go_info", MetricType::Gauge, "Information about the Go environment.");
        collector.value(&[("version", version)], 1.0);
        self.show_memory(goroutines, running, collector);
        collector.gauge("go_threads", "Number of OS threads created.", self.threads);
    }

    fn show_memory(&self, goroutines: u32, running: Millis, collector: &mut impl Show) {
        let in_use = heap_in_use(self.heap_bytes);
        let stack = stack_in_use(goroutines);
        // Stacks are cut out of the same address space.
        let heap_sys = self.profile.heap_sys_bytes - stack;
        let idle = heap_sys - in_use;
        let released = libm::floor(idle * 0.96 / PAGE_BYTES) * PAGE_BYTES;
        let spans = libm::floor(in_use / PAGE_BYTES / 2.0) * 136.0;
        let spans_sys = libm::ceil(spans / 16_384.0) * 16_384.0;
        let collector_sys = libm::floor(heap_sys * 0.035 / 4096.0) * 4096.0;
        let sum = heap_sys + stack + spans_sys + 16_384.0 + 1_444_000.0 + collector_sys + 790_000.0;
        let last_collected = if self.collections == 0 { 0.0 } else { self.collected_at.as_secs_f64() };
        let cpus = 4.0;
        let share = self.collector_cpu_seconds / (cpus * running.as_secs_f64()).max(0.1);
        let whole = |value: f64| libm::floor(value);
        let gauges = [
            ("buck_hash_sys_bytes", 1_444_000.0, "Number of bytes used by the profiling bucket hash table."),
            ("frees_total", whole(self.mallocs - self.heap_objects), "Total number of frees."),
            (
                "gc_cpu_fraction",
                share,
                "The fraction of this program's available CPU time used by the GC since the program started.",
            ),
            ("gc_sys_bytes", collector_sys, "Number of bytes used for garbage collection system metadata."),
            ("heap_alloc_bytes", whole(self.heap_bytes), "Number of heap bytes allocated and still in use."),
            ("heap_idle_bytes", idle, "Number of heap bytes waiting to be used."),
            ("heap_inuse_bytes", in_use, "Number of heap bytes that are in use."),
            ("heap_objects", whole(self.heap_objects), "Number of allocated objects."),
            ("heap_released_bytes", released, "Number of heap bytes released to OS."),
            ("heap_sys_bytes", heap_sys, "Number of heap bytes obtained from system."),
            (
                "last_gc_time_seconds",
                last_collected,
                "Number of seconds since 1970 of last garbage collection.",
            ),
            ("lookups_total", 0.0, "Total number of pointer lookups."),
            ("mallocs_total", whole(self.mallocs), "Total number of mallocs."),
            ("mcache_inuse_bytes", 6944.0, "Number of bytes in use by mcache structures."),
            (
                "mcache_sys_bytes",
                16_384.0,
                "Number of bytes used for mcache structures obtained from system.",
            ),
            ("mspan_inuse_bytes", spans, "Number of bytes in use by mspan structures."),
            ("mspan_sys_bytes", spans_sys, "Number of bytes used for mspan structures obtained from system."),
            (
                "next_gc_bytes",
                whole(self.goal_bytes),
                "Number of heap bytes when next garbage collection will take place.",
            ),
            ("other_sys_bytes", 790_000.0, "Number of bytes used for other system allocations."),
            ("stack_inuse_bytes", stack, "Number of bytes in use by the stack allocator."),
            ("stack_sys_bytes", stack, "Number of bytes obtained from system for stack allocator."),
            ("sys_bytes", sum, "Number of bytes obtained from system."),
        ];
        self.show_allocated(collector);
        let mut name = String::with_capacity(48);
        for (part, value, help) in gauges {
            name.clear();
            name.push_str("go_memstats_");
            name.push_str(part);
            if part.ends_with("_total") {
                collector.counter(&name, help, value);
            } else {
                collector.gauge(&name, help, value);
            }
        }
    }

    /// The one name that stands for a gauge and, with its ending, for a counter.
    fn show_allocated(&self, collector: &mut impl Show) {
        let heap = libm::floor(self.heap_bytes);
        collector.gauge("go_memstats_alloc_bytes", "Number of bytes allocated and still in use.", heap);
        let allocated = libm::floor(self.allocated_bytes);
        collector.counter(
            "go_memstats_alloc_bytes_total",
            "Total number of bytes allocated, even if freed.",
            allocated,
        );
    }
}

/// Objects in so many bytes, of Go's usual size.
fn objects(bytes: f64) -> f64 {
    bytes / 110.0
}

fn heap_in_use(heap_bytes: f64) -> f64 {
    libm::ceil((heap_bytes * 1.12 + 600_000.0) / PAGE_BYTES) * PAGE_BYTES
}

/// Stacks come in spans; a goroutine that serves a request takes about 8 KiB.
fn stack_in_use(goroutines: u32) -> f64 {
    9.0 * STACK_SPAN_BYTES + libm::ceil(f64::from(goroutines) * 8192.0 / STACK_SPAN_BYTES) * STACK_SPAN_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Seed;

    const PROFILE: GoProfile = GoProfile {
        live_bytes: 1e6,
        resident_base_bytes: 8e6,
        heap_sys_bytes: 66_584_576.0,
        threads: 7.0,
        idle_cpu: 0.0,
    };

    #[test]
    fn the_heap_is_a_saw_tooth_below_its_goal() {
        let mut random = Seed(1).stream("go");
        let mut runtime = GoRuntime::new(PROFILE, Timestamp(0));
        let (mut highest, mut lowest_later) = (0.0_f64, f64::MAX);
        for request in 0..1000 {
            runtime.work(40_000.0, 0.001, 1, Timestamp(request * 50), &mut random);
            highest = highest.max(runtime.heap_bytes);
            if request > 100 {
                lowest_later = lowest_later.min(runtime.heap_bytes);
            }
        }
        assert!(highest < SMALLEST_GOAL_BYTES && highest > 4.1e6, "{highest}");
        assert!((0.94e6..1.1e6).contains(&lowest_later), "{lowest_later}");
        // Each collection takes about 3.2 MB of the 40 MB allocated away.
        assert!((11..=14).contains(&runtime.collections), "{}", runtime.collections);
        assert!(runtime.pause_quantiles.is_sorted() && runtime.pause_quantiles[0] > 0.0);
    }

    #[test]
    fn an_idle_process_collects_every_two_minutes() {
        let mut random = Seed(1).stream("go");
        let mut runtime = GoRuntime::new(PROFILE, Timestamp(0));
        for minute in 1..=60 {
            runtime.tick(Timestamp(minute * 60_000), &mut random);
        }
        assert_eq!(runtime.collections, 30);
    }
}
