//! Chat: weather warnings, and the rooms that open with them.
//!
//! Owns the alerts, which are folded hour by hour from the weather service's log of warnings, the rooms of the
//! provinces, which open with the first alert and close with the last, and what is said in them.

mod alerts;
mod error;
mod functions;
mod rooms;
mod store;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("cron_refresh_alerts", |start| start.schedule(cron_refresh_alerts::handle)),
    Function::new("cron_delete_ended_rooms", |start| start.schedule(cron_delete_ended_rooms::handle)),
    Function::new("list_alerts", |start| start.http(list_alerts::handle)),
    Function::new("list_rooms", |start| start.http(list_rooms::handle)),
    Function::new("on_alert_changed", |start| start.event(on_alert_changed::handle)),
    Function::new("on_alert_notices_requested", |start| start.queue(on_alert_notices_requested::handle)),
    Function::new("connect_chat", |start| start.websocket_connect(connect_chat::handle)),
    Function::new("disconnect_chat", |start| start.websocket_disconnect(disconnect_chat::handle)),
    Function::new("receive_chat_frame", |start| start.websocket_frame(receive_chat_frame::handle)),
    Function::new("on_message_posted", |start| start.queue(on_message_posted::handle)),
    Function::new("on_fan_out_requested", |start| start.queue(on_fan_out_requested::handle)),
    Function::new("list_room_messages", |start| start.http(list_room_messages::handle)),
    Function::new("on_member_deleted_for_chat", |start| start.event(on_member_deleted_for_chat::handle)),
    Function::new("on_profile_changed_for_chat", |start| start.event(on_profile_changed_for_chat::handle)),
];
