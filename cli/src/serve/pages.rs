//! What is served besides the API: the containers' metrics pages, health, and what there is.

use axum::http::Method;
use scrapeyard_core::exposition::Format;
use scrapeyard_core::web_api::{Reply, negotiate};

use super::world::{World, locked};

/// Answers a request for a path outside of the API.
pub fn page(world: &World, method: &Method, path: &str, accept: &str) -> Reply {
    let reply = match path {
        "/" => Reply::text(200, index(world)),
        "/-/healthy" => Reply::text(200, "Scrapeyard is Healthy.\n"),
        "/-/ready" => Reply::text(200, "Scrapeyard is Ready.\n"),
        "/-/reload" | "/-/quit" => return lifecycle(method),
        "/yard" | "/yard/" => yard(world),
        _ => match path.strip_prefix("/yard/").and_then(|rest| rest.strip_suffix("/metrics")) {
            Some(container) => metrics(world, container, negotiate(accept)),
            None => Reply::text(404, "404 page not found\n"),
        },
    };
    if matches!(*method, Method::GET | Method::HEAD) || reply.status == 404 {
        return reply;
    }
    Reply::not_allowed("GET, HEAD")
}

fn lifecycle(method: &Method) -> Reply {
    if matches!(*method, Method::POST | Method::PUT) {
        Reply::text(403, "Lifecycle API is not enabled.")
    } else {
        Reply::text(405, "Only POST or PUT requests allowed")
    }
}

fn index(world: &World) -> String {
    let mut text = "Scrapeyard\n\n/api/v1/…  Prometheus's HTTP API\n".to_owned();
    if matches!(world, World::Lab(_)) {
        text.push_str(
            "/store/truth/api/v1/…  the same over what an ideal observer saw\n/yard  the containers' pages\n",
        );
    }
    text
}

/// The containers with the addresses of their pages.
fn yard(world: &World) -> Reply {
    match world {
        World::Lab(lab) => {
            let names = locked(lab).container_names();
            Reply::text(200, names.iter().map(|name| format!("/yard/{name}/metrics\n")).collect::<String>())
        }
        World::Samples { .. } => Reply::text(404, "there is no yard: samples of files are served\n"),
    }
}

fn metrics(world: &World, container: &str, format: Format) -> Reply {
    let World::Lab(lab) = world else { return yard(world) };
    match locked(lab).container_page(container, format) {
        Ok(body) => Reply { status: 200, content_type: format.content_type(), allow: "", body },
        Err(problem) if problem.code == "no-such-container" => Reply::text(404, format!("{problem}\n")),
        Err(problem) => Reply::text(503, format!("{problem}\n")),
    }
}
