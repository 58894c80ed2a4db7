//! SVG as plotters' surface: a picture that is text, for export. Every text in it is escaped, so that a hostile label
//! stays a label.
//!
//! plotters-svg would do as a backend, but counts in whole pixels, writes one font size a text and leaves control
//! characters in, which no reader of XML accepts.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::SUBPIXELS;

/// A picture that is being drawn.
#[derive(Clone, Debug)]
pub struct Svg {
    size: (u32, u32),
    body: String,
}

impl Svg {
    /// An empty picture of a size in CSS pixels.
    #[must_use]
    pub fn new((width_px, height_px): (f64, f64)) -> Self {
        let units = |length_px: f64| libm::round(length_px * f64::from(SUBPIXELS)).max(0.0) as u32;
        Self { size: (units(width_px), units(height_px)), body: String::new() }
    }

    /// The picture as a file. `title` is what it shows, for those who cannot see it.
    #[must_use]
    pub fn to_text(&self, title: &str) -> String {
        let (width, height) = self.size;
        let px = |length: u32| f64::from(length) / f64::from(SUBPIXELS);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n<title>{}</title>\n{}</svg>\n",
            px(width),
            px(height),
            escaped(title),
            self.body,
        )
    }

    fn element(&mut self, what: std::fmt::Arguments<'_>) -> Drawn {
        // Writing into a string cannot fail.
        let _ = writeln!(self.body, "{what}");
        Ok(())
    }
}

/// A text as it may stand in XML, between tags and in attributes. What XML forbids, and marks that turn the direction of
/// the text around them, are shown as what they are: something that has no place here.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ if is_unshowable(character) => escaped.push('\u{FFFD}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Whether a character has no shape of its own and would act upon the others.
pub(super) fn is_unshowable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// `fill="…"` or `stroke="…"` with its opacity.
fn paint(what: &str, color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    let opacity = if color.alpha < 1.0 {
        format!(" {what}-opacity=\"{}\"", libm::round(color.alpha * 1000.0) / 1000.0)
    } else {
        String::new()
    };
    format!("{what}=\"#{red:02X}{green:02X}{blue:02X}\"{opacity}")
}

fn stroke<S: BackendStyle>(style: &S) -> String {
    format!("{} stroke-width=\"{}\" fill=\"none\"", paint("stroke", style.color()), style.stroke_width())
}

fn is_seen<S: BackendStyle>(style: &S) -> bool {
    style.color().alpha > 0.0
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let points: Vec<String> = path.into_iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

impl DrawingBackend for &mut Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.element(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\" {}/>",
            paint("fill", color)
        ))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !is_seen(style) {
            return Ok(());
        }
        let paint = if fill { paint("fill", style.color()) } else { stroke(style) };
        let (width, height) = (lower_right.0 - upper_left.0, lower_right.1 - upper_left.1);
        let (x, y) = upper_left;
        self.element(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {paint}/>"
        ))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        if !is_seen(style) {
            return Ok(());
        }
        self.element(format_args!("<polyline points=\"{}\" {}/>", points(path), stroke(style)))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !is_seen(style) {
            return Ok(());
        }
        let paint = if fill { paint("fill", style.color()) } else { stroke(style) };
        self.element(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {paint}/>"))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        outline: I,
        style: &S,
    ) -> Drawn {
        if !is_seen(style) {
            return Ok(());
        }
        self.element(format_args!(
            "<polygon points=\"{}\" {}/>",
            points(outline),
            paint("fill", style.color())
        ))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        // Readers of SVG disagree on baselines, so the height of letters is reckoned with here.
        let lift = match style.anchor().v_pos {
            VPos::Top => 0.8,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        let y = f64::from(y) + libm::round(style.size() * lift);
        let family = escaped(style.family().as_str());
        self.element(format_args!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-family=\"{family}\" font-size=\"{}\" {}>{}</text>",
            style.size(),
            paint("fill", style.color()),
            escaped(text),
        ))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = text.chars().count() as f64 * style.size() * 0.6;
        Ok((libm::ceil(width) as u32, libm::ceil(style.size() * 1.2) as u32))
    }
}

#[cfg(test)]
mod tests {
    use plotters::prelude::*;

    use super::*;

    #[test]
    fn hostile_texts_stay_texts() {
        let hostile = "</text><script>alert('x')</script>&\"\u{202E}\u{0}\n";
        let mut svg = Svg::new((100.0, 50.0));
        let area = (&mut svg).into_drawing_area();
        let font = ("\"><script>", 44.0).into_font().color(&RGBColor(1, 2, 3));
        area.draw(&Text::new(hostile, (4, 4), &font)).unwrap();
        area.draw(&PathElement::new(
            [(0, 0), (8, 9)],
            Color::stroke_width(&RGBColor(255, 0, 171).mix(0.5), 8),
        ))
        .unwrap();
        drop(area);
        let text = svg.to_text(hostile);
        assert!(!text.contains("<script") && !text.contains('\u{202E}') && !text.contains('\u{0}'), "{text}");
        assert!(
            text.contains("&lt;/text&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;\u{FFFD}")
        );
        assert!(text.contains("width=\"100\" height=\"50\" viewBox=\"0 0 400 200\""));
        assert!(
            text.contains("<polyline points=\"0,0 8,9\" stroke=\"#FF00AB\" stroke-opacity=\"0.5\""),
            "{text}"
        );
    }
}
