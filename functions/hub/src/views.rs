//! Views: one counts for a viewer and a resume, then none for an hour.
//!
//! Whether an hour has passed is asked of the clock, in the condition of the write; that old items are deleted
//! later only saves room. The item and the count are two writes: a view can be lost between them, but never be
//! counted twice, and no transaction is in the way of those that view at the same time.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use maru_store::{Key, Outcome, StoreError, integer};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::counts::Mark;
use crate::store::Store;

/// For how long a view counts.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Who views: an account, or the address that a guest comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer(String);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct View {
    counted_at: i64,
    expires_at: i64,
}

impl Viewer {
    /// The viewer of a request. A guest with IPv6 is known by the network (the first 64 bits), out of which a
    /// device takes a new address every day (RFC 8981).
    #[must_use]
    pub fn new(account: Option<&str>, address: &str) -> Self {
        if let Some(account) = account {
            return Self(format!("account#{account}"));
        }
        let network = match address.parse() {
            Ok(IpAddr::V6(address)) => {
                let [first, second, third, fourth, ..] = address.segments();
                format!("{first:x}:{second:x}:{third:x}:{fourth:x}::/64")
            }
            _ => address.to_owned(),
        };
        Self(format!("address#{network}"))
    }

    /// The viewer of one resume, without saying who it is or what else they view.
    fn hash(&self, resume: &str) -> String {
        let mut digest = Sha256::new();
        for part in [resume, &self.0] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Store {
    /// Counts a view, unless one of the same viewer counted within the last hour. Gives whether `mark` was left
    /// by it, so that what follows has to be asked for.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn view(
        &self,
        resume: &str,
        viewer: &Viewer,
        now: Timestamp,
        mark: &Mark,
    ) -> Result<bool, StoreError> {
        let hash = viewer.hash(resume);
        let key = Key::new(format!("VIEW#{resume}#{hash}"), "VIEW");
        let view = View {
            counted_at: now.as_millisecond(),
            expires_at: now.as_second().saturating_add(HOUR.as_secs()),
        };
        let put = self
            .table()
            .put(&key, &view)?
            .condition_expression("attribute_not_exists(pk) OR countedAt <= :before")
            .expression_attribute_values(":before", integer((now - HOUR).as_millisecond()));
        match self.table().put_if(put).await? {
            Outcome::Refused(_) => Ok(false),
            Outcome::Done(()) => self.add_view(resume, &hash, mark).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_is_the_account_else_the_address_else_its_network() {
        let viewer = Viewer::new;
        assert_eq!(viewer(Some("usr_1"), "192.0.2.1"), viewer(Some("usr_1"), "192.0.2.2"));
        assert_ne!(viewer(Some("usr_1"), "192.0.2.1"), viewer(Some("usr_2"), "192.0.2.1"));
        assert_ne!(viewer(None, "192.0.2.1"), viewer(None, "192.0.2.2"));
        assert_ne!(viewer(None, "192.0.2.1"), viewer(Some("192.0.2.1"), ""));
        assert_eq!(viewer(None, "2001:db8:0:1::1"), viewer(None, "2001:db8:0:1:ffff::2"));
        assert_ne!(viewer(None, "2001:db8:0:1::1"), viewer(None, "2001:db8:0:2::1"));
    }

    #[test]
    fn what_is_kept_of_a_viewer_is_another_for_each_resume_and_does_not_say_who() {
        let viewer = Viewer::new(Some("usr_1"), "");
        assert_ne!(viewer.hash("res_1"), viewer.hash("res_2"));
        assert!(!viewer.hash("res_1").contains("usr_1"));
    }
}
