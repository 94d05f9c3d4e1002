//! What S3's operations need.
//!
//! Source: S3 user guide, "Required permissions for Amazon S3 API operations".

use axum::http::request::Parts;

use super::{Need, Needs, percent_decoded};
use crate::aws::arn;

pub(super) fn needs(operation: &str, parts: &Parts) -> Needs {
    let path = percent_decoded(parts.uri.path().trim_start_matches('/'));
    let (bucket, key) = path.split_once('/').unwrap_or((&path, ""));
    let object = || arn::object(bucket, key);
    let (action, resource) = match operation {
        "GetObject" | "HeadObject" => ("s3:GetObject", object()),
        "PutObject" | "CopyObject" | "CreateMultipartUpload" | "UploadPart" | "CompleteMultipartUpload" => {
            ("s3:PutObject", object())
        }
        "DeleteObject" => ("s3:DeleteObject", object()),
        // The keys stand in the body, which is not read here: the permission must hold for every key.
        "DeleteObjects" => ("s3:DeleteObject", arn::object(bucket, "*")),
        "AbortMultipartUpload" => ("s3:AbortMultipartUpload", object()),
        "ListParts" => ("s3:ListMultipartUploadParts", object()),
        "ListObjectsV2" | "HeadBucket" => ("s3:ListBucket", arn::bucket(bucket)),
        "ListBuckets" => ("s3:ListAllMyBuckets", "*".to_owned()),
        "CreateBucket" => ("s3:CreateBucket", arn::bucket(bucket)),
        "DeleteBucket" => ("s3:DeleteBucket", arn::bucket(bucket)),
        _ => ("s3:Unknown", "*".to_owned()),
    };
    let mut needs = Needs::one(action, resource, bucket);
    let source = parts.headers.get("x-amz-copy-source").and_then(|value| value.to_str().ok());
    if let Some(source) = source.filter(|_| operation == "CopyObject") {
        let source = percent_decoded(source.trim_start_matches('/'));
        needs.all.push(Need::new("s3:GetObject", arn::bucket(&source)));
    }
    needs
}

/// What the caller of a path-style request needs in order to see what is in its bucket.
pub(crate) fn need_to_list(parts: &Parts) -> Need {
    let path = percent_decoded(parts.uri.path().trim_start_matches('/'));
    Need::new("s3:ListBucket", arn::bucket(path.split('/').next().unwrap_or_default()))
}
