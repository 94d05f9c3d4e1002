//! Billing: what a member pays for, and what became of each payment.
//!
//! What may follow what is said without I/O in the crate `billing-rules`, beside which this one stores and calls.
//! The members' plan is told to whoever follows it; the free uses of a day are counted where they are used, and
//! nothing here has to reset them.

mod accounting;
mod announcer;
mod billing_keys;
mod charger;
mod differences;
mod erasure;
mod error;
mod functions;
mod kakaopay;
mod ledger_day;
mod nights;
mod orders;
mod overview;
mod payments;
mod plan;
mod reconciliation;
mod refunds;
mod return_state;
mod sale;
mod store;
mod subscriptions;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("get_billing", |start| start.http(get_billing::handle)),
    Function::new("create_checkout", |start| start.http(create_checkout::handle)),
    Function::new("complete_kakaopay_approve", |start| start.http(complete_kakaopay_approve::handle)),
    Function::new("complete_kakaopay_cancel", |start| start.http(complete_kakaopay_cancel::handle)),
    Function::new("complete_kakaopay_fail", |start| start.http(complete_kakaopay_fail::handle)),
    Function::new("cron_settle_orders", |start| start.schedule(cron_settle_orders::handle)),
    Function::new("delete_subscription", |start| start.http(delete_subscription::handle)),
    Function::new("cron_plan_renewals", |start| start.schedule(cron_plan_renewals::handle)),
    Function::new("on_renewal_due", |start| start.queue(on_renewal_due::handle)),
    Function::new("cron_settle_renewals", |start| start.schedule(cron_settle_renewals::handle)),
    Function::new("list_payments", |start| start.http(list_payments::handle)),
    Function::new("list_member_payments", |start| start.http(list_member_payments::handle)),
    Function::new("create_refund", |start| start.http(create_refund::handle)),
    Function::new("cron_settle_refunds", |start| start.schedule(cron_settle_refunds::handle)),
    Function::new("cron_reconcile_payments", |start| start.schedule(cron_reconcile_payments::handle)),
    Function::new("on_reconciliation_due", |start| start.queue(on_reconciliation_due::handle)),
    Function::new("list_differences", |start| start.http(list_differences::handle)),
    Function::new("get_ledger_day", |start| start.http(get_ledger_day::handle)),
    Function::new("on_member_deleted_for_billing", |start| {
        start.event(on_member_deleted_for_billing::handle)
    }),
    Function::new("cron_finish_erasures", |start| start.schedule(cron_finish_erasures::handle)),
];
