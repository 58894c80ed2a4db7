//! Mutations of our own expressions, good and bad, against all that the fuzz targets of the language say at once. Needs
//! no conformance data.

use libtest_mimic::Trial;
use scrapeyard_tests::fuzz::{Target, find, pieces, seeds};

use crate::runners::fuzz::hunt;

static MUTATIONS: Target = Target {
    name: "mutations",
    about: "our own expressions: tokens, faults and printed forms",
    seeds: seeds::own_expressions,
    pieces: pieces::EXPRESSION,
    check,
    short_cases: 20_000,
    one_understood_in: 20,
};

pub fn trials() -> Vec<Trial> {
    vec![Trial::test("syntax/mutations", || hunt(&MUTATIONS))]
}

/// Whether the text is an expression.
fn check(input: &[u8]) -> Result<bool, String> {
    let mut is_understood = false;
    for name in ["lexer", "parser", "printer"] {
        let target = find(name).ok_or_else(|| format!("no target is called {name}"))?;
        is_understood = (target.check)(input)?;
    }
    Ok(is_understood)
}
