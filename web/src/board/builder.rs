//! The builder: a panel is made or changed beside a preview that follows every change. Nothing is done to the board
//! until it is put there.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use scrapeyard_core::base::time::Millis;
use scrapeyard_core::lab::board::{Drawing, Panel, PanelKind, Stacking, Target, Thresholds, changes};
use scrapeyard_core::lab::{BoardDeed, Problem};
use scrapeyard_core::plot::Unit;
use yew::prelude::{
    Callback, Html, MouseEvent, Properties, UseStateHandle, component, hook, html, use_effect_with, use_state,
};

use super::body::Body;
use super::fields::{NumberField, choice_field, text_field};
use super::queries::Queries;
use super::thresholds::ThresholdsField;
use super::values::{Asking, use_values};
use crate::controls::{ProblemBox, Segment, Segments, Sheet};
use crate::session::Acted;
use crate::shell::Theme;
use crate::texts::{Texts, use_texts};

/// The first place in which the preview's queries are answered.
const FIRST_PLACE: u32 = 1_000_000;
/// How long nobody has typed before the preview asks, in milliseconds.
const PAUSE_MS: u32 = 450;

/// See [`Builder`].
#[derive(PartialEq, Properties)]
pub struct BuilderProps {
    /// The panel as it is on the board; its number is 0 for a new one.
    pub panel: Panel,
    /// How much time the board shows.
    pub range: Millis,
    /// The theme in force.
    pub theme: Theme,
    /// Changes the board.
    pub act: Callback<(BoardDeed, Callback<Acted>)>,
    /// Called when the builder is to be closed.
    pub on_close: Callback<()>,
}

/// The builder.
#[component]
pub fn Builder(props: &BuilderProps) -> Html {
    let texts = use_texts();
    let draft = use_state(|| props.panel.clone());
    let problems = use_state(Vec::<Problem>::new);
    let leaving = use_state(|| false);
    let targets = use_settled(draft.targets.clone());
    let asking = Asking {
        first: FIRST_PLACE,
        targets,
        range: props.range,
        window: None,
        refresh: Some(Millis::from_secs(5)),
        nudge: 0,
    };
    let values = use_values(asking);
    let is_new = props.panel.id == 0;
    let ready = ordered(&draft);
    let settings = changes(&origin(&props.panel), &ready);
    let is_unasked = draft.targets.iter().all(|target| target.expr.trim().is_empty());
    let is_changed = !changes(&props.panel, &ready).is_empty();
    let on_close = {
        let (on_close, leaving) = (props.on_close.clone(), leaving.clone());
        Callback::from(move |()| if is_changed { leaving.set(true) } else { on_close.emit(()) })
    };
    let on_save = {
        let (act, on_close, problems) = (props.act.clone(), props.on_close.clone(), problems.clone());
        let id = props.panel.id;
        move |_: MouseEvent| {
            let deed =
                if is_new { BoardDeed::Add(settings.clone()) } else { BoardDeed::Set(id, settings.clone()) };
            if !is_new && !is_changed {
                return on_close.emit(());
            }
            let (on_close, problems) = (on_close.clone(), problems.clone());
            let then = Callback::from(move |acted| match acted {
                Acted::Refused(refused) => problems.set(refused),
                Acted::Done(_) => on_close.emit(()),
            });
            act.emit((deed, then));
        }
    };
    let title = texts.say(if is_new { "build-new" } else { "build-change" });
    let on_targets = set(&draft, |panel, targets: Vec<Target>| panel.targets = targets);
    html! {
        <Sheet {title} on_close={on_close.clone()} test_id="board-builder">
            <div class="builder">
                <div class="build-preview" data-testid="build-preview">
                    <h3>{ if draft.title.is_empty() { texts.say("board-untitled") } else { draft.title.clone() } }</h3>
                    <div class="build-shown">
                        if is_unasked { <p class="board-note dim">{ texts.say("build-no-query") }</p> }
                        else { <Body panel={ready} values={values.clone()} theme={props.theme} /> }
                    </div>
                </div>
                <div class="build-options">{ looks(&texts, &draft) }</div>
                <Queries panel={(*draft).clone()} {values} on_change={on_targets} />
            </div>
            if !problems.is_empty() { <ProblemBox problems={(*problems).clone()} test_id="build-refused" /> }
            { foot(&texts, is_new, &leaving, &props.on_close, &on_close, on_save) }
        </Sheet>
    }
}

/// The draft with its thresholds in order: while they are typed they may stand in any.
fn ordered(draft: &Panel) -> Panel {
    let mut panel = draft.clone();
    let steps = &mut panel.thresholds.steps;
    steps.sort_by(|one, other| one.value.total_cmp(&other.value));
    steps.dedup_by(|next, kept| next.value == kept.value);
    panel
}

/// What a new panel differs from.
fn origin(panel: &Panel) -> Panel {
    if panel.id == 0 { Panel::new(PanelKind::default()) } else { panel.clone() }
}

/// The queries as they were when nobody had typed for a moment.
#[hook]
fn use_settled(targets: Vec<Target>) -> Vec<Target> {
    let settled = use_state(|| targets.clone());
    let shown = (*settled).clone();
    use_effect_with(targets, move |targets| {
        let targets = targets.clone();
        let later = Timeout::new(PAUSE_MS, move || {
            if *settled != targets {
                settled.set(targets);
            }
        });
        move || drop(later)
    });
    shown
}

/// A callback that changes the draft.
fn set<In: 'static>(draft: &UseStateHandle<Panel>, alter: impl Fn(&mut Panel, In) + 'static) -> Callback<In> {
    let draft = draft.clone();
    Callback::from(move |input| {
        let mut panel = (*draft).clone();
        alter(&mut panel, input);
        draft.set(panel);
    })
}

/// Everything but the queries.
fn looks(texts: &Texts, draft: &UseStateHandle<Panel>) -> Html {
    let kinds = PanelKind::ALL.map(|kind| Segment {
        label: texts.say(&format!("panel-{}", kind.name())).into(),
        test_id: format!("build-type-{}", kind.name()).into(),
    });
    let on_kind = set(draft, |panel, index: usize| {
        if let Some(kind) = PanelKind::ALL.get(index) {
            panel.kind = *kind;
            panel.targets.iter_mut().for_each(|target| target.instant = kind.asks_instant());
        }
    });
    let chosen = PanelKind::ALL.iter().position(|kind| *kind == draft.kind);
    let on_title = set(draft, |panel, title: String| panel.title = title);
    let on_unit = set(draft, |panel, unit: String| panel.unit = unit);
    let on_decimals = set(draft, |panel, decimals: Option<f64>| {
        panel.decimals = decimals.map(|decimals| decimals.clamp(0.0, 12.0) as u8);
    });
    let on_thresholds = set(draft, |panel, thresholds: Thresholds| panel.thresholds = thresholds);
    let is_over_time = draft.kind == PanelKind::Timeseries;
    html! {
        <>
            <Segments class="build-types" label={texts.say("build-type")} segments={kinds.to_vec()} {chosen} on_choose={on_kind} />
            { text_field(texts.say("build-title"), &draft.title, None, "build-title", on_title) }
            <div class="build-row">
                { unit_field(texts, &draft.unit, on_unit) }
                <NumberField label={texts.say("build-decimals")} value={draft.decimals.map(f64::from)} on_change={on_decimals}
                    test_id="build-decimals" />
            </div>
            <div class="build-row">
                <NumberField label={texts.say("build-min")} value={draft.min} test_id="build-min"
                    on_change={set(draft, |panel, min: Option<f64>| panel.min = min)} />
                <NumberField label={texts.say("build-max")} value={draft.max} test_id="build-max"
                    on_change={set(draft, |panel, max: Option<f64>| panel.max = max)} />
            </div>
            if is_over_time { { over_time(texts, draft) } }
            if !matches!(draft.kind, PanelKind::Heatmap) {
                <ThresholdsField thresholds={draft.thresholds.clone()} on_change={on_thresholds} />
            }
        </>
    }
}

/// What only charts over time have.
fn over_time(texts: &Texts, draft: &UseStateHandle<Panel>) -> Html {
    let stackings = Stacking::ALL.map(|one| Segment {
        label: texts.say(&format!("build-stacking-{}", one.name())).into(),
        test_id: format!("build-stacking-{}", one.name()).into(),
    });
    let drawings = Drawing::ALL.map(|one| Segment {
        label: texts.say(&format!("build-draw-{}", one.name())).into(),
        test_id: format!("build-draw-{}", one.name()).into(),
    });
    let on_stacking = set(draft, |panel, index: usize| panel.stacking = Stacking::ALL[index]);
    let on_drawing = set(draft, |panel, index: usize| panel.drawing = Drawing::ALL[index]);
    html! {
        <div class="build-row">
            <div class="build-field">
                <span>{ texts.say("build-draw") }</span>
                <Segments label={texts.say("build-draw")} segments={drawings.to_vec()}
                    chosen={Drawing::ALL.iter().position(|one| *one == draft.drawing)} on_choose={on_drawing} />
            </div>
            <div class="build-field">
                <span>{ texts.say("build-stacking") }</span>
                <Segments label={texts.say("build-stacking")} segments={stackings.to_vec()}
                    chosen={Stacking::ALL.iter().position(|one| *one == draft.stacking)} on_choose={on_stacking} />
            </div>
        </div>
    }
}

fn unit_field(texts: &Texts, unit: &str, on_choose: Callback<String>) -> Html {
    let called = |unit: Unit| {
        // A number as it is has no name in a file either.
        let name = if unit == Unit::None { "" } else { unit.id() };
        (name.to_owned(), texts.say(&format!("unit-{}", unit.name())))
    };
    let mut options: Vec<(String, String)> = Unit::ALL.map(called).to_vec();
    if !options.iter().any(|(name, _)| name == unit) {
        options.push((unit.to_owned(), unit.to_owned()));
    }
    choice_field(texts.say("build-unit"), &options, unit, "build-unit", on_choose)
}

/// The buttons at the foot; where something would be lost they ask.
fn foot(
    texts: &Rc<Texts>,
    is_new: bool,
    leaving: &UseStateHandle<bool>,
    close: &Callback<()>,
    try_close: &Callback<()>,
    on_save: impl Fn(MouseEvent) + 'static,
) -> Html {
    let on = |callback: &Callback<()>| {
        let callback = callback.clone();
        move |_: MouseEvent| callback.emit(())
    };
    let stay = {
        let leaving = leaving.clone();
        move |_: MouseEvent| leaving.set(false)
    };
    html! {
        <div class="build-foot">
            if **leaving {
                <p role="alert">{ texts.say("build-leaving") }</p>
                <span class="grow" />
                <button type="button" class="btn" onclick={on(close)} data-testid="build-discard">{ texts.say("build-discard") }</button>
                <button type="button" class="btn primary" onclick={stay} data-testid="build-stay">{ texts.say("build-stay") }</button>
            } else {
                <span class="grow" />
                <button type="button" class="btn" onclick={on(try_close)} data-testid="build-cancel">{ texts.say("cancel") }</button>
                <button type="button" class="btn primary" onclick={on_save} data-testid="build-save">
                    { texts.say(if is_new { "build-add" } else { "build-save" }) }
                </button>
            }
        </div>
    }
}
