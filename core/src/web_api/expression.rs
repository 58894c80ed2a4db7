//! `format_query`, `parse_query` and `query_exemplars`: what can be said of an expression without computing it.

use super::query::expression;
use super::reply::ApiError;
use super::tables::{Answer, Asked, told};
use super::{time, tree};
use crate::base::json::write_text;
use crate::promql::syntax::{self, LINE_BYTES, pretty};

/// `format_query`
pub fn format(asked: &Asked<'_>) -> Answer {
    let expr = expression(asked.source, asked.form.first("query"))?;
    told(&mut |json| write_text(json, &pretty(&expr, LINE_BYTES)))
}

/// `parse_query`
pub fn parse(asked: &Asked<'_>) -> Answer {
    let expr = expression(asked.source, asked.form.first("query"))?;
    told(&mut |json| tree::write(json, &expr))
}

/// `query_exemplars`. The store keeps no exemplars, as a Prometheus without the feature `exemplar-storage`.
pub fn exemplars(asked: &Asked<'_>) -> Answer {
    let (start, end) = time::span(asked.form)?;
    if end < start {
        return Err(ApiError::bad_data("end timestamp must not be before start timestamp"));
    }
    let text = asked.form.first("query");
    syntax::parse(text, &asked.source.language).map_err(|errors| {
        ApiError::bad_data(errors.first().map_or_else(String::new, |error| error.located(text)))
    })?;
    told(&mut |json| json.push_str("[]"))
}
