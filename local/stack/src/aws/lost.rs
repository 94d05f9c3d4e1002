//! An answer that never comes: the connection is dropped instead.

use axum::{body::Body, response::Response};
use futures::stream;

/// An answer whose body fails before its first byte. The server then closes the connection without having
/// sent the head, so that the client sees what it sees when a line breaks after its request went out.
pub(crate) fn lost_answer() -> Response {
    let failing =
        stream::once(async { Err::<&[u8], _>(std::io::Error::other("the answer is lost, on demand")) });
    Response::new(Body::from_stream(failing))
}
