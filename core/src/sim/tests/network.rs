//! Names, addresses, connections and the texts of their failures.

use super::probe::Lab;
use crate::base::time::Millis;

/// The host name that a page of the access log carries.
fn hostname(page: &str) -> &str {
    let label = "access_log_total{hostname=\"";
    let start = page.find(label).expect("the access log's page") + label.len();
    &page[start..start + 12]
}

#[test]
fn a_name_has_the_addresses_of_all_running_containers_in_random_order() {
    let mut lab = Lab::new(21, 3);
    let mut firsts = std::collections::BTreeMap::new();
    for _ in 0..300 {
        let addresses = lab.resolve("accesslog").unwrap();
        assert_eq!(addresses.len(), 3);
        *firsts.entry(addresses[0].clone()).or_insert(0) += 1;
    }
    assert!(firsts.len() == 3 && firsts.values().all(|times| (60..140).contains(times)), "{firsts:?}");
    lab.yard.kill("ch09-accesslog-2").unwrap();
    assert_eq!(lab.resolve("accesslog").unwrap().len(), 2, "a stopped container has no record");
    lab.yard.pause("ch09-accesslog-3").unwrap();
    assert_eq!(lab.resolve("accesslog").unwrap().len(), 2, "a paused one has");
    assert_eq!(lab.resolve("ch09-accesslog-1").unwrap(), [lab.ip("ch09-accesslog-1")]);
    assert_eq!(lab.resolve("DOCKER_HOST").unwrap(), ["192.168.65.2"]);
    let unknown = "dial tcp: lookup grafana on 127.0.0.11:53: no such host";
    assert_eq!(lab.resolve("grafana").unwrap_err(), unknown);
}

#[test]
fn failures_have_the_texts_of_go() {
    let mut lab = Lab::new(22, 1);
    let ip = lab.ip("ch09-accesslog-1");
    let refused = format!("dial tcp {ip}:81: connect: connection refused");
    assert_eq!(lab.fetch("accesslog", 81, "/metrics", false), Err(refused));
    assert!(lab.fetch(&ip, 80, "/metrics", false).is_ok());
    lab.yard.kill("ch09-accesslog-1").unwrap();
    let gone = lab.fetch(&ip, 80, "/metrics", false);
    assert_eq!(gone, Err(format!("dial tcp {ip}:80: connect: no route to host")));
    let unknown = "dial tcp: lookup accesslog on 127.0.0.11:53: no such host".to_owned();
    assert_eq!(lab.fetch("accesslog", 80, "/metrics", false), Err(unknown));
    lab.yard.pause("ch09-image-gallery-1").unwrap();
    let slow = lab.ask("image-gallery", 80, "/metrics", false, 10.0);
    lab.run(9.9);
    assert_eq!(lab.answer(slow), None);
    lab.run(0.2);
    let answer = lab.answer(slow).unwrap();
    assert_eq!(answer.result.as_ref().unwrap_err().to_string(), "context deadline exceeded");
    assert_eq!(answer.took_seconds, 10.0);
}

#[test]
fn a_paused_process_answers_when_it_goes_on() {
    let mut lab = Lab::new(23, 1);
    lab.yard.pause("ch09-image-gallery-1").unwrap();
    let patient = lab.ask("image-gallery", 80, "/metrics", false, 100.0);
    lab.run(30.0);
    assert_eq!(lab.answer(patient), None);
    lab.yard.unpause("ch09-image-gallery-1").unwrap();
    lab.run(1.0);
    let answer = lab.answer(patient).unwrap();
    assert_eq!(answer.result.as_ref().unwrap().status, 200);
    assert!((30.0..30.1).contains(&answer.took_seconds), "{}", answer.took_seconds);
}

#[test]
fn connections_are_refused_while_the_virtual_machine_starts() {
    let mut lab = Lab::new(24, 1);
    lab.yard.restart("ch09-iotd-1").unwrap();
    let (mut refused, mut asked) = (0, 0);
    while lab.fetch("iotd", 80, "/actuator/prometheus", false).is_err() {
        asked += 1;
        let ip = lab.ip("ch09-iotd-1");
        let probe = lab.ask("iotd", 80, "/actuator/prometheus", false, 1.0);
        lab.run(0.01);
        if let Some(Err(failure)) = lab.answer(probe).map(|answer| &answer.result) {
            refused += 1;
            assert_eq!(failure.to_string(), format!("dial tcp {ip}:80: connect: connection refused"));
        }
        assert!(asked < 5);
    }
    let view = lab.yard.container(lab.yard.find("ch09-iotd-1").unwrap()).unwrap();
    assert!(view.state == crate::sim::State::Running && refused <= asked);
    // Finer: the port opens 5 to 15 s after the process starts.
    lab.yard.kill("ch09-iotd-1").unwrap();
    lab.yard.start("ch09-iotd-1").unwrap();
    let mut closed = 0;
    loop {
        lab.run(0.1);
        let view = lab.yard.container(lab.yard.find("ch09-iotd-1").unwrap()).unwrap();
        match view.state {
            crate::sim::State::Running => break,
            state => assert_eq!(state, crate::sim::State::Starting),
        }
        closed += i64::from(view.started_at.is_some_and(|at| at > view.finished_at.unwrap()));
    }
    assert!((Millis(5000)..=Millis(15_000)).contains(&Millis(closed * 100)), "{closed} tenths of a second");
}

/// Scrapes a service of three containers by its name, as static_configs does; gives who answered each time.
fn scrape_by_name(lab: &mut Lab, service: &str, times: usize, interval_seconds: f64) -> Vec<String> {
    let path = if service == "iotd-pool" { "/actuator/prometheus" } else { "/metrics" };
    (0..times)
        .map(|_| {
            lab.yard.take_notices();
            let token = lab.ask(service, 80, path, true, 3.0);
            lab.run(interval_seconds);
            assert!(lab.answer(token).unwrap().result.is_ok());
            let called = lab.yard.take_notices().0.into_iter().find_map(|notice| match notice.event {
                crate::sim::NoticeEvent::Called(called) => called.callee,
                _ => None,
            });
            lab.yard.container(called.unwrap()).unwrap().name.to_string()
        })
        .collect()
}

#[test]
fn a_server_that_closes_at_once_is_looked_up_anew_for_each_scrape() {
    let mut lab = Lab::new(25, 3);
    let answered = scrape_by_name(&mut lab, "accesslog", 60, 3.0);
    let changes = answered.windows(2).filter(|pair| pair[0] != pair[1]).count();
    // Two of three times it is another one.
    assert!((28..=52).contains(&changes), "{changes} changes in {answered:?}");
    let mut different = answered;
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 3);
}

#[test]
fn a_server_that_keeps_connections_sticks_to_one_replica_until_that_ends() {
    let mut lab = keeping_three(27);
    let answered = scrape_by_name(&mut lab, "gallery-pool", 40, 10.0);
    assert!(answered.windows(2).all(|pair| pair[0] == pair[1]), "{answered:?}");
    lab.yard.kill(&answered[0]).unwrap();
    let after = scrape_by_name(&mut lab, "gallery-pool", 20, 10.0);
    assert_ne!(after[0], answered[0]);
    assert!(after.windows(2).all(|pair| pair[0] == pair[1]), "{after:?}");
}

/// A yard with three galleries behind one name that publish nothing.
fn keeping_three(seed: u64) -> Lab {
    let mut lab = Lab::with_service(seed, "gallery-pool", "diamol/ch09-image-gallery", 3);
    lab.run(1.0);
    lab
}

#[test]
fn an_access_log_told_to_keep_connections_sticks_as_well() {
    let mut lab = Lab::with_kept_connections(35, 3, "5000");
    let answered = scrape_by_name(&mut lab, "accesslog", 40, 3.0);
    assert!(answered.windows(2).all(|pair| pair[0] == pair[1]), "{answered:?}");
}

#[test]
fn an_idle_connection_is_given_up_after_five_minutes() {
    let mut lab = keeping_three(28);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..12 {
        seen.extend(scrape_by_name(&mut lab, "gallery-pool", 2, 10.0));
        lab.run(301.0);
    }
    assert_eq!(seen.len(), 3, "after each pause the name is looked up anew: {seen:?}");
}

#[test]
fn tomcat_closes_a_connection_after_a_hundred_requests() {
    let mut lab = Lab::with_service(29, "iotd-pool", "diamol/ch09-image-of-the-day", 3);
    lab.run(20.0);
    let answered = scrape_by_name(&mut lab, "iotd-pool", 1000, 2.0);
    for hundred in answered.chunks(100) {
        assert!(hundred.windows(2).all(|pair| pair[0] == pair[1]), "{hundred:?}");
    }
    let changes = answered.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!((2..=9).contains(&changes), "{changes}");
}

#[test]
fn a_get_on_a_kept_connection_that_breaks_is_tried_once_more() {
    let mut lab = keeping_three(30);
    let first = scrape_by_name(&mut lab, "gallery-pool", 1, 1.0).remove(0);
    lab.yard.pause(&first).unwrap();
    let token = lab.ask("gallery-pool", 80, "/metrics", true, 10.0);
    lab.run(1.0);
    assert_eq!(lab.answer(token), None, "it waits for the paused process");
    lab.yard.kill(&first).unwrap();
    lab.run(1.0);
    assert_eq!(lab.answer(token).unwrap().result.as_ref().unwrap().status, 200, "another one answered");
    // On a new connection there is no second try.
    let alone = lab.ask("accesslog", 80, "/metrics", true, 10.0);
    lab.yard.pause("ch09-accesslog-1").unwrap();
    lab.run(1.0);
    lab.yard.kill("ch09-accesslog-1").unwrap();
    lab.run(1.0);
    let failure = lab.answer(alone).unwrap().result.clone().unwrap_err().to_string();
    assert!(failure.ends_with(":80: read: connection reset by peer"), "{failure}");
}

#[test]
fn addresses_are_the_lowest_free_ones_and_may_be_inherited() {
    let mut lab = Lab::new(31, 3);
    let taken = lab.ip("ch09-accesslog-2");
    lab.yard.kill("ch09-accesslog-2").unwrap();
    let all = ["accesslog-1", "accesslog-3", "iotd-1", "image-gallery-1", "client-1"];
    assert!(all.iter().all(|name| lab.ip(&format!("ch09-{name}")) != taken));
    lab.yard.scale("accesslog", 4).unwrap();
    lab.run(2.0);
    let heirs = [lab.ip("ch09-accesslog-2"), lab.ip("ch09-accesslog-4")];
    assert!(heirs.contains(&taken), "{heirs:?} of {taken}");
    let page = lab.fetch(&heirs[0], 80, "/metrics", false).unwrap();
    let view = lab.yard.container(lab.yard.find("ch09-accesslog-2").unwrap()).unwrap();
    assert_eq!(hostname(&page), &*view.id);
}

#[test]
fn the_machines_ports_lead_to_containers_and_to_its_own_processes() {
    let mut lab = Lab::new(32, 1);
    assert!(lab.fetch("DOCKER_HOST", 9323, "/metrics", false).unwrap().contains("engine_daemon_engine_info"));
    assert!(lab.fetch("DOCKER_HOST", 8010, "/metrics", false).unwrap().contains("image_gallery"));
    let nobody = "dial tcp 192.168.65.2:9999: connect: connection refused".to_owned();
    assert_eq!(lab.fetch("DOCKER_HOST", 9999, "/metrics", false), Err(nobody));
    let own = "dial tcp 127.0.0.1:9323: connect: connection refused".to_owned();
    assert_eq!(
        lab.fetch("localhost", 9323, "/metrics", false),
        Err(own),
        "localhost is the container itself"
    );
}

#[test]
fn an_engine_that_listens_to_its_own_machine_refuses_containers() {
    let mut lab = Lab::with_engine_at(33, "127.0.0.1:9323");
    let refused = "dial tcp 192.168.65.2:9323: connect: connection refused".to_owned();
    assert_eq!(lab.fetch("DOCKER_HOST", 9323, "/metrics", false), Err(refused));
}

#[test]
fn nasa_grants_thirty_requests_an_hour() {
    let mut lab = Lab::new(34, 1);
    let statuses: Vec<u16> = (0..35)
        .map(|_| {
            let token = lab.ask("api.nasa.gov", 443, "/planetary/apod?count=5", false, 10.0);
            lab.run(2.0);
            let answer = lab.answer(token).unwrap();
            let seconds = if answer.result.as_ref().unwrap().status == 200 { 0.3..0.91 } else { 0.1..0.16 };
            assert!(seconds.contains(&answer.took_seconds), "{}", answer.took_seconds);
            answer.result.as_ref().unwrap().status
        })
        .collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 30);
    assert_eq!(statuses[30..], [429; 5]);
    // The quota is used up, so the image of the day fails; the gallery does not look at that.
    let token = lab.ask("iotd", 80, "/image", false, 10.0);
    lab.run(1.0);
    assert_eq!(lab.answer(token).unwrap().result.as_ref().unwrap().status, 500);
    let page = lab.fetch("iotd", 80, "/actuator/prometheus", false).unwrap();
    assert!(page.contains("exception=\"TooManyRequests\""), "{page}");
    assert!(!page.contains("iotd_api_image_load_total"));
    lab.yard.send(20).unwrap();
    lab.run(10.0);
    assert!(lab.yard.tally().succeeded > 10, "{:?}", lab.yard.tally());
    lab.run(3600.0);
    let token = lab.ask("iotd", 80, "/image", false, 10.0);
    lab.run(2.0);
    assert_eq!(lab.answer(token).unwrap().result.as_ref().unwrap().status, 200);
}
