//! Views of the stores: their sizes, the names in them. Changes nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::doors::Lab;
use super::problem::Problem;
use super::store::StoreId;
use super::view::{MetricView, StoreView};
use crate::base::time::Timestamp;
use crate::model::labels::METRIC_NAME;
use crate::model::matcher::Matcher;
use crate::tsdb::Head;

/// The most names that one answer holds.
const MAX_NAMES: usize = 10_000;

/// A store.
///
/// # Errors
/// When there is none of that name.
pub fn head(lab: &Lab, store: &StoreId) -> Result<Arc<Head>, Problem> {
    lab.store(store).ok_or_else(|| {
        let said = match store {
            StoreId::Pushed => "nobody pushes in this yard".to_owned(),
            StoreId::Before => "no line of time was left behind".to_owned(),
            other => format!("no such store: {other}"),
        };
        Problem::new("no-such-store", said)
    })
}

/// The series of a store, or of one metric in it.
fn series_labels<'a>(
    head: &'a Head,
    metric: Option<&str>,
) -> impl Iterator<Item = &'a crate::model::labels::Labels> {
    let matchers: Vec<Matcher> =
        metric.map(|metric| Matcher::equal(METRIC_NAME, metric)).into_iter().collect();
    head.select(&matchers, Timestamp::MIN, Timestamp::MAX).into_iter().map(|series| head.labels(series))
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    names.collect::<BTreeSet<String>>().into_iter().take(MAX_NAMES).collect()
}

/// The label names of a store.
pub fn label_names(lab: &Lab, store: &StoreId, metric: Option<&str>) -> Result<Vec<String>, Problem> {
    let head = head(lab, store)?;
    Ok(sorted(series_labels(&head, metric).flatten().map(|label| label.name.to_string())))
}

/// The values of a label in a store.
pub fn label_values(
    lab: &Lab,
    store: &StoreId,
    label: &str,
    metric: Option<&str>,
) -> Result<Vec<String>, Problem> {
    let head = head(lab, store)?;
    Ok(sorted(series_labels(&head, metric).filter_map(|labels| labels.get(label)).map(str::to_owned)))
}

/// The metric names of a store.
pub fn metrics(lab: &Lab, store: &StoreId) -> Result<Vec<MetricView>, Problem> {
    let names = label_values(lab, store, METRIC_NAME, None)?;
    let view = |name| MetricView { name, metric_type: String::new(), help: String::new() };
    Ok(names.into_iter().map(view).collect())
}

/// All stores with their sizes.
pub fn stores(lab: &Lab) -> Vec<StoreView> {
    let others = [StoreId::Truth, StoreId::Before];
    let pulled = lab.state().prometheus_names().into_iter().map(StoreId::Prometheus);
    let imported = lab.state().imported_names().into_iter().map(StoreId::Imported);
    let all = pulled.chain(others).chain(imported);
    all.filter_map(|store| lab.store(&store).map(|head| view(store, &head))).collect()
}

fn view(store: StoreId, head: &Head) -> StoreView {
    let series = head.select(&[], Timestamp::MIN, Timestamp::MAX).len() as u64;
    StoreView { store, series, samples: 0, chunk_bytes: 0, spans: None }
}
