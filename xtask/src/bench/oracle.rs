//! The real Prometheus over the same series: blocks made by promtool, a server on loopback, its own timings.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::engine::Engine;
use crate::run::{quiet, step};

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(150);

/// A running server with the series of one workload; it ends with this value.
pub struct Oracle {
    child: Child,
    port: u16,
    scratch: PathBuf,
}

/// An answer with how long it took.
pub struct Told {
    /// The body.
    pub body: String,
    /// Seconds from the request to the end of the answer.
    pub outside: f64,
}

impl Oracle {
    /// Makes blocks of a workload and starts a server over them.
    ///
    /// # Errors
    /// When promtool refuses the samples or the server does not get ready.
    pub fn start(folder: &Path, engine: &Engine, workload: &str) -> Result<Self> {
        let scratch =
            std::env::temp_dir().join(format!("scrapeyard-bench-{}-{workload}", std::process::id()));
        let blocks = step(&format!("making blocks of {workload} for the real Prometheus"), || {
            make_blocks(folder, engine, workload, &scratch, ONE_BLOCK)
        })?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let configuration = scratch.join("prometheus.yml");
        fs::write(&configuration, "global: {}\n")?;
        let child = Command::new(folder.join("prometheus"))
            .arg(format!("--config.file={}", configuration.display()))
            .arg(format!("--storage.tsdb.path={}", blocks.display()))
            .arg("--storage.tsdb.retention.time=100y")
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg("--enable-feature=promql-experimental-functions")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start prometheus")?;
        let server = Self { child, port, scratch };
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if server.get("/-/ready").is_ok_and(|answer| answer.body.contains("Ready")) {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("the real Prometheus did not become ready")
    }

    /// The API's answer to a range query, with its own timings. Times in milliseconds.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn ask(&self, expr: &str, start: i64, end: i64, step: i64) -> Result<Told> {
        let seconds = |millis: i64| format!("{}.{:03}", millis / 1000, millis % 1000);
        self.get(&format!(
            "/api/v1/query_range?stats=all&query={}&start={}&end={}&step={}",
            percent_encoded(expr),
            seconds(start),
            seconds(end),
            seconds(step)
        ))
    }

    /// The body of an answer. HTTP/1.0, so that it comes in one piece.
    fn get(&self, path: &str) -> Result<Told> {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let outside = begun.elapsed().as_secs_f64();
        let at = answer.find("\r\n\r\n").context("an answer without a body")?;
        Ok(Told { body: answer.split_off(at + 4), outside })
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// The length of one block for everything, instead of one each two hours: sooner made, and no slower to ask.
const ONE_BLOCK: &str = "162h";

/// Makes blocks of a workload in `scratch`, each of at most `length`; gives the folder that holds them.
///
/// # Errors
/// When promtool refuses the samples.
pub fn make_blocks(
    folder: &Path,
    engine: &Engine,
    workload: &str,
    scratch: &Path,
    length: &str,
) -> Result<PathBuf> {
    fs::create_dir_all(scratch)?;
    let (page, blocks) = (scratch.join("samples.om"), scratch.join("blocks"));
    engine.write_page(workload, &page)?;
    let mut promtool = Command::new(folder.join("promtool"));
    promtool.args(["tsdb", "create-blocks-from", "openmetrics", "--quiet"]);
    promtool.arg(format!("--max-block-duration={length}"));
    quiet(promtool.arg(&page).arg(&blocks))?;
    fs::remove_file(page)?;
    Ok(blocks)
}

/// The seconds that the server says it spent: `evalTotalTime`, which holds preparation (selecting series) and evaluation
/// (`innerEvalTime`) and sorting, but not reading the expression. `None` for an answer that is an error.
pub fn evaluation_seconds(answer: &Value) -> Option<f64> {
    answer["data"]["stats"]["timings"]["evalTotalTime"].as_f64()
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
