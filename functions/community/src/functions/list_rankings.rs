//! `GET /rankings`: who has the most points, and where the caller stands.

use community_rules::missions::points::Level;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Json, Problem};
use maru_store::{ListQuery, Page};
use serde::Serialize;

use crate::rankings::{Own, Place};
use crate::store::Store;
use maru_members::Member;

/// Somebody in the ranking.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RankingEntry {
    rank: u64,
    /// None of a member whose profile has not arrived, or who has just left.
    nickname: Option<String>,
    points: u64,
    level: u64,
    /// Whether this is the caller.
    mine: bool,
}

/// A page of the ranking.
#[derive(Clone, Debug, Serialize)]
pub struct Rankings {
    #[serde(flatten)]
    page: Page<RankingEntry>,
    /// Where the caller stands; none for a guest.
    me: Option<Own>,
}

pub async fn handle(store: Store, call: Call<Anyone, Nothing, ListQuery>) -> Result<Json<Rankings>, Problem> {
    let caller = call.caller.id.as_deref();
    let places = store.ranking(&call.query, caller.unwrap_or_default()).await?;
    let ids: Vec<&str> = places.items.iter().map(|place| place.member_id.as_str()).collect();
    let members = store.members().get_all(&ids).await?;
    let page = places.map(|place| entry(&place, members.get(&place.member_id), caller));
    let me = match caller {
        Some(caller) => Some(store.own_rank(caller).await?),
        None => None,
    };
    Ok(Json(Rankings { page, me }))
}

fn entry(place: &Place, member: Option<&Member>, caller: Option<&str>) -> RankingEntry {
    RankingEntry {
        rank: place.number,
        nickname: member.and_then(|member| member.nickname.clone()),
        points: place.points,
        level: Level::of(place.points).number,
        mine: caller == Some(place.member_id.as_str()),
    }
}
