//! How processes end, how long that takes, and what becomes of their containers.

use super::*;
use crate::sim::{LifeChange, NoticeEvent, RestartPolicy, State};

/// Stops a container and gives its exit code and the seconds it took.
fn stopped(yard: &mut ChapterYard, container: &str) -> (i32, f64) {
    let asked = yard.now();
    yard.stop(container).unwrap();
    assert!(view(yard, container).stopping);
    run(yard, 11.0);
    let view = view(yard, container);
    assert_eq!((view.state, view.ip, view.stopping), (State::Exited, None, false));
    (view.exit_code.unwrap(), (view.finished_at.unwrap() - asked).as_secs_f64())
}

#[test]
fn each_runtime_ends_in_its_own_way() {
    let mut yard = warm_yard(51);
    let (code, seconds) = stopped(&mut yard, GALLERY);
    assert!(code == 2 && seconds < 0.1, "Go as first process: {code} after {seconds} s");
    let (code, seconds) = stopped(&mut yard, IOTD);
    assert!(code == 143 && (0.2..0.8).contains(&seconds), "Java: {code} after {seconds} s");
    let (code, seconds) = stopped(&mut yard, ACCESSLOG);
    assert_eq!((code, seconds), (137, 10.0), "Node as first process does not hear the signal");
}

#[test]
fn killing_is_immediate_and_leaves_the_container() {
    let mut yard = warm_yard(52);
    let before = view(&yard, IOTD);
    yard.kill(IOTD).unwrap();
    let after = view(&yard, IOTD);
    assert_eq!((after.state, after.exit_code, after.ip), (State::Exited, Some(137), None));
    assert_eq!(after.finished_at, Some(yard.now()));
    yard.start(IOTD).unwrap();
    run(&mut yard, 20.0);
    let again = view(&yard, IOTD);
    assert_eq!((again.id, again.state), (before.id, State::Running), "the same container, a new process");
    assert_eq!(again.ip, before.ip, "its address was free still");
}

#[test]
fn restarting_keeps_the_identity_and_takes_its_time() {
    let mut yard = warm_yard(53);
    let before = view(&yard, ACCESSLOG);
    let asked = yard.now();
    yard.restart(ACCESSLOG).unwrap();
    run(&mut yard, 15.0);
    let after = view(&yard, ACCESSLOG);
    assert_eq!((after.id, after.restarts, after.state), (before.id, 0, State::Running));
    let seconds = (after.started_at.unwrap() - asked).as_secs_f64();
    assert!((10.3..10.9).contains(&seconds), "ten seconds to die, half a second to start: {seconds}");
}

#[test]
fn the_notices_tell_a_life_in_order() {
    let mut yard = yard(0.0, 54);
    run(&mut yard, 20.0);
    yard.restart(IOTD).unwrap();
    run(&mut yard, 20.0);
    let iotd = yard.find(IOTD).unwrap();
    let changes: Vec<LifeChange> = yard
        .take_notices()
        .0
        .into_iter()
        .filter_map(|notice| match notice.event {
            NoticeEvent::Life { container, change, .. } if container == iotd => Some(change),
            _ => None,
        })
        .collect();
    let (started, listening) = (LifeChange::Started, LifeChange::Listening { port: 80 });
    let expected = [
        LifeChange::Created,
        started,
        listening,
        LifeChange::Stopping,
        LifeChange::Exited { code: 143 },
        started,
        listening,
    ];
    assert_eq!(changes, expected);
}

#[test]
fn a_service_starts_after_those_it_depends_on() {
    let mut yard = yard(0.0, 55);
    run(&mut yard, 20.0);
    let started = |container| view(&yard, container).started_at.unwrap();
    assert!(started(GALLERY) > started(IOTD) && started(GALLERY) > started(ACCESSLOG));
    assert!(started(GALLERY) - START < Millis(3000));
    // A circle does not keep anybody from starting.
    let mut circle = description(0.0);
    circle.services[0].depends_on = vec!["image-gallery".into()];
    let mut yard = ChapterYard::new(circle, Seed(55), START).unwrap();
    run(&mut yard, 20.0);
    assert_eq!(yard.daemon().states.running, 3);
}

/// A yard whose image of the day is started again by Docker, and what is left to do to see it.
fn policy_yard(policy: RestartPolicy) -> ChapterYard {
    let mut description = description(0.0);
    description.services[1].restart = policy;
    let mut yard = ChapterYard::new(description, Seed(56), START).unwrap();
    run(&mut yard, 20.0);
    yard
}

fn crash(yard: &mut ChapterYard, container: &str, code: i32) {
    let actor = yard.find(container).unwrap();
    yard.with_program(actor, |_, context| context.exit(0.0, code)).unwrap();
}

#[test]
fn docker_starts_a_crashed_process_again_as_its_policy_says() {
    use RestartPolicy::{Always, No, OnFailure, UnlessStopped};
    for (policy, code, returns) in [
        (No, 1, false),
        (Always, 0, true),
        (UnlessStopped, 0, true),
        (OnFailure, 0, false),
        (OnFailure, 1, true),
    ] {
        let mut yard = policy_yard(policy);
        crash(&mut yard, IOTD, code);
        run(&mut yard, 0.05);
        let state = if returns { State::Restarting } else { State::Exited };
        assert_eq!(view(&yard, IOTD).state, state, "{policy:?}, code {code}");
        run(&mut yard, 20.0);
        let after = view(&yard, IOTD);
        assert_eq!((after.state == State::Running, after.restarts), (returns, u32::from(returns)));
        // What was stopped by hand stays so.
        yard.stop(IOTD).unwrap();
        run(&mut yard, 20.0);
        assert_eq!(view(&yard, IOTD).state, State::Exited);
    }
}

#[test]
fn a_process_that_crashes_again_and_again_waits_ever_longer() {
    let mut yard = policy_yard(RestartPolicy::Always);
    let mut waits = Vec::new();
    for _ in 0..6 {
        crash(&mut yard, IOTD, 1);
        run(&mut yard, 0.001);
        let began = yard.now();
        while view(&yard, IOTD).state == State::Restarting {
            run(&mut yard, 0.01);
        }
        waits.push((yard.now() - began).as_secs_f64());
        run(&mut yard, 1.0);
    }
    for (crash, wait) in waits.iter().enumerate() {
        let expected = 0.1 * f64::from(1 << crash);
        assert!((wait - expected).abs() < 0.02, "{waits:?}");
    }
}

#[test]
fn stopping_takes_effect_on_what_is_paused_or_not_started_yet() {
    let mut yard = warm_yard(57);
    yard.pause(GALLERY).unwrap();
    assert_eq!(stopped(&mut yard, GALLERY).0, 2, "the signal wakes it");
    yard.start(GALLERY).unwrap();
    assert_eq!(view(&yard, GALLERY).state, State::Starting);
    yard.stop(GALLERY).unwrap();
    run(&mut yard, 5.0);
    assert_eq!((view(&yard, GALLERY).state, view(&yard, GALLERY).ports), (State::Exited, vec![]));
    yard.start(GALLERY).unwrap();
    run(&mut yard, 5.0);
    assert_eq!(view(&yard, GALLERY).state, State::Running);
}
