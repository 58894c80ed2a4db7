//! The names of what the observer collects, looked up when they may have changed.

use crate::exposition::bound_as_float;
use crate::model::labels::{Label, Labels, METRIC_NAME};
use crate::sim::FamilyList;

/// The label sets with the metric's name, in the order of the page. `normalizes_bounds`: bounds of buckets and quantiles
/// are written as floats.
pub fn label_sets(page: &FamilyList, normalizes_bounds: bool) -> impl Iterator<Item = Labels> + '_ {
    page.families.iter().flat_map(move |family| {
        family.points.iter().map(move |point| {
            let mut builder = point.labels.to_builder();
            for Label { name, value } in point.labels.iter().filter(|_| normalizes_bounds) {
                if let Some(bound) = bound_as_float(family.metric_type, name, value) {
                    builder.set(name.clone(), bound);
                }
            }
            builder.set(METRIC_NAME, format!("{}{}", family.name, point.suffix.text()));
            builder.build()
        })
    })
}
