//! The real Prometheus over the same series: blocks made by promtool, or samples sent by remote write where no page can
//! hold them; a server on loopback, its own timings.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::chunks::bytes_of_blocks;
use super::engine::Engine;
use super::queries::Workload;
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
    /// Starts a server over the samples of a workload.
    ///
    /// # Errors
    /// When promtool or the server refuses the samples, or the server does not get ready.
    pub fn start(folder: &Path, engine: &Engine, workload: &Workload) -> Result<Self> {
        let name = workload.name;
        let scratch = std::env::temp_dir().join(format!("scrapeyard-bench-{}-{name}", std::process::id()));
        if workload.has_histograms {
            fs::create_dir_all(&scratch)?;
            let server = Self::over(folder, &scratch.join("blocks"), scratch.clone())?;
            step(&format!("sending {name} to the real Prometheus"), || server.take(engine, name))?;
            return Ok(server);
        }
        let blocks = step(&format!("making blocks of {name} for the real Prometheus"), || {
            make_blocks(folder, engine, name, &scratch)
        })?;
        Self::over(folder, &blocks, scratch)
    }

    /// Starts a server with its storage in `blocks`.
    fn over(folder: &Path, blocks: &Path, scratch: PathBuf) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let configuration = scratch.join("prometheus.yml");
        fs::write(&configuration, "global: {}\n")?;
        let child = Command::new(folder.join("prometheus"))
            .arg(format!("--config.file={}", configuration.display()))
            .arg(format!("--storage.tsdb.path={}", blocks.display()))
            .arg("--storage.tsdb.retention.time=100y")
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg("--web.enable-remote-write-receiver")
            .arg("--web.enable-admin-api")
            .arg("--enable-feature=promql-experimental-functions,native-histograms")
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

    /// Sends it the samples of a workload.
    fn take(&self, engine: &Engine, workload: &str) -> Result<()> {
        for body in engine.requests(workload, &self.scratch.join("requests"))? {
            let head = format!(
                "POST /api/v1/write HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n\
                 Content-Encoding: snappy\r\nX-Prometheus-Remote-Write-Version: 0.1.0\r\n\
                 Content-Length: {}\r\n\r\n",
                body.len()
            );
            let answer = self.exchange(&[head.as_bytes(), &body].concat())?;
            let status = answer.lines().next().unwrap_or_default();
            if !status.contains(" 20") {
                bail!("the real Prometheus does not take {workload}: {answer}");
            }
        }
        Ok(())
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
        let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
        let mut answer = self.exchange(request.as_bytes())?;
        let outside = begun.elapsed().as_secs_f64();
        let at = answer.find("\r\n\r\n").context("an answer without a body")?;
        Ok(Told { body: answer.split_off(at + 4), outside })
    }

    fn exchange(&self, request: &[u8]) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(request)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
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

/// The bytes of the chunks that a server's own head makes of a workload, counted in a snapshot of it.
///
/// Blocks made by promtool would not do: it takes a head for twice as long as a server's, whose chunks end elsewhere.
///
/// # Errors
/// When the server refuses the samples, or writes no snapshot.
pub fn bytes_of_head(folder: &Path, engine: &Engine, workload: &str) -> Result<u64> {
    let scratch = std::env::temp_dir().join(format!("scrapeyard-bench-{}-{workload}", std::process::id()));
    fs::create_dir_all(&scratch)?;
    let blocks = scratch.join("blocks");
    let server = Oracle::over(folder, &blocks, scratch)?;
    server.take(engine, workload)?;
    let request = "POST /api/v1/admin/tsdb/snapshot HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    let answer = server.exchange(request.as_bytes())?;
    let (_, body) = answer.split_once("\r\n\r\n").context("an answer without a body")?;
    let snapshot: Value = serde_json::from_str(body)?;
    let name = snapshot["data"]["name"].as_str().with_context(|| format!("no snapshot: {body}"))?;
    bytes_of_blocks(&blocks.join("snapshots").join(name))
}

/// Makes one block of a workload in `scratch`; gives the folder that holds it.
fn make_blocks(folder: &Path, engine: &Engine, workload: &str, scratch: &Path) -> Result<PathBuf> {
    fs::create_dir_all(scratch)?;
    let (page, blocks) = (scratch.join("samples.om"), scratch.join("blocks"));
    engine.write_page(workload, &page)?;
    let mut promtool = Command::new(folder.join("promtool"));
    promtool.args(["tsdb", "create-blocks-from", "openmetrics", "--quiet"]);
    promtool.arg(format!("--max-block-duration={ONE_BLOCK}"));
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
