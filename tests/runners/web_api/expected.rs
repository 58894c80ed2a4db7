//! What a record expects, as the JSON that the API should send.

use scrapeyard_core::base::time::Timestamp;
use serde_json::{Map, Value, json};

use super::world::NOW;

/// When the table's targets were scraped.
pub const SCRAPED_AT: Timestamp = Timestamp(1_500_000);

/// The word of an error that a record names; `None` for none.
pub fn error_type(name: &str) -> Option<&'static str> {
    Some(match name {
        "errorBadData" => "bad_data",
        "errorExec" => "execution",
        "errorTimeout" => "timeout",
        "errorCanceled" => "canceled",
        "errorUnavailable" => "unavailable",
        "errorInternal" => "internal",
        _ => return None,
    })
}

/// Milliseconds of an instant that a record computes from `start`, the epoch.
fn millis(call: &Value) -> i64 {
    match call {
        Value::String(name) if name == "start" => 0,
        Value::Number(number) => number.as_i64().unwrap_or_default(),
        _ if call["_call"] == "api.now" => NOW.0,
        _ if call["_call"] == "start.Add" => call["args"][0]["ns"].as_i64().unwrap_or_default() / 1_000_000,
        _ => millis(&call["args"][0]),
    }
}

fn sample(at: &Value, value: &Value) -> Value {
    let number = value.as_f64().unwrap_or(f64::NAN);
    json!([millis(at) as f64 / 1000.0, number.to_string()])
}

/// The data that a record's `response` means.
pub fn data(response: &Value) -> Value {
    match response {
        Value::Array(items) => items.iter().map(data).collect(),
        Value::Object(fields) => object(fields, response),
        Value::String(text) => json!(constant(text)),
        other => other.clone(),
    }
}

/// What a name of the table stands for; any other text stands for itself.
fn constant(text: &str) -> Value {
    match text {
        "Replace" => json!("replace"),
        "Drop" => json!("drop"),
        "MetricTypeGauge" => json!("gauge"),
        "MetricTypeSummary" => json!("summary"),
        "scrapeStart" => json!("1970-01-01T00:25:00Z"),
        "sampleFlagMap" => json!({"flag1": "value1", "flag2": "value2"}),
        other => json!(other),
    }
}

fn object(fields: &Map<String, Value>, whole: &Value) -> Value {
    match whole["type"].as_str() {
        Some("QueryData") => {
            let kind = match whole["ResultType"].as_str() {
                Some("ValueTypeScalar") => "scalar",
                Some("ValueTypeVector") => "vector",
                _ => "matrix",
            };
            return json!({"resultType": kind, "result": data(&whole["Result"])});
        }
        Some("Scalar") => return sample(&whole["T"], &whole["V"]),
        Some("Series") => {
            let floats = whole["Floats"].as_array().into_iter().flatten();
            let values: Vec<Value> = floats.map(|point| sample(&point["T"], &point["F"])).collect();
            return json!({"metric": whole["Metric"], "values": values});
        }
        Some("prometheusConfig") => return json!({"yaml": "global: {}\n"}),
        _ => {}
    }
    if let (Some(at), Some(value)) = (fields.get("Ts"), fields.get("Value").and_then(Value::as_f64)) {
        let at = millis(at) as f64 / 1000.0;
        return json!({"labels": data(&whole["Labels"]), "value": value.to_string(), "timestamp": at});
    }
    if let Some(labels) = fields.get("labels").filter(|_| fields.len() == 1) {
        return labels.clone();
    }
    let is_metadata = fields.contains_key("Help") && !fields.contains_key("Target");
    if whole["_call"] == "relabel.MustNewRegexp" {
        return whole["args"][0].clone();
    }
    let mut told: Map<String, Value> = fields
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "type" | "NameValidationScheme"))
        .map(|(name, value)| (json_name(name), data(value)))
        .collect();
    if is_metadata {
        told.entry("unit").or_insert_with(|| json!(""));
    }
    Value::Object(told)
}

/// The name that a field has in JSON.
fn json_name(field: &str) -> String {
    match field {
        "MetricFamily" => "metric".to_owned(),
        "RuleGroups" => "groups".to_owned(),
        "GroupNextToken" => "groupNextToken".to_owned(),
        "ScrapeURL" => "scrapeUrl".to_owned(),
        "GlobalURL" => "globalUrl".to_owned(),
        other if other.starts_with(|first: char| first.is_ascii_uppercase()) => {
            format!("{}{}", other[..1].to_ascii_lowercase(), &other[1..])
        }
        other => other.to_owned(),
    }
}
