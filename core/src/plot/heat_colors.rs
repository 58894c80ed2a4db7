//! The scale of a heatmap: one hue from the surface to the first series', in steps that look equally large.
//!
//! Source: Björn Ottosson's OKLab, whose lightness is even to the eye.

use super::palette::{Color, Palette};

/// How many colours the scale has.
pub const HEAT_LEVELS: usize = 16;

/// The colours from few to many.
#[must_use]
pub fn heat_colors(palette: &Palette) -> [Color; HEAT_LEVELS] {
    let (from, to) = (lab(palette.surface), lab(palette.series[0]));
    std::array::from_fn(|level| {
        let share = (level + 1) as f64 / HEAT_LEVELS as f64;
        color(std::array::from_fn(|axis| from[axis] + (to[axis] - from[axis]) * share))
    })
}

/// Which colour a count has, where `greatest` has the last: by its square root, so that a few beside very many are
/// still seen. `None` for none at all.
#[must_use]
pub fn heat_level(count: f64, greatest: f64) -> Option<usize> {
    if !(count > 0.0 && greatest > 0.0) {
        return None;
    }
    let share = libm::sqrt((count / greatest).min(1.0));
    let level = libm::ceil(share * HEAT_LEVELS as f64 - 1e-9) as usize;
    Some(level.clamp(1, HEAT_LEVELS) - 1)
}

fn lab(color: Color) -> [f64; 3] {
    let [red, green, blue] = [color.red, color.green, color.blue].map(linear);
    let long = libm::cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue);
    let medium = libm::cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue);
    let short = libm::cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue);
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
    ]
}

fn color([lightness, green_red, blue_yellow]: [f64; 3]) -> Color {
    let cube = |root: f64| root * root * root;
    let long = cube(lightness + 0.396_337_777_4 * green_red + 0.215_803_757_3 * blue_yellow);
    let medium = cube(lightness - 0.105_561_345_8 * green_red - 0.063_854_172_8 * blue_yellow);
    let short = cube(lightness - 0.089_484_177_5 * green_red - 1.291_485_548_0 * blue_yellow);
    Color {
        red: encoded(4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short),
        green: encoded(-1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short),
        blue: encoded(-0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short),
    }
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

fn encoded(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let value =
        if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * libm::pow(value, 1.0 / 2.4) - 0.055 };
    libm::round(value * 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_in_the_series_hue_and_grows_evenly() {
        let hex = |text| Color::parse(text).unwrap();
        for (surface, hue) in [("#FFFFFF", "#0051C2"), ("#1C1B19", "#3B8BEC")] {
            let mut palette = Palette { surface: hex(surface), ..Palette::default() };
            palette.series[0] = hex(hue);
            let colors = heat_colors(&palette);
            assert_eq!(colors[HEAT_LEVELS - 1], hex(hue));
            let lightness: Vec<f64> =
                std::iter::once(palette.surface).chain(colors).map(|color| lab(color)[0]).collect();
            let steps: Vec<f64> = lightness.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let mean = steps.iter().sum::<f64>() / steps.len() as f64;
            assert!(steps.iter().all(|step| (step - mean).abs() < 0.004), "{steps:?}");
        }
    }

    #[test]
    fn a_few_beside_very_many_are_seen() {
        assert_eq!(heat_level(0.0, 10.0), None);
        assert_eq!(heat_level(1e-9, 1e9), Some(0));
        assert_eq!(heat_level(100.0, 100.0), Some(HEAT_LEVELS - 1));
        assert_eq!(heat_level(25.0, 100.0), Some(HEAT_LEVELS / 2 - 1));
        assert_eq!(heat_level(f64::NAN, 1.0), None);
    }
}
