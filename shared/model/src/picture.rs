//! A picture that a model is to look at.

use std::fmt;

use aws_sdk_bedrockruntime::error::BuildError;
use aws_sdk_bedrockruntime::primitives::Blob;
use aws_sdk_bedrockruntime::types::{ImageBlock, ImageFormat, ImageSource};

/// Tokens that a picture costs at most: what Anthropic documents for one as large as its models look at, which is
/// 1,568 pixels on the longer side (<https://docs.claude.com/en/docs/build-with-claude/vision>).
pub(crate) const TOKENS: u64 = 1_600;

/// A picture, sent along with the text of a question.
///
/// What it shows comes from outside: the prompt has to say that words in it are no instructions. The service takes at
/// most 3.75 MB and 8,000 pixels on a side, and refuses bytes of another format.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// What the bytes are.
    pub format: PictureFormat,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What a picture's file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

impl fmt::Debug for Picture {
    /// Without its bytes, which are of no use in a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (format, bytes) = (self.format, self.bytes.len());
        formatter.debug_struct("Picture").field("format", &format).field("bytes", &bytes).finish()
    }
}

impl Picture {
    /// As the service takes it.
    pub(crate) fn block(&self) -> Result<ImageBlock, BuildError> {
        let format = match self.format {
            PictureFormat::Jpeg => ImageFormat::Jpeg,
            PictureFormat::Png => ImageFormat::Png,
            PictureFormat::Webp => ImageFormat::Webp,
        };
        ImageBlock::builder().format(format).source(ImageSource::Bytes(Blob::new(self.bytes.clone()))).build()
    }
}
