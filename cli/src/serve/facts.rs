//! What the serving program tells of itself.

use std::net::SocketAddr;
use std::sync::Arc;

use scrapeyard_core::scrape::Compatibility;
use scrapeyard_core::web_api::Server;

use super::query::{MOST_AT_ONCE, TIMEOUT};
use super::world::{World, locked, wall_clock};

/// The setting that says where snapshots are written.
pub const SNAPSHOTS: &str = "snapshots";

/// The facts of this process. `snapshots` is where they are written, where administration is allowed.
pub fn server(address: SocketAddr, world: &World, snapshots: Option<&String>) -> Arc<Server> {
    let version = match world {
        World::Lab(lab) if locked(lab).scenario().manifest.compatibility == Compatibility::V2_13 => "2.13.1",
        _ => "3.5.0",
    };
    let flags = [
        ("enable-feature", "promql-per-step-stats".to_owned()),
        ("query.lookback-delta", "5m".to_owned()),
        ("query.max-concurrency", MOST_AT_ONCE.to_string()),
        ("query.max-samples", "50000000".to_owned()),
        ("query.timeout", format!("{}s", TIMEOUT.as_secs())),
        ("storage.tsdb.retention.time", "15d".to_owned()),
        ("web.enable-admin-api", snapshots.is_some().to_string()),
        ("web.enable-lifecycle", "false".to_owned()),
        ("web.listen-address", address.to_string()),
    ];
    let written = snapshots.map(|folder| (SNAPSHOTS, folder.clone()));
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let host = Some(host.trim()).filter(|host| !host.is_empty()).unwrap_or("localhost");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Server {
        version: version.to_owned(),
        revision: concat!("scrapeyard-", env!("CARGO_PKG_VERSION")).to_owned(),
        started: wall_clock(),
        directory: std::env::current_dir().map(|path| path.display().to_string()).unwrap_or_default(),
        host: host.to_owned(),
        listen_address: address.to_string(),
        threads: threads as u32,
        is_admin_enabled: snapshots.is_some(),
        flags: flags.into_iter().chain(written).map(|(name, value)| (name.to_owned(), value)).collect(),
    })
}
