//! The service's own envelope: `response` with `header` and, if there is something, `body`.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::query::Page;
use super::refusal::Refusal;
use crate::sandbox::sign_in::escape;

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum DataType {
    Json,
    Xml,
}

impl DataType {
    pub(in super::super) fn other(self) -> Self {
        match self {
            Self::Json => Self::Xml,
            Self::Xml => Self::Json,
        }
    }

    /// Of a file with such an answer.
    pub(in super::super) fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }

    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json;charset=UTF-8",
            Self::Xml => "application/xml;charset=UTF-8",
        })
    }
}

/// A row: its fields in order, each a number or a text.
pub(super) type Item = Vec<(&'static str, Value)>;

/// A page of rows.
#[derive(Debug)]
pub(super) struct Listed {
    items: Vec<Item>,
    page: Page,
    total: usize,
}

impl Listed {
    /// The page of these rows, which are counted truly.
    ///
    /// # Errors
    /// 03 for a page behind the end, so also if there are no rows.
    pub(super) fn page_of(items: Vec<Item>, page: Page) -> Result<Self, Refusal> {
        let total = items.len();
        let begin = (page.number as usize - 1).saturating_mul(page.rows as usize);
        Self::cut(items, begin, page, total)
    }

    /// The same as the log of warnings has it: the last row of a page is the first one of the next page, too, and
    /// of several pages the total is one page short.
    ///
    /// # Errors
    /// As [`Self::page_of`].
    pub(super) fn overlapping(items: Vec<Item>, page: Page) -> Result<Self, Refusal> {
        let (rows, there) = (page.rows as usize, items.len());
        let step = (rows - 1).max(1);
        let total = if there > rows { there.saturating_sub(rows).max(rows) } else { there };
        Self::cut(items, (page.number as usize - 1).saturating_mul(step), page, total)
    }

    fn cut(items: Vec<Item>, begin: usize, page: Page, total: usize) -> Result<Self, Refusal> {
        let items: Vec<Item> = items.into_iter().skip(begin).take(page.rows as usize).collect();
        if items.is_empty() { Err(Refusal::no_data()) } else { Ok(Self { items, page, total }) }
    }

    pub(super) fn response(self, data_type: DataType) -> Response {
        let Self { items, page, total } = self;
        let body = match data_type {
            DataType::Json => {
                let items: Vec<Map<String, Value>> = items.into_iter().map(object).collect();
                let body = json!({
                    "dataType": "JSON",
                    "items": { "item": items },
                    "pageNo": page.number,
                    "numOfRows": page.rows,
                    "totalCount": total,
                });
                json!({ "response": { "header": header_of(0, "NORMAL_SERVICE"), "body": body } }).to_string()
            }
            DataType::Xml => {
                let items: String = items.iter().map(element).collect();
                let counts = format!(
                    "<numOfRows>{}</numOfRows><pageNo>{}</pageNo><totalCount>{total}</totalCount>",
                    page.rows, page.number
                );
                let body = format!("<body><dataType>XML</dataType><items>{items}</items>{counts}</body>");
                // The guide's samples have one digit here.
                xml_response("0", "NORMAL_SERVICE", &body)
            }
        };
        raw(data_type, body.into_bytes())
    }
}

/// A refusal: no body.
pub(super) fn refused(data_type: DataType, code: i64, message: &str) -> Response {
    let body = match data_type {
        DataType::Json => json!({ "response": { "header": header_of(code, message) } }).to_string(),
        DataType::Xml => xml_response(&format!("{code:02}"), message, ""),
    };
    raw(data_type, body.into_bytes())
}

/// A body as it is.
pub(super) fn raw(data_type: DataType, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, data_type.content_type());
    response
}

fn header_of(code: i64, message: &str) -> Value {
    json!({ "resultCode": format!("{code:02}"), "resultMsg": message })
}

fn xml_response(code: &str, message: &str, body: &str) -> String {
    let message = escape(message);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><response><header><resultCode>{code}\
         </resultCode><resultMsg>{message}</resultMsg></header>{body}</response>"
    )
}

fn object(item: Item) -> Map<String, Value> {
    item.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn element(item: &Item) -> String {
    let fields: String = item
        .iter()
        .map(|(name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), escape);
            format!("<{name}>{text}</{name}>")
        })
        .collect();
    format!("<item>{fields}</item>")
}
