//! The MD5 digests by which SQS clients check what was stored
//! (<https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html>).

use std::collections::BTreeMap;

use md5::{Digest, Md5};

use super::message::Attribute;

/// The digest of a body, in hexadecimal.
pub(super) fn of_body(body: &str) -> String {
    hexadecimal(&Md5::digest(body.as_bytes()))
}

/// The digest of the attributes: sorted by name; name, type and value each after its length.
pub(super) fn of_attributes(attributes: &BTreeMap<String, Attribute>) -> String {
    let mut digest = Md5::new();
    for (name, attribute) in attributes {
        add(&mut digest, name.as_bytes());
        add(&mut digest, attribute.data_type.as_bytes());
        match attribute.bytes() {
            Some(bytes) => {
                digest.update([2]);
                add(&mut digest, &bytes);
            }
            None => {
                digest.update([1]);
                add(&mut digest, attribute.string_value.as_deref().unwrap_or_default().as_bytes());
            }
        }
    }
    hexadecimal(&digest.finalize())
}

fn add(digest: &mut Md5, bytes: &[u8]) {
    digest.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    digest.update(bytes);
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_the_digest_of_rfc_1321() {
        assert_eq!(of_body("abc"), "900150983cd24fb0d6963f7d28e17f72");
    }

    #[test]
    fn attributes_have_the_digest_that_aws_documents() {
        // moto's `test_send_message_with_attributes`, computed by botocore.
        let attribute = |data_type: &str, value: &str| Attribute {
            data_type: data_type.to_owned(),
            string_value: Some(value.to_owned()),
            binary_value: None,
        };
        let attributes = BTreeMap::from([("timestamp".to_owned(), attribute("Number", "1493147359900"))]);
        assert_eq!(of_attributes(&attributes), "235c5c510d26fb653d073faed50ae77c");
    }
}
