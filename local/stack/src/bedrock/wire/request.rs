//! The request body of both operations, to the depth that Maru's prompts use.
//!
//! Fields that are only tuning for the real service (guardrails, performance, caching) are read over; a content
//! block that the stand-in cannot carry is refused, so that nothing is silently ignored.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{error::ServiceError, rules};

/// `POST …/converse` and `POST …/converse-stream`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) struct ConverseRequest {
    #[serde(default)]
    pub system: Vec<SystemBlock>,
    #[serde(default)]
    pub messages: Vec<Message>,
    #[serde(default)]
    pub inference_config: InferenceConfig,
    pub tool_config: Option<ToolConfig>,
    #[serde(default)]
    pub request_metadata: BTreeMap<String, String>,
}

/// One part of the system prompt.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) enum SystemBlock {
    Text(String),
    /// A hint for the real service's prompt cache; without meaning here.
    CachePoint {},
}

/// One turn of the conversation.
#[derive(Debug, Deserialize)]
pub(in crate::bedrock) struct Message {
    pub role: Role,
    pub content: Vec<ContentBlock>,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::bedrock) enum Role {
    User,
    Assistant,
}

/// One part of a turn. Documents, videos and the like are refused as malformed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) enum ContentBlock {
    Text(String),
    Image(Image),
    ToolUse(ToolUse),
    ToolResult(ToolResult),
    CachePoint {},
}

/// A picture; `source.bytes` is base64, as the wire has it.
#[derive(Debug, Deserialize)]
pub(in crate::bedrock) struct Image {
    /// `png`, `jpeg`, `gif` or `webp`.
    pub format: String,
    pub source: ImageSource,
}

/// Where a picture is: in the request itself. S3 locations are refused.
#[derive(Debug, Deserialize)]
pub(in crate::bedrock) struct ImageSource {
    pub bytes: String,
}

/// The model's use of a tool in an earlier turn.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) struct ToolUse {
    pub tool_use_id: String,
    pub name: String,
    pub input: Value,
}

/// What the tool that was used in the turn before has answered.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) struct ToolResult {
    pub tool_use_id: String,
    pub content: Vec<ToolResultBlock>,
}

/// One part of a tool's answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) enum ToolResultBlock {
    Text(String),
    Json(Value),
}

/// How the model shall write; `temperature` and `top_p` go from 0 to 1.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) struct InferenceConfig {
    pub max_tokens: Option<u32>,
    pub temperature: Option<f64>,
    pub top_p: Option<f64>,
    #[serde(default)]
    pub stop_sequences: Vec<String>,
}

/// The tools on offer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) struct ToolConfig {
    pub tools: Vec<Tool>,
    pub tool_choice: Option<ToolChoice>,
}

/// One entry of the tools on offer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) enum Tool {
    ToolSpec(ToolSpec),
    CachePoint {},
}

/// A tool: its name, what it is for, and the JSON schema of its input.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) struct ToolSpec {
    pub name: String,
    pub description: Option<String>,
    pub input_schema: InputSchema,
}

/// The wire's wrapping of a schema.
#[derive(Debug, Deserialize)]
pub(in crate::bedrock) struct InputSchema {
    pub json: Value,
}

/// Whether a tool must be used, and which.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bedrock) enum ToolChoice {
    /// The model decides whether to use a tool.
    Auto {},
    /// Some tool must be used.
    Any {},
    /// This tool must be used.
    Tool { name: String },
}

/// What the caller says that the call of this body is for (`requestMetadata.purpose`), or the empty string. The
/// rest may be what the stand-in cannot read, but the real service can.
pub(in crate::bedrock) fn purpose_of(body: &[u8]) -> String {
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Labelled {
        request_metadata: BTreeMap<String, String>,
    }
    let labelled: Labelled = serde_json::from_slice(body).unwrap_or_default();
    labelled.request_metadata.get("purpose").cloned().unwrap_or_default()
}

impl ConverseRequest {
    /// Decodes and checks a request body; a `ValidationException` says what is wrong with it.
    pub(in crate::bedrock) fn parse(body: &[u8]) -> Result<Self, ServiceError> {
        let request: Self = serde_json::from_slice(body)
            .map_err(|error| ServiceError::invalid(format!("Malformed input request: {error}")))?;
        rules::check(&request)?;
        Ok(request)
    }

    /// The texts that the user sent, oldest first; what tools answered is not among them.
    pub(in crate::bedrock) fn user_texts(&self) -> impl Iterator<Item = &str> {
        self.messages.iter().filter(|message| message.role == Role::User).flat_map(|message| {
            message.content.iter().filter_map(|block| match block {
                ContentBlock::Text(text) => Some(text.as_str()),
                _ => None,
            })
        })
    }

    /// The tools that are offered, in the caller's order.
    pub(in crate::bedrock) fn tools(&self) -> impl Iterator<Item = &ToolSpec> {
        self.tool_config.iter().flat_map(|config| &config.tools).filter_map(|tool| match tool {
            Tool::ToolSpec(spec) => Some(spec),
            Tool::CachePoint {} => None,
        })
    }
}
