//! Whoever listens to an answer while it is written.

use std::marker::PhantomData;

use garde::Validate;
use serde::de::DeserializeOwned;

use crate::ask::read;
use crate::items::Items;

/// Whoever listens to an answer while it is written.
pub(crate) trait Listener: Send {
    /// An answer begins; what was heard until now belonged to another.
    fn begin(&mut self);

    /// `written` is what there is of the answer so far.
    fn hear(&mut self, written: &str) -> impl Future<Output = ()> + Send;

    /// Whether another answer is wanted if this one is outside the schema.
    fn wants_more(&self) -> bool;
}

/// Waits for the whole answer.
pub(crate) struct Nobody;

impl Listener for Nobody {
    fn begin(&mut self) {}

    async fn hear(&mut self, _: &str) {}

    fn wants_more(&self) -> bool {
        true
    }
}

/// What whoever takes the elements of an answer says to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The next one is welcome.
    More,
    /// No other one is needed.
    Enough,
}

/// Why no more elements are handed over.
pub(crate) enum End<E> {
    /// The caller has enough.
    Enough,
    /// The caller could not take one.
    Failed(E),
}

/// Hands over the elements of one array of the answer, each as soon as it is whole.
pub(crate) struct HandOver<'a, T, E, F> {
    array: &'a str,
    items: Items<'a>,
    index: usize,
    on_item: F,
    end: Option<End<E>>,
    element: PhantomData<fn() -> T>,
}

impl<'a, T, E, F> HandOver<'a, T, E, F> {
    pub(crate) fn new(array: &'a str, on_item: F) -> Self {
        Self { array, items: Items::of(array), index: 0, on_item, end: None, element: PhantomData }
    }

    /// Why no more elements were handed over; none if the caller would have taken others.
    pub(crate) fn into_end(self) -> Option<End<E>> {
        self.end
    }
}

impl<T, E, F, Taking> Listener for HandOver<'_, T, E, F>
where
    T: DeserializeOwned + Validate<Context = ()> + Send,
    E: Send,
    F: FnMut(usize, T) -> Taking + Send,
    Taking: Future<Output = Result<Wanted, E>> + Send,
{
    fn begin(&mut self) {
        (self.items, self.index) = (Items::of(self.array), 0);
    }

    async fn hear(&mut self, written: &str) {
        for element in self.items.read(written) {
            let index = self.index;
            self.index += 1;
            match read(element) {
                Ok(item) if self.end.is_none() => {
                    self.end = match (self.on_item)(index, item).await {
                        Ok(Wanted::More) => None,
                        Ok(Wanted::Enough) => Some(End::Enough),
                        Err(error) => Some(End::Failed(error)),
                    };
                }
                Ok(_) => {}
                Err(reason) => tracing::debug!(index, reason, "an element outside the schema is passed over"),
            }
        }
    }

    fn wants_more(&self) -> bool {
        self.end.is_none()
    }
}
