//! The tables that ask single functions of the API.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::web_api::{self, Begun, GlobalUrl, Reply, Running, Timings};
use serde_json::Value;

use super::expected::error_type;
use super::world::{ask, begin, of_endpoints, pair};

/// The instant `ts` of the tables, and the last one as Go writes it.
const TS: i64 = 1_433_337_718_555;
const LATEST: &str = "292277025-08-18T07:12:54.999999999Z";
const LATEST_MS: i64 = 9_223_309_901_257_974_999;

fn verdict<T: std::fmt::Debug>(
    actual: Result<T, String>,
    fails: bool,
    fits: impl Fn(&T) -> bool,
) -> Result<(), String> {
    match &actual {
        Err(_) if fails => Ok(()),
        Ok(value) if !fails && fits(value) => Ok(()),
        other => Err(format!("{other:?}")),
    }
}

/// Instants.
pub fn time(case: &Value) -> Result<(), String> {
    let text = case["input"].as_str().unwrap_or(LATEST);
    let expected = match (&case["result"], case["result"]["unix_ns"].as_i64()) {
        (_, Some(nanoseconds)) => nanoseconds / 1_000_000,
        (Value::String(name), _) if name == "MaxTime" => LATEST_MS,
        _ => TS,
    };
    verdict(web_api::parse_time(text), case["fail"] == true, |at| *at == Timestamp(expected))
}

/// Instants of parameters: all of time where none is given.
pub fn time_parameter(case: &Value) -> Result<(), String> {
    let (name, text) =
        (case["paramName"].as_str().unwrap_or_default(), case["paramValue"].as_str().unwrap_or_default());
    let (status, reply) = ask(&of_endpoints(), "GET", "/labels", &[pair(name, text)])?;
    let is_all = reply["data"].as_array().is_some_and(|names| names.len() == 5);
    // The only instant in the table is long after the samples.
    if status == 200 && is_all == text.is_empty() { Ok(()) } else { Err(reply.to_string()) }
}

/// Lengths of time.
pub fn length(case: &Value) -> Result<(), String> {
    let text = case["input"].as_str().unwrap_or_default();
    let expected = case["result"]["ns"].as_i64();
    verdict(web_api::parse_length(text), case["fail"] == true, |length| Some(*length) == expected)
}

/// URLs seen from outside.
pub fn global_url(case: &Value) -> Result<(), String> {
    let (url, options, expected) =
        (&case["value"][0]["args"][1], &case["value"][1], &case["value"][2]["args"][1]);
    let text = |field: &str| options[field].as_str().unwrap_or_default();
    let own = GlobalUrl { listen_address: text("ListenAddress"), host: text("Host"), scheme: text("Scheme") };
    let actual = web_api::global_url(url.as_str().unwrap_or_default(), &own);
    if *expected == *actual { Ok(()) } else { Err(format!("{actual}, not {expected}")) }
}

/// The kinds of a query's failure, where the query can be made to fail so.
pub fn error(case: &Value) -> Result<(), String> {
    let error = case["err"].to_string();
    let reply = if error.contains("ErrQueryTimeout") {
        begun("1")?.reply(&Timings::default())
    } else if error.contains("Cancel") {
        Running::canceled()
    } else if error.contains("exec error") {
        let mut failing = begun("test_metric1 * on() test_metric2 * on() test_metric1")?;
        while !failing.advance(1000) {}
        failing.reply(&Timings::default())
    } else {
        return Err("our store has no way to fail".to_owned());
    };
    let json: Value = serde_json::from_str(&reply.body).map_err(|error| error.to_string())?;
    let expected = case["expected"].as_str().and_then(error_type);
    if json["errorType"].as_str() == expected { Ok(()) } else { Err(format!("{json}, not {expected:?}")) }
}

fn begun(query: &str) -> Result<Running, String> {
    match begin(&of_endpoints(), "GET", "/query", &[pair("query", query), pair("time", "60")]) {
        Begun::Running(running) => Ok(*running),
        Begun::Answered(reply) => Err(format!("{reply:?}")),
        Begun::Deed(deed) => Err(format!("{deed:?}")),
    }
}

/// A success in JSON, whatever else the client would take; there is no other encoding.
pub fn success(case: &Value) -> Result<(), String> {
    let reply = Reply::success(&mut |json| json.push_str("\"test\""), &[], &[]);
    if case["expectedContentType"] == reply.content_type && case["expectedBody"] == *reply.body {
        Ok(())
    } else {
        Err(format!("{reply:?}"))
    }
}
