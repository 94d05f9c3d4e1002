//! Whose repositories they are: one author, who becomes the account to sign in with.

use std::collections::{BTreeMap, BTreeSet};

use super::number_of;
use crate::github::model::{Account, Signature};

/// The addresses under which GitHub hides those of its users.
const HIDDEN: &str = "@users.noreply.github.com";

/// The longest login (GitHub's rule).
const LONGEST_LOGIN: usize = 39;

/// The account of whoever wrote with one of `chosen` as e-mail address or name; of whoever wrote most if
/// nobody is chosen. `signatures` are those of all commits. None if nobody wrote anything.
pub(super) fn account<'s>(
    signatures: impl Iterator<Item = &'s Signature> + Clone,
    chosen: &[String],
) -> Option<Account> {
    let people = signatures.filter(|signature| !is_program(signature));
    let most_frequent;
    let chosen = if chosen.is_empty() {
        let (name, email) =
            most(people.clone().map(|signature| (signature.name.as_str(), signature.email.as_str())))?;
        most_frequent = [name.to_owned(), email.to_owned()];
        &most_frequent[..]
    } else {
        chosen
    };
    let is_chosen = |text: &str| chosen.iter().any(|chosen| chosen.eq_ignore_ascii_case(text));
    let own = people.filter(|signature| is_chosen(&signature.email) || is_chosen(&signature.name));
    let primary = most(own.clone().map(|signature| signature.email.as_str()))?;
    let name = most(own.clone().map(|signature| signature.name.as_str()))?;
    let others: BTreeSet<&str> = own.map(|signature| signature.email.as_str()).collect();
    let mut emails = vec![primary];
    emails.extend(others.into_iter().filter(|email| !email.eq_ignore_ascii_case(primary)));
    Some(Account::new(1_000_000 + number_of(primary), &login(primary), Some(name), &emails))
}

/// Whether a program wrote it, as GitHub marks them.
fn is_program(signature: &Signature) -> bool {
    signature.email.is_empty() || signature.name.ends_with("[bot]") || signature.email.contains("[bot]@")
}

/// What occurs most often; of several the first in order.
fn most<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(item, _)| item)
}

/// A login for an address: what stands before the `@`, in letters that a login may have.
fn login(address: &str) -> String {
    let local = address.split('@').next().unwrap_or_default();
    // 12345+login@users.noreply.github.com
    let local = if address.ends_with(HIDDEN) { local.rsplit('+').next().unwrap_or(local) } else { local };
    let letter =
        |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let login: String = local.chars().map(letter).take(LONGEST_LOGIN).collect();
    let login = login.trim_matches('-');
    if login.is_empty() { "developer".to_owned() } else { login.to_owned() }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn wrote(people: &[(&str, &str, usize)], chosen: &[&str]) -> Option<Account> {
        let signature = |(name, email, times): &(&str, &str, usize)| {
            let signature =
                Signature { name: (*name).to_owned(), email: (*email).to_owned(), at: Timestamp::UNIX_EPOCH };
            vec![signature; *times]
        };
        let signatures: Vec<Signature> = people.iter().flat_map(signature).collect();
        let chosen: Vec<String> = chosen.iter().map(|chosen| (*chosen).to_owned()).collect();
        account(signatures.iter(), &chosen)
    }

    const PEOPLE: &[(&str, &str, usize)] = &[
        ("김민서", "minseo.kim@x.com", 3),
        ("김민서", "12+Minseo-K@users.noreply.github.com", 5),
        ("han", "han@x.com", 4),
        ("renovate[bot]", "bot@x.com", 90),
    ];

    #[test]
    fn without_a_choice_it_is_whoever_wrote_most_under_all_their_addresses() {
        let account = wrote(PEOPLE, &[]).unwrap();
        assert_eq!((account.login.as_str(), account.name.as_deref()), ("minseo-k", Some("김민서")));
        assert!(account.owns("minseo.kim@x.com") && !account.owns("han@x.com"));
        assert_eq!(account, wrote(PEOPLE, &[]).unwrap());
    }

    #[test]
    fn an_address_or_a_name_chooses_whatever_its_case() {
        assert_eq!(wrote(PEOPLE, &["HAN@x.com"]).unwrap().login, "han");
        assert_eq!(wrote(PEOPLE, &["Han"]).unwrap().login, "han");
        assert_eq!(wrote(PEOPLE, &["minseo.kim@x.com"]).unwrap().emails.len(), 1);
        assert_eq!(wrote(PEOPLE, &["nobody"]), None);
        assert_eq!(wrote(&[], &[]), None);
    }

    #[test]
    fn a_login_has_the_letters_of_a_login() {
        assert_eq!(login("a.b_c@x"), "a-b-c");
        assert_eq!(login("..@x"), "developer");
        assert_eq!(login(""), "developer");
    }
}
