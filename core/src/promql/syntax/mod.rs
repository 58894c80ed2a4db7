//! PromQL as text: tokens, the tree, the parser with a list of errors, type checks, printers. Evaluates nothing.

pub mod ast;
pub mod chain;
mod check;
pub mod complete;
pub mod error;
pub mod highlight;
pub mod lexer;
pub mod mend;
pub mod operator;
pub mod options;
pub mod parser;
mod pretty;
mod printer;
pub mod series;
pub mod token;
mod wording;

pub use complete::{Completion, Vocabulary, complete};
pub use error::{ParseError, ParseErrorKind};
pub use highlight::{TextClass, highlight};
pub use lexer::tokens;
pub use mend::{Edit, Mend, MendKind, mends};
pub use options::{MAX_OPERATORS, Options};
pub use parser::{Reading, parse, parse_length, parse_selector, read};
pub use pretty::{LINE_BYTES, pretty};
pub use series::{SeriesLine, SeriesValue, parse_series};
