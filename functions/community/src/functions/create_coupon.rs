//! `POST /admin/coupons`: makes a coupon.

use community_rules::coupon::{Condition, Discount, LARGEST_STOCK, shares_of};
use garde::Validate;
use jiff::Timestamp;
use maru_document::rules::{filled, line};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Created, FieldError, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use crate::coupons::{Coupon, CouponView};
use crate::store::Store;

/// What the coupon is to be.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CreateCoupon {
    #[garde(length(chars, max = 50), custom(line), custom(filled))]
    name: String,
    #[garde(custom(possible))]
    discount: Discount,
    #[garde(range(min = 1, max = LARGEST_STOCK))]
    stock: u32,
    #[garde(skip)]
    opens_at: Timestamp,
    #[garde(custom(after(&self.opens_at)))]
    closes_at: Timestamp,
    #[garde(skip)]
    #[serde(default)]
    condition: Option<Condition>,
}

fn possible(discount: &Discount, (): &()) -> garde::Result {
    let most = discount.most();
    let possible = (1..=most).contains(&discount.value);
    if possible { Ok(()) } else { Err(garde::Error::new(format!("must have a value of 1 to {most}"))) }
}

fn after(opens_at: &Timestamp) -> impl FnOnce(&Timestamp, &()) -> garde::Result + '_ {
    move |closes_at, ()| {
        let after = closes_at > opens_at;
        if after { Ok(()) } else { Err(garde::Error::new("must be later than opensAt")) }
    }
}

pub async fn handle(
    store: Store,
    call: Call<Admin, Nothing, Nothing, CreateCoupon>,
) -> Result<Reply, Problem> {
    let now = call.request.now;
    let work = async |attempt: Attempt| {
        let CreateCoupon { name, discount, stock, opens_at, closes_at, condition } = call.body.clone();
        if closes_at <= now {
            let wrong = FieldError { pointer: "/closesAt".to_owned(), message: "must be to come".to_owned() };
            let problem = Problem::bad_request("invalid_body", "The request breaks a rule.");
            return Err(problem.with_errors(vec![wrong]));
        }
        let coupon = Coupon {
            id: attempt.id("cpn"),
            name: name.trim().to_owned(),
            discount,
            stock,
            shares: u32::try_from(shares_of(stock).len()).unwrap_or(1),
            opens_at,
            closes_at,
            condition,
            created_at: now,
            emptied: [].into(),
            sold_out_at: None,
        };
        Ok(Created(CouponView::new(store.issue(coupon).await?, false, now)).into())
    };
    store.table().idempotent("create_coupon", &call.request, work).await
}
