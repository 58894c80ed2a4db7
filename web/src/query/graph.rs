//! A graph: two canvases above one another, and the legend.

use std::cell::RefCell;
use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::plot::{Form, Hues};
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::{
    Callback, Html, Properties, component, html, use_effect, use_mut_ref, use_node_ref, use_state,
    use_state_eq,
};

use super::chart::{Drawn, use_size};
use super::cursor::Cursor;
use super::legend::Legend;
use super::lines::{Choice, Lines, lines};
use super::run::Outcome;
use crate::session::time_of_day;
use crate::shell::Theme;
use crate::texts::{Texts, use_texts, value_shown};

/// See [`Graph`].
#[derive(Properties)]
pub struct GraphProps {
    /// The value.
    pub outcome: Rc<Outcome>,
    /// The truth beneath it, where it is asked for.
    pub truth: Option<Rc<Outcome>>,
    /// How the lines are drawn.
    pub form: Form,
    /// The theme: another one has other colours.
    pub theme: Theme,
    /// Called with a stretch of time to look at more closely.
    pub on_zoom: Callback<(Timestamp, Timestamp)>,
}

impl PartialEq for GraphProps {
    fn eq(&self, other: &Self) -> bool {
        let same = |own: &Option<Rc<Outcome>>, others: &Option<Rc<Outcome>>| match (own, others) {
            (Some(own), Some(others)) => Rc::ptr_eq(own, others),
            (None, None) => true,
            _ => false,
        };
        Rc::ptr_eq(&self.outcome, &other.outcome)
            && same(&self.truth, &other.truth)
            && self.theme == other.theme
    }
}

/// The graph.
#[component]
pub fn Graph(props: &GraphProps) -> Html {
    let texts = use_texts();
    let (plot, canvas) = (use_node_ref(), use_node_ref());
    let size = use_size(&plot);
    let hues: Rc<RefCell<Hues>> = use_mut_ref(Hues::default);
    let cursor = use_state_eq(|| None::<Timestamp>);
    let choice = use_state(Choice::default);
    let all = all_lines(props, &mut hues.borrow_mut());
    let shown = Rc::new(all.chosen(&choice));
    let drawn = plot.cast::<Element>().and_then(|element| Drawn::lay_out(&shown, size, &element));
    let (data, beneath) = (drawn.clone(), canvas.clone());
    use_effect(move || {
        if let (Some(data), Some(canvas)) = (data, beneath.cast::<HtmlCanvasElement>()) {
            data.draw_on(&canvas);
        }
    });
    let on_move = {
        let cursor = cursor.clone();
        Callback::from(move |at| cursor.set(at))
    };
    let on_choose = {
        let choice = choice.clone();
        Callback::from(move |new| choice.set(new))
    };
    let note = drawn
        .as_ref()
        .filter(|drawn| !drawn.frame.value.holds_zero())
        .map(|_| texts.say("axis-without-zero"));
    html! {
        <>
            <div class="plot" ref={plot} data-testid="chart">
                <canvas class="chart-data" ref={canvas} aria-hidden="true" data-testid="chart-canvas" />
                if let Some(drawn) = drawn {
                    <Cursor {drawn} at={*cursor} {on_move} on_zoom={props.on_zoom.clone()} sentence={sentence(&texts, &shown)} />
                }
                if let Some(note) = note { <span class="axis-note">{ note }</span> }
            </div>
            <Legend lines={Rc::new(all)} choice={(*choice).clone()} at={*cursor} {on_choose} />
        </>
    }
}

fn all_lines(props: &GraphProps, hues: &mut Hues) -> Lines {
    let truth = props.truth.as_deref().and_then(|truth| match truth {
        Outcome::Value { view, .. } => Some(view),
        _ => None,
    });
    match &*props.outcome {
        Outcome::Value { view, from, to, step, .. } => {
            lines(view, truth, (*from, *to, *step), hues, props.form)
        }
        _ => Lines {
            from: Timestamp(0),
            to: Timestamp(1),
            step: scrapeyard_core::base::time::Millis(1),
            lines: Vec::new(),
            all: 0,
            shared: String::new(),
        },
    }
}

/// The chart in a sentence: how many lines, over which time, between which values, with how many gaps.
fn sentence(texts: &Texts, lines: &Lines) -> String {
    let steps: Vec<_> = lines.own().filter_map(|line| line.steps()).collect();
    let extents = steps.iter().filter_map(|steps| steps.extent());
    let Some((least, greatest)) = extents.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))) else {
        return texts.say("chart-empty");
    };
    let gaps: usize = steps.iter().map(|steps| steps.stretches().len().saturating_sub(1)).sum();
    texts.with(
        "chart-sentence",
        &[
            ("count", steps.len().into()),
            ("from", (&time_of_day(lines.from)).into()),
            ("to", (&time_of_day(lines.to)).into()),
            ("least", (&value_shown(least)).into()),
            ("greatest", (&value_shown(greatest)).into()),
            ("gaps", gaps.into()),
        ],
    )
}
