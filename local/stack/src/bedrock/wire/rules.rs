//! The service's own checks of a request that Maru could trip over.
//!
//! A stand-in that accepts what the real service refuses would hide a fault until the first deployment; the
//! messages are worded like the service's.

use std::collections::BTreeSet;

use super::{
    error::ServiceError,
    pictures,
    request::{ContentBlock, ConverseRequest, Message, Role, ToolChoice},
};

/// Longest tool name that the service takes, in characters.
const TOOL_NAME_LIMIT: usize = 64;
/// Most entries of `requestMetadata`; keys and values have at most [`METADATA_LENGTH`] characters each.
const METADATA_ENTRIES: usize = 16;
const METADATA_LENGTH: usize = 256;

type Checked = Result<(), ServiceError>;

/// Checks turns, texts, tools and limits; the first breach is the answer.
pub(super) fn check(request: &ConverseRequest) -> Checked {
    check_turns(&request.messages)?;
    check_blocks(&request.messages)?;
    check_tool_results(&request.messages)?;
    check_tools(request)?;
    check_limits(request)
}

fn refuse<T>(message: impl Into<String>) -> Result<T, ServiceError> {
    Err(ServiceError::invalid(message))
}

fn check_turns(messages: &[Message]) -> Checked {
    if messages.first().map(|message| message.role) != Some(Role::User) {
        return refuse(
            "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
        );
    }
    if messages.windows(2).any(|pair| pair[0].role == pair[1].role) {
        return refuse(
            "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.",
        );
    }
    Ok(())
}

fn check_blocks(messages: &[Message]) -> Checked {
    for (number, message) in messages.iter().enumerate() {
        if message.content.is_empty() {
            return refuse(format!("The content field in the Message object at messages.{number} is empty."));
        }
        for (index, block) in message.content.iter().enumerate() {
            let place = format!("messages.{number}.content.{index}");
            match block {
                ContentBlock::Text(text) if text.trim().is_empty() => {
                    return refuse(format!(
                        "The text field in the ContentBlock object at {place} is blank. Add text to the text field, and try again."
                    ));
                }
                ContentBlock::ToolUse(_) if message.role == Role::User => {
                    return refuse(format!("User messages cannot contain toolUse blocks ({place})."));
                }
                ContentBlock::ToolResult(_) if message.role == Role::Assistant => {
                    return refuse(format!("Assistant messages cannot contain toolResult blocks ({place})."));
                }
                ContentBlock::Image(_) if message.role == Role::Assistant => {
                    return refuse(format!("Assistant messages cannot contain image blocks ({place})."));
                }
                ContentBlock::Image(picture) => pictures::check(picture, &place)?,
                _ => {}
            }
        }
    }
    let is_picture = |block: &&ContentBlock| matches!(block, ContentBlock::Image(_));
    let count = messages.iter().flat_map(|message| &message.content).filter(is_picture).count();
    if count > pictures::MOST {
        return refuse(format!("A request has at most {} images; this one has {count}.", pictures::MOST));
    }
    Ok(())
}

/// Each toolUse is answered by a toolResult in the very next message, and by nothing else.
fn check_tool_results(messages: &[Message]) -> Checked {
    let mut asked = BTreeSet::new();
    for (number, message) in messages.iter().enumerate() {
        let answered: BTreeSet<&str> = message.content.iter().filter_map(tool_result_id).collect();
        if let Some(missing) = asked.difference(&answered).next() {
            return refuse(format!(
                "Expected toolResult blocks at messages.{number}.content for the following Ids: {missing}"
            ));
        }
        if let Some(unasked) = answered.difference(&asked).next() {
            return refuse(format!(
                "The toolResult block at messages.{number}.content with Id {unasked} answers no toolUse block of the previous turn."
            ));
        }
        asked = message.content.iter().filter_map(tool_use_id).collect();
    }
    Ok(())
}

fn tool_result_id(block: &ContentBlock) -> Option<&str> {
    match block {
        ContentBlock::ToolResult(result) => Some(&result.tool_use_id),
        _ => None,
    }
}

fn tool_use_id(block: &ContentBlock) -> Option<&str> {
    match block {
        ContentBlock::ToolUse(tool_use) => Some(&tool_use.tool_use_id),
        _ => None,
    }
}

fn check_tools(request: &ConverseRequest) -> Checked {
    let blocks = request.messages.iter().flat_map(|message| &message.content);
    let Some(config) = &request.tool_config else {
        if blocks.into_iter().any(|block| tool_use_id(block).or(tool_result_id(block)).is_some()) {
            return refuse(
                "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
            );
        }
        return Ok(());
    };
    if request.tools().next().is_none() {
        return refuse(
            "Value at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1",
        );
    }
    for tool in request.tools() {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if tool.name.is_empty() || tool.name.len() > TOOL_NAME_LIMIT || !tool.name.chars().all(plain) {
            return refuse(format!("The tool name {:?} must match [a-zA-Z0-9_-]{{1,64}}.", tool.name));
        }
        if tool.input_schema.json["type"] != "object" {
            return refuse(format!(
                "The value at toolConfig.tools.{}.inputSchema.json.type must be one of the following: object.",
                tool.name
            ));
        }
    }
    match &config.tool_choice {
        Some(ToolChoice::Tool { name }) if !request.tools().any(|tool| tool.name == *name) => {
            refuse(format!("The toolChoice names the tool {name:?}, which is not in toolConfig.tools."))
        }
        _ => Ok(()),
    }
}

fn check_limits(request: &ConverseRequest) -> Checked {
    let inference = &request.inference_config;
    if inference.max_tokens == Some(0) {
        return refuse(
            "Value at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1",
        );
    }
    for (name, value) in [("temperature", inference.temperature), ("topP", inference.top_p)] {
        if value.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
            return refuse(format!("Value at 'inferenceConfig.{name}' must be between 0 and 1"));
        }
    }
    let metadata = &request.request_metadata;
    let too_long = |text: &String| text.chars().count() > METADATA_LENGTH;
    if metadata.len() > METADATA_ENTRIES
        || metadata.iter().any(|(key, value)| too_long(key) || too_long(value))
    {
        return refuse(
            "Value at 'requestMetadata' has more than 16 entries, or one of more than 256 characters",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn refusal(body: &Value) -> Option<String> {
        ConverseRequest::parse(body.to_string().as_bytes()).err().map(|error| error.message)
    }

    fn user(text: &str) -> Value {
        json!({ "role": "user", "content": [{ "text": text }] })
    }

    fn tools() -> Value {
        json!({ "tools": [{ "toolSpec": { "name": "report", "inputSchema": { "json": { "type": "object" } } } }] })
    }

    #[test]
    fn turns_start_with_the_user_and_alternate() {
        assert_eq!(refusal(&json!({ "messages": [user("hello")] })), None);
        assert!(refusal(&json!({ "messages": [] })).unwrap().contains("start with a user"));
        assert!(refusal(&json!({ "messages": [user("a"), user("b")] })).unwrap().contains("alternate"));
    }

    #[test]
    fn blank_text_and_unknown_blocks_are_refused() {
        assert!(refusal(&json!({ "messages": [user(" \n")] })).unwrap().contains("blank"));
        let video = json!({ "messages": [{ "role": "user", "content": [{ "video": {} }] }] });
        assert!(refusal(&video).unwrap().contains("Malformed"));
    }

    #[test]
    fn every_tool_use_needs_its_result_in_the_next_turn() {
        let asked = json!({ "role": "assistant", "content": [{ "toolUse": { "toolUseId": "t1", "name": "report", "input": {} } }] });
        let result = |id: &str| json!({ "role": "user", "content": [{ "toolResult": { "toolUseId": id, "content": [{ "text": "no" }], "status": "error" } }] });
        let turns = |last: Value| json!({ "messages": [user("a"), asked, last], "toolConfig": tools() });
        assert_eq!(refusal(&turns(result("t1"))), None);
        assert!(refusal(&turns(result("t2"))).unwrap().contains("t1"));
        assert!(refusal(&turns(user("b"))).unwrap().contains("Expected toolResult"));
        let mut without_tools = turns(result("t1"));
        without_tools["toolConfig"] = Value::Null;
        assert!(refusal(&without_tools).unwrap().contains("toolConfig field must be defined"));
    }

    #[test]
    fn a_tool_choice_must_name_an_offered_tool() {
        let mut config = tools();
        config["toolChoice"] = json!({ "tool": { "name": "other" } });
        let body = json!({ "messages": [user("a")], "toolConfig": config });
        assert!(refusal(&body).unwrap().contains("other"));
    }

    #[test]
    fn a_tool_schema_describes_an_object() {
        let mut config = tools();
        config["tools"][0]["toolSpec"]["inputSchema"]["json"] = json!({ "type": "array" });
        assert!(
            refusal(&json!({ "messages": [user("a")], "toolConfig": config })).unwrap().contains("object")
        );
    }

    #[test]
    fn limits_of_inference_and_metadata_are_kept() {
        let with = |key: &str, value: Value| refusal(&json!({ "messages": [user("a")], key: value }));
        assert!(with("inferenceConfig", json!({ "maxTokens": 0 })).unwrap().contains("maxTokens"));
        assert!(with("inferenceConfig", json!({ "temperature": 1.5 })).unwrap().contains("temperature"));
        assert!(with("requestMetadata", json!({ "purpose": "x".repeat(257) })).unwrap().contains("256"));
        assert_eq!(with("requestMetadata", json!({ "purpose": "consulting.report" })), None);
    }
}
