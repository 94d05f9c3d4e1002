//! The caller, and which repositories there are.

use super::*;

#[tokio::test]
async fn addresses_take_their_scope_and_say_which_are_verified() {
    let service = Service::built_in().await;
    let emails = service.json("/user/emails").await;
    assert_eq!(
        each(&emails, "/email"),
        ["minseo.kim@example.com", "minseo@sori.example", "minseo@old.example"]
    );
    assert_eq!(each(&emails, "/primary"), ["true", "false", "false"]);
    assert_eq!(each(&emails, "/verified"), ["true", "true", "false"]);
    let without = service.request("minseo-kim", "read:user", "/user/emails").send().await.unwrap();
    assert_eq!(without.status().as_u16(), 404);
}

#[tokio::test]
async fn repositories_are_listed_by_affiliation_and_visibility() {
    let service = Service::built_in().await;
    let names = async |query: &str| each(&service.json(&format!("/user/repos?{query}")).await, "/full_name");
    let own = [
        "minseo-kim/cronlite",
        "minseo-kim/gaon-web",
        "minseo-kim/notes",
        "minseo-kim/orders",
        "minseo-kim/tidewatch",
    ];
    assert_eq!(names("affiliation=owner").await, own);
    assert_eq!(
        names("affiliation=organization_member&visibility=public").await,
        ["sori-lab/speech-pipeline"]
    );
    assert_eq!(names("type=owner&direction=desc").await.first().unwrap(), "minseo-kim/tidewatch");
    assert_eq!(names("").await.len(), 6);
    assert_eq!(names("sort=pushed&per_page=1").await, ["minseo-kim/notes"]);
    let of_jiwoo =
        service.request("jiwoo-han", "", "/user/repos?affiliation=collaborator").send().await.unwrap();
    assert_eq!(
        each(&Answer::read(of_jiwoo).await.body, "/full_name"),
        ["minseo-kim/gaon-web", "minseo-kim/orders"]
    );
    assert_eq!(service.get("/user/repos?type=owner&visibility=public").await.status, 422);
}

#[tokio::test]
async fn a_private_repository_exists_only_for_its_people_with_the_scope_repo() {
    let service = Service::built_in().await;
    let status = async |login: &str, scope: &str| {
        let request = service.request(login, scope, "/repos/minseo-kim/homelab");
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(status("minseo-kim", "repo").await, 200);
    assert_eq!(status("minseo-kim", "public_repo").await, 404);
    assert_eq!(status("jiwoo-han", "repo").await, 404);
}

#[tokio::test]
async fn organisations_and_their_repositories_are_found() {
    let service = Service::built_in().await;
    assert_eq!(each(&service.json("/user/orgs").await, "/login"), ["sori-lab"]);
    let repositories = service.json("/orgs/sori-lab/repos").await;
    assert_eq!(each(&repositories, "/owner/type"), ["Organization"]);
    assert_eq!(service.get("/orgs/nobody/repos").await.status, 404);
    assert_eq!(each(&service.json("/users/jiwoo-han/repos").await, "/name"), ["mapae"]);
}

#[tokio::test]
async fn a_repository_says_what_it_is() {
    let service = Service::built_in().await;
    let orders = service.json("/repos/minseo-kim/orders").await;
    assert_eq!((&orders["language"], &orders["fork"]), (&"Java".into(), &false.into()));
    assert_eq!((&orders["default_branch"], &orders["visibility"]), (&"main".into(), &"public".into()));
    assert_eq!(orders["html_url"], format!("{}/web/minseo-kim/orders", service.base));
    assert_eq!(service.json("/repos/minseo-kim/cronlite").await["fork"], true);
    assert_eq!(service.json("/repos/minseo-kim/orders/languages").await["Java"], 148_230);
    assert_eq!(service.json("/repos/minseo-kim/orders/topics").await["names"][1], "kafka");
    assert_eq!(service.json(&format!("/repositories/{}", orders["id"])).await, orders);
}

#[tokio::test]
async fn a_renamed_repository_is_told_by_its_number_and_a_missing_one_not_at_all() {
    let service = Service::built_in().await;
    let moved = service.get("/repos/minseo-kim/order-service/commits?per_page=2").await;
    assert_eq!((moved.status, &moved.body["message"]), (301, &"Moved Permanently".into()));
    let there = moved.header("location");
    assert!(there.contains("/api/repositories/7100001/commits?per_page=2"), "{there}");
    assert_eq!(service.json(there).await.as_array().unwrap().len(), 2);
    let missing = service.get("/repos/minseo-kim/gone").await;
    assert_eq!((missing.status, &missing.body["status"]), (404, &"404".into()));
}
