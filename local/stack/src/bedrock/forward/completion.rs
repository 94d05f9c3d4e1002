//! A whole chat completion as an answer of Converse.

use serde_json::Value;

use crate::bedrock::{
    tokens,
    wire::{
        answer::{Answer, Block, StopReason, Usage},
        error::{Kind, ServiceError},
        request::ConverseRequest,
    },
};

/// Reads the first choice; `ModelErrorException` if there is none. Usage that the server does not tell is estimated.
pub(super) fn answer(completion: &Value, request: &ConverseRequest) -> Result<Answer, ServiceError> {
    let choice = &completion["choices"][0];
    let Some(message) = choice["message"].as_object() else {
        return Err(ServiceError::new(Kind::Model, "The model server answered without a message."));
    };
    let text = message.get("content").and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut blocks: Vec<Block> = text.map(|text| Block::Text(text.to_owned())).into_iter().collect();
    let calls = message.get("tool_calls").and_then(Value::as_array);
    for (number, call) in calls.into_iter().flatten().enumerate() {
        blocks.push(tool_use(call, number));
    }
    let used_tool = blocks.iter().any(|block| matches!(block, Block::ToolUse { .. }));
    let usage = usage(&completion["usage"])
        .unwrap_or_else(|| Usage { input: tokens::of_request(request), output: tokens::of_blocks(&blocks) });
    Ok(Answer { blocks, stop: stop_reason(choice["finish_reason"].as_str(), used_tool), usage })
}

fn tool_use(call: &Value, number: usize) -> Block {
    let function = &call["function"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Block::ToolUse {
        id: tool_use_id(call, number),
        name: text(&function["name"]),
        input: text(&function["arguments"]),
    }
}

/// The server's id of a call, or one made up from its number where it gives none.
pub(super) fn tool_use_id(call: &Value, number: usize) -> String {
    call["id"].as_str().filter(|id| !id.is_empty()).map_or_else(|| format!("tooluse_{number}"), str::to_owned)
}

/// The server's own count; `None` if it did not tell.
pub(super) fn usage(usage: &Value) -> Option<Usage> {
    Some(Usage { input: usage["prompt_tokens"].as_u64()?, output: usage["completion_tokens"].as_u64()? })
}

/// Several servers end a forced function call with `stop`; for Bedrock an answer that uses a tool ends so.
pub(super) fn stop_reason(finish_reason: Option<&str>, used_tool: bool) -> StopReason {
    match finish_reason {
        Some("length") => StopReason::MaxTokens,
        Some("content_filter") => StopReason::ContentFiltered,
        _ if used_tool => StopReason::ToolUse,
        _ => StopReason::EndTurn,
    }
}
