//! Making a coupon: itself, its shares, and its place among those by the end of their time, in one transaction.

use community_rules::coupon::shares_of;
use serde::Serialize;

use super::Coupon;
use super::keys::{coupon_key, ending_key, share_key};
use crate::error::Error;
use crate::store::Store;

/// A share as it begins.
#[derive(Serialize)]
struct NewShare {
    remaining: u32,
}

/// What stands at the end of a coupon's time.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ending<'a> {
    coupon_id: &'a str,
}

impl Store {
    /// Makes a coupon. One of its id that is there already was made by a request before this one: then nothing is
    /// written, and it is given as it stands.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn issue(&self, coupon: Coupon) -> Result<Coupon, Error> {
        let table = self.table();
        let new = table.transact_put(&coupon_key(&coupon.id), &coupon)?;
        let ending = Ending { coupon_id: &coupon.id };
        let mut writes = vec![
            table.part(new.condition_expression("attribute_not_exists(pk)").build())?,
            table.part(table.transact_put(&ending_key(&coupon.id, coupon.closes_at), &ending)?.build())?,
        ];
        for (share, remaining) in (0..).zip(shares_of(coupon.stock)) {
            let put = table.transact_put(&share_key(&coupon.id, share), &NewShare { remaining })?;
            writes.push(table.part(put.build())?);
        }
        match table.transact(writes).await? {
            Ok(()) => Ok(coupon),
            Err(_) => self.coupon(&coupon.id).await?.ok_or(Error::NotFound),
        }
    }
}
