//! Classic histograms of a page, gathered from their lines into native ones with custom buckets
//! (`convert_classic_histograms_to_nhcb`). Reads no page itself and stores nothing.
//!
//! Source: Prometheus `model/textparse/nhcbparse.go`.

use super::family::Exemplar;
use super::parse::parse_float;
use super::{Entry, Sample};
use crate::base::time::Timestamp;
use crate::model::histogram::{ClassicError, ClassicHistogram, FloatHistogram};
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::metric::MetricType;

/// A native histogram that a classic one became.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertedHistogram {
    /// The family's name and the labels of the lines but for `le`.
    pub labels: Labels,
    /// The lines' own timestamp.
    pub at: Option<Timestamp>,
    /// When the series began, where the page says so.
    pub start: Option<Timestamp>,
    /// The exemplars of the lines, in their order.
    pub exemplars: Vec<Exemplar>,
    /// The histogram.
    pub histogram: FloatHistogram,
}

/// What a sample is to a [`ClassicGatherer`].
#[derive(Debug, Default, PartialEq)]
pub struct Gathered {
    /// Whether the sample is a line of a classic histogram, which stands in the native one.
    pub is_part: bool,
    /// The histogram that ended with the sample before.
    pub ended: Option<ConvertedHistogram>,
}

/// Gathers the lines of classic histograms. Lines of one histogram stand together; another line ends it. Lines that
/// contradict each other make no histogram.
#[derive(Debug, Default)]
pub struct ClassicGatherer {
    /// The histogram family that the last `# TYPE` line names; empty where it is of another type.
    family: String,
    open: Option<Open>,
}

/// A histogram whose lines are being read.
#[derive(Debug)]
struct Open {
    labels: Labels,
    at: Option<Timestamp>,
    start: Option<Timestamp>,
    exemplars: Vec<Exemplar>,
    classic: Result<ClassicHistogram, ClassicError>,
}

/// A line of a classic histogram.
enum Part {
    Bucket(f64),
    Sum,
    Count,
}

impl ClassicGatherer {
    /// Takes a metadata line; gives the histogram that it ends.
    pub fn take_metadata(&mut self, entry: &Entry<'_, '_>) -> Option<ConvertedHistogram> {
        if let Entry::Type { name, metric_type } = entry {
            self.family.clear();
            if *metric_type == MetricType::Histogram {
                self.family.push_str(name);
            }
        }
        self.finish()
    }

    /// Takes a sample.
    pub fn take(&mut self, sample: &Sample<'_, '_>) -> Gathered {
        let Some((part, labels)) = self.part_of(sample) else {
            return Gathered { is_part: false, ended: self.finish() };
        };
        let at = sample.at();
        let is_same = self.open.as_ref().is_some_and(|open| open.labels == labels && open.at == at);
        let ended = if is_same { None } else { self.finish() };
        let open = self.open.get_or_insert_with(|| Open {
            labels,
            at,
            start: None,
            exemplars: Vec::new(),
            classic: Ok(ClassicHistogram::default()),
        });
        open.start = open.start.or(sample.start());
        open.exemplars.extend(sample.exemplar());
        if let Ok(classic) = &mut open.classic {
            let taken = match part {
                Part::Bucket(bound) => classic.set_bucket(bound, sample.value()),
                Part::Count => classic.set_count(sample.value()),
                Part::Sum => {
                    classic.set_sum(sample.value());
                    Ok(())
                }
            };
            if let Err(error) = taken {
                open.classic = Err(error);
            }
        }
        Gathered { is_part: true, ended }
    }

    /// The labels of the histogram whose lines are being read: the family's name, and those of the lines but for `le`.
    #[must_use]
    pub fn open_labels(&self) -> Option<&Labels> {
        self.open.as_ref().map(|open| &open.labels)
    }

    /// Ends the histogram whose lines are being read, at the end of the page at the latest.
    pub fn finish(&mut self) -> Option<ConvertedHistogram> {
        let Open { labels, at, start, exemplars, classic } = self.open.take()?;
        let histogram = classic.and_then(|classic| classic.convert()).ok()?;
        Some(ConvertedHistogram { labels, at, start, exemplars, histogram })
    }

    /// Which part of a histogram of the family a sample is, with the labels of the whole.
    fn part_of(&self, sample: &Sample<'_, '_>) -> Option<(Part, Labels)> {
        // What Prometheus refuses is refused as a line of its own.
        if self.family.is_empty() || sample.duplicate_label().is_some() {
            return None;
        }
        let name = sample.name();
        let suffix = name.strip_prefix(&*self.family)?;
        if !matches!(suffix, "_bucket" | "_sum" | "_count") {
            return None;
        }
        let labels = sample.labels();
        let part = match suffix {
            "_bucket" => Part::Bucket(parse_float(labels.get("le")?.as_bytes()).ok()?),
            "_sum" => Part::Sum,
            _ => Part::Count,
        };
        let mut builder = labels.to_builder();
        builder.set(METRIC_NAME, &*self.family).remove("le");
        Some((part, builder.build()))
    }
}
