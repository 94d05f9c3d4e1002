//! The functions of the domain, a module each, through a local stack.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod chatting;
mod connect_chat;
mod cron_delete_ended_rooms;
mod cron_refresh_alerts;
mod disconnect_chat;
mod list_alerts;
mod list_room_messages;
mod list_rooms;
mod on_alert_changed;
mod on_alert_notices_requested;
mod on_fan_out_requested;
mod on_member_deleted_for_chat;
mod on_message_posted;
mod on_profile_changed_for_chat;
mod receive_chat_frame;
mod warned;
