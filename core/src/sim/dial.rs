//! A new connection: from a name to an address to whoever listens there, or the reason why nobody does.
//! Sends nothing over it.

use super::ActorId;
use super::address::{Address, Ip};
use super::call::Endpoint;
use super::core::Core;
use super::description::Placement;
use super::exchange::Link;
use super::message::Failure;
use super::notice::Party;

/// How long Linux tries to connect to a host that does not react (`tcp_syn_retries` 6).
const CONNECT_TIMEOUT_SECONDS: f64 = 127.0;

/// What came of an attempt to connect.
pub(super) struct Dialled {
    pub link: Result<Link, Failure>,
    /// Seconds it took.
    pub seconds: f64,
}

impl Core {
    /// Connects a process to an endpoint: looks its host up and tries the addresses one after the other.
    pub(super) fn dial(&mut self, caller: ActorId, endpoint: &Endpoint) -> Dialled {
        let mut addresses = std::mem::take(&mut self.scratch);
        self.look_up(caller, &endpoint.host, &mut addresses);
        let look_up_seconds = 0.000_1 + 0.000_4 * self.actor_mut(caller).wire.uniform();
        let mut dialled = Dialled { link: Err(Failure::NoSuchHost(endpoint.host.clone())), seconds: 0.0 };
        let mut first_failure = None;
        for ip in &addresses {
            let attempt = self.dial_address(caller, Address { ip: *ip, port: endpoint.port });
            dialled.seconds += attempt.seconds;
            dialled.link = attempt.link;
            match &dialled.link {
                Ok(_) => break,
                // Go reports the first of several failures.
                Err(failure) => first_failure = first_failure.or_else(|| Some(failure.clone())),
            }
        }
        self.scratch = addresses;
        if let (Err(_), Some(failure)) = (&dialled.link, first_failure) {
            dialled.link = Err(failure);
        }
        dialled.seconds += look_up_seconds;
        dialled
    }

    fn dial_address(&mut self, caller: ActorId, to: Address) -> Dialled {
        let from = self.actor(caller);
        let own_ip = from.ip.unwrap_or(self.description.host_ip);
        let on_machine = from.placement == Placement::Host;
        if to.ip.is_loopback() && !on_machine {
            return self.join(Some(caller), caller, to, Ip::LOCALHOST, to);
        }
        if to.ip.is_loopback() || to.ip == self.description.host_ip || to.ip == self.network.gateway() {
            return self.dial_machine(Some(caller), to, on_machine);
        }
        match self.network.owner(to.ip) {
            Some(server) => self.join(Some(caller), server, to, own_ip, to),
            None => {
                // The kernel gives up after one to three ARP probes, by what it still remembers of the address.
                let seconds = 1.0 + 2.1 * self.actor_mut(caller).wire.uniform();
                Dialled { link: Err(Failure::NoRouteToHost(to)), seconds }
            }
        }
    }

    /// Connects to a port of the machine: a process of its own, or a published port of a container. `caller` is
    /// `None` for visitors.
    pub(super) fn dial_machine(&mut self, caller: Option<ActorId>, to: Address, on_machine: bool) -> Dialled {
        let peer_ip = if on_machine { Ip::LOCALHOST } else { self.network.gateway() };
        let listens_here = |actor: &super::actor::Actor| {
            actor.placement == Placement::Host && actor.listener(to.port).is_some()
        };
        if let Some(server) = self.actors.iter().position(listens_here) {
            return self.join(caller, ActorId(server as u32), to, peer_ip, to);
        }
        let Some((server, port)) = self.network.published(to.port) else {
            return Dialled { link: Err(Failure::ConnectionRefused(to)), seconds: 0.000_2 };
        };
        let mut dialled = self.join(caller, server, Address { ip: to.ip, port }, peer_ip, to);
        if let Err(Failure::ConnectionRefused(_)) = dialled.link {
            // Docker's proxy has taken the connection; it can only break it when the container does not.
            let local = Address { ip: peer_ip, port: super::actor::local_ports().0 };
            dialled.link = Err(Failure::ConnectionReset { local, remote: to });
        }
        dialled
    }

    /// Connects to a process. `to` is where it listens, `dialled` what the caller sees in its error texts.
    fn join(
        &mut self,
        caller: Option<ActorId>,
        server: ActorId,
        to: Address,
        peer_ip: Ip,
        dialled: Address,
    ) -> Dialled {
        let wire = match caller {
            Some(caller) => &mut self.actors[caller.0 as usize].wire,
            None => self.visitors.wire(),
        };
        let seconds = 0.000_1 + 0.000_3 * wire.uniform();
        let actor = &self.actors[server.0 as usize];
        let outside_only = caller != Some(server) && !peer_ip.is_loopback();
        let listener = match actor.listener(to.port) {
            Some(listener) if !(listener.loopback_only && outside_only) => listener,
            _ => return Dialled { link: Err(Failure::ConnectionRefused(dialled)), seconds },
        };
        if actor.paused && actor.backlog_is_full(listener) {
            let link = Err(Failure::ConnectionTimedOut(dialled));
            return Dialled { link, seconds: CONNECT_TIMEOUT_SECONDS };
        }
        let run = actor.run;
        let peer = match caller {
            Some(caller) => self.actor_mut(caller).local_address(peer_ip),
            None => Address { ip: peer_ip, port: 0 }, // visitors put their own in
        };
        let link = Link { server, run, ip: dialled.ip, port: to.port, peer, requests: 1 };
        Dialled { link: Ok(link), seconds }
    }

    /// Whom an endpoint meant that could not be reached.
    pub(super) fn party_of(&self, endpoint: &Endpoint) -> Party {
        if let Some(service) = self.service_index(&endpoint.host) {
            return Party::Service(service as u32);
        }
        let publishes = |service: &super::ServiceDescription| {
            service.ports.iter().any(|port| port.host == Some(endpoint.port))
        };
        let local = *endpoint.host == *"localhost";
        match self.description.services.iter().position(publishes) {
            Some(service) if local => Party::Service(service as u32),
            _ => Party::Nobody,
        }
    }
}
