//! The printed files, in S3. A file is made once: its name says what it shows, so nothing replaces it.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::primitives::ByteStream;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, OnFirstUse};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::Error;

/// How often a file is sent while others send it at the same moment.
const TRIES: usize = 5;

/// The bucket of printed files.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    client: OnFirstUse<Client>,
    bucket: String,
}

impl FromEnvironment for Files {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let client = environment.client(|aws| {
            Client::from_conf(aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build())
        });
        let bucket = environment.require("PDF_BUCKET")?.to_owned();
        Ok(Self { client, bucket })
    }
}

impl Files {
    /// Stores a PDF file unless there is one of this key, which then is the same. Whoever fetches it without
    /// asking for another name keeps it as `file_name`.
    ///
    /// # Errors
    /// [`Error::Files`].
    pub(crate) async fn put_if_absent(&self, key: &str, file_name: &str, pdf: Vec<u8>) -> Result<(), Error> {
        let disposition = content_disposition(file_name);
        for attempt in 1.. {
            let request = self.client.put_object().bucket(&self.bucket).key(key).if_none_match("*");
            let request = request.content_type("application/pdf").content_disposition(&disposition);
            match request.body(ByteStream::from(pdf.clone())).send().await {
                Ok(_) => break,
                Err(error) if error.code() == Some("PreconditionFailed") => break,
                // Amazon S3 user guide, "Prevent object overwrites": another conditional write is under way.
                Err(error) if error.code() == Some("ConditionalRequestConflict") && attempt < TRIES => {}
                Err(error) => return Err(Error::Files(error.into())),
            }
        }
        Ok(())
    }
}

/// RFC 6266 §4.3: the first name is for those who cannot read the second.
fn content_disposition(file_name: &str) -> String {
    let encoded = utf8_percent_encode(file_name, NON_ALPHANUMERIC);
    format!("attachment; filename=\"resume.pdf\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_name_breaks_out_of_its_header() {
        let header = content_disposition("김마루\";\r\n x_resume.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"resume.pdf\"; \
             filename*=UTF-8''%EA%B9%80%EB%A7%88%EB%A3%A8%22%3B%0D%0A%20x%5Fresume%2Epdf"
        );
    }
}
