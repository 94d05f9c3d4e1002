//! The functions of the domain, a module each, through a local stack together with those that follow it, and with
//! KakaoPay's sandbox, whose books have the last word.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod accountants;
mod checkouts;
mod complete_kakaopay_approve;
mod complete_kakaopay_cancel;
mod complete_kakaopay_fail;
mod create_checkout;
mod create_refund;
mod cron_finish_erasures;
mod cron_plan_renewals;
mod cron_reconcile_payments;
mod cron_settle_orders;
mod cron_settle_refunds;
mod cron_settle_renewals;
mod delete_subscription;
mod get_billing;
mod get_ledger_day;
mod list_differences;
mod list_member_payments;
mod list_payments;
mod members_who_leave;
mod on_member_deleted_for_billing;
mod on_reconciliation_due;
mod on_renewal_due;
mod subscribers;
mod traces;

use maru_testing::Setup;

/// A member.
const MEMBER: &str = "usr_member";

/// The functions of this domain and of those that show what it told, on a clock that stands still.
fn setup() -> Setup {
    let functions = vec![billing::FUNCTIONS, jobs::FUNCTIONS, notification::FUNCTIONS, resume::FUNCTIONS];
    Setup::new(functions).frozen()
}
