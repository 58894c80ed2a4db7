//! What comes back for a question: plain views, ready to be drawn and sent between page and worker.

use serde::{Deserialize, Serialize};

use super::board::Dashboard;
use super::event::Feed;
use super::view::{
    CheckView, Completion, ConfigView, CourseView, FileView, Finding, LogView, Made, MetricRelabelingView,
    MetricView, PageView, QueryView, RelabelingView, StorageView, StoreView, TargetsView, Tree, VitalsView,
    YardView,
};

/// The answer to a [`super::Question`], of the kind that the question names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Services, containers and lanes.
    Yard(YardView),
    /// Targets by job.
    Targets(TargetsView),
    /// What relabeling makes of a label set.
    Relabeling(Box<RelabelingView>),
    /// What metric relabeling makes of a page.
    MetricRelabeling(Box<MetricRelabelingView>),
    /// The value of an expression.
    Query(QueryView),
    /// A metrics page.
    Page(PageView),
    /// Lines of a log.
    Logs(LogView),
    /// Metric families, in order of their names.
    Metrics(Vec<MetricView>),
    /// Label names or values, sorted.
    Names(Vec<String>),
    /// A configuration.
    Config(ConfigView),
    /// What happened.
    Events(Feed),
    /// The stores, the pulled ones first.
    Stores(Vec<StoreView>),
    /// What a store holds and how it is kept.
    Storage(Box<StorageView>),
    /// A file to take along.
    File(FileView),
    /// The journal's text.
    Journal(String),
    /// The nodes of an expression with their values.
    Explain(Tree),
    /// How a cell was made.
    HowMade(Box<Made>),
    /// Where the last series was lost; nothing where none was.
    Doctor(Vec<Finding>),
    /// What may stand at the cursor.
    Completion(Completion),
    /// What is wrong with an expression.
    Check(CheckView),
    /// Expressions that were run, each once.
    History(Vec<String>),
    /// The lessons.
    Course(CourseView),
    /// A board with its panels.
    Board(Box<Dashboard>),
    /// The last minutes of each container.
    Vitals(VitalsView),
}
