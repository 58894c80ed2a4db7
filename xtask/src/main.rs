//! The project's one tool: `cargo xtask serve`, `test`, `build`, `size`, `bench`. Builds and checks; is part of no page.

mod apt;
mod browser;
mod bundle;
mod cache;
mod compress;
mod node;
mod page;
mod run;
mod serve;
mod size;
mod sysroot;
mod test;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask serve [--port N] [--dev]   build the lab and serve it on 127.0.0.1
cargo xtask test [FILTER]              every test: native, wasm, browser
cargo xtask build [--dev]              write dist/ and dist/scrapeyard.html
cargo xtask size                       what a visitor transfers, held against the budgets
cargo xtask bench                      benchmarks, printed as tables

--dev builds faster and larger: for looking at a change, not for publishing.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let (command, rest) =
        arguments.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let quality = if rest.iter().any(|argument| argument == "--dev") {
        bundle::Quality::Quick
    } else {
        bundle::Quality::Full
    };
    match command {
        "serve" => serve::run(port(rest)?, quality),
        "test" => test::run(rest.iter().find(|argument| !argument.starts_with("--")).map(String::as_str)),
        "build" => bundle::build(quality).map(|_| ()),
        "size" => size::run(),
        "bench" => browser::bench(),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("no command `{other}`\n\n{USAGE}"),
    }
}

fn port(arguments: &[String]) -> Result<u16> {
    let Some(at) = arguments.iter().position(|argument| argument == "--port") else { return Ok(8090) };
    match arguments.get(at + 1).map(|text| text.parse()) {
        Some(Ok(port)) => Ok(port),
        _ => bail!("--port takes a number from 0 to 65535"),
    }
}
