use super::*;

fn read(status: u16, body: &str) -> Result<usize, KmaError> {
    page(StatusCode::from_u16(status).unwrap(), body.as_bytes()).map(|page| page.rows.len())
}

fn error(status: u16, body: &str) -> String {
    read(status, body).unwrap_err().to_string()
}

fn normal(items: &str) -> String {
    format!(
        r#"{{"response":{{"header":{{"resultCode":"00","resultMsg":"NORMAL_SERVICE"}},"body":{{"dataType":"JSON","items":{items},"pageNo":1,"numOfRows":10,"totalCount":2}}}}}}"#
    )
}

fn refusal(code: &str, message: &str) -> String {
    format!(r#"{{"response":{{"header":{{"resultCode":"{code}","resultMsg":"{message}"}}}}}}"#)
}

const GATEWAY_XML: &str = "<OpenAPI_ServiceResponse>\n<cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>";
const GATEWAY_JSON: &str = r#"{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"errMsg":"SERVICE_KEY_IS_NOT_REGISTERED_ERROR","returnAuthMsg":"등록되지 않은 서비스키","returnReasonCode":"30"}}}"#;

#[test]
fn items_are_an_array_one_alone_or_nothing() {
    for (items, count) in [
        (r#"{"item":[{"a":1},{"a":2}]}"#, 2),
        (r#"{"item":{"a":1}}"#, 1),
        (r#"{"item":""}"#, 0),
        (r#"{"item":[]}"#, 0),
        ("{}", 0),
        (r#""""#, 0),
        ("null", 0),
        (r#"[{"a":1}]"#, 1),
    ] {
        assert_eq!(read(200, &normal(items)).unwrap(), count, "{items}");
    }
    for items in [r#"{"item":[1]}"#, r#""none""#, "7"] {
        assert!(matches!(read(200, &normal(items)), Err(KmaError::Malformed(_))), "{items}");
    }
}

#[test]
fn no_data_is_no_rows_and_has_no_body() {
    assert_eq!(read(200, &refusal("03", "NO_DATA")).unwrap(), 0);
    assert_eq!(read(200, &refusal("3", "NODATA_ERROR")).unwrap(), 0);
}

#[test]
fn xml_is_read_where_json_was_asked_for() {
    let body = |items| {
        format!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><response><header><resultCode>0</resultCode><resultMsg>NORMAL_SERVICE</resultMsg></header><body><items>{items}</items><numOfRows>10</numOfRows><pageNo>1</pageNo><totalCount>1</totalCount></body></response>"
        )
    };
    assert_eq!(read(200, &body("<item><a>1</a></item>")).unwrap(), 1);
    assert_eq!(read(200, &body("<item><a>1</a></item><item><a>2</a></item>")).unwrap(), 2);
    assert_eq!(read(200, &body("")).unwrap(), 0);
    let refused =
        "<response><header><resultCode>22</resultCode><resultMsg>LIMITED</resultMsg></header></response>";
    assert!(matches!(read(200, refused), Err(KmaError::Quota(_))));
}

#[test]
fn the_gateway_refuses_in_xml_and_in_json_with_the_fields_reversed() {
    for status in [200, 401, 403, 500] {
        assert_eq!(error(status, GATEWAY_XML), error(200, GATEWAY_JSON), "{status}");
        assert!(matches!(read(status, GATEWAY_JSON), Err(KmaError::Key(Said::Code(30)))), "{status}");
    }
    // Its number may be missing.
    let unnumbered = GATEWAY_XML.replace("<returnReasonCode>30</returnReasonCode>", "");
    assert!(matches!(read(200, &unnumbered), Err(KmaError::Key(Said::Code(30)))));
    let unnumbered = GATEWAY_JSON.replace(r#","returnReasonCode":"30""#, "");
    assert!(matches!(read(200, &unnumbered), Err(KmaError::Key(Said::Code(30)))));
}

#[test]
fn the_gateway_refuses_without_a_wrapper() {
    let bare =
        |code| format!(r#"{{"responseTime":"2026-09-02T09:00:00","resultCode":"{code}","resultMsg":"x"}}"#);
    assert!(matches!(read(400, &bare("10")), Err(KmaError::OurFault(Said::Code(10)))));
    assert!(matches!(read(200, &bare("22")), Err(KmaError::Quota(Said::Code(22)))));
    assert!(matches!(read(200, r#"{"resultCode":30}"#), Err(KmaError::Key(_))));
}

#[test]
fn a_text_or_a_page_means_what_its_status_says() {
    assert!(matches!(read(401, "Unauthorized"), Err(KmaError::Key(Said::Status(401)))));
    assert!(matches!(read(403, "<html><body>Forbidden</body></html>"), Err(KmaError::Key(_))));
    assert!(matches!(read(429, "API rate limit exceeded"), Err(KmaError::Quota(Said::Status(429)))));
    assert!(matches!(read(500, "Unexpected errors"), Err(KmaError::Busy(Said::Status(500)))));
    assert!(matches!(read(502, "<!DOCTYPE html><html><br></html>"), Err(KmaError::Busy(_))));
    assert!(matches!(read(503, ""), Err(KmaError::Busy(_))));
    assert!(matches!(read(404, "not here"), Err(KmaError::OurFault(Said::Status(404)))));
    // With status 200 its words say it.
    assert!(matches!(read(200, "Unauthorized"), Err(KmaError::Key(_))));
    assert!(matches!(read(200, "API rate limit exceeded\n"), Err(KmaError::Quota(_))));
    assert!(matches!(read(200, "Unexpected errors"), Err(KmaError::Busy(_))));
    assert!(matches!(read(200, "<html>점검 중</html>"), Err(KmaError::Busy(_))));
    assert!(matches!(read(200, "<!DOCTYPE html><html><head>점검 중</head></html>"), Err(KmaError::Busy(_))));
}

#[test]
fn each_code_means_what_is_to_be_done() {
    let class = |code: &str| read(200, &refusal(code, "X")).unwrap_err();
    for code in ["20", "21", "30", "31", "32", "33"] {
        let error = class(code);
        assert!(matches!(error, KmaError::Key(_)) && error.needs_somebody(), "{code}");
    }
    for code in ["01", "02", "04", "05", "99"] {
        let error = class(code);
        assert!(matches!(error, KmaError::Busy(_)) && error.is_passing(), "{code}");
    }
    for code in ["10", "11", "12"] {
        assert!(matches!(class(code), KmaError::OurFault(_)), "{code}");
    }
    assert!(matches!(class("22"), KmaError::Quota(_)));
    let range = "최대 조회 기간은 오늘 기준으로 6일 전까지입니다.";
    assert!(matches!(read(200, &refusal("99", range)), Err(KmaError::Range)));
    assert!(matches!(class("77"), KmaError::Malformed(_)));
}

#[test]
fn what_has_none_of_these_shapes_is_malformed() {
    for body in
        ["{", "[]", "{}", "null", r#"{"response":{"header":{"resultCode":"00"}}}"#, r#"{"response":"00"}"#]
    {
        assert!(matches!(read(200, body), Err(KmaError::Malformed(_))), "{body}");
    }
    assert!(matches!(page(StatusCode::OK, b"{\"a\":\"\xff\"}"), Err(KmaError::Busy(_))));
}

#[test]
fn a_field_is_a_text_or_a_number() {
    let body =
        normal(r#"{"item":{"a":"7","b":7,"c":" ","d":202611210400,"e":"202611210400","f":0,"g":null}}"#);
    let rows = page(StatusCode::OK, body.as_bytes()).unwrap().rows;
    let fields = &rows[0];
    assert_eq!((fields.number::<u8>("a"), fields.number::<u8>("b")), (Some(7), Some(7)));
    assert_eq!((fields.text("c"), fields.text("g"), fields.text("h")), (None, None, None));
    assert_eq!(fields.time("d").unwrap(), fields.time("e").unwrap());
    assert_eq!(fields.time("f"), None);
}
