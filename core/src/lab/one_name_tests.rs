//! One name with three addresses: what is seen of three replicas depends on how they are found, on whether their server
//! keeps connections, and on whether a label tells their series apart. The four cases with their numbers.

use super::played::Played;

const DROP_HOSTNAME: &str = "\n  metric_relabel_configs: [{regex: hostname, action: labeldrop}]\n";

/// A name with three addresses whose counters differ: the first has counted for longest.
fn three_replicas(keep_alive_ms: &str, config: &str) -> Played {
    let mut lab = Played::site(keep_alive_ms, "2.13", config);
    lab.pass(60);
    for replicas in [2, 3] {
        lab.done(&format!("scale accesslog {replicas}"));
        lab.pass(90);
    }
    lab.pass(240);
    lab
}

fn by_name(metric_relabeling: &str) -> String {
    format!(
        "scrape_configs:\n- job_name: log\n  scrape_interval: 3s\n  static_configs: [{{targets: [accesslog]}}]{metric_relabeling}"
    )
}

const TRUE_RATE: &str = "sum(rate(access_log_total[1m]))";

#[test]
fn it_sticks_to_one_of_the_three_where_connections_are_kept() {
    for relabeling in [DROP_HOSTNAME, "\n"] {
        let mut lab = three_replicas("60000", &by_name(relabeling));
        assert_eq!(lab.pulled("count(count by (hostname) (last_over_time(access_log_total[4m])))"), 1.0);
        let (rate, truth) = (lab.pulled(TRUE_RATE), lab.truth(TRUE_RATE));
        assert!((0.2..0.5).contains(&(rate / truth)), "a third is seen: {rate} of {truth}");
        assert_eq!(lab.pulled(RESETS), 0.0);
        // It was the first of the three, since the connection is older than the others; when it goes, the next one
        // takes over.
        lab.done("kill shop-accesslog-1");
        lab.pass(15);
        let jumped =
            lab.pulled("sum(changes(access_log_total[15s])) + count(last_over_time(access_log_total[30s]))");
        assert!(jumped >= 2.0, "{jumped}");
        assert_eq!(lab.pulled("up"), 1.0, "the dialler went on to another address");
    }
}

/// Resets within four minutes; a scrape every three seconds makes 80 steps of them.
const RESETS: &str = "sum(resets(access_log_total[4m]))";

#[test]
fn dns_finds_all_three() {
    let job = "scrape_configs:\n- job_name: log\n  scrape_interval: 3s\n  \
               dns_sd_configs: [{names: [accesslog], type: A, port: 80, refresh_interval: 30s}]\n";
    let lab = three_replicas("10", job);
    assert_eq!(lab.pulled("sum(up)"), 3.0);
    assert_eq!(lab.pulled("count(access_log_total)"), 3.0);
    let share = lab.pulled(TRUE_RATE) / lab.truth(TRUE_RATE);
    assert!((0.9..1.1).contains(&share), "all of the truth: {share}");
    assert_eq!(lab.pulled(RESETS), 0.0);
}

#[test]
fn series_flap_where_a_label_tells_them_apart() {
    let lab = three_replicas("10", &by_name("\n"));
    assert_eq!((lab.pulled("sum(up)"), lab.pulled("count(access_log_total)")), (1.0, 1.0), "one at a time");
    assert_eq!(lab.pulled("count(count by (hostname) (last_over_time(access_log_total[4m])))"), 3.0);
    let share = lab.pulled(TRUE_RATE) / lab.truth(TRUE_RATE);
    assert!((0.75..1.0).contains(&share), "4.5 to 6 of 6: {share}");
    assert_eq!(lab.pulled(RESETS), 0.0);
}

#[test]
fn a_saw_tooth_where_no_label_tells_them_apart() {
    let lab = three_replicas("10", &by_name(DROP_HOSTNAME));
    assert_eq!((lab.pulled("sum(up)"), lab.pulled("count(access_log_total)")), (1.0, 1.0));
    let (rate, truth) = (lab.pulled(TRUE_RATE), lab.truth(TRUE_RATE));
    assert!(rate > 10.0 * truth, "each drop is read as a reset: {rate} of {truth}");
    let resets = lab.pulled(RESETS);
    assert!((18.0..40.0).contains(&resets), "a third of 80 steps: {resets}");
    assert!(lab.pulled("sum(changes(process_start_time_seconds[4m]))") > 30.0);
}
