//! The bench natively: `bench` answers requests, a line each; `bench page WORKLOAD` writes a workload's samples as
//! OpenMetrics, for programs that read them from there; `bench requests WORKLOAD` writes the bodies of remote write
//! requests, each behind its length in four bytes, for what no page can hold.

use std::io::{BufRead as _, BufWriter, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use mimalloc::MiMalloc;
use scrapeyard_bench::{Bench, remote_write, workloads};

/// As in the native program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => serve(),
        ["page", name] => written(|write| workloads::write_page(name, &mut |text| write(text.as_bytes()))),
        ["requests", name] => written(|write| {
            remote_write::write_requests(name, &mut |body| {
                write(&(body.len() as u32).to_le_bytes());
                write(body);
            })
        }),
        _ => Err("bench [page WORKLOAD | requests WORKLOAD]".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("bench: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<(), String> {
    let begun = Instant::now();
    let mut bench = Bench::new(Box::new(move || begun.elapsed().as_secs_f64()));
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = bench.answer(&line.map_err(|error| error.to_string())?);
        writeln!(out, "{answer}").and_then(|()| out.flush()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Writes to the output what `make` hands over.
fn written(make: impl FnOnce(&mut dyn FnMut(&[u8])) -> Result<(), String>) -> Result<(), String> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut failure = None;
    make(&mut |bytes| {
        if let Err(error) = out.write_all(bytes) {
            failure = Some(error.to_string());
        }
    })?;
    out.flush().map_err(|error| error.to_string())?;
    failure.map_or(Ok(()), Err)
}
