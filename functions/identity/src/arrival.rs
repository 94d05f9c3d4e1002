//! The member who calls.
//!
//! A good access token whose account was never seen here was signed by somebody who may sign: an operator
//! for a lecturer of the platform, or the local stack for its demo users. Its owner becomes a member when
//! they first look at, change or close their account. A closed account leaves its id behind, so nobody comes
//! back this way.

use jiff::Timestamp;
use maru_lambda::Member as Caller;

use crate::error::Error;
use crate::events::Announcer;
use crate::members::{Member, Proof, Standing};
use crate::nickname::Nickname;
use crate::store::Store;

/// How many nicknames are tried for somebody who has not chosen one.
const NICKNAMES: u32 = 8;

/// The member who calls, made now if there never was one of the id.
///
/// # Errors
/// [`Error::Closed`] when the account was closed; [`Error`].
pub async fn arrive(
    store: &Store,
    announcer: &Announcer,
    caller: &Caller,
    now: Timestamp,
) -> Result<Member, Error> {
    match store.standing(&caller.id).await? {
        Standing::Open(member) => return Ok(*member),
        Standing::Closed => return Err(Error::Closed),
        Standing::Nobody => {}
    }
    let member = |nickname| Member::new(caller.id.clone(), nickname, now);
    match with_a_nickname(store, announcer, "", member, &Proof::Token).await {
        // Somebody was faster, perhaps the same person in another tab.
        Err(Error::Closed) => store.member(&caller.id).await,
        done => done,
    }
}

/// Makes a member with a free nickname after `name`.
///
/// # Errors
/// What [`Store::create`] refuses, but for the nickname; [`Error::NicknameTaken`] when all that were tried
/// are.
pub async fn with_a_nickname(
    store: &Store,
    announcer: &Announcer,
    name: &str,
    member: impl Fn(Nickname) -> Member,
    proof: &Proof<'_>,
) -> Result<Member, Error> {
    // A name is tried as it is first; nobody is only ever called "nobody" with a number.
    let mut number = name.is_empty().then(random_number);
    for _ in 0..NICKNAMES {
        let member = member(Nickname::suggested(name, number));
        let posted = vec![announcer.profile_changed(&member)?];
        match store.create(&member, proof.clone(), &posted).await {
            Ok(()) => {
                announcer.send(posted).await;
                return Ok(member);
            }
            Err(Error::NicknameTaken) => number = Some(random_number()),
            Err(error) => return Err(error),
        }
    }
    Err(Error::NicknameTaken)
}

fn random_number() -> u16 {
    rand::random_range(1000..=9999)
}
