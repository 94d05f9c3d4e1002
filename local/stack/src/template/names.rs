//! Local names, addresses and ARNs.

use std::net::SocketAddr;

use super::cloudformation::Resource;
use crate::aws::arn;

/// The region of the local stack, and of Maru.
pub const REGION: &str = "ap-northeast-2";

/// The account of the local stack.
pub const ACCOUNT: &str = "000000000000";

/// Where a stack listens. Addresses without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The HTTP API and the function URLs, such as `http://127.0.0.1:3000`.
    pub url: String,
    /// The AWS endpoint, such as `http://127.0.0.1:3001`.
    pub aws_url: String,
}

impl Place {
    /// The place of these two listeners.
    #[must_use]
    pub fn at(api: SocketAddr, aws: SocketAddr) -> Self {
        Self { url: format!("http://{api}"), aws_url: format!("http://{aws}") }
    }

    pub(crate) fn queue_url(&self, name: &str) -> String {
        format!("{}/{ACCOUNT}/{name}", self.aws_url)
    }
}

/// The ARN of the resource of a `CloudFormation` type that is called `name`; none for types without one here.
pub(super) fn arn_of(kind: &str, name: &str) -> Option<String> {
    Some(match kind {
        "AWS::Serverless::Function" => arn::function(name),
        "AWS::SQS::Queue" => arn::queue(name),
        "AWS::DynamoDB::Table" => arn::table(name),
        "AWS::S3::Bucket" => arn::bucket(name),
        "AWS::Events::EventBus" => arn::bus(name),
        "AWS::SSM::Parameter" => arn::parameter(name),
        "AWS::KMS::Key" => arn::key(name),
        // Named in places that are not honoured here: where logs go, who is told of an alarm.
        "AWS::Logs::LogGroup" => format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{name}"),
        "AWS::SNS::Topic" => format!("arn:aws:sns:{REGION}:{ACCOUNT}:{name}"),
        _ => return None,
    })
}

/// What comes after the last `:` or `/` of an ARN: the name of a queue, a bus, a table.
pub(crate) fn name_in_arn(arn: &str) -> &str {
    arn.rsplit([':', '/']).next().unwrap_or(arn)
}

/// The physical name of a resource: the one that the template gives as plain text, else one made from the
/// logical id, where `CloudFormation` would add random letters.
pub(super) fn name_of(id: &str, resource: &Resource) -> String {
    let property = match resource.kind.as_str() {
        "AWS::Serverless::Function" => return resource.text("Handler").unwrap_or(id).to_owned(),
        "AWS::SQS::Queue" => "QueueName",
        "AWS::DynamoDB::Table" => "TableName",
        "AWS::S3::Bucket" => "BucketName",
        _ => "Name",
    };
    if let Some(name) = resource.text(property) {
        return name.to_owned();
    }
    match resource.kind.as_str() {
        "AWS::S3::Bucket" => id.to_lowercase(),
        "AWS::SQS::Queue" if resource.properties.get("FifoQueue") == Some(&true.into()) => {
            format!("{id}.fifo")
        }
        _ => id.to_owned(),
    }
}
