//! A head as it is written into checkpoints: each label text once, the rest rebuilt on reading. What is read is checked,
//! since a save file may come from anywhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::amendments::Amendments;
use super::chunk::{Chunk, Open};
use super::index::Index;
use super::series::Series;
use super::starts::Starts;
use super::{Head, HeadOptions, Samples};
use crate::base::lookup::Lookup;
use crate::model::labels::Labels;
use crate::model::metric::Metadata;

/// The written form.
#[derive(Serialize, Deserialize)]
pub(super) struct Saved {
    options: HeadOptions,
    symbols: Vec<Arc<str>>,
    series: Vec<SavedSeries>,
    metadata: Vec<(Arc<str>, Metadata)>,
    max_time: i64,
    appended: u64,
}

#[derive(Serialize, Deserialize)]
struct SavedSeries {
    /// Names and values as places in the table of symbols.
    labels: Vec<(u32, u32)>,
    is_indexed: bool,
    finished: Vec<Chunk>,
    /// The chunk being written; `None` where there are no samples.
    open: Option<Chunk>,
    next_at: i64,
    has_estimate: bool,
    starts: Option<Starts>,
    amendments: Option<Arc<Amendments>>,
}

impl From<Head> for Saved {
    fn from(head: Head) -> Self {
        let mut symbols: Vec<Arc<str>> = Vec::new();
        let mut places: Lookup<Arc<str>, u32> = Lookup::default();
        let mut place = |text: &Arc<str>| {
            *places.get_or_insert_with(text.clone(), || {
                symbols.push(text.clone());
                symbols.len() as u32 - 1
            })
        };
        let series = head.series.iter().map(|series| SavedSeries {
            labels: series.labels.iter().map(|label| (place(&label.name), place(&label.value))).collect(),
            is_indexed: series.is_indexed,
            finished: series.finished.to_vec(),
            open: (!series.is_empty()).then(|| series.open_chunk()),
            next_at: series.next_at,
            has_estimate: series.has_estimate,
            starts: series.starts.clone(),
            amendments: series.amendments.clone(),
        });
        let series = series.collect();
        let metadata =
            head.metadata.iter().map(|(name, metadata)| (name.clone(), metadata.clone())).collect();
        Self {
            options: head.options,
            symbols,
            series,
            metadata,
            max_time: head.max_time,
            appended: head.appended,
        }
    }
}

impl TryFrom<Saved> for Head {
    type Error = &'static str;

    fn try_from(saved: Saved) -> Result<Self, Self::Error> {
        let mut taken: Lookup<Labels, ()> = Lookup::default();
        let mut series = Vec::with_capacity(saved.series.len());
        for one in saved.series {
            let one = one.restore(&saved.symbols)?;
            if taken.insert(one.labels.clone(), ()).is_some() {
                return Err("a series stands twice in a saved store");
            }
            series.push(one);
        }
        Ok(Self {
            options: saved.options,
            index: Arc::new(Index::rebuild(&series)),
            series,
            metadata: Arc::new(saved.metadata.into_iter().collect()),
            max_time: saved.max_time,
            appended: saved.appended,
        })
    }
}

impl SavedSeries {
    fn restore(self, symbols: &[Arc<str>]) -> Result<Series, &'static str> {
        let mut pairs = Vec::with_capacity(self.labels.len());
        for (name, value) in self.labels {
            let text =
                |place: u32| symbols.get(place as usize).cloned().ok_or("a saved store lacks a label text");
            pairs.push((text(name)?, text(value)?));
        }
        let mut series = Series::new(Labels::from_pairs(pairs));
        let mut last_time = None;
        for chunk in self.finished.iter().chain(&self.open) {
            let samples = sound_samples(chunk, last_time)?;
            last_time = Some(chunk.max_time);
            if self.open.as_ref().is_some_and(|open| std::ptr::eq(open, chunk)) {
                series.open = Open::resume(chunk, &samples).ok_or("a saved chunk is broken")?;
                series.open_min_time = chunk.min_time;
            }
        }
        if series.is_empty() && !self.finished.is_empty() {
            return Err("a saved series has old samples but no newest one");
        }
        series.is_indexed = self.is_indexed || !series.is_empty();
        series.finished = Arc::new(self.finished);
        series.next_at = self.next_at;
        series.has_estimate = self.has_estimate;
        if self.starts.as_ref().is_some_and(|starts| !starts.is_sound()) {
            return Err("the start times of a saved series are not in order");
        }
        series.starts = self.starts;
        if self.amendments.as_ref().is_some_and(|amendments| !amendments.is_sound()) {
            return Err("the late samples or deleted spans of a saved series are not in order");
        }
        series.amendments = self.amendments;
        Ok(series)
    }
}

/// The samples of a chunk that is what it says, and later than `after`.
fn sound_samples(chunk: &Chunk, after: Option<i64>) -> Result<Samples, &'static str> {
    let mut samples = Samples::default();
    chunk.decode(i64::MIN, i64::MAX, &mut samples);
    let rises = samples.times.windows(2).all(|pair| pair[0] < pair[1]);
    let is_later = after.is_none_or(|after| after < chunk.min_time);
    let has_its_ends =
        samples.times.first() == Some(&chunk.min_time) && samples.times.last() == Some(&chunk.max_time);
    let is_sound = rises && is_later && has_its_ends && chunk.is_complete();
    if is_sound { Ok(samples) } else { Err("a saved chunk is broken") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;

    fn saved() -> Saved {
        let mut head = Head::new();
        let id = head.series_id(&Labels::from_pairs([("a", "1")]));
        (0..200).for_each(|at| head.append(id, Timestamp(at * 15_000), at as f64).unwrap());
        head.into()
    }

    fn refusal(spoil: impl FnOnce(&mut Saved)) -> &'static str {
        let mut spoilt = saved();
        spoil(&mut spoilt);
        Head::try_from(spoilt).err().unwrap_or("accepted")
    }

    #[test]
    fn broken_saves_are_refused() {
        assert_eq!(refusal(|_| {}), "accepted");
        assert_eq!(refusal(|saved| saved.symbols.clear()), "a saved store lacks a label text");
        assert_eq!(
            refusal(|saved| saved.series[0].open = None),
            "a saved series has old samples but no newest one"
        );
        assert_eq!(refusal(|saved| saved.series[0].finished[0].max_time += 1), "a saved chunk is broken");
        assert_eq!(
            refusal(|saved| saved.series[0].finished[0].bytes = Arc::from([0, 120, 7])),
            "a saved chunk is broken"
        );
        assert_eq!(
            refusal(|saved| {
                let again = saved.series[0].finished[0].clone();
                saved.series[0].finished.push(again);
            }),
            "a saved chunk is broken"
        );
        let twice = |saved: &mut Saved| {
            let labels = saved.series[0].labels.clone();
            saved.series.push(SavedSeries {
                labels,
                is_indexed: true,
                finished: vec![],
                open: None,
                next_at: 0,
                has_estimate: false,
                starts: None,
                amendments: None,
            });
        };
        assert_eq!(refusal(twice), "a series stands twice in a saved store");
    }
}
