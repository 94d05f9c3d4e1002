//! Chunks of a streamed chat completion as the events of `ConverseStream`.

use serde_json::Value;

use super::completion::{stop_reason, tool_use_id, usage};
use crate::bedrock::{
    tokens,
    wire::{
        answer::{Event, Usage},
        error::{Kind, ServiceError},
    },
};

type Step = Result<Event, ServiceError>;

/// What the block at work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Text,
    /// A function call, by its index among the server's calls.
    Call(u64),
}

/// Reads chunks in order and keeps what the later ones rest on.
#[derive(Debug)]
pub(super) struct Chunks {
    estimated_input: u64,
    started: bool,
    open: Option<Open>,
    /// Blocks begun so far; the open one has the index below.
    blocks: usize,
    used_tool: bool,
    finish_reason: Option<String>,
    /// Whether the server closed its stream in due form.
    done: bool,
    usage: Option<Usage>,
    /// All that was written, to estimate the usage of a server that does not tell it.
    written: String,
}

impl Chunks {
    /// A stream about to begin; `estimated_input` tokens stand in for a count that the server does not give.
    pub(super) fn new(estimated_input: u64) -> Self {
        Self {
            estimated_input,
            started: false,
            open: None,
            blocks: 0,
            used_tool: false,
            finish_reason: None,
            done: false,
            usage: None,
            written: String::new(),
        }
    }

    /// The events that one chunk makes; an error is the last of all.
    pub(super) fn read(&mut self, data: &str) -> Vec<Step> {
        if data.trim() == "[DONE]" {
            self.done = true;
            return Vec::new();
        }
        let Ok(chunk) = serde_json::from_str::<Value>(data) else {
            return vec![broken(format!("The model server sent no JSON: {data}"))];
        };
        if let Some(error) = chunk.get("error").filter(|error| !error.is_null()) {
            return vec![broken(format!("The model server broke off: {error}"))];
        }
        let mut steps = Vec::new();
        self.start(&mut steps);
        let choice = &chunk["choices"][0];
        if let Some(text) = choice["delta"]["content"].as_str().filter(|text| !text.is_empty()) {
            self.text(text, &mut steps);
        }
        for call in choice["delta"]["tool_calls"].as_array().into_iter().flatten() {
            self.call(call, &mut steps);
        }
        if let Some(reason) = choice["finish_reason"].as_str() {
            self.finish_reason = Some(reason.to_owned());
        }
        self.usage = usage(&chunk["usage"]).or(self.usage);
        steps
    }

    /// The events after the last byte; an error if the server never came to an end.
    pub(super) fn finish(&mut self) -> Vec<Step> {
        if !self.done && self.finish_reason.is_none() {
            return vec![broken("The model server closed the stream before its end.".to_owned())];
        }
        let mut steps = Vec::new();
        self.start(&mut steps);
        self.close(&mut steps);
        steps.push(Ok(Event::MessageStop(stop_reason(self.finish_reason.as_deref(), self.used_tool))));
        let estimate = || Usage { input: self.estimated_input, output: tokens::of_text(&self.written) };
        steps.push(Ok(Event::Metadata(self.usage.unwrap_or_else(estimate))));
        steps
    }

    fn start(&mut self, steps: &mut Vec<Step>) {
        if !std::mem::replace(&mut self.started, true) {
            steps.push(Ok(Event::MessageStart));
        }
    }

    fn text(&mut self, text: &str, steps: &mut Vec<Step>) {
        self.begin(Open::Text, steps);
        self.written.push_str(text);
        steps.push(Ok(Event::Text { index: self.blocks - 1, piece: text.to_owned() }));
    }

    fn call(&mut self, call: &Value, steps: &mut Vec<Step>) {
        let place = call["index"].as_u64().unwrap_or(0);
        if self.begin(Open::Call(place), steps) {
            self.used_tool = true;
            let index = self.blocks - 1;
            let name = call["function"]["name"].as_str().unwrap_or_default().to_owned();
            steps.push(Ok(Event::ToolStart { index, id: tool_use_id(call, index), name }));
        }
        if let Some(piece) = call["function"]["arguments"].as_str().filter(|piece| !piece.is_empty()) {
            self.written.push_str(piece);
            steps.push(Ok(Event::ToolInput { index: self.blocks - 1, piece: piece.to_owned() }));
        }
    }

    /// Makes `wanted` the open block; says whether it was not yet.
    fn begin(&mut self, wanted: Open, steps: &mut Vec<Step>) -> bool {
        if self.open == Some(wanted) {
            return false;
        }
        self.close(steps);
        self.open = Some(wanted);
        self.blocks += 1;
        true
    }

    fn close(&mut self, steps: &mut Vec<Step>) {
        if self.open.take().is_some() {
            steps.push(Ok(Event::BlockStop { index: self.blocks - 1 }));
        }
    }
}

fn broken(message: String) -> Step {
    Err(ServiceError::new(Kind::ModelStream, message))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bedrock::wire::answer::StopReason;

    fn delta(delta: Value) -> String {
        json!({ "choices": [{ "index": 0, "delta": delta, "finish_reason": null }] }).to_string()
    }

    fn all(chunks: &[String]) -> Vec<Step> {
        let mut reader = Chunks::new(7);
        let mut steps: Vec<Step> = chunks.iter().flat_map(|chunk| reader.read(chunk)).collect();
        steps.extend(reader.finish());
        steps
    }

    #[test]
    fn text_and_calls_become_blocks_in_turn() {
        // llama-cpp-python repeats id and name in every chunk of a call.
        let call = |arguments: &str| {
            delta(
                json!({ "tool_calls": [{ "index": 0, "id": "c1", "function": { "name": "report", "arguments": arguments } }] }),
            )
        };
        let chunks = [
            delta(json!({ "role": "assistant", "content": "" })),
            delta(json!({ "content": "Well" })),
            call("{\"a"),
            call("\":1}"),
        ];
        let end = json!({ "choices": [{ "delta": {}, "finish_reason": "stop" }], "usage": { "prompt_tokens": 1, "completion_tokens": 2 } });
        let steps = all(&[&chunks[..], &[end.to_string(), "[DONE]".into()]].concat());
        let expected = [
            Event::MessageStart,
            Event::Text { index: 0, piece: "Well".into() },
            Event::BlockStop { index: 0 },
            Event::ToolStart { index: 1, id: "c1".into(), name: "report".into() },
            Event::ToolInput { index: 1, piece: "{\"a".into() },
            Event::ToolInput { index: 1, piece: "\":1}".into() },
            Event::BlockStop { index: 1 },
            Event::MessageStop(StopReason::ToolUse),
            Event::Metadata(Usage { input: 1, output: 2 }),
        ];
        assert_eq!(steps, expected.map(Ok));
    }

    #[test]
    fn usage_that_is_not_told_is_estimated() {
        let steps = all(&[delta(json!({ "content": "abcdefgh" })), "[DONE]".into()]);
        assert_eq!(steps.last(), Some(&Ok(Event::Metadata(Usage { input: 7, output: 2 }))));
    }

    #[test]
    fn a_stream_without_an_end_is_an_error() {
        assert!(all(&[delta(json!({ "content": "a" }))]).last().is_some_and(Result::is_err));
        assert!(all(&[json!({ "error": { "message": "out of memory" } }).to_string()])[0].is_err());
        assert!(all(&["{\"half".into()])[0].is_err());
    }
}
