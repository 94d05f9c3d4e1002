//! Why the Korean weather service gave nothing to work with, by what is to be done about it.

use maru_partner::{PartnerError, SecretError};

/// Why the Korean weather service gave nothing to work with.
///
/// No variant holds a text of the service's or a part of a request: both may carry the service key.
#[derive(Debug, thiserror::Error)]
pub enum KmaError {
    /// The service does not accept our key (codes 20, 21, 30 to 33; 401, 403). Somebody has to look after it: asking
    /// again does not help.
    #[error("the Korean weather service refuses our key ({0})")]
    Key(Said),
    /// Too many calls were made: in a day, if it says so (code 22), and until the next day in Korea there are none; in a
    /// day or a second, if it has no code (429).
    #[error("too many calls were made to the Korean weather service ({0})")]
    Quota(Said),
    /// It answered that it cannot now, as often as it was asked (codes 1, 2, 4, 5, 99; 5xx).
    #[error("the Korean weather service cannot answer now ({0})")]
    Busy(Said),
    /// It was not reached, or its answer was lost, as often as it was asked.
    #[error("the Korean weather service gave no answer")]
    Unavailable(#[source] PartnerError),
    /// What we asked is not a question of its (codes 10 to 12; other 4xx).
    #[error("the Korean weather service does not know such a question ({0})")]
    OurFault(Said),
    /// We asked for a time that it does not look back to.
    #[error("the Korean weather service does not look back that far")]
    Range,
    /// Its answer has none of the shapes that it is known to have.
    #[error("the answer of the Korean weather service cannot be read: {0}")]
    Malformed(&'static str),
    /// Its pages ended before all rows were told that it says there are: what was told is not all.
    #[error("the answer of the Korean weather service broke off")]
    BrokeOff,
    /// The service key could not be read.
    #[error("the service key could not be read")]
    Secret(#[from] SecretError),
}

/// What the service said: the code in its answer, else the status of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A result code of the portal, such as 30.
    Code(u16),
    /// An HTTP status.
    Status(u16),
}

impl std::fmt::Display for Said {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "code {code:02}"),
            Self::Status(status) => write!(formatter, "status {status}"),
        }
    }
}

impl KmaError {
    /// Whether the same question may be answered when it is asked again soon.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Unavailable(_) | Self::BrokeOff)
    }

    /// Whether somebody has to do something before it is answered again.
    #[must_use]
    pub fn needs_somebody(&self) -> bool {
        match self {
            Self::Key(_) | Self::OurFault(_) | Self::Range | Self::Malformed(_) => true,
            Self::Secret(error) => error.needs_somebody(),
            Self::Quota(_) | Self::Busy(_) | Self::Unavailable(_) | Self::BrokeOff => false,
        }
    }
}
