//! The answers of the two dashboard endpoints: all charts, or one.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Chart, Completion, DashboardError, LecturesPerStudent, MonthlyRevenue, ProgressGroups, RevenueShare,
    RevenueTrend, Scope, Selection,
};
use crate::generation::numbers::LecturerNumbers;

/// Which published generation an answer was computed from. Every number of one answer is of this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Published {
    /// The day of the run: the last calendar day in Asia/Seoul that is counted.
    pub day: Date,
    /// The id of the generation.
    pub generation_id: String,
    /// When the generation became what readers see.
    pub published_at: Timestamp,
}

/// All six charts of one lecturer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dashboard {
    /// Where the numbers come from.
    #[serde(flatten)]
    pub published: Published,
    /// The lecturer's lectures in the order of their ids: what `lectureId` may be.
    pub lectures: Vec<LectureName>,
    /// This month's revenue: the total and each lecture's share.
    pub monthly_revenue: MonthlyRevenue,
    /// Each lecture's share of the revenue on each of the last seven days.
    pub revenue_share: RevenueShare,
    /// The revenue of every day of the range, of the selected lecture or of all.
    pub revenue_trend: RevenueTrend,
    /// The five lectures with the greatest share of learners who finished.
    pub completion: Completion,
    /// Learners per decile of progress, of the selected lecture or of all.
    pub progress_groups: ProgressGroups,
    /// Students by the number of the lecturer's lectures that they learn in.
    pub lectures_per_student: LecturesPerStudent,
}

/// A lecture that can be selected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LectureName {
    /// The key of the lecture.
    pub lecture_id: String,
    /// The title as the lecture platform has it; not unique.
    pub title: String,
}

/// One chart with the generation that it was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedChart {
    /// Where the numbers come from.
    #[serde(flatten)]
    pub published: Published,
    /// The chart itself; `chart` says which.
    #[serde(flatten)]
    pub view: ChartView,
}

/// One of the six charts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "chart", rename_all = "kebab-case")]
pub enum ChartView {
    /// See [`Chart::MonthlyRevenue`].
    MonthlyRevenue(MonthlyRevenue),
    /// See [`Chart::RevenueShare`].
    RevenueShare(RevenueShare),
    /// See [`Chart::RevenueTrend`].
    RevenueTrend(RevenueTrend),
    /// See [`Chart::Completion`].
    Completion(Completion),
    /// See [`Chart::ProgressGroups`].
    ProgressGroups(ProgressGroups),
    /// See [`Chart::LecturesPerStudent`].
    LecturesPerStudent(LecturesPerStudent),
}

impl Dashboard {
    /// Computes all six charts of `numbers`, which are of the generation `published`.
    ///
    /// # Errors
    /// Those of [`Selection::resolve`], and [`DashboardError::RevenueOverflow`].
    pub fn compute(
        numbers: &LecturerNumbers,
        selection: &Selection,
        published: Published,
    ) -> Result<Self, DashboardError> {
        let scope = selection.resolve(numbers, published.day)?;
        let names = numbers.lectures.iter().map(|lecture| LectureName {
            lecture_id: lecture.lecture_id.clone(),
            title: lecture.title.clone(),
        });
        Ok(Self {
            lectures: names.collect(),
            monthly_revenue: MonthlyRevenue::compute(numbers, scope.day)?,
            revenue_share: RevenueShare::compute(numbers, scope.day)?,
            revenue_trend: RevenueTrend::compute(&scope)?,
            completion: Completion::compute(numbers),
            progress_groups: ProgressGroups::compute(&scope),
            lectures_per_student: LecturesPerStudent::compute(numbers),
            published,
        })
    }
}

impl PublishedChart {
    /// Computes one chart of `numbers`, which are of the generation `published`. The whole selection is
    /// checked, also the parts that this chart does not depend on.
    ///
    /// # Errors
    /// Those of [`Selection::resolve`], and [`DashboardError::RevenueOverflow`].
    pub fn compute(
        chart: Chart,
        numbers: &LecturerNumbers,
        selection: &Selection,
        published: Published,
    ) -> Result<Self, DashboardError> {
        let view = ChartView::compute(chart, &selection.resolve(numbers, published.day)?)?;
        Ok(Self { published, view })
    }
}

impl ChartView {
    fn compute(chart: Chart, scope: &Scope<'_>) -> Result<Self, DashboardError> {
        let (numbers, day) = (scope.numbers, scope.day);
        Ok(match chart {
            Chart::MonthlyRevenue => Self::MonthlyRevenue(MonthlyRevenue::compute(numbers, day)?),
            Chart::RevenueShare => Self::RevenueShare(RevenueShare::compute(numbers, day)?),
            Chart::RevenueTrend => Self::RevenueTrend(RevenueTrend::compute(scope)?),
            Chart::Completion => Self::Completion(Completion::compute(numbers)),
            Chart::ProgressGroups => Self::ProgressGroups(ProgressGroups::compute(scope)),
            Chart::LecturesPerStudent => Self::LecturesPerStudent(LecturesPerStudent::compute(numbers)),
        })
    }

    /// Tells which chart this is.
    pub const fn chart(&self) -> Chart {
        match self {
            Self::MonthlyRevenue(_) => Chart::MonthlyRevenue,
            Self::RevenueShare(_) => Chart::RevenueShare,
            Self::RevenueTrend(_) => Chart::RevenueTrend,
            Self::Completion(_) => Chart::Completion,
            Self::ProgressGroups(_) => Chart::ProgressGroups,
            Self::LecturesPerStudent(_) => Chart::LecturesPerStudent,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::*;
    use crate::dashboard::fixtures::{Described, lecture, lecturer};

    fn published() -> Published {
        Published {
            day: date(2025, 9, 7),
            generation_id: "gen-1".to_owned(),
            published_at: "2025-09-07T15:12:00Z".parse().unwrap(),
        }
    }

    fn numbers() -> LecturerNumbers {
        lecturer(vec![lecture("a").paid(date(2025, 9, 7), 1_000).learnt(2, 1), lecture("b")])
    }

    #[test]
    fn one_chart_is_the_same_as_that_part_of_the_dashboard() {
        let selection = Selection { lecture_id: Some("a".to_owned()), ..Selection::default() };
        let all = Dashboard::compute(&numbers(), &selection, published()).unwrap();
        let all = serde_json::to_value(all).unwrap();
        let parts = [
            "monthlyRevenue",
            "revenueShare",
            "revenueTrend",
            "completion",
            "progressGroups",
            "lecturesPerStudent",
        ];
        for (chart, part) in Chart::ALL.into_iter().zip(parts) {
            let one = PublishedChart::compute(chart, &numbers(), &selection, published()).unwrap();
            assert_eq!(one.view.chart(), chart);
            let mut one = serde_json::to_value(one).unwrap();
            let fields = one.as_object_mut().unwrap();
            assert_eq!(fields.remove("chart"), Some(json!(chart.name())));
            for field in ["day", "generationId", "publishedAt"] {
                assert_eq!(fields.remove(field).as_ref(), Some(&all[field]), "{field} of {chart}");
            }
            assert_eq!(one, all[part], "{chart}");
        }
    }

    #[test]
    fn the_dashboard_names_the_lectures_that_can_be_selected() {
        let all = Dashboard::compute(&numbers(), &Selection::default(), published()).unwrap();
        let all = serde_json::to_value(all).unwrap();
        assert_eq!(
            all["lectures"],
            json!([{"lectureId": "a", "title": "a"}, {"lectureId": "b", "title": "b"}])
        );
        assert_eq!(all["publishedAt"], json!("2025-09-07T15:12:00Z"));
    }

    #[test]
    fn a_lecturer_without_lectures_has_an_empty_dashboard() {
        let all = Dashboard::compute(&lecturer(vec![]), &Selection::default(), published()).unwrap();
        assert_eq!((all.monthly_revenue.total, all.revenue_trend.points.len()), (0, 30));
    }

    #[test]
    fn a_wrong_selection_is_refused_for_every_chart() {
        let selection = Selection { lecture_id: Some("x".to_owned()), ..Selection::default() };
        for chart in Chart::ALL {
            let refused = PublishedChart::compute(chart, &numbers(), &selection, published());
            assert!(matches!(refused, Err(DashboardError::LectureNotFound { .. })), "{chart}");
        }
    }

    #[test]
    fn the_schema_documents_every_field() {
        let schema = schemars::schema_for!(Dashboard).to_value();
        let mut undocumented = Vec::new();
        collect_undocumented("Dashboard", &schema, &mut undocumented);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            collect_undocumented(name, definition, &mut undocumented);
        }
        assert!(undocumented.is_empty(), "fields without a description: {undocumented:?}");
    }

    fn collect_undocumented(name: &str, schema: &Value, undocumented: &mut Vec<String>) {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            if property["description"].is_null() {
                undocumented.push(format!("{name}.{field}"));
            }
        }
    }
}
