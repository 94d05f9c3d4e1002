use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn movement() -> Movement {
    let order_id = "ord_1".to_owned();
    Movement { order_id, tid: None, day: date(2027, 1, 31), member_id: "usr_1".to_owned() }
}

const fn line(account: Account, amount: i64) -> Line {
    Line { account, amount }
}

#[test]
fn a_charge_is_earned_and_lies_at_kakaopay() {
    let entry = Entry::charge(movement(), 19_900).unwrap();
    assert_eq!(entry.lines(), [line(Account::Kakaopay, 19_900), line(Account::Revenue, -19_900)]);
    assert_eq!(entry.movement(), &movement());
}

#[test]
fn a_refund_leaves_kakaopay() {
    let entries = [Entry::charge(movement(), 19_900).unwrap(), Entry::refund(movement(), 5_000).unwrap()];
    assert_eq!(balance(&entries, Account::Kakaopay), Ok(14_900));
    assert_eq!(balance(&entries, Account::Refunds), Ok(5_000));
    assert_eq!(balance(&entries, Account::Revenue), Ok(-19_900));
}

#[test]
fn what_does_not_balance_is_no_entry() {
    let lopsided = vec![line(Account::Kakaopay, 19_900), line(Account::Revenue, -19_000)];
    assert_eq!(Entry::new(movement(), lopsided), Err(LedgerError::Unbalanced(900)));
    assert_eq!(Entry::new(movement(), Vec::new()), Err(LedgerError::Empty));
    assert_eq!(Entry::new(movement(), vec![line(Account::Revenue, 0)]), Err(LedgerError::Amount(0)));
    let beyond = vec![line(Account::Kakaopay, i64::MAX), line(Account::Refunds, 1)];
    assert_eq!(Entry::new(movement(), beyond), Err(LedgerError::TooLarge));
}

#[test]
fn nothing_and_less_cannot_be_moved() {
    for amount in [0, -19_900, i64::MIN] {
        assert_eq!(Entry::charge(movement(), amount), Err(LedgerError::Amount(amount)));
        assert_eq!(Entry::refund(movement(), amount), Err(LedgerError::Amount(amount)));
    }
}

#[test]
fn a_stored_entry_that_does_not_balance_is_not_read() {
    let entry = Entry::charge(movement(), 19_900).unwrap();
    let stored = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&stored).unwrap(), entry);
    assert!(serde_json::from_str::<Entry>(&stored.replace("-19900", "-19901")).is_err());
}

proptest! {
    /// Whatever is charged and given back, all accounts together hold nothing.
    #[test]
    fn the_whole_ledger_sums_to_zero(amounts in prop::collection::vec((any::<bool>(), 1..10_000_000_i64), 0..50)) {
        let entries: Vec<Entry> = amounts
            .into_iter()
            .map(|(back, amount)| match back {
                true => Entry::refund(movement(), amount).unwrap(),
                false => Entry::charge(movement(), amount).unwrap(),
            })
            .collect();
        let accounts = [Account::Kakaopay, Account::Revenue, Account::Refunds];
        let total: i64 = accounts.iter().map(|account| balance(&entries, *account).unwrap()).sum();
        prop_assert_eq!(total, 0);
    }
}
