//! `rate`, `increase` and `delta`: from the samples of the window to the result.

use scrapeyard_core::lab::view::{Change, ChangeOf, Edge, EdgeReason};

use super::{Step, window_why};
use crate::texts::{Texts, value_shown};

/// The steps.
pub fn steps(texts: &Texts, change: &Change) -> Vec<Step> {
    let shown = |value: f64| value_shown(value);
    let step = |title: &str, equation: String, why: String| Step { title: texts.say(title), equation, why };
    let (first, last) =
        (change.values.first().copied().unwrap_or(0.0), change.values.last().copied().unwrap_or(0.0));
    let mut steps = vec![
        step("made-inside", change.times.len().to_string(), window_why(texts, (change.begin, change.end))),
        step(
            "made-difference",
            format!("{} − {} = {}", shown(last), shown(first), shown(change.difference)),
            String::new(),
        ),
    ];
    if !change.resets.is_empty() {
        let lost: Vec<String> = change.resets.iter().map(|reset| shown(reset.before)).collect();
        let equation =
            format!("{} + {} = {}", shown(change.difference), lost.join(" + "), shown(change.change));
        let why = texts.with("made-resets-why", &[("count", change.resets.len().into())]);
        steps.push(step("made-resets", equation, why));
    }
    let gaps = change.times.len().saturating_sub(1);
    let spacing =
        format!("{} s ÷ {gaps} = {} s", shown(change.sampled_seconds), shown(change.spacing_seconds));
    steps.push(step("made-spacing", spacing, texts.say("made-spacing-why")));
    for (title, edge) in [("made-left", &change.left), ("made-right", &change.right)] {
        let (equation, why) = edge_said(texts, edge, change.near_seconds);
        steps.push(step(title, equation, why));
    }
    let window = change.sampled_seconds + change.left.extended_seconds + change.right.extended_seconds;
    let factor =
        format!("{} s ÷ {} s = {}", shown(window), shown(change.sampled_seconds), shown(change.factor));
    steps.push(step("made-factor", factor, texts.say("made-factor-why")));
    let product = format!("{} × {}", shown(change.change), shown(change.factor));
    let result = match change.function {
        ChangeOf::Rate => {
            format!("{product} ÷ {} s = {}", shown(change.range_seconds), shown(change.result))
        }
        ChangeOf::Increase | ChangeOf::Delta => format!("{product} = {}", shown(change.result)),
    };
    let why = match change.function {
        ChangeOf::Rate => "made-rate-why",
        ChangeOf::Increase | ChangeOf::Delta => "made-increase-why",
    };
    steps.push(step("made-result", result, texts.say(why)));
    steps
}

fn edge_said(texts: &Texts, edge: &Edge, near_seconds: f64) -> (String, String) {
    let (gap, near) = (value_shown(edge.gap_seconds), value_shown(near_seconds));
    let extended = value_shown(edge.extended_seconds);
    let (sign, why) = match edge.reason {
        EdgeReason::Near => ("<", "made-edge-near"),
        EdgeReason::Far => ("≥", "made-edge-far"),
        EdgeReason::Zero => ("→", "made-edge-zero"),
    };
    let equation = match edge.reason {
        EdgeReason::Zero => format!("{gap} s → {extended} s"),
        _ => format!("{gap} s {sign} {near} s → {extended} s"),
    };
    (equation, texts.say(why))
}
