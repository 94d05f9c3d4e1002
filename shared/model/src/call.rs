//! One call of the model: a forced tool whose input is the answer, read from the stream.

use aws_sdk_bedrockruntime::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_bedrockruntime::operation::converse_stream::builders::ConverseStreamFluentBuilder;
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ContentBlockDelta, ConversationRole, ConverseStreamOutput, InferenceConfiguration, Message,
    SpecificToolChoice, SystemContentBlock, Tool, ToolChoice, ToolConfiguration, ToolInputSchema,
    ToolResultBlock, ToolResultContentBlock, ToolResultStatus, ToolSpecification, ToolUseBlock,
};
use maru_jobs::Lease;
use maru_lambda::BoxError;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::document::document;
use crate::listener::Listener;
use crate::watchers::Watchers;
use crate::{AskError, Model, Picture, Question, picture};

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

impl Rejected {
    /// What the model is told of it.
    fn text(&self) -> String {
        format!("This does not fit the schema: {}. Call the tool again, corrected.", self.reason)
    }
}

impl Model {
    /// Sends the question, or asks for the repair of `rejected`; `listener` hears what the model writes, and the job's
    /// watchers that it does.
    pub(crate) async fn call(
        &self,
        lease: &Lease,
        question: &Question<'_>,
        rejected: Option<&Rejected>,
        listener: &mut impl Listener,
    ) -> Result<Reply, AskError> {
        let request =
            self.request(question, rejected).map_err(|error| AskError::Unavailable(error.into()))?;
        receive(request, self.patience(), Watchers::of(lease, question), listener).await
    }

    /// Whether there is time for a call at all.
    pub(crate) fn check_deadline(&self) -> Result<(), AskError> {
        let is_over = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        if is_over { Err(AskError::TimedOut("the time for the question is over".into())) } else { Ok(()) }
    }

    fn patience(&self) -> Patience {
        let until = Instant::now() + self.patience;
        Patience { until: self.deadline.map_or(until, |deadline| deadline.min(until)) }
    }

    fn request(
        &self,
        question: &Question<'_>,
        rejected: Option<&Rejected>,
    ) -> Result<ConverseStreamFluentBuilder, aws_sdk_bedrockruntime::error::BuildError> {
        let mut messages = vec![asked(question)?];
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

/// What the user says: the picture, if there is one, and the text about it.
fn asked(question: &Question<'_>) -> Result<Message, aws_sdk_bedrockruntime::error::BuildError> {
    let picture = question.picture.as_ref().map(Picture::block).transpose()?;
    Message::builder()
        .role(ConversationRole::User)
        .set_content(picture.map(|picture| vec![ContentBlock::Image(picture)]))
        .content(ContentBlock::Text(question.text.clone()))
        .build()
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
    let result = ToolResultBlock::builder()
        .tool_use_id(&rejected.reply.tool_use_id)
        .status(ToolResultStatus::Error)
        .content(ToolResultContentBlock::Text(rejected.text()))
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
    listener: &mut impl Listener,
) -> Result<Reply, AskError> {
    let mut stream = patience.wait(request.send()).await?.map_err(failed)?.stream;
    let mut reply = Reply::default();
    let mut stopped = false;
    // Only the model is waited for with a limit: what is made of its words is written to its end.
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
                    listener.hear(&reply.input).await;
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

/// Tokens that a call may cost at most: what it may write, and an upper estimate of what it reads; a repair reads
/// `rejected` too. Korean takes about one token a character, English a quarter of one; counting characters errs on
/// the safe side.
pub(crate) fn reservation(question: &Question<'_>, rejected: Option<&Rejected>) -> u64 {
    let schema = Value::to_string(&question.schema).len() / 4;
    let characters = |text: &str| text.chars().count();
    let repaired =
        rejected.map_or(0, |rejected| characters(&rejected.reply.input) + characters(&rejected.text()));
    let read = characters(question.prompt.text) + characters(&question.text) + schema + repaired;
    let seen = if question.picture.is_some() { picture::TOKENS } else { 0 };
    read as u64 + seen + u64::from(question.max_tokens)
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
