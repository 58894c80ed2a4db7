//! NASA's picture of the day, as the world outside: slow, and with a quota for the key that everybody uses.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::base::time::{Millis, Timestamp};
use crate::sim::call::{KeepAlive, Listener};
use crate::sim::context::Context;
use crate::sim::message::{Message, Response};

/// The name it is reached by.
pub const HOST: &str = "api.nasa.gov";
/// HTTPS.
pub const PORT: u16 = 443;
/// Requests within the window for `DEMO_KEY`, all from one address.
const QUOTA: usize = 30;
const QUOTA_WINDOW: Millis = Millis::from_minutes(60);

/// The API. All containers come from one address, so they share the quota.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Nasa {
    granted: VecDeque<Timestamp>,
}

impl Nasa {
    pub(super) fn boot(&mut self, context: &mut Context<'_>) {
        let keep_alive = KeepAlive { idle_timeout: Some(Millis::from_secs(20)), requests_max: None };
        context.listen(Listener { port: PORT, loopback_only: false, backlog: 4096, keep_alive });
    }

    pub(super) fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        let Message::Request(request) = message else { return };
        if !request.path.starts_with("/planetary/apod") {
            context.respond(request.id, 0.1, Response::status(404));
            return;
        }
        let now = context.now();
        while self.granted.front().is_some_and(|granted| now - *granted >= QUOTA_WINDOW) {
            self.granted.pop_front();
        }
        if self.granted.len() >= QUOTA {
            let after_seconds = 0.1 + 0.05 * context.random().uniform();
            context.respond(request.id, after_seconds, Response::status(429));
            return;
        }
        self.granted.push_back(now);
        let after_seconds = 0.3 + 0.6 * context.random().uniform();
        context.respond(request.id, after_seconds, Response::status(200));
    }
}
