//! The six charts and the names that they have in URLs and answers.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One of the six charts of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chart {
    /// This month's revenue: the total and each lecture's share.
    MonthlyRevenue,
    /// Each lecture's share of the revenue on each of the last seven days.
    RevenueShare,
    /// The revenue of every day of a range, of one lecture or of all.
    RevenueTrend,
    /// The five lectures with the greatest share of learners who finished.
    Completion,
    /// Learners per decile of progress, of one lecture or of all.
    ProgressGroups,
    /// Students by the number of the lecturer's lectures that they learn in.
    LecturesPerStudent,
}

impl Chart {
    /// All charts, in the order of the dashboard.
    pub const ALL: [Self; 6] = [
        Self::MonthlyRevenue,
        Self::RevenueShare,
        Self::RevenueTrend,
        Self::Completion,
        Self::ProgressGroups,
        Self::LecturesPerStudent,
    ];

    /// Gives the chart's name as it stands in `GET /consulting/dashboard/{chart}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MonthlyRevenue => "monthly-revenue",
            Self::RevenueShare => "revenue-share",
            Self::RevenueTrend => "revenue-trend",
            Self::Completion => "completion",
            Self::ProgressGroups => "progress-groups",
            Self::LecturesPerStudent => "lectures-per-student",
        }
    }
}

impl fmt::Display for Chart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name is not that of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there is no chart of this name")]
pub struct UnknownChart;

impl FromStr for Chart {
    type Err = UnknownChart;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|chart| chart.name() == name).ok_or(UnknownChart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_a_url_is_the_name_in_json() {
        for chart in Chart::ALL {
            assert_eq!(chart.name().parse(), Ok(chart));
            assert_eq!(serde_json::to_value(chart).unwrap(), chart.name());
        }
    }

    #[test]
    fn a_name_that_differs_in_anything_is_unknown() {
        for name in ["", "Monthly-Revenue", "monthly_revenue", "completion ", "all"] {
            assert_eq!(name.parse::<Chart>(), Err(UnknownChart), "{name:?}");
        }
    }
}
