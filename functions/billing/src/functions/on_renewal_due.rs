//! A subscription has to be looked at: charges it, settles what was left open, or ends it.

use maru_lambda::Message;

use crate::charger::Charger;
use crate::error::Error;
use crate::nights::RenewalDue;

pub async fn handle(charger: Charger, message: Message<RenewalDue>) -> Result<(), Error> {
    let RenewalDue { member_id, night } = &message.event.data;
    charger.take_up(member_id, *night).await
}
