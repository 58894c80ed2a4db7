//! Taking histograms into a series: which chunk one goes into.

use std::sync::Arc;

use super::chunk::{Fit, HistogramAppender, Open, ResetHeader};
use super::series::Series;
use super::{AppendError, HeadOptions};
use crate::model::histogram::{FloatHistogram, ResetHint};

impl Series {
    /// Adds a histogram; says whether it was new.
    pub(super) fn append_histogram(
        &mut self,
        time: i64,
        histogram: Arc<FloatHistogram>,
        options: &HeadOptions,
    ) -> Result<bool, AppendError> {
        if !self.is_empty() && time <= self.open.time() {
            let is_same = matches!(&self.open, Open::Histograms(open) if open.is_newest(&histogram));
            return self.refuse(time, is_same);
        }
        let fit = match &self.open {
            Open::Histograms(open) => open.fit(&histogram),
            Open::Floats(_) if histogram.hint == ResetHint::Gauge => Fit::NewChunk(ResetHeader::Gauge),
            Open::Floats(_) => Fit::NewChunk(ResetHeader::Unknown),
        };
        if let Fit::NewChunk(header) = fit {
            if !self.is_empty() {
                self.finish_open();
            }
            self.begin_chunk(time, options);
            self.open = Open::Histograms(Box::new(HistogramAppender::new(header)));
        }
        self.push_histogram(time, Some(histogram));
        Ok(true)
    }

    /// Adds a stale marker behind histograms; says whether it was new.
    pub(super) fn append_stale_histogram(
        &mut self,
        time: i64,
        _options: &HeadOptions,
    ) -> Result<bool, AppendError> {
        if time <= self.open.time() {
            let is_same = matches!(&self.open, Open::Histograms(open) if open.is_stale());
            return self.refuse(time, is_same);
        }
        self.push_histogram(time, None);
        Ok(true)
    }

    fn push_histogram(&mut self, time: i64, histogram: Option<Arc<FloatHistogram>>) {
        if let Open::Histograms(open) = &mut self.open {
            open.append(time, histogram);
        }
        if let Some(starts) = &mut self.starts {
            starts.append(time);
        }
    }
}
