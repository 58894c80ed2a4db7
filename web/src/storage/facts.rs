//! The numbers of a store: how much it holds and how it is kept.

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::base::{date, duration};
use scrapeyard_core::lab::view::StorageView;
use yew::prelude::{Html, Properties, component, html};

use crate::texts::{Texts, bytes, use_texts, value_shown};

/// See [`Facts`].
#[derive(PartialEq, Properties)]
pub struct FactsProps {
    /// The store.
    pub view: StorageView,
}

/// The numbers.
#[component]
pub fn Facts(props: &FactsProps) -> Html {
    let texts = use_texts();
    let (view, held) = (&props.view, &props.view.statistics);
    let size = &held.size;
    let count = |number: u64| value_shown(number as f64);
    let great = [
        ("storage-series", "storage-series-about", count(size.series)),
        ("storage-samples", "storage-samples-about", count(size.samples + size.late_samples)),
        ("storage-chunks", "storage-chunks-about", count(size.chunks)),
        ("storage-density", "storage-density-about", format!("{:.3} B", size.bytes_a_sample())),
        ("storage-memory", "storage-memory-about", bytes(held.memory_bytes as f64)),
    ];
    let small = [
        ("storage-range", "storage-range-about", range(&texts, size.min_time, size.max_time)),
        ("storage-retention", "storage-retention-about", retention(&texts, view)),
        ("storage-window", "storage-window-about", window(&texts, view.out_of_order_window)),
        ("storage-chunk-bytes", "storage-chunk-bytes-about", bytes(size.chunk_bytes as f64)),
        ("storage-per-chunk", "storage-per-chunk-about", per_chunk(&texts, view)),
        ("storage-appended", "storage-appended-about", count(view.samples_appended)),
        ("storage-late", "storage-late-about", count(size.late_samples)),
        ("storage-tombstones", "storage-tombstones-about", count(held.tombstones)),
        ("storage-symbols", "storage-symbols-about", count(held.symbols)),
        ("storage-snapshots", "storage-snapshots-about", snapshots(&texts, &view.snapshots)),
    ];
    let fact = |(key, about, value): &(&str, &str, String)| {
        html! {
            <div>
                <dt title={texts.say(about)}>{ texts.say(key) }</dt>
                <dd data-testid={key.to_string()}>{ value.clone() }</dd>
            </div>
        }
    };
    html! {
        <section class="card storage-facts" aria-label={texts.say("storage-numbers")}>
            <dl class="great">{ for great.iter().map(fact) }</dl>
            <dl class="small">{ for small.iter().map(fact) }</dl>
        </section>
    }
}

/// An instant to the second: `2026-03-02 09:00:00`.
fn instant(at: Timestamp) -> String {
    date::print(at).chars().take(19).collect::<String>().replace('T', " ")
}

fn range(texts: &Texts, first: Option<Timestamp>, last: Option<Timestamp>) -> String {
    match first.zip(last) {
        Some((first, last)) => format!("{} – {}", instant(first), instant(last)),
        None => texts.say("no-data"),
    }
}

fn retention(texts: &Texts, view: &StorageView) -> String {
    let limits = view.retention_time.map(duration::print).into_iter();
    let limits: Vec<String> = limits.chain(view.retention_bytes.map(|most| bytes(most as f64))).collect();
    if limits.is_empty() { texts.say("storage-for-ever") } else { limits.join(", ") }
}

fn window(texts: &Texts, window: Millis) -> String {
    if window > Millis::ZERO { duration::print(window) } else { texts.say("storage-no-window") }
}

fn per_chunk(texts: &Texts, view: &StorageView) -> String {
    let numbers = [("samples", u64::from(view.samples_per_chunk).into())];
    format!("{}, {}", texts.with("storage-per-chunk-value", &numbers), duration::print(view.chunk_range))
}

fn snapshots(texts: &Texts, kept: &[Timestamp]) -> String {
    match kept.first() {
        Some(first) => {
            let oldest = instant(*first);
            texts.with(
                "storage-snapshots-value",
                &[("count", (kept.len() as u64).into()), ("oldest", (&oldest).into())],
            )
        }
        None => texts.say("no-data"),
    }
}
