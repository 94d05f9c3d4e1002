//! The alerts and rooms as everybody sees them, page by page. They are few, at most some hundred of each province, and
//! read at once; what is paged is the answer.

use std::borrow::Cow;

use chat_alerts::alert::Alert;
use chat_alerts::kind::{Kind, Level};
use jiff::Timestamp;
use maru_lambda::Problem;
use maru_province::Province;
use maru_store::{Item, ListQuery, Page, Scope, StoreError, text};
use serde::{Deserialize, Serialize};

use super::province::Alerts;
use crate::store::{Store, alerts_key};

/// Which alerts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Those in force.
    #[default]
    Active,
    /// Those that ended within the last seven days.
    Ended,
}

/// A province as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct ProvinceView {
    /// Its code.
    pub code: &'static str,
    name: &'static str,
}

/// A kind of warning and its level, as they are shown.
#[derive(Clone, Debug, Serialize)]
pub struct WarningView {
    kind: u16,
    level: u8,
    /// Both in Korean: `호우경보`.
    name: String,
}

/// An alert as everybody sees it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertView {
    id: String,
    province: ProvinceView,
    zone: String,
    zone_name: String,
    warning: WarningView,
    state: State,
    since: Timestamp,
    issued_at: Timestamp,
    ended_at: Option<Timestamp>,
}

/// Something that has a name by which it is sorted.
pub trait Named {
    /// The name.
    fn name(&self) -> String;
}

impl From<Province> for ProvinceView {
    fn from(province: Province) -> Self {
        Self { code: province.code(), name: province.name() }
    }
}

impl WarningView {
    /// How a kind and its level are shown.
    #[must_use]
    pub fn new(kind: Kind, level: Level) -> Self {
        let name: Cow<'static, str> = kind.name() + level.name();
        Self { kind: kind.into(), level: level.0, name: name.into_owned() }
    }
}

impl AlertView {
    fn new(province: Province, alert: Alert) -> Self {
        let state = if alert.is_in_force() { State::Active } else { State::Ended };
        let Alert { id, zone, zone_name, kind, level, since, issued_at, ended_at } = alert;
        let (province, warning) = (province.into(), WarningView::new(kind, level));
        Self { id, province, zone, zone_name, warning, state, since, issued_at, ended_at }
    }
}

impl Named for AlertView {
    fn name(&self) -> String {
        format!("{}#{}", self.province.code, self.id)
    }
}

impl Store {
    /// The alerts of `provinces`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alerts_of(
        &self,
        provinces: &[Province],
        state: State,
        now: Timestamp,
    ) -> Result<Vec<AlertView>, StoreError> {
        #[derive(Deserialize)]
        struct Stored {
            pk: String,
            #[serde(flatten)]
            alerts: Alerts,
        }
        let keys = provinces.iter().copied().map(alerts_key).collect();
        let stored: Vec<Stored> = self.table().get_all(keys, false).await?;
        let of = |province: Province| {
            let found = stored.iter().find(|stored| stored.pk == alerts_key(province).pk);
            let alerts = found.map(|found| found.alerts.alerts.clone()).unwrap_or_default();
            alerts.into_iter().map(move |alert| (province, alert))
        };
        let kept = provinces.iter().copied().flat_map(of).filter(|(_, alert)| !alert.is_forgotten(now));
        let views = kept.map(|(province, alert)| AlertView::new(province, alert));
        Ok(views.filter(|view| view.state == state).collect())
    }
}

/// A page of `all`, sorted by name.
///
/// # Errors
/// 400 `invalid_cursor` for a cursor of another list, filter or caller.
pub fn page<T: Named>(
    mut all: Vec<T>,
    (list, filter, caller): (&str, &str, Option<&str>),
    query: &ListQuery,
) -> Result<Page<T>, Problem> {
    let scope = Scope::new(list, filter, caller.unwrap_or_default(), list);
    let from = query.cursor.as_deref().map(|cursor| scope.open(cursor)).transpose()?;
    let after = from.as_ref().and_then(|from| from.get("sk")?.as_s().ok());
    all.retain(|each| after.is_none_or(|after| each.name() > *after));
    all.sort_by_cached_key(Named::name);
    let more = all.len() > query.wanted();
    all.truncate(query.wanted());
    let last = all.last().filter(|_| more).map(|last| {
        let place = [("pk".to_owned(), text(list)), ("sk".to_owned(), text(last.name()))];
        scope.seal(&Item::from(place))
    });
    Ok(Page { items: all, next_cursor: last })
}
