//! The line form of what is done to the board.

use std::fmt::{self, Write as _};

use super::BoardDeed;
use crate::base::duration;
use crate::base::number::print_plain;
use crate::dashboard::{Setting, Thresholds};
use crate::lab::words::{write_quoted, write_word};

/// Without the word `board` in front.
impl fmt::Display for BoardDeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(settings) => {
                f.write_str("add")?;
                write_settings(f, settings)
            }
            Self::Set(panel, settings) => {
                write!(f, "set {panel}")?;
                write_settings(f, settings)
            }
            Self::Move(panel, x, y) => write!(f, "move {panel} {x} {y}"),
            Self::Resize(panel, w, h) => write!(f, "resize {panel} {w} {h}"),
            Self::Swap(one, other) => write!(f, "swap {one} {other}"),
            Self::Duplicate(panel) => write!(f, "duplicate {panel}"),
            Self::Remove(panel) => write!(f, "remove {panel}"),
            Self::Title(title) => write!(f, "title {}", quoted(title)),
            Self::Range(range) => write!(f, "range {}", duration::print(*range)),
            Self::Refresh(None) => f.write_str("refresh off"),
            Self::Refresh(Some(every)) => write!(f, "refresh {}", duration::print(*every)),
            Self::Import(text) => write!(f, "import {}", quoted(text)),
        }
    }
}

fn write_settings(f: &mut fmt::Formatter<'_>, settings: &[Setting]) -> fmt::Result {
    settings.iter().try_for_each(|setting| write!(f, " {}", line(setting)))
}

fn line(setting: &Setting) -> String {
    let number = |value: &Option<f64>| value.map_or_else(|| "auto".to_owned(), print_plain);
    match setting {
        Setting::Kind(kind) => format!("type {}", kind.name()),
        Setting::Title(title) => format!("title {}", quoted(title)),
        Setting::Unit(unit) => format!("unit {}", word(unit)),
        Setting::Decimals(None) => "decimals auto".to_owned(),
        Setting::Decimals(Some(decimals)) => format!("decimals {decimals}"),
        Setting::Min(min) => format!("min {}", number(min)),
        Setting::Max(max) => format!("max {}", number(max)),
        Setting::Stacking(stacking) => format!("stacking {}", stacking.name()),
        Setting::Drawing(drawing) => format!("draw {}", drawing.name()),
        Setting::Thresholds(thresholds) => write_thresholds(thresholds),
        Setting::Query(name, expr) => format!("query {} {}", word(name), quoted(expr)),
        Setting::Legend(name, legend) => format!("legend {} {}", word(name), quoted(legend)),
        Setting::Store(name, store) => format!("store {} {}", word(name), word(store)),
        Setting::Instant(name, true) => format!("instant {}", word(name)),
        Setting::Instant(name, false) => format!("over {}", word(name)),
        Setting::Drop(name) => format!("drop {}", word(name)),
    }
}

/// `thresholds line "base=green,0.5=red"`, and `off` in place of `line` where charts do not draw them.
fn write_thresholds(thresholds: &Thresholds) -> String {
    let mut list = format!("base={}", thresholds.base);
    for step in &thresholds.steps {
        let _ = write!(list, ",{}={}", print_plain(step.value), step.color);
    }
    format!("thresholds {} {}", if thresholds.are_drawn { "line" } else { "off" }, quoted(&list))
}

fn quoted(text: &str) -> String {
    let mut line = String::new();
    write_quoted(&mut line, text);
    line
}

fn word(text: &str) -> String {
    let mut line = String::new();
    write_word(&mut line, text);
    line
}
