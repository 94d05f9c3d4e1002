//! The page on which a person chooses who to be.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::super::model::Account;
use super::super::{CLIENT_ID, GitHub, World};
use crate::sandbox::sign_in::{Authorize, Choice, Refused, chosen_account, notice, page};

/// The page.
pub(super) async fn ask(State(github): State<Arc<GitHub>>, Query(asked): Query<Authorize>) -> Response {
    match asked.callback(CLIENT_ID) {
        Err(refused) => refusal(refused),
        Ok(callback) if asked.has_weak_challenge() => {
            let text = "The code challenge method must be S256.";
            asked.back(callback, &[("error", "invalid_request"), ("error_description", text)])
        }
        Ok(_) => page("GitHub", &choices(world(&github).await.as_ref())),
    }
}

/// The way back to the application.
pub(super) async fn chosen(
    State(github): State<Arc<GitHub>>,
    Query(asked): Query<Authorize>,
    form: Bytes,
) -> Response {
    let account = chosen_account(&form);
    match asked.callback(CLIENT_ID) {
        Err(refused) => refusal(refused),
        Ok(callback) if account.is_empty() => {
            let text = "The user has denied your application access.";
            asked.back(callback, &[("error", "access_denied"), ("error_description", text)])
        }
        Ok(_) if world(&github).await.account(&account).is_none() => {
            notice(StatusCode::NOT_FOUND, "GitHub 샌드박스", "그런 사용자가 없습니다.")
        }
        Ok(callback) => asked.granted(callback, account, &github.codes),
    }
}

/// What there is; read on a thread that may wait.
pub(super) async fn world(github: &Arc<GitHub>) -> Arc<World> {
    let github = Arc::clone(github);
    let read = tokio::task::spawn_blocking(move || github.repositories.world(false)).await;
    read.unwrap_or_default()
}

fn choices(world: &World) -> Vec<Choice> {
    let choice = |account: &Account| {
        let own =
            world.repositories.iter().filter(|repository| repository.owner.login == account.login).count();
        Choice {
            account: account.login.clone(),
            label: account.name.clone().unwrap_or_else(|| account.login.clone()),
            about: format!("{} · 저장소 {own}개", account.login),
        }
    };
    world.accounts.iter().map(choice).collect()
}

fn refusal(refused: Refused) -> Response {
    let text = match refused {
        Refused::UnknownClient => "client_id가 이 샌드박스의 것이 아닙니다.",
        Refused::WrongRedirect => {
            "redirect_uri가 이 애플리케이션의 것이 아닙니다. 이 컴퓨터의 주소여야 합니다."
        }
    };
    notice(StatusCode::NOT_FOUND, "GitHub 샌드박스", text)
}
