//! The Docker engine as a program of the machine: it shows its books on port 9323. It manages nothing here: the yard
//! does that, and keeps the books.

use serde::{Deserialize, Serialize};

use super::promhttp::{MetricsHandler, metrics_response};
use crate::base::time::{Millis, Timestamp};
use crate::model::metric::MetricType;
use crate::sim::address::Ip;
use crate::sim::call::{KeepAlive, Listener};
use crate::sim::collect::Collect;
use crate::sim::context::{Context, Surroundings};
use crate::sim::daemon::{ContainerAction, Daemon, NetworkAction};
use crate::sim::instruments::{Histogram, Scale, Show};
use crate::sim::message::{Message, Request, Response};
use crate::sim::program::Usage;
use crate::sim::runtimes::{GoProcess, GoProfile, GoRuntime};

/// Where the engine listens unless told otherwise.
const DEFAULT_PORT: u16 = 9323;
/// The engine was there before the yard.
const AGE: Millis = Millis::from_minutes(192);
const PROFILE: GoProfile = GoProfile {
    live_bytes: 9_800_000.0,
    resident_base_bytes: 62_000_000.0,
    heap_sys_bytes: 66_453_504.0,
    threads: 14.0,
    idle_cpu: 0.002,
};
const CPUS: f64 = 4.0;
const MEMORY_BYTES: f64 = 2_088_763_392.0;
const TICK: Millis = Millis::from_secs(15);
const HOST_FUNCTIONS: [&str; 4] = ["operating_system", "os_version", "system_info", "system_version"];
const BUILD_FAILURES: [&str; 8] = [
    "build_canceled",
    "build_target_not_reachable_error",
    "command_not_supported_error",
    "dockerfile_empty_error",
    "dockerfile_syntax_error",
    "error_processing_commands_error",
    "missing_onbuild_arguments_error",
    "unknown_instruction_error",
];
const TASK_STATES: [&str; 14] = [
    "accepted",
    "assigned",
    "complete",
    "failed",
    "new",
    "orphaned",
    "pending",
    "preparing",
    "ready",
    "rejected",
    "remove",
    "running",
    "shutdown",
    "starting",
];

/// The program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DockerEngine {
    process: Option<Box<Process>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Process {
    runtime: GoRuntime,
    metrics: MetricsHandler,
    daemon_id: String,
    host_functions: [Histogram; 4],
}

impl DockerEngine {
    pub(super) fn boot(&mut self, context: &mut Context<'_>) {
        let now = context.now();
        let bits = context.random().bits();
        let host_functions = std::array::from_fn(|_| {
            let mut histogram = Histogram::new(Scale::GoDefault);
            histogram.observe(0.001 + 0.02 * context.random().uniform());
            histogram
        });
        let mut runtime = GoRuntime::new(PROFILE, now);
        // What it did before the yard began.
        for _ in 0..96 {
            runtime.work(PROFILE.live_bytes, 0.2, 0, now, context.random());
        }
        self.process = Some(Box::new(Process {
            runtime,
            metrics: MetricsHandler::default(),
            daemon_id: format!("{bits:016X}"),
            host_functions,
        }));
        let address = context.environment("metrics-addr").cloned();
        if let Some((port, loopback_only)) = metrics_address(address.as_deref()) {
            context.listen(Listener { port, loopback_only, backlog: 4096, keep_alive: KeepAlive::FOREVER });
        }
        context.set_timer(now + TICK, 0);
    }

    pub(super) fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        match message {
            Message::Request(request) if &*request.path == "/metrics" => process.show_page(&request, context),
            Message::Request(request) => context.respond(request.id, 0.000_3, Response::status(404)),
            Message::Timer { .. } => {
                let now = context.now();
                let containers = f64::from(context.surroundings().daemon.states.running);
                // Its own watches over the containers, and health checks of the network's parts.
                process.runtime.work(300_000.0 + 60_000.0 * containers, 0.01, 0, now, context.random());
                process.runtime.tick(now, context.random());
                context.set_timer(now + TICK, 0);
            }
            Message::Response { .. } | Message::Failure { .. } | Message::Signal(_) => {}
        }
    }

    pub(super) fn gather(&self, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        if let Some(process) = &self.process {
            process.show(surroundings, collector);
        }
    }

    pub(super) fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        let Some(process) = &self.process else { return Usage::default() };
        Usage {
            cpu_seconds: process.runtime.cpu_seconds(surroundings.now - surroundings.started),
            memory_bytes: process.runtime.resident_bytes(goroutines(surroundings)),
        }
    }
}

/// The setting `metrics-addr` of `daemon.json`: port, and whether only the machine itself may connect. `None` where
/// it is not an address; then the engine shows nothing.
fn metrics_address(setting: Option<&str>) -> Option<(u16, bool)> {
    let Some(setting) = setting else { return Some((DEFAULT_PORT, false)) };
    let (host, port) = setting.rsplit_once(':')?;
    let loopback = host == "localhost" || host.parse::<Ip>().is_ok_and(Ip::is_loopback);
    Some((port.parse().ok()?, loopback))
}

fn goroutines(surroundings: &Surroundings<'_>) -> u32 {
    let states = surroundings.daemon.states;
    64 + 10 * (states.running + states.paused) + 2 * surroundings.connections_in
}

impl Process {
    fn show_page(&mut self, request: &Request, context: &mut Context<'_>) {
        self.metrics.begin();
        let surroundings = context.surroundings();
        let response = metrics_response(|list| self.show(&surroundings, list));
        self.metrics.end();
        let now: Timestamp = context.now();
        self.runtime.work(260_000.0, 0.003, 0, now, context.random());
        let after_seconds = 0.002_5 + 0.003 * context.random().uniform();
        context.respond(request.id, after_seconds, response);
    }

    fn show(&self, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        let failures = BUILD_FAILURES.map(|reason| (reason, 0.0));
        collector.counter_by(
            "builder_builds_failed_total",
            "Number of failed image builds",
            "reason",
            &failures,
        );
        collector.counter("builder_builds_triggered_total", "Number of triggered image builds", 0.0);
        self.show_engine(surroundings, collector);
        let disk = "etcd_disk_wal_fsync_duration_seconds";
        empty(collector, disk, "The latency distributions of fsync called by wal.", Scale::EtcdFsync);
        let running = surroundings.now - surroundings.started + AGE;
        let goroutines = goroutines(surroundings);
        self.runtime.show("go1.13.10", goroutines, running, collector);
        show_logger(collector);
        let process = GoProcess {
            cpu_seconds: self.runtime.cpu_seconds(running),
            open_fds: f64::from(34 + 6 * surroundings.daemon.states.running + surroundings.connections_in),
            resident_bytes: self.runtime.resident_bytes(goroutines),
            virtual_bytes: self.runtime.virtual_bytes(),
            started: surroundings.started - AGE,
        };
        process.show(collector);
        self.metrics.show(collector);
        show_swarm(collector);
    }

    fn show_engine(&self, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        let daemon = surroundings.daemon;
        let name = "engine_daemon_container_actions_seconds";
        collector.family(
            name,
            MetricType::Histogram,
            "The number of seconds it takes to process each container action",
        );
        for action in ContainerAction::ALL {
            daemon.container_action(action).show(collector, &[("action", action.name())]);
        }
        let states = daemon.states;
        let by_state = [
            ("paused", f64::from(states.paused)),
            ("running", f64::from(states.running)),
            ("stopped", f64::from(states.stopped)),
        ];
        let name = "engine_daemon_container_states_containers";
        collector.gauge_by(name, "The count of containers in various states", "state", &by_state);
        self.show_machine(collector);
        collector.gauge(
            "engine_daemon_events_subscribers_total",
            "The number of current subscribers to events",
            0.0,
        );
        collector.counter("engine_daemon_events_total", "The number of events logged", daemon.events as f64);
        collector.counter(
            "engine_daemon_health_checks_failed_total",
            "The total number of failed health checks",
            0.0,
        );
        collector.counter("engine_daemon_health_checks_total", "The total number of health checks", 0.0);
        self.show_durations(daemon, collector);
    }

    fn show_machine(&self, collector: &mut impl Collect) {
        collector.gauge(
            "engine_daemon_engine_cpus_cpus",
            "The number of cpus that the host system of the engine has",
            CPUS,
        );
        collector.family(
            "engine_daemon_engine_info",
            MetricType::Gauge,
            "The information related to the engine and the OS it is running on",
        );
        let labels = [
            ("architecture", "x86_64"),
            ("commit", "9d988398e7"),
            ("daemon_id", self.daemon_id.as_str()),
            ("graphdriver", "overlay2"),
            ("kernel", "4.19.76-linuxkit"),
            ("os", "Docker Desktop"),
            ("os_type", "linux"),
            ("os_version", ""),
            ("version", "19.03.13"),
        ];
        collector.value(&labels, 1.0);
        collector.gauge(
            "engine_daemon_engine_memory_bytes",
            "The number of bytes of memory that the host system of the engine has",
            MEMORY_BYTES,
        );
    }

    fn show_durations(&self, daemon: &Daemon, collector: &mut impl Collect) {
        let name = "engine_daemon_host_info_functions_seconds";
        collector.family(
            name,
            MetricType::Histogram,
            "The number of seconds it takes to call functions gathering info about the host",
        );
        for (function, histogram) in HOST_FUNCTIONS.iter().zip(&self.host_functions) {
            histogram.show(collector, &[("function", function)]);
        }
        let seen = |action: &NetworkAction| daemon.network_action(*action).count() > 0;
        if NetworkAction::ALL.iter().any(seen) {
            let name = "engine_daemon_network_actions_seconds";
            collector.family(
                name,
                MetricType::Histogram,
                "The number of seconds it takes to process each network action",
            );
        }
        for action in NetworkAction::ALL.into_iter().filter(seen) {
            daemon.network_action(action).show(collector, &[("action", action.name())]);
        }
    }
}

/// A histogram that has seen nothing.
fn empty(collector: &mut impl Collect, name: &str, help: &str, scale: Scale) {
    collector.family(name, MetricType::Histogram, help);
    Histogram::new(scale).show(collector, &[]);
}

fn show_logger(collector: &mut impl Collect) {
    let lines = "logger_log_entries_size_greater_than_buffer_total";
    collector.counter(lines, "Number of log entries which are larger than the log buffer", 0.0);
    collector.counter(
        "logger_log_read_operations_failed_total",
        "Number of log reads from container stdio that failed",
        0.0,
    );
    collector.counter(
        "logger_log_write_operations_failed_total",
        "Number of log write operations that failed",
        0.0,
    );
}

/// The families of the cluster mode, which is off: all of them stand at zero.
fn show_swarm(collector: &mut impl Collect) {
    let name = "swarm_dispatcher_scheduling_delay_seconds";
    empty(
        collector,
        name,
        "Scheduling delay is the time a task takes to go from NEW to RUNNING state.",
        Scale::GoDefault,
    );
    for (name, help) in [
        ("swarm_manager_configs_total", "The number of configs in the cluster object store"),
        ("swarm_manager_leader", "Indicates if this manager node is a leader"),
        ("swarm_manager_networks_total", "The number of networks in the cluster object store"),
    ] {
        collector.gauge(name, help, 0.0);
    }
    let nodes = ["disconnected", "down", "ready", "unknown"].map(|state| (state, 0.0));
    collector.gauge_by("swarm_manager_nodes", "The number of nodes", "state", &nodes);
    collector.gauge("swarm_manager_secrets_total", "The number of secrets in the cluster object store", 0.0);
    collector.gauge(
        "swarm_manager_services_total",
        "The number of services in the cluster object store",
        0.0,
    );
    let tasks = TASK_STATES.map(|state| (state, 0.0));
    collector.gauge_by(
        "swarm_manager_tasks_total",
        "The number of tasks in the cluster object store",
        "state",
        &tasks,
    );
    collector.gauge("swarm_node_manager", "Whether this node is a manager or not", 0.0);
    for (name, help) in [
        ("swarm_raft_snapshot_latency_seconds", "Raft snapshot create latency."),
        ("swarm_raft_transaction_latency_seconds", "Raft transaction latency."),
        ("swarm_store_batch_latency_seconds", "Raft store batch latency."),
        ("swarm_store_lookup_latency_seconds", "Raft store read latency."),
        ("swarm_store_read_tx_latency_seconds", "Raft store read tx latency."),
        ("swarm_store_write_tx_latency_seconds", "Raft store write tx latency."),
    ] {
        empty(collector, name, help, Scale::GoDefault);
    }
}
