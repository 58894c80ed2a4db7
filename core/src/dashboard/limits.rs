//! How large a board may grow, and what a text in it may be.

use super::fault::Fault;
use super::panel::{Panel, Target};
use crate::base::time::Millis;

/// The most panels of a board.
pub const MAX_PANELS: usize = 40;
/// The most queries of a panel.
pub const MAX_TARGETS: usize = 12;
/// The longest file that is read.
pub const MAX_FILE_BYTES: usize = 256 << 10;
/// The tallest panel, in rows of the grid.
pub const MAX_ROWS: u32 = 60;

const MAX_TITLE: usize = 200;
const MAX_EXPRESSION: usize = 8 << 10;
const MAX_LEGEND: usize = 400;
const MAX_UNIT: usize = 40;
const MAX_STEPS: usize = 12;
const MAX_DECIMALS: u8 = 12;
const MAX_DAYS: i64 = 31;

/// A text of at most so many bytes.
pub fn text(what: &str, text: &str, most: usize) -> Result<(), Fault> {
    if text.len() > most {
        return Err(Fault::new("text-too-long", format!("{what} is longer than {most} bytes")));
    }
    Ok(())
}

/// A board's or panel's title.
pub fn title(title: &str) -> Result<(), Fault> {
    text("the title", title, MAX_TITLE)
}

/// How much time a board shows.
pub fn range(range: Millis) -> Result<(), Fault> {
    if range < Millis::from_secs(10) || range > Millis::from_minutes(MAX_DAYS * 24 * 60) {
        let said = format!("a board shows 10s to {MAX_DAYS}d, not {range}");
        return Err(Fault::new("range-refused", said));
    }
    Ok(())
}

/// How often a board is asked again.
pub fn refresh(refresh: Option<Millis>) -> Result<(), Fault> {
    match refresh {
        Some(every) if every < Millis::from_secs(1) || every > Millis::from_minutes(24 * 60) => {
            Err(Fault::new("refresh-refused", format!("a board is asked every 1s to 1d, not {every}")))
        }
        _ => Ok(()),
    }
}

/// Whether one more panel has room.
pub fn panels(count: usize) -> Result<(), Fault> {
    if count > MAX_PANELS {
        return Err(Fault::new("too-many", format!("a board has at most {MAX_PANELS} panels")));
    }
    Ok(())
}

/// A panel with all that is in it, its place in the grid apart.
pub fn panel(panel: &Panel) -> Result<(), Fault> {
    title(&panel.title)?;
    text("the unit", &panel.unit, MAX_UNIT)?;
    if panel.targets.len() > MAX_TARGETS {
        return Err(Fault::new("too-many", format!("a panel has at most {MAX_TARGETS} queries")));
    }
    panel.targets.iter().try_for_each(target)?;
    if panel.decimals.is_some_and(|decimals| decimals > MAX_DECIMALS) {
        return Err(Fault::new("decimals-refused", format!("at most {MAX_DECIMALS} decimals")));
    }
    let ends = [panel.min, panel.max].into_iter().flatten();
    let levels = panel.thresholds.steps.iter().map(|step| step.value);
    if !ends.chain(levels).all(f64::is_finite) {
        return Err(Fault::new("not-a-number", "ends of an axis and thresholds are finite numbers"));
    }
    if panel.min.zip(panel.max).is_some_and(|(min, max)| min >= max) {
        return Err(Fault::new("axis-refused", "the least value lies below the greatest"));
    }
    thresholds(panel)
}

fn target(target: &Target) -> Result<(), Fault> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if target.ref_id.is_empty() || target.ref_id.len() > 16 || !target.ref_id.chars().all(is_plain) {
        let said = format!("a query is called by 1 to 16 letters, such as A, not {:?}", target.ref_id);
        return Err(Fault::new("query-name-refused", said));
    }
    text("the expression", &target.expr, MAX_EXPRESSION)?;
    text("the legend", &target.legend, MAX_LEGEND)
}

fn thresholds(panel: &Panel) -> Result<(), Fault> {
    let thresholds = &panel.thresholds;
    if thresholds.steps.len() > MAX_STEPS {
        return Err(Fault::new("too-many", format!("a panel has at most {MAX_STEPS} thresholds")));
    }
    if !thresholds.steps.is_sorted_by(|one, next| one.value < next.value) {
        return Err(Fault::new("thresholds-refused", "thresholds rise from one to the next"));
    }
    let colors = thresholds.steps.iter().map(|step| &step.color).chain([&thresholds.base]);
    // A colour is a name or a number; what could be more than that has no business in one.
    let is_color = |color: &String| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '-');
        !color.is_empty() && color.len() <= 40 && color.chars().all(plain)
    };
    match colors.into_iter().find(|color| !is_color(color)) {
        Some(color) => Err(Fault::new("color-refused", format!("not a colour: {color:?}"))),
        None => Ok(()),
    }
}
