//! What a verifier takes and what it refuses.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::time::Duration;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use maru_auth::{Audience, Role, Signer, Verifier};

struct Issuer {
    pair: Ed25519KeyPair,
    signer: Signer,
    verifier: Verifier,
}

fn audience() -> Audience {
    Audience { issuer: "https://maru.example".to_owned(), audience: "maru".to_owned() }
}

fn issuer() -> Issuer {
    let pair = Ed25519KeyPair::generate().unwrap();
    let signer = Signer::new(audience(), pair.to_pkcs8().unwrap().as_ref());
    let verifier = Verifier::new(&audience(), &URL_SAFE_NO_PAD.encode(pair.public_key())).unwrap();
    Issuer { pair, signer, verifier }
}

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

/// A token with this header and these claims, signed rightly.
fn forged(pair: &Ed25519KeyPair, header: &str, claims: &str) -> String {
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(pair.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn claims(change: &[(&str, &str)]) -> String {
    let (iat, exp) = (now().as_second().to_string(), (now().as_second() + 900).to_string());
    let mut fields = vec![
        ("sub", "\"usr_1\""),
        ("roles", "[\"USER\"]"),
        ("iss", "\"https://maru.example\""),
        ("aud", "\"maru\""),
        ("iat", &iat),
        ("exp", &exp),
    ];
    for (name, value) in change {
        fields.retain(|(field, _)| field != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

const GOOD_HEADER: &str = r#"{"alg":"EdDSA","typ":"at+jwt"}"#;

#[test]
fn a_signed_token_is_taken_until_its_time_is_over() {
    let Issuer { signer, verifier, .. } = issuer();
    let token = signer.sign("usr_1", &[Role::Lecturer], now(), Duration::from_secs(900)).unwrap();
    let claims = verifier.verify(&token, now()).unwrap();
    assert_eq!((claims.sub.as_str(), claims.roles.as_slice()), ("usr_1", [Role::Lecturer].as_slice()));
    assert!(verifier.verify(&token, now() + SignedDuration::from_secs(899)).is_ok());
    assert!(verifier.verify(&token, now() + SignedDuration::from_secs(905)).is_err());
    assert!(verifier.verify(&token, now() - SignedDuration::from_secs(60)).is_err());
}

#[test]
fn the_forger_of_these_tests_can_make_a_good_token() {
    let Issuer { pair, verifier, .. } = issuer();
    assert!(verifier.verify(&forged(&pair, GOOD_HEADER, &claims(&[])), now()).is_ok());
}

/// What the table below has: which token, and why it is none.
type Case = (&'static str, String);

fn of_another_algorithm_or_purpose(pair: &Ed25519KeyPair) -> Vec<Case> {
    let with = |header: &str| forged(pair, header, &claims(&[]));
    let unsigned =
        |header: &str| format!("{}.{}.", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims(&[])));
    // The public key is known to everybody; who reads `alg` takes it for the secret of an HMAC.
    let confused = |header: &str| {
        let signed = unsigned(header);
        let key = hmac::Key::new(hmac::HMAC_SHA256, pair.public_key().as_ref());
        let tag = hmac::sign(&key, signed.trim_end_matches('.').as_bytes());
        format!("{signed}{}", URL_SAFE_NO_PAD.encode(tag))
    };
    vec![
        ("algorithm none", with(r#"{"alg":"none","typ":"at+jwt"}"#)),
        ("algorithm none, no signature", unsigned(r#"{"alg":"none","typ":"at+jwt"}"#)),
        ("algorithm None, no signature", unsigned(r#"{"alg":"None","typ":"at+jwt"}"#)),
        ("no signature", unsigned(GOOD_HEADER)),
        ("HMAC by name", with(r#"{"alg":"HS256","typ":"at+jwt"}"#)),
        ("HMAC with the public key", confused(r#"{"alg":"HS256","typ":"at+jwt"}"#)),
        ("HMAC under our algorithm's name", confused(GOOD_HEADER)),
        ("RSA", with(r#"{"alg":"RS256","typ":"at+jwt"}"#)),
        ("ECDSA", with(r#"{"alg":"ES256","typ":"at+jwt"}"#)),
        ("our algorithm in another case", with(r#"{"alg":"eddsa","typ":"at+jwt"}"#)),
        ("no algorithm", with(r#"{"typ":"at+jwt"}"#)),
        ("algorithm null", with(r#"{"alg":null,"typ":"at+jwt"}"#)),
        ("no type", with(r#"{"alg":"EdDSA"}"#)),
        ("any JWT", with(r#"{"alg":"EdDSA","typ":"JWT"}"#)),
        ("a refresh token", with(r#"{"alg":"EdDSA","typ":"refresh+jwt"}"#)),
        ("an empty type", with(r#"{"alg":"EdDSA","typ":""}"#)),
        ("an empty header", with("{}")),
        ("a header that is no JSON", with("not json")),
    ]
}

fn of_another_key(pair: &Ed25519KeyPair) -> Vec<Case> {
    let other = Ed25519KeyPair::generate().unwrap();
    let public = URL_SAFE_NO_PAD.encode(other.public_key());
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{public}"}}"#);
    let with_key = format!(r#"{{"alg":"EdDSA","typ":"at+jwt","jwk":{jwk}}}"#);
    let with_address = r#"{"alg":"EdDSA","typ":"at+jwt","jku":"https://evil.example/jwks.json","kid":"1"}"#;
    let good = forged(pair, GOOD_HEADER, &claims(&[]));
    let (_, signature) = good.rsplit_once('.').unwrap();
    let admin = forged(pair, GOOD_HEADER, &claims(&[("roles", "[\"ADMIN\"]")]));
    let (signed, _) = admin.rsplit_once('.').unwrap();
    vec![
        ("another key", forged(&other, GOOD_HEADER, &claims(&[]))),
        ("another key, which comes along", forged(&other, &with_key, &claims(&[]))),
        ("another key, whose address comes along", forged(&other, with_address, &claims(&[]))),
        ("the signature of another token", format!("{signed}.{signature}")),
        ("a signature that is too short", format!("{signed}.{}", &signature[..40])),
    ]
}

fn of_other_claims(pair: &Ed25519KeyPair) -> Vec<Case> {
    let with = |change: &[(&str, &str)]| forged(pair, GOOD_HEADER, &claims(change));
    let second = |offset: i64| (now().as_second() + offset).to_string();
    vec![
        ("another issuer", with(&[("iss", "\"https://evil.example\"")])),
        ("an issuer that begins like ours", with(&[("iss", "\"https://maru.example.evil.example\"")])),
        ("ours among other issuers", with(&[("iss", "[\"https://maru.example\", \"x\"]")])),
        ("no issuer", with(&[("iss", "")])),
        ("another audience", with(&[("aud", "\"other\"")])),
        ("an audience in another case", with(&[("aud", "\"Maru\"")])),
        ("ours among other audiences", with(&[("aud", "[\"maru\", \"other\"]")])),
        ("no audience", with(&[("aud", "")])),
        ("nobody", with(&[("sub", "")])),
        ("a number for somebody", with(&[("sub", "1")])),
        ("no end", with(&[("exp", "")])),
        ("over since 1970", with(&[("exp", "0")])),
        ("over for as long as clocks may differ", with(&[("exp", &second(-5))])),
        ("an end before all time", with(&[("exp", "-9223372036854775808")])),
        ("an end beyond all numbers", with(&[("exp", "1e400")])),
        ("an end in words", with(&[("exp", "\"soon\"")])),
        ("an end that is null", with(&[("exp", "null")])),
        ("no beginning", with(&[("iat", "")])),
        ("begins later than clocks may differ", with(&[("iat", &second(6))])),
        ("begins in a thousand years", with(&[("iat", "99999999999")])),
        ("no roles", with(&[("roles", "")])),
        ("a role that is none", with(&[("roles", "[\"ROOT\"]")])),
        ("a role in another case", with(&[("roles", "[\"admin\"]")])),
        ("roles that are no list", with(&[("roles", "\"ADMIN\"")])),
    ]
}

fn of_another_form(pair: &Ed25519KeyPair) -> Vec<Case> {
    let good = forged(pair, GOOD_HEADER, &claims(&[]));
    let twice = claims(&[]).replace('}', ",\"sub\":\"usr_2\"}");
    vec![
        ("somebody twice", forged(pair, GOOD_HEADER, &twice)),
        ("claims that are a list", forged(pair, GOOD_HEADER, &format!("[{}]", claims(&[])))),
        ("claims that are no JSON", forged(pair, GOOD_HEADER, "usr_1")),
        ("claims in two documents", forged(pair, GOOD_HEADER, &format!("{0}{0}", claims(&[])))),
        ("nothing", String::new()),
        ("two parts", good.rsplit_once('.').unwrap().0.to_owned()),
        ("four parts", format!("{good}.")),
        ("five parts, as if encrypted", format!("{good}.a.b")),
        ("padding", format!("{good}==")),
        ("white space around it", format!(" {good}\n")),
        ("the scheme before it", format!("Bearer {good}")),
        ("another alphabet", "한글.토큰.예".to_owned()),
    ]
}

#[test]
fn anything_else_than_a_good_access_token_is_refused() {
    let Issuer { pair, verifier, .. } = issuer();
    let cases = [
        of_another_algorithm_or_purpose(&pair),
        of_another_key(&pair),
        of_other_claims(&pair),
        of_another_form(&pair),
    ];
    for (why, token) in cases.concat() {
        assert!(verifier.verify(&token, now()).is_err(), "{why}: {token}");
    }
}

#[test]
fn a_token_with_any_other_byte_is_refused() {
    let Issuer { signer, verifier, .. } = issuer();
    let token = signer.sign("usr_1", &[Role::User], now(), Duration::from_secs(900)).unwrap();
    for (index, _) in token.char_indices() {
        let mut other = token.clone();
        let replacement = if &token[index..=index] == "A" { "B" } else { "A" };
        other.replace_range(index..=index, replacement);
        // The last digit of a part may carry bits that mean nothing; those must be refused too.
        assert!(verifier.verify(&other, now()).is_err(), "byte {index}");
    }
    for broken in [".", "..", "a.b.c", &token[1..], &token[..token.len() - 1]] {
        assert!(verifier.verify(broken, now()).is_err(), "{broken}");
    }
}

#[test]
fn a_public_key_must_be_a_key() {
    for wrong in ["", "short", "!!!", &URL_SAFE_NO_PAD.encode([0; 31])] {
        assert!(Verifier::new(&audience(), wrong).is_err(), "{wrong}");
    }
}
