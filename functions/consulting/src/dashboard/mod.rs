//! What a lecturer sees of the numbers: the rules of the six charts, as JSON and as pictures.
//!
//! Everything here is computed from one lecturer's
//! [`LecturerNumbers`](crate::generation::numbers::LecturerNumbers) of one published generation. There is
//! no I/O and no clock: "today" is the day of the published run. [`svg`] draws what the rules give and
//! decides nothing about numbers.
//!
//! Keys are lecture ids everywhere. A title is only ever shown: two lectures may share one, and a lecture
//! may be called `all`.

mod chart;
mod completion;
mod error;
#[cfg(test)]
mod fixtures;
mod lectures_per_student;
mod monthly_revenue;
mod percent;
mod progress_groups;
mod revenue;
mod revenue_share;
mod revenue_trend;
mod selection;
pub mod svg;
mod view;

pub use chart::{Chart, UnknownChart};
pub use completion::{Completion, LectureCompletion};
pub use error::DashboardError;
pub use lectures_per_student::{LecturesPerStudent, StudentGroup};
pub use monthly_revenue::MonthlyRevenue;
pub use percent::Percent;
pub use progress_groups::{ProgressGroup, ProgressGroups};
pub use revenue::LectureRevenue;
pub use revenue_share::{DayShares, LectureShare, RevenueShare};
pub use revenue_trend::{RevenueTrend, TrendPoint};
pub use selection::{DEFAULT_RANGE_DAYS, MAX_RANGE_DAYS, Scope, Selection};
pub use view::{ChartView, Dashboard, LectureName, Published, PublishedChart};
