//! Some payments have to be looked up at KakaoPay: keeps what does not agree with our books.

use maru_lambda::Message;

use crate::error::Error;
use crate::reconciliation::{Reconciler, ReconciliationDue};

pub async fn handle(reconciler: Reconciler, message: Message<ReconciliationDue>) -> Result<(), Error> {
    reconciler.reconcile(&message.event.data).await
}
