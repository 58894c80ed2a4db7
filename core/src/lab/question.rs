//! What a page can ask. A question changes nothing, however often it is asked.

use serde::{Deserialize, Serialize};

use super::command::Range;
use super::store::StoreId;
use super::view::TargetId;
use crate::base::time::Timestamp;
use crate::model::labels::Labels;

/// A question to the lab; it is answered for the virtual instant at which it was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// Services, containers and who asks whom: [`super::Answer::Yard`].
    Yard,
    /// The targets of a Prometheus by job: [`super::Answer::Targets`].
    Targets(StoreId),
    /// What relabeling makes of a label set, rule by rule: [`super::Answer::Relabeling`].
    Relabeling {
        /// Which Prometheus.
        store: StoreId,
        /// The job.
        job: String,
        /// The labels before relabeling, as a target or what was dropped shows them.
        discovered: Labels,
        /// Rules to be tried in place of the job's: a YAML list. Nothing is put in force.
        rules: Option<String>,
    },
    /// What metric relabeling makes of a target's last page, rule by rule: [`super::Answer::MetricRelabeling`].
    MetricRelabeling {
        /// Which Prometheus.
        store: StoreId,
        /// The target.
        target: TargetId,
        /// Rules to be tried in place of the job's: a YAML list. Nothing is put in force.
        rules: Option<String>,
    },
    /// An expression over a store: [`super::Answer::Query`].
    Query {
        /// Which store.
        store: StoreId,
        /// Over which time.
        range: Range,
        /// The PromQL expression.
        expression: String,
    },
    /// The metrics page of a container as it would be served now, with what changed since the last scrape: [`super::Answer::Page`].
    Page {
        /// The container's name.
        container: String,
    },
    /// The lines that a container wrote, as far as they are kept: [`super::Answer::Logs`].
    Logs {
        /// The container's name.
        container: String,
        /// The number of the first line wanted; 0 asks for all that are kept.
        since: u64,
    },
    /// Metric names with type and help, for completion and help: [`super::Answer::Metrics`].
    Metrics(StoreId),
    /// Label names of a store: [`super::Answer::Names`].
    LabelNames {
        /// Which store.
        store: StoreId,
        /// Only of series of this metric.
        metric: Option<String>,
    },
    /// Values of a label in a store: [`super::Answer::Names`].
    LabelValues {
        /// Which store.
        store: StoreId,
        /// The label.
        label: String,
        /// Only of series of this metric.
        metric: Option<String>,
    },
    /// The text of the configuration that a Prometheus runs: [`super::Answer::Config`].
    Config(StoreId),
    /// What happened from a sequence number on: [`super::Answer::Events`].
    Events {
        /// The first sequence number wanted; 0 asks for all that is kept.
        since: u64,
    },
    /// All stores with their sizes: [`super::Answer::Stores`].
    Stores,
    /// What a store holds and how it is kept: [`super::Answer::Storage`].
    Storage(StoreId),
    /// A store as a file to take along: [`super::Answer::File`].
    Export {
        /// Which store.
        store: StoreId,
        /// As what.
        form: ExportForm,
    },
    /// The journal as text: [`super::Answer::Journal`].
    Journal,
    /// The lessons with tasks, questions and how far the learner is: [`super::Answer::Course`].
    Course,
    /// Every node of an expression with its value at an instant: [`super::Answer::Explain`].
    Explain {
        /// Which store.
        store: StoreId,
        /// When.
        at: Timestamp,
        /// The PromQL expression.
        expression: String,
    },
    /// How one cell of one node was made: [`super::Answer::HowMade`].
    HowMade {
        /// Which store.
        store: StoreId,
        /// When; the query's instant, also where the node is evaluated at another.
        at: Timestamp,
        /// The PromQL expression.
        expression: String,
        /// The place of the node in the tree of [`Question::Explain`].
        node: u32,
        /// The labels of the cell.
        labels: Labels,
    },
    /// Why an expression gives nothing at an instant: [`super::Answer::Doctor`].
    Doctor {
        /// Which store.
        store: StoreId,
        /// When.
        at: Timestamp,
        /// The PromQL expression.
        expression: String,
    },
    /// What is wrong with an expression, and how it may be mended: [`super::Answer::Check`].
    Check {
        /// The PromQL expression.
        expression: String,
    },
    /// The expressions that were run in this lab, the newest first: [`super::Answer::History`].
    History,
    /// What may stand at the cursor of an unfinished expression: [`super::Answer::Completion`].
    Complete {
        /// The store whose names are offered.
        store: StoreId,
        /// The text as far as it is written.
        text: String,
        /// The cursor, in bytes of the text.
        cursor: u32,
    },
    /// The learner's board: [`super::Answer::Board`].
    Board,
    /// The board as a file to take along: [`super::Answer::File`].
    BoardFile,
    /// The panels that the scenario suggests to begin with, in a language (`ko`, `en`): [`super::Answer::Board`].
    BoardSuggestions(String),
    /// How processor, memory and requests of each container went: [`super::Answer::Vitals`].
    Vitals,
}

/// What a store is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportForm {
    /// OpenMetrics with timestamps: floats only, for any tool and any editor.
    OpenMetrics,
    /// A Prometheus block in a tar archive: everything, to be unpacked into the data folder of a real one.
    Block,
}
