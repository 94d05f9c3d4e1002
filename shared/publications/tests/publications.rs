//! Publications against a database: what is public, to the moment.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::collections::BTreeMap;

use maru_document::{Document, Position, SchoolType};
use maru_lambda::{Environment, FromEnvironment};
use maru_publications::{Card, Publication, Publications};
use maru_store::Table;
use maru_testing::{Maru, Setup};
use serde_json::json;

struct Ground {
    _maru: Maru,
    publications: Publications,
    table: Table,
}

impl Ground {
    async fn start() -> Self {
        let maru = Setup::new(Vec::new()).frozen().start().await;
        let tables = &maru.stack.parts().template.tables;
        let table = tables.iter().find(|table| table.logical_id == "PublicationsTable").unwrap();
        let variables = BTreeMap::from([("PUBLICATIONS_TABLE".to_owned(), table.name.clone())]);
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        let publications = Publications::from_environment(&environment).unwrap();
        let table = Table::open(&environment, "PUBLICATIONS_TABLE").unwrap();
        Self { _maru: maru, publications, table }
    }

    /// Whether it was published.
    async fn publish(&self, publication: &Publication) -> bool {
        let parts = self.publications.publish_parts(publication).unwrap();
        self.table.transact(parts.into()).await.unwrap().is_ok()
    }

    /// Whether it was withdrawn.
    async fn withdraw(&self, id: &str, version: u64) -> bool {
        let parts = self.publications.withdraw_parts(id, version).unwrap();
        self.table.transact(parts.into()).await.unwrap().is_ok()
    }
}

fn publication(id: &str, version: u64) -> Publication {
    let document = json!({
        "basics": { "name": "김마루" }, "position": "AI", "language": "ko", "template": "basic",
        "summary": [{ "text": format!("{version}번째로 쓴 문장"), "evidence": [] }],
    });
    let at = "2026-01-15T15:10:00.123Z".parse().unwrap();
    Publication {
        card: Card {
            resume_id: id.to_owned(),
            owner_id: "usr_1".to_owned(),
            owner_nickname: "마루".to_owned(),
            version,
            position: Position::Ai,
            school_types: vec![SchoolType::University, SchoolType::Master],
            title: "제목".to_owned(),
            published_at: at,
            updated_at: at,
        },
        document: Document::from_json(&document.to_string()).unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_read_as_it_was_written() {
    let ground = Ground::start().await;
    assert_eq!(ground.publications.get("res_1").await.unwrap(), None);
    for version in [1, 2] {
        let publication = publication("res_1", version);
        assert!(ground.publish(&publication).await);
        assert_eq!(ground.publications.card("res_1").await.unwrap(), Some(publication.card.clone()));
        assert_eq!(ground.publications.get("res_1").await.unwrap(), Some(publication));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_leaves_nothing_but_its_version() {
    let ground = Ground::start().await;
    ground.publish(&publication("res_1", 3)).await;
    ground.publish(&publication("res_2", 3)).await;
    assert!(ground.withdraw("res_1", 3).await, "what is visible can change without the resume");
    assert_eq!(ground.publications.get("res_1").await.unwrap(), None);
    assert_eq!(ground.publications.card("res_1").await.unwrap(), None);
    let cards = ground.publications.cards(&["res_1", "res_2", "res_3", "res_2"]).await.unwrap();
    assert_eq!(cards.into_keys().collect::<Vec<_>>(), ["res_2"]);
    let scan = ground.table.client().scan().table_name(ground.table.name()).consistent_read(true);
    let items = scan.send().await.unwrap().items.unwrap_or_default();
    let left: Vec<_> =
        items.into_iter().filter(|item| item["pk"].as_s().unwrap().ends_with("res_1")).collect();
    assert_eq!((left.len(), left[0].len()), (1, 3), "pk, sk, version: {left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_of_an_older_version_is_refused() {
    let ground = Ground::start().await;
    assert!(ground.publish(&publication("res_1", 5)).await);
    assert!(!ground.publish(&publication("res_1", 4)).await);
    assert!(!ground.withdraw("res_1", 4).await);
    assert_eq!(ground.publications.card("res_1").await.unwrap().unwrap().version, 5);
    assert!(ground.withdraw("res_1", 6).await);
    assert!(!ground.publish(&publication("res_1", 5)).await);
    assert!(ground.publish(&publication("res_1", 6)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_what_was_never_public_does_no_harm() {
    let ground = Ground::start().await;
    assert!(ground.withdraw("res_1", 1).await);
    assert_eq!(ground.publications.get("res_1").await.unwrap(), None);
    assert!(ground.publish(&publication("res_1", 2)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_never_sees_the_card_of_one_version_with_the_document_of_another() {
    let ground = Ground::start().await;
    ground.publish(&publication("res_1", 1)).await;
    let write = async {
        for version in 2..60 {
            assert!(ground.publish(&publication("res_1", version)).await);
        }
    };
    let read = async {
        for _ in 0..200 {
            // Overtaken again and again, it says so instead.
            let Ok(Some(seen)) = ground.publications.get("res_1").await else { continue };
            assert_eq!(seen, publication("res_1", seen.card.version));
        }
    };
    tokio::join!(write, read);
}
