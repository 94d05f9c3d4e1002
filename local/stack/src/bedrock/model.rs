//! What answers: the offline model at its pace, or a server that is forwarded to. Whole, or as a stream of events.

use std::time::Duration;

use async_stream::stream;
use futures::{StreamExt, stream::BoxStream};
use tokio::time::Instant;

use super::{
    Pace, Upstream, offline,
    wire::{
        answer::{Answer, Event},
        error::{Kind, ServiceError},
        request::ConverseRequest,
    },
};

/// Characters of one streamed piece: few, so that whoever watches sees the text grow.
const PIECE: usize = 8;
/// Pieces that go out before a stream breaks off on demand.
pub(super) const PIECES_BEFORE_BREAK: usize = 3;
/// What an answer says that breaks off on demand.
pub(super) const BROKE_OFF: &str = "The model broke off, as was asked of the stand-in.";

/// A streamed answer; an error is its last item.
pub(super) type EventStream = BoxStream<'static, Result<Event, ServiceError>>;

#[derive(Debug)]
pub(super) enum Model {
    Offline(Pace),
    Forward(Upstream),
}

impl Model {
    /// The whole answer to a request; `model_id` is what the path named.
    pub(super) async fn whole(
        &self,
        request: &ConverseRequest,
        model_id: &str,
    ) -> Result<Answer, ServiceError> {
        match self {
            Self::Offline(pace) => {
                tokio::time::sleep(pace.answer).await;
                offline::answer(request)
            }
            Self::Forward(upstream) => upstream.converse(request, model_id).await,
        }
    }

    /// The answer as it is made; an error before its first event is this call's own.
    pub(super) async fn events(
        &self,
        request: &ConverseRequest,
        model_id: &str,
    ) -> Result<EventStream, ServiceError> {
        match self {
            Self::Offline(pace) => Ok(in_pieces(offline::answer(request)?, pace.answer)),
            Self::Forward(upstream) => upstream.converse_stream(request, model_id).await,
        }
    }
}

/// A whole answer as a stream, its pieces spread evenly over `time`: the first comes when its share has passed, the
/// last at the end.
pub(super) fn in_pieces(answer: Answer, time: Duration) -> EventStream {
    Box::pin(stream! {
        let events = answer.to_events(PIECE);
        let pieces = events.iter().filter(|event| event.is_piece()).count();
        let begun = Instant::now();
        let mut sent = 0;
        for event in events {
            if event.is_piece() && !time.is_zero() {
                sent += 1;
                tokio::time::sleep_until(begun + share(time, sent, pieces)).await;
            }
            yield Ok(event);
        }
    })
}

/// `part` of `all` parts of `time`, to the microsecond.
fn share(time: Duration, part: usize, all: usize) -> Duration {
    let microseconds = time.as_micros() * part as u128 / (all as u128).max(1);
    Duration::from_micros(u64::try_from(microseconds).unwrap_or(u64::MAX))
}

/// The beginning of a stream, and then an error.
pub(super) fn break_off(mut events: EventStream) -> EventStream {
    Box::pin(stream! {
        let mut pieces = 0;
        while let Some(next) = events.next().await {
            if pieces == PIECES_BEFORE_BREAK || matches!(next, Ok(Event::MessageStop(_))) {
                break;
            }
            pieces += usize::from(next.as_ref().is_ok_and(Event::is_piece));
            yield next;
        }
        yield Err(ServiceError::new(Kind::ModelStream, BROKE_OFF));
    })
}
