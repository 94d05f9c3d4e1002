use super::*;

/// The shape of <https://github.com/jsonresume/resume-schema/blob/v1.0.0/schema.json>: its properties with their
/// types and formats, as far as we write them; those that we do not write are refused here.
fn schema() -> Value {
    let date = json!({
        "type": "string",
        "pattern": "^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$",
    });
    let text = json!({ "type": "string" });
    let texts = json!({ "type": "array", "items": text });
    let uri = json!({ "type": "string", "format": "uri" });
    let object = |properties: Value| json!({ "type": "object", "additionalProperties": false, "properties": properties });
    let list = |properties: Value| json!({ "type": "array", "items": object(properties) });
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "$schema": uri,
            "basics": object(json!({
                "name": text, "label": text, "image": text, "email": { "type": "string", "format": "email" },
                "phone": text, "summary": text,
                "profiles": list(json!({ "network": text, "url": uri })),
            })),
            "work": list(json!({
                "name": text, "description": text, "position": text, "startDate": date, "endDate": date,
                "summary": text,
            })),
            "education": list(json!({
                "institution": text, "area": text, "studyType": text, "startDate": date, "endDate": date,
            })),
            "certificates": list(json!({ "name": text, "date": date, "issuer": text })),
            "skills": list(json!({ "name": text })),
            "projects": list(json!({
                "name": text, "description": text, "highlights": texts, "keywords": texts, "startDate": date,
                "endDate": date, "url": uri,
            })),
            "meta": object(json!({
                "canonical": uri, "version": text,
                "lastModified": { "type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$" },
            })),
        },
    })
}

fn full() -> Value {
    let statement = |text: &str| json!({ "text": text, "evidence": [] });
    json!({
        "basics": {
            "name": "김마루", "label": "개발자", "email": "maru@example.com", "phone": "010-1234-5678",
            "image": "http://127.0.0.1:3000/a|b.png", "summary": "스스로 쓴 소개.",
        },
        "position": "BACKEND", "language": "ko", "template": "star",
        "summary": [statement("재시도를 만들었다.")],
        "work": [{
            "name": "마루", "department": "결제", "position": "개발자", "workType": "PERMANENT",
            "employmentStatus": "EMPLOYED", "startDate": "2024-01", "summary": "결제를 맡았다.",
        }],
        "education": [{
            "institution": "한국대학교", "area": "컴퓨터", "schoolType": "UNIVERSITY",
            "graduationStatus": "GRADUATED", "startDate": "2019-03", "endDate": "2023-02",
        }],
        "certificates": [{ "name": "정보처리기사", "grade": "1급", "date": "2022-06", "issuer": "산업인력공단" }],
        "links": [{ "title": "블로그", "url": "https://한국.kr/글?\"q\"" }],
        "skills": [{ "name": "Rust", "evidence": [] }],
        "projects": [{
            "name": "pay", "url": "https://github.com/a/pay", "startDate": "2024-01", "endDate": "2025-02",
            "skills": ["Rust"], "roles": [statement("역할")],
            "star": {
                "situation": statement("a"), "task": statement("b"), "action": statement("c"),
                "result": statement("d"),
            },
        }],
    })
}

fn exported(document: &Value) -> Value {
    let document = Document::from_json(&document.to_string()).unwrap();
    of(&document, "2026-01-16T01:02:03.5Z".parse().unwrap())
}

#[track_caller]
fn assert_valid(exported: &Value) {
    let validator = jsonschema::options().should_validate_formats(true).build(&schema()).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(exported).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{exported:#}");
}

#[test]
fn a_full_and_an_empty_document_are_valid_json_resumes() {
    assert_valid(&exported(&full()));
    let empty =
        json!({ "basics": { "name": "김" }, "position": "AI", "language": "en", "template": "basic" });
    assert_valid(&exported(&empty));
}

#[test]
fn no_statement_gets_lost() {
    let exported = exported(&full());
    assert_eq!(exported["basics"]["summary"], "스스로 쓴 소개.\n재시도를 만들었다.");
    assert_eq!(exported["projects"][0]["highlights"], json!(["역할"]));
    assert_eq!(exported["projects"][0]["description"], "상황: a\n과제: b\n행동: c\n결과: d");
    assert_eq!(exported["certificates"][0]["name"], "정보처리기사 (1급)");
    assert_eq!(exported["meta"]["lastModified"], "2026-01-16T01:02:03");
}

#[test]
fn addresses_become_uris() {
    let exported = exported(&full());
    assert_eq!(exported["basics"]["profiles"][0]["url"], "https://%ED%95%9C%EA%B5%AD.kr/%EA%B8%80?%22q%22");
}

#[test]
fn what_is_not_json_resume_is_seen_by_the_test() {
    let mut exported = exported(&full());
    exported["work"][0]["startDate"] = json!("2024-1");
    let validator = jsonschema::validator_for(&schema()).unwrap();
    assert!(!validator.is_valid(&exported));
}
