//! The program under test: built anew, started, stopped by its process id.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::LazyLock;

use crate::frame::root;

static PROGRAM: LazyLock<Result<PathBuf, String>> = LazyLock::new(build);

/// Builds the program beside this one, in the same profile.
fn build() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let folder = own.ancestors().nth(2).ok_or("this program lies in no target folder")?.to_owned();
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(other) => other,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--package", "scrapeyard", "--profile", profile])
        .current_dir(root())
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if status.success() {
        Ok(folder.join("scrapeyard"))
    } else {
        Err("the program does not build".to_owned())
    }
}

/// A running `scrapeyard serve`; it ends with this value.
pub struct Program {
    child: Child,
    /// The port it listens on.
    pub port: u16,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `scrapeyard serve` with arguments, not started yet.
pub fn command(arguments: &[&str]) -> Result<Command, String> {
    let program = PROGRAM.as_ref().map_err(Clone::clone)?;
    let mut command = Command::new(program);
    command.arg("serve").args(arguments).current_dir(root());
    Ok(command)
}

impl Program {
    /// Starts the server on a free port and waits until it says which.
    pub fn start(arguments: &[&str]) -> Result<Self, String> {
        let mut child = command(&[&["--listen", "127.0.0.1:0"], arguments].concat())?
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let output = child.stdout.take().ok_or("no output")?;
        let mut program = Self { child, port: 0 };
        for line in BufReader::new(output).lines() {
            let line = line.map_err(|error| error.to_string())?;
            if let Some(port) = line.strip_prefix("listening on http://127.0.0.1:") {
                program.port = port.parse().map_err(|_| line.clone())?;
                return Ok(program);
            }
        }
        Err(format!("the server ended without listening: {arguments:?}"))
    }

    /// Sends a signal by name, and waits for the end.
    pub fn stop(mut self, signal: &str) -> Result<ExitStatus, String> {
        let told = |error: std::io::Error| error.to_string();
        Command::new("kill").args(["-s", signal, &self.child.id().to_string()]).status().map_err(told)?;
        self.child.wait().map_err(told)
    }
}
