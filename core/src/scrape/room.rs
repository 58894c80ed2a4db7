//! How many targets a scraper has room for, whatever its discoveries find.

use super::config::{MAX_SCRAPES_A_SECOND, MAX_TARGETS, Rate};
use crate::base::time::Millis;

/// The most label sets that are looked at; relabeling may drop most of them.
const MAX_LABEL_SETS: usize = 10_000;

/// What is left for the targets of all jobs, those of the first jobs first.
#[derive(Clone, Debug, Default)]
pub struct Room {
    label_sets: usize,
    targets: usize,
    rate: Rate,
}

impl Room {
    /// Counts a label set that was found.
    ///
    /// # Errors
    /// When there are too many; says so.
    pub fn take_label_set(&mut self) -> Result<(), String> {
        if self.label_sets == MAX_LABEL_SETS {
            return Err(format!("a lab looks at no more than {MAX_LABEL_SETS} label sets"));
        }
        self.label_sets += 1;
        Ok(())
    }

    /// Counts a target that is scraped once in `interval`.
    ///
    /// # Errors
    /// When there is no room for it; says so.
    pub fn take_target(&mut self, interval: Millis) -> Result<(), String> {
        if self.targets == MAX_TARGETS {
            return Err(format!("a lab has no room for more than {MAX_TARGETS} targets"));
        }
        let rate = self.rate.and(Rate::of(1, interval));
        if rate.is_too_high() {
            return Err(format!("a lab has no room for more than {MAX_SCRAPES_A_SECOND} scrapes a second"));
        }
        self.rate = rate;
        self.targets += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Seed;
    use crate::base::time::Timestamp;
    use crate::scrape::{Compatibility, Engine, LookupOutcome, Need};

    #[test]
    fn targets_that_are_found_come_in_as_long_as_there_is_room() {
        let job =
            |name: &str| format!("- {{job_name: {name}, file_sd_configs: [{{files: [{name}.yml]}}]}}\n");
        let config = format!("scrape_configs:\n{}{}{}", job("a"), job("b"), job("c"));
        let mut engine = Engine::new(&config, Compatibility::V3, Seed(1), Timestamp(0)).unwrap();
        for (need, count) in engine.run(Timestamp(0)).iter().zip([1500, 501, MAX_TARGETS + 1]) {
            let Need::Files(lookup) = need else { panic!("{need:?}") };
            let targets: String = (0..count).map(|number| format!("t{number}:80,")).collect();
            let files = vec![("f.yml".to_owned(), format!("- targets: [{targets}]"))];
            engine.resolved(lookup.id, &LookupOutcome::Files(files), Timestamp(0));
        }
        engine.run(engine.next_at().unwrap());
        let counts: Vec<usize> = engine.pools().iter().map(|pool| pool.targets.len()).collect();
        assert_eq!(counts, [1500, 500, 0]);
        let said = "instance 500: a lab has no room for more than 2000 targets";
        assert_eq!(engine.pools()[1].failures, [said]);
        assert_eq!(engine.counters().file_read_errors, 1, "an answer alone is too long");
    }

    #[test]
    fn label_sets_and_scrapes_a_second_are_counted_too() {
        let mut room = Room::default();
        for _ in 0..100 {
            room.take_target(Millis(100)).unwrap();
        }
        let said = "a lab has no room for more than 1000 scrapes a second";
        assert_eq!(room.take_target(Millis(100)).unwrap_err(), said);
        assert_eq!((0..MAX_LABEL_SETS).filter(|_| room.take_label_set().is_ok()).count(), MAX_LABEL_SETS);
        assert!(room.take_label_set().is_err());
    }
}
