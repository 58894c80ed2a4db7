//! What is made in one step: the newest sample, functions of a window, aggregations, operators, functions of elements.

use scrapeyard_core::lab::view::{Cell, Members, Newest, Operands, Run};

use super::super::super::label_sets::selector;
use super::super::values::cell_shown;
use super::{Step, window_why};
use crate::texts::{Texts, value_shown};

/// More arguments or members than these are counted in an equation, not written out.
const WRITTEN_OUT: usize = 8;

/// The newest sample within the lookback.
pub fn newest(texts: &Texts, newest: &Newest, result: String) -> Vec<Step> {
    let (age, lookback) = (newest.age.to_string(), newest.lookback.to_string());
    let why = texts.with("made-newest-why", &[("age", (&age).into()), ("lookback", (&lookback).into())]);
    vec![Step { title: texts.say("made-newest"), equation: result, why }]
}

/// A function of the samples of a window.
pub fn window(texts: &Texts, function: &str, edges: (i64, i64), run: &Run, result: String) -> Vec<Step> {
    let count = texts.with("sample-count", &[("count", run.times.len().into())]);
    let arguments = if run.values.len() <= WRITTEN_OUT {
        run.values.iter().map(|value| value_shown(*value)).collect::<Vec<_>>().join(", ")
    } else {
        count.clone()
    };
    let inside = Step { title: texts.say("made-inside"), equation: count, why: window_why(texts, edges) };
    let why = texts.find_one(&format!("function-{function}")).unwrap_or_default();
    let equation = format!("{function}({arguments}) = {result}");
    vec![inside, Step { title: texts.say("made-window"), equation, why }]
}

/// The sample that a function of a window gives as it is.
pub fn telling_sample(function: &str, run: &Run) -> Option<usize> {
    let by = |better: fn(f64, f64) -> bool| {
        let numbers = run.values.iter().enumerate().filter(|(_, value)| !value.is_nan());
        numbers.reduce(|best, one| if better(*one.1, *best.1) { one } else { best }).map(|(at, _)| at)
    };
    match function {
        "last_over_time" => run.values.len().checked_sub(1),
        "first_over_time" => (!run.values.is_empty()).then_some(0),
        "max_over_time" => by(|one, best| one > best),
        "min_over_time" => by(|one, best| one < best),
        _ => None,
    }
}

/// An aggregation of the members of a group.
pub fn members(texts: &Texts, made: &Members, result: String) -> Vec<Step> {
    let title = texts.with("made-members", &[("group", (&selector(&made.group)).into())]);
    let parameter =
        made.parameter.map(|parameter| format!("{}, ", value_shown(parameter))).unwrap_or_default();
    let written = if made.members.len() <= WRITTEN_OUT {
        made.members.iter().map(cell_shown).collect::<Vec<_>>().join(", ")
    } else {
        texts.with("element-count", &[("count", made.members.len().into())])
    };
    let equation = format!("{}({parameter}{written}) = {result}", made.operator);
    let why = texts.find_one(&format!("function-{}", made.operator)).unwrap_or_default();
    vec![Step { title, equation, why }]
}

/// An operator between two operands.
pub fn operands(texts: &Texts, operands: &Operands, result: String) -> Vec<Step> {
    let side = |cell: &Option<Cell>| cell.as_ref().map_or_else(|| "–".to_owned(), cell_shown);
    let (left, right) = (side(&operands.left), side(&operands.right));
    let equation = format!("{left} {} {right} → {result}", operands.operator);
    let why = operands.signature.as_ref().map_or_else(
        || texts.say("made-operands-scalar"),
        |signature| texts.with("made-operands-why", &[("labels", (&selector(signature)).into())]),
    );
    vec![Step { title: texts.say("made-operands"), equation, why }]
}

/// A function of the elements given.
pub fn call(texts: &Texts, function: &str, arguments: &[Cell], result: String) -> Vec<Step> {
    let shown: Vec<String> = arguments.iter().map(cell_shown).collect();
    let equation = format!("{function}({}) = {result}", shown.join(", "));
    let why = texts.find_one(&format!("function-{function}")).unwrap_or_default();
    vec![Step { title: texts.say("made-call"), equation, why }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_that_a_function_gives_is_named() {
        let values = vec![2.0, f64::NAN, 5.0, 1.0];
        let run = Run { labels: Default::default(), times: vec![0, 1, 2, 3], values };
        let told = |function: &str| telling_sample(function, &run);
        assert_eq!(
            (told("max_over_time"), told("min_over_time"), told("last_over_time"), told("avg_over_time")),
            (Some(2), Some(3), Some(3), None)
        );
    }
}
