//! Label sets: sorted, without duplicates and without empty values, cheap to clone and to compare.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::number::quote;

/// The label that holds a metric's name.
pub const METRIC_NAME: &str = "__name__";

/// A name with its value. A label with an empty value is the same as no label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    /// The label's name.
    pub name: Arc<str>,
    /// The label's value, never empty inside [`Labels`].
    pub value: Arc<str>,
}

/// A label set, sorted by name; it identifies a series. Ordered as Prometheus orders series: name and value, pair
/// by pair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Labels(Arc<[Label]>);

impl Default for Labels {
    fn default() -> Self {
        Self(Arc::from([]))
    }
}

impl Labels {
    /// The label set of `pairs` in any order; the last of equal names wins, empty values are left out.
    pub fn from_pairs<N: Into<Arc<str>>, V: Into<Arc<str>>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut builder = LabelsBuilder::default();
        for (name, value) in pairs {
            builder.set(name, value);
        }
        builder.build()
    }

    /// The value of the label called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.binary_search_by(|label| (*label.name).cmp(name)).ok().map(|at| &*self.0[at].value)
    }

    /// The metric's name, where there is one.
    #[must_use]
    pub fn metric_name(&self) -> Option<&str> {
        self.get(METRIC_NAME)
    }

    /// The labels in order of their names.
    pub fn iter(&self) -> std::slice::Iter<'_, Label> {
        self.0.iter()
    }

    /// How many labels there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no label at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The labels for which `keep` is true; the set itself, uncopied, where it keeps all.
    #[must_use]
    pub fn filtered(&self, mut keep: impl FnMut(&Label) -> bool) -> Self {
        let kept: Vec<Label> = self.0.iter().filter(|label| keep(label)).cloned().collect();
        if kept.len() == self.0.len() { self.clone() } else { Self(kept.into()) }
    }

    /// Whether both are clones of one set, so equal without comparing. False says nothing.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The set without the label called `name`.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        self.filtered(|label| &*label.name != name)
    }

    /// A builder that starts from this set.
    #[must_use]
    pub fn to_builder(&self) -> LabelsBuilder {
        LabelsBuilder { labels: self.0.to_vec() }
    }
}

impl<'a> IntoIterator for &'a Labels {
    type Item = &'a Label;
    type IntoIter = std::slice::Iter<'a, Label>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Makes a label set step by step.
#[derive(Clone, Debug, Default)]
pub struct LabelsBuilder {
    labels: Vec<Label>, // sorted by name
}

impl LabelsBuilder {
    /// Sets a label; an empty value removes it.
    pub fn set(&mut self, name: impl Into<Arc<str>>, value: impl Into<Arc<str>>) -> &mut Self {
        let (name, value) = (name.into(), value.into());
        match self.labels.binary_search_by(|label| label.name.cmp(&name)) {
            Ok(at) if value.is_empty() => {
                self.labels.remove(at);
            }
            Ok(at) => self.labels[at].value = value,
            Err(_) if value.is_empty() => {}
            Err(at) => self.labels.insert(at, Label { name, value }),
        }
        self
    }

    /// Removes a label; nothing happens where it is not there.
    pub fn remove(&mut self, name: &str) -> &mut Self {
        self.labels.retain(|label| &*label.name != name);
        self
    }

    /// The value set so far.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|label| &*label.name == name).map(|label| &*label.value)
    }

    /// The labels set so far, in order of their names.
    pub fn iter(&self) -> std::slice::Iter<'_, Label> {
        self.labels.iter()
    }

    /// The finished set.
    #[must_use]
    pub fn build(self) -> Labels {
        Labels(self.labels.into())
    }
}

/// Whether `name` can stand unquoted as a label name: `[a-zA-Z_][a-zA-Z0-9_]*`.
#[must_use]
pub fn is_plain_label_name(name: &str) -> bool {
    is_plain(name, |byte| byte == b'_')
}

/// Whether `name` can stand unquoted as a metric name: as a label name, with colons.
#[must_use]
pub fn is_plain_metric_name(name: &str) -> bool {
    is_plain(name, |byte| byte == b'_' || byte == b':')
}

fn is_plain(name: &str, extra: impl Fn(u8) -> bool) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || extra(first))
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || extra(byte))
}

/// Prints as Prometheus prints a label set: `{code="200", job="a"}`, the name among the others; names that need
/// it are quoted.
impl fmt::Display for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, label) in self.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            if is_plain_label_name(&label.name) {
                write!(f, "{comma}{}={}", label.name, quote(&label.value))?;
            } else {
                write!(f, "{comma}{}={}", quote(&label.name), quote(&label.value))?;
            }
        }
        f.write_str("}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_unique_and_without_empty_values() {
        let labels = Labels::from_pairs([("b", "2"), ("a", "1"), ("c", ""), ("b", "3")]);
        assert_eq!(labels.to_string(), r#"{a="1", b="3"}"#);
        assert_eq!(labels.get("b"), Some("3"));
        assert_eq!(labels.get("c"), None);
        assert_eq!(labels.without("a").to_string(), r#"{b="3"}"#);
    }

    #[test]
    fn names_that_need_quotes_get_them() {
        let labels = Labels::from_pairs([("a.b", "x\"y"), ("__name__", "m")]);
        assert_eq!(labels.to_string(), r#"{__name__="m", "a.b"="x\"y"}"#);
        assert!(is_plain_metric_name("a:b_1") && !is_plain_metric_name("1a") && !is_plain_metric_name(""));
    }
}
