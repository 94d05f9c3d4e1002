//! Functions behind a function URL, whose answer is streamed while it is made (`InvokeMode: RESPONSE_STREAM`).

use std::pin::Pin;
use std::sync::Arc;

use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use futures::Stream;

use crate::http::{caller::Caller, input::Input, serve};
use crate::{
    Answer, BoxError, Call, ConfigurationError, FromEnvironment, Instance, Problem, Starter, Trigger,
};

/// The pieces of a body that is still being made. The streams of one function hold no thread each.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// An HTTP answer whose body is still being made.
pub struct StreamReply {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, piece by piece. It ends by itself before the invocation's deadline.
    pub body: ByteStream,
}

impl Starter<'_> {
    /// A function that streams its answer to one HTTP request.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn stream<D, C, P, Q, B, F, Fut, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        C: Caller,
        P: Input,
        Q: Input,
        B: Input,
        F: Fn(D, Call<C, P, Q, B>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<StreamReply, E>> + Send + 'static,
        E: Into<Problem>,
    {
        let door = Arc::new(serve::Door::<D>::open(self.environment)?);
        let handle = Arc::new(handle);
        Ok(Instance::new(Trigger::Stream, move |event, invocation| {
            let (door, handle) = (Arc::clone(&door), Arc::clone(&handle));
            async move {
                let reply = door
                    .serve(event, &invocation, async |dependencies, call| {
                        handle(dependencies, call).await.map_err(Into::into)
                    })
                    .await?;
                Ok(Answer::Stream(reply.unwrap_or_else(|problem| problem.into_stream(&invocation))))
            }
        }))
    }
}
