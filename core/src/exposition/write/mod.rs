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
