//! What can be commanded, and how it is refused.

use super::*;
use crate::sim::{Refusal, State};

fn names(yard: &ChapterYard, service: &str) -> Vec<String> {
    let services = yard.services();
    let service = services.iter().find(|view| &*view.name == service).unwrap();
    service.containers.iter().map(|container| container.name.to_string()).collect()
}

#[test]
fn scaling_up_keeps_the_containers_that_are_there() {
    let mut yard = warm_yard(41);
    let before = view(&yard, ACCESSLOG);
    let report = yard.scale("accesslog", 3).unwrap();
    assert_eq!((report.created.len(), report.removed.len(), report.failed.len()), (2, 0, 0));
    assert_eq!(report.warning, None, "no port of the machine is fixed");
    run(&mut yard, 3.0);
    let after = view(&yard, ACCESSLOG);
    assert_eq!((after.id, after.ip, after.started_at), (before.id.clone(), before.ip, before.started_at));
    assert_eq!(names(&yard, "accesslog"), ["ch09-accesslog-1", "ch09-accesslog-2", "ch09-accesslog-3"]);
    let second = view(&yard, "ch09-accesslog-2");
    assert!(second.id.len() == 12 && second.id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert!(second.id != before.id && second.ip != before.ip && second.state == State::Running);
    assert!(second.ports[0].0 >= 32_768 && second.ports[0].1 == 80);
}

#[test]
fn scaling_down_removes_the_highest_numbers_and_what_comes_back_is_new() {
    let mut yard = warm_yard(42);
    yard.scale("accesslog", 3).unwrap();
    run(&mut yard, 3.0);
    let third = view(&yard, "ch09-accesslog-3");
    yard.scale("accesslog", 1).unwrap();
    run(&mut yard, 1.0);
    let stopping = view(&yard, "ch09-accesslog-3");
    assert!(stopping.stopping && stopping.state == State::Running, "node does not end by itself");
    run(&mut yard, 10.0);
    assert_eq!(names(&yard, "accesslog"), ["ch09-accesslog-1"]);
    assert_eq!(yard.container(third.actor), None);
    yard.scale("accesslog", 3).unwrap();
    run(&mut yard, 3.0);
    let again = view(&yard, "ch09-accesslog-3");
    assert!(again.id != third.id && again.actor != third.actor);
}

#[test]
fn a_fixed_port_of_the_machine_is_for_one_container_only() {
    let mut yard = warm_yard(43);
    let report = yard.scale("iotd", 3).unwrap();
    assert_eq!((report.created.len(), report.failed.len()), (2, 2));
    assert!(report.warning.unwrap().contains("the port will clash"));
    let text = report.failed[0].1.to_string();
    assert_eq!(text, "Bind for 0.0.0.0:8011 failed: port is already allocated");
    run(&mut yard, 30.0);
    assert_eq!(view(&yard, "ch09-iotd-2").state, State::Created);
    assert_eq!(yard.daemon().states.stopped, 2, "the engine counts them as stopped");
    assert_eq!(yard.start("ch09-iotd-2"), Err(Refusal::PortAllocated { port: 8011 }));
    yard.kill(IOTD).unwrap();
    yard.start("ch09-iotd-2").unwrap();
    run(&mut yard, 20.0);
    assert_eq!(view(&yard, "ch09-iotd-2").state, State::Running);
}

#[test]
fn refusals_have_dockers_words() {
    let mut yard = warm_yard(44);
    let text = |result: Result<(), Refusal>| result.unwrap_err().to_string();
    assert_eq!(text(yard.stop("x")), "No such container: x");
    assert_eq!(text(yard.kill("docker")), "No such container: docker");
    yard.pause(IOTD).unwrap();
    let id = view(&yard, IOTD).id;
    assert_eq!(text(yard.pause(IOTD)), format!("Container {id} is already paused"));
    assert_eq!(text(yard.start(IOTD)), "cannot start a paused container, try unpause instead");
    yard.unpause(&id[..5]).unwrap();
    assert_eq!(text(yard.unpause(IOTD)), format!("Container {id} is not paused"));
    yard.kill(IOTD).unwrap();
    assert_eq!(text(yard.kill(IOTD)), format!("Container {id} is not running"));
    assert_eq!(yard.scale("x", 2).unwrap_err().to_string(), "no such service: x");
    assert!(matches!(yard.scale("docker", 2), Err(Refusal::NotAContainer(_))));
    assert!(matches!(yard.scale("accesslog", u32::MAX), Err(Refusal::TooMany { .. })));
    assert!(matches!(yard.send(u32::MAX), Err(Refusal::TooMany { .. })));
    assert!(matches!(yard.set_traffic(f64::NAN), Err(Refusal::InvalidRate(_))));
    assert!(matches!(yard.set_traffic(-1.0), Err(Refusal::InvalidRate(_))));
    assert!(matches!(yard.set_traffic(1e9), Err(Refusal::TooMany { .. })));
    let mut unknown = description(0.0);
    unknown.services[0].image = "diamol/nothing".into();
    let refusal = ChapterYard::new(unknown, Seed(1), START).unwrap_err();
    assert!(refusal.to_string().starts_with("pull access denied for diamol/nothing"), "{refusal}");
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut yard = warm_yard(45);
    yard.scale("iotd", 2).unwrap();
    yard.kill(ACCESSLOG).unwrap();
    run(&mut yard, 1.0);
    yard.take_notices();
    let before = postcard::to_stdvec(&yard).unwrap();
    assert!(yard.start("ch09-iotd-2").is_err());
    assert!(yard.stop("nobody").is_err());
    assert!(yard.kill(ACCESSLOG).is_err());
    assert!(yard.pause(ACCESSLOG).is_err());
    assert!(yard.unpause(GALLERY).is_err());
    assert!(yard.scale("nobody", 1).is_err());
    assert!(yard.scale("iotd", 1000).is_err());
    assert!(yard.set_traffic(f64::INFINITY).is_err());
    assert!(yard.write_file("nobody", "/x", "").is_err());
    assert_eq!(postcard::to_stdvec(&yard).unwrap(), before);
}

#[test]
fn traffic_changes_at_once() {
    let mut yard = warm_yard(46);
    yard.set_traffic(50.0).unwrap();
    run(&mut yard, 100.0);
    let first = yard.tally().sent;
    yard.set_traffic(5.0).unwrap();
    run(&mut yard, 100.0);
    let second = yard.tally().sent - first;
    yard.set_traffic(0.0).unwrap();
    run(&mut yard, 100.0);
    assert_eq!(yard.tally().sent, first + second);
    assert!((4700..5300).contains(&first) && (420..580).contains(&second), "{first} {second}");
}
