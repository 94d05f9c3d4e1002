//! Who can sign in.

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The number that stays when the login changes.
    pub id: u64,
    /// The name in URLs.
    pub login: String,
    /// The name that is shown; GitHub's may be null.
    pub name: Option<String>,
    /// The e-mail addresses, the primary one first.
    pub emails: Vec<Email>,
    /// The logins of the organisations that this is a public member of.
    pub organisations: Vec<String>,
}

/// An e-mail address of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// The address.
    pub address: String,
    /// Whether the owner proved to read it. Only then commits with it count as theirs.
    pub verified: bool,
}

impl Account {
    /// An account with these verified addresses, in no organisation.
    #[must_use]
    pub fn new(id: u64, login: &str, name: Option<&str>, emails: &[&str]) -> Self {
        let email = |address: &&str| Email { address: (*address).to_owned(), verified: true };
        Self {
            id,
            login: login.to_owned(),
            name: name.map(str::to_owned),
            emails: emails.iter().map(email).collect(),
            organisations: Vec::new(),
        }
    }

    /// Whether commits with this address count as theirs.
    pub(crate) fn owns(&self, address: &str) -> bool {
        self.emails.iter().any(|email| email.verified && email.address.eq_ignore_ascii_case(address))
    }
}
