//! Numbers that KakaoPay gives out.

/// Nineteen digits.
const DIGITS: u64 = 10_000_000_000_000_000_000;

/// The number of a payment (`tid`).
pub(super) fn tid() -> String {
    number('T')
}

/// The number of what was done to a payment (`aid`).
pub(super) fn aid() -> String {
    number('A')
}

/// The number of a billing key (`sid`).
pub(super) fn sid() -> String {
    number('S')
}

/// A token that says that somebody has paid (`pg_token`): 20 hexadecimal digits.
pub(super) fn pg_token() -> String {
    format!("{:020x}", rand::random::<u128>() >> 48)
}

/// A letter and nineteen digits, 20 characters, as KakaoPay's are.
fn number(letter: char) -> String {
    format!("{letter}{:019}", rand::random::<u64>() % DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_twenty_characters_and_is_given_once() {
        let mut given: Vec<String> = (0..1000).map(|_| tid()).collect();
        assert!(given.iter().all(|tid| tid.len() == 20 && tid.starts_with('T')));
        given.sort();
        given.dedup();
        assert_eq!(given.len(), 1000);
        assert_eq!(pg_token().len(), 20);
    }
}
