//! A resume was published, or what is public of it changed: gives it its entries in the lists.

use maru_lambda::Event;

use crate::error::Error;
use crate::follow_up::{FollowUp, ResumeMoved};
use crate::lists::News;

pub async fn handle(follow_up: FollowUp, event: Event<ResumeMoved>) -> Result<(), Error> {
    follow_up.follow_up(&event.data.resume_id, News::Publication).await
}
