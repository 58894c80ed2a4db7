//! The colours of a chart, by role. Chooses none: the page reads them from its style sheet.

use plotters::style::RGBColor;

/// How many hues there are for series; beyond them they are used again, drawn thinner.
pub const SERIES_HUES: usize = 8;

/// A colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Color {
    /// Reads `#RRGGBB`, with space around it or not; `None` for any other form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self { red, green, blue })
    }

    pub(super) const fn rgb(self) -> RGBColor {
        RGBColor(self.red, self.green, self.blue)
    }
}

/// The colours and the type of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// What the chart lies on; fills the rings at gaps.
    pub surface: Color,
    /// Level grid lines.
    pub grid: Color,
    /// The base line and the ticks under it.
    pub edge: Color,
    /// Labels of both axes.
    pub axis_text: Color,
    /// The cursor's line.
    pub text: Color,
    /// The ribbon of the truth.
    pub truth: Color,
    /// The dotted line in it.
    pub truth_line: Color,
    /// The series, in the order in which they are taken.
    pub series: [Color; SERIES_HUES],
    /// What is as it should be: lines and bands of thresholds.
    pub good: Color,
    /// What is worth a look.
    pub warning: Color,
    /// What is not as it should be.
    pub bad: Color,
    /// The font family of labels, as CSS writes it.
    pub font_family: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_colours_of_a_style_sheet() {
        assert_eq!(Color::parse(" #0051C2"), Some(Color { red: 0, green: 0x51, blue: 0xc2 }));
        for text in ["", "#fff", "0051C2", "#00é1C2", "#+051C2", "rgb(0 0 0)"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }
}
