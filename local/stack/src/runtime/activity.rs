//! How much is going on: so that one can wait until nothing is.

use std::sync::Arc;

use tokio::sync::watch;

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    under_way: u64,
    begun: u64,
}

/// A count of what is under way; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Activity(Arc<watch::Sender<Count>>);

/// Something under way, until dropped.
#[derive(Debug)]
pub(crate) struct Busy(Arc<watch::Sender<Count>>);

impl Default for Activity {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Count::default())))
    }
}

impl Activity {
    /// Counts one more thing until the returned guard is dropped.
    pub(crate) fn begin(&self) -> Busy {
        self.0.send_modify(|count| {
            count.under_way += 1;
            count.begun += 1;
        });
        Busy(Arc::clone(&self.0))
    }

    /// Waits until nothing is under way; gives how many things have begun so far. If the number is the same
    /// later, nothing happened in between.
    pub(crate) async fn idle(&self) -> u64 {
        let mut counts = self.0.subscribe();
        // The sender lives in `self`, so that the wait cannot fail.
        counts.wait_for(|count| count.under_way == 0).await.map_or(0, |count| count.begun)
    }

    /// How many things have begun so far.
    pub(crate) fn begun(&self) -> u64 {
        self.0.borrow().begun
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.send_modify(|count| count.under_way = count.under_way.saturating_sub(1));
    }
}
