//! The section `storage`: how long samples are kept and how late they may come. What is not said is Prometheus's default.

use super::schema::{self, Kind, Schema};
use super::size::Size;
use crate::base::number::quote;
use crate::base::time::Millis;
use crate::yaml::{FromNode, Node, Problem, Read, Reader};

/// What a lab does of the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// How late a sample may come although its series has newer ones; not at all where it is zero.
    pub out_of_order_window: Millis,
    /// How long samples are kept; for ever where it is zero.
    pub retention_time: Millis,
    /// How many bytes of chunks are kept; any where it is zero.
    pub retention_bytes: u64,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            out_of_order_window: Millis::ZERO,
            retention_time: Millis::from_minutes(15 * 24 * 60),
            retention_bytes: 0,
        }
    }
}

const SECTION: Schema =
    Schema::new("config.StorageConfig", &[("tsdb", Kind::One(&TSDB)), ("exemplars", Kind::One(&EXEMPLARS))]);

const EXEMPLARS: Schema = Schema::new("config.ExemplarsConfig", &[("max_exemplars", Kind::Integer)]);

const TSDB: Schema = Schema::new(
    "config.plain",
    &[
        ("out_of_order_time_window", Kind::Duration),
        ("retention", Kind::One(&RETENTION)),
        ("stale_series_compaction_threshold", Kind::Float),
        ("chunk_encoding", Kind::One(&CHUNK_ENCODING)),
    ],
);

const CHUNK_ENCODING: Schema = Schema::new("config.plain", &[("floats", Kind::Text)]).checked(|node, _| {
    match node.get("floats").and_then(Node::text) {
        None | Some("xor" | "xor2") => Ok(()),
        Some(other) => Err(format!(
            "'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be omitted entirely, got {}",
            quote(other)
        )),
    }
});

const RETENTION: Schema = Schema::new(
    "config.plain",
    &[("time", Kind::Duration), ("size", Kind::Size), ("percentage", Kind::Float)],
)
.checked(|node, _| {
    let percentage = node.get("percentage").and_then(Node::text).and_then(|text| text.parse::<f64>().ok());
    match percentage {
        Some(percentage) if !(0.0..=100.0).contains(&percentage) => {
            Err("'storage.tsdb.retention.percentage' must be in the range [0, 100]".to_owned())
        }
        _ => Ok(()),
    }
});

/// Reads the section; what has no effect in a lab is remarked.
pub(super) fn read(reader: &mut Reader, section: &Node) -> Read<Storage> {
    schema::check(reader, section, &Kind::One(&SECTION))?;
    let mut storage = Storage::default();
    let tsdb = section.get("tsdb");
    let retention = tsdb.and_then(|tsdb| tsdb.get("retention"));
    let inner = |node: Option<&Node>, name: &str| node.and_then(|node| node.get(name)).cloned();
    if let Some(node) = inner(tsdb, "out_of_order_time_window") {
        storage.out_of_order_window = Millis::from_node(reader, &node)?.unwrap_or_default();
    }
    if let Some(node) = inner(retention, "time") {
        storage.retention_time = Millis::from_node(reader, &node)?.unwrap_or_default();
    }
    if let Some(node) = inner(retention, "size") {
        storage.retention_bytes = Size::from_node(reader, &node)?.unwrap_or_default().0;
    }
    let without_effect = [
        (Some(section), "exemplars"),
        (tsdb, "stale_series_compaction_threshold"),
        (tsdb, "chunk_encoding"),
        (retention, "percentage"),
    ];
    for (within, name) in without_effect {
        if let Some(node) = inner(within, name) {
            reader.remark(Problem::at(node.place, name));
        }
    }
    Ok(storage)
}

#[cfg(test)]
mod tests {
    use crate::base::time::Millis;
    use crate::scrape::config::Config;

    #[test]
    fn what_is_said_holds_and_the_rest_is_the_default() {
        let config = Config::parse(
            "storage:\n  tsdb:\n    out_of_order_time_window: 30m\n    retention:\n      size: 1MB\n  exemplars:\n    max_exemplars: 5\n",
        )
        .unwrap();
        assert_eq!(config.storage.out_of_order_window, Millis::from_minutes(30));
        assert_eq!(
            (config.storage.retention_bytes, config.storage.retention_time.0),
            (1 << 20, 15 * 86_400_000)
        );
        assert_eq!(config.unsimulated.iter().map(|remark| &*remark.text).collect::<Vec<_>>(), ["exemplars"]);
        assert_eq!(Config::parse("").unwrap().storage, super::Storage::default());
    }
}
