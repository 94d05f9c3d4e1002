//! What Bedrock Runtime's operations need.
//!
//! Source: Bedrock user guide, "Prerequisites for running model inference" and "Prerequisites for inference
//! profiles": `Converse` is allowed by `InvokeModel`, `ConverseStream` by `InvokeModelWithResponseStream`; a
//! cross-region profile needs the permission on the profile and on the model behind it.

use super::{Need, Needs, percent_decoded};
use crate::aws::arn;

/// What the ids of cross-region inference profiles begin with, before the model's own id.
const PROFILES: [&str; 7] = ["apac.", "au.", "eu.", "global.", "jp.", "us.", "us-gov."];

pub(super) fn needs(operation: &str, path: &str) -> Needs {
    let id = path.strip_prefix("/model/").and_then(|rest| rest.rsplit_once('/')).map_or("", |(id, _)| id);
    let id = percent_decoded(id);
    let action = match operation {
        "ConverseStream" => "bedrock:InvokeModelWithResponseStream",
        _ => "bedrock:InvokeModel",
    };
    let resources = if id.starts_with("arn:") {
        vec![id.clone()]
    } else if let Some(model) = PROFILES.iter().find_map(|profile| id.strip_prefix(profile)) {
        vec![arn::inference_profile(&id), arn::foundation_model(model)]
    } else {
        vec![arn::foundation_model(&id)]
    };
    Needs { all: resources.into_iter().map(|arn| Need::new(action, arn)).collect(), resource_name: id }
}
