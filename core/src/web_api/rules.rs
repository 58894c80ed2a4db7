//! What is asked of rules and alerts. There are no rules yet, so the lists are empty; what a request
//! gets wrong is refused all the same.

use super::reply::ApiError;
use super::tables::{Answer, Asked, told};
use super::time::go_integer;
use crate::base::number::quote;
use crate::promql::syntax::parse_selector;

/// `rules`
pub fn rules(asked: &Asked<'_>) -> Answer {
    let form = asked.form;
    let kind = form.first("type");
    if !matches!(kind.to_ascii_lowercase().as_str(), "" | "alert" | "record") {
        return Err(ApiError::parameter("type", &format!("not supported value {}", quote(kind))));
    }
    for text in form.all("match[]") {
        parse_selector(text).map_err(|errors| {
            ApiError::bad_data(errors.first().map_or_else(String::new, |error| error.located(text)))
        })?;
    }
    let exclude = form.first("exclude_alerts");
    let truths = ["1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False"];
    if !exclude.is_empty() && !truths.contains(&exclude) {
        let reason = format!("strconv.ParseBool: parsing {}: invalid syntax", quote(exclude));
        return Err(ApiError::parameter(
            "exclude_alerts",
            &format!("error converting exclude_alerts: {reason}"),
        ));
    }
    check_page(form.first("group_limit"), form.first("group_next_token"))?;
    told(&mut |json| json.push_str("{\"groups\":[]}"))
}

/// Where the groups are asked for page by page: no page but the first exists.
fn check_page(limit: &str, token: &str) -> Result<(), ApiError> {
    if limit.is_empty() {
        let reason = "group_limit needs to be present in order to paginate over the groups";
        return if token.is_empty() { Ok(()) } else { Err(ApiError::parameter("group_next_token", reason)) };
    }
    let groups = go_integer(limit, "ParseInt", i64::from(i32::MAX)).map_err(|reason| {
        ApiError::parameter("group_limit", &format!("group_limit needs to be a valid number: {reason}"))
    })?;
    if groups <= 0 {
        return Err(ApiError::parameter("group_limit", "group_limit needs to be greater than 0"));
    }
    if token.is_empty() {
        return Ok(());
    }
    let reason = format!("invalid group_next_token '{token}'. were rule groups changed?");
    Err(ApiError::parameter("group_next_token", &reason))
}

/// `alerts`
pub fn alerts(_: &Asked<'_>) -> Answer {
    told(&mut |json| json.push_str("{\"alerts\":[]}"))
}

/// `alertmanagers`
pub fn alertmanagers(_: &Asked<'_>) -> Answer {
    told(&mut |json| json.push_str("{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}"))
}

/// `notifications`
pub fn notifications(_: &Asked<'_>) -> Answer {
    told(&mut |json| json.push_str("[]"))
}
