//! The yard itself, as the lab drives it: time on, commands in, views out.

use serde::{Deserialize, Serialize};

use super::collect::Collect;
use super::context::Context;
use super::core::Core;
use super::daemon::Daemon;
use super::description::Description;
use super::notice::{LogLine, Notice, Notices};
use super::program::Program;
use super::view::{ContainerView, Flow, Reached, ScaleReport, ServiceView};
use super::visitors::Tally;
use super::{ActorId, Refusal};
use crate::base::random::Seed;
use crate::base::time::Timestamp;

/// A yard of services whose containers run programs of the type `P`.
///
/// Time moves only in [`Yard::run_until`] and [`Yard::step`]; commands take effect at the present, [`Yard::now`].
/// The same description, seed and commands at the same instants give the same yard, whatever the strides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Yard<P> {
    core: Core,
    programs: Vec<Option<P>>,
}

impl<P: Program> Yard<P> {
    /// A yard at the instant `start`, at which Docker begins to start its services.
    ///
    /// # Errors
    /// When an image is unknown, a service's name is there twice, or there are too many containers.
    pub fn new(description: Description, seed: Seed, start: Timestamp) -> Result<Self, Refusal> {
        let _ = seed;
        let core = Core {
            now: start,
            description,
            actors: Vec::new(),
            daemon: Daemon::default(),
            notices: Notices::default(),
        };
        Ok(Self { core, programs: Vec::new() })
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.core.now
    }

    /// When something happens next; `None` where nothing ever will without a command.
    #[must_use]
    pub fn next_at(&self) -> Option<Timestamp> {
        None
    }

    /// Does the next thing of the agenda, moving the present to its instant; `false` where there is none.
    pub fn step(&mut self) -> bool {
        false
    }

    /// Does everything up to and including `until`, at most `budget` steps of it. When all is done the present is
    /// `until` (it never goes back).
    pub fn run_until(&mut self, until: Timestamp, budget: u64) -> Reached {
        let _ = budget;
        self.core.now = self.core.now.max(until);
        Reached { at: self.core.now, complete: true }
    }

    // ---- commands -------------------------------------------------------------------------------------------------

    /// `docker compose up -d --scale SERVICE=N`: containers that are there stay, missing ones are made, those with
    /// the highest numbers go.
    ///
    /// # Errors
    /// When there is no such service, it does not run in containers, or `replicas` is more than the lab carries. A
    /// port that is taken is no refusal: the container is made and stays, and the report says why it cannot start.
    pub fn scale(&mut self, service: &str, replicas: u32) -> Result<ScaleReport, Refusal> {
        let _ = replicas;
        Err(Refusal::NoSuchService(service.into()))
    }

    /// `docker stop`: asks the process to end and kills it after 10 s. Takes the time it takes.
    ///
    /// # Errors
    /// When there is no such container, or it does not run in a container.
    pub fn stop(&mut self, container: &str) -> Result<(), Refusal> {
        Err(Refusal::NoSuchContainer(container.into()))
    }

    /// `docker start`.
    ///
    /// # Errors
    /// When there is no such container, it is paused, or a port it publishes is taken.
    pub fn start(&mut self, container: &str) -> Result<(), Refusal> {
        Err(Refusal::NoSuchContainer(container.into()))
    }

    /// `docker restart`: as stop, then start.
    ///
    /// # Errors
    /// When there is no such container, or it is paused.
    pub fn restart(&mut self, container: &str) -> Result<(), Refusal> {
        Err(Refusal::NoSuchContainer(container.into()))
    }

    /// `docker kill`: ends the process at once, exit code 137.
    ///
    /// # Errors
    /// When there is no such container, or it does not run.
    pub fn kill(&mut self, container: &str) -> Result<(), Refusal> {
        Err(Refusal::NoSuchContainer(container.into()))
    }

    /// `docker pause`: freezes the process.
    ///
    /// # Errors
    /// When there is no such container, it does not run, or is paused already.
    pub fn pause(&mut self, container: &str) -> Result<(), Refusal> {
        Err(Refusal::NoSuchContainer(container.into()))
    }

    /// `docker unpause`: lets the process go on; what waited for it is done now.
    ///
    /// # Errors
    /// When there is no such container, or it is not paused.
    pub fn unpause(&mut self, container: &str) -> Result<(), Refusal> {
        Err(Refusal::NoSuchContainer(container.into()))
    }

    /// From now on `rate` visitors come a second, on average and independently of each other.
    ///
    /// # Errors
    /// When it is not a number of at least 0, or more than the lab carries.
    pub fn set_traffic(&mut self, rate: f64) -> Result<(), Refusal> {
        self.core.description.traffic.rate = rate;
        Ok(())
    }

    /// Sends `count` requests, each after the one before has ended, as a loop of `curl` does. Gives the number under
    /// which a notice tells when the last has ended.
    ///
    /// # Errors
    /// When there are more than the lab carries.
    pub fn send(&mut self, count: u32) -> Result<u32, Refusal> {
        let _ = count;
        Ok(0)
    }

    /// Puts a file into the service's containers, in place of the one of that path; a program reads it when it is
    /// told to.
    ///
    /// # Errors
    /// When there is no such service.
    pub fn write_file(&mut self, service: &str, path: &str, text: &str) -> Result<(), Refusal> {
        let _ = (path, text);
        Err(Refusal::NoSuchService(service.into()))
    }

    // ---- views ----------------------------------------------------------------------------------------------------

    /// The services, in the order of the description, with their containers.
    #[must_use]
    pub fn services(&self) -> Vec<ServiceView> {
        Vec::new()
    }

    /// The container of that name, or whose id begins so.
    ///
    /// # Errors
    /// When there is none, or there are several.
    pub fn find(&self, container: &str) -> Result<ActorId, Refusal> {
        Err(Refusal::NoSuchContainer(container.into()))
    }

    /// Everything that can be found: containers, processes of the machine, outside services, in order of creation.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> {
        (0..self.core.actors.len() as u32).map(ActorId)
    }

    /// A container as it is now; `None` where it was removed.
    #[must_use]
    pub fn container(&self, actor: ActorId) -> Option<ContainerView> {
        let _ = actor;
        None
    }

    /// Shows the metrics that a running program would expose now; `false` where no process runs. Changes nothing.
    pub fn gather<C: Collect>(&self, actor: ActorId, collector: &mut C) -> bool {
        let Some(Some(program)) = self.programs.get(actor.0 as usize) else { return false };
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
        Some(act(program, &mut Context { core: &mut self.core, actor }))
    }

    /// The last lines of a container's log, the oldest first.
    pub fn logs(&self, actor: ActorId) -> impl Iterator<Item = &LogLine> {
        self.core.actors.get(actor.0 as usize).into_iter().flat_map(|actor| &actor.logs)
    }

    /// Who called whom how often, since the yard began.
    #[must_use]
    pub fn flows(&self) -> Vec<Flow> {
        Vec::new()
    }

    /// What became of all requests of visitors so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::default()
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
