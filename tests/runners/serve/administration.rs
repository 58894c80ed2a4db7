//! The server with its administration allowed: series deleted, a store written out; and refused where it is not allowed.

use std::path::Path;

use libtest_mimic::{Failed, Trial};

use super::client::{data, encoded, send};
use super::program::Program;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("serve/administration-of-files", || {
            administration(&["--data", "tests/serve/small.test"])
        }),
        Trial::test("serve/administration-of-a-lab", || {
            administration(&["--scenario", "image-gallery", "--speed", "0"])
        }),
    ]
}

fn check(holds: bool, what: &str, shown: impl std::fmt::Debug) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(format!("{what}: {shown:?}").into()) }
}

/// How many series have samples whose metric has this name.
fn count(port: u16, name: &str) -> Result<usize, Failed> {
    let asked = [("match[]", name), ("start", "0"), ("end", "9999999999")];
    let series = data(port, "/api/v1/series", &asked)?;
    Ok(series.as_array().map_or(0, Vec::len))
}

fn administration(world: &[&str]) -> Result<(), Failed> {
    let folder =
        std::env::temp_dir().join(format!("scrapeyard-snapshots-{}-{}", std::process::id(), world.len()));
    let shown = folder.display().to_string();
    let allowed = [world, &["--enable-admin-api", "--snapshots", &shown]].concat();
    let outcome = administer(&allowed, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    outcome?;
    let program = Program::start(world)?;
    let refused = send(program.port, "POST", "/api/v1/admin/tsdb/snapshot", &[], "")?;
    check(refused.status == 500 && refused.body.contains("admin APIs disabled"), "not allowed", refused.body)
}

fn administer(arguments: &[&str], folder: &Path) -> Result<(), Failed> {
    let program = Program::start(arguments)?;
    let port = program.port;
    let names = data(port, "/api/v1/label/__name__/values", &[])?;
    let name = names[0].as_str().ok_or("no metric")?.to_owned();
    let post = |path: &str, parameters: &[(&str, &str)]| {
        let query = encoded(parameters);
        send(port, "POST", &format!("/api/v1/admin/tsdb/{path}?{query}"), &[], "")
    };
    let snapshot = post("snapshot", &[])?;
    let written = snapshot.json()?["data"]["name"].as_str().unwrap_or_default().to_owned();
    let blocks: Vec<_> = std::fs::read_dir(folder.join(&written))?.flatten().collect();
    let is_block = blocks.len() == 1 && blocks[0].path().join("meta.json").is_file();
    check(snapshot.status == 200 && is_block, "a snapshot", (&snapshot.body, &blocks))?;
    check(count(port, &name)? > 0, "before", &name)?;
    let refused = post("delete_series", &[("match[]", "{")])?;
    check(refused.status == 400, "a selector that is none", refused.body)?;
    let deleted = post("delete_series", &[("match[]", &name)])?;
    check(deleted.status == 204 && deleted.body.is_empty(), "deleted", &deleted)?;
    let left = data(port, "/api/v1/query", &[("query", &format!("count_over_time({name}[100y])"))])?;
    check(left["result"].as_array().is_some_and(Vec::is_empty), "after", left)?;
    let cleaned = post("clean_tombstones", &[])?;
    check(cleaned.status == 204, "cleaned", cleaned)
}
