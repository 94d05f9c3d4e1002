//! One file per Lambda, named like it.

pub mod list_notifications;
pub mod on_member_deleted_for_notification;
pub mod on_notification_requested;
pub mod read_all_notifications;
pub mod update_notification;
