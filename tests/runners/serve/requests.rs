//! The same requests to the real server and to ours over the same samples (`serve/requests.txt`), and the real
//! promtool's commands to both (`serve/promtool.txt`).

use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use super::client::{Answer, send};
use super::program::Program;
use crate::frame::root;
use crate::runners::oracle::{page, server};

pub fn run(folder: &Path, scratch: &Path) -> Result<(), Failed> {
    let dump = server::import(folder, scratch, &page())?;
    let file = scratch.join("dump.om");
    std::fs::write(&file, &dump)?;
    let real = server::Server::start(folder, scratch, "global: {}\n", &[])?;
    let ours = Program::start(&["--data", &file.to_string_lossy()])?;
    let mut differences = Vec::new();
    for line in lines("tests/serve/requests.txt")? {
        if let Err(difference) = compare(&line, real.port(), ours.port) {
            differences.push(format!("{line}\n    {difference}"));
        }
    }
    for line in lines("tests/serve/promtool.txt")? {
        let (real, ours) = (promtool(folder, &line, real.port())?, promtool(folder, &line, ours.port)?);
        if real != ours {
            differences.push(format!("promtool {line}\n    real {real:?}\n    ours {ours:?}"));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

fn lines(path: &str) -> Result<Vec<String>, Failed> {
    let text = std::fs::read_to_string(root().join(path))?;
    Ok(text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

/// `METHOD PATH [BODY]`, the path behind `/api/v1`.
fn ask(line: &str, port: u16) -> Result<Answer, String> {
    let mut words = line.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let body = words.next().unwrap_or_default();
    let form = "Content-Type: application/x-www-form-urlencoded";
    send(port, method, &format!("/api/v1{path}"), &["Origin: http://elsewhere", form], body)
}

fn compare(line: &str, real: u16, ours: u16) -> Result<(), String> {
    let (real, ours) = (ask(line, real)?, ask(line, ours)?);
    let told = |answer: &Answer| {
        let names = ["content-type", "allow", "access-control-allow-origin", "access-control-allow-methods"];
        (answer.status, names.map(|name| answer.header(name).to_owned()))
    };
    let (left, right) = (told(&real), told(&ours));
    if left != right {
        return Err(format!(
            "real {left:?} {}\n    ours {right:?} {}",
            shortened(&real.body),
            shortened(&ours.body)
        ));
    }
    // Bytes count, but for the elements of an instant vector, which come out of a hash map, and what is measured.
    if real.body == ours.body {
        return Ok(());
    }
    let (left, right) = (real.json().map(comparable), ours.json().map(comparable));
    if left.is_ok() && left == right {
        return Ok(());
    }
    Err(format!("real {}\n    ours {}", shortened(&real.body), shortened(&ours.body)))
}

/// An answer with the elements of an instant vector in order, and without what is measured.
fn comparable(mut answer: Value) -> Value {
    let data = &mut answer["data"];
    if data["resultType"] == "vector"
        && let Some(elements) = data["result"].as_array_mut()
    {
        elements.sort_by_key(ToString::to_string);
    }
    if let Some(statistics) = data.get_mut("stats").and_then(Value::as_object_mut) {
        statistics.remove("timings");
        if let Some(samples) = statistics.get_mut("samples").and_then(Value::as_object_mut) {
            samples.remove("peakSamples");
        }
    }
    answer
}

fn shortened(text: &str) -> String {
    text.chars().take(600).collect()
}

/// What promtool prints, and its exit code; `URL` in the line is where the server is.
fn promtool(folder: &Path, line: &str, port: u16) -> Result<(String, Option<i32>), Failed> {
    let url = format!("http://127.0.0.1:{port}");
    let words = line.split(' ').map(|word| word.replace("URL", &url).replace('~', " "));
    let output = Command::new(folder.join("promtool")).arg("query").args(words).output()?;
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let mut printed: Vec<String> = printed.concat().replace(&url, "URL").lines().map(str::to_owned).collect();
    printed.sort();
    Ok((printed.join("\n"), output.status.code()))
}
