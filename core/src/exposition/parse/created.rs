//! Start times out of `_created` lines: a sample's is on a later line of its family, so the parser looks ahead.
//! Quirks are upstream's: the line must follow the first sample of its series, and only the next `_created` counts.

use super::{Parser, Raw};
use crate::base::time::Timestamp;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::metric::MetricType;

/// What is known of the `_created` lines around the current sample.
#[derive(Clone, Debug, Default)]
pub(super) struct CreatedTimes {
    /// The last series whose line was found, and its time. It holds after the line has passed, too.
    found: Option<(Labels, Timestamp)>,
    /// The next `_created` line of the family, if any; right until the parser has come to `ahead_until`.
    ahead: Option<(Labels, Timestamp)>,
    ahead_until: usize,
    current: Option<Timestamp>,
}

impl CreatedTimes {
    pub(super) fn current(&self) -> Option<Timestamp> {
        self.current
    }
}

impl Parser<'_> {
    /// Whether the current sample is a `_created` line of a counter, histogram or summary.
    pub(super) fn is_created(&self) -> bool {
        let name = self.current.name.and_then(|name| self.str_of(name)).unwrap_or_default();
        self.can_have_start() && name.ends_with("_created")
    }

    fn can_have_start(&self) -> bool {
        matches!(self.metric_type, MetricType::Counter | MetricType::Histogram | MetricType::Summary)
    }

    /// Finds the current sample's start time.
    pub(super) fn find_start_time(&mut self) {
        if !self.options.created_as_start {
            return;
        }
        self.created.current = None;
        if !self.can_have_start() {
            self.created.found = None;
            return;
        }
        let name = self.current.name.and_then(|name| self.str_of(name)).unwrap_or_default();
        let family_length = (self.family.end - self.family.start) as usize;
        let key = self.series_key(name.get(..family_length).unwrap_or(name));
        if self.created.found.as_ref().is_none_or(|(found, _)| *found != key) {
            if self.lexer.at >= self.created.ahead_until {
                self.look_ahead();
            }
            self.created.found = self.created.ahead.clone().filter(|(ahead, _)| *ahead == key);
        }
        self.created.current = self.created.found.as_ref().map(|(_, start)| *start);
    }

    /// The labels that the samples of one counter, histogram or summary share, with the family's name.
    fn series_key(&self, family: &str) -> Labels {
        let bound = match self.metric_type {
            MetricType::Histogram => "le",
            MetricType::Summary => "quantile",
            _ => "",
        };
        let pairs = self.current.labels.iter().map(|pair| self.pair(*pair));
        let own = pairs
            .filter(|(name, _)| name != bound)
            .map(|(name, value)| (name.into_owned(), value.into_owned()));
        Labels::from_pairs(own.chain([(METRIC_NAME.to_owned(), family.to_owned())]))
    }

    /// Reads on in a copy of the parser up to the family's next `_created` line.
    fn look_ahead(&mut self) {
        let mut ahead = self.clone();
        ahead.options.created_as_start = false;
        self.created.ahead = loop {
            match ahead.advance() {
                Ok(Some(Raw::Sample)) if ahead.is_created() => {
                    let name = ahead.current.name.and_then(|name| ahead.str_of(name)).unwrap_or_default();
                    let family = name.strip_suffix("_created").unwrap_or(name);
                    let start = Timestamp((ahead.current.value * 1000.0) as i64);
                    break Some((ahead.series_key(family), start));
                }
                Ok(Some(Raw::Sample)) => {}
                _ => break None,
            }
        };
        self.created.ahead_until = ahead.lexer.at;
    }
}
