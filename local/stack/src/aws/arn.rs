//! The names of resources as the local stack gives them: one region, one account.
//!
//! The template's resources are resolved to these, and permissions are checked against these.

pub use crate::template::{ACCOUNT, REGION};

/// The ARN of a DynamoDB table.
pub fn table(name: &str) -> String {
    format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}")
}

/// The ARN of an index of a DynamoDB table.
pub fn index(table_name: &str, name: &str) -> String {
    format!("{}/index/{name}", table(table_name))
}

/// The ARN of an SQS queue.
pub fn queue(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

/// The ARN of an EventBridge bus.
pub fn bus(name: &str) -> String {
    format!("arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{name}")
}

/// The ARN of an S3 bucket.
pub fn bucket(name: &str) -> String {
    format!("arn:aws:s3:::{name}")
}

/// The ARN of an object in an S3 bucket.
pub fn object(bucket_name: &str, key: &str) -> String {
    format!("{}/{key}", bucket(bucket_name))
}

/// The ARN of an SSM parameter; `/a/b` and `a/b` are written alike.
pub fn parameter(name: &str) -> String {
    format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{}", name.trim_start_matches('/'))
}

/// The ARN of a KMS key.
pub fn key(id: &str) -> String {
    format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{id}")
}

/// The ARN of a Lambda function.
pub fn function(name: &str) -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")
}

/// The ARN of a Bedrock foundation model in the stack's region.
pub fn foundation_model(id: &str) -> String {
    format!("arn:aws:bedrock:{REGION}::foundation-model/{id}")
}

/// The ARN of a Bedrock inference profile (`apac.…`, `global.…`) of the stack's account.
pub fn inference_profile(id: &str) -> String {
    format!("arn:aws:bedrock:{REGION}:{ACCOUNT}:inference-profile/{id}")
}
