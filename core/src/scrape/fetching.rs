//! The part of the engine that asks for pages and takes them: scrapes begun, redirects followed, time-outs, ends.

use std::sync::Arc;

use super::compatibility::Compatibility;
use super::conclusion::Conclusion;
use super::config::ScrapeConfig;
use super::engine::Engine;
use super::need::{Fetch, FetchId};
use super::outcome::{FetchFailure, Outcome};
use super::report::{Event, Warning};
use super::request;
use super::response::{Verdict, failure_text, judge};
use super::scrape_loop::{InFlight, ScrapeLoop};
use super::url::TargetUrl;
use crate::base::number::quote;
use crate::base::time::Timestamp;

/// How many redirects Go's HTTP client follows.
const MOST_REDIRECTS: u8 = 10;

impl Engine {
    /// Takes the end of a fetch that arrived at `now`. A fetch that was given up is ignored.
    pub fn fetched(&mut self, id: FetchId, outcome: Outcome, now: Timestamp) {
        let Some((at, in_flight, timeout)) = self.in_flight(id) else {
            return;
        };
        if now > in_flight.deadline || outcome.took_seconds > timeout {
            return self.give_up(id);
        }
        let config = self.loaded.config.scrape_configs[at].clone();
        // A redirect was sent later than the scrape began: its own time is only the rest.
        let took_seconds = (in_flight.sent - in_flight.at).as_secs_f64().max(0.0) + outcome.took_seconds;
        let verdict = match judge(outcome.result, &in_flight.url, &config, self.compatibility) {
            Verdict::Redirect(location) => match self.follow(id, &in_flight, &location, now) {
                Ok(()) => return,
                Err(error) => Verdict::Failed { error, too_long: false },
            },
            verdict => verdict,
        };
        self.conclude(id, verdict, took_seconds);
    }

    /// Begins the scrapes that are due; what cannot be fetched at all ends at once.
    pub(super) fn begin_scrapes(&mut self, now: Timestamp) -> Vec<Fetch> {
        let mut fetches = Vec::new();
        let config = self.loaded.config.clone();
        for (index, config) in config.scrape_configs.iter().enumerate() {
            let pool = &mut self.pools[index];
            let mut refused = Vec::new();
            for scrape_loop in &mut pool.loops {
                if scrape_loop.next_tick > now || scrape_loop.in_flight.is_some() {
                    continue;
                }
                let id = FetchId(self.next_fetch);
                self.next_fetch += 1;
                let before = scrape_loop.begun_at.replace(now);
                let fetch = begin(scrape_loop, id, config, self.compatibility, now);
                if let Some(before) = before {
                    let lengths = self.interval_lengths.entry(scrape_loop.target.interval).or_default();
                    lengths.observe(now - before, now);
                }
                let problem = scrape_loop.target.problem.as_deref();
                match pool.refusal.as_deref().or(problem) {
                    Some(error) => refused.push((id, error.to_owned())),
                    None => fetches.push(Fetch { job: pool.job.clone(), ..fetch }),
                }
            }
            for (id, error) in refused {
                self.conclude(id, Verdict::Failed { error, too_long: false }, 0.0);
            }
        }
        fetches
    }

    /// The job, the fetch under way and its target's timeout in seconds.
    fn in_flight(&mut self, id: FetchId) -> Option<(usize, InFlight, f64)> {
        self.pools.iter_mut().enumerate().find_map(|(at, pool)| {
            let scrape_loop = pool.fetching(id)?;
            let timeout = scrape_loop.target.timeout.as_secs_f64();
            Some((at, scrape_loop.in_flight.clone()?, timeout))
        })
    }

    /// Ends a fetch whose time is over.
    pub(super) fn give_up(&mut self, id: FetchId) {
        if let Some((_, in_flight, timeout)) = self.in_flight(id) {
            let error = failure_text(&in_flight.url, &FetchFailure::DeadlineExceeded, self.compatibility);
            self.conclude(id, Verdict::Failed { error, too_long: false }, timeout);
        }
    }

    /// Asks at the place that a redirect names, within the time of the scrape.
    fn follow(
        &mut self,
        id: FetchId,
        in_flight: &InFlight,
        location: &str,
        now: Timestamp,
    ) -> Result<(), String> {
        let url = TargetUrl::redirected(&in_flight.url, location);
        if let Some(problem) = url.problem {
            return Err(problem);
        }
        if in_flight.redirects >= MOST_REDIRECTS {
            return Err(format!("Get {}: stopped after {MOST_REDIRECTS} redirects", quote(location)));
        }
        let next = FetchId(self.next_fetch);
        self.next_fetch += 1;
        for (pool, config) in self.pools.iter_mut().zip(&self.loaded.config.scrape_configs) {
            let job = pool.job.clone();
            let Some(scrape_loop) = pool.fetching(id) else { continue };
            scrape_loop.follow(&url, next, now);
            self.queued.push(Fetch {
                id: next,
                target: scrape_loop.id,
                job,
                url: url.text.as_str().into(),
                scheme: url.scheme,
                host: url.host.as_str().into(),
                port: url.port,
                path: url.path.as_str().into(),
                headers: request::headers(config, scrape_loop.target.timeout, self.compatibility),
                sent: now,
                timeout: in_flight.deadline - now,
            });
            self.queued_at = Some(now);
            break;
        }
        Ok(())
    }

    fn conclude(&mut self, id: FetchId, verdict: Verdict, took_seconds: f64) {
        let Some((at, ..)) = self.in_flight(id) else { return };
        let config = self.loaded.config.scrape_configs[at].clone();
        self.store_size.count(&self.head);
        let pool = &mut self.pools[at];
        let job = pool.job.clone();
        let Some(scrape_loop) = pool.fetching(id) else { return };
        let mut conclusion = Conclusion {
            head: Arc::make_mut(&mut self.head),
            config: &config,
            compatibility: self.compatibility,
            counters: &mut self.counters,
            no_room: self.store_size.excess(),
        };
        let (record, refused) = conclusion.scrape(scrape_loop, verdict, took_seconds);
        let url = &scrape_loop.target.url;
        self.warnings.extend(refused.warnings().map(|(text, dropped)| Warning {
            job: job.clone(),
            url: url.clone(),
            text,
            dropped,
        }));
        let (target, instance) = (scrape_loop.id, scrape_loop.target.instance());
        self.events.push(Event::Scraped { target, job, instance, record });
    }
}

/// Begins a scrape of a target.
fn begin(
    scrape_loop: &mut ScrapeLoop,
    id: FetchId,
    config: &ScrapeConfig,
    compatibility: Compatibility,
    now: Timestamp,
) -> Fetch {
    let at = scrape_loop.take_tick(now);
    let target = scrape_loop.target.clone();
    scrape_loop.in_flight = Some(InFlight {
        fetch: id,
        at,
        sent: now,
        deadline: now + target.timeout,
        url: target.url.clone(),
        redirects: 0,
    });
    Fetch {
        id,
        target: scrape_loop.id,
        job: Arc::from(""),
        url: target.url.clone(),
        scheme: target.scheme,
        host: target.host.clone(),
        port: target.port,
        path: target.path.clone(),
        headers: request::headers(config, target.timeout, compatibility),
        sent: now,
        timeout: target.timeout,
    }
}
