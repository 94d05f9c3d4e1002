//! What a model answers, once for both operations: whole, or as the events that it is made of.

use serde::Serialize;
use serde_json::{Value, json};

/// Tokens of one call, as counted by the model or by [`crate::bedrock::tokens`]' estimate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::bedrock) struct Usage {
    pub input: u64,
    pub output: u64,
}

impl Usage {
    /// The `usage` of an answer of the service or of a stream's `metadata` event; `None` if it has none.
    pub(in crate::bedrock) fn of(answer: &[u8]) -> Option<Self> {
        let answer: Value = serde_json::from_slice(answer).ok()?;
        let usage = &answer["usage"];
        Some(Self { input: usage["inputTokens"].as_u64()?, output: usage["outputTokens"].as_u64()? })
    }

    fn to_json(self) -> Value {
        json!({ "inputTokens": self.input, "outputTokens": self.output, "totalTokens": self.input + self.output })
    }
}

/// Why the model stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::bedrock) enum StopReason {
    EndTurn,
    ToolUse,
    MaxTokens,
    ContentFiltered,
}

/// One block of the assistant's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bedrock) enum Block {
    Text(String),
    /// `input` is JSON text just as the model wrote it; a weak model's may be malformed.
    ToolUse {
        id: String,
        name: String,
        input: String,
    },
}

impl Block {
    fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => json!({ "text": text }),
            Self::ToolUse { id, name, input } => {
                // What is no JSON reaches the caller as the string that it is: judging it is the caller's part.
                let document = serde_json::from_str(input).unwrap_or_else(|_| Value::String(input.clone()));
                json!({ "toolUse": { "toolUseId": id, "name": name, "input": document } })
            }
        }
    }
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bedrock) struct Answer {
    pub blocks: Vec<Block>,
    pub stop: StopReason,
    pub usage: Usage,
}

impl Answer {
    /// The body of a Converse answer; `latency_ms` is the time the call took, in milliseconds.
    pub(in crate::bedrock) fn to_json(&self, latency_ms: i64) -> Value {
        let content: Vec<Value> = self.blocks.iter().map(Block::to_json).collect();
        json!({
            "output": { "message": { "role": "assistant", "content": content } },
            "stopReason": self.stop,
            "usage": self.usage.to_json(),
            "metrics": { "latencyMs": latency_ms },
        })
    }

    /// The events that deliver this answer, texts and tool inputs cut into pieces of `piece` characters.
    pub(in crate::bedrock) fn to_events(&self, piece: usize) -> Vec<Event> {
        let mut events = vec![Event::MessageStart];
        for (index, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Text(text) => {
                    events.extend(pieces(text, piece).map(|piece| Event::Text { index, piece }))
                }
                Block::ToolUse { id, name, input } => {
                    events.push(Event::ToolStart { index, id: id.clone(), name: name.clone() });
                    events.extend(pieces(input, piece).map(|piece| Event::ToolInput { index, piece }));
                }
            }
            events.push(Event::BlockStop { index });
        }
        events.push(Event::MessageStop(self.stop));
        events.push(Event::Metadata(self.usage));
        events
    }
}

fn pieces(text: &str, size: usize) -> impl Iterator<Item = String> {
    let characters: Vec<char> = text.chars().collect();
    let owned: Vec<String> = characters.chunks(size.max(1)).map(|chunk| chunk.iter().collect()).collect();
    owned.into_iter()
}

/// One step of a streamed answer. `index` is the block's place in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bedrock) enum Event {
    MessageStart,
    ToolStart { index: usize, id: String, name: String },
    Text { index: usize, piece: String },
    ToolInput { index: usize, piece: String },
    BlockStop { index: usize },
    MessageStop(StopReason),
    Metadata(Usage),
}

impl Event {
    /// Whether this event carries a piece of the answer itself.
    pub(in crate::bedrock) fn is_piece(&self) -> bool {
        matches!(self, Self::Text { .. } | Self::ToolInput { .. })
    }

    /// The `:event-type` and payload. A text block has no `contentBlockStart`: the service's start event only
    /// knows tools.
    pub(in crate::bedrock) fn to_wire(&self, latency_ms: i64) -> (&'static str, Value) {
        match self {
            Self::MessageStart => ("messageStart", json!({ "role": "assistant" })),
            Self::ToolStart { index, id, name } => (
                "contentBlockStart",
                json!({ "contentBlockIndex": index, "start": { "toolUse": { "toolUseId": id, "name": name } } }),
            ),
            Self::Text { index, piece } => {
                ("contentBlockDelta", json!({ "contentBlockIndex": index, "delta": { "text": piece } }))
            }
            Self::ToolInput { index, piece } => (
                "contentBlockDelta",
                json!({ "contentBlockIndex": index, "delta": { "toolUse": { "input": piece } } }),
            ),
            Self::BlockStop { index } => ("contentBlockStop", json!({ "contentBlockIndex": index })),
            Self::MessageStop(reason) => ("messageStop", json!({ "stopReason": reason })),
            Self::Metadata(usage) => {
                ("metadata", json!({ "usage": usage.to_json(), "metrics": { "latencyMs": latency_ms } }))
            }
        }
    }
}
