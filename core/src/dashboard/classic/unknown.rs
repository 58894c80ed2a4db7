//! What a file says that a board has no place for. Grafana writes many fields; only those are named that would make the
//! board look or ask otherwise.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::dashboard::{Fault, PanelKind};

/// So many are named one by one.
const MOST_NAMED: usize = 8;

/// The fields of a board that are read, and those whose loss nobody sees.
const BOARD: &[&str] = &[
    "title",
    "panels",
    "time",
    "refresh",
    "schemaVersion",
    "id",
    "uid",
    "version",
    "editable",
    "tags",
    "style",
    "timezone",
    "iteration",
    "graphTooltip",
    "fiscalYearStartMonth",
    "weekStart",
    "liveNow",
    "links",
    "gnetId",
    "timepicker",
    "annotations",
    "preload",
];
const PANEL: &[&str] = &[
    "id",
    "type",
    "title",
    "datasource",
    "gridPos",
    "targets",
    "fieldConfig",
    "options",
    "pluginVersion",
    "description",
    "transparent",
    "links",
];
const TARGET: &[&str] = &[
    "refId",
    "datasource",
    "expr",
    "legendFormat",
    "instant",
    "range",
    "format",
    "editorMode",
    "exemplar",
    "intervalFactor",
    "interval",
];
const DEFAULTS: &[&str] = &["unit", "decimals", "min", "max", "color", "thresholds", "custom", "links"];

/// A remark on all fields that have no effect, named by their paths.
pub fn unknown_fields(whole: &Value) -> Option<Fault> {
    let mut found = BTreeSet::new();
    let board = whole.as_object()?;
    look(board, BOARD, "", &mut found);
    // A panel that is left out has been named as a whole.
    let is_read = |panel: &&Map<String, Value>| {
        panel.get("type").and_then(Value::as_str).is_some_and(|kind| PanelKind::named(kind).is_some())
    };
    for panel in objects(board.get("panels")).filter(is_read) {
        look(panel, PANEL, "panels.", &mut found);
        for target in objects(panel.get("targets")) {
            look(target, TARGET, "panels.targets.", &mut found);
        }
        let field_config = panel.get("fieldConfig");
        if let Some(defaults) =
            field_config.and_then(|config| config.get("defaults")).and_then(Value::as_object)
        {
            look(defaults, DEFAULTS, "panels.fieldConfig.defaults.", &mut found);
        }
        if field_config.and_then(|config| config.get("overrides")).is_some_and(says_something) {
            found.insert("panels.fieldConfig.overrides".to_owned());
        }
    }
    if found.is_empty() {
        return None;
    }
    let named: Vec<&str> = found.iter().take(MOST_NAMED).map(String::as_str).collect();
    let more = match found.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(Fault::new("board-fields", format!("these fields have no effect here: {}{more}", named.join(", "))))
}

fn objects(list: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn look(object: &Map<String, Value>, known: &[&str], before: &str, found: &mut BTreeSet<String>) {
    let unknown =
        object.iter().filter(|(name, value)| !known.contains(&name.as_str()) && says_something(value));
    // A name from a file is shown to people: not its whole length.
    found.extend(unknown.map(|(name, _)| format!("{before}{}", name.chars().take(40).collect::<String>())));
}

/// Whether a value says more than that there is nothing: `templating: {list: []}` does not.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => object.values().any(says_something),
        Value::Bool(true) | Value::Number(_) => true,
    }
}
