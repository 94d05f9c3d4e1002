//! Picking repositories out of the copy that there is, whatever its age: who picks has just seen it, and GitHub
//! is not to be waited for.

use crate::error::Error;
use crate::store::Store;

impl Store {
    /// The full names of `wanted` as GitHub writes them.
    ///
    /// # Errors
    /// [`Error::NotConnected`] without a GitHub account, [`Error::NoListing`] without a copy of the list,
    /// [`Error::NotListed`] with the first of `wanted` that is not in it.
    pub async fn picked(&self, member: &str, wanted: &[String]) -> Result<Vec<String>, Error> {
        let head = self.listing_head(member).await?;
        let Some(copy) = head.snapshot(self.table().clock().now()) else {
            let connected = self.github_connection(member).await?.is_some();
            return Err(if connected { Error::NoListing } else { Error::NotConnected });
        };
        let listed = self.listing(member, &copy.generation).await?;
        let mut picked = Vec::with_capacity(wanted.len());
        for (place, name) in wanted.iter().enumerate() {
            let found = listed.iter().find(|listed| listed.full_name.eq_ignore_ascii_case(name));
            picked.push(found.ok_or(Error::NotListed { place })?.full_name.clone());
        }
        Ok(picked)
    }
}
