//! HTTP functions: a request is decoded, validated and authorised before the handler sees it.

pub mod call;
pub mod caller;
pub mod cookie;
pub mod input;
pub mod problem;
pub mod reply;
pub(crate) mod serve;

use std::sync::Arc;

use crate::{
    Answer, Call, Caller, ConfigurationError, FromEnvironment, Instance, Problem, Reply, Starter, Trigger,
};
use input::Input;

impl Starter<'_> {
    /// A function behind a route of the HTTP API.
    ///
    /// # Errors
    /// [`ConfigurationError`] when a variable is missing or wrong.
    pub fn http<D, C, P, Q, B, F, Fut, R, E>(&self, handle: F) -> Result<Instance, ConfigurationError>
    where
        D: FromEnvironment,
        C: Caller,
        P: Input,
        Q: Input,
        B: Input,
        F: Fn(D, Call<C, P, Q, B>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
        R: Into<Reply>,
        E: Into<Problem>,
    {
        let door = Arc::new(serve::Door::<D>::open(self.environment)?);
        let handle = Arc::new(handle);
        Ok(Instance::new(Trigger::Http, move |event, invocation| {
            let (door, handle) = (Arc::clone(&door), Arc::clone(&handle));
            async move {
                let reply = door
                    .serve(event, &invocation, async |dependencies, call| {
                        handle(dependencies, call).await.map(Into::into).map_err(Into::into)
                    })
                    .await?;
                let reply = reply.unwrap_or_else(|problem| problem.into_reply(&invocation));
                Ok(Answer::Value(reply.into_gateway_answer()))
            }
        }))
    }
}
