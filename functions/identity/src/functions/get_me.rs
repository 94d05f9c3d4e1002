//! `GET /me`: the caller's account and profile.

use maru_lambda::{Call, Member, Problem, Reply};

use crate::arrival::arrive;
use crate::events::Announcer;
use crate::me;
use crate::store::Store;

pub async fn handle((store, announcer): (Store, Announcer), call: Call<Member>) -> Result<Reply, Problem> {
    let member = arrive(&store, &announcer, &call.caller, call.request.now).await?;
    let plan = store.plan(&member.id, call.request.now).await?;
    Ok(me::reply(&member, plan, &call.caller.roles))
}
