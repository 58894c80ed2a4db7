//! The fields of the section `storage`, and what they may be. Keeps no values.

use super::rule::{Rule, fill};
use super::schema::{Kind, Schema};

/// The section.
pub(super) static STORAGE: Schema = Schema::bare("config.StorageConfig", "")
    .with(&[("tsdb", Kind::One(&TSDB)), ("exemplars", Kind::One(&EXEMPLARS))]);

static EXEMPLARS: Schema = Schema::bare("config.ExemplarsConfig", "int: max_exemplars");

static TSDB: Schema = Schema::new(
    "config.TSDBConfig",
    "duration: out_of_order_time_window; float: stale_series_compaction_threshold",
)
.with(&[("retention", Kind::One(&RETENTION)), ("chunk_encoding", Kind::One(&CHUNK_ENCODING))]);

static CHUNK_ENCODING: Schema =
    Schema::new("config.TSDBChunkEncodingConfig", "text: floats").ruled(&[Rule::Check(
        "floats",
        |section| match section.text("floats") {
            "" | "xor" | "xor2" => Ok(()),
            other => Err(fill(
                "'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be omitted \
                 entirely, got %q",
                other,
            )),
        },
    )]);

static RETENTION: Schema =
    Schema::new("config.TSDBRetentionConfig", "duration: time; size: size; float: percentage").ruled(&[
        Rule::Check("size", |section| match section.text("size").starts_with('-') {
            true => Err("'storage.tsdb.retention.size' must be greater than or equal to 0".to_owned()),
            false => Ok(()),
        }),
        Rule::Check("percentage", |section| match section.text("percentage").parse::<f64>() {
            Ok(percentage) if !(0.0..=100.0).contains(&percentage) => {
                Err("'storage.tsdb.retention.percentage' must be in the range [0, 100]".to_owned())
            }
            _ => Ok(()),
        }),
    ]);
