//! Plain values to be drawn: what an answer carries. No view knows how it is drawn.

mod course;
mod page;
mod query;
mod relabeling;
mod store;
mod targets;
mod vitals;
mod yard;

pub use crate::model::labels::{Label, Labels};
pub use crate::promql::explain::doctor::{Cause, Finding};
pub use crate::promql::explain::{
    BucketCount, Cell, CellValue, Change, ChangeOf, Edge, EdgeReason, How, Interpolation, LabelStatistics,
    Made, MatchGroup, MatchOutcome, Members, NativeBuckets, Newest, NodeKind, NodeReport, NodeResult,
    Operands, QuantileCase, Reset, Run, Tree,
};
pub use crate::promql::syntax::complete::{Completion, Item, ItemKind, Signature};
pub use crate::promql::syntax::{Edit, Mend, MendKind};
pub use crate::tsdb::{HeadSize, HeadStatistics, Tally};
pub use course::{CourseView, GoalView, KindView, LessonView, QuestionView, TaskView};
pub use page::{GoneLine, LineChange, PageChanges, PageView};
pub use query::{
    Annotation, BucketSpan, BucketView, CheckView, HistogramView, PointLanes, QueryView, RangeView, Severity,
    Value, VectorPoint, WindowSeries,
};
pub use relabeling::{MetricRelabelStep, MetricRelabelingView, RelabelOutcome, RelabelStep, RelabelingView};
pub use store::{ConfigView, FileView, MetricView, StorageView, StoreView};
pub use targets::{DiscoveryView, HealthView, JobView, ScrapeView, TargetId, TargetView, TargetsView};
pub use vitals::{ContainerVitals, VitalsView};
pub use yard::{
    ContainerState, ContainerView, LaneKind, LaneView, LogLineView, LogView, Placement, ServiceView, YardView,
};
