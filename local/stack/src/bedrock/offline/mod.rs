//! The offline model: deterministic, extractive, and plainly named so.
//!
//! It understands nothing. It copies sentences out of the text it is given into the form that it is asked to
//! fill, chosen by ratings, by telling words and by shared words; so it cannot obey an instruction inside that
//! text, and every quote it gives stands in its source. That is enough to run, watch and test everything around a
//! model without one.
//!
//! What it reads is the convention of Maru's prompts: `<facts>{json}</facts>`, and sources as
//! `<source kind="review" id="rv_1" rating="5" lecture="…">escaped text</source>`. What it fills in a way of their own
//! are objects whose properties it knows: evidence and the claims on it, interview questions, verdicts on the answer
//! to one, and whether a picture shows something, which it says without seeing anything (`pictures`).

mod claims;
mod fill;
mod grading;
mod lists;
mod material;
mod passages;
mod phrases;
mod pictures;
mod questions;
mod scalars;
mod schema;
mod scope;
mod sentences;
mod words;

#[cfg(test)]
mod properties;

use serde_json::{Value, json};

use self::{fill::fill, material::Material, passages::Passage, pictures::Looked};
use super::{
    tokens,
    wire::{
        answer::{Answer, Block, StopReason, Usage},
        error::{Kind, ServiceError},
        request::{ContentBlock, ConverseRequest, ToolChoice, ToolSpec},
    },
};

/// Sentences of a free text answer, where no tool asks for a form.
const FREE_SENTENCES: usize = 5;

/// Answers a request: the forced (else the first offered) tool's form, or plain text if there is none.
///
/// `ValidationException` if the tool's schema is no JSON schema, `ModelErrorException` if it asks for what cannot
/// be copied from a text (a `pattern`, say). `maxTokens` cuts plain text; a form is always whole.
pub(super) fn answer(request: &ConverseRequest) -> Result<Answer, ServiceError> {
    let mut material = Material::read(request.user_texts());
    material.looked = Looked::at(request);
    match chosen_tool(request) {
        Some(tool) => {
            let form = fill_form(&tool.input_schema.json, &material)?;
            Ok(tool_answer(request, tool, form.to_string()))
        }
        None => Ok(text_answer(request, &material)),
    }
}

/// An answer outside the schema of the tool that was asked for, or senseless text.
pub(super) fn garbage(request: &ConverseRequest) -> Answer {
    let Some(tool) = chosen_tool(request) else {
        return finish(request, Block::Text("�garbage�".into()), StopReason::EndTurn);
    };
    let validator = jsonschema::validator_for(&tool.input_schema.json);
    let refused = |value: &Value| validator.as_ref().is_ok_and(|validator| !validator.is_valid(value));
    let outside = [json!({ "garbage": true }), json!("garbage")].into_iter().find(refused);
    // Only a schema that takes anything at all comes to the half object.
    tool_answer(request, tool, outside.map_or_else(|| "{\"garbage\":".into(), |value| value.to_string()))
}

/// `auto` after a tool's result means that the caller now wants the words; else a tool that is offered is used.
fn chosen_tool(request: &ConverseRequest) -> Option<&ToolSpec> {
    match request.tool_config.as_ref()?.tool_choice.as_ref() {
        Some(ToolChoice::Tool { name }) => request.tools().find(|tool| tool.name == *name),
        Some(ToolChoice::Any {}) => request.tools().next(),
        Some(ToolChoice::Auto {}) | None => {
            let last = request.messages.last()?;
            let has_result = last.content.iter().any(|block| matches!(block, ContentBlock::ToolResult(_)));
            request.tools().next().filter(|_| !has_result)
        }
    }
}

fn fill_form(schema: &Value, material: &Material) -> Result<Value, ServiceError> {
    let validator = jsonschema::validator_for(schema).map_err(|error| {
        ServiceError::invalid(format!("The tool's inputSchema is no JSON schema: {error}"))
    })?;
    [fill(schema, material), fill(schema, &Material::empty())]
        .into_iter()
        .flatten()
        .find(|form| validator.is_valid(form))
        .ok_or_else(|| {
            ServiceError::new(Kind::Model, "The offline model cannot fill this schema from sentences.")
        })
}

fn tool_answer(request: &ConverseRequest, tool: &ToolSpec, input: String) -> Answer {
    let blocks = request.messages.iter().flat_map(|message| &message.content);
    let earlier = blocks.filter(|block| matches!(block, ContentBlock::ToolUse(_))).count();
    let id = format!("tooluse_offline_{}", earlier + 1);
    finish(request, Block::ToolUse { id, name: tool.name.clone(), input }, StopReason::ToolUse)
}

fn text_answer(request: &ConverseRequest, material: &Material) -> Answer {
    let passages = Passage::of(material);
    let text = phrases::summary(material.language, &passages::telling(&passages, FREE_SENTENCES));
    let limit = request.inference_config.max_tokens.map(u64::from);
    match limit.filter(|limit| tokens::of_text(&text) > *limit) {
        Some(limit) => finish(request, Block::Text(cut_to_tokens(&text, limit)), StopReason::MaxTokens),
        None => finish(request, Block::Text(text), StopReason::EndTurn),
    }
}

fn cut_to_tokens(text: &str, limit: u64) -> String {
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if tokens::of_text(&kept) > limit {
            kept.pop();
            break;
        }
    }
    kept
}

fn finish(request: &ConverseRequest, block: Block, stop: StopReason) -> Answer {
    let blocks = vec![block];
    let usage = Usage { input: tokens::of_request(request), output: tokens::of_blocks(&blocks) };
    Answer { blocks, stop, usage }
}
