//! The built-in set: two people, the organisation that both belong to, and what they wrote there.
//!
//! It has what a resume is made from (messages in Korean and English with numbers in them, manifests, merged
//! pull requests of both people), and what goes wrong elsewhere: a repository without a commit, one without
//! a README, one that was renamed, a fork, a private one.

mod gaon_web;
mod orders;
mod others;
mod speech_pipeline;
mod tidewatch;

use std::sync::Arc;

use super::model::{Account, Author, Email, Repository, World};

/// The demo user.
const MINSEO: Author =
    Author { name: "김민서", email: "minseo.kim@example.com", login: Some("minseo-kim") };

/// The demo user at work, under another verified address.
const MINSEO_AT_WORK: Author =
    Author { name: "Minseo Kim", email: "minseo@sori.example", login: Some("minseo-kim") };

/// A colleague.
const JIWOO: Author = Author { name: "Jiwoo Han", email: "jiwoo.han@example.com", login: Some("jiwoo-han") };

/// Somebody whose address is linked to no account.
const STRANGER: Author = Author { name: "Ana Torres", email: "ana@elsewhere.example", login: None };

/// The organisation: id and login.
const SORI_LAB: (u64, &str) = (6_200_001, "sori-lab");

fn minseo() -> Account {
    let (private, work) = (MINSEO.email, MINSEO_AT_WORK.email);
    let mut account = Account::new(5_100_001, "minseo-kim", Some("김민서"), &[private, work]);
    account.emails.push(Email { address: "minseo@old.example".to_owned(), verified: false });
    account.organisations.push(SORI_LAB.1.to_owned());
    account
}

/// Without a name that is shown.
fn jiwoo() -> Account {
    let mut account = Account::new(5_100_002, "jiwoo-han", None, &[JIWOO.email]);
    account.organisations.push(SORI_LAB.1.to_owned());
    account
}

/// Both people and everything they wrote.
pub(super) fn world() -> World {
    let (minseo, jiwoo) = (minseo(), jiwoo());
    let repositories = [
        orders::repository(&minseo),
        tidewatch::repository(&minseo),
        gaon_web::repository(&minseo),
        speech_pipeline::repository(),
        others::fork(&minseo),
        others::empty(&minseo),
        others::private(&minseo),
        others::mapae(&jiwoo),
    ];
    World { accounts: vec![minseo, jiwoo], repositories: repositories.map(Arc::new).into() }
}

/// Only the colleague with her own repository, beside whoever else there is.
pub(super) fn colleague() -> World {
    let mut jiwoo = jiwoo();
    jiwoo.organisations.clear();
    let repositories: [Repository; 1] = [others::mapae(&jiwoo)];
    World { accounts: vec![jiwoo], repositories: repositories.map(Arc::new).into() }
}
