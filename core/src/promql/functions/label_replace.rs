//! `label_replace` and `label_join`: labels made from other labels.

use std::sync::Arc;

use super::{Body, Function, Optional, STRING, VECTOR};
use crate::base::bytes::is_utf8;
use crate::base::span::Span;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::regex::AnchoredRegex;
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::merge::RowMerge;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row};
use crate::promql::eval::plan::{Planner, text_of};
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::Call;

/// `label_replace(v, destination, replacement, source, regex)`
pub const LABEL_REPLACE: Function =
    Function::new("label_replace", &[VECTOR, STRING, STRING, STRING, STRING], Body::Node(plan_replace))
        .keeps_name();
/// `label_join(v, destination, separator, source, …)`
pub const LABEL_JOIN: Function =
    Function::new("label_join", &[VECTOR, STRING, STRING, STRING], Body::Node(plan_join))
        .optional(Optional::Repeated)
        .keeps_name();

fn plan_replace(planner: &mut Planner<'_>, call: &Call, span: Span) -> Result<Node, EvalError> {
    let [vector, destination, replacement, source, pattern] = &call.arguments[..] else {
        return Ok(Node::nothing());
    };
    let pattern = text_of(pattern);
    let Ok(regex) = AnchoredRegex::new(&pattern) else {
        return Err(ErrorKind::InvalidRegex { function: "label_replace", pattern }.at(span));
    };
    let destination = valid("destination", "label_replace", text_of(destination), span)?;
    let make = Make::Replace { regex, source: text_of(source), replacement: text_of(replacement) };
    let operator = Relabel { destination, make, merge: RowMerge::default() };
    Ok(Node::new(operator, vec![planner.node(vector)?]))
}

fn plan_join(planner: &mut Planner<'_>, call: &Call, span: Span) -> Result<Node, EvalError> {
    let [vector, destination, separator, sources @ ..] = &call.arguments[..] else {
        return Ok(Node::nothing());
    };
    let sources: Result<Vec<_>, _> =
        sources.iter().map(|source| valid("source", "label_join", text_of(source), span)).collect();
    let destination = valid("destination", "label_join", text_of(destination), span)?;
    let make = Make::Join { separator: text_of(separator), sources: sources? };
    let operator = Relabel { destination, make, merge: RowMerge::default() };
    Ok(Node::new(operator, vec![planner.node(vector)?]))
}

/// Every UTF-8 text but the empty one can be a label name.
fn valid(
    role: &'static str,
    function: &'static str,
    name: Arc<str>,
    span: Span,
) -> Result<Arc<str>, EvalError> {
    if name.is_empty() || !is_utf8(&name) {
        return Err(ErrorKind::InvalidFunctionLabel { role, function, name }.at(span));
    }
    Ok(name)
}

#[derive(Debug)]
enum Make {
    Replace { regex: AnchoredRegex, source: Arc<str>, replacement: Arc<str> },
    Join { separator: Arc<str>, sources: Vec<Arc<str>> },
}

impl Make {
    /// The new value, empty to remove the label; `None` to leave the series as it is.
    fn value(&self, labels: &Labels) -> Option<String> {
        let get = |name: &str| labels.get(name).unwrap_or("").to_owned();
        match self {
            Self::Replace { regex, source, replacement } => regex.expand(&get(source), replacement),
            Self::Join { separator, sources } => {
                let values: Vec<String> = sources.iter().map(|source| get(source)).collect();
                Some(values.join(separator))
            }
        }
    }
}

#[derive(Debug)]
struct Relabel {
    destination: Arc<str>,
    make: Make,
    merge: RowMerge,
}

impl Operator for Relabel {
    fn is_in_place(&self) -> bool {
        true
    }

    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let change = |row: &Row| {
            let Some(value) = self.make.value(&row.labels) else { return row.clone() };
            let mut labels = row.labels.to_builder();
            labels.set(Arc::clone(&self.destination), value);
            // A name that is set now is not the one that was to be removed.
            let drops_name = row.drops_name && &*self.destination != METRIC_NAME;
            Row { labels: labels.build(), drops_name }
        };
        self.merge.apply(&mut inputs[0].output.vector, &mut out.vector, change)?;
        Ok(Progress::Ready)
    }
}
