//! The sockets: paths to what answers them, bodies within bounds, headers. Runs on axum, whose futures are dropped when
//! their client goes.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use scrapeyard_core::base::bytes::text_of;
use scrapeyard_core::lab::StoreId;
use scrapeyard_core::web_api::{self, ApiError, Form, MAX_FORM_BYTES, Reply, Server};
use tokio::sync::Semaphore;

use super::query::{self, MOST_AT_ONCE, Waiting};
use super::world::World;
use super::{pages, shutdown};

/// How long a client may take to send its form.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long open requests may still take after the process was told to stop.
const FAREWELL: Duration = Duration::from_secs(2);

/// What every request is answered from.
struct Service {
    world: Arc<World>,
    server: Arc<Server>,
    turns: Semaphore,
}

/// Serves until the process is told to stop.
///
/// # Errors
/// When sockets or signals cannot be set up.
pub fn serve(listener: TcpListener, world: Arc<World>, server: Arc<Server>) -> Result<(), String> {
    let told = |error: std::io::Error| error.to_string();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(told)?;
    let service = Arc::new(Service { world, server, turns: Semaphore::new(MOST_AT_ONCE) });
    runtime.block_on(async {
        // First the signals: whoever reads that this listens may stop it at once.
        let stop = shutdown::listen().map_err(told)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(told)?;
        announce(listener.local_addr().map_err(told)?)?;
        let app = Router::new().fallback(handle).with_state(service);
        let serving = axum::serve(listener, app).with_graceful_shutdown(shutdown::told(stop.clone()));
        tokio::select! {
            outcome = async { serving.await } => outcome.map_err(told),
            () = async { shutdown::told(stop).await; tokio::time::sleep(FAREWELL).await } => Ok(()),
        }
    })?;
    // A query under way on a thread of its own is not waited for.
    runtime.shutdown_background();
    Ok(())
}

/// Says where it listens. Whoever started this may read it through a pipe, to learn the port.
fn announce(address: SocketAddr) -> Result<(), String> {
    println!("listening on http://{address}");
    std::io::stdout().flush().map_err(|error| error.to_string())
}

async fn handle(State(service): State<Arc<Service>>, request: Request) -> Response<Body> {
    let came = Instant::now();
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let (store, path) = match path.strip_prefix("/store/").and_then(|rest| rest.split_once('/')) {
        Some((store, rest)) => match store.parse() {
            Ok(store) => (store, &path[path.len() - rest.len() - 1..]),
            Err(_) => return respond(Reply::text(404, format!("no such store: {store}\n")), &parts.headers),
        },
        None => (StoreId::Pulled, path),
    };
    let reply = match path.strip_prefix("/api/v1") {
        Some(behind) => match form(&parts.method, &parts.headers, parts.uri.query(), body).await {
            Ok(form) => {
                let method = parts.method.as_str().to_owned();
                let asked = web_api::Request { method, path: behind.to_owned(), form };
                api(service, store, asked, came).await
            }
            Err(reply) => reply,
        },
        None if parts.uri.path() != path => Reply::text(404, "404 page not found\n"),
        None => pages::page(&service.world, &parts.method, path, accept(&parts.headers)),
    };
    respond(reply, &parts.headers)
}

/// Answers a request to the API on a thread for long work.
async fn api(service: Arc<Service>, store: StoreId, asked: web_api::Request, came: Instant) -> Reply {
    let Ok(_turn) = service.turns.acquire().await else { return Reply::empty(503) };
    let waiting = Waiting::default();
    let _client = waiting.client();
    let shared = Arc::clone(&service);
    let work = tokio::task::spawn_blocking(move || {
        query::answer(&shared.world, &store, &asked, &shared.server, (came, &waiting))
            .unwrap_or_else(|| Reply::text(404, format!("no such store: {store}\n")))
    });
    work.await
        .unwrap_or_else(|error| Reply::text(500, format!("the request could not be answered: {error}\n")))
}

/// The parameters of a request.
///
/// Differs: forms in several parts are not read, and a body beyond the limit is refused where Prometheus ignores it.
async fn form(method: &Method, headers: &HeaderMap, query: Option<&str>, body: Body) -> Result<Form, Reply> {
    let query = query.unwrap_or_default();
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let has_form = matches!(*method, Method::POST | Method::PUT)
        && media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if !has_form {
        return Ok(Form::read(query, None));
    }
    let body: Bytes = match tokio::time::timeout(PATIENCE, to_bytes(body, MAX_FORM_BYTES)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            let text = format!("the form is cut short or longer than {MAX_FORM_BYTES} bytes");
            return Err(Reply { status: 413, ..ApiError::bad_data(text).reply() });
        }
        Err(_) => return Err(Reply { status: 408, ..ApiError::bad_data("the form did not come").reply() }),
    };
    Ok(Form::read(query, Some(&text_of(&body))))
}

fn accept(headers: &HeaderMap) -> &str {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A reply with its headers. Any page of a browser may read it, as with Prometheus: nothing here is secret, and
/// nothing can be changed.
fn respond(reply: Reply, asked: &HeaderMap) -> Response<Body> {
    let is_empty = reply.content_type.is_empty();
    let mut response = Response::new(if is_empty { Body::empty() } else { Body::from(reply.body) });
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    if !is_empty {
        set(header::CONTENT_TYPE, reply.content_type);
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    }
    if !reply.allow.is_empty() {
        set(header::ALLOW, reply.allow);
    }
    // As in Prometheus, only what the API says: paths and methods that it does not know are said without.
    let is_api = reply.content_type == "application/json" || reply.status == 204;
    if is_api {
        set(header::VARY, "Origin");
    }
    if let Some(origin) = asked.get(header::ORIGIN).filter(|_| is_api) {
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, "Accept, Authorization, Content-Type, Origin");
        set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "Date");
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    response
}
