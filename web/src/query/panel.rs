//! A panel: editor, controls, and the value below.

mod body;
mod completion;
mod editor;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::StoreView;
use scrapeyard_core::lab::{Answer, Command, Problem, Question, StoreId};
use yew::prelude::{
    Callback, Html, Properties, classes, component, hook, html, use_effect_with, use_memo, use_state,
};

use self::body::{Body, footer};
use self::editor::Editor;
use super::controls::{Controls, looking_at};
use super::run::{Outcome, Wanted, use_query};
use super::settings::{Settings, Tab};
use super::zooms::{Zooms, use_zooms};
use crate::controls::ProblemBox;
use crate::preferences::Preference;
use crate::session::{panel, use_draft, use_draft_or, use_live_answer, use_session};
use crate::shell::Theme;
use crate::texts::use_texts;

/// What stands in the editor on a first visit: the chapter's own question.
const FIRST_EXPRESSION: &str = "sum by (code) (rate(image_gallery_requests_total[1m]))";

/// See [`Panel`].
#[derive(PartialEq, Properties)]
pub struct PanelProps {
    /// The theme in force.
    pub theme: Theme,
    /// What was brought along last: it is asked next.
    pub imported: Option<StoreView>,
}

/// What was run last, and how often.
#[derive(Clone, Debug, PartialEq)]
struct Submitted {
    expression: String,
    number: u64,
}

/// The panel.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let first = || Preference::Expression.read().unwrap_or_else(|| FIRST_EXPRESSION.to_owned());
    let text = use_draft_or("query-text", first);
    let submitted = use_state(|| Submitted { expression: first(), number: 0 });
    let settings = use_draft::<Settings>("query-settings");
    let stores = use_live_answer(panel::STORES, Question::Stores, 2000);
    let own = use_query(Some(wanted(&settings, &submitted, settings.store.clone())));
    let truth_wanted = settings.truth && settings.tab == Tab::Graph && settings.store == StoreId::Pulled;
    let truth = use_query(truth_wanted.then(|| wanted(&settings, &submitted, StoreId::Truth)));

    let explained_at = use_explained_at(&settings, submitted.number, session.now());

    let adopt = settings.clone();
    use_effect_with(props.imported.clone(), move |imported| {
        if let Some(store) = imported {
            adopt.set(looking_at(&adopt, store));
        }
    });
    let on_run = {
        let (text, submitted, settings, session) =
            (text.clone(), submitted.clone(), settings.clone(), session.clone());
        Callback::from(move |()| {
            let expression = (*text).clone();
            Preference::Expression.write(&expression);
            // Pressing Run is a deed; what comes of it is asked for on its own.
            let (store, range) = (settings.store.clone(), settings.range(session.now()));
            session.act(&Command::Run { store, range, expression: expression.clone() }, |_| ());
            submitted.set(Submitted { expression, number: submitted.number + 1 });
        })
    };
    let on_input = {
        let text = text.clone();
        Callback::from(move |new| text.set(new))
    };
    let Zooms { on_change, on_zoom, zoomed } = use_zooms(&settings);
    let problems: &[Problem] = match own.outcome.as_deref() {
        Some(Outcome::Problems(problems)) => problems,
        _ => &[],
    };
    let edited = *text != submitted.expression;
    let stores = known(stores.as_deref());
    html! {
        <section class={classes!("card", "panel")} aria-label={texts.say("panel")} data-testid="query-panel">
            <Editor text={(*text).clone()} store={settings.store.clone()} problems={if edited { Vec::new() } else { problems.to_vec() }}
                running={own.permille.is_some()} {on_input} on_run={on_run.clone()} on_cancel={own.cancel.clone()} />
            if !problems.is_empty() {
                <div class="panel-problem"><ProblemBox problems={problems.to_vec()} test_id="query-error" /></div>
            }
            <Controls settings={(*settings).clone()} {stores} {on_change} />
            if let Some(permille) = own.permille {
                <progress class="panel-progress" max="1000" value={permille.to_string()} aria-label={texts.say("query-runs")} />
            }
            <Body outcome={own.outcome.clone()} truth={truth.outcome.clone().filter(|_| truth_wanted)} theme={props.theme}
                settings={(*settings).clone()} expression={submitted.expression.clone()} {explained_at} {on_zoom} {zoomed} />
            { footer(&texts, own.outcome.as_deref(), edited) }
        </section>
    }
}

fn known(stores: Option<&Answer>) -> Vec<StoreView> {
    match stores {
        Some(Answer::Stores(stores)) => stores.clone(),
        _ => Vec::new(),
    }
}

/// The instant of the explanation: the present at which it was opened or run again, as numbers that run away cannot be
/// read.
#[hook]
fn use_explained_at(settings: &Settings, number: u64, now: Timestamp) -> Option<Timestamp> {
    let wanted = (settings.tab == Tab::Explain).then(|| (settings.end, settings.store.clone(), number));
    let kept = use_memo(wanted, |_| settings.last(now));
    (settings.tab == Tab::Explain).then_some(*kept)
}

fn wanted(settings: &Settings, submitted: &Submitted, store: StoreId) -> Wanted {
    let panel = if store == settings.store { panel::QUERY } else { panel::TRUTH };
    let expression = submitted.expression.clone();
    Wanted { panel, store, expression, settings: settings.clone(), number: submitted.number }
}
