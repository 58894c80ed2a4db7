//! A value that a reader chose in a table or a graph, to see how it was made.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::Labels;

/// The value: of which series, at which instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// When.
    pub at: Timestamp,
    /// The labels of its series.
    pub labels: Labels,
}
