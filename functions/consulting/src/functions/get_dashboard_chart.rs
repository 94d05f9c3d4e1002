//! `GET /consulting/dashboard/{chart}`: one of the six charts, as JSON or as a picture.

use garde::Validate;
use http::{HeaderValue, StatusCode, header};
use jiff::civil::Date;
use maru_lambda::http::call::Request;
use maru_lambda::{Call, Lecturer, Reply};
use serde::Deserialize;

use crate::dashboard::svg::{Language, Style, Theme, draw};
use crate::dashboard::{Chart, Published, PublishedChart, Selection};
use crate::error::Error;
use crate::store::Store;

/// Which chart.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
pub struct ChartPath {
    #[garde(skip)]
    chart: Chart,
}

/// What the chart shows, and how it is drawn; all optional.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct ChartQuery {
    #[garde(length(bytes, max = 200))]
    lecture_id: Option<String>,
    #[garde(skip)]
    from: Option<Date>,
    #[garde(skip)]
    to: Option<Date>,
    /// Of a picture; else `Accept-Language` decides.
    #[garde(skip)]
    language: Option<Language>,
    /// Of a picture.
    #[garde(skip)]
    theme: Theme,
}

pub async fn handle(store: Store, call: Call<Lecturer, ChartPath, ChartQuery>) -> Result<Reply, Error> {
    let ChartQuery { lecture_id, from, to, language, theme } = call.query;
    let selection = Selection { lecture_id, from, to };
    let pointer = store.published().await?;
    let numbers =
        store.numbers(&pointer.generation, &call.caller.id, selection.first_day(pointer.day)?).await?;
    let published =
        Published { day: pointer.day, generation_id: pointer.generation, published_at: pointer.published_at };
    let chart = PublishedChart::compute(call.path.chart, &numbers, &selection, published)?;
    let reply = if wants_picture(&call.request) {
        let language = language.unwrap_or_else(|| preferred_language(&call.request));
        Reply::new(StatusCode::OK, "image/svg+xml", draw(&chart, Style { language, theme }))
    } else {
        Reply::json(StatusCode::OK, &chart)
    };
    Ok(reply.with_header(header::VARY, HeaderValue::from_static("accept, accept-language")))
}

/// JSON unless the picture is named (RFC 9110 §12.5.1, without weights: nobody asks for both).
fn wants_picture(request: &Request) -> bool {
    let accept = request.header("accept").unwrap_or_default();
    accept
        .split(',')
        .any(|range| range.split(';').next().is_some_and(|range| range.trim() == "image/svg+xml"))
}

fn preferred_language(request: &Request) -> Language {
    let preferred = request.header("accept-language").unwrap_or_default().trim_start();
    if preferred.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case("en")) {
        Language::English
    } else {
        Language::Korean
    }
}
