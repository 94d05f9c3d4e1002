//! Identity: who somebody is, how they prove it, and what they say of themselves.
//!
//! Owns accounts (GitHub, Kakao, or a name and a password), nicknames, profiles and their pictures, and the
//! tokens of a login; keeps a copy of each member's plan, as billing tells of it. Other domains learn of a member
//! through `member.profile_changed`, `member.github_connected` and `member.deleted`; none of them asks identity for
//! anything.

mod account;
mod app;
mod arrival;
mod error;
mod events;
mod functions;
mod hashing;
mod image;
mod images;
mod limits;
mod logins;
mod me;
mod members;
mod nickname;
mod password;
mod pkce;
mod plan;
mod profile;
mod providers;
mod secret;
mod sessions;
mod store;
mod vouching;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("start_login", |start| start.http(start_login::handle)),
    Function::new("complete_login", |start| start.http(complete_login::handle)),
    Function::new("exchange_login_code", |start| start.http(exchange_login_code::handle)),
    Function::new("signup", |start| start.http(signup::handle)),
    Function::new("login", |start| start.http(login::handle)),
    Function::new("refresh_tokens", |start| start.http(refresh_tokens::handle)),
    Function::new("logout", |start| start.http(logout::handle)),
    Function::new("get_nickname", |start| start.http(get_nickname::handle)),
    Function::new("get_me", |start| start.http(get_me::handle)),
    Function::new("update_me", |start| start.http(update_me::handle)),
    Function::new("connect_provider", |start| start.http(connect_provider::handle)),
    Function::new("create_image_upload", |start| start.http(create_image_upload::handle)),
    Function::new("get_image", |start| start.http(get_image::handle)),
    Function::new("delete_me", |start| start.http(delete_me::handle)),
    Function::new("on_plan_changed_for_identity", |start| start.event(on_plan_changed_for_identity::handle)),
    Function::new("on_member_deleted_for_identity", |start| {
        start.event(on_member_deleted_for_identity::handle)
    }),
];
