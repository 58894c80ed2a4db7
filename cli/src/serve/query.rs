//! Answers a request to the API on a thread of its own: a query in slices, until it is done, its time is over or
//! nobody waits for it any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use scrapeyard_core::lab::StoreId;
use scrapeyard_core::web_api::{Begun, Reply, Request, Running, Server, Timings, begin, looks_at_scraping};

use super::world::World;

/// How many requests are answered at once; others wait for their turn.
pub const MOST_AT_ONCE: usize = 20;

/// How long a query may take where the client wants no less.
pub const TIMEOUT: Duration = Duration::from_secs(120);

/// Work between two looks at the clock and at the client: some ten milliseconds.
const SLICE: u64 = 2_000_000;

/// Whether somebody still waits for a reply: not after this was dropped.
#[derive(Clone, Default)]
pub struct Waiting(Arc<AtomicBool>);

/// Says, when it goes, that nobody waits any more.
pub struct Client(Waiting);

impl Waiting {
    /// The client's end.
    pub fn client(&self) -> Client {
        Client(self.clone())
    }

    fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

/// Answers a request that came at `came`; `None` where there is no such store.
pub fn answer(
    world: &World,
    store: &StoreId,
    request: &Request,
    server: &Arc<Server>,
    (came, waiting): (Instant, &Waiting),
) -> Option<Reply> {
    let begun_at = Instant::now();
    let source = world.source(store, looks_at_scraping(&request.path), server)?;
    Some(match begin(request, &source) {
        Begun::Answered(reply) => reply,
        Begun::Deed(deed) => {
            // A lab's store is copied where what is done to it meets a reader: this one reads no more.
            drop(source);
            deed.reply(world.carry_out(store, &deed, server))
        }
        Begun::Running(running) => {
            let queue = (begun_at - came).as_secs_f64();
            let preparation = begun_at.elapsed().as_secs_f64();
            // The lab's store is copied where an append meets a reader: nothing is held but what the query reads.
            drop(source);
            evaluate(*running, Timings { queue, preparation, evaluation: 0.0 }, came, waiting)
        }
    })
}

fn evaluate(mut running: Running, mut timings: Timings, came: Instant, waiting: &Waiting) -> Reply {
    let wish = running.timeout().map(|nanoseconds| Duration::from_nanos(nanoseconds.max(0).unsigned_abs()));
    let limit = wish.map_or(TIMEOUT, |wish| wish.min(TIMEOUT));
    let begun_at = Instant::now();
    while came.elapsed() <= limit && !running.advance(SLICE) {
        if waiting.is_over() {
            return Running::canceled();
        }
    }
    timings.evaluation = begun_at.elapsed().as_secs_f64();
    running.reply(&timings)
}
