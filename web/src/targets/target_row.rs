//! A target: health, endpoint, labels, its last scrapes. A target that is down opens by itself.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{HealthView, TargetView};
use yew::prelude::{Html, Properties, classes, component, html, use_state};

use super::causes::cause;
use super::history::history;
use super::metric_relabeling::MetricRelabeling;
use super::relabeling::Relabeling;
use crate::shapes::{Icon, StateGlyph, small_icon, state_glyph};
use crate::texts::{Texts, age, seconds, use_texts};
use crate::yard::href_of_target;

/// See [`TargetRow`].
#[derive(PartialEq, Properties)]
pub struct TargetRowProps {
    /// The target.
    pub target: TargetView,
    /// When it was seen.
    pub at: Timestamp,
}

/// The row, with what is said about it below while it is open.
#[component]
pub fn TargetRow(props: &TargetRowProps) -> Html {
    let texts = use_texts();
    let target = &props.target;
    // What the reader chose; else a target that is down is open.
    let chosen = use_state(|| None::<bool>);
    let open = chosen.unwrap_or(target.health == HealthView::Down);
    let toggle = {
        let chosen = chosen.clone();
        move |_| chosen.set(Some(!open))
    };
    let (word, class) = match target.health {
        HealthView::Up => ("UP", "ok"),
        HealthView::Down => ("DOWN", "bad"),
        HealthView::Unknown => ("UNKNOWN", "dim"),
    };
    let last = target.last_scrape.map(|at| age(&texts, props.at - at));
    let samples = target.history.last().map_or(0, |scrape| scrape.samples);
    let details = texts.say(if open { "target-close" } else { "target-open" });
    html! {
        <>
            <div class="target" data-testid="target-row" data-health={word} data-url={target.url.to_string()}>
                <span class={classes!("target-health", class)}>{ state_glyph(StateGlyph::from(target.health)) }{ word }</span>
                <a class="target-url mono" href={href_of_target(&target.url)} title={target.url.to_string()}
                    data-testid="target-url">{ &*target.url }</a>
                <span class="target-labels">{ labels(target) }</span>
                <span class="target-history">{ history(&texts, &target.history) }</span>
                <span class="target-age">{ last.unwrap_or_else(|| texts.say("never")) }</span>
                <span class="target-took">{ if target.last_scrape.is_some() { seconds(target.last_duration_seconds) } else { String::new() } }</span>
                <span class="target-samples">{ samples }</span>
                <button type="button" class={classes!("icon", open.then_some("turned"))} aria-expanded={open.to_string()}
                    aria-label={details.clone()} title={details} onclick={toggle} data-testid="target-more">
                    { small_icon(Icon::Next) }
                </button>
            </div>
            if open { { more(&texts, target, props.at) } }
        </>
    }
}

/// The labels that tell this target from the others of its job.
fn labels(target: &TargetView) -> Html {
    let own = target.labels.iter().filter(|label| &*label.name != "job");
    html! { <>{ for own.map(|label| html! { <span class="lbl">{ &*label.name }{ "=\"" }<b>{ &*label.value }</b>{ "\"" }</span> }) }</> }
}

fn more(texts: &Texts, target: &TargetView, now: Timestamp) -> Html {
    let next = seconds((target.next_scrape - now).as_secs_f64().max(0.0));
    let fact = |key: &str, value: String| html! { <div><dt>{ texts.say(key) }</dt><dd>{ value }</dd></div> };
    html! {
        <div class="target-details">
            if !target.last_error.is_empty() {
                <div class="note err" data-testid="target-error">
                    { state_glyph(StateGlyph::Bad) }
                    <div>
                        <p class="mono">{ &target.last_error }</p>
                        <p class="mid">{ texts.say(cause(&target.last_error)) }{ " " }
                            { texts.with("next-scrape-in", &[("time", (&next).into())]) }</p>
                    </div>
                </div>
            }
            <dl class="facts">
                { fact("fact-interval", target.interval.to_string()) }
                { fact("fact-timeout", target.timeout.to_string()) }
                { fact("fact-next", next) }
            </dl>
            <details>
                <summary>{ texts.say("discovered-labels") }</summary>
                <p class="target-discovered">{ for target.discovered.iter().map(|label| html! {
                    <span class="lbl">{ &*label.name }{ "=\"" }<b>{ &*label.value }</b>{ "\"" }</span>
                }) }</p>
            </details>
            <Relabeling job={target.job.to_string()} discovered={target.discovered.clone()} />
            <MetricRelabeling target={target.id} />
        </div>
    }
}
