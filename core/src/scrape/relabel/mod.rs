//! Relabeling: rules that rewrite, keep or drop label sets, for targets before and for samples after a scrape.

mod apply;
mod md5;
mod print;
mod rule;
mod work;

pub use apply::{Relabeling, Step};
pub use rule::{Action, Rule, parse_rules, read_rules};
pub use work::{Excess, MAX_LABELS, MAX_TEXT_BYTES, Work};
