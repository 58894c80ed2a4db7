//! A container's sheet: what it is, what can be done to it, its metrics page as it would be served now, and its log.

use scrapeyard_core::lab::Command;
use scrapeyard_core::lab::view::{ContainerState, ContainerView};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::container_log::ContainerLog;
use super::curves::{Curves, Foot, curve};
use super::metrics_page::MetricsPage;
use super::order::Kind;
use super::states::word;
use crate::controls::Sheet;
use crate::session::{time_of_day, use_session};
use crate::shapes::{Icon, StateGlyph, small_icon, state_glyph};
use crate::texts::{Texts, bytes, rate, use_texts};

/// See [`ContainerSheet`].
#[derive(PartialEq, Properties)]
pub struct ContainerSheetProps {
    /// The container.
    pub container: ContainerView,
    /// What its service is; the machine's own processes cannot be stopped here.
    pub kind: Kind,
    /// The last minutes of all containers.
    pub curves: Curves,
    /// Called when the sheet is to be closed.
    pub on_close: Callback<()>,
}

/// The sheet.
#[component]
pub fn ContainerSheet(props: &ContainerSheetProps) -> Html {
    let texts = use_texts();
    let container = &props.container;
    let name = &container.name;
    html! {
        <Sheet title={container.name.clone()} mono=true on_close={props.on_close.clone()} test_id="container-sheet">
            if props.kind != Kind::Engine { <Deeds name={container.name.clone()} state={container.state} /> }
            if let Some(refused) = &container.start_refused {
                <div class="note err" data-testid="start-refused">
                    { state_glyph(StateGlyph::Bad) }
                    <div><p class="mono">{ refused }</p><p class="mid">{ texts.say("start-refused") }</p></div>
                </div>
            }
            { facts(&texts, container, &props.curves) }
            if container.has_metrics {
                <MetricsPage key={format!("page {name}")} container={name.clone()} />
            } else {
                <p class="metrics-page mid" data-testid="no-metrics">{ texts.say(no_metrics(container.state)) }</p>
            }
            <ContainerLog key={format!("log {name}")} container={name.clone()} />
        </Sheet>
    }
}

#[derive(PartialEq, Properties)]
struct DeedsProps {
    name: String,
    state: ContainerState,
}

/// What can be done now; what cannot is shown as such.
#[component]
fn Deeds(props: &DeedsProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let alive = matches!(
        props.state,
        ContainerState::Starting | ContainerState::Running | ContainerState::Restarting
    );
    let ended = matches!(props.state, ContainerState::Created | ContainerState::Exited { .. });
    let paused = props.state == ContainerState::Paused;
    let name = || props.name.clone();
    let deeds = [
        ("start", Command::Start(name()), ended),
        ("stop", Command::Stop(name()), alive),
        ("restart", Command::Restart(name()), alive || ended),
        ("kill", Command::Kill(name()), alive || paused),
        ("pause", Command::Pause(name()), props.state == ContainerState::Running),
        ("unpause", Command::Unpause(name()), paused),
    ];
    let button = |(deed, command, possible): (&str, Command, bool)| {
        let (session, words) = (session.clone(), texts.clone());
        let act = move |_| session.act_or_tell(&command, &words, "refused-container", |_| ());
        html! {
            <button type="button" class="btn" disabled={!possible} data-testid={deed.to_owned()}
                title={texts.say(&format!("deed-title-{deed}"))} onclick={act}>
                if deed == "restart" { { small_icon(Icon::Restart) } }
                { texts.say(&format!("deed-{deed}")) }
            </button>
        }
    };
    html! { <div class="deeds">{ for deeds.into_iter().map(button) }</div> }
}

/// Why there is no metrics page.
const fn no_metrics(state: ContainerState) -> &'static str {
    match state {
        ContainerState::Running | ContainerState::Paused => "no-metrics-of-its-own",
        _ => "no-metrics-no-process",
    }
}

fn facts(texts: &Texts, container: &ContainerView, curves: &Curves) -> Html {
    let fact = |key: &str, value: String| html! { <div><dt>{ texts.say(key) }</dt><dd>{ value }</dd></div> };
    let empty = Default::default();
    let known = curves.of(&container.name).unwrap_or(&empty);
    let drawn = |key: &str, value: String, curve: Html| {
        html! { <div><dt>{ texts.say(key) }</dt><dd>{ value }{ curve }</dd></div> }
    };
    // A process that is not there uses nothing, and no number says that as well as these words.
    let runs = matches!(container.state, ContainerState::Running | ContainerState::Paused);
    let measured = |number: String| if runs { number } else { texts.say("no-data") };
    let requests = texts.with("per-second", &[("rate", (&rate(container.requests_per_second)).into())]);
    html! {
        <dl class="facts">
            { fact("fact-state", word(texts, container.state)) }
            { fact("fact-address", container.ip.clone().unwrap_or_else(|| texts.say("no-address"))) }
            { fact("fact-id", container.id.clone()) }
            if let Some(at) = container.started_at { { fact("fact-started", time_of_day(at)) } }
            { fact("fact-restarts", container.restarts.to_string()) }
            { drawn("fact-requests", measured(requests), curve("requests", &known.requests_per_second, Foot::Zero, "large")) }
            { drawn("fact-cpu", measured(format!("{:.3}", container.cpu_cores)), curve("cpu", &known.cpu_cores, Foot::Zero, "large")) }
            { drawn("fact-memory", measured(bytes(container.memory_bytes)), curve("memory", &known.memory_bytes, Foot::Least, "large")) }
        </dl>
    }
}
