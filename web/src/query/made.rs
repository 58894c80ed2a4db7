//! How one value was made, in numbered steps: each an equation and a line that says why. Computes nothing.

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{
    Cell, Change, ChangeOf, Edge, EdgeReason, How, Interpolation, Made, Members, QuantileCase, Run,
};
use yew::prelude::{Html, classes, html};

use super::explain::cell_shown;
use super::label_sets::selector;
use super::settings::print_instant;
use super::window_picture::window_picture;
use crate::texts::{Texts, value_shown};

/// Members, samples or buckets that are listed.
const LISTED: usize = 40;

/// A step: its title, its equation, why.
struct Step {
    title: String,
    equation: String,
    why: String,
}

/// How a cell was made.
pub fn made(texts: &Texts, made: &Made) -> Html {
    let (steps, beside) = match &made.how {
        How::Written => (Vec::new(), Html::default()),
        How::Newest(newest) => {
            let why = texts.with(
                "made-newest-why",
                &[
                    ("age", (&newest.age.to_string()).into()),
                    ("lookback", (&newest.lookback.to_string()).into()),
                ],
            );
            let equation = cell_shown(&made.cell);
            (vec![Step { title: texts.say("made-newest"), equation, why }], samples(texts, &newest.run))
        }
        How::Change(change) => {
            let beside = html! { <>{ window_picture(texts, change) }{ change_samples(texts, change) }</> };
            (change_steps(texts, change), beside)
        }
        How::Window { function, edges, run } => {
            let why = window_why(texts, *edges);
            let count = texts.with("sample-count", &[("count", run.times.len().into())]);
            let equation = format!("{function}({count}) = {}", cell_shown(&made.cell));
            (vec![Step { title: texts.say("made-window"), equation, why }], samples(texts, run))
        }
        How::Quantile(quantile) => (quantile_steps(texts, quantile), buckets(texts, quantile)),
        How::Members(members) => (member_steps(texts, members, &made.cell), listed(&members.members)),
        How::Operands(operands) => {
            let side = |cell: &Option<Cell>| cell.as_ref().map_or_else(|| "–".to_owned(), cell_shown);
            let (left, right) = (side(&operands.left), side(&operands.right));
            let equation = format!("{left} {} {right} → {}", operands.operator, cell_shown(&made.cell));
            let why = operands.signature.as_ref().map_or_else(
                || texts.say("made-operands-scalar"),
                |signature| texts.with("made-operands-why", &[("labels", (&selector(signature)).into())]),
            );
            let cells: Vec<Cell> = operands.left.iter().chain(&operands.right).cloned().collect();
            (vec![Step { title: texts.say("made-operands"), equation, why }], listed(&cells))
        }
        How::Call { function, arguments } => {
            let shown: Vec<String> = arguments.iter().map(cell_shown).collect();
            let equation = format!("{function}({}) = {}", shown.join(", "), cell_shown(&made.cell));
            let why = texts.find_one(&format!("function-{function}")).unwrap_or_default();
            (vec![Step { title: texts.say("made-call"), equation, why }], listed(arguments))
        }
    };
    let last = steps.len().saturating_sub(1);
    let step = |(index, step): (usize, Step)| {
        html! {
            <li class={classes!((index == last).then_some("out"))}>
                <span class="no">{ format!("{}  {}", index + 1, step.title) }</span>
                <span class="eq">{ step.equation }</span>
                { step.why }
            </li>
        }
    };
    html! {
        <div data-testid="explain-made">
            <h2>{ texts.with("made-title", &[("value", (&cell_shown(&made.cell)).into())]) }</h2>
            <p class="mid mono">{ selector(&made.cell.labels) }</p>
            <ol class="steps">{ for steps.into_iter().enumerate().map(step) }</ol>
            { beside }
        </div>
    }
}

fn window_why(texts: &Texts, (begin, end): (i64, i64)) -> String {
    let shown = |at: i64| print_instant(Timestamp(at));
    texts.with("made-window-why", &[("begin", (&shown(begin)).into()), ("end", (&shown(end)).into())])
}

fn change_steps(texts: &Texts, change: &Change) -> Vec<Step> {
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

fn quantile_steps(texts: &Texts, made: &Interpolation) -> Vec<Step> {
    let step = |title: &str, equation: String, why: &str| Step {
        title: texts.say(title),
        equation,
        why: texts.say(why),
    };
    let shown = |value: f64| value_shown(value);
    let all = made.buckets.last().map_or(f64::NAN, |bucket| bucket.count);
    let is_from_above = made.native.is_some_and(|native| native.from_above);
    let quantile =
        if is_from_above { format!("(1 − {})", shown(made.quantile)) } else { shown(made.quantile) };
    let rank = format!("{quantile} × {} = {}", shown(all), shown(made.rank));
    let mut steps = vec![step("made-rank", rank, "made-rank-why")];
    let result = shown(made.result);
    let why = match made.case {
        QuantileCase::Inside { lower, upper, below, inside, .. } => {
            steps.push(step(
                "made-bucket",
                format!("({} … {}]", shown(lower), shown(upper)),
                "made-bucket-why",
            ));
            let (from, to) = if is_from_above { (below, made.rank) } else { (made.rank, below) };
            let share = format!("({} − {}) ÷ {}", shown(from), shown(to), shown(inside));
            let (lower, upper) = (shown(lower), shown(upper));
            let equation = if made.native.is_some_and(|native| native.is_exponential) {
                format!("{lower} × ({upper} ÷ {lower}) ^ ({share}) = {result}")
            } else {
                format!("{lower} + ({upper} − {lower}) × {share} = {result}")
            };
            steps.push(step("made-result", equation, "made-inside-why"));
            return steps;
        }
        QuantileCase::NoQuantile => "quantile-none",
        QuantileCase::BelowZero => "quantile-below",
        QuantileCase::AboveOne => "quantile-above",
        QuantileCase::NoInfinity => "quantile-no-infinity",
        QuantileCase::OneBucket => "quantile-one-bucket",
        QuantileCase::NoObservations => "quantile-no-observations",
        QuantileCase::BeyondBounds { .. } => "quantile-beyond",
        QuantileCase::FirstNotPositive { .. } => "quantile-first",
    };
    steps.push(step("made-result", result, why));
    steps
}

fn member_steps(texts: &Texts, made: &Members, cell: &Cell) -> Vec<Step> {
    let title = texts.with("made-members", &[("group", (&selector(&made.group)).into())]);
    let parameter =
        made.parameter.map(|parameter| format!("{}, ", value_shown(parameter))).unwrap_or_default();
    let equation = format!("{}({parameter}{}) = {}", made.operator, made.members.len(), cell_shown(cell));
    let why = texts.find_one(&format!("function-{}", made.operator)).unwrap_or_default();
    vec![Step { title, equation, why }]
}

fn listed(cells: &[Cell]) -> Html {
    html! {
        <ul class="cells">
            { for cells.iter().take(LISTED).map(|cell| html! {
                <li class="cell"><code>{ selector(&cell.labels) }</code><b>{ cell_shown(cell) }</b></li>
            }) }
            if cells.len() > LISTED { <li class="mid">{ format!("+ {}", cells.len() - LISTED) }</li> }
        </ul>
    }
}

fn change_samples(texts: &Texts, change: &Change) -> Html {
    let (times, values) = (change.times.clone(), change.values.clone());
    samples(texts, &Run { labels: Default::default(), times, values })
}

/// The last samples, the newest last.
fn samples(texts: &Texts, run: &Run) -> Html {
    let from = run.times.len().saturating_sub(LISTED);
    let rows = run.times.iter().zip(&run.values).skip(from);
    html! {
        <table class="result">
            <caption>{ texts.with("sample-count", &[("count", run.times.len().into())]) }</caption>
            <tbody>{ for rows.map(|(at, value)| html! {
                <tr><td>{ print_instant(Timestamp(*at)) }</td><td class="value">{ print_plain(*value) }</td></tr>
            }) }</tbody>
        </table>
    }
}

fn buckets(texts: &Texts, made: &Interpolation) -> Html {
    let chosen = match made.case {
        QuantileCase::Inside { bucket, .. } => Some(bucket as usize),
        _ => None,
    };
    let row = |(index, bucket): (usize, &scrapeyard_core::lab::view::BucketCount)| {
        let raised = bucket.raised_from.map(|from| format!("{} → ", print_plain(from))).unwrap_or_default();
        html! {
            <tr class={classes!((chosen == Some(index)).then_some("out"))}>
                <td>{ format!("≤ {}", print_plain(bucket.bound)) }</td>
                <td class="value">{ format!("{raised}{}", print_plain(bucket.count)) }</td>
            </tr>
        }
    };
    html! {
        <table class="result">
            <caption>{ texts.say("made-buckets") }</caption>
            <tbody>{ for made.buckets.iter().enumerate().take(LISTED * 4).map(row) }</tbody>
        </table>
    }
}
