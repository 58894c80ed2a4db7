//! Writes a board as Grafana's classic JSON.

use serde_json::{Value, json};

use super::SCHEMA_VERSION;
use super::form::{
    BoardForm, ColorForm, CustomForm, DefaultsForm, FieldConfigForm, GridForm, ModeForm, OptionsForm,
    PanelForm, ReduceForm, StepForm, TargetForm, ThresholdsForm, TimeForm,
};
use crate::dashboard::{Dashboard, Drawing, Panel, PanelKind, Stacking, Target, Thresholds};

/// The board as JSON, a line a field.
///
/// # Panics
/// Never: every number of a board is finite, and every key is a text.
#[must_use]
pub fn write(board: &Dashboard) -> String {
    let form = BoardForm {
        title: board.title.clone(),
        panels: Some(board.panels.iter().map(panel).collect()),
        time: Some(TimeForm { from: format!("now-{}", board.range), to: "now".to_owned() }),
        refresh: Value::String(board.refresh.map(|every| every.to_string()).unwrap_or_default()),
        schema_version: Value::from(SCHEMA_VERSION),
    };
    serde_json::to_string_pretty(&form).unwrap_or_default() + "\n"
}

fn source(uid: &str) -> Value {
    json!({ "type": "prometheus", "uid": uid })
}

fn panel(panel: &Panel) -> PanelForm {
    let mut sources = panel.targets.iter().map(|target| target.datasource.as_str());
    let first = sources.next().unwrap_or(Target::FIRST_DATASOURCE);
    let is_mixed = sources.any(|other| other != first);
    let datasource =
        if is_mixed { json!({ "type": "datasource", "uid": "-- Mixed --" }) } else { source(first) };
    PanelForm {
        id: Some(panel.id),
        kind: panel.kind.name().to_owned(),
        title: panel.title.clone(),
        datasource,
        grid_pos: GridForm { x: panel.grid.x, y: panel.grid.y, w: panel.grid.w, h: panel.grid.h },
        targets: panel.targets.iter().map(|one| target(one, panel.kind)).collect(),
        field_config: FieldConfigForm { defaults: defaults(panel), overrides: Vec::new() },
        options: options(panel.kind),
    }
}

fn target(target: &Target, kind: PanelKind) -> TargetForm {
    let format = match kind {
        PanelKind::Heatmap => "heatmap",
        PanelKind::Table => "table",
        _ => "time_series",
    };
    TargetForm {
        ref_id: target.ref_id.clone(),
        datasource: source(&target.datasource),
        expr: target.expr.clone(),
        legend_format: Some(target.legend.clone()),
        instant: Some(target.instant),
        range: Some(!target.instant),
        format: format.to_owned(),
    }
}

fn defaults(panel: &Panel) -> DefaultsForm {
    let is_over_time = panel.kind == PanelKind::Timeseries;
    let mode = if is_over_time { "palette-classic" } else { "thresholds" };
    DefaultsForm {
        unit: Some(panel.unit.clone()).filter(|unit| !unit.is_empty()),
        decimals: panel.decimals,
        min: panel.min,
        max: panel.max,
        color: Some(ColorForm { mode: mode.to_owned() }),
        thresholds: Some(thresholds(&panel.thresholds)),
        custom: custom(panel),
    }
}

/// What only charts over time have; elsewhere it is written where it says something, so that nothing is lost.
fn custom(panel: &Panel) -> CustomForm {
    let is_over_time = panel.kind == PanelKind::Timeseries;
    let mode =
        |is_said: bool, mode: &str| (is_over_time || is_said).then(|| ModeForm { mode: mode.to_owned() });
    let drawn = panel.thresholds.are_drawn;
    let draw_style = if is_over_time || panel.drawing != Drawing::Line { panel.drawing.name() } else { "" };
    CustomForm {
        draw_style: draw_style.to_owned(),
        stacking: mode(panel.stacking != Stacking::None, panel.stacking.name()),
        thresholds_style: mode(drawn, if drawn { "line" } else { "off" }),
    }
}

fn thresholds(thresholds: &Thresholds) -> ThresholdsForm {
    let base = StepForm { color: thresholds.base.clone(), value: None };
    let step = |step: &crate::dashboard::ThresholdStep| StepForm {
        color: step.color.clone(),
        value: Some(step.value),
    };
    let steps = std::iter::once(base).chain(thresholds.steps.iter().map(step));
    ThresholdsForm { mode: "absolute".to_owned(), steps: steps.collect() }
}

fn options(kind: PanelKind) -> OptionsForm {
    let reduces = matches!(kind, PanelKind::Stat | PanelKind::Gauge | PanelKind::BarGauge);
    let newest =
        || ReduceForm { calcs: vec!["lastNotNull".to_owned()], fields: String::new(), values: false };
    OptionsForm { reduce_options: reduces.then(newest) }
}
