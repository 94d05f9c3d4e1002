//! Prompts are files with a version: a changed text is a changed number, and results name it.

/// A prompt out of a file whose first line is `version: <n>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The number in the first line.
    pub version: u32,
    /// The rest of the file.
    pub text: &'static str,
}

impl Prompt {
    /// Reads a prompt; version 0 if the first line does not say one, which a test of each feature refuses.
    #[must_use]
    pub fn new(file: &'static str) -> Self {
        let (first, text) = file.split_once('\n').unwrap_or((file, ""));
        let version = first.strip_prefix("version:").and_then(|number| number.trim().parse().ok());
        Self { version: version.unwrap_or(0), text: text.trim() }
    }
}
