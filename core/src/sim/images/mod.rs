//! The images of the yard, one file an image.

mod accesslog;
mod docker_engine;
mod image_gallery;
mod iotd;
mod iotd_metrics;
mod nasa;
mod nginx;
mod page;
mod promhttp;

use serde::{Deserialize, Serialize};

pub use accesslog::{AccessLog, KEEP_ALIVE_VARIABLE};
pub use docker_engine::DockerEngine;
pub use image_gallery::ImageGallery;
pub use iotd::Iotd;
pub use nasa::Nasa;
pub use nginx::Nginx;

use super::collect::Collect;
use super::context::{Context, Surroundings};
use super::description::{Placement, ServiceDescription};
use super::message::Message;
use super::program::{Program, UnknownImage, Usage};

/// The image of the Docker engine, for a service placed on the machine.
pub const DOCKER_ENGINE: &str = "docker-engine";
/// The image of NASA's API, for a service placed outside.
pub const NASA: &str = "nasa-api";

/// A program of one of the images that the yard itself knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Image {
    /// `diamol/ch09-image-gallery`
    ImageGallery(ImageGallery),
    /// `diamol/ch09-image-of-the-day`
    Iotd(Iotd),
    /// `diamol/ch09-access-log`
    AccessLog(AccessLog),
    /// `docker-engine`
    DockerEngine(DockerEngine),
    /// `nasa-api`
    Nasa(Nasa),
    /// `nginx`
    Nginx(Nginx),
}

/// What lies outside of every yard: the services of others that images call by name.
#[must_use]
pub fn world() -> Vec<ServiceDescription> {
    let mut nasa = ServiceDescription::new(nasa::HOST, NASA);
    nasa.placement = Placement::Outside;
    vec![nasa]
}

impl Program for Image {
    fn create(image: &str) -> Result<Self, UnknownImage> {
        let name = image.split_once(':').map_or(image, |(name, _tag)| name);
        Ok(match name {
            "diamol/ch09-image-gallery" => Self::ImageGallery(ImageGallery::default()),
            "diamol/ch09-image-of-the-day" => Self::Iotd(Iotd::default()),
            "diamol/ch09-access-log" => Self::AccessLog(AccessLog::default()),
            DOCKER_ENGINE => Self::DockerEngine(DockerEngine::default()),
            NASA => Self::Nasa(Nasa::default()),
            "nginx" => Self::Nginx(Nginx),
            _ => return Err(UnknownImage(image.into())),
        })
    }

    fn boot(&mut self, context: &mut Context<'_>) {
        match self {
            Self::ImageGallery(program) => program.boot(context),
            Self::Iotd(program) => program.boot(context),
            Self::AccessLog(program) => program.boot(context),
            Self::DockerEngine(program) => program.boot(context),
            Self::Nasa(program) => program.boot(context),
            Self::Nginx(program) => program.boot(context),
        }
    }

    fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        match self {
            Self::ImageGallery(program) => program.handle(message, context),
            Self::Iotd(program) => program.handle(message, context),
            Self::AccessLog(program) => program.handle(message, context),
            Self::DockerEngine(program) => program.handle(message, context),
            Self::Nasa(program) => program.handle(message, context),
            Self::Nginx(program) => program.handle(message, context),
        }
    }

    fn gather<C: Collect>(&self, surroundings: &Surroundings<'_>, collector: &mut C) {
        match self {
            Self::ImageGallery(program) => program.gather(surroundings, collector),
            Self::Iotd(program) => program.gather(surroundings, collector),
            Self::AccessLog(program) => program.gather(surroundings, collector),
            Self::DockerEngine(program) => program.gather(surroundings, collector),
            Self::Nasa(_) | Self::Nginx(_) => {}
        }
    }

    fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        match self {
            Self::ImageGallery(program) => program.usage(surroundings),
            Self::Iotd(program) => program.usage(surroundings),
            Self::AccessLog(program) => program.usage(surroundings),
            Self::DockerEngine(program) => program.usage(surroundings),
            Self::Nasa(_) => Usage::default(),
            // Five small processes that wait.
            Self::Nginx(_) => Usage { cpu_seconds: 0.02, memory_bytes: 9_400_000.0 },
        }
    }
}
