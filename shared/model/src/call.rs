//! One call of the model: a forced tool whose input is the answer, read from the stream.

use std::time::Duration;

use aws_sdk_bedrockruntime::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_bedrockruntime::operation::converse_stream::builders::ConverseStreamFluentBuilder;
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ContentBlockDelta, ConversationRole, ConverseStreamOutput, InferenceConfiguration, Message,
    SpecificToolChoice, SystemContentBlock, Tool, ToolChoice, ToolConfiguration, ToolInputSchema,
    ToolResultBlock, ToolResultContentBlock, ToolResultStatus, ToolSpecification, ToolUseBlock,
};
use maru_jobs::{EventKind, Lease, NewEvent, Progress};
use maru_lambda::BoxError;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::document::document;
use crate::{AskError, Model, Question};

/// What came back from a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Reply {
    /// The tool's input as the model wrote it; usually JSON.
    pub(crate) input: String,
    /// By which the tool's result is referred to.
    pub(crate) tool_use_id: String,
    pub(crate) input_tokens: u64,
    pub(crate) output_tokens: u64,
}

/// A first answer that was outside the schema, and why.
pub(crate) struct Rejected {
    pub(crate) reply: Reply,
    pub(crate) reason: String,
}

impl Model {
    /// Sends the question, or asks for the repair of `rejected`; the job's watchers hear that the model writes.
    pub(crate) async fn call(
        &self,
        lease: &Lease,
        question: &Question<'_>,
        rejected: Option<&Rejected>,
    ) -> Result<Reply, AskError> {
        let request =
            self.request(question, rejected).map_err(|error| AskError::Unavailable(error.into()))?;
        let patience = Patience { until: Instant::now() + self.patience };
        receive(request, patience, Watchers::of(lease, question)).await
    }

    fn request(
        &self,
        question: &Question<'_>,
        rejected: Option<&Rejected>,
    ) -> Result<ConverseStreamFluentBuilder, aws_sdk_bedrockruntime::error::BuildError> {
        let mut messages = vec![message(ConversationRole::User, ContentBlock::Text(question.text.clone()))?];
        if let Some(rejected) = rejected {
            messages.extend(repair(question, rejected)?);
        }
        let inference = InferenceConfiguration::builder()
            .temperature(question.temperature)
            .max_tokens(i32::try_from(question.max_tokens).unwrap_or(i32::MAX))
            .build();
        let request = self.client.converse_stream().model_id(&self.id);
        Ok(request
            .system(SystemContentBlock::Text(question.prompt.text.to_owned()))
            .set_messages(Some(messages))
            .inference_config(inference)
            .tool_config(tool(question)?)
            .request_metadata("purpose", format!("{}/{}", question.feature, question.step)))
    }
}

fn tool(question: &Question<'_>) -> Result<ToolConfiguration, aws_sdk_bedrockruntime::error::BuildError> {
    let specification = ToolSpecification::builder()
        .name(question.tool)
        .description(question.tool_description)
        .input_schema(ToolInputSchema::Json(document(&question.schema)))
        .build()?;
    let choice = SpecificToolChoice::builder().name(question.tool).build()?;
    ToolConfiguration::builder()
        .tools(Tool::ToolSpec(specification))
        .tool_choice(ToolChoice::Tool(choice))
        .build()
}

fn message(
    role: ConversationRole,
    content: ContentBlock,
) -> Result<Message, aws_sdk_bedrockruntime::error::BuildError> {
    Message::builder().role(role).content(content).build()
}

fn repair(
    question: &Question<'_>,
    rejected: &Rejected,
) -> Result<[Message; 2], aws_sdk_bedrockruntime::error::BuildError> {
    // What was no JSON is shown as a text, since a tool's input has to be JSON.
    let input = serde_json::from_str(&rejected.reply.input)
        .unwrap_or_else(|_| json!({ "unreadable": rejected.reply.input }));
    let used = ToolUseBlock::builder()
        .tool_use_id(&rejected.reply.tool_use_id)
        .name(question.tool)
        .input(document(&input))
        .build()?;
    let text = format!("This does not fit the schema: {}. Call the tool again, corrected.", rejected.reason);
    let result = ToolResultBlock::builder()
        .tool_use_id(&rejected.reply.tool_use_id)
        .status(ToolResultStatus::Error)
        .content(ToolResultContentBlock::Text(text))
        .build()?;
    Ok([
        message(ConversationRole::Assistant, ContentBlock::ToolUse(used))?,
        message(ConversationRole::User, ContentBlock::ToolResult(result))?,
    ])
}

async fn receive(
    request: ConverseStreamFluentBuilder,
    patience: Patience,
    mut watchers: Watchers<'_>,
) -> Result<Reply, AskError> {
    let mut stream = patience.wait(request.send()).await?.map_err(failed)?.stream;
    let mut reply = Reply::default();
    let mut stopped = false;
    // Only the model is waited for with a limit: what the watchers are told is written to its end.
    while let Some(event) = patience.wait(stream.recv()).await?.map_err(failed)? {
        match event {
            ConverseStreamOutput::ContentBlockStart(start) => {
                if let Some(tool) = start.start.as_ref().and_then(|start| start.as_tool_use().ok()) {
                    reply.tool_use_id.clone_from(&tool.tool_use_id);
                }
            }
            ConverseStreamOutput::ContentBlockDelta(delta) => {
                if let Some(ContentBlockDelta::ToolUse(piece)) = delta.delta {
                    reply.input.push_str(&piece.input);
                    watchers.hear(&reply.input).await?;
                }
            }
            ConverseStreamOutput::MessageStop(_) => stopped = true,
            ConverseStreamOutput::Metadata(metadata) => {
                if let Some(usage) = metadata.usage {
                    reply.input_tokens = u64::try_from(usage.input_tokens).unwrap_or(0);
                    reply.output_tokens = u64::try_from(usage.output_tokens).unwrap_or(0);
                }
            }
            _ => {}
        }
    }
    if stopped { Ok(reply) } else { Err(AskError::Unavailable("the answer broke off".into())) }
}

fn failed<E, R>(error: SdkError<E, R>) -> AskError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code).map(str::to_owned);
    let timed_out = matches!(error, SdkError::TimeoutError(_));
    let source: BoxError = error.into();
    match code.as_deref() {
        Some("ThrottlingException" | "ServiceQuotaExceededException") => AskError::Throttled(source),
        Some("ModelTimeoutException") => AskError::TimedOut(source),
        _ if timed_out => AskError::TimedOut(source),
        _ => AskError::Unavailable(source),
    }
}

/// Tokens that a call may cost at most: what it may write, and an upper estimate of what it reads. Korean
/// takes about one token a character, English a quarter of one; counting characters errs on the safe side.
pub(crate) fn reservation(question: &Question<'_>) -> u64 {
    let schema = Value::to_string(&question.schema).len() / 4;
    let read = question.prompt.text.chars().count() + question.text.chars().count() + schema;
    read as u64 + u64::from(question.max_tokens)
}

/// Until when a call may take.
#[derive(Clone, Copy)]
struct Patience {
    until: Instant,
}

impl Patience {
    async fn wait<T>(self, model: impl Future<Output = T>) -> Result<T, AskError> {
        let waited = tokio::time::timeout_at(self.until, model).await;
        waited.map_err(|elapsed| AskError::TimedOut(elapsed.into()))
    }
}

/// How often the watchers of a job hear of a model that is writing.
const HEARD: Duration = Duration::from_secs(2);

/// Whoever watches the job while its model writes.
struct Watchers<'a> {
    lease: &'a Lease,
    progress: &'a Progress,
    told: Instant,
}

impl<'a> Watchers<'a> {
    fn of(lease: &'a Lease, question: &'a Question<'_>) -> Self {
        Self { lease, progress: &question.progress, told: Instant::now() }
    }

    /// Tells now and then how many characters there are so far: not which, because nobody has checked them.
    async fn hear(&mut self, written: &str) -> Result<(), AskError> {
        if self.told.elapsed() < HEARD {
            return Ok(());
        }
        self.told = Instant::now();
        let Progress { done, total, label } = self.progress;
        let data =
            json!({ "done": done, "total": total, "label": label, "written": written.chars().count() });
        Ok(self.lease.append(&[NewEvent::new(EventKind::Progress, data)]).await?)
    }
}
