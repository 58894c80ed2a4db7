//! `format_query` and `parse_query`: what can be said of an expression without computing it.

use super::query::expression;
use super::tables::{Answer, Asked, told};
use super::tree;
use crate::base::json::write_text;
use crate::promql::syntax::{LINE_BYTES, pretty};

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
