//! A server for the built site on this machine, as a static host would serve it. Loopback only.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Request, Response, Server};

use crate::bundle::{self, Quality};

/// Builds the lab and serves it until the process is stopped.
///
/// # Errors
/// When the build fails or no port can be had.
pub fn run(port: u16, quality: Quality) -> Result<()> {
    let dist = bundle::build(quality)?;
    let site = Site::open(dist, port)?;
    println!("\nThe lab is at http://127.0.0.1:{}/  (Ctrl-C stops)", site.port);
    site.serve();
    Ok(())
}

/// A folder on a port of this machine.
pub struct Site {
    folder: PathBuf,
    server: Server,
    /// The port it listens on.
    pub port: u16,
}

impl Site {
    /// Opens the port; where it is taken, any free one. Port 0 is any free one too.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn open(folder: PathBuf, port: u16) -> Result<Self> {
        let listen =
            |port: u16| Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("port {port}: {error}"));
        let server = listen(port).or_else(|_| listen(0))?;
        let port = server.server_addr().to_ip().context("no address")?.port();
        Ok(Self { folder, server, port })
    }

    /// Answers requests until the process ends.
    pub fn serve(&self) {
        for request in self.server.incoming_requests() {
            // A visitor who goes away in the middle is no error of ours.
            let _ = self.answer(request);
        }
    }

    fn answer(&self, request: Request) -> Result<()> {
        let path = request.url().split(['?', '#']).next().unwrap_or("/").trim_start_matches('/').to_owned();
        let name = if path.is_empty() { "index.html" } else { path.as_str() };
        let plain = self.folder.join(name);
        // One flat folder: nothing of it has a slash in its name, so nothing outside can be asked for.
        if name.contains(['/', '\\']) || name.starts_with('.') || !plain.is_file() {
            return Ok(request.respond(Response::from_string("not found").with_status_code(404))?);
        }
        let (file, encoding) = best(&plain, accepted(&request));
        let mut response = Response::from_data(fs::read(file)?);
        let mut headers = vec![("Content-Type", content_type(name)), ("Vary", "Accept-Encoding")];
        headers.extend(encoding.map(|encoding| ("Content-Encoding", encoding)));
        let lasting = has_hash(name);
        headers.push((
            "Cache-Control",
            if lasting { "public, max-age=31536000, immutable" } else { "no-cache" },
        ));
        for (name, value) in headers {
            let header = Header::from_bytes(name, value).map_err(|()| anyhow!("header {name}"))?;
            response.add_header(header);
        }
        Ok(request.respond(response)?)
    }
}

/// Whether a name holds a hash of its content: such a file never changes.
fn has_hash(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn accepted(request: &Request) -> &str {
    let header = request.headers().iter().find(|header| header.field.equiv("Accept-Encoding"));
    header.map_or("", |header| header.value.as_str())
}

/// The smallest form of a file that the visitor's browser reads.
fn best(plain: &Path, accepted: &str) -> (PathBuf, Option<&'static str>) {
    for (ending, encoding) in [("br", "br"), ("gz", "gzip")] {
        let packed = PathBuf::from(format!("{}.{ending}", plain.display()));
        if accepts(accepted, encoding) && packed.is_file() {
            return (packed, Some(encoding));
        }
    }
    (plain.to_owned(), None)
}

/// Whether an `Accept-Encoding` header names this one without refusing it (`br;q=0`).
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        named && !parts.any(|part| part.strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0)))
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_hash_lasts() {
        assert!(has_hash("app-0123456789abcdef.wasm") && has_hash("later-app-0123456789abcdef.wasm"));
        for name in
            ["index.html", "scrapeyard.html", "service-worker.js", "icon-512.png", "manifest.webmanifest"]
        {
            assert!(!has_hash(name), "{name}");
        }
    }

    #[test]
    fn an_encoding_is_sent_only_where_it_is_accepted() {
        assert!(accepts("gzip, deflate, BR", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "gzip"));
    }
}
