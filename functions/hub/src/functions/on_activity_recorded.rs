//! Somebody liked, viewed or commented on a resume: moves it in the lists and tells its owner.

use maru_lambda::Message;

use crate::activity::ActivityRecorded;
use crate::error::Error;
use crate::follow_up::FollowUp;
use crate::lists::News;

pub async fn handle(follow_up: FollowUp, message: Message<ActivityRecorded>) -> Result<(), Error> {
    follow_up.follow_up(&message.event.data.resume_id, News::Activity).await
}
