//! What a scrape may bring in before it counts as failed.

use super::size::Size;
use crate::yaml::{Node, Read, Reader};

/// Limits of a job; 0 means none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an uncompressed page.
    pub body_size_bytes: u64,
    /// Samples after metric relabeling.
    pub samples: u64,
    /// Targets after relabeling.
    pub targets: u64,
    /// Labels of a series after metric relabeling.
    pub labels: u64,
    /// Bytes of a label name.
    pub label_name_bytes: u64,
    /// Bytes of a label value.
    pub label_value_bytes: u64,
    /// Dropped targets that are kept to be shown.
    pub kept_dropped_targets: u64,
}

impl Limits {
    /// Reads a field, where the name is one of a limit.
    pub(super) fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        let limit = match name {
            "body_size_limit" => {
                let mut size = Size(self.body_size_bytes);
                reader.put(&mut size, value)?;
                self.body_size_bytes = size.0;
                return Ok(true);
            }
            "sample_limit" => &mut self.samples,
            "target_limit" => &mut self.targets,
            "label_limit" => &mut self.labels,
            "label_name_length_limit" => &mut self.label_name_bytes,
            "label_value_length_limit" => &mut self.label_value_bytes,
            "keep_dropped_targets" => &mut self.kept_dropped_targets,
            _ => return Ok(false),
        };
        reader.put(limit, value)?;
        Ok(true)
    }

    /// Takes each limit that is not said from `global`.
    pub(super) fn inherit(&mut self, global: &Self) {
        let pairs = [
            (&mut self.body_size_bytes, global.body_size_bytes),
            (&mut self.samples, global.samples),
            (&mut self.targets, global.targets),
            (&mut self.labels, global.labels),
            (&mut self.label_name_bytes, global.label_name_bytes),
            (&mut self.label_value_bytes, global.label_value_bytes),
            (&mut self.kept_dropped_targets, global.kept_dropped_targets),
        ];
        for (own, inherited) in pairs {
            if *own == 0 {
                *own = inherited;
            }
        }
    }
}
