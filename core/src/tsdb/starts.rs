//! Since when the samples of a series have been counted: start timestamps, kept beside the chunks.
//!
//! Differs: Prometheus writes them into chunks of their own encodings. Here they are runs, since a counter keeps its
//! start from one sample to the next until it is reset.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Samples;

/// A run of samples with one start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    /// The time of its first sample.
    from: i64,
    /// The start, in milliseconds since the Unix epoch; 0 where it is not known.
    start: i64,
}

/// The starts of a series' samples, as runs by rising time. A clone shares them until they change.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Starts(Arc<Vec<Run>>);

impl Starts {
    /// A sample came, of which no start is known yet.
    pub(super) fn append(&mut self, time: i64) {
        if self.0.last().is_some_and(|run| run.start != 0) {
            Arc::make_mut(&mut self.0).push(Run { from: time, start: 0 });
        }
    }

    /// Sets the start of the newest sample, which is at `time`.
    pub(super) fn set_newest(&mut self, time: i64, start: i64) {
        let runs = Arc::make_mut(&mut self.0);
        if runs.last().is_some_and(|run| run.from == time) {
            runs.pop();
        }
        if runs.last().map_or(0, |run| run.start) != start {
            runs.push(Run { from: time, start });
        }
    }

    /// Fills in the starts of the samples from index `known` on.
    pub(super) fn read(&self, known: usize, into: &mut Samples) {
        let runs = &self.0[..];
        let Some(first) = into.times.get(known) else { return };
        let mut next = runs.partition_point(|run| run.from <= *first);
        let mut start = next.checked_sub(1).map_or(0, |run| runs[run].start);
        if start == 0 && next == runs.len() && into.starts.is_empty() {
            return;
        }
        into.starts.resize(known, 0);
        for time in &into.times[known..] {
            while let Some(run) = runs.get(next).filter(|run| run.from <= *time) {
                start = run.start;
                next += 1;
            }
            into.starts.push(start);
        }
    }

    /// Forgets what no sample from `first` on needs; everything where there are no samples.
    pub(super) fn forget_before(&mut self, first: Option<i64>) {
        let passed = first.map_or(self.0.len(), |first| {
            // The run that reaches over `first` stays.
            self.0.partition_point(|run| run.from <= first).saturating_sub(1)
        });
        if passed > 0 {
            Arc::make_mut(&mut self.0).drain(..passed);
        }
    }

    /// Whether the runs come in order.
    pub(super) fn is_sound(&self) -> bool {
        self.0.windows(2).all(|pair| pair[0].from < pair[1].from && pair[0].start != pair[1].start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_come_back_with_their_samples() {
        let mut starts = Starts::default();
        for (time, start) in [(10, 0), (20, 5), (30, 5), (40, 0), (50, 45), (60, 45)] {
            starts.append(time);
            starts.set_newest(time, start);
        }
        assert_eq!(starts.0.len(), 3, "one a run");
        assert!(starts.is_sound());
        let read = |starts: &Starts, times: &[i64]| {
            let mut into = Samples::of_floats(times.to_vec(), vec![0.0; times.len()]);
            starts.read(1, &mut into);
            into.starts
        };
        assert_eq!(read(&starts, &[0, 10, 20, 30, 40, 50, 60]), [0, 0, 5, 5, 0, 45, 45]);
        assert_eq!(read(&starts, &[0, 30, 40]), [0, 5, 0]);
        starts.forget_before(Some(30));
        assert_eq!(read(&starts, &[0, 30, 40]), [0, 5, 0]);
        starts.forget_before(None);
        assert_eq!(read(&starts, &[0, 30, 40]), [0_i64; 0]);
    }
}
