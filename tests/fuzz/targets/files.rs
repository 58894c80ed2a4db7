//! YAML that a learner writes: configurations and the files of scenarios.

use std::collections::BTreeMap;

use scrapeyard_core::lab::Scenario;
use scrapeyard_core::scrape::config::Config;

/// `prometheus.yml`. Understood: it is accepted.
pub fn configuration(input: &[u8]) -> Result<bool, String> {
    let Ok(text) = std::str::from_utf8(input) else { return Ok(false) };
    match Config::parse(text) {
        Ok(config) => {
            let again = Config::parse(text).map_err(|error| format!("refused the second time: {error}"))?;
            if again == config { Ok(true) } else { Err("read twice, two configurations".to_owned()) }
        }
        Err(error) => {
            placed(text, error.line, error.column, &error.message)?;
            let of_problems = error.problems.iter().map(|problem| problem.place.map(|place| place.line));
            for line in of_problems {
                placed(text, line, None, &error.message)?;
            }
            Ok(false)
        }
    }
}

/// `compose.yaml` and `scenario.yaml`, each beside a good other one. Understood: it is one of them.
pub fn scenario(input: &[u8]) -> Result<bool, String> {
    let Ok(text) = std::str::from_utf8(input) else { return Ok(false) };
    let compose = read(text, MANIFEST)?;
    let manifest = read(COMPOSE, text)?;
    Ok(compose || manifest)
}

const MANIFEST: &str = include_str!("../../../scenarios/image-gallery/scenario.yaml");
const COMPOSE: &str = "services:\n  a:\n    image: nginx\n";

/// Whether the files make a scenario; every problem has words and a code.
fn read(compose: &str, manifest: &str) -> Result<bool, String> {
    let files = [("compose.yaml", compose), ("scenario.yaml", manifest), ("prometheus.yml", "global: {}\n")];
    let files: BTreeMap<String, String> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    match Scenario::read("fuzzed", files) {
        Ok(_) => Ok(true),
        Err(problems) if problems.is_empty() => Err("refused without a problem".to_owned()),
        Err(problems) => match problems.iter().find(|problem| problem.to_string().is_empty()) {
            Some(problem) => Err(format!("a problem without words: {problem:?}")),
            None => Ok(false),
        },
    }
}

/// A place lies within the text, or right behind its end.
fn placed(text: &str, line: Option<u32>, column: Option<u32>, message: &str) -> Result<(), String> {
    if message.is_empty() {
        return Err("an error without words".to_owned());
    }
    let Some(line) = line else { return Ok(()) };
    // A lone carriage return ends a line too.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let Some(content) = (line as usize).checked_sub(1).map(|at| lines.get(at).copied()) else {
        return Err(format!("line 0: {message}"));
    };
    // Behind the last line there may be one more, without anything on it.
    let length = match content {
        Some(content) => content.len(),
        None if line as usize == lines.len() + 1 => 0,
        None => return Err(format!("line {line} of {}: {message}", lines.len())),
    };
    match column {
        Some(0) => Err(format!("column 0: {message}")),
        Some(column) if column as usize > length + 2 => {
            Err(format!("column {column} of {length} bytes in line {line}: {message}"))
        }
        _ => Ok(()),
    }
}
