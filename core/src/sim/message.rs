//! What is said between the parts of the yard: requests, responses, failures, timers, signals.
//! Failures print in the words of Go's `net` package and of curl's server side, as learners meet them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::address::Address;
use crate::exposition::NativeHistogram;

/// An HTTP method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Method {
    /// `GET`
    #[default]
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method as it stands in a request.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a client may send the request once more without asking (it changes nothing).
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// The method in lower case, as Go's client library writes it into labels.
    #[must_use]
    pub const fn lower(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Head => "head",
            Self::Post => "post",
            Self::Put => "put",
            Self::Delete => "delete",
        }
    }
}

/// Names a request that waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestId {
    pub(super) index: u32,
    pub(super) generation: u32,
}

/// A request as the server sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What to answer to.
    pub id: RequestId,
    /// The method.
    pub method: Method,
    /// Path with query string, from the leading `/` on.
    pub path: Arc<str>,
    /// The port it came in by.
    pub port: u16,
    /// The other side of the connection: address and port, a new port for each connection.
    pub peer: Address,
    /// Whom the request body speaks of, where it speaks of one (the access log is told its client so).
    pub subject: Option<Address>,
}

/// The answer to a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Headers and body; `None` where nobody will look at them.
    pub page: Option<Box<Page>>,
}

/// Headers and body of a response that somebody reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The `Content-Type` header; `None` where the server sends none.
    pub content_type: Option<String>,
    /// The `Location` header of a redirect.
    pub location: Option<String>,
    /// The body, uncompressed.
    pub body: String,
    /// The native histograms of a metrics page. A real target writes them in protobuf for who asks for that; here it
    /// hands them over besides the text, and who does not want them leaves them alone.
    pub histograms: Vec<NativeHistogram>,
}

impl Response {
    /// A response of which only the status matters.
    #[must_use]
    pub const fn status(status: u16) -> Self {
        Self { status, page: None }
    }

    /// A response with a body.
    #[must_use]
    pub fn with_body(status: u16, content_type: Option<&str>, body: String) -> Self {
        let content_type = content_type.map(str::to_owned);
        Self { status, page: Some(Box::new(Page { content_type, body, ..Page::default() })) }
    }
}

/// Why a call got no response. Prints without Go's leading `Get "http://…": `, which the caller knows to add.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Failure {
    /// Nothing listens there.
    ConnectionRefused(Address),
    /// Nobody has that address any more.
    NoRouteToHost(Address),
    /// The other side did not take the connection in time.
    ConnectionTimedOut(Address),
    /// The name does not exist.
    NoSuchHost(Arc<str>),
    /// The caller's own time-out passed.
    DeadlineExceeded,
    /// The other side closed the connection without a response.
    Closed,
    /// The other side broke the connection.
    ConnectionReset {
        /// The caller's end.
        local: Address,
        /// The server's end.
        remote: Address,
    },
}

/// The name server inside each container of a user-defined Docker network.
pub const NAME_SERVER: &str = "127.0.0.11:53";

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConnectionRefused(to) => write!(f, "dial tcp {to}: connect: connection refused"),
            Self::NoRouteToHost(to) => write!(f, "dial tcp {to}: connect: no route to host"),
            Self::ConnectionTimedOut(to) => write!(f, "dial tcp {to}: connect: connection timed out"),
            Self::NoSuchHost(name) => write!(f, "dial tcp: lookup {name} on {NAME_SERVER}: no such host"),
            Self::DeadlineExceeded => f.write_str("context deadline exceeded"),
            Self::Closed => f.write_str("EOF"),
            Self::ConnectionReset { local, remote } => {
                write!(f, "read tcp {local}->{remote}: read: connection reset by peer")
            }
        }
    }
}

impl std::error::Error for Failure {}

/// A Unix signal that a process may handle itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Signal {
    /// `SIGTERM`: please end. Without an exit the process is killed 10 s later.
    Terminate,
    /// `SIGHUP`: read your configuration again.
    Hangup,
}

/// Something that reaches a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// A request, to be answered now or later with [`super::Context::respond`].
    Request(Request),
    /// The response to a call of its own.
    Response {
        /// The number the caller gave the call.
        token: u64,
        /// What came back, with whatever status.
        response: Response,
        /// Seconds from the call to the end of the response; finer than the yard's milliseconds.
        took_seconds: f64,
    },
    /// A call of its own ended without a response.
    Failure {
        /// The number the caller gave the call.
        token: u64,
        /// Why.
        failure: Failure,
        /// Seconds from the call to its end.
        took_seconds: f64,
    },
    /// The time set with [`super::Context::set_timer`] has come.
    Timer {
        /// The number given to the timer.
        token: u64,
    },
    /// A signal.
    Signal(Signal),
}
