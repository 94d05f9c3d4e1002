//! S3: `s3s` speaks the protocol (path style, signatures, checksums), `s3s-fs` keeps objects as files.
//!
//! Left out by the file-system back end: versions, lifecycle, a key that is also another key's folder (`a`
//! beside `a/b`), keys over some 130 bytes (their side file's name would be too long), and two things at the
//! very same moment: a reader of an object that is being replaced may meet the other's checksum, and of two
//! who make an object "only if it is not there" both may succeed.

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::Request,
    http::{Method, header::CONTENT_LENGTH},
    response::Response,
};
use s3s::{
    S3Result,
    auth::{S3Auth, SecretKey},
    service::{S3Service, S3ServiceBuilder},
};
use s3s_fs::FileSystem;
use serde_json::Value;

use crate::{
    aws::{ErrorKind, Service, ServiceError},
    cors::{Cors, is_preflight},
};

/// The secret access key of every access key id.
pub const SECRET: &str = "local";
/// Largest object of one upload, in bytes (Amazon S3 user guide, "Uploading objects": 5 GB).
const OBJECT_LIMIT: u64 = 5 * 1024 * 1024 * 1024;

/// The buckets, one folder each under one root.
#[derive(Clone)]
pub struct ObjectStore {
    service: S3Service,
    root: PathBuf,
    cors: Arc<HashMap<String, Cors>>,
}

/// The folder of the buckets cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the folder of the buckets, {path}, cannot be used: {problem}", path = path.display())]
pub struct ObjectStoreError {
    path: PathBuf,
    problem: String,
}

impl ObjectStore {
    /// The buckets in `root`, which is made if it is not there.
    ///
    /// # Errors
    /// [`ObjectStoreError`]: the folder cannot be made or read.
    pub fn open(root: &Path) -> Result<Self, ObjectStoreError> {
        let failed = |problem: String| ObjectStoreError { path: root.to_owned(), problem };
        fs::create_dir_all(root).map_err(|error| failed(error.to_string()))?;
        let files = FileSystem::new(root).map_err(|error| failed(format!("{error:?}")))?;
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(AnyKey);
        Ok(Self { service: builder.build(), root: root.to_owned(), cors: Arc::default() })
    }

    /// The same store, in which pages of other origins may do with each bucket what its `CorsConfiguration` says, in
    /// the template's form. Of several rules the first one counts.
    #[must_use]
    pub fn with_cors<'a>(self, buckets: impl Iterator<Item = (&'a str, &'a Value)>) -> Self {
        let rules = buckets.filter_map(|(name, configuration)| {
            let rule = configuration.get("CorsRules")?.get(0)?;
            Some((name.to_owned(), Cors::of_bucket(rule)))
        });
        Self { cors: Arc::new(rules.collect()), ..self }
    }

    /// Makes a bucket, unless it is there.
    ///
    /// # Errors
    /// [`io::Error`]: its folder cannot be made.
    pub fn create_bucket(&self, name: &str) -> io::Result<()> {
        fs::create_dir_all(self.root.join(name))
    }

    /// Answers one request.
    pub(crate) async fn call(&self, request: Request) -> Response {
        if content_length(&request) > OBJECT_LIMIT {
            return refused(ErrorKind::TooLarge, "Your proposed upload exceeds the maximum allowed size.");
        }
        let bucket = request.uri().path().trim_start_matches('/').split('/').next().unwrap_or_default();
        let Some(cors) = self.cors.get(bucket) else { return self.serve(request).await };
        let headers = request.headers().clone();
        if request.method() == Method::OPTIONS && is_preflight(&headers) {
            return cors.preflight(&headers);
        }
        let mut response = self.serve(request).await;
        cors.apply(&headers, response.headers_mut());
        response
    }

    async fn serve(&self, request: Request) -> Response {
        match self.service.call(request.map(s3s::Body::http_body_unsync)).await {
            Ok(response) => response.map(Body::new),
            Err(error) => refused(ErrorKind::Internal, &format!("{error:?}")),
        }
    }
}

fn content_length(request: &Request) -> u64 {
    let header = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    header.and_then(|value| value.parse().ok()).unwrap_or_default()
}

fn refused(kind: ErrorKind, message: &str) -> Response {
    ServiceError::of_kind(Service::Objects, kind, message).into_response()
}

/// Any access key id is known; its secret is [`SECRET`].
struct AnyKey;

#[async_trait::async_trait]
impl S3Auth for AnyKey {
    async fn get_secret_key(&self, _access_key: &str) -> S3Result<SecretKey> {
        Ok(SecretKey::from(SECRET))
    }
}
