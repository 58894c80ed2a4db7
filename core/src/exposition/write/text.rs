//! The text format 0.0.4 as Prometheus's client libraries print it.

use std::fmt::Write as _;

use super::value::{Series, push_escaped, push_family_name, push_float, push_series};
use crate::exposition::{Family, Point, Suffix};
use crate::model::labels::is_plain_metric_name;
use crate::model::metric::MetricType;

/// The word of the `# TYPE` line; types that only OpenMetrics has become the nearest one.
const fn type_word(metric_type: MetricType) -> &'static str {
    match metric_type {
        MetricType::Counter => "counter",
        MetricType::Gauge | MetricType::Info | MetricType::StateSet => "gauge",
        MetricType::Histogram | MetricType::GaugeHistogram => "histogram",
        MetricType::Summary => "summary",
        MetricType::Unknown => "untyped",
    }
}

/// Adds a family: its metadata lines, then a line a point. Start times (`_created`) and exemplars are left out, the
/// format has no place for them.
pub(super) fn write_family(family: &Family, page: &mut String) {
    if !family.help.is_empty() {
        page.push_str("# HELP ");
        push_family_name(page, &family.name);
        page.push(' ');
        push_escaped(page, &family.help, false);
        page.push('\n');
    }
    page.push_str("# TYPE ");
    push_family_name(page, &family.name);
    page.push(' ');
    page.push_str(type_word(family.metric_type));
    page.push('\n');
    let is_plain = is_plain_metric_name(&family.name);
    for point in family.points.iter().filter(|point| point.suffix != Suffix::Created) {
        write_point(family, is_plain, point, page);
    }
}

fn write_point(family: &Family, is_plain: bool, point: &Point, page: &mut String) {
    let bound = super::bound_label(family.metric_type);
    let (name, suffix) = family.sample_name(point.suffix);
    push_series(page, &Series { name, is_plain, suffix, labels: &point.labels, bound, float_bound: false });
    page.push(' ');
    push_float(page, point.value);
    if let Some(at) = point.at {
        let written = write!(page, " {}", at.0);
        debug_assert!(written.is_ok(), "writing to a String does not fail");
    }
    page.push('\n');
}
