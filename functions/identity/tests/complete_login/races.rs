//! Many callbacks at the same moment.

use futures::future::join_all;

use crate::{start, table};
use maru_testing::browser::{Browser, location, parameter};

#[tokio::test]
async fn of_ten_callbacks_with_one_state_one_gets_a_code() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let page = browser.begin("github").await;
    let back = browser.choose(&page, "minseo-kim").await;
    let callbacks = (0..10).map(|_| {
        let mut tab = browser.copy();
        let back = back.clone();
        async move { location(&tab.get(&back).await) }
    });
    let apps = join_all(callbacks).await;
    let codes = apps.iter().filter_map(|app| parameter(app, "code")).count();
    let refused = apps.iter().filter(|app| parameter(app, "error").as_deref() == Some("login_expired"));
    assert_eq!((codes, refused.count()), (1, 9), "{apps:#?}");
}

#[tokio::test]
async fn ten_first_logins_of_one_person_at_once_make_one_member() {
    let maru = start().await;
    let logins = (0..10).map(|_| async {
        let mut browser = Browser::new(&maru);
        browser.sign_in("github", "minseo-kim").await
    });
    join_all(logins).await;
    let members = table::identity(&maru, "USER#").await;
    let members = members.iter().filter(|item| table::string(item, "sk") == "MEMBER");
    assert_eq!(members.count(), 1);
    assert_eq!(table::identity(&maru, "NICKNAME#").await.len(), 1);
    assert_eq!(table::identity(&maru, "PROVIDER#").await.len(), 1);
}
