//! Does a command to a state. Keeps no journal.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::{AttachmentHash, Command};
use super::event::EventKind;
use super::import;
use super::problem::Problem;
use super::programs::{CONFIG_FILE, LabProgram, Prometheus};
use super::scenario::MAX_REPLICAS;
use super::state::State;
use super::store::StoreId;
use crate::base::span::Place;
use crate::base::time::Timestamp;
use crate::promql::syntax::parse_selector;
use crate::scrape::ConfigError;
use crate::scrape::config::Config;
use crate::sim::{ActorId, Refusal};
use crate::yaml;

/// The most requests one `send` may ask for.
const MAX_REQUESTS: u32 = 10_000;

/// The most files that a service may have, and their bytes together.
const MAX_FILES: usize = 100;
const MAX_FILE_BYTES: usize = 4 << 20;

/// Texts that imports name.
pub type Attachments = BTreeMap<AttachmentHash, Arc<str>>;

/// A refused configuration as a problem with its place.
#[must_use]
pub fn config_problem(error: &ConfigError) -> Problem {
    let place = error.line.map(|line| Place { line, column: error.column.unwrap_or(1) });
    Problem::new("config-refused", error.to_string()).at(place)
}

/// What a configuration says validly and a lab does not carry out, each with its place.
#[must_use]
pub fn unsimulated(config: &Config) -> Vec<Problem> {
    let remark = |field: &yaml::Problem| {
        let said = format!("{} is valid and has no effect in this lab", field.text);
        Problem::new("unsimulated", said).at(field.place)
    };
    config.unsimulated.iter().map(remark).collect()
}

fn refused(refusal: &Refusal) -> Problem {
    let code = match refusal {
        Refusal::NoSuchContainer(_) | Refusal::AmbiguousContainer(_) => "no-such-container",
        Refusal::NoSuchService(_) => "no-such-service",
        Refusal::UnknownImage(_) => "unknown-image",
        Refusal::NotRunning { .. } => "not-running",
        Refusal::AlreadyPaused { .. } => "already-paused",
        Refusal::NotPaused { .. } => "not-paused",
        Refusal::PausedCannotStart => "paused-cannot-start",
        Refusal::PortAllocated { .. } => "port-allocated",
        Refusal::NotAContainer(_) => "not-a-container",
        Refusal::TooMany { .. } => "too-many",
        Refusal::InvalidRate(_) => "invalid-rate",
        Refusal::DuplicateService(_) => "duplicate-service",
    };
    Problem::new(code, refusal.to_string())
}

impl State {
    /// Does a command at the present, with all that follows from it at once. Gives what did not come out as one may
    /// have hoped.
    ///
    /// # Errors
    /// When the command is refused; then nothing has changed.
    pub fn act(&mut self, command: &Command, attachments: &Attachments) -> Result<Vec<Problem>, Problem> {
        self.settle();
        let remarks = self.apply(command, attachments)?;
        self.tell(EventKind::Command { line: command.to_string() });
        self.take_news();
        self.settle();
        Ok(remarks)
    }

    fn apply(&mut self, command: &Command, attachments: &Attachments) -> Result<Vec<Problem>, Problem> {
        match command {
            Command::Scale { service, replicas } => return self.scale(service, *replicas),
            Command::Stop(name) => self.each(name, |state, container| state.yard.stop(container))?,
            Command::Start(name) => self.each(name, |state, container| state.yard.start(container))?,
            Command::Restart(name) => self.each(name, |state, container| state.yard.restart(container))?,
            Command::Kill(name) => self.each(name, |state, container| state.yard.kill(container))?,
            Command::Pause(name) => self.each(name, |state, container| state.yard.pause(container))?,
            Command::Unpause(name) => self.each(name, |state, container| state.yard.unpause(container))?,
            Command::Traffic { service, per_second } => {
                self.visited(service)?;
                self.yard.set_traffic(*per_second).map_err(|refusal| refused(&refusal))?;
            }
            Command::Send { service, count } => {
                self.visited(service)?;
                if *count > MAX_REQUESTS {
                    return Err(Problem::new("too-many", format!("at most {MAX_REQUESTS} requests at once")));
                }
                self.yard.send(*count).map_err(|refusal| refused(&refusal))?;
            }
            Command::Reload { prometheus, text } => return self.reload(prometheus, text),
            Command::Write { prometheus, text } => {
                let (_, service) = self.find_prometheus(prometheus)?;
                self.write_config(&service, text)?;
            }
            Command::File { service, path, text } => self.write_file(service, path, text)?,
            Command::Run { store, range, expression } => {
                let is_missing = match store {
                    StoreId::Prometheus(_) => self.prometheus(store).is_none(),
                    StoreId::Imported(name) => !self.imported.contains_key(name),
                    _ => false,
                };
                if is_missing {
                    return Err(Problem::new("no-such-store", format!("no such store: {store}")));
                }
                self.ran(store, *range, expression);
            }
            Command::Import { name, attachment } => return self.import(name, *attachment, attachments),
            Command::Delete { store, span, selector } => return self.delete(store, *span, selector),
            Command::Discard(name) => {
                if self.imported.remove(name).is_none() {
                    return Err(Problem::new("no-such-store", format!("no such store: imported:{name}")));
                }
            }
            Command::Lesson(name) => self.take_up(name)?,
            Command::Again(name) => {
                self.take_up(name)?;
                self.progress.forget(name);
            }
            Command::Hint(step) => {
                self.find_task(step)?;
                self.progress.hint(&step.lesson, &step.id)?;
            }
            Command::Reveal(step) => {
                self.find_task(step)?;
                self.progress.reveal(&step.lesson, &step.id);
            }
            Command::Skip(step) => {
                self.find_task(step)?;
                self.progress.skip(&step.lesson, &step.id, self.now)?;
            }
            Command::Answer { question, text } => self.answer(question, text)?,
            Command::Board(deed) => return self.arrange(deed),
        }
        Ok(Vec::new())
    }

    /// Does the same to one container, or to all containers of a service.
    fn each(
        &mut self,
        name: &str,
        act: impl Fn(&mut Self, &str) -> Result<(), Refusal>,
    ) -> Result<(), Problem> {
        let service = self.yard.services().into_iter().find(|service| *service.name == *name);
        let Some(service) = service.filter(|service| !service.containers.is_empty()) else {
            return act(self, name).map_err(|refusal| refused(&refusal));
        };
        // As Compose does it, what cannot be done to one container does not stop the others; but when it can be done
        // to none, it is refused.
        let outcomes: Vec<_> =
            service.containers.iter().map(|container| act(self, &container.name)).collect();
        let mut refusals = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        match refusals.next() {
            Some(refusal) if outcomes.iter().all(Result::is_err) => Err(refused(refusal)),
            _ => Ok(()),
        }
    }

    fn scale(&mut self, service: &str, replicas: u32) -> Result<Vec<Problem>, Problem> {
        if replicas > MAX_REPLICAS {
            return Err(Problem::new("too-many", format!("a service has at most {MAX_REPLICAS} replicas")));
        }
        let report = self.yard.scale(service, replicas).map_err(|refusal| refused(&refusal))?;
        let warning = report.warning.map(|text| Problem::new("scale-warning", text));
        Ok(warning.into_iter().chain(report.failed.iter().map(|(_, refusal)| refused(refusal))).collect())
    }

    /// The one service that visitors ask.
    fn visited(&self, service: &str) -> Result<(), Problem> {
        match &self.visited_service {
            Some(visited) if visited == service => Ok(()),
            Some(visited) => {
                Err(Problem::new("not-visited", format!("visitors ask {visited:?}, not {service:?}")))
            }
            None => Err(Problem::new("not-visited", "this yard has no visitors")),
        }
    }

    fn reload(&mut self, name: &str, text: &str) -> Result<Vec<Problem>, Problem> {
        let (actor, service) = self.find_prometheus(name)?;
        if self.yard.process_started(actor).is_none() {
            let id = self.yard.container(actor).map(|container| container.id).unwrap_or_else(|| name.into());
            return Err(refused(&Refusal::NotRunning { id }));
        }
        self.write_config(&service, text)?;
        let outcome = self.yard.with_program(actor, |program, context| {
            program
                .as_prometheus_mut()
                .map_or(Ok(()), |prometheus: &mut Prometheus| prometheus.reload(context))
        });
        let error = outcome.and_then(Result::err);
        self.truth.directory_changed();
        let prometheus = self.container_name(actor);
        self.tell(EventKind::Reloaded { prometheus, error: error.as_ref().map(ToString::to_string) });
        Ok(match &error {
            Some(error) => vec![config_problem(error)],
            None => self.engine(actor).map(|engine| unsimulated(engine.config())).unwrap_or_default(),
        })
    }

    /// Writes a file and lets those notice who watch for it.
    fn write_file(&mut self, service: &str, path: &str, text: &str) -> Result<(), Problem> {
        let known = self.yard.files(service);
        let others = known.iter().filter(|(known, _)| ***known != *path);
        let (count, bytes) =
            others.fold((1, text.len()), |(count, bytes), (_, text)| (count + 1, bytes + text.len()));
        if count > MAX_FILES || bytes > MAX_FILE_BYTES {
            let said = format!("a service has at most {MAX_FILES} files of {MAX_FILE_BYTES} bytes together");
            return Err(Problem::new("too-many", said));
        }
        self.yard.write_file(service, path, text).map_err(|refusal| refused(&refusal))?;
        for actor in self.prometheuses.clone() {
            if self.yard.process_started(actor).is_some() {
                self.yard.with_program(actor, |program, context| {
                    if let Some(prometheus) = program.as_prometheus_mut() {
                        prometheus.files_changed(context);
                    }
                });
            }
        }
        Ok(())
    }

    fn write_config(&mut self, service: &str, text: &str) -> Result<(), Problem> {
        self.yard.write_file(service, CONFIG_FILE, text).map_err(|refusal| refused(&refusal))
    }

    /// The Prometheus of that container or service, and its service.
    fn find_prometheus(&self, name: &str) -> Result<(ActorId, String), Problem> {
        let services = self.yard.services();
        let containers = services.iter().flat_map(|service| &service.containers);
        let mut named =
            containers.filter(|container| *container.name == *name || *container.service == *name);
        let found = named.find(|container| {
            self.yard.program(container.actor).is_some_and(|program| program.as_prometheus().is_some())
        });
        found
            .map(|container| (container.actor, container.service.to_string()))
            .ok_or_else(|| Problem::new("no-such-container", format!("no such Prometheus: {name}")))
    }

    fn import(
        &mut self,
        name: &str,
        hash: AttachmentHash,
        attachments: &Attachments,
    ) -> Result<Vec<Problem>, Problem> {
        let text = attachments.get(&hash).ok_or_else(|| {
            Problem::new("attachment-missing", format!("the attachment {hash} is not here"))
        })?;
        if self.imported.len() >= import::MAX_STORES && !self.imported.contains_key(name) {
            return Err(Problem::new("too-many", format!("at most {} imported stores", import::MAX_STORES)));
        }
        let imported = import::read(text, self.now)?;
        self.imported.insert(name.to_owned(), imported.head);
        let left_out = (imported.duplicates > 0).then(|| {
            Problem::new(
                "duplicate-samples",
                format!("{} samples with a doubled timestamp were left out", imported.duplicates),
            )
        });
        Ok(left_out.into_iter().collect())
    }

    fn delete(
        &mut self,
        store: &StoreId,
        span: Option<(Timestamp, Timestamp)>,
        selector: &str,
    ) -> Result<Vec<Problem>, Problem> {
        let matchers = parse_selector(selector).map_err(|errors| {
            let said = errors.first().map(ToString::to_string).unwrap_or_default();
            let problem = Problem::new("selector-refused", format!("parse error: {said}"));
            errors.first().map_or(problem.clone(), |error| problem.within(selector, error.span))
        })?;
        let (from, to) = span.unwrap_or((Timestamp::MIN, Timestamp::MAX));
        let touched = match store {
            StoreId::Pulled | StoreId::Prometheus(_) => {
                let actor = self.prometheus(store).map(|(actor, _)| actor);
                let delete = |program: &mut LabProgram| {
                    program.as_prometheus_mut().map(|prometheus| prometheus.delete(&matchers, from, to))
                };
                actor.and_then(|actor| self.yard.with_program(actor, |program, _| delete(program)).flatten())
            }
            StoreId::Imported(name) => {
                self.imported.get_mut(name).map(|head| Arc::make_mut(head).delete(&matchers, from, to))
            }
            StoreId::Truth | StoreId::Pushed | StoreId::Before => {
                return Err(Problem::new("read-only-store", format!("nothing can be deleted from {store}")));
            }
        };
        match touched {
            None => Err(Problem::new("no-such-store", format!("no such store: {store}"))),
            Some(0) => {
                Ok(vec![Problem::new("nothing-deleted", format!("no series of {store} matches {selector}"))])
            }
            Some(_) => Ok(Vec::new()),
        }
    }
}
