//! The service key, whose portal shows it in two forms.

use percent_encoding::percent_decode_str;

/// The key as it is, of either form that the portal shows: the "encoding" one is percent-encoded already, and would be
/// so twice in a query. The "decoding" one is Base64, in which no `%` stands.
pub(crate) fn decoded(key: &str) -> String {
    let key = key.trim();
    percent_decode_str(key).decode_utf8().map_or_else(|_| key.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_the_same_key() {
        let key = "aB3+/x9==";
        assert_eq!(decoded(key), key);
        assert_eq!(decoded("aB3%2B%2Fx9%3D%3D\n"), key);
        assert_eq!(decoded("aB3%2b%2fx9%3d%3d"), key);
        // The newer keys are hexadecimal, the same in both forms.
        assert_eq!(decoded("0a1b2c3d"), "0a1b2c3d");
    }
}
