//! A container's sheet: what it is, what can be done to it, and its metrics page as it would be served now.

use scrapeyard_core::lab::view::{ContainerState, ContainerView};
use scrapeyard_core::lab::{Answer, Command, Question};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::order::Kind;
use super::states::word;
use crate::controls::Sheet;
use crate::session::{panel, time_of_day, use_live_answer, use_session};
use crate::shapes::{Icon, small_icon};
use crate::texts::{Texts, bytes, rate, use_texts};

/// See [`ContainerSheet`].
#[derive(PartialEq, Properties)]
pub struct ContainerSheetProps {
    /// The container.
    pub container: ContainerView,
    /// What its service is; the machine's own processes cannot be stopped here.
    pub kind: Kind,
    /// Called when the sheet is to be closed.
    pub on_close: Callback<()>,
}

/// The sheet.
#[component]
pub fn ContainerSheet(props: &ContainerSheetProps) -> Html {
    let texts = use_texts();
    let container = &props.container;
    html! {
        <Sheet title={container.name.clone()} mono=true on_close={props.on_close.clone()} test_id="container-sheet">
            if props.kind != Kind::Engine { <Deeds name={container.name.clone()} state={container.state} /> }
            { facts(&texts, container) }
            if container.has_metrics { <MetricsPage key={container.name.clone()} container={container.name.clone()} /> }
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
        let (session, refused) = (session.clone(), texts.say("refused-container"));
        html! {
            <button type="button" class="btn" disabled={!possible} data-testid={deed.to_owned()}
                title={texts.say(&format!("deed-title-{deed}"))} onclick={move |_| session.act_or_tell(&command, refused.clone())}>
                if deed == "restart" { { small_icon(Icon::Restart) } }
                { texts.say(&format!("deed-{deed}")) }
            </button>
        }
    };
    html! { <div class="deeds">{ for deeds.into_iter().map(button) }</div> }
}

fn facts(texts: &Texts, container: &ContainerView) -> Html {
    let fact = |key: &str, value: String| html! { <div><dt>{ texts.say(key) }</dt><dd>{ value }</dd></div> };
    html! {
        <dl class="facts">
            { fact("fact-state", word(texts, container.state)) }
            { fact("fact-address", container.ip.clone().unwrap_or_else(|| texts.say("no-address"))) }
            { fact("fact-id", container.id.clone()) }
            if let Some(at) = container.started_at { { fact("fact-started", time_of_day(at)) } }
            { fact("fact-restarts", container.restarts.to_string()) }
            { fact("fact-requests", texts.with("per-second", &[("rate", (&rate(container.requests_per_second)).into())])) }
            { fact("fact-cpu", format!("{:.3}", container.cpu_cores)) }
            { fact("fact-memory", bytes(container.memory_bytes)) }
        </dl>
    }
}

#[derive(PartialEq, Properties)]
struct MetricsPageProps {
    container: String,
}

/// The page's text, as Prometheus would read it.
#[component]
fn MetricsPage(props: &MetricsPageProps) -> Html {
    let texts = use_texts();
    let question = Question::Page { container: props.container.clone() };
    let answer = use_live_answer(panel::PAGE, question, 1000);
    let Some(Answer::Page(page)) = answer.as_deref() else { return Html::default() };
    html! {
        <section class="metrics-page">
            <h3>{ texts.say("metrics-page") }</h3>
            <pre tabindex="0" aria-label={texts.say("metrics-page")} data-testid="metrics-page">{ &page.text }</pre>
        </section>
    }
}
