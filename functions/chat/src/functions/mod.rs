//! One file per Lambda, named like it.

pub mod connect_chat;
pub mod cron_delete_ended_rooms;
pub mod cron_refresh_alerts;
pub mod disconnect_chat;
pub mod list_alerts;
pub mod list_room_messages;
pub mod list_rooms;
pub mod on_alert_changed;
pub mod on_alert_notices_requested;
pub mod on_fan_out_requested;
pub mod on_member_deleted_for_chat;
pub mod on_message_posted;
pub mod on_profile_changed_for_chat;
pub mod receive_chat_frame;
