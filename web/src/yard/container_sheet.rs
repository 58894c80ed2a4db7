//! A container's sheet: what it is, what can be done to it, the end of its log, and its metrics page as it would be
//! served now.

use scrapeyard_core::lab::view::{ContainerState, ContainerView, LogView};
use scrapeyard_core::lab::wire::PanelId;
use scrapeyard_core::lab::{Answer, Command, Question};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::order::Kind;
use super::states::word;
use crate::controls::Sheet;
use crate::session::{panel, time_of_day, use_live_answer, use_session};
use crate::shapes::{Icon, StateGlyph, small_icon, state_glyph};
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
            { facts(&texts, container) }
            <Reading key={format!("log {name}")} panel={panel::LOGS} title="container-log"
                question={Question::Logs { container: name.clone(), since: 0 }} />
            if container.has_metrics {
                <Reading key={format!("page {name}")} panel={panel::PAGE} title="metrics-page"
                    question={Question::Page { container: name.clone() }} />
            }
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

/// How many lines of a log are shown: its end.
const LOG_LINES: usize = 40;

#[derive(PartialEq, Properties)]
struct ReadingProps {
    panel: PanelId,
    /// Asks for a metrics page or a log.
    question: Question,
    /// The key of the heading, which is also its name for tests.
    title: &'static str,
}

/// A text of the container's own.
#[component]
fn Reading(props: &ReadingProps) -> Html {
    let texts = use_texts();
    let answer = use_live_answer(props.panel, props.question.clone(), 1000);
    let text = match answer.as_deref() {
        Some(Answer::Page(page)) => page.text.clone(),
        Some(Answer::Logs(log)) if !log.lines.is_empty() => end_of(log),
        _ => return Html::default(),
    };
    let title = texts.say(props.title);
    html! {
        <section class="metrics-page">
            <h3>{ &title }</h3>
            <pre tabindex="0" aria-label={title} data-testid={props.title}>{ text }</pre>
        </section>
    }
}

fn end_of(log: &LogView) -> String {
    let shown = &log.lines[log.lines.len().saturating_sub(LOG_LINES)..];
    shown.iter().map(|line| format!("{} {}\n", time_of_day(line.at), line.text)).collect()
}
