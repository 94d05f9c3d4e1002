//! A member's profile changed: keeps the copy, and publishes their public resumes under a new nickname.
//!
//! Made again as often as it takes: the newest copy stays, and a resume that is published twice looks the same.

use maru_lambda::Event;

use crate::error::Error;
use crate::profile::MemberProfile;
use crate::writing::Writer;

pub async fn handle(writer: Writer, event: Event<MemberProfile>) -> Result<(), Error> {
    let profile = event.data;
    let store = writer.store();
    store.keep_profile(&profile).await?;
    // Also when this event is an old one: an earlier worker may have died right here.
    for resume in store.all_resumes(&profile.user_id).await? {
        if resume.is_public() {
            writer.publish_again(resume).await?;
        }
    }
    Ok(())
}
