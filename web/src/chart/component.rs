//! The chart: two canvases above one another, legend, tools, and on demand the table of values.

use std::cell::RefCell;
use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::plot::{Hues, Kind, Options, Pointer};
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, UseStateHandle, component, html, use_effect_with, use_memo,
    use_mut_ref, use_node_ref, use_state, use_state_eq,
};

use super::answered::{Answered, Picked, Zoom};
use super::canvas::{Drawn, use_size};
use super::cursor::Cursor;
use super::legend::Legend;
use super::lines::{Choice, Lines};
use super::said::{picked, sentence};
use super::tools::Tools;
use super::twin::Twin;
use crate::session::{use_first_view, use_settled};
use crate::shell::Theme;
use crate::texts::use_texts;

/// See [`Chart`].
#[derive(PartialEq, Properties)]
pub struct ChartProps {
    /// What is drawn.
    pub answered: Rc<Answered>,
    /// How it is drawn.
    pub options: Rc<Options>,
    /// The theme: another one has other colours.
    pub theme: Theme,
    /// What it shows: the heading of exports and the beginning of their file names.
    #[prop_or_default]
    pub title: AttrValue,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// Whether [`Zoom::Back`] leads anywhere.
    #[prop_or_default]
    pub zoomed: bool,
    /// Called with a value that is chosen by a press or Enter.
    #[prop_or_default]
    pub on_pick: Callback<Picked>,
}

/// The chart.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let (texts, settled) = (use_texts(), use_settled());
    let (plot, canvas) = (use_node_ref(), use_node_ref());
    let size = use_size(&plot);
    let hues: Rc<RefCell<Hues>> = use_mut_ref(Hues::default);
    let pointer = use_state_eq(|| None::<Pointer>);
    let window = use_state_eq(|| None::<(Timestamp, Timestamp)>);
    let choice = use_state(Choice::default);
    let twin = use_state_eq(|| false);
    // Each of these is made anew only when what it is made of is another one: the cursor touches none of them.
    let all = use_memo((Rc::clone(&props.answered), Rc::clone(&props.options)), |(answered, options)| {
        Lines::of(answered, options, &mut hues.borrow_mut())
    });
    let shown = use_memo((ById(Rc::clone(&all)), (*choice).clone(), *window), |(all, choice, window)| {
        let mut lines = all.0.chosen(choice);
        (lines.from, lines.to) = window.unwrap_or((lines.from, lines.to));
        lines
    });
    let drawn = use_memo((ById(Rc::clone(&shown)), size, props.theme), |(lines, size, _)| {
        plot.cast::<Element>().and_then(|element| Drawn::lay_out(&lines.0, *size, &element))
    });
    let beneath = canvas.clone();
    use_effect_with((*drawn).clone(), move |drawn| {
        if let (Some(drawn), Some(canvas)) = (drawn, beneath.cast::<HtmlCanvasElement>()) {
            drawn.draw_on(&canvas);
        }
    });
    use_first_view(drawn.is_some());
    let forget = window.clone();
    use_effect_with(Rc::clone(&props.answered), move |_| forget.set(None));
    let spoken =
        use_memo((ById(Rc::clone(&shown)), texts.language()), |(lines, _)| sentence(&texts, &lines.0));
    let (on_point, on_window, on_choose) = (setter(&pointer), setter(&window), setter(&choice));
    let on_press = {
        let (drawn, on_pick) = (Rc::clone(&drawn), props.on_pick.clone());
        Callback::from(move |pointer: Pointer| {
            if let Some(picked) = (*drawn).as_ref().and_then(|drawn| picked(drawn, pointer)) {
                on_pick.emit(picked);
            }
        })
    };
    let on_twin = {
        let twin = twin.clone();
        Callback::from(move |()| twin.set(!*twin))
    };
    let kind = shown.options.kind;
    let from_zero = drawn.as_ref().as_ref().is_none_or(|drawn| drawn.frame.value.holds_zero());
    html! {
        <div class="chart" data-testid="chart" data-kind={kind.name()} data-from={shown.from.0.to_string()} data-to={shown.to.0.to_string()}>
            <div class="plot" ref={plot}>
                <canvas class="chart-data" ref={canvas} aria-hidden="true" data-testid="chart-canvas" />
                if let Some(drawn) = (*drawn).clone().filter(|_| settled) {
                    <Cursor {drawn} pointer={*pointer} {on_point} {on_window} on_zoom={props.on_zoom.clone()} zoomed={props.zoomed}
                        {on_press} sentence={(*spoken).clone()} />
                }
                if !from_zero && kind != Kind::Heatmap { <span class="axis-note">{ texts.say("axis-without-zero") }</span> }
                if let Some(why) = why_blank(&shown) {
                    <p class="plot-empty">{ texts.say(why) }</p>
                }
            </div>
            if settled && props.options.legend.shown && kind != Kind::Heatmap {
                <Legend lines={Rc::clone(&all)} choice={(*choice).clone()} at={pointer.map(|pointer| pointer.at)} {on_choose} />
            }
            if settled { <Tools drawn={(*drawn).clone()} title={props.title.clone()} twin={*twin} {on_twin} zoomed={props.zoomed}
                on_zoom={props.on_zoom.clone()} /> } else { <div class="chart-tools" /> }
            if *twin { <Twin lines={Rc::clone(&shown)} /> }
        </div>
    }
}

/// Why a heatmap has no cell.
fn why_blank(lines: &Lines) -> Option<&'static str> {
    match &lines.heat {
        _ if lines.options.kind != Kind::Heatmap => None,
        None => Some("heatmap-empty"),
        Some(heat) => (heat.greatest() == 0.0).then_some("heatmap-still"),
    }
}

/// A callback that sets a state.
fn setter<T: 'static>(state: &UseStateHandle<T>) -> Callback<T> {
    let state = state.clone();
    Callback::from(move |to| state.set(to))
}

/// A value that is equal to itself alone: compared by its place, not by what it holds.
pub struct ById<T>(pub Rc<T>);

impl<T> PartialEq for ById<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
