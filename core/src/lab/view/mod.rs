//! Plain values to be drawn: what an answer carries. No view knows how it is drawn.

mod query;
mod store;
mod targets;
mod yard;

pub use crate::model::labels::{Label, Labels};
pub use query::{Annotation, PointLanes, QueryView, RangeView, Severity, Value, VectorPoint, WindowSeries};
pub use store::{ConfigView, MetricView, PageView, StoreView};
pub use targets::{DiscoveryView, HealthView, JobView, ScrapeView, TargetView, TargetsView};
pub use yard::{
    ContainerState, ContainerView, LaneKind, LaneView, LogLineView, LogView, Placement, ServiceView, YardView,
};
