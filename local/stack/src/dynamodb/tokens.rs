//! The tokens of transactions: one that is sent again within ten minutes is answered as before, and not carried out
//! again (<https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>).
//!
//! The engine has the same, and walks through all tokens of ten minutes for each new one: after some ten thousand
//! transactions that is most of what it does.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, VecDeque};
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use dynoxide::{DynoxideError, Result};
use serde_json::Value;

/// For how long a token is known.
const KNOWN: Duration = Duration::from_mins(10);

/// The longest token of the service's; a longer one is left to the engine, which refuses it.
const LONGEST: usize = 36;

/// The tokens of transactions that were carried out.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    by_token: HashMap<String, Done>,
    /// The tokens, the oldest first.
    in_order: VecDeque<(Instant, String)>,
}

#[derive(Debug)]
struct Done {
    /// What was asked.
    digest: u64,
    answer: String,
}

impl Tokens {
    /// Carries a transaction out, unless one of this token was. `items` is what it writes. Those that have tokens go one
    /// after another, as all calls do in the engine: so one that comes while its first sending is at work finds it done.
    ///
    /// # Errors
    /// What `work` gives, which is not remembered; `IdempotentParameterMismatchException` for other items.
    pub(super) fn once(
        &self,
        token: String,
        items: &Value,
        work: impl FnOnce() -> Result<String>,
    ) -> Result<String> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.forget_before(Instant::now());
        let digest = digest(items);
        match known.by_token.get(&token) {
            Some(done) if done.digest == digest => return Ok(done.answer.clone()),
            Some(_) => {
                let message = "An error occurred (IdempotentParameterMismatchException)";
                return Err(DynoxideError::IdempotentParameterMismatchException(message.to_owned()));
            }
            None => {}
        }
        let answer = work()?;
        known.in_order.push_back((Instant::now(), token.clone()));
        known.by_token.insert(token, Done { digest, answer: answer.clone() });
        Ok(answer)
    }
}

/// Takes a token out of a request, if it is one.
pub(super) fn take(token: &mut Option<String>) -> Option<String> {
    token.take_if(|token| token.len() <= LONGEST)
}

impl Known {
    fn forget_before(&mut self, now: Instant) {
        while let Some((_, token)) = self.in_order.pop_front_if(|(at, _)| now.duration_since(*at) >= KNOWN) {
            self.by_token.remove(&token);
        }
    }
}

fn digest(items: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    items.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_is_known_for_ten_minutes() {
        let (tokens, start) = (Tokens::default(), Instant::now());
        tokens.once("t".to_owned(), &json!([1]), || Ok("first".to_owned())).unwrap();
        let again = tokens.once("t".to_owned(), &json!([1]), || panic!("it is done again"));
        assert_eq!(again.unwrap(), "first");
        tokens.0.lock().unwrap().forget_before(start + KNOWN - Duration::from_secs(1));
        assert!(tokens.once("t".to_owned(), &json!([2]), || panic!("it is done")).is_err());
        let mut known = tokens.0.lock().unwrap();
        known.forget_before(Instant::now() + KNOWN);
        assert!(known.by_token.is_empty() && known.in_order.is_empty());
    }

    #[test]
    fn a_transaction_that_failed_is_carried_out_when_it_is_sent_again() {
        let tokens = Tokens::default();
        let refused = || Err(DynoxideError::InternalServerError("x".to_owned()));
        assert!(tokens.once("t".to_owned(), &json!([1]), refused).is_err());
        assert_eq!(tokens.once("t".to_owned(), &json!([2]), || Ok("done".to_owned())).unwrap(), "done");
    }

    #[test]
    fn a_token_that_is_too_long_is_left_in_the_request() {
        for (length, left) in [(1, false), (36, false), (37, true)] {
            let mut token = Some("t".repeat(length));
            assert_eq!((take(&mut token).is_none(), token.is_some()), (left, left));
        }
    }
}
