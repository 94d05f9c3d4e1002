//! Lists with a bound.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A list of at most `MOST`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", into = "Vec<T>", bound(serialize = "T: Clone + Serialize"))]
pub struct AtMost<T, const MOST: usize>(Vec<T>);

impl<T, const MOST: usize> TryFrom<Vec<T>> for AtMost<T, MOST> {
    type Error = String;

    fn try_from(items: Vec<T>) -> Result<Self, String> {
        if items.len() > MOST { Err(format!("may have at most {MOST} entries")) } else { Ok(Self(items)) }
    }
}

impl<T, const MOST: usize> From<AtMost<T, MOST>> for Vec<T> {
    fn from(list: AtMost<T, MOST>) -> Self {
        list.0
    }
}

impl<T, const MOST: usize> Default for AtMost<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MOST: usize> Deref for AtMost<T, MOST> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}
