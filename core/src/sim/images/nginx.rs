//! nginx as its official image starts it: a web server of the files that lie in its folder, and nothing besides. It shows
//! no metrics of its own.

use serde::{Deserialize, Serialize};

use crate::base::time::Millis;
use crate::sim::call::{KeepAlive, Listener};
use crate::sim::context::Context;
use crate::sim::message::{Message, Method, Page, Request, Response, Signal};

/// Where the files lie.
const ROOT: &str = "/usr/share/nginx/html";
const PORT: u16 = 80;
/// `keepalive_timeout` and `keepalive_requests`.
const KEEP_ALIVE: KeepAlive =
    KeepAlive { idle_timeout: Some(Millis::from_secs(65)), requests_max: Some(1000) };

/// The program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nginx;

impl Nginx {
    pub(super) fn boot(self, context: &mut Context<'_>) {
        context.listen(Listener { port: PORT, loopback_only: false, backlog: 511, keep_alive: KEEP_ALIVE });
    }

    pub(super) fn handle(self, message: Message, context: &mut Context<'_>) {
        match message {
            Message::Request(request) => {
                let response = answer(&request, context);
                let after_seconds = 0.000_1 + 0.000_2 * context.random().uniform();
                context.respond(request.id, after_seconds, response);
            }
            Message::Signal(Signal::Terminate) => context.exit(0.01, 0),
            Message::Signal(Signal::Hangup)
            | Message::Timer { .. }
            | Message::Response { .. }
            | Message::Failure { .. } => {}
        }
    }
}

fn answer(request: &Request, context: &Context<'_>) -> Response {
    if !matches!(request.method, Method::Get | Method::Head) {
        return Response::with_body(405, Some("text/html"), error_page("405 Not Allowed"));
    }
    let path = request.path.split('?').next().unwrap_or_default();
    let index = if path.ends_with('/') { "index.html" } else { "" };
    if let Some(text) = context.file(&format!("{ROOT}{path}{index}")) {
        return Response::with_body(200, Some(content_type(&format!("{path}{index}"))), text.to_string());
    }
    let folder = format!("{ROOT}{path}/");
    if !path.ends_with('/') && context.files().any(|(known, _)| known.starts_with(&folder)) {
        let location = Some(format!("{path}/"));
        let body = error_page("301 Moved Permanently");
        let page = Page { content_type: Some("text/html".to_owned()), location, body, ..Page::default() };
        return Response { status: 301, page: Some(Box::new(page)) };
    }
    Response::with_body(404, Some("text/html"), error_page("404 Not Found"))
}

fn error_page(title: &str) -> String {
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
}

/// As `mime.types` says it by the name's end.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html",
        "json" => "application/json",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}
