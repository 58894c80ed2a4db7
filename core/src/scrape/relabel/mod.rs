//! Relabeling: rules that rewrite, keep or drop label sets, for targets before and for samples after a scrape.

mod apply;
mod md5;
mod print;
mod rule;

pub use apply::{Step, process, trace};
pub use rule::{Action, Rule, parse_rules, read_rules};
