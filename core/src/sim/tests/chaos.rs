//! Commands at random: whatever is done to the yard, its books agree.

use std::collections::BTreeSet;

use super::*;
use crate::base::random::Stream;
use crate::sim::State;

/// One command, drawn at random; most are sensible, some will be refused.
fn command(yard: &mut ChapterYard, draws: &mut Stream) {
    let services = ["accesslog", "iotd", "image-gallery"];
    let service = services[draws.below(3) as usize];
    let container = format!("ch09-{service}-{}", 1 + draws.below(4));
    match draws.below(12) {
        0 | 1 => drop(yard.scale(service, draws.below(5) as u32)),
        2 => drop(yard.stop(&container)),
        3 | 4 => drop(yard.start(&container)),
        5 => drop(yard.restart(&container)),
        6 => drop(yard.kill(&container)),
        7 => drop(yard.pause(&container)),
        8 | 9 => drop(yard.unpause(&container)),
        10 => drop(yard.send(draws.below(20) as u32)),
        _ => yard.set_traffic(draws.below(60) as f64).unwrap(),
    }
}

fn assert_books_agree(yard: &ChapterYard) {
    let containers: Vec<ContainerView> = yard
        .services()
        .into_iter()
        .filter(|service| service.placement == Placement::Container)
        .flat_map(|service| service.containers)
        .collect();
    let count =
        |states: &[State]| containers.iter().filter(|view| states.contains(&view.state)).count() as u32;
    let alive: Vec<&ContainerView> = containers.iter().filter(|view| view.ip.is_some()).collect();
    let states = yard.daemon().states;
    assert_eq!(states.paused, count(&[State::Paused]));
    assert_eq!((states.running + states.paused) as usize, alive.len());
    assert_eq!(states.stopped as usize, containers.len() - alive.len());
    let ips: BTreeSet<Ip> = alive.iter().filter_map(|view| view.ip).collect();
    assert_eq!(ips.len(), alive.len(), "nobody shares an address");
    let ports: Vec<u16> = containers.iter().flat_map(|view| &view.ports).map(|(port, _)| *port).collect();
    assert_eq!(ports.iter().collect::<BTreeSet<_>>().len(), ports.len(), "nobody shares a port");
    for (_, exchange) in yard.core.exchanges.iter() {
        let holds = exchange.link.is_none_or(|link| yard.core.actor(link.server).run == link.run);
        assert!(holds || exchange.outcome.is_err(), "nobody waits for a process that ended: {exchange:?}");
    }
    let tally = yard.tally();
    let ended = tally.succeeded + tally.failed + tally.broken + tally.refused + tally.timed_out;
    assert!(ended <= tally.sent);
}

#[test]
fn the_books_agree_whatever_is_commanded() {
    for seed in 0..12 {
        let mut draws = Seed(seed).stream("chaos");
        let mut yard = yard(10.0, seed);
        for _ in 0..150 {
            command(&mut yard, &mut draws);
            assert_books_agree(&yard);
            run(&mut yard, draws.exponential(3.0));
            assert_books_agree(&yard);
        }
        // And it can be brought back to order.
        for container in yard.actors().filter_map(|actor| yard.container(actor)).collect::<Vec<_>>() {
            let _ = yard.unpause(&container.name);
        }
        yard.set_traffic(0.0).unwrap();
        run(&mut yard, 200.0);
        for service in ["accesslog", "iotd", "image-gallery"] {
            yard.scale(service, 0).unwrap();
        }
        run(&mut yard, 15.0);
        assert_eq!(yard.core.exchanges.iter().count(), 0);
        for service in ["accesslog", "iotd", "image-gallery"] {
            yard.scale(service, 1).unwrap();
        }
        run(&mut yard, 20.0);
        let before = yard.tally().succeeded;
        yard.set_traffic(20.0).unwrap();
        run(&mut yard, 10.0);
        assert!(yard.tally().succeeded > before + 100, "seed {seed}: {:?}", yard.tally());
    }
}
