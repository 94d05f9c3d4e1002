//! The bucket of the photos.
//!
//! A photo is `photos/<member>/<photo>`. It is there to be looked at once; the bucket forgets it after a week.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use community_rules::photo::LARGEST;
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, OnFirstUse};

use crate::error::Error;
use crate::missions::assignment::Photo;

/// For how long a photo may be uploaded.
pub const UPLOAD_LASTS: Duration = Duration::from_secs(5 * 60);

/// The bucket of the photos.
#[derive(Clone, Debug)]
pub struct Photos {
    client: OnFirstUse<Client>,
    bucket: String,
}

/// What came of taking a photo out of the bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The whole file, at most [`LARGEST`] bytes.
    File(Vec<u8>),
    /// There is no file.
    Missing,
    /// The file is larger than [`LARGEST`].
    TooLarge,
}

impl FromEnvironment for Photos {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client = environment.client(|aws| {
            Client::from_conf(aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build())
        });
        Ok(Self { client, bucket: environment.require("PHOTOS_BUCKET")?.to_owned() })
    }
}

impl Photos {
    /// An address to which a file of exactly this type and length can be uploaded: both are signed.
    ///
    /// # Errors
    /// [`Error::Photos`].
    pub async fn upload_url(&self, member: &str, photo: &Photo) -> Result<String, Error> {
        let length = i64::try_from(photo.bytes).map_err(failed)?;
        let request = self.client.put_object().bucket(&self.bucket).key(key(member, &photo.id));
        let request = request.content_type(photo.content_type.name()).content_length(length);
        let signed = request.presigned(PresigningConfig::expires_in(UPLOAD_LASTS).map_err(failed)?);
        Ok(signed.await.map_err(failed)?.uri().to_owned())
    }

    /// The file of a photo. One that says that it is too large is not read; one that is larger than it says is not
    /// read on.
    ///
    /// # Errors
    /// [`Error::Photos`].
    pub async fn take(&self, member: &str, photo: &str) -> Result<Taken, Error> {
        let most = usize::try_from(LARGEST).unwrap_or(usize::MAX);
        let mut answer =
            match self.client.get_object().bucket(&self.bucket).key(key(member, photo)).send().await {
                Ok(answer) => answer,
                Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => {
                    return Ok(Taken::Missing);
                }
                Err(error) => return Err(failed(error)),
            };
        let said = answer.content_length().and_then(|length| usize::try_from(length).ok());
        if said.is_none_or(|length| length > most) {
            return Ok(Taken::TooLarge);
        }
        let mut file = Vec::with_capacity(said.unwrap_or(0));
        while let Some(piece) = answer.body.try_next().await.map_err(failed)? {
            if file.len() + piece.len() > most {
                return Ok(Taken::TooLarge);
            }
            file.extend_from_slice(&piece);
        }
        Ok(Taken::File(file))
    }

    /// Deletes all photos of a member; says how many there were.
    ///
    /// # Errors
    /// [`Error::Photos`].
    pub async fn delete_all(&self, member: &str) -> Result<usize, Error> {
        let mut count = 0;
        let list = self.client.list_objects_v2().bucket(&self.bucket).prefix(key(member, ""));
        let mut pages = list.into_paginator().send();
        while let Some(page) = pages.next().await {
            for key in page.map_err(failed)?.contents().iter().filter_map(|object| object.key()) {
                self.client.delete_object().bucket(&self.bucket).key(key).send().await.map_err(failed)?;
                count += 1;
            }
        }
        Ok(count)
    }
}

fn key(member: &str, photo: &str) -> String {
    format!("photos/{member}/{photo}")
}

fn failed(error: impl Into<BoxError>) -> Error {
    Error::Photos(error.into())
}
