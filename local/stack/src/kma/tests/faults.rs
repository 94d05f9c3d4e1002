//! What goes wrong on demand.

use super::*;

#[tokio::test]
async fn each_envelope_of_an_error_can_be_had_for_either_form() {
    let service = Service::start().await;
    for data_type in ["JSON", "XML"] {
        let text = async |kind| {
            service.suffer("kma/getPwnCd", kind);
            let answer = service.call(WARNINGS, &[("dataType", data_type)]).await;
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        let own = text(FaultKind::Refusal(22)).await;
        assert_eq!((own.0, own.1.contains("response"), own.1.contains("22")), (200, true, true), "{own:?}");
        assert_eq!(own.1.starts_with('<'), data_type == "XML");
        let (status, xml) = text(FaultKind::XmlRefusal(22)).await;
        assert!(status == 200 && xml.starts_with("<OpenAPI_ServiceResponse>"), "{xml}");
        assert!(xml.contains("<returnReasonCode>22</returnReasonCode>"), "{xml}");
        let (status, json) = text(FaultKind::JsonRefusal(22)).await;
        assert!(status == 200 && json.contains(r#""returnReasonCode":"22""#), "{json}");
        assert_eq!(text(FaultKind::JsonRefusal(31)).await.0, 401);
        let (_, flat) = text(FaultKind::FlatRefusal(10)).await;
        assert!(flat.starts_with('{') && !flat.contains("Service"), "{flat}");
        assert_eq!(text(FaultKind::Throttle).await, (429, "API rate limit exceeded".to_owned()));
        let (status, page) = text(FaultKind::Error).await;
        assert!(status == 500 && page.starts_with("<html>") && page.contains("Unexpected errors"), "{page}");
        assert_eq!(text(FaultKind::Unauthorized).await, (401, "Unauthorized".to_owned()));
    }
}

#[tokio::test]
async fn a_fault_of_one_cell_is_no_other_cells() {
    let service = Service::start().await;
    service.suffer("kma/getUltraSrtNcst:98,76", FaultKind::Error);
    assert_eq!(service.items(OBSERVATION, &cell(("20261121", "1100"))).await.len(), 8);
    let mut busan = cell(("20261121", "1100"));
    busan.retain(|(name, _)| !["nx", "ny"].contains(name));
    busan.extend([("nx", "98"), ("ny", "76")]);
    assert_eq!(service.call(OBSERVATION, &busan).await.status().as_u16(), 500);
    assert_eq!(service.call(OBSERVATION, &busan).await.status().as_u16(), 200);
}

#[tokio::test]
async fn an_answer_is_lost_or_never_comes() {
    let service = Service::start().await;
    service.suffer("kma", FaultKind::LostAnswer);
    let request = service.client.get(format!("{}/{STATUS}?serviceKey={SERVICE_KEY}", service.base));
    assert!(request.try_clone().unwrap().send().await.is_err());
    service.suffer("kma/getPwnStatus", FaultKind::Timeout);
    let error = request.timeout(Duration::from_millis(50)).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_service_that_is_down_answers_nothing_until_it_is_up_and_calls_are_counted() {
    let service = Service::start().await;
    service.answers.down();
    for _ in 0..2 {
        assert_eq!(service.call(STATUS, &[]).await.status().as_u16(), 503);
    }
    service.answers.up();
    assert_eq!(service.items(STATUS, &[]).await.len(), 1);
    assert_eq!((service.answers.calls("getPwnStatus"), service.answers.calls("getPwnCd")), (3, 0));
}

#[tokio::test]
async fn the_faults_are_written_with_their_codes_in_json() {
    for (name, kind) in [
        ("xml_refusal", FaultKind::XmlRefusal(22)),
        ("json_refusal", FaultKind::JsonRefusal(22)),
        ("flat_refusal", FaultKind::FlatRefusal(22)),
    ] {
        let fault =
            serde_json::json!({ "target": "partner", "operation": "kma/getPwnCd", "kind": { name: 22 } });
        assert_eq!(serde_json::from_value::<Fault>(fault).unwrap().kind, kind);
    }
}
