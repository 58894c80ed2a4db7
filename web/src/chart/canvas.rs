//! The lower canvas: the data. Drawn again when the data, the size or the theme changes, never for the cursor.

use std::rc::Rc;

use scrapeyard_core::plot::{self, Frame, Palette, Pointer, draw, draw_cursor};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlCanvasElement, ResizeObserver, window};
use yew::prelude::{NodeRef, UseStateHandle, hook, use_effect_with, use_state_eq};

use super::lines::Lines;
use super::pens::pens;
use super::surface::Surface;
use crate::scale::scale;

/// The size of a chart, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width and height.
    pub px: (f64, f64),
    /// Device pixels in one.
    pub pixel_ratio: f64,
}

/// The size of the element, kept up to date.
#[hook]
pub fn use_size(node: &NodeRef) -> Size {
    let size = use_state_eq(Size::default);
    let (node, measured) = (node.clone(), size.clone());
    use_effect_with((), move |()| {
        let element = node.cast::<Element>();
        let observed = element.as_ref().and_then(|element| observe(element, measured));
        move || {
            if let Some((observer, _closure)) = observed {
                observer.disconnect();
            }
        }
    });
    *size
}

fn observe(element: &Element, size: UseStateHandle<Size>) -> Option<(ResizeObserver, Closure<dyn FnMut()>)> {
    let own = element.clone();
    let measure = move || {
        let pixel_ratio = window().map_or(1.0, |window| window.device_pixel_ratio()) * scale();
        let px = (f64::from(own.client_width()), f64::from(own.client_height()));
        size.set(Size { px, pixel_ratio });
    };
    measure();
    let closure = Closure::<dyn FnMut()>::new(measure);
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some((observer, closure))
}

/// A chart that is laid out: what the upper canvas has to know of the lower one.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What is drawn.
    pub lines: Rc<Lines>,
    /// How large.
    pub size: Size,
    /// In which colours.
    pub palette: Rc<Palette>,
    /// Where things lie.
    pub frame: Rc<Frame>,
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.frame, &other.frame)
    }
}

impl Drawn {
    /// Lays out the lines for an element; `None` before it has a size.
    pub fn lay_out(lines: &Rc<Lines>, size: Size, element: &Element) -> Option<Self> {
        if size.px.0 < 40.0 || size.px.1 < 40.0 {
            return None;
        }
        let palette = Rc::new(pens(element));
        let frame = Rc::new(Frame::of(&lines.chart(size.px, &palette)));
        Some(Self { lines: Rc::clone(lines), size, palette, frame })
    }

    /// The chart as plain values.
    pub fn chart(&self) -> plot::Chart<'_> {
        self.lines.chart(self.size.px, &self.palette)
    }

    /// Draws the data.
    pub fn draw_on(&self, canvas: &HtmlCanvasElement) {
        let Some(surface) = Surface::on(canvas, self.size.px, self.size.pixel_ratio) else { return };
        if let Err(error) = draw(surface, &self.chart(), &self.frame) {
            web_sys::console::error_1(&error.to_string().into());
        }
    }

    /// Draws the cursor, or nothing where there is none.
    pub fn point_on(&self, canvas: &HtmlCanvasElement, pointer: Option<Pointer>) {
        let Some(surface) = Surface::on(canvas, self.size.px, self.size.pixel_ratio) else { return };
        if let Some(pointer) = pointer {
            // A cursor that cannot be drawn is no reason to lose the data beneath.
            let _ = draw_cursor(surface, &self.chart(), &self.frame, pointer);
        }
    }
}
