//! A lab for a program that serves it to the world: its stores for Prometheus's HTTP API, its containers' pages.
//! Serves nothing itself.

use std::sync::Arc;

use super::doors::Lab;
use super::job::options;
use super::look::families;
use super::problem::Problem;
use super::programs::LabProgram;
use super::store::StoreId;
use crate::exposition::{Format, write_page};
use crate::promql::syntax;
use crate::web_api::{Scraping, Server, Source};

impl Lab {
    /// What the API tells of a store now, with the scraper behind it where that is asked for; `None` where there is
    /// no such store.
    #[must_use]
    pub fn source(&self, store: &StoreId, with_scraping: bool, server: Arc<Server>) -> Option<Source> {
        Some(Source {
            head: self.store(store)?,
            now: self.now(),
            options: options(self),
            language: syntax::Options::default(),
            server,
            scraping: with_scraping.then(|| self.scraping(store)).flatten(),
            exemplars: Arc::default(),
        })
    }

    fn scraping(&self, store: &StoreId) -> Option<Scraping> {
        let (actor, program) = self.state().prometheus(store)?;
        let engine = self.state().engine(actor)?;
        let reloaded_at = LabProgram::as_prometheus(program)?.reloaded_at()?;
        Some(Scraping::of(engine, reloaded_at))
    }

    /// The metrics page of a container, as its program would write it now.
    ///
    /// # Errors
    /// When there is no such container, or it is not running.
    pub fn container_page(&self, container: &str, format: Format) -> Result<String, Problem> {
        let families = families(self.state(), container)?;
        let mut page = String::with_capacity(8192);
        write_page(format, &families, &mut page);
        Ok(page)
    }

    /// The names of all containers, and of what runs on the machine itself, service by service.
    #[must_use]
    pub fn container_names(&self) -> Vec<String> {
        let services = self.state().yard.services();
        let containers = services.iter().flat_map(|service| &service.containers);
        containers.map(|container| container.name.to_string()).collect()
    }
}
