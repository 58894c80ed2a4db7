//! `scrapeyard serve`: Prometheus's HTTP API over a running lab or over files, and the lab's metrics pages.

mod clock;
mod deeds;
mod facts;
mod http;
mod pages;
mod query;
mod shutdown;
mod world;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use scrapeyard_core::base::date;

use world::World;

/// What `--help` says after the options.
const ADDRESSES: &str = "\
Grafana, promtool and other programs connect to:
  http://ADDRESS:PORT                          what the lab's first Prometheus pulled, or the samples of the files
  http://ADDRESS:PORT/store/truth              what an ideal observer saw
  http://ADDRESS:PORT/store/prometheus:NAME    what the Prometheus of that container pulled
  http://ADDRESS:PORT/yard                     lists the containers' metrics pages, for another Prometheus to scrape

Ctrl-C stops.";

/// The arguments of `serve`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("world").required(true), after_help = ADDRESSES)]
pub struct Arguments {
    /// Where to listen; port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:9090")]
    listen: SocketAddr,
    /// Samples to serve: OpenMetrics or text with timestamps, a promqltest script whose `load` commands are taken, or the
    /// folder of a block or of a Prometheus's data.
    #[arg(long = "data", value_name = "FILE", group = "world")]
    files: Vec<PathBuf>,
    /// The scenario to run: a folder, or the name of one under `scenarios/` here or further up.
    #[arg(long, value_name = "NAME", group = "world")]
    scenario: Option<String>,
    /// Another seed than the scenario's own.
    #[arg(long, value_name = "N", requires = "scenario")]
    seed: Option<u64>,
    /// How fast the lab's time goes: 1 as fast as ours, 0 not at all.
    #[arg(long, value_name = "X", default_value = "1", requires = "scenario", value_parser = speed)]
    speed: f64,
    /// When the lab's present is to be as serving begins (RFC 3339 or Unix seconds): `now` for our own, so that
    /// clients find its samples where they look, `scenario` for the scenario's.
    #[arg(long, value_name = "T", default_value = "now", requires = "scenario", allow_hyphen_values = true)]
    at: String,
    /// Allow what changes stores or writes them out: `/api/v1/admin/tsdb/…`. Whoever reaches the port may use it.
    #[arg(long)]
    enable_admin_api: bool,
    /// Where snapshots are written, each into a folder of its name.
    #[arg(long, value_name = "DIR", default_value = "snapshots", requires = "enable_admin_api")]
    snapshots: String,
}

fn speed(text: &str) -> Result<f64, String> {
    let speed: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=3600.0).contains(&speed) { Ok(speed) } else { Err("not between 0 and 3600".to_owned()) }
}

/// Serves until it is told to stop; fails when it cannot begin.
pub fn run(arguments: &Arguments) -> ExitCode {
    match serve(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(arguments: &Arguments) -> Result<(), String> {
    let begun = Instant::now();
    // The port first: whoever cannot have it should not wait for a lab.
    let listener = std::net::TcpListener::bind(arguments.listen)
        .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
        .map_err(|error| format!("cannot listen on {}: {error}", arguments.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let world = Arc::new(match &arguments.scenario {
        Some(scenario) => World::open(scenario, arguments.seed, &arguments.at)?,
        None => World::read(&arguments.files)?,
    });
    let facts = facts::server(address, &world, arguments.enable_admin_api.then_some(&arguments.snapshots));
    if let World::Lab(lab) = &*world {
        let now = date::print(world::locked(lab).now());
        println!(
            "{} stands at {now}, speed {}",
            arguments.scenario.as_deref().unwrap_or_default(),
            arguments.speed
        );
        if arguments.speed > 0.0 {
            clock::start(Arc::clone(&world), arguments.speed, begun);
        }
    }
    http::serve(listener, world, facts)
}
