//! The API: five operations of two services, all of them GET.

mod envelope;
mod forecast;
mod gateway;
mod observation;
mod query;
mod refusal;
mod texts;
mod trouble;
mod warnings;

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use axum::routing::get;

pub(super) use self::envelope::DataType;
use self::envelope::Listed;
use self::query::{Query, Slot};
use self::refusal::Refusal;
use super::time::{day_text, time_text};
use super::{Kma, ORIGIN, SERVICE_KEY, recorded};
use crate::sandbox::suffer::suffer;

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Warnings,
    Status,
    Observation,
    UltraForecast,
    Forecast,
}

impl Operation {
    const ALL: [Self; 5] =
        [Self::Warnings, Self::Status, Self::Observation, Self::UltraForecast, Self::Forecast];

    fn name(self) -> &'static str {
        match self {
            Self::Warnings => "getPwnCd",
            Self::Status => "getPwnStatus",
            Self::Observation => "getUltraSrtNcst",
            Self::UltraForecast => "getUltraSrtFcst",
            Self::Forecast => "getVilageFcst",
        }
    }

    fn service(self) -> &'static str {
        match self {
            Self::Warnings | Self::Status => "WthrWrnInfoService",
            Self::Observation | Self::UltraForecast | Self::Forecast => "VilageFcstInfoService_2.0",
        }
    }

    /// What is asked for of a base time and a cell; none for the warnings.
    fn slot(self, query: &Query) -> Result<Option<Slot>, Refusal> {
        match self {
            Self::Warnings | Self::Status => Ok(None),
            _ => query.slot().map(Some),
        }
    }

    fn list(self, kma: &Kma, query: &Query) -> Result<Listed, Refusal> {
        match self {
            Self::Warnings => warnings::log(kma, query),
            Self::Status => warnings::status(kma, query),
            Self::Observation => observation::observation(kma, query),
            Self::UltraForecast => forecast::ultra(kma, query),
            Self::Forecast => forecast::forecast(kma, query),
        }
    }
}

/// The API, relative to the sandbox's base URL.
pub(super) fn router(kma: Arc<Kma>) -> Router {
    let routes = Operation::ALL.into_iter().fold(Router::new(), |router, operation| {
        let handler = move |state: State<Arc<Kma>>, query: RawQuery| serve(operation, state, query);
        router.route(&format!("/{}/{}", operation.service(), operation.name()), get(handler))
    });
    routes.with_state(kma)
}

async fn serve(operation: Operation, State(kma): State<Arc<Kma>>, RawQuery(query): RawQuery) -> Response {
    kma.answers.count(operation.name());
    if kma.answers.is_down() {
        return gateway::unavailable();
    }
    let query = Query::read(&query.unwrap_or_default());
    let all = format!("kma/{}", operation.name());
    let of_cell = format!("{all}:{},{}", query.plain("nx"), query.plain("ny"));
    let refuse = |fault: &_| trouble::refuse(fault, query.data_type());
    let carry_out = async { answer(&kma, operation, &query) };
    suffer(&kma.faults, &[&of_cell, &all, "kma"], refuse, carry_out).await
}

/// The gateway sees to the key, the service to the rest.
fn answer(kma: &Kma, operation: Operation, query: &Query) -> Response {
    let data_type = query.data_type();
    match query.plain("serviceKey") {
        "" => return gateway::unauthorized(),
        SERVICE_KEY => {}
        _ => return gateway::refused(data_type, 30),
    }
    let (answer, origin) = match kma.answers.directory() {
        None => (operation.list(kma, query).map(|listed| listed.response(data_type)), "invented"),
        Some(directory) => (replay(directory, operation, query), "recorded"),
    };
    let mut response = answer.unwrap_or_else(|refusal| refusal.response(data_type));
    response.headers_mut().insert(HeaderName::from_static(ORIGIN), HeaderValue::from_static(origin));
    response
}

/// The recorded answer. Parameters are checked all the same: files are found by what they say.
fn replay(directory: &std::path::Path, operation: Operation, query: &Query) -> Result<Response, Refusal> {
    let page = query.page()?.number;
    let name = match operation.slot(query)? {
        None => operation.name().to_owned(),
        Some(Slot { base, nx, ny }) => {
            let (day, time) = (day_text(base.date()), time_text(base.time()));
            format!("{}.{day}{time}.{nx}.{ny}", operation.name())
        }
    };
    let found = recorded::find(directory, &name, page, query.data_type());
    found.map(|recorded| envelope::raw(recorded.data_type, recorded.body)).ok_or_else(Refusal::no_data)
}
