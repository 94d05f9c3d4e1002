//! Who asks for questions: a member, or a guest, who is known by the address alone.

use maru_lambda::Anyone;
use maru_store::network_of;

/// Who asks for questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Somebody with an account: its id.
    Member(String),
    /// Somebody without one: what is counted of the address.
    Guest(String),
}

impl Asker {
    /// Whoever calls, from `source_ip`.
    #[must_use]
    pub fn of(caller: &Anyone, source_ip: &str) -> Self {
        match &caller.id {
            Some(id) => Self::Member(id.clone()),
            None => Self::Guest(network_of(source_ip)),
        }
    }

    /// The account's id; none for a guest.
    #[must_use]
    pub fn member(&self) -> Option<&str> {
        match self {
            Self::Member(id) => Some(id),
            Self::Guest(_) => None,
        }
    }

    /// Names the asker among all of them, in keys.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Member(id) => id.clone(),
            Self::Guest(network) => format!("guest@{network}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_guest_has_the_name_of_a_member() {
        let member = Asker::of(&Anyone { id: Some("usr_1".to_owned()) }, "203.0.113.25");
        let guest = Asker::of(&Anyone { id: None }, "203.0.113.25");
        assert_eq!((member.member(), guest.member()), (Some("usr_1"), None));
        assert_eq!((member.name(), guest.name()), ("usr_1".to_owned(), "guest@203.0.113.25".to_owned()));
        let of = |address| Asker::of(&Anyone { id: None }, address);
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:3:4:5:6"), "one customer's addresses");
    }
}
