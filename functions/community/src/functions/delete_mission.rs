//! `DELETE /admin/missions/{missionId}`: nobody draws it any more; who drew it before can still do it.

use maru_lambda::{Admin, Call, NoContent};

use super::MissionPath;
use crate::error::Error;
use crate::store::Store;

pub async fn handle(store: Store, call: Call<Admin, MissionPath>) -> Result<NoContent, Error> {
    store.delete_mission(&call.path.mission_id).await?;
    Ok(NoContent)
}
