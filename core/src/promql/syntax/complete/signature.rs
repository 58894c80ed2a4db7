//! The signature of a call, with the argument at the cursor.

use serde::{Deserialize, Serialize};

use super::place::Callee;
use crate::promql::functions::{Function, Optional};
use crate::promql::syntax::ast::{AggregateOp, ValueType};

/// The signature of a function or an aggregation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Its name.
    pub name: String,
    /// The types of its parameters in Prometheus's words; one that may be left out ends with `?`, the last with `…`
    /// where it repeats.
    pub parameters: Vec<String>,
    /// The type of its result.
    pub returns: String,
    /// The parameter at the cursor; none behind the last.
    pub active: Option<u32>,
    /// Whether it needs the switch for experimental functions.
    pub experimental: bool,
}

/// The signature of the innermost call.
pub fn of(calls: &[(Callee, u32)]) -> Option<Signature> {
    let (callee, commas) = calls.last()?;
    let mut signature = match callee {
        Callee::Function(function) => of_function(function),
        Callee::Aggregation(op) => of_aggregation(*op),
    };
    let last = signature.parameters.len() as u32;
    let repeats = signature.parameters.last().is_some_and(|parameter| parameter.ends_with('…'));
    signature.active = match *commas {
        commas if commas < last => Some(commas),
        _ if repeats => Some(last - 1),
        _ => None,
    };
    Some(signature)
}

/// The signature of a function.
pub fn of_function(function: &Function) -> Signature {
    let count = function.arguments.len();
    let parameter = |(index, argument): (usize, &ValueType)| {
        let mark = match function.optional {
            Optional::Last(optional) if index + optional >= count => "?",
            Optional::Repeated if index + 1 == count => "…",
            _ => "",
        };
        format!("{}{mark}", argument.documented())
    };
    Signature {
        name: function.name.to_owned(),
        parameters: function.arguments.iter().enumerate().map(parameter).collect(),
        returns: function.returns.documented().to_owned(),
        active: None,
        experimental: function.experimental,
    }
}

/// The signature of an aggregation.
pub fn of_aggregation(op: AggregateOp) -> Signature {
    let parameter = match op {
        AggregateOp::CountValues => Some(ValueType::String),
        op if op.takes_parameter() => Some(ValueType::Scalar),
        _ => None,
    };
    let types = parameter.into_iter().chain([ValueType::InstantVector]);
    Signature {
        name: op.name().to_owned(),
        parameters: types.map(|value_type| value_type.documented().to_owned()).collect(),
        returns: ValueType::InstantVector.documented().to_owned(),
        active: None,
        experimental: op.is_experimental(),
    }
}

/// Prints `rate(range vector)`.
impl std::fmt::Display for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.name, self.parameters.join(", "))
    }
}
