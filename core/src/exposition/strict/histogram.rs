//! The lines of one histogram or gauge histogram under the strict reading: buckets that rise, a count that fits, a sum
//! beside the count. Knows one histogram at a time.

use crate::model::labels::Labels;

/// A histogram that is being read.
#[derive(Default)]
pub(super) struct Histogram {
    /// Which one: its labels and its timestamp.
    group: Option<(Labels, Option<f64>)>,
    bound: Option<f64>,
    value: f64,
    count: Option<f64>,
    has_sum: bool,
    has_gauge_sum: bool,
    has_negative_bound: bool,
    is_gauge_sum_negative: bool,
}

/// A line of a histogram.
pub(super) struct HistogramLine<'l> {
    pub suffix: &'l str,
    /// Of a bucket.
    pub bound: Option<f64>,
    pub value: f64,
}

impl Histogram {
    /// Takes a line; a line of another histogram ends this one.
    pub fn take(
        &mut self,
        name: &str,
        group: &Labels,
        at: Option<f64>,
        line: &HistogramLine<'_>,
    ) -> Result<(), String> {
        if self.group.as_ref().is_none_or(|(known, then)| known != group || *then != at) {
            self.check(name)?;
            *self = Self { group: Some((group.clone(), at)), ..Self::default() };
        }
        match line.suffix {
            "_bucket" => {
                let bound = line.bound.unwrap_or(f64::NAN);
                self.has_negative_bound |= bound < 0.0;
                if self.bound.is_some_and(|before| bound <= before) {
                    return Err(format!("buckets of {name} are out of order"));
                }
                if line.value < self.value {
                    return Err(format!("buckets of {name} count less than the ones before them"));
                }
                self.bound = Some(bound);
                self.value = line.value;
            }
            "_count" | "_gcount" => self.count = Some(line.value),
            "_sum" => self.has_sum = true,
            "_gsum" => {
                self.has_gauge_sum = true;
                self.is_gauge_sum_negative = line.value < 0.0;
            }
            _ => {}
        }
        Ok(())
    }

    /// What can be said once the histogram is complete.
    pub fn check(&self, name: &str) -> Result<(), String> {
        if self.group.is_none() {
            return Ok(());
        }
        let has_any_sum = self.has_sum || self.has_gauge_sum;
        let problem = match () {
            () if self.bound != Some(f64::INFINITY) => "lacks the bucket le=\"+Inf\"",
            () if self.count.is_some_and(|count| count != self.value) => {
                "has a count that is not its bucket le=\"+Inf\""
            }
            () if has_any_sum && self.count.is_none() => "has a sum and no count",
            () if !has_any_sum && self.count.is_some() => "has a count and no sum",
            () if self.has_negative_bound && self.has_sum => {
                "has buckets below zero and so cannot have a sum"
            }
            () if !self.has_negative_bound && self.is_gauge_sum_negative => {
                "has a negative sum without buckets below zero"
            }
            () => return Ok(()),
        };
        Err(format!("the histogram {name} {problem}"))
    }
}
