//! The trait that makes a container do something, and what a program is told of its place in the yard.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::collect::Collect;
use super::context::{Context, Surroundings};
use super::message::Message;

/// What runs in a container: an actor that is told of requests, answers and timers, and acts through its
/// [`Context`]. An enum of all programs implements it once; the yard knows no other.
///
/// A program is a plain value. It changes only in [`Program::boot`] and [`Program::handle`]; what depends on the time
/// that passed is computed from [`Surroundings::now`] when asked for.
pub trait Program: Sized + Clone + Serialize + DeserializeOwned {
    /// The program of the image called `image` (as a Compose file names it, with or without tag), as it lies in a
    /// container just created: nothing runs yet.
    ///
    /// # Errors
    /// When there is no such image.
    fn create(image: &str) -> Result<Self, UnknownImage>;

    /// A process of the program starts: memory is as new, only what it keeps on disk stays from the run before.
    /// Nothing can connect before the program calls [`Context::listen`].
    fn boot(&mut self, context: &mut Context<'_>);

    /// Takes a message. Every request must be answered or dropped some time; every call of its own is answered by
    /// exactly one [`Message::Response`] or [`Message::Failure`].
    fn handle(&mut self, message: Message, context: &mut Context<'_>);

    /// Shows every metric it would expose now, to whoever collects: its own metrics page, or the observer of the
    /// truth. Changes nothing.
    fn gather<C: Collect>(&self, surroundings: &Surroundings<'_>, collector: &mut C);

    /// What the process uses of the machine now.
    fn usage(&self, surroundings: &Surroundings<'_>) -> Usage;
}

/// What a process uses of the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Seconds of CPU since the process started.
    pub cpu_seconds: f64,
    /// Resident memory in bytes.
    pub memory_bytes: f64,
}

/// There is no image of that name. Displays in Docker's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownImage(pub Arc<str>);

impl fmt::Display for UnknownImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(image) = self;
        write!(
            f,
            "pull access denied for {image}, repository does not exist or may require 'docker login': \
             denied: requested access to the resource is denied"
        )
    }
}

impl std::error::Error for UnknownImage {}
