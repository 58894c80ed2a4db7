//! `fuzz TARGET`: hunts for inputs that break what always holds. Ends with 1 where it finds one.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use scrapeyard_tests::frame::root;
use scrapeyard_tests::fuzz::{self, Finding, Hunt, Limit, Outcome, TARGETS, Target};

const USAGE: &str = "fuzz TARGET [--seconds N | --cases N] [--seed N]\nfuzz TARGET --input FILE\n";
/// An input that takes longer than this hangs.
const HANGS: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match read(&arguments) {
        Ok(Wish::Hunt { target, seed, limit }) => hunt(target, seed, limit),
        Ok(Wish::Look { target, file }) => look(target, &file),
        Err(reason) => {
            eprintln!("{reason}\n\n{USAGE}\ntargets:");
            TARGETS.iter().for_each(|target| eprintln!("  {:<12} {}", target.name, target.about));
            ExitCode::from(2)
        }
    }
}

enum Wish {
    Hunt { target: &'static Target, seed: u64, limit: Limit },
    Look { target: &'static Target, file: PathBuf },
}

fn read(arguments: &[String]) -> Result<Wish, String> {
    let mut arguments = arguments.iter();
    let name = arguments.next().ok_or("no target is named")?;
    let target = fuzz::find(name).ok_or_else(|| format!("no target is called {name}"))?;
    let (mut seed, mut limit) = (1, Limit::Time(Duration::from_secs(60)));
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{option} wants a value"))?;
        let number = || value.parse::<u64>().map_err(|error| format!("{option} {value}: {error}"));
        match option.as_str() {
            "--seconds" => limit = Limit::Time(Duration::from_secs(number()?)),
            "--cases" => limit = Limit::Cases(number()?),
            "--seed" => seed = number()?,
            "--input" => return Ok(Wish::Look { target, file: PathBuf::from(value) }),
            _ => return Err(format!("no option is called {option}")),
        }
    }
    Ok(Wish::Hunt { target, seed, limit })
}

fn hunt(target: &'static Target, seed: u64, limit: Limit) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {})); // findings are told, not traced
    let begun = Instant::now();
    let present = Arc::new(Mutex::new((0, Vec::new())));
    watch_for_hanging(target, &present);
    let mut watch = |case: u64, input: &[u8]| {
        if let Ok(mut present) = present.lock() {
            present.0 = case;
            present.1.clear();
            present.1.extend_from_slice(input);
        }
    };
    let report = Hunt { target, seed, limit, watch: &mut watch }.run();
    println!(
        "{}: {} seeds, {} cases ({} understood) in {:.0} s, seed {seed}",
        target.name,
        report.seeds,
        report.cases,
        report.understood,
        begun.elapsed().as_secs_f64()
    );
    match report.finding {
        None => {
            println!("nothing found");
            ExitCode::SUCCESS
        }
        Some(finding) => {
            tell(target, &finding);
            ExitCode::FAILURE
        }
    }
}

/// Ends the program when one input takes too long, since nothing else can.
fn watch_for_hanging(target: &'static Target, present: &Arc<Mutex<(u64, Vec<u8>)>>) {
    let present = Arc::clone(present);
    std::thread::spawn(move || {
        let mut seen = (Vec::new(), Instant::now());
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let Ok(now) = present.lock() else { return };
            if now.1 != seen.0 {
                seen = (now.1.clone(), Instant::now());
            } else if seen.1.elapsed() > HANGS {
                let reason = format!("hangs: more than {} s", HANGS.as_secs());
                tell(target, &Finding { input: seen.0, reason, case: Some(now.0) });
                std::process::exit(1);
            }
        }
    });
}

fn tell(target: &Target, finding: &Finding) {
    let file = root().join("target/fuzz").join(format!("{}.found", target.name));
    let written = std::fs::create_dir_all(root().join("target/fuzz"))
        .and_then(|()| std::fs::write(&file, &finding.input));
    let case = finding.case.map_or_else(|| "a seed".to_owned(), |case| format!("case {case}"));
    println!("FOUND by {case}: {}", finding.reason);
    println!("the smallest input, {} bytes:\n{}", finding.input.len(), finding.input.escape_ascii());
    match written {
        Ok(()) => println!("written to {}", file.display()),
        Err(error) => println!("not written to {}: {error}", file.display()),
    }
}

fn look(target: &'static Target, file: &PathBuf) -> ExitCode {
    let input = match std::fs::read(file) {
        Ok(input) => input,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(2);
        }
    };
    let outcome = fuzz::judge(target, &input);
    println!("{outcome:?}");
    if matches!(outcome, Outcome::Broken(_)) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
