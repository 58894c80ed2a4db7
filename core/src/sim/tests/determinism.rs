//! The same seed and commands give the same yard, whatever the strides, and whatever happens to others.

use super::*;

/// Something done to the yard.
type Act = fn(&mut ChapterYard);

fn bytes(yard: &ChapterYard) -> Vec<u8> {
    postcard::to_stdvec(yard).unwrap()
}

/// An eventful quarter of an hour, in strides of so many milliseconds; `at_stride` may do what it likes to the yard
/// between two strides.
fn play(stride_millis: i64, mut at_stride: impl FnMut(&mut ChapterYard)) -> ChapterYard {
    let mut yard = yard(8.0, 61);
    let commands: [(i64, Act); 9] = [
        (30, |yard| drop(yard.scale("accesslog", 3))),
        (61, |yard| drop(yard.send(25))),
        (90, |yard| drop(yard.kill(IOTD))),
        (95, |yard| drop(yard.start(IOTD))),
        (140, |yard| drop(yard.pause("ch09-accesslog-2"))),
        (180, |yard| drop(yard.unpause("ch09-accesslog-2"))),
        (200, |yard| drop(yard.set_traffic(31.0))),
        (300, |yard| drop(yard.scale("accesslog", 1))),
        (600, |yard| drop(yard.restart(GALLERY))),
    ];
    for (second, command) in commands.into_iter().chain([(900, (|_| ()) as Act)]) {
        let until = START + Millis::from_secs(second);
        while yard.now() < until {
            let next = (yard.now() + Millis(stride_millis)).min(until);
            assert!(yard.run_until(next, u64::MAX).complete);
            at_stride(&mut yard);
        }
        command(&mut yard);
    }
    yard
}

#[test]
fn strides_do_not_matter() {
    let jump = play(i64::MAX / 4, |_| ());
    let expected = bytes(&jump);
    assert!(jump.tally().succeeded > 10_000, "{:?}", jump.tally());
    for stride in [17, 1000, 7919] {
        assert!(bytes(&play(stride, |_| ())) == expected, "stride of {stride} ms");
    }
}

#[test]
fn neither_does_being_written_down_and_read_back() {
    let expected = bytes(&play(60_000, |_| ()));
    let restored = play(60_000, |yard| *yard = postcard::from_bytes(&bytes(yard)).unwrap());
    assert!(bytes(&restored) == expected);
    let cloned = play(60_000, |yard| *yard = yard.clone());
    assert!(bytes(&cloned) == expected);
}

#[test]
fn a_budget_only_interrupts() {
    let (mut whole, mut parts) = (yard(20.0, 62), yard(20.0, 62));
    let until = START + Millis::from_secs(60);
    assert!(whole.run_until(until, u64::MAX).complete);
    let mut rounds = 0;
    loop {
        let reached = parts.run_until(until, 100);
        assert_eq!(reached.at, parts.now());
        rounds += 1;
        if reached.complete {
            break;
        }
        assert!(reached.at <= until);
    }
    assert!(rounds > 20, "{rounds}");
    assert!(bytes(&whole) == bytes(&parts));
    while whole.next_at().is_some_and(|next| next <= until + Millis::from_secs(5)) {
        assert!(whole.step());
    }
    assert!(parts.run_until(whole.now(), u64::MAX).complete);
    assert!(bytes(&whole) == bytes(&parts));
}

#[test]
fn another_seed_gives_another_yard() {
    let run = |seed| {
        let mut yard = yard(8.0, seed);
        run(&mut yard, 60.0);
        (yard.tally(), view(&yard, GALLERY).id)
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn scaling_one_service_does_not_disturb_the_draws_of_another() {
    let observe = |replicas: u32| {
        let mut yard = warm_yard(63);
        yard.scale("accesslog", replicas).unwrap();
        run(&mut yard, 5.0);
        yard.set_traffic(20.0).unwrap();
        run(&mut yard, 300.0);
        yard.set_traffic(0.0).unwrap();
        run(&mut yard, 5.0);
        let total =
            yard.services()[0].containers.iter().map(|container| logged(&yard, &container.name)).sum::<f64>();
        (yard.tally().sent, value(&yard, GALLERY, FAILED), value(&yard, GALLERY, SERVED), total)
    };
    let one = observe(1);
    assert_eq!(observe(3), one);
    assert_eq!(one.2, one.3, "each page is logged by one of them");
}

#[test]
fn replicas_share_the_load_evenly() {
    let mut yard = warm_yard(64);
    yard.scale("accesslog", 3).unwrap();
    run(&mut yard, 5.0);
    yard.set_traffic(7.0).unwrap();
    run(&mut yard, 1000.0);
    let total = value(&yard, GALLERY, SERVED);
    for number in 1..=3 {
        let share = logged(&yard, &format!("ch09-accesslog-{number}")) / total;
        assert!((share - 1.0 / 3.0).abs() < 0.03, "container {number}: {share}");
    }
}
