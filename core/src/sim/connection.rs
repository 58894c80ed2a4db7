//! Kept-alive connections of one process: which are idle, for how long, and which goes when there are too many.
//! Opens none.

use serde::{Deserialize, Serialize};

use super::call::{Endpoint, PoolPolicy};
use super::dials::Dials;
use super::exchange::Link;
use crate::base::time::{Millis, Timestamp};

/// An idle connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Idle {
    pub endpoint: Endpoint,
    pub link: Link,
    pub since: Timestamp,
    /// How long the server keeps it.
    pub server_timeout: Option<Millis>,
}

/// A set of idle connections with the rules for keeping them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Pool {
    policy: PoolPolicy,
    idle: Vec<Idle>, // the longest idle first
    pub dials: Dials,
}

impl Pool {
    pub fn new(policy: PoolPolicy) -> Self {
        Self { policy, idle: Vec::new(), dials: Dials::default() }
    }

    /// Takes the connection to `endpoint` that was used last, where there is one left. `is_alive` tells whether the
    /// process at the other end is still the same.
    pub fn take(
        &mut self,
        endpoint: &Endpoint,
        now: Timestamp,
        is_alive: impl Fn(&Link) -> bool,
    ) -> Option<Link> {
        self.prune(now, is_alive);
        let at = self.idle.iter().rposition(|idle| idle.endpoint == *endpoint)?;
        Some(self.idle.remove(at).link)
    }

    /// Keeps a connection that has become idle, as far as the rules allow.
    pub fn put(&mut self, idle: Idle, is_alive: impl Fn(&Link) -> bool) {
        self.prune(idle.since, is_alive);
        let policy = self.policy;
        let same = self.idle.iter().filter(|other| other.endpoint == idle.endpoint).count();
        if same >= policy.idle_max_per_endpoint as usize || policy.idle_max == 0 {
            return;
        }
        if self.idle.len() >= policy.idle_max as usize {
            self.idle.remove(0);
        }
        self.idle.push(idle);
    }

    /// The idle connections that are still open.
    pub fn open<'a>(
        &'a self,
        now: Timestamp,
        is_alive: impl Fn(&Link) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Link> {
        let policy = self.policy;
        self.idle
            .iter()
            .filter(move |idle| is_open(idle, &policy, now) && is_alive(&idle.link))
            .map(|i| &i.link)
    }

    fn prune(&mut self, now: Timestamp, is_alive: impl Fn(&Link) -> bool) {
        let policy = self.policy;
        self.idle.retain(|idle| is_open(idle, &policy, now) && is_alive(&idle.link));
    }
}

fn is_open(idle: &Idle, policy: &PoolPolicy, now: Timestamp) -> bool {
    let age = now - idle.since;
    age < policy.idle_timeout && idle.server_timeout.is_none_or(|timeout| age < timeout)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::ActorId;
    use crate::sim::address::{Address, Ip};

    fn idle(host: &str, server: u32, since: i64, server_timeout: Option<i64>) -> Idle {
        let ip = Ip::new(10, 0, 0, server as u8);
        let peer = Address { ip, port: 1 };
        Idle {
            endpoint: Endpoint::new(host, 80),
            link: Link { server: ActorId(server), run: 1, ip, port: 80, peer, requests: 1 },
            since: Timestamp(since),
            server_timeout: server_timeout.map(Millis),
        }
    }

    fn pool(idle_max: u32) -> Pool {
        Pool::new(PoolPolicy { idle_max, idle_max_per_endpoint: 2, idle_timeout: Millis(1000) })
    }

    #[test]
    fn a_connection_is_kept_for_the_shorter_of_both_times() {
        let mut pool = pool(9);
        pool.put(idle("a", 1, 0, None), |_| true);
        pool.put(idle("b", 2, 0, Some(10)), |_| true);
        assert_eq!(pool.take(&Endpoint::new("b", 80), Timestamp(10), |_| true), None);
        assert_eq!(pool.open(Timestamp(999), |_| true).count(), 1);
        assert_eq!(pool.open(Timestamp(1000), |_| true).count(), 0);
        let taken = pool.take(&Endpoint::new("a", 80), Timestamp(999), |_| true);
        assert_eq!(taken.map(|link| link.server), Some(ActorId(1)));
    }

    #[test]
    fn the_longest_idle_goes_first_and_an_endpoint_has_its_own_limit() {
        let mut small = pool(1);
        small.put(idle("a", 1, 0, None), |_| true);
        small.put(idle("b", 2, 1, None), |_| true);
        assert_eq!(small.take(&Endpoint::new("a", 80), Timestamp(2), |_| true), None);
        let mut wide = pool(9);
        for server in 1..=3 {
            wide.put(idle("a", server, i64::from(server), None), |_| true);
        }
        let taken = wide.take(&Endpoint::new("a", 80), Timestamp(5), |_| true);
        assert_eq!(taken.map(|link| link.server), Some(ActorId(2)), "the third found no place");
    }

    #[test]
    fn a_connection_to_a_process_that_ended_is_gone() {
        let mut pool = pool(9);
        pool.put(idle("a", 1, 0, None), |_| true);
        assert_eq!(pool.take(&Endpoint::new("a", 80), Timestamp(1), |_| false), None);
    }
}
