//! The page.

use std::fmt::Write as _;
use std::path::Path;

use axum::http::StatusCode;
use axum::response::Response;

use super::super::names::{KINDS, ZONES, kind_name, level_name};
use super::super::warnings::InForce;
use super::TITLE;
use crate::sandbox::sign_in::{escape, html};

/// The page with these warnings in force; `recorded` is where recorded answers come from, if they do.
pub(super) fn page(warnings: &[InForce], recorded: Option<&Path>) -> Response {
    if let Some(directory) = recorded {
        let text =
            format!("<p>{}에 기록된 응답을 그대로 돌려줍니다.</p>", escape(&directory.display().to_string()));
        return html(StatusCode::OK, TITLE, &text);
    }
    let mut body = String::from(
        "<p>진짜 기상청이 아니라 이 컴퓨터에서 도는 샌드박스입니다. <strong>날씨와 특보는 지어낸 것</strong>이며 \
         실제와 관계가 없습니다. 특보를 바꾼 뒤 특보 확인(cron_refresh_alerts)이 돌면 대화방이 열리고 닫힙니다.</p>",
    );
    for warning in warnings {
        let (zone, name) = (escape(&warning.area_code), escape(&warning.area_name));
        let (kind, title) = (warning.kind, kind_name(warning.kind) + &level_name(warning.level));
        // Writing to a text cannot fail.
        let _ = write!(
            body,
            r#"<form method="post"><p><strong>{title}</strong> {name}</p><input type="hidden" name="zone" value="{zone}">
<input type="hidden" name="kind" value="{kind}"><button name="command" value="raise">한 단계 올리기</button>
<button name="command" value="lift">해제</button></form>"#
        );
    }
    if warnings.is_empty() {
        body.push_str("<p>발효 중인 특보가 없습니다.</p>");
    }
    let zones = ZONES.map(|zone| format!(r#"<option value="{}">{}</option>"#, zone.code, zone.name)).concat();
    let kinds = KINDS.map(|(kind, name)| format!(r#"<option value="{kind}">{name}</option>"#)).concat();
    let _ = write!(
        body,
        r#"<form method="post"><p><label>구역 <select name="zone">{zones}</select></label>
<label>종류 <select name="kind">{kinds}</select></label></p><button name="command" value="issue">주의보 발표</button></form>"#
    );
    html(StatusCode::OK, TITLE, &body)
}
