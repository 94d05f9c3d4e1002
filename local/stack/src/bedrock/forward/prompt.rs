//! A Converse request in the words of `OpenAI`'s chat completions API.

use serde_json::{Map, Value, json};

use crate::bedrock::wire::request::{
    ContentBlock, ConverseRequest, Image, Message, Role, SystemBlock, ToolChoice, ToolResult,
    ToolResultBlock, ToolUse,
};

/// The body of `POST /chat/completions`.
pub(super) fn completion_request(request: &ConverseRequest, model: &str, stream: bool) -> Value {
    let mut body = Map::new();
    body.insert("model".into(), model.into());
    body.insert("messages".into(), messages(request).into());
    let tools: Vec<Value> = request
        .tools()
        .map(|tool| {
            let mut function = json!({ "name": tool.name, "parameters": tool.input_schema.json });
            if let Some(description) = &tool.description {
                function["description"] = description.as_str().into();
            }
            json!({ "type": "function", "function": function })
        })
        .collect();
    if !tools.is_empty() {
        body.insert("tools".into(), tools.into());
    }
    if let Some(choice) = request.tool_config.as_ref().and_then(|config| config.tool_choice.as_ref()) {
        body.insert("tool_choice".into(), tool_choice(choice));
    }
    let inference = &request.inference_config;
    body.extend(inference.max_tokens.map(|limit| ("max_tokens".into(), limit.into())));
    body.extend(inference.temperature.map(|value| ("temperature".into(), value.into())));
    body.extend(inference.top_p.map(|value| ("top_p".into(), value.into())));
    if !inference.stop_sequences.is_empty() {
        body.insert("stop".into(), inference.stop_sequences.clone().into());
    }
    body.insert("stream".into(), stream.into());
    if stream {
        body.insert("stream_options".into(), json!({ "include_usage": true }));
    }
    Value::Object(body)
}

fn tool_choice(choice: &ToolChoice) -> Value {
    match choice {
        ToolChoice::Auto {} => "auto".into(),
        ToolChoice::Any {} => "required".into(),
        ToolChoice::Tool { name } => json!({ "type": "function", "function": { "name": name } }),
    }
}

fn messages(request: &ConverseRequest) -> Vec<Value> {
    let system: Vec<&str> = request
        .system
        .iter()
        .filter_map(|block| match block {
            SystemBlock::Text(text) => Some(text.as_str()),
            SystemBlock::CachePoint {} => None,
        })
        .collect();
    let system = (!system.is_empty()).then(|| json!({ "role": "system", "content": system.join("\n\n") }));
    let turns = request.messages.iter().flat_map(|message| match message.role {
        Role::User => user_messages(message),
        Role::Assistant => vec![assistant_message(message)],
    });
    system.into_iter().chain(turns).collect()
}

/// Results of tools are messages of their own, before what the user says in the same turn.
fn user_messages(message: &Message) -> Vec<Value> {
    let mut messages = Vec::new();
    let mut parts = Vec::new();
    for block in &message.content {
        match block {
            ContentBlock::ToolResult(result) => messages.push(tool_message(result)),
            ContentBlock::Text(text) => parts.push(json!({ "type": "text", "text": text })),
            ContentBlock::Image(image) => parts.push(image_part(image)),
            ContentBlock::ToolUse(_) | ContentBlock::CachePoint {} => {}
        }
    }
    match parts.as_slice() {
        [] => {}
        // One text goes as a plain string, which servers without vision understand too.
        [only] if only["type"] == "text" => messages.push(json!({ "role": "user", "content": only["text"] })),
        _ => messages.push(json!({ "role": "user", "content": parts })),
    }
    messages
}

fn image_part(image: &Image) -> Value {
    let url = format!("data:image/{};base64,{}", image.format, image.source.bytes);
    json!({ "type": "image_url", "image_url": { "url": url } })
}

fn tool_message(result: &ToolResult) -> Value {
    let texts: Vec<String> = result
        .content
        .iter()
        .map(|block| match block {
            ToolResultBlock::Text(text) => text.clone(),
            ToolResultBlock::Json(json) => json.to_string(),
        })
        .collect();
    json!({ "role": "tool", "tool_call_id": result.tool_use_id, "content": texts.join("\n") })
}

fn assistant_message(message: &Message) -> Value {
    let texts: Vec<&str> = message
        .content
        .iter()
        .filter_map(|block| match block {
            ContentBlock::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let calls: Vec<Value> = message
        .content
        .iter()
        .filter_map(|block| match block {
            ContentBlock::ToolUse(tool_use) => Some(tool_call(tool_use)),
            _ => None,
        })
        .collect();
    let content = if texts.is_empty() { Value::Null } else { texts.join("\n").into() };
    let mut turn = json!({ "role": "assistant", "content": content });
    if !calls.is_empty() {
        turn["tool_calls"] = calls.into();
    }
    turn
}

fn tool_call(tool_use: &ToolUse) -> Value {
    // A malformed input came as a string and goes back as the same text.
    let arguments = tool_use.input.as_str().map_or_else(|| tool_use.input.to_string(), str::to_owned);
    json!({
        "id": tool_use.tool_use_id,
        "type": "function",
        "function": { "name": tool_use.name, "arguments": arguments },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of one pixel.
    const DOT: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNgYGAAAAAEAAHI6uv5AAAAAElFTkSuQmCC";

    #[test]
    fn every_kind_of_turn_is_carried_over() {
        let request = json!({
            "system": [{ "text": "Be brief." }, { "cachePoint": { "type": "default" } }, { "text": "Be kind." }],
            "messages": [
                { "role": "user", "content": [{ "text": "See:" }, { "image": { "format": "png", "source": { "bytes": DOT } } }] },
                { "role": "assistant", "content": [{ "text": "So." }, { "toolUse": { "toolUseId": "t1", "name": "report", "input": { "a": 1 } } }] },
                { "role": "user", "content": [{ "toolResult": { "toolUseId": "t1", "content": [{ "text": "bad" }, { "json": [1] }], "status": "error" } }, { "text": "Again." }] },
            ],
            "inferenceConfig": { "maxTokens": 9, "temperature": 0.5, "topP": 1.0, "stopSequences": ["x"] },
            "toolConfig": {
                "tools": [{ "toolSpec": { "name": "report", "description": "d", "inputSchema": { "json": { "type": "object" } } } }],
                "toolChoice": { "tool": { "name": "report" } },
            },
        });
        let request = ConverseRequest::parse(request.to_string().as_bytes()).unwrap();
        assert_eq!(
            completion_request(&request, "smol", true),
            json!({
                "model": "smol",
                "messages": [
                    { "role": "system", "content": "Be brief.\n\nBe kind." },
                    { "role": "user", "content": [{ "type": "text", "text": "See:" }, { "type": "image_url", "image_url": { "url": format!("data:image/png;base64,{DOT}") } }] },
                    { "role": "assistant", "content": "So.", "tool_calls": [{ "id": "t1", "type": "function", "function": { "name": "report", "arguments": "{\"a\":1}" } }] },
                    { "role": "tool", "tool_call_id": "t1", "content": "bad\n[1]" },
                    { "role": "user", "content": "Again." },
                ],
                "tools": [{ "type": "function", "function": { "name": "report", "description": "d", "parameters": { "type": "object" } } }],
                "tool_choice": { "type": "function", "function": { "name": "report" } },
                "max_tokens": 9, "temperature": 0.5, "top_p": 1.0, "stop": ["x"],
                "stream": true, "stream_options": { "include_usage": true },
            })
        );
    }

    #[test]
    fn choices_of_tools_have_their_counterparts() {
        assert_eq!(tool_choice(&ToolChoice::Auto {}), json!("auto"));
        assert_eq!(tool_choice(&ToolChoice::Any {}), json!("required"));
    }
}
