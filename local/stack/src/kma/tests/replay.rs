//! Answers that were recorded.

use super::super::ORIGIN;
use super::*;

async fn recorded(files: &[(&str, &str)]) -> (Service, tempfile::TempDir) {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(directory.path().join(name), text).unwrap();
    }
    (Service::with(Answers::recorded(directory.path()).unwrap()).await, directory)
}

#[tokio::test]
async fn a_recorded_answer_is_sent_as_it_is_whatever_the_clock_shows() {
    let (service, _directory) = recorded(&[
        ("getPwnCd.page1.json", " first "),
        ("getPwnCd.page2.json", "second"),
        ("getPwnStatus.json", "status"),
        ("getVilageFcst.202001010500.60.127.xml", "<forecast/>"),
    ])
    .await;
    for (path, parameters, expected) in [
        (WARNINGS, vec![("fromTmFc", "19990101")], " first "),
        (WARNINGS, vec![("pageNo", "2")], "second"),
        (STATUS, vec![], "status"),
        (FORECAST, cell(("20200101", "0500")), "<forecast/>"),
    ] {
        let answer = service.call(path, &parameters).await;
        assert_eq!(answer.headers()[ORIGIN], "recorded");
        assert_eq!(answer.text().await.unwrap(), expected);
    }
    let answer = service.call(FORECAST, &cell(("20200101", "0500"))).await;
    assert_eq!(answer.headers()["content-type"], "application/xml;charset=UTF-8", "there is no JSON");
}

#[tokio::test]
async fn what_is_not_recorded_is_no_data() {
    let (service, _directory) = recorded(&[("getPwnStatus.json", "status")]).await;
    assert_eq!(service.refused(WARNINGS, &[]).await, "03");
    assert_eq!(service.refused(STATUS, &[("pageNo", "2")]).await, "03");
    assert_eq!(service.refused(FORECAST, &cell(("20261121", "0500"))).await, "03");
    assert_eq!(service.refused(FORECAST, &cell(("../../../x", "0500"))).await, "10");
    assert!(service.json(STATUS, &[("serviceKey", "x")]).await["OpenAPI_ServiceResponse"].is_object());
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    assert!(Answers::recorded(std::path::Path::new("/nowhere/at/all")).is_err());
}
