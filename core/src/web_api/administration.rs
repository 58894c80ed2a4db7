//! `admin/tsdb/…`: what changes a store or writes it out. A request becomes a [`Deed`], which whoever serves carries out:
//! the API itself changes nothing.

use super::reply::{ApiError, ErrorType, Reply};
use super::tables::{Answer, Asked};
use super::{Begun, selection, time};
use crate::base::json::Object;
use crate::base::number::quote;
use crate::base::time::Timestamp;
use crate::model::matcher::Matcher;

/// What is to be done to a store.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Delete the samples with `from <= time <= to` of the series that one of the selectors matches.
    Delete {
        /// Each selector as it was written, and its matchers.
        selectors: Vec<(String, Vec<Matcher>)>,
        /// The first instant.
        from: Timestamp,
        /// The last instant.
        to: Timestamp,
    },
    /// Take what is deleted out of blocks. What is still in memory keeps its marks, as in a Prometheus.
    CleanTombstones,
    /// Write the store out.
    Snapshot {
        /// Whether with what is in memory.
        with_head: bool,
    },
}

/// Why a deed was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// There is no store yet.
    NotReady,
    /// It was begun and failed.
    Failed(String),
}

impl Deed {
    /// The reply to a deed that was done, or was not. A snapshot's outcome is its name, others have none to tell.
    #[must_use]
    pub fn reply(&self, outcome: Result<String, Undone>) -> Reply {
        match (self, outcome) {
            (_, Err(Undone::NotReady)) => refusal(ErrorType::Unavailable, "TSDB not ready".to_owned()),
            (_, Err(Undone::Failed(reason))) => refusal(ErrorType::Internal, reason),
            (Self::Snapshot { .. }, Ok(name)) => {
                let write_data = &mut |json: &mut String| {
                    let mut object = Object::begin(json);
                    object.text("name", &name);
                    object.end();
                };
                Reply::success(write_data, &[], &[])
            }
            (Self::Delete { .. } | Self::CleanTombstones, Ok(_)) => Reply::empty(204),
        }
    }
}

fn refusal(error_type: ErrorType, text: String) -> Reply {
    ApiError { error_type, text }.reply()
}

/// Nothing is done unless the program was started to allow it.
fn check_allowed(asked: &Asked<'_>) -> Result<(), ApiError> {
    if asked.source.server.is_admin_enabled {
        return Ok(());
    }
    Err(ApiError { error_type: ErrorType::Unavailable, text: "admin APIs disabled".to_owned() })
}

/// `admin/tsdb/delete_series`
pub fn delete_series(asked: &Asked<'_>) -> Answer {
    check_allowed(asked)?;
    if asked.form.all("match[]").next().is_none() {
        return Err(ApiError::bad_data("no match[] parameter provided"));
    }
    let (from, to) = time::span(asked.form)?;
    let matchers = selection::selectors(asked).map_err(|reason| ApiError::parameter("match[]", &reason))?;
    let texts = asked.form.all("match[]").map(str::to_owned);
    Ok(Begun::Deed(Deed::Delete { selectors: texts.zip(matchers).collect(), from, to }))
}

/// `admin/tsdb/clean_tombstones`
pub fn clean_tombstones(asked: &Asked<'_>) -> Answer {
    check_allowed(asked)?;
    Ok(Begun::Deed(Deed::CleanTombstones))
}

/// `admin/tsdb/snapshot`
pub fn snapshot(asked: &Asked<'_>) -> Answer {
    check_allowed(asked)?;
    let with_head = match asked.form.first("skip_head") {
        "" | "0" | "f" | "F" | "false" | "FALSE" | "False" => true,
        "1" | "t" | "T" | "true" | "TRUE" | "True" => false,
        other => {
            let reason = format!("strconv.ParseBool: parsing {}: invalid syntax", quote(other));
            let reason = format!("unable to parse boolean \"skip_head\" argument: {reason}");
            return Err(ApiError::parameter("skip_head", &reason));
        }
    };
    Ok(Begun::Deed(Deed::Snapshot { with_head }))
}
