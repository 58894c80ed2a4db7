//! `lab`: what the lab's own Prometheus has scraped from the chapter's yard after an hour.

use std::collections::BTreeMap;
use std::sync::Arc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::play::Player;
use scrapeyard_core::lab::{Scenario, StoreId};
use scrapeyard_core::tsdb::Samples;

use super::{Sink, Values};

const FILES: &[(&str, &str)] = &[
    ("compose.yaml", include_str!("../../../../scenarios/image-gallery/compose.yaml")),
    ("prometheus.yml", include_str!("../../../../scenarios/image-gallery/prometheus.yml")),
    ("scenario.yaml", include_str!("../../../../scenarios/image-gallery/scenario.yaml")),
];

/// All series. Staleness markers become plain NaNs, since no page can hold them.
///
/// # Panics
/// When the chapter cannot be played, which the journeys would tell first.
pub fn series(sink: Sink<'_>) {
    let files: BTreeMap<String, String> =
        FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let scenario = Scenario::read("image-gallery", files).expect("the chapter's scenario is read");
    let mut player = Player::open(Arc::new(scenario), None, None).expect("the chapter's yard opens");
    assert_eq!(player.line("after 1h"), "", "an hour passes");
    let store = "pulled".parse::<StoreId>().ok().and_then(|id| player.lab().store(&id));
    let head = store.expect("the chapter's yard has a Prometheus");
    let mut samples = Samples::default();
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        samples.clear();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        for value in samples.values.iter_mut().filter(|value| value.is_nan()) {
            *value = f64::NAN;
        }
        sink(head.labels(id), &samples.times, Values::Floats(&samples.values));
    }
}
