//! Pages whose histograms reach the store as native ones: those that the target hands over
//! (`scrape_native_histograms`), and classic ones made native with custom buckets (`convert_classic_histograms_to_nhcb`).
//!
//! Source: Prometheus `scrape/scrape.go`, `model/textparse/{protobufparse,nhcbparse}.go`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cache::{Fate, Known};
use super::ingest::Ingestion;
use super::page_memo::Value;
use super::staging::{Staged, Staging};
use crate::base::time::Timestamp;
use crate::exposition::{
    ClassicGatherer, ConvertedHistogram, Entry, Format, Gathered, NativeHistogram, Sample,
};
use crate::model::histogram::{FloatHistogram, MIN_EXPONENTIAL_SCHEMA};
use crate::model::labels::Labels;

impl Ingestion<'_> {
    /// Stages the samples of a page, its histograms as native ones: the `native` ones that came with it, and what is
    /// made of the others where the job wants that. The lines of both are left out unless the job keeps them.
    ///
    /// Differs: the native ones come behind the page's lines, since the page is text.
    pub(super) fn stage_with_histograms(
        &mut self,
        page: &str,
        format: Format,
        native: &[NativeHistogram],
        staging: &mut Staging,
    ) -> Result<(), String> {
        let converts = self.config.histograms.converts_classic();
        let keeps_classic = self.config.histograms.keeps_classic();
        let is_native: BTreeSet<&Labels> = native.iter().map(|native| &native.labels).collect();
        let mut parser = self.parser(page.as_bytes(), format);
        let mut gatherer = ClassicGatherer::default();
        while let Some(entry) = parser.next_entry().map_err(|error| error.to_string())? {
            let Entry::Sample(sample) = entry else {
                let ended = gatherer.take_metadata(&entry);
                self.stage_made(ended, converts, &is_native, staging)?;
                self.cache.families.take(&entry, self.head);
                continue;
            };
            let Gathered { is_part, ended } = gatherer.take(&sample);
            self.stage_made(ended, converts, &is_native, staging)?;
            let becomes_native = is_part
                && (converts || gatherer.open_labels().is_some_and(|labels| is_native.contains(labels)));
            if !becomes_native || keeps_classic {
                self.stage_line(&sample, staging)?;
            }
        }
        self.stage_made(gatherer.finish(), converts, &is_native, staging)?;
        native.iter().try_for_each(|native| {
            self.stage_histogram(&native.labels, None, Arc::clone(&native.histogram), staging)
        })
    }

    fn stage_line(&mut self, sample: &Sample<'_, '_>, staging: &mut Staging) -> Result<(), String> {
        staging.ingested.total += 1;
        let (entry, again, new) = match self.cache.look_up(sample.series()) {
            Known::Yes(at, again) => (at, again, false),
            Known::No => (self.add(sample)?, false, true),
        };
        let value = Value { entry: entry as u32, value: sample.value(), at: sample.at().map(|at| at.0) };
        self.stage(value, again, new, staging);
        Ok(())
    }

    /// Stages what a classic histogram became, unless it came as a native one besides.
    fn stage_made(
        &mut self,
        made: Option<ConvertedHistogram>,
        converts: bool,
        is_native: &BTreeSet<&Labels>,
        staging: &mut Staging,
    ) -> Result<(), String> {
        match made {
            Some(made) if converts && !is_native.contains(&made.labels) => {
                self.stage_histogram(&made.labels, made.at, Arc::new(made.histogram), staging)
            }
            _ => Ok(()),
        }
    }

    fn stage_histogram(
        &mut self,
        labels: &Labels,
        at: Option<Timestamp>,
        histogram: Arc<FloatHistogram>,
        staging: &mut Staging,
    ) -> Result<(), String> {
        staging.ingested.total += 1;
        // No line of a page begins with a zero byte.
        let key = format!("\0{labels}");
        let (entry, again, new) = match self.cache.look_up(key.as_bytes()) {
            Known::Yes(at, again) => (at, again, false),
            Known::No => (self.add_labels(key.as_bytes(), labels)?, false, true),
        };
        let histogram = coarsened(histogram, self.config.histograms.finest_schema());
        let Some(histogram) = within(histogram, self.config.histograms.bucket_limit()) else {
            // It counts as left by relabeling all the same.
            staging.ingested.kept += u64::from(!matches!(self.cache.fate(entry), Fate::Dropped));
            staging.exceeds_bucket_limit = true;
            return Ok(());
        };
        let before = staging.samples.len();
        let value = Value { entry: entry as u32, value: 0.0, at: at.map(|at| at.0) };
        self.stage(value, again, new, staging);
        if let Some(Staged { histogram: staged, .. }) = staging.samples.get_mut(before) {
            *staged = Some(histogram);
        }
        Ok(())
    }
}

/// The histogram with no finer buckets than those of `finest`; custom buckets stay.
fn coarsened(mut histogram: Arc<FloatHistogram>, finest: i32) -> Arc<FloatHistogram> {
    if histogram.schema > finest {
        Arc::make_mut(&mut histogram).reduce_to(finest);
    }
    histogram
}

/// The histogram with at most `limit` buckets, where there is a limit: exponential buckets are joined until they are
/// few enough. `None` where that cannot be.
fn within(mut histogram: Arc<FloatHistogram>, limit: u64) -> Option<Arc<FloatHistogram>> {
    let exceeds = |histogram: &FloatHistogram| {
        limit > 0 && (histogram.positive.len() + histogram.negative.len()) as u64 > limit
    };
    while exceeds(&histogram) {
        let schema = histogram.schema;
        // That of custom buckets is below all others.
        if schema <= MIN_EXPONENTIAL_SCHEMA {
            return None;
        }
        Arc::make_mut(&mut histogram).reduce_to(schema - 1);
    }
    Some(histogram)
}
