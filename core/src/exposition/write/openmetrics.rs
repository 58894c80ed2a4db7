//! OpenMetrics 1.0 as Prometheus's client libraries print it, without the closing `# EOF`.

use super::value::{
    Series, push_escaped, push_exemplar_labels, push_family_name, push_float, push_openmetrics_float,
    push_seconds, push_series,
};
use crate::exposition::{Family, Point, Suffix};
use crate::model::labels::is_plain_metric_name;
use crate::model::metric::MetricType;

/// Adds a family: its metadata lines, then a line a point.
pub(super) fn write_family(family: &Family, page: &mut String) {
    let name = family.base_name();
    push_metadata(page, "# TYPE ", name, |page| page.push_str(type_word(family)));
    let may_have_unit = !matches!(family.metric_type, MetricType::Info | MetricType::StateSet);
    if may_have_unit
        && !family.unit.is_empty()
        && name.strip_suffix(&*family.unit).is_some_and(|rest| rest.ends_with('_'))
    {
        push_metadata(page, "# UNIT ", name, |page| page.push_str(&family.unit));
    }
    if !family.help.is_empty() {
        push_metadata(page, "# HELP ", name, |page| push_escaped(page, &family.help, true));
    }
    let is_plain = is_plain_metric_name(&family.name);
    for point in &family.points {
        write_point(family, is_plain, point, page);
    }
}

fn push_metadata(page: &mut String, keyword: &str, name: &str, push_text: impl FnOnce(&mut String)) {
    page.push_str(keyword);
    push_family_name(page, name);
    page.push(' ');
    push_text(page);
    page.push('\n');
}

/// A counter without `_total` is no counter in OpenMetrics; Go's library calls it unknown.
fn type_word(family: &Family) -> &'static str {
    let is_bare = family.base_name().len() == family.name.len();
    match family.metric_type {
        MetricType::Counter | MetricType::Info if is_bare => MetricType::Unknown.name(),
        metric_type => metric_type.name(),
    }
}

fn write_point(family: &Family, is_plain: bool, point: &Point, page: &mut String) {
    let bound = super::bound_label(family.metric_type);
    let (name, suffix) = family.sample_name(point.suffix);
    push_series(page, &Series { name, is_plain, suffix, labels: &point.labels, bound, float_bound: true });
    page.push(' ');
    match point.suffix {
        // Counts of observations are whole numbers.
        Suffix::Bucket | Suffix::Count | Suffix::GaugeCount => push_float(page, point.value),
        _ => push_openmetrics_float(page, point.value),
    }
    if let Some(at) = point.at {
        page.push(' ');
        push_seconds(page, at);
    }
    if let Some(exemplar) = point.exemplar.as_deref().filter(|_| may_have_exemplar(family, point)) {
        page.push_str(" # ");
        push_exemplar_labels(page, &exemplar.labels);
        page.push(' ');
        push_openmetrics_float(page, exemplar.value);
        if let Some(at) = exemplar.at {
            page.push(' ');
            push_seconds(page, at);
        }
    }
    page.push('\n');
}

/// Only the totals of counters and the buckets of histograms may carry one.
fn may_have_exemplar(family: &Family, point: &Point) -> bool {
    match (family.metric_type, point.suffix) {
        (MetricType::Counter, Suffix::None) => family.name.ends_with("_total"),
        (MetricType::Histogram | MetricType::GaugeHistogram, Suffix::Bucket) => true,
        _ => false,
    }
}
