//! How much memory a store's series take besides their samples, so that scraping can stop before it is used up.

use crate::tsdb::{Head, SeriesId};

/// The most series that scraping makes.
const MAX_SERIES: u64 = 500_000;
/// The most bytes of their names and values.
const MAX_LABEL_BYTES: u64 = 256 << 20;

/// The size of a store, counted on as series come; none ever goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoreSize {
    series: u64,
    label_bytes: u64,
}

impl StoreSize {
    /// Counts the series that are new in `head`.
    pub fn count(&mut self, head: &Head) {
        for series in self.series..head.series_created() {
            let labels = head.labels(SeriesId(series as u32));
            let bytes = labels.iter().map(|label| label.name.len() + label.value.len()).sum::<usize>();
            self.label_bytes += bytes as u64;
        }
        self.series = head.series_created();
    }

    /// Why no more series may come; `None` where there is room.
    pub fn excess(self) -> Option<String> {
        if self.series >= MAX_SERIES {
            Some(format!("a lab has no room for more than {MAX_SERIES} series"))
        } else if self.label_bytes >= MAX_LABEL_BYTES {
            Some(format!("a lab has no room for more than {MAX_LABEL_BYTES} bytes of labels"))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::labels::Labels;

    #[test]
    fn what_comes_is_counted_once() {
        let mut head = Head::new();
        let mut size = StoreSize::default();
        for (number, bytes) in [(1, 9), (2, 18)] {
            head.series_id(&Labels::from_pairs([("__name__", number.to_string())]));
            size.count(&head);
            size.count(&head);
            assert_eq!((size.series, size.label_bytes), (number, bytes));
        }
        assert_eq!(size.excess(), None);
        let long = "v".repeat(MAX_LABEL_BYTES as usize);
        head.series_id(&Labels::from_pairs([("l", long)]));
        size.count(&head);
        assert_eq!(size.excess().unwrap(), "a lab has no room for more than 268435456 bytes of labels");
        assert!(StoreSize { series: MAX_SERIES, label_bytes: 0 }.excess().is_some());
    }
}
