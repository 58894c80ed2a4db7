//! A QR code as an SVG picture.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::{AttrValue, Html, html};

/// Light modules around the code, as the standard wants them.
const QUIET: i32 = 4;
/// A code with more modules a side than this is read by few phones from a screen.
const MOST_MODULES: i32 = 117;

/// The picture; `None` where the text is too long for a code that can still be read.
pub fn qr_code(text: &str, label: AttrValue) -> Option<Html> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let side = code.size();
    if side > MOST_MODULES {
        return None;
    }
    let around = side + 2 * QUIET;
    Some(html! {
        <svg class="qr" viewBox={format!("0 0 {around} {around}")} role="img" aria-label={label} data-testid="qr" data-modules={side.to_string()}>
            <rect class="qr-paper" width={around.to_string()} height={around.to_string()} />
            <path class="qr-ink" d={outline(&code)} />
        </svg>
    })
}

/// Each run of dark modules in a row as one bar.
fn outline(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_cover_the_dark_modules_and_nothing_else() {
        let code = QrCode::encode_text("https://example.org/#lab=1abc", QrCodeEcc::Low).unwrap();
        let mut dark = std::collections::BTreeSet::new();
        for bar in outline(&code).split('M').skip(1) {
            let (x, rest) = bar.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (length, _) = rest.split_once('v').unwrap();
            let [x, y, length] = [x, y, length].map(|number| number.parse::<i32>().unwrap());
            dark.extend((x..x + length).map(|x| (x - QUIET, y - QUIET)));
        }
        let side = code.size();
        let wanted =
            (0..side * side).map(|at| (at % side, at / side)).filter(|(x, y)| code.get_module(*x, *y));
        assert_eq!(dark, wanted.collect());
    }

    #[test]
    fn what_no_phone_reads_is_no_picture() {
        assert!(qr_code(&"a".repeat(1000), AttrValue::from("")).is_some());
        assert!(qr_code(&"a".repeat(2000), AttrValue::from("")).is_none());
        assert!(qr_code(&"a".repeat(9000), AttrValue::from("")).is_none());
    }
}
