//! Which label names and values there are, of all series or of those that match. As in Prometheus's head, times do not
//! narrow the answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Head;
use crate::model::matcher::Matcher;

impl Head {
    /// The label names of the series that match all matchers, in order.
    #[must_use]
    pub fn label_names(&self, matchers: &[Matcher]) -> Vec<Arc<str>> {
        if matchers.is_empty() {
            return self.index.names().keys().cloned().collect();
        }
        let matching = self.matching(matchers);
        let labels = matching.iter().flat_map(|id| self.labels(*id));
        let names: BTreeSet<&Arc<str>> = labels.map(|label| &label.name).collect();
        names.into_iter().cloned().collect()
    }

    /// The values that the label called `name` has among the series that match all matchers, in order.
    #[must_use]
    pub fn label_values(&self, name: &str, matchers: &[Matcher]) -> Vec<Arc<str>> {
        let Some(values) = self.index.values(name) else { return Vec::new() };
        if matchers.is_empty() {
            return values.keys().cloned().collect();
        }
        let matching = self.matching(matchers);
        let found = matching.iter().flat_map(|id| self.labels(*id)).filter(|label| *label.name == *name);
        let values: BTreeSet<&Arc<str>> = found.map(|label| &label.value).collect();
        values.into_iter().cloned().collect()
    }
}
