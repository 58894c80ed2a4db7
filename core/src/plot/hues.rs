//! Which series has which hue: the same as long as the panel lives, the hues taken in their order. Knows no colour.

use std::collections::BTreeMap;

use super::palette::SERIES_HUES;

/// Beyond this many, series that are no longer shown are forgotten.
const MOST_REMEMBERED: usize = 1000;

/// The hues given out so far, by the text of a label set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hues(BTreeMap<String, usize>);

impl Hues {
    /// The hues of the series with these label sets, in their order. A series keeps the hue it had; a new one gets
    /// the one that is used least, first among those shown, then among those remembered.
    pub fn assign(&mut self, series: &[String]) -> Vec<usize> {
        if self.0.len() > MOST_REMEMBERED {
            self.0.retain(|labels, _| series.contains(labels));
        }
        let mut remembered = [0_usize; SERIES_HUES];
        self.0.values().for_each(|hue| remembered[*hue] += 1);
        let mut shown = [0_usize; SERIES_HUES];
        series.iter().filter_map(|labels| self.0.get(labels)).for_each(|hue| shown[*hue] += 1);
        for labels in series {
            if !self.0.contains_key(labels) {
                let hue = (0..SERIES_HUES).min_by_key(|hue| (shown[*hue], remembered[*hue])).unwrap_or(0);
                shown[hue] += 1;
                remembered[hue] += 1;
                self.0.insert(labels.clone(), hue);
            }
        }
        series.iter().map(|labels| self.0.get(labels).copied().unwrap_or(0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_series_keeps_its_hue_when_others_come_and_go() {
        let mut hues = Hues::default();
        assert_eq!(hues.assign(&named(&["a", "b"])), [0, 1]);
        assert_eq!(hues.assign(&named(&["b", "c"])), [1, 2]);
        assert_eq!(hues.assign(&named(&["a", "b", "c"])), [0, 1, 2]);
    }

    #[test]
    fn nine_series_share_one_hue_only() {
        let names: Vec<String> = (0..9).map(|index| index.to_string()).collect();
        assert_eq!(Hues::default().assign(&names), [0, 1, 2, 3, 4, 5, 6, 7, 0]);
    }
}
