//! What a function may not need: made when it is first used.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

type Make<T> = Box<dyn FnOnce() -> T + Send>;

/// A value that is made when it is first used, at most once, and shared by all clones.
///
/// AWS clients are held in this: each parses its service's endpoints when it is made, which would be most of a
/// cold start, also of an invocation that ends in a 400 or needs another client.
pub struct OnFirstUse<T>(Arc<LazyLock<T, Make<T>>>);

impl<T> OnFirstUse<T> {
    /// A value that `make` will make.
    pub fn new(make: impl FnOnce() -> T + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl<T> Deref for OnFirstUse<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Clone for OnFirstUse<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> std::fmt::Debug for OnFirstUse<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("OnFirstUse")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn it_is_made_once_for_all_clones_and_not_before_it_is_used() {
        let made = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&made);
        let value = OnFirstUse::new(move || counter.fetch_add(1, Ordering::SeqCst));
        let clone = value.clone();
        assert_eq!(made.load(Ordering::SeqCst), 0);
        assert_eq!((*value, *clone, *value.clone()), (0, 0, 0));
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }
}
