//! The charts as pictures: one self-contained SVG each, the same bytes for the same view and style.
//!
//! The pictures decide nothing about numbers; they only leave out what cannot be read (a title is cut, more
//! than eight lectures are grouped). What holds for all of them:
//!
//! - Bars for everything that is compared, a line for what happens in time. The originals' two pies are bars
//!   here: lengths are compared more exactly than angles, and a pie of eighty lectures cannot be read.
//! - Colour is never the only key: bars carry their names and values, stacked parts a letter and a pattern.
//! - Titles come from strangers. They reach the picture through `text` only, which escapes them.
//! - No script, no link, no font and no picture from elsewhere. A browser may be told so by
//!   `Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'`.

mod axis;
mod columns;
mod completion;
mod dates;
mod language;
mod lectures_per_student;
mod lettering;
mod monthly_revenue;
mod names;
mod numbers;
mod palette;
mod picture;
mod progress_groups;
mod ranked_bars;
mod revenue_share;
mod revenue_trend;
mod scale;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod trend_axis;

pub use language::Language;
pub use theme::Theme;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChartView, PublishedChart};

/// How many lectures a picture shows by themselves; the others are drawn as one.
const SHOWN_LECTURES: usize = 8;

/// How a picture is drawn. Absent from a query, both parts are their defaults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Style {
    /// The language of the words and the form of the numbers.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
}

/// Draws a chart as an SVG document of 720 units width, to be sent as `image/svg+xml`.
pub fn draw(chart: &PublishedChart, style: Style) -> String {
    let day = chart.published.day;
    match &chart.view {
        ChartView::MonthlyRevenue(view) => monthly_revenue::draw(view, style),
        ChartView::RevenueShare(view) => revenue_share::draw(view, style),
        ChartView::RevenueTrend(view) => revenue_trend::draw(view, day, style),
        ChartView::Completion(view) => completion::draw(view, day, style),
        ChartView::ProgressGroups(view) => progress_groups::draw(view, day, style),
        ChartView::LecturesPerStudent(view) => lectures_per_student::draw(view, day, style),
    }
}
