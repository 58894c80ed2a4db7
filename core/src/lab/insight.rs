//! Questions about a query rather than for its value: how its numbers were made, why it gives nothing, what may be
//! written next. Changes nothing.

use std::sync::Arc;

use super::answer::Answer;
use super::doors::Lab;
use super::job::{eval_problem, options, read};
use super::look_stores;
use super::problem::Problem;
use super::store::StoreId;
use super::view::{CheckView, Finding};
use crate::base::time::Timestamp;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::matcher::Matcher;
use crate::promql::explain::{Explainer, NotMade, Tree, doctor as diagnosis, how_made as taken_apart};
use crate::promql::syntax;
use crate::promql::syntax::complete::{Completion, Vocabulary, complete};
use crate::tsdb::Head;

/// The nodes of an expression on their way to their values.
#[derive(Debug)]
pub struct Explaining {
    head: Arc<Head>,
    explainer: Explainer,
}

impl Explaining {
    /// Begins with an expression at an instant.
    ///
    /// # Errors
    /// When there is no such store or the expression cannot be read.
    pub fn begin(lab: &Lab, store: &StoreId, at: Timestamp, expression: &str) -> Result<Self, Vec<Problem>> {
        let head = look_stores::head(lab, store).map_err(|problem| vec![problem])?;
        let tree = read(expression)?;
        let explainer = Explainer::new(&tree, at, &options(lab))
            .map_err(|error| vec![eval_problem(expression, &error)])?;
        Ok(Self { head, explainer })
    }

    /// Works on for about `budget` units.
    ///
    /// # Errors
    /// The thousandths that are done, where there is more to do.
    pub fn advance(&mut self, budget: u64) -> Result<Tree, u32> {
        let tree = self.explainer.advance(&self.head, budget);
        let (done, all) = self.explainer.progress();
        tree.ok_or((done * 1000 / all.max(1)) as u32)
    }
}

/// How one cell of one node was made.
///
/// # Errors
/// When there is no such store, node or cell, or the expression cannot be read or evaluated.
pub fn how_made(
    lab: &Lab,
    store: &StoreId,
    at: Timestamp,
    expression: &str,
    (node, labels): (u32, &Labels),
) -> Result<Answer, Vec<Problem>> {
    let head = look_stores::head(lab, store).map_err(|problem| vec![problem])?;
    let tree = read(expression)?;
    let made = taken_apart(&head, &tree, (node, labels), at, &options(lab));
    made.map(|made| Answer::HowMade(Box::new(made))).map_err(|error| {
        vec![match error {
            NotMade::NoSuchCell => {
                Problem::new("no-such-cell", format!("node {node} has no element {labels}"))
            }
            NotMade::TooMuch => Problem::new("too-much-to-explain", "more samples than can be shown"),
            NotMade::Failed(error) => eval_problem(expression, &error),
        }]
    })
}

/// Why an expression gives nothing.
///
/// # Errors
/// When there is no such store or the expression cannot be read or evaluated.
pub fn doctor(lab: &Lab, store: &StoreId, at: Timestamp, expression: &str) -> Result<Answer, Vec<Problem>> {
    let head = look_stores::head(lab, store).map_err(|problem| vec![problem])?;
    let tree = read(expression)?;
    let findings = diagnosis::findings(&head, &tree, at, &options(lab));
    let with_mends = |found: Vec<Finding>| {
        Answer::Doctor(found.into_iter().map(|finding| finding.with_mends(expression)).collect())
    };
    findings.map(with_mends).map_err(|error| vec![eval_problem(expression, &error)])
}

/// What is wrong with an expression, and how it may be mended.
pub fn check(expression: &str) -> CheckView {
    let problems = read(expression).err().unwrap_or_default();
    CheckView { problems, mends: syntax::mends(expression, &syntax::Options::default()) }
}

/// What may stand at byte `cursor` of `text`.
///
/// # Errors
/// When there is no such store.
pub fn completion(lab: &Lab, store: &StoreId, text: &str, cursor: u32) -> Result<Completion, Problem> {
    let head = look_stores::head(lab, store)?;
    Ok(complete(text, cursor, &syntax::Options::default(), &StoreNames { lab, head }))
}

/// The names of a store.
struct StoreNames<'a> {
    lab: &'a Lab,
    head: Arc<Head>,
}

impl Vocabulary for StoreNames<'_> {
    fn metrics(&self) -> Vec<Arc<str>> {
        self.head.label_values(METRIC_NAME, &[])
    }

    fn describe(&self, metric: &str) -> (String, String) {
        let view = look_stores::describe(self.lab, &self.head, metric.to_owned());
        (view.metric_type, view.help)
    }

    fn label_names(&self, matchers: &[Matcher]) -> Vec<Arc<str>> {
        self.head.label_names(matchers)
    }

    fn label_values(&self, label: &str, matchers: &[Matcher]) -> Vec<Arc<str>> {
        self.head.label_values(label, matchers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::question::Question;
    use crate::promql::eval::Options;

    /// A counter with a reset, a gauge and a histogram's buckets.
    fn head() -> Head {
        let mut head = Head::new();
        let mut add = |labels: &[(&str, &str)], values: &[f64]| {
            let id = head.series_id(&Labels::from_pairs(labels.iter().copied()));
            for (index, value) in values.iter().enumerate() {
                head.append(id, Timestamp(index as i64 * 10_000), *value).unwrap();
            }
        };
        add(&[("__name__", "c_total"), ("job", "a")], &[1.0, 5.0, 2.0, 7.0, 9.5, 12.0]);
        add(&[("__name__", "g"), ("job", "a")], &[4.0; 6]);
        for (bound, count) in [("0.5", 3.0), ("2", 8.0), ("+Inf", 9.0)] {
            add(&[("__name__", "h_bucket"), ("le", bound)], &[count; 6]);
        }
        head
    }

    /// Goes to the page and back.
    fn sent<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
        let bytes = postcard::to_stdvec(value).unwrap();
        assert_eq!(postcard::from_bytes::<T>(&bytes).as_ref(), Ok(value));
    }

    #[test]
    fn questions_and_answers_come_back_from_bytes() {
        let (head, at) = (head(), Timestamp(52_000));
        let (store, expression) = (StoreId::Pulled, "한글 \"".to_owned());
        let labels = Labels::from_pairs([("job", "a")]);
        sent(&Question::Explain { store: store.clone(), at, expression: expression.clone() });
        sent(&Question::HowMade {
            store: store.clone(),
            at,
            expression: expression.clone(),
            node: 3,
            labels,
        });
        sent(&Question::Doctor { store: store.clone(), at, expression: expression.clone() });
        sent(&Question::Complete { store, text: expression.clone(), cursor: 3 });
        sent(&Question::Check { expression });
        sent(&Answer::Check(check("rate(g)")));
        for query in
            ["rate(c_total[1m])", "g + on(job) c_total", "sum(g)", "histogram_quantile(0.4, h_bucket)", "-g"]
        {
            let (tree, options) = (read(query).unwrap(), Options::default());
            let mut explainer = Explainer::new(&tree, at, &options).unwrap();
            let explained = explainer.advance(&head, u64::MAX).unwrap();
            let crate::promql::explain::NodeResult::Vector { cells, .. } = &explained.nodes[0].result else {
                panic!("{query} gives no vector");
            };
            let made = taken_apart(&head, &tree, (0, &cells[0].labels), at, &options).unwrap();
            sent(&Answer::HowMade(Box::new(made)));
            sent(&Answer::Explain(explained));
        }
        for query in ["c_totl", "g{job=\"b\"}", "g > 7", "g * h_bucket", "rate(g[9s])", "g offset 1h"] {
            let found = diagnosis::findings(&head, &read(query).unwrap(), at, &Options::default()).unwrap();
            assert_eq!(found.len(), 1, "{query}");
            let found: Vec<Finding> = found.into_iter().map(|finding| finding.with_mends(query)).collect();
            sent(&Answer::Doctor(found));
        }
    }
}
