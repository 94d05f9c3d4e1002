//! The succession, case by case.

mod interleavings;

use super::*;
use crate::sessions::issuer::ACCESS_LIFETIME;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn secret(byte: u8) -> Secret {
    Secret::from_bytes([byte; 32])
}

/// A family that begins at 0, and its first token.
fn family() -> (Family, Token) {
    Family::begin(secret(1), secret(200), at(0))
}

fn rotated(family: &Family, token: &Token, salt: Secret, now: Timestamp) -> (Family, Token) {
    match family.present(token, salt, now) {
        Verdict::Rotate { next, token } => (next, token),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_good_token_is_replaced_and_the_replacement_is_good() {
    let (family, first) = family();
    let (family, second) = rotated(&family, &first, secret(9), at(10));
    let (family, third) = rotated(&family, &second, secret(8), at(20));
    assert_eq!(family.current, third.secret.digest());
    assert_eq!(family.expires_at(), at(20 + LIFETIME.as_secs()));
}

#[test]
fn the_previous_token_gets_the_same_answer_again_within_its_grace() {
    let (family, first) = family();
    let (family, second) = rotated(&family, &first, secret(9), at(100));
    for moment in [99, 100, 219] {
        let verdict = family.present(&first, secret(8), at(moment));
        assert_eq!(verdict, Verdict::Repeat { token: second }, "{moment}");
    }
    assert_eq!(family.present(&first, secret(8), at(220)), Verdict::Reuse);
}

/// The owner comes with the successor when the access token ends; a thief who has the token before it must not
/// pass for the owner by then.
#[test]
fn the_grace_is_over_long_before_an_honest_client_refreshes_again() {
    assert!(GRACE * 5 < SignedDuration::try_from(ACCESS_LIFETIME).unwrap());
}

#[test]
fn the_previous_token_is_reuse_once_its_successor_was_used() {
    let (family, first) = family();
    let (family, second) = rotated(&family, &first, secret(9), at(100));
    let (family, _) = rotated(&family, &second, secret(8), at(101));
    assert_eq!(family.present(&first, secret(7), at(101)), Verdict::Reuse);
}

/// As many refreshes as there are quarters of an hour in a token's lifetime: the first is not forgotten.
#[test]
fn each_earlier_token_is_reuse_however_many_came_after_it() {
    let (mut family, first) = family();
    let mut tokens = vec![first];
    for step in 1..=14 * 24 * 4 {
        let (next, token) = rotated(&family, tokens.last().unwrap(), secret(9), at(step * 900));
        family = next;
        tokens.push(token);
    }
    let now = family.issued_at;
    let (current, earlier) = tokens.split_last().unwrap();
    let (previous, earlier) = earlier.split_last().unwrap();
    assert!(matches!(family.present(current, secret(8), now), Verdict::Rotate { .. }));
    assert!(matches!(family.present(previous, secret(8), now), Verdict::Repeat { .. }));
    for token in earlier {
        assert_eq!(family.present(token, secret(8), now), Verdict::Reuse);
    }
}

#[test]
fn what_never_was_a_token_of_the_family_is_refused_and_ends_nothing() {
    let (family, first) = family();
    let (family, second) = rotated(&family, &first, secret(9), at(1));
    let (_, others) = Family::begin(secret(1), secret(201), at(0));
    let made_up = [
        Token { secret: secret(2), mark: second.mark },
        Token { secret: secret(2), mark: secret(2).mark(&secret(3)) },
        Token { secret: second.secret, mark: first.mark },
        Token { secret: first.secret, mark: Mark::from_bytes([0; 16]) },
        others,
    ];
    for token in made_up {
        assert_eq!(family.present(&token, secret(8), at(2)), Verdict::Refuse, "{token:?}");
        assert!(!family.issued(&token), "{token:?}");
    }
}

#[test]
fn a_token_is_good_for_fourteen_days() {
    let ((family, first), end) = (family(), LIFETIME.as_secs());
    assert!(matches!(family.present(&first, secret(9), at(end - 1)), Verdict::Rotate { .. }));
    assert_eq!(family.present(&first, secret(9), at(end)), Verdict::Refuse);
}

#[test]
fn nothing_of_an_ended_family_is_good() {
    let (family, first) = family();
    let (family, second) = rotated(&family, &first, secret(9), at(1));
    for ending in [Ending::LoggedOut, Ending::Reused] {
        let ended = Family { ended: Some(ending), ..family.clone() };
        for token in [first, second] {
            assert_eq!(ended.present(&token, secret(8), at(2)), Verdict::Refuse);
        }
    }
}

/// What is kept opens nothing: from the stored family alone no token can be made that is good.
#[test]
fn what_is_stored_is_neither_a_token_nor_leads_to_one() {
    let (family, first) = family();
    let (family, second) = rotated(&family, &first, secret(9), at(1));
    let stored = serde_json::to_string(&family).unwrap();
    assert!(!stored.contains(&second.secret.text()) && !stored.contains(&first.secret.text()));
    assert_eq!(serde_json::from_str::<Family>(&stored).unwrap(), family);
    let Previous { salt, .. } = family.previous.clone().unwrap();
    for guess in [family.seal, salt, family.seal.successor(&salt), salt.successor(&family.seal)] {
        let token = Token { secret: guess, mark: guess.mark(&family.seal) };
        assert_eq!(family.present(&token, secret(8), at(2)), Verdict::Reuse);
    }
}
