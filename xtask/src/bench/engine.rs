//! Our engine as a process that answers requests, a line each: the native program, or its WebAssembly under Node.js.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::bundle::Quality;
use crate::node;
use crate::run::{exists, root, show, step};
use crate::toolchain::Toolchain;
use crate::wasm::{Package, WORKER};

/// The bench as a module, built as the worker is.
const MODULE: Package = Package { name: "scrapeyard-bench", stem: "bench", ..WORKER };

/// A running engine; it ends with this value.
pub struct Engine {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    program: PathBuf,
}

/// What came of loading a workload.
#[derive(Deserialize)]
pub struct Loaded {
    /// Series.
    pub series: u64,
    /// Samples.
    pub samples: u64,
    /// When the newest sample is, in milliseconds.
    pub newest: i64,
}

impl Engine {
    /// Builds the native program and starts it.
    ///
    /// # Errors
    /// When it does not build or start.
    pub fn native() -> Result<Self> {
        step("building the bench natively (a minute or two the first time)", || {
            let mut cargo = Command::new("cargo");
            cargo.args(["build", "--release", "--package", "scrapeyard-bench"]).current_dir(root());
            show(&mut cargo)
        })?;
        let folder =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let program = folder.join("release/bench");
        Self::start(Command::new(&program), program)
    }

    /// Builds the module and starts it under Node.js.
    ///
    /// # Errors
    /// When it does not build or start.
    pub fn wasm() -> Result<Self> {
        if !exists("node") {
            bail!("node is missing: install Node.js 20 or newer, or leave WebAssembly out by --native");
        }
        let toolchain = Toolchain::find()?;
        node::modules("xtask/node")?;
        let module = step("building the bench as WebAssembly (a minute or two the first time)", || {
            MODULE.finish(&MODULE.compile(&toolchain, Quality::Full)?, Quality::Full)
        })?;
        let folder = root().join("target/bench");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("module.js"), module.script)?;
        fs::write(folder.join("module.wasm"), module.wasm)?;
        let mut node = Command::new("node");
        node.arg(root().join("tests/bench/wasm.mjs")).arg(folder.join("module"));
        Self::start(node, PathBuf::from("node"))
    }

    fn start(mut command: Command, program: PathBuf) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let answers = BufReader::new(child.stdout.take().context("no pipe")?);
        Ok(Self { requests: child.stdin.take(), answers, child, program })
    }

    /// Sends a request; gives the answer as it came.
    ///
    /// # Errors
    /// When the engine has ended.
    pub fn ask(&mut self, request: &Value) -> Result<String> {
        let requests = self.requests.as_mut().context("the bench is ending")?;
        writeln!(requests, "{request}").and_then(|()| requests.flush()).context("the bench has ended")?;
        let mut answer = String::new();
        if self.answers.read_line(&mut answer)? == 0 {
            bail!("the bench has ended over {request}");
        }
        Ok(answer)
    }

    /// Sends a request; reads the answer. The inner error is the engine's own.
    ///
    /// # Errors
    /// When the engine has ended or says what is not expected.
    pub fn get<T: DeserializeOwned>(&mut self, request: &Value) -> Result<Result<T, String>> {
        let answer = self.ask(request)?;
        let value: Value = serde_json::from_str(&answer).context("an answer of the bench")?;
        if value["status"] == "error" {
            return Ok(Err(value["error"].as_str().unwrap_or("unknown").to_owned()));
        }
        Ok(Ok(serde_json::from_value(value).with_context(|| answer)?))
    }

    /// Makes the engine hold a workload.
    ///
    /// # Errors
    /// When it cannot.
    pub fn load(&mut self, workload: &str) -> Result<Loaded> {
        match self.get(&json!({ "do": "load", "workload": workload }))? {
            Ok(loaded) => Ok(loaded),
            Err(reason) => bail!("{workload}: {reason}"),
        }
    }

    /// Writes a workload to `path` as OpenMetrics. For the native engine.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_page(&self, workload: &str, path: &Path) -> Result<()> {
        self.write("page", workload, path)
    }

    /// The bodies of remote write requests that bring a workload. For the native engine.
    ///
    /// # Errors
    /// When they cannot be made; `scratch` is a file to have them in.
    pub fn requests(&self, workload: &str, scratch: &Path) -> Result<Vec<Vec<u8>>> {
        self.write("requests", workload, scratch)?;
        let written = fs::read(scratch)?;
        fs::remove_file(scratch)?;
        let mut rest = written.as_slice();
        let mut bodies = Vec::new();
        while let Some((length, behind)) = rest.split_first_chunk() {
            let length = u32::from_le_bytes(*length) as usize;
            bodies.push(behind.get(..length).context("a request is cut off")?.to_vec());
            rest = &behind[length..];
        }
        Ok(bodies)
    }

    fn write(&self, form: &str, workload: &str, path: &Path) -> Result<()> {
        let mut command = Command::new(&self.program);
        let file = fs::File::create(path).with_context(|| path.display().to_string())?;
        quiet_into(command.args([form, workload]), file)
    }
}

fn quiet_into(command: &mut Command, file: fs::File) -> Result<()> {
    let output = command.stdin(Stdio::null()).stdout(file).stderr(Stdio::piped()).output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

impl Drop for Engine {
    fn drop(&mut self) {
        drop(self.requests.take()); // no more requests: it ends by itself
        let _ = self.child.wait();
    }
}
