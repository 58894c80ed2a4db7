//! Mutated expressions: whatever a learner types, the parser ends with a tree or with faults in their places, what it
//! reads it prints so that it reads the same again, and every byte but blanks belongs to a token.

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::random::{Seed, Stream};
use scrapeyard_core::promql::syntax::{Options, parse, parse_series, pretty, read, tokens};

use super::tree::render;
use crate::frame::files;

const ROUNDS: usize = 20_000;

/// What is put in: pieces that mean something in one place or another.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "+",
    "-",
    "*",
    "^",
    "==",
    "!=",
    "=~",
    "<",
    "@",
    " offset ",
    "by",
    "without ",
    "on",
    "ignoring()",
    "group_left",
    " bool ",
    " and ",
    " unless ",
    "atan2",
    "sum",
    "topk",
    "5m",
    "1",
    "\"x\"",
    "'",
    "`",
    "foo",
    "a:b",
    "start()",
    "step()",
    "#c\n",
    " ",
    "0x",
    "1e",
    "inf",
    "nan",
    ":",
    "!",
    "é",
    "[5m:]",
    "{a=\"b\"}",
    " anchored",
    "fill(1)",
    "min_of(",
    "-(",
    "--",
    "</",
    "\\",
    "\u{fffd}",
    "1h30m",
    "_",
    "x3",
    "stale",
    "{{sum:1}}",
];

pub fn trials() -> Vec<Trial> {
    vec![Trial::test("syntax/mutations", run)]
}

fn seeds() -> Vec<String> {
    let mut seeds = Vec::new();
    for (folder, ending) in [("syntax", "cases"), ("problem", "problems")] {
        for path in files(folder, ending) {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            let cases = text.split("\n\n").filter_map(|case| case.split("\n----").next());
            seeds.extend(cases.map(str::to_owned));
        }
    }
    seeds
}

fn run() -> Result<(), Failed> {
    let seeds = seeds();
    let mut random = Seed(20).stream("mutations");
    let mut read_whole = 0;
    for _ in 0..ROUNDS {
        let text = mutated(&seeds, &mut random);
        match check(&text) {
            Ok(whole) => read_whole += usize::from(whole),
            Err(reason) => return Err(format!("{text:?}: {reason}").into()),
        }
    }
    // Mutations that leave nothing to print would test nothing.
    if read_whole < ROUNDS / 20 {
        Err(format!("only {read_whole} of {ROUNDS} read as expressions").into())
    } else {
        Ok(())
    }
}

fn pick<'s>(from: &'s [String], random: &mut Stream) -> &'s str {
    from.get(random.below(from.len() as u64) as usize).map_or("", String::as_str)
}

fn mutated(seeds: &[String], random: &mut Stream) -> String {
    let mut text: Vec<char> = pick(seeds, random).chars().collect();
    for _ in 0..=random.below(2) {
        let at = random.below(text.len() as u64 + 1) as usize;
        let until = (at + 1 + random.below(4) as usize).min(text.len());
        match random.below(4) {
            0 => drop(text.drain(at..until)),
            1 => text.truncate(at.max(1)),
            2 => {
                let other: Vec<char> = pick(seeds, random).chars().collect();
                let from = random.below(other.len() as u64 + 1) as usize;
                text.splice(at..at, other.into_iter().skip(from).take(12));
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len() as u64) as usize];
                text.splice(at..at, piece.chars());
            }
        }
    }
    text.into_iter().collect()
}

/// Whether the text is an expression.
fn check(text: &str) -> Result<bool, String> {
    check_tokens(text)?;
    let _ = parse_series(text);
    let reading = read(text, &Options::all());
    for error in &reading.errors {
        let within = error.span.start <= error.span.end && error.span.end as usize <= text.len();
        if !within || error.to_string().is_empty() || error.code().is_empty() {
            return Err(format!("a fault without place or words: {error:?}"));
        }
    }
    let Some(expr) = reading.expr.filter(|_| reading.errors.is_empty()) else {
        return if reading.errors.is_empty() { Err("neither tree nor fault".to_owned()) } else { Ok(false) };
    };
    let printed = expr.to_string();
    for printed in [printed.clone(), pretty(&expr, 10)] {
        let again = parse(&printed, &Options::all())
            .map_err(|errors| format!("prints as {printed}: {}", errors[0].located(&printed)))?;
        if render(&again) != render(&expr) {
            return Err(format!("prints as {printed}, which is another tree"));
        }
    }
    Ok(true)
}

fn check_tokens(text: &str) -> Result<(), String> {
    let mut end = 0;
    for token in tokens(text) {
        let between = text.get(end..token.span.start as usize).ok_or("tokens overlap or cut a character")?;
        if !between.chars().all(|c| " \t\n\r".contains(c)) {
            return Err(format!("{between:?} belongs to no token"));
        }
        end = token.span.end as usize;
    }
    let rest = text.get(end..).ok_or("a token cuts a character")?;
    if rest.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
        Ok(())
    } else {
        Err(format!("{rest:?} belongs to no token"))
    }
}
