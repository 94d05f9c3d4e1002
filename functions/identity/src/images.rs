//! The pictures of members, in S3: first where their owner uploads them, then where they stay.
//!
//! | key | what |
//! |---|---|
//! | `uploads/<user>/<image>` | uploaded, perhaps no picture; the bucket forgets it after a day |
//! | `images/<user>/<image>` | what was kept of an upload once it was checked, under an id of its own |

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, OnFirstUse};

use crate::error::Error;
use crate::image::{ImageId, LARGEST, MediaType, Picture, SIGNATURE};

/// For how long a picture may be uploaded.
pub const UPLOAD_LASTS: Duration = Duration::from_secs(5 * 60);

/// For how long the address of a picture is good: longer than a browser may remember where it was sent.
const VIEW_LASTS: Duration = Duration::from_secs(15 * 60);

/// The bucket of the pictures.
#[derive(Clone, Debug)]
pub struct Images {
    client: OnFirstUse<Client>,
    bucket: String,
}

impl FromEnvironment for Images {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client = environment.client(|aws| {
            Client::from_conf(aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build())
        });
        let bucket = environment.require("IMAGES_BUCKET")?.to_owned();
        Ok(Self { client, bucket })
    }
}

impl Images {
    /// An address to which a file of exactly this type and length can be uploaded: both are signed.
    ///
    /// # Errors
    /// [`Error::Images`].
    pub async fn upload_url(
        &self,
        user: &str,
        id: &ImageId,
        media_type: MediaType,
        length: u64,
    ) -> Result<String, Error> {
        let length = i64::try_from(length).map_err(failed)?;
        let request = self.client.put_object().bucket(&self.bucket).key(uploaded(user, id));
        let request = request.content_type(media_type.name()).content_length(length);
        let signed = request.presigned(PresigningConfig::expires_in(UPLOAD_LASTS).map_err(failed)?);
        Ok(signed.await.map_err(failed)?.uri().to_owned())
    }

    /// An address at which a picture's file can be seen for a while.
    ///
    /// # Errors
    /// [`Error::Images`].
    pub async fn view_url(&self, user: &str, file: &ImageId) -> Result<String, Error> {
        let request = self.client.get_object().bucket(&self.bucket).key(kept(user, file));
        let signed = request.presigned(PresigningConfig::expires_in(VIEW_LASTS).map_err(failed)?);
        Ok(signed.await.map_err(failed)?.uri().to_owned())
    }

    /// Keeps what was uploaded in a file of its own, if its bytes are those of a picture, whatever its sender
    /// called it.
    ///
    /// # Errors
    /// [`Error::NoImage`] when nothing was uploaded, or no picture; [`Error::Images`].
    pub async fn keep(&self, user: &str, picture: &Picture) -> Result<(), Error> {
        let upload = uploaded(user, &picture.upload);
        let media_type = self.media_type(&upload).await?.ok_or(Error::NoImage)?;
        let copy = self.client.copy_object().bucket(&self.bucket).key(kept(user, &picture.file));
        let copy = copy
            .copy_source(format!("{}/{upload}", self.bucket))
            .content_type(media_type.name())
            .metadata_directive(aws_sdk_s3::types::MetadataDirective::Replace);
        copy.send().await.map(|_| ()).map_err(failed)
    }

    /// Deletes a picture's file.
    ///
    /// # Errors
    /// [`Error::Images`].
    pub async fn delete(&self, user: &str, file: &ImageId) -> Result<(), Error> {
        let request = self.client.delete_object().bucket(&self.bucket).key(kept(user, file));
        request.send().await.map(|_| ()).map_err(failed)
    }

    /// Deletes all pictures of a member, and whatever they uploaded; says how many files there were.
    ///
    /// # Errors
    /// [`Error::Images`].
    pub async fn delete_all(&self, user: &str) -> Result<u64, Error> {
        let mut count = 0;
        for prefix in [format!("images/{user}/"), format!("uploads/{user}/")] {
            let list = self.client.list_objects_v2().bucket(&self.bucket).prefix(prefix);
            let mut pages = list.into_paginator().send();
            while let Some(page) = pages.next().await {
                for key in page.map_err(failed)?.contents().iter().filter_map(|object| object.key()) {
                    let request = self.client.delete_object().bucket(&self.bucket).key(key);
                    request.send().await.map_err(failed)?;
                    count += 1;
                }
            }
        }
        Ok(count)
    }

    /// What the file is; none if there is no file, if it is too large, or no picture.
    async fn media_type(&self, key: &str) -> Result<Option<MediaType>, Error> {
        let request = self.client.get_object().bucket(&self.bucket).key(key);
        let answer = match request.range(format!("bytes=0-{}", SIGNATURE - 1)).send().await {
            Ok(answer) => answer,
            Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => {
                return Ok(None);
            }
            Err(error) => return Err(failed(error)),
        };
        // `bytes 0-11/4711`: behind the slash stands the length of the whole.
        let length = answer.content_range().and_then(|range| range.rsplit('/').next()?.parse().ok());
        let bytes = answer.body.collect().await.map_err(failed)?.into_bytes();
        let fits = length.is_some_and(|length: u64| length <= LARGEST);
        Ok(MediaType::of(&bytes).filter(|_| fits))
    }
}

fn uploaded(user: &str, id: &ImageId) -> String {
    format!("uploads/{user}/{}", id.as_str())
}

fn kept(user: &str, file: &ImageId) -> String {
    format!("images/{user}/{}", file.as_str())
}

fn failed(error: impl Into<BoxError>) -> Error {
    Error::Images(error.into())
}
