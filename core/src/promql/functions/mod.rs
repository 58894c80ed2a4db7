//! The function table and one small file a function or family of functions. Knows how a function computes, not how
//! a query is read or scheduled.

pub mod absent;
mod assembly;
pub mod average;
pub mod buckets;
pub mod changes;
pub mod clamp;
pub mod date;
pub mod delta;
pub mod deviation;
pub mod extended;
pub mod extended_histogram;
mod extrapolation;
pub mod extremum;
mod histogram_change;
pub mod histogram_fraction;
pub mod histogram_quantile;
mod histogram_statistics;
pub mod info;
pub mod label_replace;
pub mod mathematics;
pub mod moment;
pub mod quantile;
pub mod rate;
pub mod regression;
pub mod scalar;
pub mod smoothing;
pub mod sort;
pub mod start_time;
pub mod sum;
mod table;
pub mod timestamp;
pub mod trigonometry;
pub mod window_ends;
mod window_total;

#[cfg(test)]
mod tests;

pub use table::{all, find};

use crate::base::span::Span;
use crate::model::histogram::FloatHistogram;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::node::Node;
use crate::promql::eval::plan::Planner;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::unbroken::Unbroken;
use crate::promql::eval::value::Value;
use crate::promql::eval::window::{Reach, Window};
use crate::promql::syntax::ast::{Call, Extension, ValueType};
use crate::tsdb::Samples;

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
    /// A number to a number, element by element; native histograms go.
    Number(fn(f64) -> f64),
    /// A number and the scalar arguments of the step, in their order, to a number or nothing; native histograms go.
    NumberWith(fn(f64, &[f64]) -> Option<f64>),
    /// A number of seconds since the Unix epoch to a number; the evaluation time where no argument is given. Native
    /// histograms go.
    Date(fn(f64) -> f64),
    /// A native histogram to a number, element by element; numbers go.
    Histogram(fn(&FloatHistogram) -> f64),
    /// The samples of a window, and the scalar arguments of the step, to a value or nothing.
    Window(&'static WindowBody),
    /// Everything to a node of the plan.
    Node(fn(&mut Planner<'_>, &Call, Span) -> Result<Node, EvalError>),
}

/// How a function of a window is computed.
///
/// Most series have floats alone and know no start times: `fresh` and `lane` are for them. A series that has more goes
/// to `whole`; where a function has none, its histograms are left out, with a remark where a window has floats too.
#[derive(Debug)]
pub struct WindowBody {
    /// The value of one window, which has at least one sample and only floats, with the scalar arguments of the step.
    pub fresh: fn(&Window<'_>, &[f64]) -> Option<f64>,
    /// The values of all windows of a lane at once, bit for bit those of `fresh`.
    pub lane: Option<Lanewise>,
    /// The value of one window of a series that has histograms or start times somewhere. The window has at least one
    /// sample; it may have floats, histograms or both.
    pub whole: Option<Whole>,
    /// By what the change from the first to the last histogram of an unbroken window is to be multiplied, so that it gets
    /// the bits of `whole`, which has nothing to remark there.
    pub unbroken: Option<fn(&Unbroken<'_>) -> f64>,
    /// The value of a window that offers samples around it too; only of functions that `anchored` or `smoothed` may
    /// stand in.
    pub extended: Option<Extended>,
    /// What is wrong with the scalar arguments of a step.
    pub inspect: Option<Inspect>,
    /// Makes sense for counters only, and says so when a name does not look like one.
    pub of_counters: bool,
}

/// Computes the values of all windows of a series of floats; the scalar arguments come with one value a step. Gives
/// the work done, in samples looked at.
pub type Lanewise = fn(&Samples, Reach, &Steps, &[&[f64]], &mut LaneMut<'_>) -> usize;

/// The value of a window of floats and histograms, with the scalar arguments of the step.
pub type Whole = fn(&Window<'_>, &[f64], &mut Remarks<'_>) -> Option<Value>;

/// The value of a window that offers samples around it too, floats and histograms alike.
pub type Extended = fn(&Window<'_>, Extension, &mut Remarks<'_>) -> Option<Value>;

/// Looks at the scalar arguments of a step: a failure, a remark or nothing.
pub type Inspect = fn(&[f64]) -> Result<Option<Remark>, ErrorKind>;

/// Something to say about an argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The number of the argument among all, from 0.
    pub argument: usize,
    /// What to say.
    pub note: Note,
}

impl WindowBody {
    /// A body that looks at each window afresh.
    pub(crate) const fn fresh(fresh: fn(&Window<'_>, &[f64]) -> Option<f64>) -> Self {
        Self {
            fresh,
            lane: None,
            whole: None,
            unbroken: None,
            extended: None,
            inspect: None,
            of_counters: false,
        }
    }

    const fn lane(mut self, lane: Lanewise) -> Self {
        self.lane = Some(lane);
        self
    }

    const fn whole(mut self, whole: Whole) -> Self {
        self.whole = Some(whole);
        self
    }

    const fn unbroken(mut self, unbroken: fn(&Unbroken<'_>) -> f64) -> Self {
        self.unbroken = Some(unbroken);
        self
    }

    const fn extended(mut self, extended: Extended) -> Self {
        self.extended = Some(extended);
        self
    }

    const fn inspect(mut self, inspect: Inspect) -> Self {
        self.inspect = Some(inspect);
        self
    }

    const fn of_counters(mut self) -> Self {
        self.of_counters = true;
        self
    }
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
const WINDOWS: ValueType = ValueType::RangeVector;
const STRING: ValueType = ValueType::String;

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

    /// A function of one instant vector, native histogram by native histogram.
    const fn histogram(name: &'static str, body: fn(&FloatHistogram) -> f64) -> Self {
        Self::new(name, &[VECTOR], Body::Histogram(body))
    }

    /// A function of one range vector.
    const fn window(name: &'static str, body: &'static WindowBody) -> Self {
        Self::new(name, &[WINDOWS], Body::Window(body))
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

    const fn keeps_name(mut self) -> Self {
        self.drops_name = false;
        self
    }

    const fn returns_scalar(mut self) -> Self {
        self.returns = SCALAR;
        self
    }

    const fn depends_on_time(mut self) -> Self {
        self.depends_on_time = true;
        self
    }
}
