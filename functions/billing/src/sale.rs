//! What is sold.

/// What a month of PRO is called on KakaoPay's page and on the receipt.
pub const ITEM: &str = "Maru PRO 월 구독";
