//! The tables that ask endpoints.

use std::sync::Arc;

use scrapeyard_core::base::bytes::text_of;
use scrapeyard_core::web_api::{Begun, Scraping, Undone};
use serde_json::{Value, json};

use super::expected::{data, error_type};
use super::world::{
    ask, begin, of_endpoints, of_exemplars, of_series, pair, with_metadata, with_rules, with_targets,
};

/// The parameters of a record; those that it computes cannot be had.
fn form(query: &Value) -> Result<Vec<(String, String)>, String> {
    let mut form = Vec::new();
    for (name, values) in query.as_object().into_iter().flatten() {
        for value in values.as_array().into_iter().flatten() {
            match value.as_str() {
                Some(text) => form.push(pair(name, text)),
                // A token of the next page: it names a group, whatever it looks like.
                None if value["_call"] == "getRuleGroupNextToken" => form.push(pair(name, "token")),
                None => return Err(format!("parameter {name} is {value}")),
            }
        }
    }
    Ok(form)
}

/// The path of an endpoint, with the name that a record puts into it.
fn path(case: &Value) -> Result<String, String> {
    Ok(match case["endpoint"].as_str().unwrap_or_default() {
        "api.query" => "/query".into(),
        "api.queryRange" => "/query_range".into(),
        "api.queryExemplars" => "/query_exemplars".into(),
        "api.formatQuery" => "/format_query".into(),
        "api.series" => "/series".into(),
        "api.labelNames" => "/labels".into(),
        "api.labelValues" => format!("/label/{}/values", encoded(&case["params"]["name"])),
        "api.targets" => "/targets".into(),
        "api.targetMetadata" => "/targets/metadata".into(),
        "api.targetRelabelSteps" => "/targets/relabel_steps".into(),
        "api.metricMetadata" => "/metadata".into(),
        "api.alertmanagers" => "/alertmanagers".into(),
        "api.alerts" => "/alerts".into(),
        "api.rules" => "/rules".into(),
        "api.serveConfig" => "/status/config".into(),
        "api.serveFlags" => "/status/flags".into(),
        other => return Err(format!("unknown endpoint {other}")),
    })
}

/// A name for a path, every byte of it encoded.
fn encoded(name: &Value) -> String {
    if let Some(hex) = name["_bytes_hex"].as_str() {
        return hex.as_bytes().chunks(2).map(|byte| format!("%{}", text_of(byte))).collect();
    }
    name.as_str().unwrap_or_default().bytes().map(|byte| format!("%{byte:02x}")).collect()
}

/// Holds a reply against the error that is expected; `true` where one was, and came.
fn is_expected_error((status, reply): &(u16, Value), wanted: Option<&str>) -> Result<bool, String> {
    let Some(wanted) = wanted.and_then(error_type) else {
        let is_success = *status == 200 && reply["status"] == "success";
        return if is_success { Ok(false) } else { Err(format!("{status} {reply}")) };
    };
    let is_it = *status >= 400 && reply["status"] == "error" && reply["errorType"] == wanted;
    if is_it { Ok(true) } else { Err(format!("{status} {reply}, not {wanted}")) }
}

fn same(actual: &Value, expected: &Value) -> Result<(), String> {
    // JSON knows 2 and 2.0 apart; the API does not.
    let plain = |value: &Value| value.to_string().replace(".0,", ",").replace(".0]", "]");
    if plain(actual) == plain(expected) { Ok(()) } else { Err(format!("{actual}, not {expected}")) }
}

/// A record of the table of all endpoints, with both methods where it may.
pub fn endpoint(case: &Value) -> Result<(), String> {
    let mut source = of_endpoints();
    source.scraping = Some(match case["endpoint"].as_str() {
        Some("api.targets") => with_targets(),
        Some("api.serveConfig") => Scraping { configuration: "global: {}\n".into(), ..Scraping::default() },
        Some("api.targetRelabelSteps") => with_rules(),
        _ => with_metadata(&case["metadata"]),
    });
    let takes_forms = [
        "api.query",
        "api.queryRange",
        "api.queryExemplars",
        "api.formatQuery",
        "api.series",
        "api.labelNames",
    ];
    let takes_forms = takes_forms.contains(&case["endpoint"].as_str().unwrap_or_default());
    let methods = if takes_forms { &["GET", "POST"][..] } else { &["GET"] };
    for method in methods {
        let mut reply = ask(&source, method, &path(case)?, &form(&case["query"])?)?;
        if is_expected_error(&reply, case["errType"].as_str())? {
            continue;
        }
        let counts = reply.1.pointer_mut("/data/droppedTargetCounts").and_then(Value::as_object_mut);
        if let Some(counts) = counts {
            // The table's scraper counts only jobs that dropped something; the real one counts all.
            counts.retain(|_, count| count != 0);
        }
        let told = &reply.1["data"];
        if let Some(text) = case["responseAsJSON"].as_str() {
            same(told, &serde_json::from_str(text).map_err(|error| error.to_string())?)?;
        } else if !case["response"].is_null() {
            same(told, &data(&case["response"]))?;
        }
        let length = told.as_array().map(Vec::len).or_else(|| told.as_object().map(serde_json::Map::len));
        let entries = told.as_object().into_iter().flatten();
        let metadata: usize = entries.map(|(_, entries)| entries.as_array().map_or(0, Vec::len)).sum();
        let warnings = reply.1["warnings"].as_array().map_or(0, Vec::len);
        for (name, actual) in [
            ("responseLen", length.unwrap_or_default()),
            ("responseMetadataTotal", metadata),
            ("warningsCount", warnings),
        ] {
            if case[name].as_u64().is_some_and(|wanted| wanted != actual as u64) {
                return Err(format!("{name} is {actual}: {}", reply.1));
            }
        }
    }
    Ok(())
}

/// Errors of a store that was made to fail: ours cannot.
fn store_must_work(case: &Value) -> Result<(), String> {
    if case["api"].is_string() { Ok(()) } else { Err("our store has no way to fail".to_owned()) }
}

fn matchers(case: &Value) -> Vec<(String, String)> {
    let texts = case["matchers"].as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.map(|text| pair("match[]", text)).collect()
}

/// Series by selectors.
pub fn series(case: &Value) -> Result<(), String> {
    store_must_work(case)?;
    let reply = ask(&of_series(), "GET", "/series", &matchers(case))?;
    same(&reply.1["data"], &data(&case["expected"]))
}

/// Exemplars of what an expression selects.
pub fn exemplars(case: &Value) -> Result<(), String> {
    store_must_work(case)?;
    let reply = ask(&of_exemplars(), "GET", "/query_exemplars", &form(&case["query"])?)?;
    same(&reply.1["data"], &data(&case["exemplars"]))
}

/// Label names by selectors.
pub fn label_names(case: &Value) -> Result<(), String> {
    store_must_work(case)?;
    let mut form = matchers(case);
    form.extend(case["limit"].as_str().map(|limit| pair("limit", limit)));
    let reply = ask(&of_series(), "GET", "/labels", &form)?;
    same(&reply.1["data"], &data(&case["expected"]))
}

/// Administration, and a store that is not there or fails.
pub fn administration(case: &Value) -> Result<(), String> {
    let path = match case["endpoint"].as_str() {
        Some("snapshotAPI") => "/admin/tsdb/snapshot",
        Some("cleanAPI") => "/admin/tsdb/clean_tombstones",
        _ => "/admin/tsdb/delete_series",
    };
    let mut source = of_endpoints();
    Arc::make_mut(&mut source.server).is_admin_enabled = case["enableAdmin"] == true;
    let reply = match begin(&source, "POST", path, &form(&case["values"])?) {
        Begun::Answered(reply) => reply,
        Begun::Running(_) => return Err("a query".to_owned()),
        Begun::Deed(deed) => deed.reply(match case["db"].as_str() {
            Some("tsdbNotReady") => Err(Undone::NotReady),
            Some("tsdbWithError") => Err(Undone::Failed("some error".to_owned())),
            _ => Ok("name".to_owned()),
        }),
    };
    if reply.status == 204 && error_type(case["errType"].as_str().unwrap_or_default()).is_none() {
        return Ok(());
    }
    let json = serde_json::from_str(&reply.body).map_err(|error| format!("{error}: {}", reply.body))?;
    is_expected_error(&(reply.status, json), case["errType"].as_str()).map(drop)
}

/// What the store is spent on.
pub fn tsdb(case: &Value) -> Result<(), String> {
    let reply = ask(&of_endpoints(), "GET", "/status/tsdb", &form(&case["values"])?)?;
    if !is_expected_error(&reply, case["errType"].as_str())? {
        same(&reply.1["data"]["headStats"]["numSeries"], &json!(10))?;
    }
    Ok(())
}

/// Statistics of a query.
pub fn statistics(case: &Value) -> Result<(), String> {
    if case["renderer"].is_object() {
        return Err("statistics have one form".to_owned());
    }
    let wish = case["param"].as_str().unwrap_or_default();
    let (_, reply) = ask(&of_endpoints(), "GET", "/query", &[pair("query", "2"), pair("stats", wish)])?;
    let statistics = &reply["data"]["stats"];
    let has_all = statistics["timings"]["evalTotalTime"].is_number()
        && statistics["samples"]["totalQueryableSamples"].is_u64()
        && statistics["samples"]["peakSamples"].is_u64();
    let has_steps = statistics["samples"]["totalQueryableSamplesPerStep"].is_array();
    if has_all && has_steps == (wish == "all") { Ok(()) } else { Err(statistics.to_string()) }
}

/// Which options of a query are taken.
pub fn query_options(case: &Value) -> Result<(), String> {
    let mut form = form(&case["form"])?;
    form.push(pair("query", "2"));
    let (status, reply) = ask(&of_endpoints(), "GET", "/query", &form)?;
    if let Some(error) = case["err"].as_str() {
        return if reply["error"] == error { Ok(()) } else { Err(format!("{status} {reply}")) };
    }
    let has_steps = reply["data"]["stats"]["samples"]["totalQueryableSamplesPerStep"].is_array();
    if has_steps == (case["expect"]["args"][0] == true) { Ok(()) } else { Err(reply.to_string()) }
}

/// A time-out arrives, by either method.
pub fn timeout(case: &Value) -> Result<(), String> {
    let method = if case["method"] == "http.MethodPost" { "POST" } else { "GET" };
    match begin(&of_endpoints(), method, "/query", &[pair("query", "2"), pair("timeout", "1s")]) {
        Begun::Running(running) if running.timeout() == Some(1_000_000_000) => Ok(()),
        other => Err(format!("{other:?}")),
    }
}
