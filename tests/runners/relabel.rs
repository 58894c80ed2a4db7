//! Relabeling rules against Prometheus's test tables.

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::scrape::relabel;

use crate::frame;

/// The corpus as one test.
pub fn trials() -> Vec<Trial> {
    vec![Trial::test("relabel/conformance", conformance)]
}

fn conformance() -> Result<(), Failed> {
    let Some(list) = frame::conformance::find("relabel.jsonl") else { return Ok(()) };
    let (mut passed, mut total, mut failures) = (0, 0, Vec::new());
    for line in std::fs::read_to_string(&list)?.lines() {
        let case: serde_json::Value = serde_json::from_str(line)?;
        total += 1;
        match check(&case) {
            Ok(()) => passed += 1,
            Err(failure) => failures.push(format!("line {total}: {failure}")),
        }
    }
    frame::ratchet::hold("relabel", "relabel.jsonl", passed, total, &failures)
}

fn check(case: &serde_json::Value) -> Result<(), String> {
    match case["func"].as_str().unwrap_or("") {
        "TestRelabel" => {
            let rules = rules_of(&case["relabel"])?;
            let labels = labels_of(&case["input"]);
            let work = &mut relabel::Work::default();
            let actual = relabel::Relabeling { rules: &rules, legacy: false, work }.process(&labels);
            let actual = actual.map_err(|excess| excess.to_string())?;
            let expected = (case["drop"] != true).then(|| labels_of(&case["output"]));
            if actual == expected { Ok(()) } else { Err(format!("{actual:?}, not {expected:?}")) }
        }
        "TestRelabelValidate" => {
            let legacy = case["config"]["NameValidationScheme"] == "LegacyValidation";
            let verdict =
                rules_of(&serde_json::json!([case["config"]])).and_then(|rules| rules[0].validate(legacy));
            match (verdict, case["expected"].as_str()) {
                (Ok(()), None) => Ok(()),
                (Err(error), Some(expected)) if error.contains(expected) => Ok(()),
                (verdict, expected) => Err(format!("{verdict:?}, not {expected:?}")),
            }
        }
        "TestTargetLabelLegacyValidity" => {
            let target = case["value"][0].as_str().unwrap_or("");
            let written = serde_json::json!([{"Action": "Replace", "TargetLabel": target}]);
            let valid = rules_of(&written).is_ok_and(|rules| rules[0].validate(true).is_ok());
            if valid == (case["value"][1] == true) { Ok(()) } else { Err(format!("{target}: {valid}")) }
        }
        "TestConfig_UnmarshalThenMarshal" => parse_rule(case["inputYaml"].as_str().unwrap_or("")).map(drop),
        "TestRegexp_JSONUnmarshalThenMarshal" => {
            let fields: serde_json::Value = serde_json::from_str(case["input"].as_str().unwrap_or(""))
                .map_err(|error| error.to_string())?;
            let rule = parse_rule(&format!("target_label: x\n{}", yaml_of(&fields)))?;
            if rule.pattern == fields["regex"] { Ok(()) } else { Err(format!("regex {}", rule.pattern)) }
        }
        other => Err(format!("unknown table {other}")),
    }
}

fn labels_of(value: &serde_json::Value) -> Labels {
    let pairs = value.as_object().into_iter().flatten();
    Labels::from_pairs(pairs.map(|(name, value)| (name.as_str(), value.as_str().unwrap_or(""))))
}

/// The rules of a Go test table, by way of the YAML that a user would write.
fn rules_of(rules: &serde_json::Value) -> Result<Vec<relabel::Rule>, String> {
    let rules = rules.as_array().map_or(&[][..], Vec::as_slice);
    rules.iter().map(|rule| parse_rule(&rule_text(rule)?)).collect()
}

fn rule_text(rule: &serde_json::Value) -> Result<String, String> {
    let mut fields = serde_json::Map::new();
    for (name, value) in rule.as_object().into_iter().flatten() {
        let name = match name.as_str() {
            "SourceLabels" => "source_labels",
            "Regex" => {
                let pattern = value.get("regex").unwrap_or(value).clone();
                fields.insert("regex".to_owned(), pattern);
                continue;
            }
            "Separator" => "separator",
            "Modulus" => "modulus",
            "TargetLabel" => "target_label",
            "Replacement" if value == "DefaultRelabelConfig.Replacement" => continue,
            "Replacement" => "replacement",
            "Action" => "action",
            "type" | "NameValidationScheme" => continue,
            other => return Err(format!("unknown field {other}")),
        };
        fields.insert(name.to_owned(), value.clone());
    }
    // The tables of validation leave the action out to mean none.
    if rule.get("type").is_some() && rule.get("Action").is_none() {
        fields.insert("action".to_owned(), serde_json::Value::Null);
    }
    Ok(yaml_of(&fields.into()))
}

/// JSON is YAML, but for a field a line the errors have lines.
fn yaml_of(fields: &serde_json::Value) -> String {
    fields.as_object().into_iter().flatten().map(|(name, value)| format!("{name}: {value}\n")).collect()
}

fn parse_rule(text: &str) -> Result<relabel::Rule, String> {
    use scrapeyard_core::yaml::{Budget, Dialect, FromNode, read};
    let rule = read(text, Budget::default(), Dialect::V2, relabel::Rule::from_node);
    let rule = rule.map_err(|error| error.to_string())?.ok_or("no rule")?;
    rule.validate(false).map(|()| rule)
}
