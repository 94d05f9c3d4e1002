//! The pages that a browser sees.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// Somebody whom one can sign in as.
pub(crate) struct Choice {
    /// What the form sends.
    pub account: String,
    /// What the button says.
    pub label: String,
    /// A line below it.
    pub about: String,
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem}\
button{display:block;width:100%;margin:.5rem 0;padding:.75rem 1rem;font:inherit;text-align:left;cursor:pointer;\
border:1px solid #8888;border-radius:.5rem;background:none;color:inherit}button small{display:block;opacity:.7}select{font:inherit;max-width:100%}\
pre{white-space:pre-wrap;font:inherit}:root{color-scheme:light dark}";

/// The page that asks who to sign in as. Its form posts to the page's own address, whose query it keeps.
pub(crate) fn page(partner: &str, choices: &[Choice]) -> Response {
    let mut buttons = String::new();
    for Choice { account, label, about } in choices {
        let (account, label, about) = (escape(account), escape(label), escape(about));
        // Writing to a text cannot fail.
        let _ = write!(
            buttons,
            r#"<button name="account" value="{account}">{label}<small>{about}</small></button>"#
        );
    }
    let text = format!(
        r#"<p>진짜 {partner}가 아니라 이 컴퓨터에서 도는 샌드박스입니다. 누구로 로그인할까요?</p>
<form method="post">{buttons}<button name="account" value="">취소<small>로그인하지 않고 돌아갑니다</small></button></form>"#
    );
    html(StatusCode::OK, &format!("{partner} 샌드박스"), &text)
}

/// A page with a text only, whose lines stay lines.
pub(crate) fn notice(status: StatusCode, title: &str, text: &str) -> Response {
    html(status, &escape(title), &format!("<pre>{}</pre>", escape(text)))
}

/// A page with this title and body, both of which are HTML.
pub(crate) fn html(status: StatusCode, title: &str, body: &str) -> Response {
    let text = format!(
        "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style>\
         <h1>{title}</h1>{body}</html>"
    );
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// Text that means itself in HTML, between tags and in attributes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_becomes_markup() {
        assert_eq!(escape(r#"<a href="x">&</a>"#), "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
    }
}
