//! One file per Lambda, named like it.

pub mod complete_kakaopay_approve;
pub mod complete_kakaopay_cancel;
pub mod complete_kakaopay_fail;
pub mod create_checkout;
pub mod create_refund;
pub mod cron_finish_erasures;
pub mod cron_plan_renewals;
pub mod cron_reconcile_payments;
pub mod cron_settle_orders;
pub mod cron_settle_refunds;
pub mod cron_settle_renewals;
pub mod delete_subscription;
pub mod get_billing;
pub mod get_ledger_day;
pub mod list_differences;
pub mod list_member_payments;
pub mod list_payments;
pub mod on_member_deleted_for_billing;
pub mod on_reconciliation_due;
pub mod on_renewal_due;
