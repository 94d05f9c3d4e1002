//! A call that a model answers, with the fault that it is made to suffer.

use axum::{body::Body, http::Response};

use super::{
    FaultKind, Outcome,
    exchange::Exchange,
    model::{self, Model},
    offline, tokens,
    wire::{
        error::{Kind, ServiceError},
        request::ConverseRequest,
        target::Operation,
    },
};

impl Exchange {
    /// Answers a valid request.
    pub(super) async fn by_model(
        self,
        model: &Model,
        request: &ConverseRequest,
        fault: Option<FaultKind>,
    ) -> Response<Body> {
        match fault {
            None => self.ask(model, request, false).await,
            Some(FaultKind::StreamError) => self.ask(model, request, true).await,
            Some(FaultKind::Garbage) => self.deliver(offline::garbage(request), Outcome::Garbage),
            Some(FaultKind::LostAnswer) => match model.whole(request, &self.target.model_id).await {
                Ok(answer) => self.lose(answer.usage),
                Err(error) => self.fail(error),
            },
            Some(FaultKind::Throttle) => self.throttle(),
            Some(FaultKind::Error) => self.break_down(),
            Some(FaultKind::Timeout) => self.time_out().await,
        }
    }

    async fn ask(self, model: &Model, request: &ConverseRequest, broken: bool) -> Response<Body> {
        let model_id = &self.target.model_id;
        match self.target.operation {
            Operation::Converse if broken => self.fail(ServiceError::new(Kind::Model, model::BROKE_OFF)),
            Operation::Converse => match model.whole(request, model_id).await {
                Ok(answer) => self.deliver(answer, Outcome::Answered),
                Err(error) => self.fail(error),
            },
            Operation::ConverseStream => match model.events(request, model_id).await {
                Ok(events) => {
                    let events = if broken { model::break_off(events) } else { events };
                    self.stream(events, Outcome::Answered, tokens::of_request(request))
                }
                Err(error) => self.fail(error),
            },
        }
    }
}
