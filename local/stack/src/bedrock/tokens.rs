//! An estimate of token counts, for answers that no tokenizer has counted.
//!
//! Real counts depend on the model's vocabulary, which the stand-in does not have. The rule of thumb here, four
//! ASCII characters or one other character to the token, is near what current models need for English and for
//! Korean, and is stable: the same text always counts the same. It is an estimate and good for seeing that usage
//! is recorded, never for a bill.

use super::wire::{
    answer::Block,
    request::{ContentBlock, ConverseRequest, SystemBlock, ToolResultBlock},
};

/// Tokens of a picture of common size (the upper bound that Anthropic documents for one image).
const IMAGE: u64 = 1_600;

/// Estimated tokens of a text.
pub(super) fn of_text(text: &str) -> u64 {
    let (mut ascii, mut other) = (0_u64, 0_u64);
    for character in text.chars() {
        *(if character.is_ascii() { &mut ascii } else { &mut other }) += 1;
    }
    ascii.div_ceil(4) + other
}

/// Estimated tokens of all that the model is given to read: system, messages and tool descriptions.
pub(super) fn of_request(request: &ConverseRequest) -> u64 {
    let system: u64 = request
        .system
        .iter()
        .map(|block| match block {
            SystemBlock::Text(text) => of_text(text),
            SystemBlock::CachePoint {} => 0,
        })
        .sum();
    let messages: u64 = request.messages.iter().flat_map(|message| &message.content).map(of_content).sum();
    let tools: u64 = request
        .tools()
        .map(|tool| {
            let description = tool.description.as_deref().unwrap_or_default();
            of_text(&tool.name) + of_text(description) + of_text(&tool.input_schema.json.to_string())
        })
        .sum();
    system + messages + tools
}

/// Estimated tokens of an answer's blocks.
pub(super) fn of_blocks(blocks: &[Block]) -> u64 {
    blocks
        .iter()
        .map(|block| match block {
            Block::Text(text) => of_text(text),
            Block::ToolUse { name, input, .. } => of_text(name) + of_text(input),
        })
        .sum()
}

fn of_content(block: &ContentBlock) -> u64 {
    match block {
        ContentBlock::Text(text) => of_text(text),
        ContentBlock::Image(_) => IMAGE,
        ContentBlock::ToolUse(tool_use) => of_text(&tool_use.name) + of_text(&tool_use.input.to_string()),
        ContentBlock::ToolResult(result) => result
            .content
            .iter()
            .map(|block| match block {
                ToolResultBlock::Text(text) => of_text(text),
                ToolResultBlock::Json(json) => of_text(&json.to_string()),
            })
            .sum(),
        ContentBlock::CachePoint {} => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_counts_by_fours_and_korean_by_ones() {
        assert_eq!(of_text(""), 0);
        assert_eq!(of_text("abcde"), 2);
        assert_eq!(of_text("강의가 좋아요"), 7);
    }
}
