//! The upper canvas: cursor, selection and tooltip. Pointers, fingers and keys move it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::plot::Pointer;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::{
    Callback, Html, NodeRef, Properties, TargetCast, UseStateHandle, component, html, use_effect_with,
    use_mut_ref, use_node_ref, use_state_eq,
};

use super::answered::Zoom;
use super::canvas::Drawn;
use super::gesture::{Deed, Gesture, HOLD_MS};
use super::keys::{Wish, held, spread, wish};
use super::said::pointed;
use super::tooltip::Tooltip;
use crate::scale::scale;
use crate::texts::use_texts;

/// See [`Cursor`].
#[derive(Properties)]
pub struct CursorProps {
    /// What lies beneath.
    pub drawn: Drawn,
    /// Where the cursor is.
    pub pointer: Option<Pointer>,
    /// Called where it goes; with `None` where it leaves.
    pub on_point: Callback<Option<Pointer>>,
    /// Called with the stretch of time to show while fingers spread.
    pub on_window: Callback<Option<(Timestamp, Timestamp)>>,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// Whether there is a way back.
    pub zoomed: bool,
    /// Called where it is pressed, and where Enter is.
    pub on_press: Callback<Pointer>,
    /// What the chart shows, in a sentence.
    pub sentence: String,
}

impl PartialEq for CursorProps {
    fn eq(&self, other: &Self) -> bool {
        self.drawn == other.drawn
            && self.pointer == other.pointer
            && self.on_zoom == other.on_zoom
            && self.zoomed == other.zoomed
            && self.sentence == other.sentence
    }
}

/// What outlives a drawing of the canvas.
#[derive(Default)]
struct Hand {
    gesture: Gesture,
    /// The chart as it was when two fingers began to spread.
    spread_on: Option<Drawn>,
    window: Option<(Timestamp, Timestamp)>,
    hold: Option<Timeout>,
    origin: Option<Origin>,
}

/// Where the canvas began when it was looked at: asking for it makes the browser lay the page out, which costs more than
/// a move of the cursor does.
#[derive(Clone, Copy)]
struct Origin {
    /// Left and top in the window, in CSS pixels of the window.
    left_px: f64,
    top_px: f64,
    scale: f64,
    at_ms: f64,
}

/// So long a canvas is taken to lie where it lay.
const ORIGIN_KEPT_MS: f64 = 250.0;

impl Hand {
    /// Where in the canvas an event happened, in CSS pixels.
    fn place(&mut self, event: &PointerEvent) -> (f64, f64) {
        let now_ms = event.time_stamp();
        let kept = self.origin.filter(|origin| (0.0..ORIGIN_KEPT_MS).contains(&(now_ms - origin.at_ms)));
        let origin = kept.unwrap_or_else(|| {
            let rectangle =
                event.target_dyn_into::<Element>().map(|element| element.get_bounding_client_rect());
            let (left_px, top_px) = rectangle.map_or((0.0, 0.0), |there| (there.left(), there.top()));
            Origin { left_px, top_px, scale: scale(), at_ms: now_ms }
        });
        self.origin = Some(origin);
        let along = |client_px: i32, begins_px: f64| (f64::from(client_px) - begins_px) / origin.scale;
        (along(event.client_x(), origin.left_px), along(event.client_y(), origin.top_px))
    }
}

/// The canvas with its tooltip.
#[component]
pub fn Cursor(props: &CursorProps) -> Html {
    let texts = use_texts();
    let (canvas, shade) = (use_node_ref(), use_node_ref());
    let shaded = use_state_eq(|| None::<(f64, f64)>);
    let by_key = use_state_eq(|| false);
    let hand = use_mut_ref(Hand::default);
    let node = canvas.clone();
    use_effect_with((props.drawn.clone(), props.pointer), move |(drawn, pointer)| {
        if let Some(canvas) = node.cast::<HtmlCanvasElement>() {
            drawn.point_on(&canvas, *pointer);
        }
    });
    let (place, node) = (*shaded, shade.clone());
    use_effect_with(place, move |place| place_shade(&node, *place));

    let obey = obey(props, &hand, &shaded, &by_key);
    let on_key = on_key(props, &by_key);
    let spoken = props.pointer.filter(|_| *by_key).map(|pointer| pointed(&texts, &props.drawn, pointer));
    let (down, moved, up, lost) = pointers(&hand, &obey, &press(props));
    let on_leave = {
        let on_point = props.on_point.clone();
        // A lifted finger leaves the cursor where it is: there is no other way to read it.
        move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                on_point.emit(None)
            }
        }
    };
    html! {
        <>
            <div class="chart-shade" ref={shade} hidden={shaded.is_none()} />
            <canvas class="chart-cursor" ref={canvas} tabindex="0" role="img" aria-label={props.sentence.clone()}
                onpointerdown={down} onpointermove={moved} onpointerup={up} onpointercancel={lost} onpointerleave={on_leave}
                onkeydown={on_key} data-testid="chart-cursor" />
            <span class="vh" role="status" data-testid="chart-spoken">{ spoken.unwrap_or_default() }</span>
            if let Some(pointer) = props.pointer { <Tooltip drawn={props.drawn.clone()} {pointer} /> }
        </>
    }
}

/// Does what came of a gesture.
fn obey(
    props: &CursorProps,
    hand: &Rc<RefCell<Hand>>,
    shaded: &UseStateHandle<Option<(f64, f64)>>,
    by_key: &UseStateHandle<bool>,
) -> Callback<Deed> {
    let (drawn, hand, shaded, by_key) = (props.drawn.clone(), hand.clone(), shaded.clone(), by_key.clone());
    let (on_point, on_window) = (props.on_point.clone(), props.on_window.clone());
    let on_zoom = props.on_zoom.clone();
    Callback::from(move |deed: Deed| {
        let frame = &drawn.frame;
        let inside = |x_px: f64| x_px.clamp(frame.left_px, frame.right_px);
        match deed {
            Deed::Nothing => {}
            Deed::Point((x_px, y_px)) => {
                by_key.set(false);
                let at = drawn.lines.step_at(frame.at(x_px));
                on_point.emit(Some(Pointer { at, y_px: Some(y_px) }));
            }
            Deed::Shade(from, to) => shaded.set(Some((inside(from), inside(to)))),
            Deed::Unshade => shaded.set(None),
            Deed::Select(from, to) => {
                shaded.set(None);
                let (from, to) = held(frame.at(from.min(to)), frame.at(from.max(to)));
                on_zoom.emit(Zoom::To(from, to));
            }
            Deed::Spread(from, to) => {
                let mut hand = hand.borrow_mut();
                let window = spread(hand.spread_on.get_or_insert_with(|| drawn.clone()), from, to);
                hand.window = Some(window);
                drop(hand);
                on_window.emit(Some(window));
            }
            Deed::SpreadEnds => {
                let mut hand = hand.borrow_mut();
                hand.spread_on = None;
                let window = hand.window.take();
                drop(hand);
                if let Some((from, to)) = window {
                    on_zoom.emit(Zoom::To(from, to));
                }
            }
            Deed::Back => on_zoom.emit(Zoom::Back),
        }
    })
}

/// Tells what a press in a place points at.
fn press(props: &CursorProps) -> Callback<(f64, f64)> {
    let (drawn, on_press) = (props.drawn.clone(), props.on_press.clone());
    Callback::from(move |(x_px, y_px)| {
        let at = drawn.lines.step_at(drawn.frame.at(x_px));
        on_press.emit(Pointer { at, y_px: Some(y_px) });
    })
}

/// Does what a key asks for.
fn on_key(props: &CursorProps, by_key: &UseStateHandle<bool>) -> Callback<KeyboardEvent> {
    let (drawn, pointer, zoomed) = (props.drawn.clone(), props.pointer, props.zoomed);
    let (on_point, on_zoom, by_key) = (props.on_point.clone(), props.on_zoom.clone(), by_key.clone());
    let on_press = props.on_press.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if let ("Enter", Some(pointer)) = (event.key().as_str(), pointer) {
            event.prevent_default();
            on_press.emit(pointer);
            return;
        }
        let Some(wish) = wish(&drawn, pointer, zoomed, &event.key(), event.shift_key()) else { return };
        event.prevent_default();
        // What a key did is the chart's; the page's own shortcuts do not hear of it.
        event.stop_propagation();
        by_key.set(true);
        match wish {
            Wish::Point(pointer) => on_point.emit(pointer),
            Wish::Zoom(zoom) => on_zoom.emit(zoom),
        }
    })
}

type OnPointer = Callback<PointerEvent>;

/// What happens when a pointer is pressed, moves, is lifted, is lost.
fn pointers(
    hand: &Rc<RefCell<Hand>>,
    obey: &Callback<Deed>,
    press: &Callback<(f64, f64)>,
) -> (OnPointer, OnPointer, OnPointer, OnPointer) {
    let down = {
        let (hand, obey) = (hand.clone(), obey.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some(element) = event.target_dyn_into::<Element>() {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            let mut own = hand.borrow_mut();
            own.origin = None;
            let place = own.place(&event);
            let deed = own.gesture.down(event.pointer_id(), place);
            drop(own);
            obey.emit(deed);
            if event.pointer_type() == "touch" {
                let (own, obey) = (hand.clone(), obey.clone());
                let held = move || {
                    let deed = own.borrow_mut().gesture.held();
                    obey.emit(deed);
                };
                hand.borrow_mut().hold = Some(Timeout::new(HOLD_MS, held));
            }
        })
    };
    let on = |what: fn(&mut Hand, &PointerEvent) -> Deed, ends: bool| {
        let (hand, obey, press) = (hand.clone(), obey.clone(), press.clone());
        Callback::from(move |event: PointerEvent| {
            let mut own = hand.borrow_mut();
            let deed = what(&mut own, &event);
            if ends || !matches!(deed, Deed::Nothing) {
                own.hold = None;
            }
            drop(own);
            obey.emit(deed);
            // Lifted where it was pressed.
            if let (true, Deed::Point(place)) = (ends, deed) {
                press.emit(place);
            }
        })
    };
    let moved = |hand: &mut Hand, event: &PointerEvent| {
        let place = hand.place(event);
        hand.gesture.moved(event.pointer_id(), place)
    };
    let moved = on(moved, false);
    let up = on(|hand, event| hand.gesture.up(event.pointer_id(), event.time_stamp()), true);
    let lost = on(|hand, event| hand.gesture.lost(event.pointer_id()), true);
    (down, moved, up, lost)
}

/// The dragged stretch, placed through the object model: the page's policy allows no style attribute.
fn place_shade(node: &NodeRef, place: Option<(f64, f64)>) {
    let (Some(shade), Some((from, to))) = (node.cast::<HtmlElement>(), place) else { return };
    let style = shade.style();
    let _ = style.set_property("left", &format!("{}px", from.min(to)));
    let _ = style.set_property("width", &format!("{}px", (from - to).abs()));
}
