//! `scrapeyard query`: an expression over files, answered as Prometheus's HTTP API answers.

use std::path::PathBuf;
use std::process::ExitCode;

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::promql::eval::{EvalError, Evaluation, Options, QueryRange};
use scrapeyard_core::promql::{api, syntax};
use scrapeyard_core::web_api::{parse_length, parse_time};

use crate::dataset::Dataset;

/// The arguments of `query`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Samples: OpenMetrics or text with timestamps, or a promqltest script whose `load` commands are taken,
    /// a block of a Prometheus (its folder, a folder of blocks, or a tar archive of them).
    #[arg(long = "data", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The instant (RFC 3339 or Unix seconds); the newest sample's where nothing is said.
    #[arg(long, value_name = "T", conflicts_with_all = ["from", "to", "step"], allow_hyphen_values = true)]
    at: Option<String>,
    /// The first instant of a range query.
    #[arg(long, value_name = "T", requires_all = ["to", "step"], allow_hyphen_values = true)]
    from: Option<String>,
    /// The last instant of a range query.
    #[arg(long, value_name = "T", requires = "from", allow_hyphen_values = true)]
    to: Option<String>,
    /// From one instant to the next (a duration or seconds).
    #[arg(long, value_name = "D", requires = "from")]
    step: Option<String>,
    /// How far a selector looks back for a sample.
    #[arg(long, value_name = "D", default_value = "5m")]
    lookback: String,
    /// Switches on everything experimental in the language.
    #[arg(long)]
    experimental: bool,
    /// Removes metric names at the very end (promql-delayed-name-removal).
    #[arg(long)]
    delayed_names: bool,
    /// The expression.
    #[arg(allow_hyphen_values = true)]
    expression: String,
}

/// Why there is no answer.
enum Failure {
    /// Something about the arguments or the files: said on standard error.
    Usage(String),
    /// The query's own fault: answered as the API does.
    Answer(String),
}

impl From<EvalError> for Failure {
    fn from(error: EvalError) -> Self {
        Self::Answer(api::evaluation_error(&error))
    }
}

/// Prints the answer; fails when the query does.
pub fn run(arguments: &Arguments) -> ExitCode {
    match answer(arguments) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(Failure::Answer(json)) => {
            println!("{json}");
            ExitCode::FAILURE
        }
        Err(Failure::Usage(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
    }
}

fn answer(arguments: &Arguments) -> Result<String, Failure> {
    let mut dataset = Dataset::default();
    for file in &arguments.files {
        dataset.read(file).map_err(Failure::Usage)?;
    }
    let newest = dataset.newest();
    let head = dataset.into_head().map_err(Failure::Usage)?;
    let range = range(arguments, newest)?;
    let lookback = length("lookback_delta", &arguments.lookback)?;
    let options = Options { lookback, delayed_name_removal: arguments.delayed_names, ..Options::default() };
    let query = &arguments.expression;
    let language = if arguments.experimental { syntax::Options::all() } else { syntax::Options::default() };
    let expr = syntax::parse(query, &language)
        .map_err(|errors| Failure::Answer(api::parse_error(&errors, query)))?;
    let result = Evaluation::new(&expr, range, options)?.finish(&head)?;
    Ok(api::success(&result, query))
}

fn range(arguments: &Arguments, newest: Option<Timestamp>) -> Result<QueryRange, Failure> {
    let time = |name: &str, text: &String| {
        parse_time(text).map_err(|reason| {
            Failure::Answer(api::error("bad_data", &format!("invalid parameter \"{name}\": {reason}")))
        })
    };
    match (&arguments.from, &arguments.to, &arguments.step) {
        (Some(from), Some(to), Some(step)) => {
            let (start, end) = (time("start", from)?, time("end", to)?);
            Ok(QueryRange::checked(start, end, length("step", step)?)?)
        }
        _ => match &arguments.at {
            Some(at) => Ok(QueryRange::Instant(time("time", at)?)),
            None => Ok(QueryRange::Instant(newest.unwrap_or_default())),
        },
    }
}

/// A length of time as the API reads it.
fn length(name: &str, text: &str) -> Result<Millis, Failure> {
    parse_length(text).map(|nanoseconds| Millis(nanoseconds / 1_000_000)).map_err(|reason| {
        Failure::Answer(api::error("bad_data", &format!("invalid parameter \"{name}\": {reason}")))
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn an_expression_may_begin_with_a_sign() {
        let line = ["query", "--data", "f", "-1/0", "--at", "-5"];
        let arguments = Line::parse_from(line).arguments;
        assert_eq!((arguments.expression.as_str(), arguments.at.as_deref()), ("-1/0", Some("-5")));
        assert_eq!(arguments.files, [PathBuf::from("f")]);
    }
}
