//! Metric relabeling, rule by rule: what each rule did to the series of a target's last page, and a field in which other
//! rules can be tried. Puts none in force.

use scrapeyard_core::lab::view::{Labels, MetricRelabelStep, MetricRelabelingView, TargetId};
use scrapeyard_core::lab::{Answer, Question, StoreId};
use yew::prelude::{Html, Properties, classes, component, html, use_state};

use super::relabeling::changes;
use super::rule_editor::RuleEditor;
use super::trying::{Unfolding, use_told, without_view};
use crate::session::{panel, use_targets};
use crate::texts::{Texts, use_texts};

/// See [`MetricRelabeling`].
#[derive(PartialEq, Properties)]
pub struct MetricRelabelingProps {
    /// The target whose last page is looked at.
    pub target: TargetId,
}

/// A button, and below it, while it is pressed, the rules with what they did.
#[component]
pub fn MetricRelabeling(props: &MetricRelabelingProps) -> Html {
    html! { <Unfolding name="metric-relabeling"><Rules target={props.target} /></Unfolding> }
}

#[component]
fn Rules(props: &MetricRelabelingProps) -> Html {
    let (texts, targets) = (use_texts(), use_targets());
    // Another page of the target with each scrape: what was told of the one before is old then.
    let next_scrape = targets
        .as_deref()
        .and_then(|targets| targets.all().find(|target| target.id == props.target))
        .map(|target| target.next_scrape);
    let tried = use_state(|| None::<String>);
    let question =
        Question::MetricRelabeling { store: StoreId::Pulled, target: props.target, rules: (*tried).clone() };
    let told = use_told(panel::METRIC_RELABELING, question, next_scrape, |answer| match answer {
        Answer::MetricRelabeling(view) => Some(&**view),
        _ => None,
    });
    let Some(view) = told.view.clone() else { return without_view(&told, "metric-relabeling-error") };
    html! {
        <>
            { outcome(&texts, &view) }
            if view.steps.is_empty() { <p class="dim">{ texts.say("metric-relabel-no-rules") }</p> }
            <ol class="relabel-steps">{ for view.steps.iter().map(|step| rule(&texts, step)) }</ol>
            <RuleEditor rules={view.rules.clone()} {tried} problems={told.problems}
                field="metric_relabel_configs" test_id="metric-relabeling" />
        </>
    }
}

/// What is stored of the page.
fn outcome(texts: &Texts, view: &MetricRelabelingView) -> Html {
    if view.series == 0 {
        return html! { <p class="dim" data-testid="metric-relabel-outcome">{ texts.say("metric-relabel-no-page") }</p> };
    }
    let count = |key: &str, count: u64| texts.with(key, &[("count", count.into())]);
    let stored = [("kept", view.kept.into()), ("count", view.series.into())];
    html! {
        <>
            <p data-testid="metric-relabel-outcome">
                { texts.with("metric-relabel-outcome", &stored) }
                if view.merged > 0 { { " " }{ count("metric-relabel-merged", view.merged) } }
                if view.left_out > 0 { { " " }{ count("metric-relabel-left-out", view.left_out) } }
            </p>
            if let Some((labels, error)) = &view.refused {
                <p class="relabel-drops" data-testid="metric-relabel-refused">
                    <b>{ texts.say("metric-relabel-refused") }</b>{ " " }<span class="mono">{ error }</span>{ " " }{ chips(labels) }
                </p>
            }
        </>
    }
}

fn rule(texts: &Texts, step: &MetricRelabelStep) -> Html {
    let counts =
        [("count", step.reached.into()), ("dropped", step.dropped.into()), ("changed", step.changed.into())];
    let told = match step.dropped + step.changed {
        0 => "metric-relabel-nothing",
        _ => "metric-relabel-did",
    };
    let shown = step.examples.len() as u64;
    let rest = (step.dropped + step.changed).saturating_sub(shown);
    html! {
        <li class={classes!((step.dropped > 0).then_some("relabel-drops"))} data-testid="metric-relabel-step">
            <code>{ &step.rule }</code>
            <p>{ texts.with(told, &counts) }</p>
            if !step.examples.is_empty() {
                <details>
                    <summary>{ texts.say("metric-relabel-series") }</summary>
                    <ul class="relabel-series">{ for step.examples.iter().map(|(before, after)| series(texts, before, after.as_ref())) }</ul>
                    if rest > 0 { <p class="dim">{ texts.with("metric-relabel-rest", &[("count", rest.into())]) }</p> }
                </details>
            }
        </li>
    }
}

/// A series that a rule dropped or changed: its name, and what became of it.
fn series(texts: &Texts, before: &Labels, after: Option<&Labels>) -> Html {
    html! {
        <li data-testid="metric-relabel-example">
            { chips(before) }
            <span class="relabel-arrow">{ "→" }</span>
            {
                match after {
                    Some(after) => changes(texts, before, after),
                    None => html! { <b>{ texts.say("metric-relabel-dropped") }</b> },
                }
            }
        </li>
    }
}

/// The metric's name and its other labels.
fn chips(labels: &Labels) -> Html {
    let others = labels.iter().filter(|label| &*label.name != "__name__");
    html! {
        <>
            <span class="mono">{ labels.get("__name__").unwrap_or_default() }</span>
            { for others.map(|label| html! { <span class="lbl">{ &*label.name }{ "=\"" }<b>{ &*label.value }</b>{ "\"" }</span> }) }
        </>
    }
}
