//! Reads a board from Grafana's classic JSON. What is broken is said with its line and column; what the file says and a
//! board cannot show is said too.

use serde_json::Value;

use super::form::{BoardForm, PanelForm, TargetForm, ThresholdsForm, TimeForm};
use super::unknown::unknown_fields;
use super::{LAST_SCHEMA_VERSION, SCHEMA_VERSION};
use crate::base::duration;
use crate::base::span::Place;
use crate::base::time::Millis;
use crate::dashboard::edit::of_panels;
use crate::dashboard::limits::{self, MAX_FILE_BYTES};
use crate::dashboard::{
    Dashboard, Drawing, Fault, GridPos, Panel, PanelKind, Stacking, Target, ThresholdStep, Thresholds,
};

/// A board that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The board.
    pub board: Dashboard,
    /// What the file says and the board does not do.
    pub remarks: Vec<Fault>,
}

/// Reads a board.
///
/// # Errors
/// When the text is no board, with line and column where it is no JSON or a field is of another kind.
pub fn read(text: &str) -> Result<Read, Fault> {
    if text.len() > MAX_FILE_BYTES {
        return Err(Fault::new("board-too-long", format!("longer than {MAX_FILE_BYTES} bytes")));
    }
    let whole: Value = serde_json::from_str(text).map_err(|error| fault(&error))?;
    if !whole.is_object() {
        return Err(Fault { place: Some(FIRST), ..Fault::new("no-board", "a board is an object, { … }") });
    }
    if whole.get("elements").is_some() || whole.get("spec").is_some() {
        let said = "a dashboard of schema v2; only the classic form, with a list of panels, can be read";
        return Err(Fault::new("board-too-new", said));
    }
    let form: BoardForm = serde_json::from_str(text).map_err(|error| fault(&error))?;
    let Some(forms) = form.panels else {
        return Err(Fault { place: Some(FIRST), ..Fault::new("no-board", "a board has a list of panels") });
    };
    let mut remarks = version(&form.schema_version);
    let mut board = Dashboard { title: form.title, ..Dashboard::default() };
    limits::title(&board.title)?;
    read_time(form.time.as_ref(), &mut board, &mut remarks);
    board.refresh = read_refresh(&form.refresh, &mut remarks);
    // A file that nests boards without end is long before it is deep, and its length has a limit.
    let panels = forms.iter().filter_map(|form| panel(form, &mut remarks)).collect();
    board.panels = of_panels(panels)?;
    remarks.extend(unknown_fields(&whole));
    Ok(Read { board, remarks })
}

const FIRST: Place = Place { line: 1, column: 1 };

/// The reader's own words without the place, which stands apart.
fn fault(error: &serde_json::Error) -> Fault {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let (line, column) = (error.line().max(1) as u32, error.column().max(1) as u32);
    Fault { place: Some(Place { line, column }), ..Fault::new("board-unreadable", said) }
}

fn remark(code: &'static str, text: String) -> Fault {
    Fault::new(code, text)
}

fn version(version: &Value) -> Vec<Fault> {
    let number = version.as_u64().or_else(|| version.as_str()?.parse().ok());
    match number {
        Some(newer) if newer > LAST_SCHEMA_VERSION => vec![remark(
            "board-newer",
            format!(
                "written in schema version {newer}; read as {SCHEMA_VERSION}: look whether all came along"
            ),
        )],
        _ => Vec::new(),
    }
}

fn read_time(time: Option<&TimeForm>, board: &mut Dashboard, remarks: &mut Vec<Fault>) {
    let Some(time) = time else { return };
    let length = time.from.strip_prefix("now-").and_then(|length| duration::parse(length).ok());
    match length.filter(|length| limits::range(*length).is_ok() && time.to == "now") {
        Some(length) => board.range = length,
        None => remarks.push(remark(
            "board-time",
            format!("the time from {:?} to {:?} becomes the last {}", time.from, time.to, board.range),
        )),
    }
}

fn read_refresh(refresh: &Value, remarks: &mut Vec<Fault>) -> Option<Millis> {
    let text = refresh.as_str().filter(|text| !text.is_empty())?;
    let every = duration::parse(text).ok().filter(|every| limits::refresh(Some(*every)).is_ok());
    if every.is_none() {
        remarks.push(remark("board-refresh", format!("the refresh {text:?} is left out")));
    }
    every
}

fn panel(form: &PanelForm, remarks: &mut Vec<Fault>) -> Option<Panel> {
    let Some(kind) = PanelKind::named(&form.kind) else {
        let said =
            format!("panel {:?} is left out: no panel of type {:?} can be drawn", form.title, form.kind);
        remarks.push(remark("panel-kind", said));
        return None;
    };
    let defaults = &form.field_config.defaults;
    let custom = &defaults.custom;
    let grid = &form.grid_pos;
    let mode = |mode: &Option<super::form::ModeForm>| {
        mode.as_ref().map(|mode| mode.mode.clone()).unwrap_or_default()
    };
    let style = mode(&custom.thresholds_style);
    let mut panel = Panel {
        id: form.id.unwrap_or(0),
        title: form.title.clone(),
        grid: GridPos { x: grid.x, y: grid.y, w: grid.w, h: grid.h },
        targets: Vec::new(),
        unit: defaults.unit.clone().unwrap_or_default(),
        decimals: defaults.decimals,
        min: defaults.min,
        max: defaults.max,
        thresholds: defaults.thresholds.as_ref().map(|form| thresholds(form, &style)).unwrap_or_default(),
        stacking: named(&mode(&custom.stacking), Stacking::named, "stacking", &form.title, remarks),
        drawing: named(&custom.draw_style, Drawing::named, "drawStyle", &form.title, remarks),
        ..Panel::new(kind)
    };
    if defaults.thresholds.as_ref().is_some_and(|form| form.mode == "percentage") {
        let said = format!("panel {:?}: thresholds in percent are read as values", form.title);
        remarks.push(remark("panel-thresholds", said));
    }
    for one in &form.targets {
        let read = target(one, form, &panel);
        panel.targets.push(read);
    }
    let calcs = form.options.reduce_options.iter().flat_map(|reduce| &reduce.calcs);
    for calc in calcs.filter(|calc| !matches!(calc.as_str(), "lastNotNull" | "last")) {
        let said = format!("panel {:?} shows the newest value instead of {calc:?}", form.title);
        remarks.push(remark("panel-calculation", said));
    }
    Some(panel)
}

/// One of a few names; empty means the first.
fn named<T: Default>(
    name: &str,
    read: impl Fn(&str) -> Option<T>,
    what: &str,
    title: &str,
    remarks: &mut Vec<Fault>,
) -> T {
    let found = read(name);
    if found.is_none() && !name.is_empty() {
        let said = format!("panel {title:?}: the {what} {name:?} is not drawn");
        remarks.push(remark("panel-style", said));
    }
    found.unwrap_or_default()
}

fn target(form: &TargetForm, panel_form: &PanelForm, panel: &Panel) -> Target {
    let ref_id = if form.ref_id.is_empty() { panel.free_ref_id() } else { form.ref_id.clone() };
    let source = source(&form.datasource).or_else(|| source(&panel_form.datasource));
    Target {
        ref_id,
        datasource: source.unwrap_or_else(|| Target::FIRST_DATASOURCE.to_owned()),
        expr: form.expr.clone(),
        legend: form.legend_format.clone().unwrap_or_default(),
        // Old files say neither: then a range is meant.
        instant: form.instant == Some(true) && form.range != Some(true),
    }
}

/// The name of a data source in any of its forms; `None` where it says nothing of its own.
fn source(form: &Value) -> Option<String> {
    let name = match form {
        Value::String(name) => Some(name.as_str()),
        Value::Object(source) => source.get("uid").and_then(Value::as_str),
        _ => None,
    };
    name.filter(|name| !name.is_empty() && !name.starts_with("-- ")).map(str::to_owned)
}

fn thresholds(form: &ThresholdsForm, style: &str) -> Thresholds {
    let first = Thresholds::default();
    let base = form.steps.iter().find(|step| step.value.is_none()).map(|step| step.color.clone());
    let step =
        |step: &super::form::StepForm| Some(ThresholdStep { value: step.value?, color: step.color.clone() });
    Thresholds {
        base: base.filter(|color| !color.is_empty()).unwrap_or(first.base),
        steps: form.steps.iter().filter_map(step).collect(),
        are_drawn: !matches!(style, "" | "off"),
    }
}
