//! Prints the samples of a series, a line each.

use crate::base::number::quote;
use crate::base::time::Timestamp;
use crate::exposition::write::{push_float, push_seconds};
use crate::model::labels::{Labels, METRIC_NAME, is_plain_label_name, is_plain_metric_name};

/// The last line of a dump.
pub const DUMP_END: &str = "# EOF\n";

/// Adds a line a sample: `name{label="value"} value seconds`. `times` are milliseconds, as long as `values`.
/// A stale marker is printed as `NaN`, so it does not survive; promtool's does not either.
///
/// Differs: a name that needs quotes gets them (`{"a.b","c.d"="e"}`), since what promtool prints for it is refused by
/// every parser but ours.
pub fn write_dump_series(page: &mut String, labels: &Labels, times: &[i64], values: &[f64]) {
    let series = series_text(labels);
    for (time, value) in times.iter().zip(values) {
        page.push_str(&series);
        page.push(' ');
        push_float(page, *value);
        page.push(' ');
        push_seconds(page, Timestamp(*time));
        page.push('\n');
    }
}

fn series_text(labels: &Labels) -> String {
    let name = labels.metric_name().unwrap_or_default();
    let mut text = String::new();
    let mut separator = "";
    if is_plain_metric_name(name) {
        text.push_str(name);
        text.push('{');
    } else {
        text.push('{');
        text.push_str(&quote(name));
        separator = ",";
    }
    for label in labels.iter().filter(|label| &*label.name != METRIC_NAME) {
        text.push_str(separator);
        separator = ",";
        if is_plain_label_name(&label.name) {
            text.push_str(&label.name);
        } else {
            text.push_str(&quote(&label.name));
        }
        text.push('=');
        text.push_str(&quote(&label.value));
    }
    text.push('}');
    text
}
