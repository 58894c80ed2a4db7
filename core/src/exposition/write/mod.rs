//! Prints metric families as a page: text 0.0.4 and OpenMetrics 1.0.

mod openmetrics;
mod text;
mod value;

use super::{Family, Format};
use crate::model::metric::MetricType;
pub use value::openmetrics_float;
pub(in crate::exposition) use value::{push_float, push_seconds};

/// Adds the page of `families` to `page`, in their order.
pub fn write_page(format: Format, families: &[Family], page: &mut String) {
    match format {
        Format::Text => families.iter().for_each(|family| text::write_family(family, page)),
        Format::OpenMetrics => {
            families.iter().for_each(|family| openmetrics::write_family(family, page));
            page.push_str("# EOF\n");
        }
    }
}

/// The label that bounds a sample of this type; it is written last.
const fn bound_label(metric_type: MetricType) -> Option<&'static str> {
    match metric_type {
        MetricType::Histogram | MetricType::GaugeHistogram => Some("le"),
        MetricType::Summary => Some("quantile"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;
    use crate::exposition::{Exemplar, Point, Suffix};
    use crate::model::labels::Labels;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        Labels::from_pairs(pairs.iter().copied())
    }

    fn page() -> Vec<Family> {
        let mut requests = Family::new("requests_total", MetricType::Counter, "All \"requests\"\\\nso far");
        requests.points.push(Point {
            at: Some(Timestamp(1_500)),
            exemplar: Some(Box::new(Exemplar {
                labels: labels(&[("trace_id", "x")]),
                value: 0.5,
                at: Some(Timestamp(1_250)),
            })),
            ..Point::new(labels(&[("code", "200"), ("path", "/a\"b")]), 1e6)
        });
        requests.points.push(Point::with_suffix(Suffix::Created, labels(&[("code", "200")]), 1.25));
        let mut latency = Family::new("latency_seconds", MetricType::Histogram, "");
        latency.unit = "seconds".into();
        for (suffix, pairs, value) in [
            (Suffix::Bucket, &[("le", "1"), ("zone", "z")][..], 2.0),
            (Suffix::Bucket, &[("le", "+Inf"), ("zone", "z")], 3.0),
            (Suffix::Sum, &[("zone", "z")], 4.0),
            (Suffix::Count, &[("zone", "z")], 3.0),
        ] {
            latency.points.push(Point::with_suffix(suffix, labels(pairs), value));
        }
        let mut odd = Family::new("a.b", MetricType::Unknown, "");
        odd.points.push(Point::new(labels(&[("c.d", "e")]), f64::NAN));
        odd.points.push(Point::new(Labels::default(), f64::NEG_INFINITY));
        let mut build = Family::new("app_build_info", MetricType::Info, "");
        build.points.push(Point::new(labels(&[("version", "1")]), 1.0));
        vec![requests, latency, odd, build]
    }

    #[test]
    fn text_has_bounds_last_and_no_created_lines_or_exemplars() {
        let mut text = String::new();
        write_page(Format::Text, &page(), &mut text);
        assert_eq!(
            text,
            r#"# HELP requests_total All "requests"\\\nso far
# TYPE requests_total counter
requests_total{code="200",path="/a\"b"} 1e+06 1500
# TYPE latency_seconds histogram
latency_seconds_bucket{zone="z",le="1"} 2
latency_seconds_bucket{zone="z",le="+Inf"} 3
latency_seconds_sum{zone="z"} 4
latency_seconds_count{zone="z"} 3
# TYPE "a.b" untyped
{"a.b","c.d"="e"} NaN
{"a.b"} -Inf
# TYPE app_build_info gauge
app_build_info{version="1"} 1
"#
        );
    }

    #[test]
    fn what_is_written_is_openmetrics_by_the_strict_reading() {
        let mut families = page();
        // Types that may not have what they are given here.
        let mut odd = Family::new("hits_seconds", MetricType::Info, "");
        odd.unit = "seconds".into();
        let mut bare = Family::new("hits", MetricType::Counter, "");
        let exemplar = Exemplar { labels: labels(&[("a", "b")]), value: 1.0, at: None };
        bare.points.push(Point { exemplar: Some(Box::new(exemplar)), ..Point::new(Labels::default(), 1.0) });
        families.extend([odd, bare]);
        let mut text = String::new();
        write_page(Format::OpenMetrics, &families, &mut text);
        let verdict =
            crate::exposition::check_openmetrics(text.as_bytes(), crate::exposition::Limits::default());
        assert_eq!(verdict, Ok(()), "{text}");
    }

    #[test]
    fn openmetrics_takes_endings_off_families_and_writes_floats() {
        let mut text = String::new();
        write_page(Format::OpenMetrics, &page(), &mut text);
        assert_eq!(
            text,
            r##"# TYPE requests counter
# HELP requests All \"requests\"\\\nso far
requests_total{code="200",path="/a\"b"} 1e+06 1.500 # {trace_id="x"} 0.5 1.250
requests_created{code="200"} 1.25
# TYPE latency_seconds histogram
# UNIT latency_seconds seconds
latency_seconds_bucket{zone="z",le="1.0"} 2
latency_seconds_bucket{zone="z",le="+Inf"} 3
latency_seconds_sum{zone="z"} 4.0
latency_seconds_count{zone="z"} 3
# TYPE "a.b" unknown
{"a.b","c.d"="e"} NaN
{"a.b"} -Inf
# TYPE app_build info
app_build_info{version="1"} 1.0
# EOF
"##
        );
    }
}
