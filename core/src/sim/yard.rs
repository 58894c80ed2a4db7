//! The yard itself, as the lab drives it: time on, commands in, views out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::actor::Phase;
use super::collect::Collect;
use super::commands::CONTAINERS_MAX;
use super::context::Context;
use super::core::{Core, Turn};
use super::daemon::Daemon;
use super::description::Description;
use super::notice::{LogLine, Notice};
use super::program::{Program, UnknownImage};
use super::view::{Flow, Reached, ScaleReport};
use super::visitors::Tally;
use super::{ActorId, Refusal, images};
use crate::base::random::Seed;
use crate::base::time::Timestamp;

/// A yard of services whose containers run programs of the type `P`.
///
/// Time moves only in [`Yard::run_until`] and [`Yard::step`]; commands take effect at the present, [`Yard::now`].
/// The same description, seed and commands at the same instants give the same yard, whatever the strides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Yard<P> {
    pub(super) core: Core,
    pub(super) programs: Vec<Option<P>>,
}

impl<P: Program> Yard<P> {
    /// A yard at the instant `start`, at which Docker begins to start its services. The world outside
    /// ([`images::world`]) is added after the services of the description.
    ///
    /// # Errors
    /// When an image is unknown, a service's name is there twice, or there are too many containers.
    pub fn new(mut description: Description, seed: Seed, start: Timestamp) -> Result<Self, Refusal> {
        for outside in images::world() {
            if description.services.iter().all(|service| service.name != outside.name) {
                description.services.push(outside);
            }
        }
        for (index, service) in description.services.iter().enumerate() {
            P::create(&service.image).map_err(|UnknownImage(image)| Refusal::UnknownImage(image))?;
            if description.services[..index].iter().any(|other| other.name == service.name) {
                return Err(Refusal::DuplicateService(service.name.clone()));
            }
        }
        let containers = description.services.iter().map(|service| u64::from(service.replicas)).sum::<u64>();
        if containers > u64::from(CONTAINERS_MAX) {
            return Err(Refusal::TooMany { what: "containers".into(), limit: f64::from(CONTAINERS_MAX) });
        }
        let rate = description.traffic.rate;
        let mut yard = Self { core: Core::new(description, seed, start), programs: Vec::new() };
        yard.core.set_traffic(rate)?;
        yard.core.start_all();
        yard.install();
        Ok(yard)
    }

    /// Puts its program into each container that was just made.
    fn install(&mut self) {
        for actor in self.programs.len()..self.core.actors.len() {
            let image = &self.core.description_of(ActorId(actor as u32)).image;
            // Every image was tried when the yard was made, and a service keeps its image.
            self.programs.push(P::create(image).ok());
        }
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.core.now()
    }

    /// When something happens next; `None` where nothing ever will without a command.
    #[must_use]
    pub fn next_at(&self) -> Option<Timestamp> {
        self.core.agenda.next_at()
    }

    /// Does the next thing of the agenda, moving the present to its instant; `false` where there is none.
    pub fn step(&mut self) -> bool {
        self.step_until(Timestamp::MAX)
    }

    fn step_until(&mut self, until: Timestamp) -> bool {
        let Some(item) = self.core.agenda.take(until) else { return false };
        let turn = self.core.process(item);
        let (actor, message) = match turn {
            Turn::None => return true,
            Turn::Removed(actor) => {
                self.programs[actor.0 as usize] = None;
                return true;
            }
            Turn::Boot(actor) => (actor, None),
            Turn::Message(actor, message) => (actor, Some(message)),
        };
        if let Some(program) = &mut self.programs[actor.0 as usize] {
            let mut context = Context { core: &mut self.core, actor };
            match message {
                None => program.boot(&mut context),
                Some(message) => program.handle(message, &mut context),
            }
        }
        true
    }

    /// Does everything up to and including `until`, at most `budget` steps of it. When all is done the present is
    /// `until` (it never goes back).
    pub fn run_until(&mut self, until: Timestamp, budget: u64) -> Reached {
        for _ in 0..budget {
            if !self.step_until(until) {
                self.core.agenda.advance(until);
                return Reached { at: self.now(), complete: true };
            }
        }
        let complete = self.next_at().is_none_or(|next| next > until);
        if complete {
            self.core.agenda.advance(until);
        }
        Reached { at: self.now(), complete }
    }

    // ---- commands -------------------------------------------------------------------------------------------------

    /// `docker compose up -d --scale SERVICE=N`: containers that are there stay, missing ones are made, those with
    /// the highest numbers go.
    ///
    /// # Errors
    /// When there is no such service, it does not run in containers, or `replicas` is more than the lab carries. A
    /// port that is taken is no refusal: the container is made and stays, and the report says why it cannot start.
    pub fn scale(&mut self, service: &str, replicas: u32) -> Result<ScaleReport, Refusal> {
        let report = self.core.scale(service, replicas);
        self.install();
        report
    }

    /// `docker stop`: asks the process to end and kills it after 10 s. Takes the time it takes.
    ///
    /// # Errors
    /// When there is no such container, or it does not run in a container.
    pub fn stop(&mut self, container: &str) -> Result<(), Refusal> {
        self.core.stop(container)
    }

    /// `docker start`.
    ///
    /// # Errors
    /// When there is no such container, it is paused, or a port it publishes is taken.
    pub fn start(&mut self, container: &str) -> Result<(), Refusal> {
        self.core.start(container)
    }

    /// `docker restart`: as stop, then start.
    ///
    /// # Errors
    /// When there is no such container, or it is paused.
    pub fn restart(&mut self, container: &str) -> Result<(), Refusal> {
        self.core.restart(container)
    }

    /// `docker kill`: ends the process at once, exit code 137.
    ///
    /// # Errors
    /// When there is no such container, or it does not run.
    pub fn kill(&mut self, container: &str) -> Result<(), Refusal> {
        self.core.kill(container)
    }

    /// `docker pause`: freezes the process.
    ///
    /// # Errors
    /// When there is no such container, it does not run, or is paused already.
    pub fn pause(&mut self, container: &str) -> Result<(), Refusal> {
        self.core.pause(container)
    }

    /// `docker unpause`: lets the process go on; what waited for it is done now.
    ///
    /// # Errors
    /// When there is no such container, or it is not paused.
    pub fn unpause(&mut self, container: &str) -> Result<(), Refusal> {
        self.core.unpause(container)
    }

    /// From now on `rate` visitors come a second, on average and independently of each other.
    ///
    /// # Errors
    /// When it is not a number of at least 0, or more than the lab carries.
    pub fn set_traffic(&mut self, rate: f64) -> Result<(), Refusal> {
        self.core.set_traffic(rate)
    }

    /// Sends `count` requests, each after the one before has ended, as a loop of `curl` does. Gives the number under
    /// which a notice tells when the last has ended.
    ///
    /// # Errors
    /// When there are more than the lab carries.
    pub fn send(&mut self, count: u32) -> Result<u32, Refusal> {
        self.core.begin_batch(count)
    }

    /// Puts a file into the service's containers, in place of the one of that path; a program reads it when it is
    /// told to.
    ///
    /// # Errors
    /// When there is no such service.
    pub fn write_file(&mut self, service: &str, path: &str, text: &str) -> Result<(), Refusal> {
        self.core.write_file(service, path, text)
    }

    /// A file of the service's containers; `None` where there is no such service or file.
    #[must_use]
    pub fn file(&self, service: &str, path: &str) -> Option<&Arc<str>> {
        let described =
            self.core.description.services.iter().find(|described| &*described.name == service)?;
        described.files.get(path)
    }

    /// The files of the service's containers, by path; none where there is no such service.
    #[must_use]
    pub fn files(&self, service: &str) -> Vec<(&Arc<str>, &Arc<str>)> {
        let described = self.core.description.services.iter().find(|described| &*described.name == service);
        described.map(|described| described.files.iter().collect()).unwrap_or_default()
    }

    // ---- views ----------------------------------------------------------------------------------------------------

    /// The container of that name, or whose id begins so.
    ///
    /// # Errors
    /// When there is none, or there are several.
    pub fn find(&self, container: &str) -> Result<ActorId, Refusal> {
        self.core.find(container)
    }

    /// Everything that can be found: containers, processes of the machine, outside services, in order of creation.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> {
        let removed = |id: &ActorId| self.core.actor(*id).phase == Phase::Removed;
        (0..self.core.actors.len() as u32).map(ActorId).filter(move |id| !removed(id))
    }

    /// When the process that runs now started; `None` where none runs. Cheap, for observers that look often.
    #[must_use]
    pub fn process_started(&self, actor: ActorId) -> Option<Timestamp> {
        let actor = self.core.actors.get(actor.0 as usize).filter(|actor| actor.is_alive())?;
        actor.started_at
    }

    /// Shows the metrics that a running program would expose now; `false` where no process runs. Changes nothing.
    pub fn gather<C: Collect>(&self, actor: ActorId, collector: &mut C) -> bool {
        let Some(Some(program)) = self.programs.get(actor.0 as usize) else { return false };
        if self.process_started(actor).is_none() {
            return false;
        }
        program.gather(&self.core.surroundings(actor), collector);
        true
    }

    /// A program, running or not; `None` where the container was removed.
    #[must_use]
    pub fn program(&self, actor: ActorId) -> Option<&P> {
        self.programs.get(actor.0 as usize)?.as_ref()
    }

    /// Lets `act` work on a program at the present, with everything a program can do; `None` where no process runs.
    pub fn with_program<R>(
        &mut self,
        actor: ActorId,
        act: impl FnOnce(&mut P, &mut Context<'_>) -> R,
    ) -> Option<R> {
        let program = self.programs.get_mut(actor.0 as usize)?.as_mut()?;
        if !self.core.actor(actor).is_alive() {
            return None;
        }
        Some(act(program, &mut Context { core: &mut self.core, actor }))
    }

    /// The lines of a container's log from number `since` on (the first line ever has number 0), as far as they are
    /// still kept, and the number that the next line will have.
    pub fn logs(&self, actor: ActorId, since: u64) -> (impl Iterator<Item = &LogLine>, u64) {
        let (begin, lines) = self.core.actors.get(actor.0 as usize).map_or((0, None), |actor| {
            let (begin, lines) = actor.log();
            (begin, Some(lines))
        });
        let next = begin + lines.map_or(0, |lines| lines.len() as u64);
        let skip = since.saturating_sub(begin).min(next - begin) as usize;
        (lines.into_iter().flatten().skip(skip), next)
    }

    /// Who called whom how often, since the yard began.
    #[must_use]
    pub fn flows(&self) -> Vec<Flow> {
        self.core.flows.list()
    }

    /// What became of all requests of visitors so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.core.visitors.tally
    }

    /// The Docker engine's books.
    #[must_use]
    pub fn daemon(&self) -> &Daemon {
        &self.core.daemon
    }

    /// The services as they are wanted now, and the rate of visitors.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.core.description
    }

    /// Takes out what happened since the last time, in order, and how many notices were lost before them.
    pub fn take_notices(&mut self) -> (Vec<Notice>, u64) {
        self.core.notices.take()
    }
}
