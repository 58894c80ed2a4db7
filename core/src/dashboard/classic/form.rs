//! The JSON's own shape, field by field. Only what the model has; names are Grafana's.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The whole file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BoardForm {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub panels: Option<Vec<PanelForm>>,
    pub time: Option<TimeForm>,
    /// A length as text; an empty text, `false` or null where the board is asked by hand.
    pub refresh: Value,
    /// A number; some files hold it as text.
    pub schema_version: Value,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeForm {
    pub from: String,
    pub to: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PanelForm {
    pub id: Option<u32>,
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    /// `{type, uid}`, a name alone, or nothing.
    pub datasource: Value,
    pub grid_pos: GridForm,
    pub targets: Vec<TargetForm>,
    pub field_config: FieldConfigForm,
    pub options: OptionsForm,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct GridForm {
    pub x: u32,
    pub y: u32,
    pub w: u32,
    pub h: u32,
}

impl Default for GridForm {
    /// As Grafana stands a panel that says nothing.
    fn default() -> Self {
        Self { x: 0, y: 0, w: 6, h: 3 }
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TargetForm {
    pub ref_id: String,
    pub datasource: Value,
    pub expr: String,
    pub legend_format: Option<String>,
    pub instant: Option<bool>,
    pub range: Option<bool>,
    pub format: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldConfigForm {
    pub defaults: DefaultsForm,
    pub overrides: Vec<Value>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DefaultsForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    pub color: Option<ColorForm>,
    pub thresholds: Option<ThresholdsForm>,
    pub custom: CustomForm,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ColorForm {
    pub mode: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThresholdsForm {
    pub mode: String,
    pub steps: Vec<StepForm>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    pub color: String,
    /// Null for the colour below the first threshold.
    pub value: Option<f64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomForm {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub draw_style: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stacking: Option<ModeForm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thresholds_style: Option<ModeForm>,
}

/// Something that has nothing but a mode.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ModeForm {
    pub mode: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionsForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reduce_options: Option<ReduceForm>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReduceForm {
    pub calcs: Vec<String>,
    pub fields: String,
    pub values: bool,
}
