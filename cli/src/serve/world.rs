//! What is served: a lab, whose time goes on, or samples of files.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use scrapeyard_core::base::random::Seed;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::{Lab, StoreId};
use scrapeyard_core::promql::eval::Options;
use scrapeyard_core::promql::syntax;
use scrapeyard_core::tsdb::Head;
use scrapeyard_core::web_api::{SeriesExemplars, Server, Source, parse_time};

use crate::dataset::Dataset;
use crate::scenario;

/// Steps of the lab's agenda while the lock is held: some milliseconds of work.
pub const STEPS: u32 = 5_000;

/// What is served.
pub enum World {
    /// A lab.
    Lab(Box<Mutex<Lab>>),
    /// Samples that stay as they are, unless some are deleted.
    Samples {
        /// The samples.
        head: Mutex<Arc<Head>>,
        /// The exemplars that came with them.
        exemplars: Arc<[SeriesExemplars]>,
    },
}

/// The lab. Where a thread that held it panicked, it is as whole as that thread left it.
pub fn locked(lab: &Mutex<Lab>) -> MutexGuard<'_, Lab> {
    lab.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Our own present.
pub fn wall_clock() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(since.as_millis() as i64)
}

impl World {
    /// A lab of a scenario, whose past ends at `at`.
    ///
    /// # Errors
    /// When the scenario cannot be opened, or `at` is no instant.
    pub fn open(name: &str, seed: Option<u64>, at: &str) -> Result<Self, String> {
        let mut scenario = scenario::read(name)?;
        let at = match at {
            "scenario" => None,
            "now" => Some(wall_clock()),
            text => Some(parse_time(text).map_err(|reason| format!("--at: {reason}"))?),
        };
        if let Some(at) = at {
            // Whole seconds, as the observers of a lab look.
            let at = Timestamp(at.0.div_euclid(1000).saturating_mul(1000));
            scenario.manifest.start = at.saturating_sub(scenario.manifest.running_for);
        }
        let mut lab = Lab::open(Arc::new(scenario), seed.map(Seed)).map_err(|problem| problem.to_string())?;
        while lab.is_behind() {
            lab.advance(lab.due(), STEPS).map_err(|problem| problem.to_string())?;
        }
        Ok(Self::Lab(Box::new(Mutex::new(lab))))
    }

    /// The samples of files.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn read(files: &[PathBuf]) -> Result<Self, String> {
        let mut dataset = Dataset::default();
        files.iter().try_for_each(|file| dataset.read(file))?;
        let exemplars = dataset.exemplars().into();
        Ok(Self::Samples { head: Mutex::new(Arc::new(dataset.into_head()?)), exemplars })
    }

    /// What the API tells of a store; `None` where there is none of that name. Holds the lab only to look at it: what
    /// takes long works on what this gives.
    pub fn source(&self, store: &StoreId, with_scraping: bool, server: &Arc<Server>) -> Option<Source> {
        match self {
            Self::Lab(lab) => locked(lab).source(store, with_scraping, Arc::clone(server)),
            Self::Samples { head, exemplars } => (*store == StoreId::Pulled).then(|| Source {
                head: Arc::clone(&head.lock().unwrap_or_else(PoisonError::into_inner)),
                now: wall_clock(),
                options: Options::default(),
                language: syntax::Options::default(),
                server: Arc::clone(server),
                scraping: None,
                exemplars: Arc::clone(exemplars),
            }),
        }
    }
}
