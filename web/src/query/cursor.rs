//! The upper canvas: cursor, selection and tooltip. Pointer, touch and arrow keys move the cursor.

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::plot::draw_cursor;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::{
    Callback, Html, NodeRef, Properties, TargetCast, component, html, use_effect_with, use_node_ref,
    use_state,
};

use super::chart::Drawn;
use super::surface::Surface;
use super::tooltip::Tooltip;

/// A press that moves less than this is no drag.
const LEAST_DRAG_PX: f64 = 8.0;

/// See [`Cursor`].
#[derive(Properties)]
pub struct CursorProps {
    /// What lies beneath.
    pub drawn: Drawn,
    /// Where the cursor is.
    pub at: Option<Timestamp>,
    /// Called where it goes; with `None` where it leaves.
    pub on_move: Callback<Option<Timestamp>>,
    /// Called with a stretch of time that was dragged over.
    pub on_zoom: Callback<(Timestamp, Timestamp)>,
    /// What the chart shows, in a sentence.
    pub sentence: String,
}

impl PartialEq for CursorProps {
    fn eq(&self, other: &Self) -> bool {
        let (own, others) = (&self.drawn, &other.drawn);
        std::rc::Rc::ptr_eq(&own.lines, &others.lines)
            && std::rc::Rc::ptr_eq(&own.frame, &others.frame)
            && self.at == other.at
            && self.sentence == other.sentence
    }
}

/// The canvas with its tooltip.
#[component]
pub fn Cursor(props: &CursorProps) -> Html {
    let canvas = use_node_ref();
    let shade = use_node_ref();
    let drag_from = use_state(|| None::<f64>);
    let drag_to = use_state(|| None::<f64>);
    let (drawn, at, node) = (props.drawn.clone(), props.at, canvas.clone());
    use_effect_with((props.at, std::rc::Rc::as_ptr(&props.drawn.frame)), move |_| paint(&node, &drawn, at));
    let (from, to, node) = (*drag_from, *drag_to, shade.clone());
    use_effect_with((from, to), move |_| place_shade(&node, from, to));

    let frame = std::rc::Rc::clone(&props.drawn.frame);
    let lines = std::rc::Rc::clone(&props.drawn.lines);
    let on_pointer_move = {
        let (on_move, drag_from, drag_to) = (props.on_move.clone(), drag_from.clone(), drag_to.clone());
        let (frame, lines) = (frame.clone(), lines.clone());
        move |event: PointerEvent| {
            let x = x_px(&event);
            on_move.emit(Some(lines.step_at(frame.at(x))));
            if drag_from.is_some() {
                drag_to.set(Some(x.clamp(frame.left_px, frame.right_px)));
            }
        }
    };
    let on_pointer_down = {
        let (drag_from, drag_to, frame) = (drag_from.clone(), drag_to.clone(), frame.clone());
        move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some(element) = event.target_dyn_into::<Element>() {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            drag_from.set(Some(x_px(&event).clamp(frame.left_px, frame.right_px)));
            drag_to.set(None);
        }
    };
    let on_pointer_up = {
        let (drag_from, drag_to, on_zoom) = (drag_from.clone(), drag_to.clone(), props.on_zoom.clone());
        let frame = frame.clone();
        move |_: PointerEvent| {
            if let (Some(from), Some(to)) = (*drag_from, *drag_to)
                && (from - to).abs() >= LEAST_DRAG_PX
            {
                on_zoom.emit((frame.at(from.min(to)), frame.at(from.max(to))));
            }
            drag_from.set(None);
            drag_to.set(None);
        }
    };
    let on_leave = {
        let on_move = props.on_move.clone();
        move |_: PointerEvent| on_move.emit(None)
    };
    let on_key = key_moves(props);
    html! {
        <>
            <div class="chart-shade" ref={shade} hidden={to.is_none()} />
            <canvas class="chart-cursor" ref={canvas} tabindex="0" role="img" aria-label={props.sentence.clone()}
                onpointermove={on_pointer_move} onpointerdown={on_pointer_down} onpointerup={on_pointer_up}
                onpointerleave={on_leave} onkeydown={on_key} data-testid="chart-cursor" />
            if let Some(at) = props.at { <Tooltip drawn={props.drawn.clone()} {at} /> }
        </>
    }
}

/// Left and right move the cursor by a step, with Shift by ten; Esc takes it away.
fn key_moves(props: &CursorProps) -> impl Fn(KeyboardEvent) + 'static {
    let (on_move, lines, at) = (props.on_move.clone(), std::rc::Rc::clone(&props.drawn.lines), props.at);
    move |event: KeyboardEvent| {
        let far = if event.shift_key() { 10 } else { 1 };
        let steps = match event.key().as_str() {
            "ArrowLeft" => -far,
            "ArrowRight" => far,
            "Escape" => {
                on_move.emit(None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let here = at.unwrap_or(lines.to);
        on_move.emit(Some(lines.step_at(here + Millis(lines.step.0 * steps))));
    }
}

fn paint(node: &NodeRef, drawn: &Drawn, at: Option<Timestamp>) {
    let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return };
    let Some(surface) = Surface::on(&canvas, drawn.size.px, drawn.size.pixel_ratio) else { return };
    if let Some(at) = at {
        let chart = drawn.lines.chart(drawn.size.px, &drawn.palette);
        // A cursor that cannot be drawn is no reason to lose the data beneath.
        let _ = draw_cursor(surface, &chart, &drawn.frame, at);
    }
}

/// The dragged stretch, placed through the object model: the page's policy allows no style attribute.
fn place_shade(node: &NodeRef, from: Option<f64>, to: Option<f64>) {
    let (Some(shade), Some(from), Some(to)) = (node.cast::<HtmlElement>(), from, to) else { return };
    let style = shade.style();
    let _ = style.set_property("left", &format!("{}px", from.min(to)));
    let _ = style.set_property("width", &format!("{}px", (from - to).abs()));
}

fn x_px(event: &PointerEvent) -> f64 {
    let left =
        event.target_dyn_into::<Element>().map_or(0.0, |element| element.get_bounding_client_rect().left());
    f64::from(event.client_x()) - left
}
