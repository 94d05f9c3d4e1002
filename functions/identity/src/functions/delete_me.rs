//! `DELETE /me`: closes the caller's account, now and for good; with `If-Match` only as its owner last saw it.
//!
//! Whoever never looked at their profile becomes a member for it: the other domains may have data of theirs,
//! and only an account that is closed tells them to erase it.

use maru_lambda::{Call, Member, NoContent, Problem, Reply};

use crate::arrival::arrive;
use crate::error::Error;
use crate::events::Announcer;
use crate::me;
use crate::sessions::removed_refresh_cookie;
use crate::store::Store;

/// How often it is tried to close an account that changes under our eyes.
const ATTEMPTS: u32 = 5;

pub async fn handle((store, announcer): (Store, Announcer), call: Call<Member>) -> Result<Reply, Problem> {
    for _ in 0..ATTEMPTS {
        let member = arrive(&store, &announcer, &call.caller, call.request.now).await?;
        if !me::is_meant(&call.request, &member) {
            return Err(Error::Stale.into());
        }
        let posted = vec![announcer.member_deleted(&member.id, call.request.now)?];
        match store.close(&member, call.request.now, &posted).await {
            Ok(()) => {
                announcer.send(posted).await;
                return Ok(Reply::from(NoContent).with_cookie(&removed_refresh_cookie()));
            }
            // Without `If-Match` whatever is there is to be closed.
            Err(Error::Stale) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::Contended.into())
}
