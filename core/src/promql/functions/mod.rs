//! The function table and one small file a function or family of functions. Knows how a function computes, not how
//! a query is read or scheduled.

pub mod clamp;
pub mod date;
pub mod mathematics;
pub mod moment;
mod table;
pub mod trigonometry;

pub use table::{all, find};

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
    /// The elements of the result lose the metric's name.
    pub drops_name: bool,
    /// The result may differ between two instants even when no argument does (`time`, `predict_linear`), so that
    /// `@` on the arguments does not make it the same for every step.
    pub depends_on_time: bool,
    /// How it is computed.
    pub body: Body,
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

/// The shapes of computation.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// A number from the instant and the query's range alone.
    Moment(fn(&Moment) -> f64),
    /// A number to a number, element by element.
    Number(fn(f64) -> f64),
    /// A number and the scalar arguments of the step, in their order, to a number or nothing.
    NumberWith(fn(f64, &[f64]) -> Option<f64>),
    /// A number of seconds since the Unix epoch to a number; the evaluation time where no argument is given.
    Date(fn(f64) -> f64),
}

/// What a scalar function may know: all in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The instant of the step.
    pub time: i64,
    /// The first instant of the query.
    pub start: i64,
    /// The last instant of the query.
    pub end: i64,
    /// The length between two steps of the query; 0 for an instant query.
    pub step: i64,
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

const SCALAR: ValueType = ValueType::Scalar;
const VECTOR: ValueType = ValueType::InstantVector;

impl Function {
    /// A function that takes exactly `arguments` and gives an instant vector without the metric's name.
    const fn new(name: &'static str, arguments: &'static [ValueType], body: Body) -> Self {
        Self {
            name,
            arguments,
            optional: Optional::None,
            returns: VECTOR,
            experimental: false,
            drops_name: true,
            depends_on_time: false,
            body,
        }
    }

    /// A function of one instant vector, number by number.
    const fn number(name: &'static str, body: fn(f64) -> f64) -> Self {
        Self::new(name, &[VECTOR], Body::Number(body))
    }

    /// A scalar without arguments.
    const fn moment(name: &'static str, body: fn(&Moment) -> f64) -> Self {
        let mut function = Self::new(name, &[], Body::Moment(body));
        function.returns = SCALAR;
        function
    }

    const fn optional(mut self, optional: Optional) -> Self {
        self.optional = optional;
        self
    }

    const fn experimental(mut self) -> Self {
        self.experimental = true;
        self
    }

    const fn depends_on_time(mut self) -> Self {
        self.depends_on_time = true;
        self
    }
}
