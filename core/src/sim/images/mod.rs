//! The images of the yard, one file an image.

use serde::{Deserialize, Serialize};

use super::collect::Collect;
use super::context::{Context, Surroundings};
use super::message::Message;
use super::program::{Program, UnknownImage, Usage};

/// A program of one of the images that the yard itself knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Image {}

impl Program for Image {
    fn create(image: &str) -> Result<Self, UnknownImage> {
        Err(UnknownImage(image.into()))
    }

    fn boot(&mut self, _context: &mut Context<'_>) {
        match *self {}
    }

    fn handle(&mut self, _message: Message, _context: &mut Context<'_>) {
        match *self {}
    }

    fn gather<C: Collect>(&self, _surroundings: &Surroundings<'_>, _collector: &mut C) {
        match *self {}
    }

    fn usage(&self, _surroundings: &Surroundings<'_>) -> Usage {
        match *self {}
    }
}
