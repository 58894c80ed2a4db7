//! What the pages show, name by name, as the book's chapter has it.

use super::probe::Lab;
use super::*;
use crate::exposition::{Entry, Format, Parser};
use crate::sim::ValueList;

fn names(series: &Series) -> Vec<&str> {
    series.types.keys().map(String::as_str).collect()
}

fn assert_types(series: &Series, expected: &[(&str, MetricType)]) {
    for (name, metric_type) in expected {
        assert_eq!(series.types.get(*name), Some(metric_type), "{name} of {:?}", names(series));
    }
}

use MetricType::{Counter, Gauge, Histogram, Summary};

#[test]
fn the_gallery_counts_lazily_and_shows_the_go_runtime() {
    let mut yard = warm_yard(11);
    let fresh = series(&yard, GALLERY);
    assert!(!fresh.types.contains_key("image_gallery_requests_total"), "no series before the first request");
    assert_eq!(fresh.values["image_gallery_in_flight_requests"], 0.0);
    yard.send(40).unwrap();
    run(&mut yard, 30.0);
    let busy = series(&yard, GALLERY);
    assert!(busy.values[SERVED] > 20.0 && busy.values[FAILED] >= 1.0, "{:?}", busy.values);
    assert_types(
        &busy,
        &[
            ("image_gallery_requests_total", Counter),
            ("image_gallery_in_flight_requests", Gauge),
            ("go_goroutines", Gauge),
            ("go_threads", Gauge),
            ("go_gc_duration_seconds", Summary),
            ("go_memstats_alloc_bytes_total", Counter),
            ("go_memstats_stack_inuse_bytes", Gauge),
            ("go_memstats_gc_cpu_fraction", Gauge),
            ("process_cpu_seconds_total", Counter),
            ("process_start_time_seconds", Gauge),
            ("promhttp_metric_handler_requests_total", Counter),
            ("promhttp_metric_handler_requests_in_flight", Gauge),
        ],
    );
    assert!(names(&busy).is_sorted(), "Go's library sorts its page");
    assert!((44..=50).contains(&busy.values.len()), "{} samples", busy.values.len());
    let goroutines = busy.values["go_goroutines"];
    assert!((7.0..=12.0).contains(&goroutines), "{goroutines} goroutines of an idle process");
    let stack = busy.values["go_memstats_stack_inuse_bytes"];
    assert!((3e5..7e5).contains(&stack) && stack % 32_768.0 == 0.0, "{stack}");
    let resident = busy.values["process_resident_memory_bytes"];
    assert!((10e6..18e6).contains(&resident), "{resident}");
    assert!(
        !busy.types.contains_key("image_gallery_requests") && !busy.types.contains_key("go_memstats_bytes")
    );
}

#[test]
fn counters_begin_again_when_the_process_does() {
    let mut yard = warm_yard(12);
    yard.set_traffic(10.0).unwrap();
    run(&mut yard, 60.0);
    let before = series(&yard, GALLERY);
    yard.set_traffic(0.0).unwrap();
    yard.restart(GALLERY).unwrap();
    run(&mut yard, 5.0);
    let after = series(&yard, GALLERY);
    assert!(before.values[SERVED] > 400.0 && !after.values.contains_key(SERVED));
    let start = "process_start_time_seconds";
    assert!(after.values[start] > before.values[start] + 50.0);
    assert!(after.values["process_cpu_seconds_total"] < before.values["process_cpu_seconds_total"]);
}

#[test]
fn iotd_shows_micrometers_names() {
    let mut yard = warm_yard(13);
    let fresh = series(&yard, IOTD);
    assert!(!fresh.types.contains_key("iotd_api_image_load_total"), "counters come with the first load");
    yard.set_traffic(5.0).unwrap();
    run(&mut yard, 120.0);
    let busy = series(&yard, IOTD);
    assert_types(
        &busy,
        &[
            ("iotd_api_image_load_total", Counter),
            ("method_timed_seconds", Summary),
            ("method_timed_seconds_max", Gauge),
            ("http_server_requests_seconds", Summary),
            ("http_server_requests_seconds_max", Gauge),
            ("jvm_memory_used_bytes", Gauge),
            ("jvm_buffer_count_buffers", Gauge),
            ("jvm_gc_pause_seconds", Summary),
            ("jvm_gc_memory_promoted_bytes_total", Counter),
            ("jvm_threads_live_threads", Gauge),
            ("jvm_classes_unloaded_classes_total", Counter),
            ("process_cpu_usage", Gauge),
            ("process_files_open_files", Gauge),
            ("system_load_average_1m", Gauge),
            ("logback_events_total", Counter),
            ("tomcat_global_sent_bytes_total", Counter),
        ],
    );
    let method = r#"{class="iotd.ImageController",exception="none",method="get"}"#;
    let all = busy.values[r#"iotd_api_image_load_total{status="cached"}"#] + 1.0;
    assert_eq!(busy.values[&format!("method_timed_seconds_count{method}")], all);
    // The first call waited for NASA.
    let longest = busy.values[&format!("method_timed_seconds_max{method}")];
    assert!((0.2..1.5).contains(&longest), "{longest}");
    assert_eq!(busy.values[r#"tomcat_threads_current_threads{name="http-nio-80"}"#], 10.0);
    let absent = ["process_cpu_seconds_total", "process_resident_memory_bytes"];
    assert!(absent.iter().all(|name| !busy.types.contains_key(*name)), "those belong to other libraries");
    let states = busy.values.iter().filter(|(name, _)| name.starts_with("jvm_threads_states_threads"));
    assert_eq!(states.map(|(_, value)| value).sum::<f64>(), busy.values["jvm_threads_live_threads"]);
    yard.set_traffic(0.0).unwrap();
    run(&mut yard, 420.0);
    assert_eq!(value(&yard, IOTD, &format!("method_timed_seconds_max{method}")), 0.0, "the maximum decays");
}

#[test]
fn the_access_log_refreshes_its_default_metrics_every_ten_seconds() {
    let mut yard = warm_yard(14);
    yard.set_traffic(20.0).unwrap();
    let hostname = view(&yard, ACCESSLOG).id;
    let cpu = format!("process_cpu_seconds_total{{hostname=\"{hostname}\"}}");
    let (mut stairs, mut seen) = (Vec::new(), None);
    for _ in 0..60 {
        run(&mut yard, 1.0);
        let page = series(&yard, ACCESSLOG);
        assert!(yard.now() - page.timestamps[&cpu] <= Millis(10_000));
        if seen != Some(page.values[&cpu]) {
            seen = Some(page.values[&cpu]);
            stairs.push(page.timestamps[&cpu]);
        }
        // Its own two metrics are always up to date, and without a time.
        assert!(page.timestamps.keys().all(|name| !name.starts_with("access_")));
    }
    assert!((6..=7).contains(&stairs.len()), "{stairs:?}");
    assert!(stairs.windows(2).all(|pair| pair[1] - pair[0] == Millis(10_000)), "{stairs:?}");
    let page = series(&yard, ACCESSLOG);
    assert!(page.values.keys().all(|name| name.contains(&format!("hostname=\"{hostname}\""))));
    assert_types(
        &page,
        &[
            ("access_log_total", Counter),
            ("access_client_ip_current", Gauge),
            ("process_cpu_user_seconds_total", Counter),
            ("nodejs_active_handles", Gauge),
            ("nodejs_active_handles_total", Gauge),
            ("nodejs_active_requests_total", Gauge),
            ("nodejs_eventloop_lag_seconds", Gauge),
            ("nodejs_external_memory_bytes", Gauge),
            ("nodejs_heap_space_size_available_bytes", Gauge),
            ("nodejs_version_info", Gauge),
        ],
    );
    assert!(names(&page).iter().all(|name| !name.starts_with("nodejs_gc")), "those came with version 12");
}

#[test]
fn the_engine_books_containers_and_actions() {
    let mut yard = warm_yard(15);
    let state = |yard: &ChapterYard, state: &str| {
        value(yard, "docker", &format!("engine_daemon_container_states_containers{{state=\"{state}\"}}"))
    };
    let actions = |yard: &ChapterYard, action: &str| {
        value(
            yard,
            "docker",
            &format!("engine_daemon_container_actions_seconds_count{{action=\"{action}\"}}"),
        )
    };
    assert_eq!((state(&yard, "running"), state(&yard, "paused"), state(&yard, "stopped")), (3.0, 0.0, 0.0));
    // Each action was observed once with 0 when the engine began.
    assert_eq!(
        (actions(&yard, "start"), actions(&yard, "create"), actions(&yard, "delete")),
        (4.0, 4.0, 1.0)
    );
    assert_eq!((actions(&yard, "commit"), actions(&yard, "changes")), (1.0, 1.0));
    yard.pause(IOTD).unwrap();
    yard.kill(GALLERY).unwrap();
    assert_eq!((state(&yard, "running"), state(&yard, "paused"), state(&yard, "stopped")), (1.0, 1.0, 1.0));
    yard.unpause(IOTD).unwrap();
    yard.start(GALLERY).unwrap();
    yard.scale("accesslog", 3).unwrap();
    run(&mut yard, 5.0);
    assert_eq!((state(&yard, "running"), actions(&yard, "start")), (5.0, 7.0));
    yard.scale("accesslog", 1).unwrap();
    run(&mut yard, 15.0);
    assert_eq!((state(&yard, "running"), actions(&yard, "delete")), (3.0, 3.0));
    let page = series(&yard, "docker");
    assert!((250..=400).contains(&page.values.len()), "{} samples", page.values.len());
    assert_types(
        &page,
        &[
            ("engine_daemon_container_actions_seconds", Histogram),
            ("engine_daemon_network_actions_seconds", Histogram),
            ("engine_daemon_events_subscribers_total", Gauge),
            ("engine_daemon_engine_cpus_cpus", Gauge),
            ("builder_builds_failed_total", Counter),
            ("swarm_manager_tasks_total", Gauge),
        ],
    );
    let mut sorted = names(&page);
    sorted.sort();
    assert_eq!(names(&page), sorted);
}

#[test]
fn looking_at_the_metrics_changes_nothing() {
    let mut yard = warm_yard(16);
    yard.set_traffic(20.0).unwrap();
    run(&mut yard, 100.0);
    let before = postcard::to_stdvec(&yard).unwrap();
    let mut list = ValueList::default();
    for actor in yard.actors().collect::<Vec<_>>() {
        yard.gather(actor, &mut list);
    }
    assert!(list.values.len() > 500);
    assert_eq!(postcard::to_stdvec(&yard).unwrap(), before);
}

const PAGES: [(&str, u16, &str); 5] = [
    ("image-gallery", 80, "/metrics"),
    ("iotd", 80, "/actuator/prometheus"),
    ("accesslog", 80, "/metrics"),
    ("DOCKER_HOST", 9323, "/metrics"),
    ("iotd", 80, "/metrics"),
];

#[test]
fn pages_are_text_that_the_parser_reads_and_come_in_their_usual_time() {
    let mut lab = Lab::new(17, 1);
    lab.yard.set_traffic(5.0).unwrap();
    let tokens = PAGES.map(|(host, port, path)| lab.ask(host, port, path, false, 10.0));
    lab.run(5.0);
    let pages = tokens.map(|token| {
        let answer = lab.answer(token).unwrap();
        let page = answer.result.clone().unwrap().page.unwrap_or_default();
        (page.content_type, page.body, answer.took_seconds)
    });
    let expected = [
        (Some("text/plain; version=0.0.4; charset=utf-8"), 44..=50, 0.001..0.007),
        (Some("text/plain; version=0.0.4;charset=utf-8"), 85..=150, 0.2..0.51),
        (None, 38..=60, 0.001..0.008),
        (Some("text/plain; version=0.0.4; charset=utf-8"), 250..=400, 0.001..0.010),
        (None, 0..=0, 0.001..0.010),
    ];
    for (((content_type, body, took_seconds), expected), page) in pages.iter().zip(expected).zip(PAGES) {
        let (expected_type, samples, seconds) = expected;
        assert_eq!(content_type.as_deref(), expected_type);
        let mut parser = Parser::new(body.as_bytes(), Format::Text);
        let mut read = 0;
        while let Some(entry) = parser.next_entry().unwrap() {
            read += u32::from(matches!(entry, Entry::Sample(_)));
        }
        assert!(samples.contains(&read), "{read} samples of {page:?}");
        assert!(seconds.contains(took_seconds), "{took_seconds} s for {page:?}");
    }
    let gallery = &pages[0].1;
    assert!(gallery.contains("\npromhttp_metric_handler_requests_in_flight 1\n"), "it counts itself");
    assert!(gallery.contains("\npromhttp_metric_handler_requests_total{code=\"200\"} 0\n"));
}
