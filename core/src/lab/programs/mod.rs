//! The programs that containers run: the yard's own images, and those that stand above the yard, such as Prometheus.

mod prometheus;
mod prometheus_discovery;
mod prometheus_fetch;
mod prometheus_metrics;
mod prometheus_scraping;
mod prometheus_storage;
mod prometheus_web;

use serde::{Deserialize, Serialize};

pub use prometheus::{CONFIG_FILE, Prometheus};

use crate::scrape::Compatibility;
use crate::sim::images::Image;
use crate::sim::{Collect, Context, Message, Program, Surroundings, UnknownImage, Usage};

/// The environment variable that tells a Prometheus whose behaviour it follows, where its image's tag does not.
pub const COMPATIBILITY_VARIABLE: &str = "SCRAPEYARD_COMPATIBILITY";

/// Any program of the lab.
// Nearly all are images: a box for them would cost an indirection a request and save nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum LabProgram {
    /// One that the yard itself knows.
    Image(Image),
    /// Prometheus.
    Prometheus(Box<Prometheus>),
}

impl LabProgram {
    /// The Prometheus, where this is one.
    #[must_use]
    pub fn as_prometheus(&self) -> Option<&Prometheus> {
        match self {
            Self::Prometheus(prometheus) => Some(prometheus),
            Self::Image(_) => None,
        }
    }

    /// The Prometheus to change, where this is one.
    pub fn as_prometheus_mut(&mut self) -> Option<&mut Prometheus> {
        match self {
            Self::Prometheus(prometheus) => Some(prometheus),
            Self::Image(_) => None,
        }
    }
}

/// Whether the image is a Prometheus: the official one, or the book's built upon it.
#[must_use]
pub fn is_prometheus_image(image: &str) -> bool {
    let name = image.split_once(':').map_or(image, |(name, _tag)| name);
    matches!(name, "prom/prometheus" | "diamol/prometheus" | "diamol/ch09-prometheus")
}

/// The variable's value for a version.
#[must_use]
pub const fn compatibility_name(compatibility: Compatibility) -> &'static str {
    match compatibility {
        Compatibility::V2_13 => "2.13",
        Compatibility::V3 => "3",
    }
}

/// The version that a value of the variable names; the newest where it names none.
#[must_use]
pub fn compatibility_named(value: &str) -> Compatibility {
    if value == compatibility_name(Compatibility::V2_13) { Compatibility::V2_13 } else { Compatibility::V3 }
}

impl Program for LabProgram {
    fn create(image: &str) -> Result<Self, UnknownImage> {
        if is_prometheus_image(image) {
            return Ok(Self::Prometheus(Box::default()));
        }
        Image::create(image).map(Self::Image)
    }

    fn boot(&mut self, context: &mut Context<'_>) {
        match self {
            Self::Image(image) => image.boot(context),
            Self::Prometheus(prometheus) => prometheus.boot(context),
        }
    }

    fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        match self {
            Self::Image(image) => image.handle(message, context),
            Self::Prometheus(prometheus) => prometheus.handle(message, context),
        }
    }

    fn gather<C: Collect>(&self, surroundings: &Surroundings<'_>, collector: &mut C) {
        match self {
            Self::Image(image) => image.gather(surroundings, collector),
            Self::Prometheus(prometheus) => prometheus.gather(surroundings, collector),
        }
    }

    fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        match self {
            Self::Image(image) => image.usage(surroundings),
            Self::Prometheus(prometheus) => prometheus.usage(surroundings),
        }
    }
}
