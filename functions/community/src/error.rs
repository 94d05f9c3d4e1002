//! What can go wrong in the community, and the problem that each becomes.

use community_rules::missions::slot::Slot;
use community_rules::photo::MOST_TRIES;
use maru_jobs::{LeaseError, StartError};
use maru_lambda::{BoxError, FieldError, Problem};
use maru_messages::SendError;
use maru_model::AskError;
use maru_store::{LimitError, StoreError};

use crate::missions::MOST_MISSIONS;

/// What can go wrong in the community.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, or not the caller's.
    #[error("not there, or not the caller's")]
    NotFound,
    /// The caller's account was closed; the access token lives a few minutes longer.
    #[error("the account is closed")]
    Closed,
    /// Something else changed at the same moment; to be tried again.
    #[error("something changed at the same moment")]
    Overtaken,
    /// The slot opens later today.
    #[error("the slot {0} is not open yet")]
    SlotNotOpen(Slot),
    /// The caller has drawn this slot of today: the assignment.
    #[error("the slot was drawn before, as {0}")]
    AlreadyDrawn(String),
    /// Nobody has seen the sky where the caller is lately.
    #[error("the weather where the caller is is not known")]
    WeatherUnknown,
    /// No mission fits that the caller has not drawn today.
    #[error("no mission is left for today")]
    NoMissionLeft,
    /// There are as many missions as there can be.
    #[error("there are {MOST_MISSIONS} missions")]
    TooManyMissions,
    /// The day of the assignment is over.
    #[error("the day of the assignment is over")]
    AssignmentOver,
    /// A photo has shown the assignment before.
    #[error("the assignment is verified")]
    AlreadyVerified,
    /// No photo was announced for the assignment.
    #[error("there is no photo of the assignment")]
    NoPhoto,
    /// As many photos of the assignment were looked at as there can be.
    #[error("{MOST_TRIES} photos were looked at")]
    NoTriesLeft,
    /// The photos' bucket.
    #[error("the photos cannot be reached")]
    Photos(#[source] BoxError),
    /// Another worker does this by now; nothing was written.
    #[error(transparent)]
    Lease(#[from] LeaseError),
    /// The model.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The coupon cannot be claimed yet.
    #[error("the coupon is not open yet")]
    NotOpenYet,
    /// The coupon can be neither claimed nor used any more.
    #[error("the time of the coupon is over")]
    CouponOver,
    /// Nothing of the coupon is left.
    #[error("nothing of the coupon is left")]
    SoldOut,
    /// The coupon is for those who had a mission verified today.
    #[error("the caller had no mission verified today")]
    MissionMissing,
    /// The caller's coupon was used before.
    #[error("the coupon was used before")]
    AlreadyUsed,
    /// The caller asks too often.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message that may not have been sent.
    #[error(transparent)]
    Send(#[from] SendError),
    /// Something that cannot be written or read as JSON.
    #[error("something could not be written or read as JSON")]
    Json(#[from] serde_json::Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Closed => Self::unauthenticated(),
            Error::Overtaken => Self::unavailable(error),
            Error::SlotNotOpen(slot) => {
                let detail = format!("This slot opens at {:02}:00 in Seoul.", slot.opens_at());
                Self::conflict("slot_not_open", detail)
            }
            Error::AlreadyDrawn(assignment) => already_drawn(assignment),
            Error::WeatherUnknown => Self::conflict("weather_unknown", WEATHER_UNKNOWN),
            Error::NoMissionLeft => Self::conflict("no_mission_left", NO_MISSION_LEFT),
            Error::TooManyMissions => {
                let detail = format!("There can be {MOST_MISSIONS} missions; delete one first.");
                Self::conflict("too_many_missions", detail)
            }
            Error::AssignmentOver => Self::conflict("assignment_over", ASSIGNMENT_OVER),
            Error::AlreadyVerified => Self::conflict("already_verified", ALREADY_VERIFIED),
            Error::NoPhoto => Self::conflict("no_photo", NO_PHOTO),
            Error::NoTriesLeft => {
                let detail = format!("{MOST_TRIES} photos of this mission were looked at; that is all.");
                Self::conflict("no_tries_left", detail)
            }
            Error::Photos(_) => Self::unavailable(error),
            Error::Lease(_) | Error::Ask(_) => Self::internal(error),
            Error::NotOpenYet => {
                Self::conflict("not_open_yet", "This coupon can be claimed from its opening on.")
            }
            Error::CouponOver => Self::conflict("coupon_over", "The time of this coupon is over."),
            Error::SoldOut => Self::conflict("sold_out", "Nothing of this coupon is left."),
            Error::MissionMissing => {
                Self::conflict("mission_missing", "This coupon takes a mission that was verified today.")
            }
            Error::AlreadyUsed => Self::conflict("already_used", "This coupon was used before."),
            Error::Limit(error) => error.into(),
            Error::Store(error) => error.into(),
            Error::Send(error) => error.into(),
            Error::Json(_) => Self::internal(error),
        }
    }
}

const WEATHER_UNKNOWN: &str =
    "The weather where you are is not known. Ask GET /weather first, then draw again.";
const NO_MISSION_LEFT: &str = "There is no mission left for you today.";
const ASSIGNMENT_OVER: &str = "The day of this mission is over.";
const ALREADY_VERIFIED: &str = "A photo has shown this mission; its points are yours.";
const NO_PHOTO: &str = "Upload a photo first.";

impl From<StartError> for Error {
    fn from(error: StartError) -> Self {
        match error {
            StartError::AccountClosed => Self::Closed,
            StartError::Store(error) => Self::Store(error),
        }
    }
}

/// Names the assignment both for people and, as the value that stands in the slot's way, for programs.
fn already_drawn(assignment: String) -> Problem {
    let detail = format!("You have drawn this slot of today: {assignment}.");
    let there = FieldError { pointer: "/slot".to_owned(), message: assignment };
    Problem::conflict("already_drawn", detail).with_errors(vec![there])
}
