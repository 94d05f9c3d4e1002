//! The files of runs, in S3: pages of the export as they were delivered, shuffled pages, quarantines, plans.
//!
//! Everything of a run lies below `runs/<run>/`, which the bucket forgets after thirty days. What several
//! attempts may write has the attempt's epoch in its name; the table says which attempt counts.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, OnFirstUse};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::Error;

/// The bucket of the runs.
#[derive(Clone, Debug)]
pub struct Files {
    client: OnFirstUse<Client>,
    bucket: String,
}

impl FromEnvironment for Files {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client = environment.client(|aws| {
            Client::from_conf(aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build())
        });
        let bucket = environment.require("EXPORT_BUCKET")?.to_owned();
        Ok(Self { client, bucket })
    }
}

impl Files {
    /// Stores a file, in place of an older one of the name.
    ///
    /// # Errors
    /// [`Error::Files`].
    pub async fn put(&self, key: &str, body: impl Into<ByteStream>) -> Result<(), Error> {
        let request = self.client.put_object().bucket(&self.bucket).key(key).body(body.into());
        request.send().await.map(|_| ()).map_err(failed)
    }

    /// Stores a value as JSON.
    ///
    /// # Errors
    /// [`Error::Files`], [`Error::Json`].
    pub async fn put_json(&self, key: &str, value: &impl Serialize) -> Result<(), Error> {
        self.put(key, serde_json::to_vec(value)?).await
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// [`Error::Files`].
    pub async fn get(&self, key: &str) -> Result<bytes::Bytes, Error> {
        self.read(key, None).await
    }

    /// Reads a whole file, if there is one of the name.
    ///
    /// # Errors
    /// [`Error::Files`].
    pub async fn find(&self, key: &str) -> Result<Option<bytes::Bytes>, Error> {
        match self.client.get_object().bucket(&self.bucket).key(key).send().await {
            Ok(answer) => Ok(Some(answer.body.collect().await.map_err(failed)?.into_bytes())),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Reads a JSON file.
    ///
    /// # Errors
    /// [`Error::Files`], [`Error::Json`].
    pub async fn get_json<T: DeserializeOwned>(&self, key: &str) -> Result<T, Error> {
        Ok(serde_json::from_slice(&self.get(key).await?)?)
    }

    /// Reads `length` bytes of a file from `start` on; `length` is at least 1.
    ///
    /// # Errors
    /// [`Error::Files`].
    pub async fn get_range(&self, key: &str, start: u64, length: u64) -> Result<bytes::Bytes, Error> {
        let range = format!("bytes={start}-{}", start.saturating_add(length).saturating_sub(1));
        self.read(key, Some(range)).await
    }

    async fn read(&self, key: &str, range: Option<String>) -> Result<bytes::Bytes, Error> {
        let request = self.client.get_object().bucket(&self.bucket).key(key).set_range(range);
        let body = request.send().await.map_err(failed)?.body;
        Ok(body.collect().await.map_err(failed)?.into_bytes())
    }
}

fn failed(error: impl Into<BoxError>) -> Error {
    Error::Files(error.into())
}
