//! The subprotocol of a WebSocket of Maru's, and the token that comes along with it (RFC 6455 §4.1, §11.3.4).

use crate::Problem;
use crate::authentication::bearer;

use super::event::Event;

/// The subprotocol that a client offers and the server selects.
pub const PROTOCOL: &str = "maru.v1";

/// What the offered subprotocol that carries the access token begins with. It is never selected: the answer would
/// repeat the token.
pub const BEARER: &str = "bearer.";

const HEADER: &str = "sec-websocket-protocol";

/// The access token: of the `Authorization` header, else of the offered subprotocols.
pub(super) fn token(event: &Event) -> Result<Option<&str>, Problem> {
    if let Some(token) = bearer(event.headers())? {
        return Ok(Some(token));
    }
    let mut tokens = offered(event).filter_map(|protocol| protocol.strip_prefix(BEARER));
    match (tokens.next(), tokens.next()) {
        (token, None) => Ok(token),
        // Which of two callers it is, is not for us to choose.
        (_, Some(_)) => Err(Problem::unauthenticated()),
    }
}

/// The subprotocol to answer with; none if it was not offered.
pub(super) fn selected(event: &Event) -> Option<&'static str> {
    offered(event).any(|protocol| protocol == PROTOCOL).then_some(PROTOCOL)
}

fn offered(event: &Event) -> impl Iterator<Item = &str> {
    let values = event.headers().get_all(HEADER).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}
