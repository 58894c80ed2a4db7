//! Views of the stores: their sizes, the names in them. Changes nothing.

use std::sync::Arc;

use super::doors::Lab;
use super::export;
use super::problem::Problem;
use super::question::ExportForm;
use super::store::StoreId;
use super::view::{FileView, MetricView, StorageView, StoreView};
use crate::base::time::Millis;
use crate::model::labels::METRIC_NAME;
use crate::model::matcher::Matcher;
use crate::model::metric::MetricType;
use crate::tsdb::{Head, block};

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

fn of_metric(metric: Option<&str>) -> Vec<Matcher> {
    metric.map(|metric| Matcher::equal(METRIC_NAME, metric)).into_iter().collect()
}

fn names(found: Vec<Arc<str>>) -> Vec<String> {
    found.iter().take(MAX_NAMES).map(ToString::to_string).collect()
}

/// The label names of a store.
pub fn label_names(lab: &Lab, store: &StoreId, metric: Option<&str>) -> Result<Vec<String>, Problem> {
    Ok(names(head(lab, store)?.label_names(&of_metric(metric))))
}

/// The values of a label in a store.
pub fn label_values(
    lab: &Lab,
    store: &StoreId,
    label: &str,
    metric: Option<&str>,
) -> Result<Vec<String>, Problem> {
    Ok(names(head(lab, store)?.label_values(label, &of_metric(metric))))
}

/// The metric names of a store with type and help.
pub fn metrics(lab: &Lab, store: &StoreId) -> Result<Vec<MetricView>, Problem> {
    let head = head(lab, store)?;
    let names = names(head.label_values(METRIC_NAME, &[])).into_iter();
    Ok(names.map(|name| describe(lab, &head, name)).collect())
}

/// Type and help of a metric. The observer of the truth keeps none of its own: what the first Prometheus knows stands
/// in for it.
pub fn describe(lab: &Lab, head: &Head, name: String) -> MetricView {
    let pulled = || lab.store(&StoreId::Pulled);
    let known = |head: &Head| family_names(&name).find_map(|family| head.metadata(family).cloned());
    let metadata = known(head).or_else(|| known(&*pulled()?)).unwrap_or_default();
    let metric_type = match metadata.metric_type {
        MetricType::Unknown => "",
        known => known.name(),
    };
    MetricView { metric_type: metric_type.to_owned(), help: metadata.help.to_string(), name }
}

/// The families that a series' name may belong to: its own name, and without what histograms and counters add.
fn family_names(name: &str) -> impl Iterator<Item = &str> {
    let suffixes = ["_bucket", "_sum", "_count", "_total"];
    std::iter::once(name).chain(suffixes.into_iter().filter_map(|suffix| name.strip_suffix(suffix)))
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
    let size = head.size();
    StoreView {
        store,
        series: size.series,
        samples: size.samples,
        chunk_bytes: size.chunk_bytes,
        spans: size.min_time.zip(size.max_time),
    }
}

/// The longest list of names in a view of storage, as in Prometheus's own.
const MOST_TALLIES: usize = 10;

/// What a store holds and how it is kept.
pub fn storage(lab: &Lab, store: &StoreId) -> Result<StorageView, Problem> {
    let head = head(lab, store)?;
    let engine = lab.state().prometheus(store).and_then(|(actor, _)| lab.state().engine(actor));
    // Only a Prometheus forgets.
    let kept = engine.map(|engine| engine.config().storage);
    let options = head.options();
    Ok(StorageView {
        store: store.clone(),
        statistics: head.statistics(MOST_TALLIES),
        samples_appended: head.samples_appended(),
        retention_time: kept.map(|kept| kept.retention_time).filter(|time| *time > Millis::ZERO),
        retention_bytes: kept.map(|kept| kept.retention_bytes).filter(|bytes| *bytes > 0),
        out_of_order_window: options.out_of_order_window,
        chunk_range: options.chunk_range,
        samples_per_chunk: u32::from(options.samples_per_chunk),
        snapshots: lab.snapshots(),
    })
}

/// A store as a file.
pub fn file(lab: &Lab, store: &StoreId, form: ExportForm) -> Result<FileView, Problem> {
    let head = head(lab, store)?;
    let name = store.to_string().replace(':', "-");
    Ok(match form {
        ExportForm::OpenMetrics => {
            FileView { name: format!("{name}.om"), bytes: export::write(&head).into_bytes() }
        }
        ExportForm::Block => {
            let (ulid, files) = block::write(&head)
                .ok_or_else(|| Problem::new("store-empty", format!("{store} holds no samples")))?;
            FileView { name: format!("{name}-{ulid}.tar"), bytes: block::pack(&[files]) }
        }
    })
}
