//! Lets a lab's time pass beside ours.

use std::sync::Arc;
use std::time::{Duration, Instant};

use scrapeyard_core::base::time::Millis;

use super::world::{STEPS, World, locked};

/// How often the lab is moved on while it keeps up.
const PULSE: Duration = Duration::from_millis(10);

/// How far, in our time, a lab may lag behind before that is taken for granted: after a pause of the machine, or where
/// the speed is more than it can do, it goes on from where it stands instead of hurrying after.
const LAG: Duration = Duration::from_secs(5);

/// Starts a thread that moves the lab on, `speed` times as fast as ours, as if it had begun at `begun`.
pub fn start(world: Arc<World>, speed: f64, begun: Instant) {
    std::thread::spawn(move || {
        if let World::Lab(lab) = &*world {
            let mut from = (begun, locked(lab).now());
            loop {
                let wanted =
                    from.1.saturating_add(Millis::from_secs_f64(from.0.elapsed().as_secs_f64() * speed));
                let reached = match locked(lab).advance(wanted, STEPS) {
                    Ok(reached) => reached,
                    Err(problem) => return eprintln!("the lab cannot go on: {problem}"),
                };
                if (wanted - reached).as_secs_f64() > LAG.as_secs_f64() * speed {
                    from = (Instant::now(), reached);
                }
                // Also where there is more to do: requests want their turn at the lab.
                std::thread::sleep(if reached < wanted { Duration::from_micros(100) } else { PULSE });
            }
        }
    });
}
