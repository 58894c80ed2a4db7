//! What is fuzzed, one file a field.

mod blocks;
mod chunks;
mod evaluation;
mod files;
mod language;
mod pages;
mod windows;

use super::pieces::{BYTES, EXPRESSION, PAGE, SCRIPT, YAML};
use super::{Target, seeds};

/// All targets.
pub static TARGETS: [Target; 11] = [
    Target {
        name: "lexer",
        about: "every byte but blanks belongs to one token or coloured piece",
        seeds: seeds::expressions,
        pieces: EXPRESSION,
        check: language::tokens_cover_the_text,
        short_cases: 20_000,
        one_understood_in: 2,
    },
    Target {
        name: "parser",
        about: "a tree, or faults with words and places",
        seeds: seeds::expressions,
        pieces: EXPRESSION,
        check: language::faults_have_places,
        short_cases: 12_000,
        one_understood_in: 20,
    },
    Target {
        name: "printer",
        about: "what is printed reads as the same tree",
        seeds: seeds::expressions,
        pieces: EXPRESSION,
        check: language::printing_keeps_the_tree,
        short_cases: 8_000,
        one_understood_in: 20,
    },
    Target {
        name: "evaluation",
        about: "a range query at a step is the instant query; slices change nothing; budgets hold",
        seeds: seeds::loads_with_queries,
        pieces: SCRIPT,
        check: evaluation::ranges_are_instants,
        short_cases: 1_500,
        one_understood_in: 20,
    },
    Target {
        name: "windows",
        about: "windowed forms give the bits of fresh evaluation",
        seeds: seeds::loads_with_queries,
        pieces: SCRIPT,
        check: windows::windowed_is_fresh,
        short_cases: 800,
        one_understood_in: 10,
    },
    Target {
        name: "text",
        about: "pages of the text format: entries or an error at its place; dumps come back as they were",
        seeds: || seeds::pages(true),
        pieces: PAGE,
        check: pages::text,
        short_cases: 20_000,
        one_understood_in: 50,
    },
    Target {
        name: "openmetrics",
        about: "pages of OpenMetrics: entries or an error at its place; dumps come back as they were",
        seeds: || seeds::pages(false),
        pieces: PAGE,
        check: pages::openmetrics,
        short_cases: 20_000,
        one_understood_in: 50,
    },
    Target {
        name: "configuration",
        about: "prometheus.yml: a configuration, or an error within the text",
        seeds: seeds::configurations,
        pieces: YAML,
        check: files::configuration,
        short_cases: 2_500,
        one_understood_in: 50,
    },
    Target {
        name: "scenario",
        about: "compose.yaml and scenario.yaml: a scenario's part, or an error within the text",
        seeds: seeds::scenario_files,
        pieces: YAML,
        check: files::scenario,
        short_cases: 2_500,
        one_understood_in: 100,
    },
    Target {
        name: "chunks",
        about: "bytes that are no chunk do no harm; samples come back bit for bit; so does a saved head",
        seeds: chunks::seeds,
        pieces: BYTES,
        check: chunks::chunks_and_heads,
        short_cases: 8_000,
        one_understood_in: 2,
    },
    Target {
        name: "block",
        about: "files of a block, checksums mended: refused with words, or read, written and read again as the same",
        seeds: blocks::seeds,
        pieces: BYTES,
        check: blocks::archives,
        short_cases: 3_000,
        one_understood_in: 20,
    },
];
