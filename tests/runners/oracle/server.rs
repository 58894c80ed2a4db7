//! The real programs: promtool to make and dump blocks, a server to ask.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use scrapeyard_core::promql::eval::QueryRange;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes blocks of a page in `scratch` and gives their dump.
pub fn import(folder: &Path, scratch: &Path, page: &str) -> Result<String, String> {
    let samples = scratch.join("samples.om");
    std::fs::write(&samples, page).map_err(|error| error.to_string())?;
    let blocks = scratch.join("blocks");
    // The dump wants a log beside the blocks, even an empty one.
    std::fs::create_dir_all(blocks.join("wal")).map_err(|error| error.to_string())?;
    let promtool = |arguments: &[&str]| {
        let output = Command::new(folder.join("promtool"))
            .args(arguments)
            .output()
            .map_err(|error| format!("promtool: {error}"))?;
        if !output.status.success() {
            return Err(format!("promtool {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (samples, blocks) = (samples.to_string_lossy(), blocks.to_string_lossy());
    promtool(&["tsdb", "create-blocks-from", "openmetrics", &samples, &blocks])?;
    promtool(&["tsdb", "dump-openmetrics", &blocks])
}

/// A running server; it ends with this value.
pub struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts a server with a configuration and further arguments, over the blocks in `scratch`, and waits until it
    /// answers.
    pub fn start(
        folder: &Path,
        scratch: &Path,
        configuration: &str,
        arguments: &[&str],
    ) -> Result<Self, String> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        let file = scratch.join("prometheus.yml");
        std::fs::write(&file, configuration).map_err(|error| error.to_string())?;
        let child = Command::new(folder.join("prometheus"))
            .arg(format!("--config.file={}", file.display()))
            .arg(format!("--storage.tsdb.path={}", scratch.join("blocks").display()))
            .arg("--storage.tsdb.retention.time=100y")
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg("--enable-feature=promql-experimental-functions,promql-per-step-stats")
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("prometheus: {error}"))?;
        let server = Self { child, port };
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if server.get("/-/ready").is_ok_and(|answer| answer.contains("Ready")) {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("prometheus did not become ready".to_owned())
    }

    /// The port it listens on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Lets the server scrape its own page each second, with native histograms and with classic ones made into such.
    pub fn scrape_itself(&self, scratch: &Path) -> Result<(), String> {
        let target = format!("  static_configs: [{{targets: ['127.0.0.1:{}']}}]\n", self.port);
        let configuration = format!(
            "global: {{scrape_interval: 1s, scrape_protocols: [PrometheusProto]}}\nscrape_configs:\n\
             - job_name: native\n{target}- job_name: custom\n  convert_classic_histograms_to_nhcb: true\n\
             \x20 scrape_protocols: [PrometheusText0.0.4]\n{target}"
        );
        std::fs::write(scratch.join("prometheus.yml"), configuration).map_err(|error| error.to_string())?;
        let reloaded = Command::new("kill").args(["-HUP", &self.child.id().to_string()]).status();
        reloaded.map(drop).map_err(|error| error.to_string())
    }

    /// Asks for a deed.
    pub fn post(&self, path: &str) -> Result<String, String> {
        self.request("POST", path)
    }

    /// The answer of the API to a query.
    pub fn ask(&self, query: &str, range: QueryRange) -> Result<String, String> {
        let query = percent_encoded(query);
        let seconds = |millis: i64| format!("{}.{:03}", millis / 1000, millis % 1000);
        match range {
            QueryRange::Instant(at) => {
                self.get(&format!("/api/v1/query?query={query}&time={}", seconds(at.0)))
            }
            QueryRange::Range { start, end, step } => self.get(&format!(
                "/api/v1/query_range?query={query}&start={}&end={}&step={}",
                seconds(start.0),
                seconds(end.0),
                seconds(step.0)
            )),
        }
    }

    /// The body of an answer. HTTP/1.0, so that it comes in one piece.
    fn get(&self, path: &str) -> Result<String, String> {
        self.request("GET", path)
    }

    fn request(&self, method: &str, path: &str) -> Result<String, String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(|error| error.to_string())?;
        write!(stream, "{method} {path} HTTP/1.0\r\nHost: localhost\r\n\r\n")
            .map_err(|error| error.to_string())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map_err(|error| error.to_string())?;
        let (_, body) = answer.split_once("\r\n\r\n").ok_or("an answer without a body")?;
        Ok(body.to_owned())
    }
}

fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
