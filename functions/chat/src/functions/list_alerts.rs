//! `GET /alerts`: the weather warnings of all provinces or of one.

use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Json, Problem};
use maru_province::Province;
use maru_store::{ListQuery, Page};
use serde::Deserialize;

use crate::alerts::{AlertView, State, page};
use crate::store::Store;

/// Which alerts, and where to go on.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct ListAlerts {
    /// The code of a province.
    #[garde(skip)]
    region: Option<Province>,
    #[garde(skip)]
    state: State,
    #[garde(range(min = 1, max = 100))]
    limit: Option<u32>,
    #[garde(length(bytes, max = 2048))]
    cursor: Option<String>,
}

pub async fn handle(
    store: Store,
    call: Call<Anyone, Nothing, ListAlerts>,
) -> Result<Json<Page<AlertView>>, Problem> {
    let ListAlerts { region, state, limit, cursor } = call.query;
    let provinces = region.map_or(Province::ALL.to_vec(), |region| vec![region]);
    let alerts = store.alerts_of(&provinces, state, call.request.now).await?;
    let filter = format!("{} {state:?}", region.map_or("", Province::code));
    let list = ListQuery { limit, cursor };
    Ok(Json(page(alerts, ("list_alerts", &filter, call.caller.id.as_deref()), &list)?))
}
