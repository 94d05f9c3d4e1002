//! Printed resumes: files in S3, made by the domain that prints and named by what they show.
//!
//! A file's name follows from the document, the template and the printer, so that the same is never printed
//! twice and a change is never served from an old file. The bucket forgets files after a month; they can always
//! be printed again.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use maru_callee::Callee;
use maru_document::{Document, Template};
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, OnFirstUse};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// For how long the address of a file can be opened.
const OPEN: Duration = Duration::from_secs(300);

/// The bucket of printed files.
#[derive(Clone, Debug)]
pub struct Prints {
    client: OnFirstUse<Client>,
    bucket: String,
}

/// The function that prints.
#[derive(Clone, Debug)]
pub struct Printer {
    callee: Callee,
    /// The version of its templates and fonts, which is part of the names of its files.
    version: String,
}

/// What the printer is asked for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Order<'a> {
    key: &'a str,
    document: &'a Document,
    template: Template,
    file_name: &'a str,
}

/// What it answers.
#[derive(Debug, Deserialize)]
#[serde(tag = "status", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Printed {
    /// The file is there.
    Stored {},
    /// It would be longer than a file may be.
    TooLong { most_pages: usize },
}

impl FromEnvironment for Prints {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client = environment.client(|aws| {
            Client::from_conf(aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build())
        });
        Ok(Self { client, bucket: environment.require("PDF_BUCKET")?.to_owned() })
    }
}

impl FromEnvironment for Printer {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let callee = Callee::open(environment, "PDF_FUNCTION_NAME")?;
        Ok(Self { callee, version: environment.require("PDF_VERSION")?.to_owned() })
    }
}

impl Printer {
    /// The key of the file that shows the document with the JSON text `document` in `template`.
    #[must_use]
    pub fn key(&self, resume: &str, document: &str, template: Template) -> String {
        let digest = Sha256::new()
            .chain_update(format!("{}\n{template:?}\n", self.version))
            .chain_update(document)
            .finalize();
        let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}{hash}.pdf", prefix(resume))
    }

    /// Prints `document` in `template` into the file `key`.
    ///
    /// # Errors
    /// [`Error::TooManyPages`], [`Error::Print`].
    pub async fn print(&self, key: &str, document: &Document, template: Template) -> Result<(), Error> {
        let file_name = file_name(document);
        let order = Order { key, document, template, file_name: &file_name };
        match self.callee.call(&order).await.map_err(failed)? {
            Printed::Stored {} => Ok(()),
            Printed::TooLong { most_pages } => Err(Error::TooManyPages { most: most_pages }),
        }
    }
}

impl Prints {
    /// Whether the file is there.
    ///
    /// # Errors
    /// [`Error::Print`].
    pub async fn has(&self, key: &str) -> Result<bool, Error> {
        match self.client.head_object().bucket(&self.bucket).key(key).send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_not_found()) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    /// An address under which anybody can fetch the file for five minutes, to be kept under `file_name`.
    ///
    /// # Errors
    /// [`Error::Print`].
    pub async fn address(&self, key: &str, file_name: &str) -> Result<String, Error> {
        let encoded = utf8_percent_encode(file_name, NON_ALPHANUMERIC);
        // RFC 6266 §4.3: the first name is for those who cannot read the second.
        let disposition = format!("attachment; filename=\"resume.pdf\"; filename*=UTF-8''{encoded}");
        let request = self.client.get_object().bucket(&self.bucket).key(key);
        let request = request.response_content_disposition(disposition);
        let presigned = request.presigned(PresigningConfig::expires_in(OPEN).map_err(failed)?).await;
        Ok(presigned.map_err(failed)?.uri().to_owned())
    }

    /// The keys of all files of a resume.
    ///
    /// # Errors
    /// [`Error::Print`].
    pub async fn of(&self, resume: &str) -> Result<Vec<String>, Error> {
        let request = self.client.list_objects_v2().bucket(&self.bucket).prefix(prefix(resume));
        let mut pages = request.into_paginator().send();
        let mut keys = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(failed)?;
            keys.extend(page.contents().iter().filter_map(|object| object.key().map(str::to_owned)));
        }
        Ok(keys)
    }

    /// Deletes the file, if it is there.
    ///
    /// # Errors
    /// [`Error::Print`].
    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        let request = self.client.delete_object().bucket(&self.bucket).key(key);
        request.send().await.map(|_| ()).map_err(failed)
    }

    /// Deletes all files of a resume.
    ///
    /// # Errors
    /// [`Error::Print`].
    pub async fn delete_of(&self, resume: &str) -> Result<(), Error> {
        for key in self.of(resume).await? {
            self.delete(&key).await?;
        }
        Ok(())
    }
}

/// What the file is called where it is kept: `<name>_resume.pdf`, without what file systems refuse.
#[must_use]
pub fn file_name(document: &Document) -> String {
    let refused = |character: char| character.is_control() || "\"*/:<>?\\|".contains(character);
    format!("{}_resume.pdf", document.basics.name.trim().replace(refused, "_"))
}

fn prefix(resume: &str) -> String {
    format!("pdf/{resume}/")
}

fn failed(error: impl Into<BoxError>) -> Error {
    Error::Print(error.into())
}
