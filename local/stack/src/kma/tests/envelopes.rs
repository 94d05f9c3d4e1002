//! Keys, forms and parameters.

use super::*;

#[tokio::test]
async fn what_is_there_comes_in_the_form_that_is_asked_for() {
    let service = Service::start().await;
    service.answers.append(super::super::Row::issued(at("2026-11-21T10:00"), "L1082700", "부산<서부>", 1, 0));
    let answer = service.call(WARNINGS, &[]).await;
    assert_eq!(answer.headers()["content-type"], "application/json;charset=UTF-8");
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["response"]["header"]["resultMsg"], "NORMAL_SERVICE");
    let body = &answer["response"]["body"];
    let counts = ["pageNo", "numOfRows", "totalCount"].map(|name| body[name].as_i64());
    assert_eq!((&body["dataType"], counts), (&"JSON".into(), [Some(1), Some(10), Some(1)]));

    let answer = service.call(WARNINGS, &[("dataType", "")]).await;
    assert_eq!(answer.headers()["content-type"], "application/xml;charset=UTF-8");
    let text = answer.text().await.unwrap();
    for part in [
        "<resultCode>0</resultCode>",
        "<items><item><stnId>108</stnId><tmFc>202611211000</tmFc>",
        "<areaName>부산&lt;서부&gt;</areaName>",
        "<allEndTime>0</allEndTime></item></items>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn no_data_has_no_body_and_status_200() {
    let service = Service::start().await;
    let answer = service.call(WARNINGS, &[]).await;
    assert_eq!(answer.status().as_u16(), 200);
    let expected = r#"{"response":{"header":{"resultCode":"03","resultMsg":"NO_DATA"}}}"#;
    assert_eq!(answer.text().await.unwrap(), expected);
    let text = service.call(WARNINGS, &[("dataType", "XML")]).await.text().await.unwrap();
    assert!(text.contains("<resultCode>03</resultCode>") && !text.contains("<body>"), "{text}");
}

#[tokio::test]
async fn a_wrong_key_is_refused_in_the_gateways_two_forms() {
    let service = Service::start().await;
    for key in ["other", "kma%2Dservice%2Dkey"] {
        let answer = service.json(WARNINGS, &[("serviceKey", key)]).await;
        let header = &answer["OpenAPI_ServiceResponse"]["cmmMsgHeader"];
        assert_eq!(header["errMsg"], "SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "{key}");
        assert_eq!(header["returnAuthMsg"], "등록되지 않은 서비스키");
        assert_eq!(header["returnReasonCode"], "30");
        let text =
            service.call(WARNINGS, &[("serviceKey", key), ("dataType", "XML")]).await.text().await.unwrap();
        let reversed = "<returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg>\
                        <returnReasonCode>30</returnReasonCode>";
        assert!(text.contains(reversed), "{text}");
    }
    let answer = service.call(WARNINGS, &[("serviceKey", "")]).await;
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap().as_str()), (401, "Unauthorized"));
}

#[tokio::test]
async fn parameters_that_are_missing_or_wrong_are_refused() {
    let service = Service::start().await;
    for missing in ["base_date", "base_time", "nx", "ny"] {
        let mut parameters = cell(("20261121", "1100"));
        parameters.retain(|(name, _)| *name != missing);
        assert_eq!(service.refused(OBSERVATION, &parameters).await, "11", "{missing}");
    }
    for (name, value) in
        [("base_date", "2026-11-21"), ("base_time", "2500"), ("nx", "0"), ("ny", "254"), ("nx", "x")]
    {
        let mut parameters = cell(("20261121", "1100"));
        parameters.retain(|(other, _)| *other != name);
        parameters.push((name, value));
        assert_eq!(service.refused(OBSERVATION, &parameters).await, "10", "{name}={value}");
    }
    for wrong in [("pageNo", "0"), ("numOfRows", "x"), ("fromTmFc", "2026"), ("toTmFc", "20261120")] {
        assert_eq!(service.refused(WARNINGS, &[wrong]).await, "10", "{wrong:?}");
    }
}
