//! What visitors meet, and what the counters make of it.

use super::*;
use crate::sim::NoticeEvent;

#[test]
fn one_page_in_ten_fails_and_each_page_served_is_logged_once() {
    let mut yard = warm_yard(1);
    yard.set_traffic(20.0).unwrap();
    run(&mut yard, 3600.0);
    yard.set_traffic(0.0).unwrap();
    run(&mut yard, 5.0);
    let (served, failed) = (value(&yard, GALLERY, SERVED), value(&yard, GALLERY, FAILED));
    let sent = served + failed;
    assert!((sent - 72_000.0).abs() < 5.0 * 72_000_f64.sqrt(), "{sent} visitors in an hour at 20 a second");
    assert!((failed / sent - 0.1).abs() < 0.006, "{failed} of {sent} failed");
    assert_eq!(logged(&yard, ACCESSLOG), served);
    let tally = yard.tally();
    assert_eq!((tally.succeeded as f64, tally.failed as f64), (served, failed));
    assert_eq!(tally.sent, tally.succeeded + tally.failed);
    // The first picture comes from NASA, all others out of the cache.
    assert_eq!(value(&yard, IOTD, r#"iotd_api_image_load_total{status="success"}"#), 1.0);
    assert_eq!(value(&yard, IOTD, r#"iotd_api_image_load_total{status="cached"}"#), served - 1.0);
    // Each visitor has a port of its own, so the gauge of clients equals the number of entries.
    let hostname = view(&yard, ACCESSLOG).id;
    let clients = format!("access_client_ip_current{{hostname=\"{hostname}\"}}");
    assert_eq!(value(&yard, ACCESSLOG, &clients), served);
}

#[test]
fn a_picture_is_fetched_anew_after_two_hours() {
    let mut yard = warm_yard(2);
    yard.set_traffic(0.2).unwrap();
    let loads = r#"iotd_api_image_load_total{status="success"}"#;
    run(&mut yard, 7000.0);
    assert_eq!(value(&yard, IOTD, loads), 1.0);
    run(&mut yard, 600.0);
    assert_eq!(value(&yard, IOTD, loads), 2.0);
}

#[test]
fn panicking_requests_are_not_counted_while_iotd_is_down() {
    let mut yard = warm_yard(3);
    yard.set_traffic(10.0).unwrap();
    run(&mut yard, 60.0);
    yard.kill(IOTD).unwrap();
    let (served, failed, broken) =
        (value(&yard, GALLERY, SERVED), value(&yard, GALLERY, FAILED), yard.tally().broken);
    run(&mut yard, 600.0);
    assert_eq!(value(&yard, GALLERY, SERVED), served, "no page is served");
    let failed = value(&yard, GALLERY, FAILED) - failed;
    assert!((failed - 600.0).abs() < 150.0, "a tenth of 6000 still fails by itself: {failed}");
    let broken = (yard.tally().broken - broken) as f64;
    assert!((broken - 5400.0).abs() < 400.0, "the others get an empty reply: {broken}");
    assert_eq!(value(&yard, GALLERY, "image_gallery_in_flight_requests"), 0.0);
    let (mut lines, _) = yard.logs(yard.find(GALLERY).unwrap(), 0);
    assert!(lines.any(|line| line.to_string().starts_with("http: panic serving 203.0.113.1:")));
}

#[test]
fn without_the_access_log_pages_panic_as_well() {
    let mut yard = warm_yard(4);
    yard.kill(ACCESSLOG).unwrap();
    yard.set_traffic(10.0).unwrap();
    run(&mut yard, 60.0);
    assert_eq!(value(&yard, GALLERY, SERVED), 0.0);
    assert!(value(&yard, GALLERY, FAILED) > 20.0 && yard.tally().broken > 400);
    let loads = r#"iotd_api_image_load_total{status="cached"}"#;
    assert!(value(&yard, IOTD, loads) > 400.0, "the picture was fetched before the page failed");
}

#[test]
fn requests_in_flight_are_rate_times_latency() {
    let mut yard = warm_yard(5);
    yard.set_traffic(40.0).unwrap();
    run(&mut yard, 120.0); // until the code of iotd is warm
    let timer = r#"http_server_requests_seconds"#;
    let labels = r#"{exception="None",method="GET",outcome="SUCCESS",status="200",uri="/image"}"#;
    let read = |yard: &ChapterYard, part: &str| value(yard, IOTD, &format!("{timer}_{part}{labels}"));
    let (sum, count) = (read(&yard, "sum"), read(&yard, "count"));
    let mut in_flight = 0.0;
    let looks = 30_000;
    for _ in 0..looks {
        run(&mut yard, 0.013);
        in_flight += value(&yard, GALLERY, "image_gallery_in_flight_requests") / f64::from(looks);
    }
    let picture_seconds = (read(&yard, "sum") - sum) / (read(&yard, "count") - count);
    // The picture, rendering (1.2 ms), and the log entry (1 ms, and a third more among so many entries).
    let expected = 36.0 * (picture_seconds + 0.0012 + 0.0013);
    assert!((in_flight / expected - 1.0).abs() < 0.2, "{in_flight} in flight, expected {expected}");
}

#[test]
fn requests_sent_one_after_the_other_are_told_when_all_have_ended() {
    let mut yard = warm_yard(6);
    let batch = yard.send(10).unwrap();
    yard.take_notices();
    run(&mut yard, 10.0);
    let (notices, lost) = yard.take_notices();
    let sent: Vec<_> = notices
        .iter()
        .filter_map(|notice| match &notice.event {
            NoticeEvent::Sent { batch: number, tally } => Some((*number, *tally, notice.at)),
            _ => None,
        })
        .collect();
    let calls = notices
        .iter()
        .filter(|notice| matches!(&notice.event, NoticeEvent::Called(call) if &*call.path == "/"));
    assert_eq!((calls.count(), lost), (10, 0));
    assert!(sent.len() == 1 && sent[0].0 == batch, "{sent:?}");
    let tally = sent[0].1;
    assert_eq!((tally.sent, tally.succeeded + tally.failed), (10, 10));
    assert_eq!(tally.succeeded as f64, value(&yard, GALLERY, SERVED));
    assert_eq!(logged(&yard, ACCESSLOG), tally.succeeded as f64);
    // The first waits for NASA; ten curls take a fraction of a second more.
    let took = (sent[0].2 - (yard.now() - Millis(10_000))).as_secs_f64();
    assert!((0.4..2.5).contains(&took), "{took} s");
}

#[test]
fn nobody_is_lost_when_everything_breaks() {
    let mut yard = yard(30.0, 7);
    for _ in 0..10 {
        for (seconds, act) in [
            (5.0, ChapterYard::pause as fn(&mut ChapterYard, &str) -> _),
            (40.0, ChapterYard::unpause),
            (7.0, ChapterYard::kill),
            (3.0, ChapterYard::start),
            (20.0, ChapterYard::stop),
            (20.0, ChapterYard::start),
        ] {
            for container in [IOTD, ACCESSLOG, GALLERY] {
                let _ = act(&mut yard, container);
                run(&mut yard, seconds / 3.0);
            }
        }
    }
    yard.set_traffic(0.0).unwrap();
    run(&mut yard, 200.0);
    let tally = yard.tally();
    assert!(tally.timed_out > 100 && tally.broken > 100 && tally.refused > 100, "{tally:?}");
    assert!(tally.succeeded > 1000, "{tally:?}");
    let ended = tally.succeeded + tally.failed + tally.broken + tally.refused + tally.timed_out;
    assert_eq!(tally.sent, ended, "{tally:?}");
    assert_eq!(yard.core.exchanges.iter().count(), 0, "no exchange is left over");
    assert_eq!(value(&yard, GALLERY, "image_gallery_in_flight_requests"), 0.0);
}
