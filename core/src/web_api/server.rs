//! What there is to tell: a store at an instant, the scraper that filled it, and the facts of the serving program.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Scraping, SeriesExemplars};
use crate::base::time::Timestamp;
use crate::promql::eval::Options;
use crate::promql::syntax;
use crate::tsdb::Head;

/// What a request is answered from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The store.
    pub head: Arc<Head>,
    /// The present.
    pub now: Timestamp,
    /// How queries are evaluated.
    pub options: Options,
    /// What the language accepts.
    pub language: syntax::Options,
    /// The program that serves.
    pub server: Arc<Server>,
    /// The scraper, where the request looks at it ([`super::looks_at_scraping`]) and there is one.
    pub scraping: Option<Scraping>,
    /// Exemplars of its series.
    pub exemplars: Arc<[SeriesExemplars]>,
}

/// Facts of the serving program that stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// The Prometheus version that is followed.
    pub version: String,
    /// The program's own name and version.
    pub revision: String,
    /// When it started.
    pub started: Timestamp,
    /// The folder it was started in.
    pub directory: String,
    /// The machine's name.
    pub host: String,
    /// Where it listens, `address:port`.
    pub listen_address: String,
    /// How many threads evaluate.
    pub threads: u32,
    /// Whether stores may be changed and written out.
    pub is_admin_enabled: bool,
    /// Settings by name, without the leading dashes.
    pub flags: BTreeMap<String, String>,
}
