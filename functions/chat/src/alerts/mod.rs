//! Weather warnings: read every hour, folded into alerts, and what follows from them.
//!
//! What is in force and what changes is decided in `chat_alerts`. Here it is carried out: all that changes in a province
//! is one transaction, with the word of it to the province's people. What is in it decides who wins:
//!
//! - the newest *reading* of the warnings: whoever reads later has said so first ([`reading_key`](crate::store)), and an
//!   earlier one that is slow changes nothing any more;
//! - the *version* of the province's alerts, which names the change for ever.

mod ended;
mod listing;
mod notices;
mod province;
mod refresh;
mod room;
mod warnings;
mod zones;

pub use ended::{Deleted, Ended};
pub use listing::{AlertView, State, page};
pub use notices::{AlertChanged, NoticeQueue, Notices, NoticesRequested};
pub use refresh::{Refresh, Refreshed};
pub use room::RoomView;
