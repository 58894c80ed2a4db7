//! The function table and one small file a function or family of functions.

use crate::promql::syntax::ast::ValueType;

/// All that is known of a PromQL function. The table of these records is the only list of functions.
#[derive(Debug)]
pub struct Function {
    /// The name as written in a query.
    pub name: &'static str,
    /// The types of the arguments, the optional ones included; the last one repeats where `optional` allows more.
    pub arguments: &'static [ValueType],
    /// How many arguments may be left out or added.
    pub optional: Optional,
    /// The type of the result.
    pub returns: ValueType,
    /// Needs the switch for experimental functions.
    pub experimental: bool,
}

/// Which arguments may be left out or repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optional {
    /// None: exactly `arguments.len()` of them.
    None,
    /// The last `n` may be left out.
    Last(usize),
    /// The last one may be left out or repeated without end.
    Repeated,
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
