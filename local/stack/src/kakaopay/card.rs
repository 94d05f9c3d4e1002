//! What a person pays with, and how that goes.

use serde::{Deserialize, Serialize};

use super::refusal::{Code, Refusal};

/// The two kinds of KakaoPay's methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Method {
    Card,
    Money,
}

impl Method {
    pub(super) const ALL: [Self; 2] = [Self::Card, Self::Money];

    /// As the API writes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Card => "CARD",
            Self::Money => "MONEY",
        }
    }

    /// As the page calls it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Card => "카드",
            Self::Money => "카카오페이머니",
        }
    }

    /// The method of this name, if it is one.
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// How payments with a card (or with money) go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Card {
    /// Every payment succeeds.
    #[default]
    Good,
    /// Every payment fails.
    Declined,
    /// The first payment succeeds, later charges fail.
    DeclinedLater,
    /// The first payment succeeds, later charges are beyond the billing key's limit for the month.
    MonthlyLimit,
    /// Every payment is beyond the limit.
    OverLimit,
    /// The first payment succeeds, then its owner takes the billing key away in KakaoPay's app, of which nobody
    /// is told. Another card does not bring it back.
    Withdrawn,
}

impl Card {
    pub(super) const ALL: [Self; 6] = [
        Self::Good,
        Self::DeclinedLater,
        Self::MonthlyLimit,
        Self::Withdrawn,
        Self::Declined,
        Self::OverLimit,
    ];

    /// As forms and the wallet write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Declined => "declined",
            Self::DeclinedLater => "declined_later",
            Self::MonthlyLimit => "monthly_limit",
            Self::OverLimit => "over_limit",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As pages call it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Good => "결제가 잘 되는 수단",
            Self::Declined => "모든 결제가 거절되는 수단 (-780, -782)",
            Self::DeclinedLater => "첫 결제만 되고 정기 결제는 거절되는 수단 (-782)",
            Self::MonthlyLimit => "첫 결제만 되고 정기 결제는 월 한도를 넘는 수단 (-752)",
            Self::OverLimit => "한도를 넘는 수단 (-797)",
            Self::Withdrawn => "결제한 뒤 카카오페이에서 정기 결제를 해지 (-751)",
        }
    }

    /// How the payment goes at which its owner is present.
    ///
    /// # Errors
    /// Why no money moves.
    pub(super) fn first(self) -> Result<(), Refusal> {
        match self {
            Self::Declined => Err(declined(Code::APPROVAL_FAILED)),
            Self::OverLimit => Err(Code::LIMIT.into()),
            Self::Good | Self::DeclinedLater | Self::MonthlyLimit | Self::Withdrawn => Ok(()),
        }
    }

    /// How a charge by billing key goes. A key that was taken away is inactive and gets no further than that.
    ///
    /// # Errors
    /// Why no money moves.
    pub(super) fn later(self) -> Result<(), Refusal> {
        match self {
            Self::Declined | Self::DeclinedLater => Err(declined(Code::SUBSCRIPTION_FAILED)),
            Self::MonthlyLimit => Err(Code::MONTHLY_LIMIT.into()),
            Self::OverLimit => Err(Code::LIMIT.into()),
            Self::Good | Self::Withdrawn => Ok(()),
        }
    }
}

fn declined(code: Code) -> Refusal {
    Refusal::from(code).because("CARD_DECLINED", "카드사에서 승인을 거절했습니다.")
}
