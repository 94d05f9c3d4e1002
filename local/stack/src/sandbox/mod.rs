//! Stand-ins for partners, served by the stack, and what several of them have in common: signing in
//! ([`sign_in`]) and going wrong on demand ([`suffer`]).

pub(crate) mod sign_in;
pub(crate) mod suffer;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;

use crate::clock::LocalClock;
use crate::faults::Faults;
use crate::github::{self, GitHub, Repositories};
use crate::kakao::{self, Kakao};
use crate::kakaopay::{self, Books, KakaoPay};
use crate::kma::{self, Answers, Kma};
use crate::platform::{self, Platform};

/// Makes a partner's sandbox out of the stack's clock and its faults on demand.
pub type BuildSandbox = Box<dyn FnOnce(LocalClock, Arc<Faults>) -> Router + Send>;

/// A stand-in for a partner, served by the stack.
pub struct Sandbox {
    /// It is served under `/_partners/<name>` of the AWS endpoint's port, its base URL.
    pub name: &'static str,
    /// What it gives to parameters of the template, unless the options give them another value, such as the
    /// real partner's.
    pub parameters: Vec<(&'static str, Given)>,
    /// Its secrets in SSM, by parameter name, unless the options have others.
    pub secrets: Vec<(&'static str, &'static str)>,
    /// Its paths, relative to the base URL.
    pub build: BuildSandbox,
}

/// What a sandbox gives to a parameter of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Its base URL with this behind it: a path that begins with a slash, or nothing.
    Url(&'static str),
    /// This text.
    Text(&'static str),
}

impl Given {
    /// The parameter's value for a sandbox at this base URL.
    pub(crate) fn value(self, base: &str) -> String {
        match self {
            Self::Url(path) => format!("{base}{path}"),
            Self::Text(text) => text.to_owned(),
        }
    }
}

impl Sandbox {
    /// The lecture platform's export of the files in `directory`, to callers with this bearer token.
    #[must_use]
    pub fn lecture_platform(parameter: &'static str, directory: PathBuf, token: String) -> Self {
        let build: BuildSandbox =
            Box::new(move |_, faults| platform::router(Platform::new(directory, token, faults)));
        let parameters = vec![(parameter, Given::Url(""))];
        Self { name: "lectures", parameters, secrets: Vec::new(), build }
    }

    /// GitHub, its website and its API, with these repositories.
    #[must_use]
    pub fn github(repositories: Repositories) -> Self {
        let build: BuildSandbox =
            Box::new(move |clock, faults| github::router(GitHub::new(repositories, clock, faults)));
        let parameters = vec![
            ("GithubUrl", Given::Url(github::WEB)),
            ("GithubApiUrl", Given::Url(github::API)),
            ("GithubClientId", Given::Text(github::CLIENT_ID)),
        ];
        let secrets = vec![("/maru/github/client-secret", github::CLIENT_SECRET)];
        Self { name: "github", parameters, secrets, build }
    }

    /// Kakao's login, both of its servers.
    #[must_use]
    pub fn kakao() -> Self {
        let build: BuildSandbox = Box::new(|clock, faults| kakao::router(Kakao::new(clock, faults)));
        let parameters = vec![
            ("KakaoAuthUrl", Given::Url(kakao::AUTH)),
            ("KakaoApiUrl", Given::Url(kakao::API)),
            ("KakaoClientId", Given::Text(kakao::CLIENT_ID)),
        ];
        let secrets = vec![("/maru/kakao/client-secret", kakao::CLIENT_SECRET)];
        Self { name: "kakao", parameters, secrets, build }
    }

    /// KakaoPay's online payment. What was paid is forgotten with the stack.
    #[must_use]
    pub fn kakaopay() -> Self {
        Self::kakaopay_with(Books::default())
    }

    /// KakaoPay's online payment; what was paid is kept in a file of this directory, which is made if it is not
    /// there.
    ///
    /// # Errors
    /// The file cannot be read or made, or holds something else.
    pub fn kakaopay_kept_in(directory: &Path) -> io::Result<Self> {
        Books::kept_in(directory).map(Self::kakaopay_with)
    }

    fn kakaopay_with(books: Books) -> Self {
        let build: BuildSandbox =
            Box::new(|clock, faults| kakaopay::router(KakaoPay::new(clock, faults, books)));
        let parameters =
            vec![("KakaoPayUrl", Given::Url("")), ("KakaoPayCid", Given::Text(kakaopay::SUBSCRIPTION_CID))];
        let secrets = vec![("/maru/kakaopay/secret-key", kakaopay::SECRET_KEY)];
        Self { name: "kakaopay", parameters, secrets, build }
    }

    /// The weather service, with these answers.
    #[must_use]
    pub fn kma(answers: Answers) -> Self {
        let build: BuildSandbox = Box::new(|clock, faults| kma::router(Kma::new(clock, faults, answers)));
        let parameters = vec![("KmaUrl", Given::Url(""))];
        let secrets = vec![("/maru/kma/service-key", kma::SERVICE_KEY)];
        Self { name: "kma", parameters, secrets, build }
    }
}
