//! Looking at a picture without seeing it.
//!
//! The offline model knows of a picture only what a few lines of arithmetic tell: whether its file can be opened, and
//! whether its pixels differ at all. Asked whether it shows something, it says yes of any that can and do, and says
//! each time that nobody has looked at it.

use base64::{Engine, engine::general_purpose::STANDARD};
use image::{ImageReader, Limits};

use super::material::Language;
use crate::bedrock::wire::request::{ContentBlock, ConverseRequest, Image};

/// The most memory that a picture may take when it is opened, in bytes: one of 64 million pixels.
const LARGEST: u64 = 256 * 1024 * 1024;

/// What arithmetic tells of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    /// Its file cannot be opened.
    Unreadable,
    /// All its pixels are the same.
    OneColour,
    /// It has this many pixels in each row and in each column, and not all are the same.
    Picture(u32, u32),
}

impl Looked {
    /// Looks at the last picture of a request, if there is one.
    pub(super) fn at(request: &ConverseRequest) -> Option<Self> {
        let blocks = request.messages.iter().flat_map(|message| &message.content);
        let picture = blocks.rev().find_map(|block| match block {
            ContentBlock::Image(picture) => Some(picture),
            _ => None,
        })?;
        Some(Self::of(picture))
    }

    fn of(picture: &Image) -> Self {
        let Some(pixels) = open(picture) else { return Self::Unreadable };
        let mut all = pixels.pixels();
        let first = all.next();
        if all.all(|pixel| Some(pixel) == first) {
            return Self::OneColour;
        }
        Self::Picture(pixels.width(), pixels.height())
    }

    /// Whether it shows what was asked for, as far as somebody can say who sees nothing.
    pub(super) const fn shows(self) -> bool {
        matches!(self, Self::Picture(..))
    }

    /// Why that was said, and that nobody looked.
    pub(super) fn reason(self, language: Language) -> String {
        let (korean, english) = match self {
            Self::Unreadable => ("열 수 없는 파일입니다.", "The file cannot be opened."),
            Self::OneColour => ("한 가지 색뿐입니다.", "It is of one colour."),
            Self::Picture(..) => ("열리고 색이 여럿입니다.", "It opens and has several colours."),
        };
        match language {
            Language::Korean => {
                format!(
                    "[오프라인 모델] 사진을 보지 못하는 대역이 답했습니다. 내용은 아무도 확인하지 않았습니다. {korean}"
                )
            }
            Language::English => {
                format!(
                    "[offline model] A stand-in answered that sees nothing: nobody has looked at the picture. {english}"
                )
            }
        }
    }

    /// What it is, as far as that is known.
    pub(super) fn what(self, language: Language) -> String {
        match (self, language) {
            (Self::Unreadable, Language::Korean) => "알 수 없음".to_owned(),
            (Self::Unreadable, Language::English) => "unknown".to_owned(),
            (Self::OneColour, Language::Korean) => "한 가지 색".to_owned(),
            (Self::OneColour, Language::English) => "one colour".to_owned(),
            (Self::Picture(width, height), Language::Korean) => {
                format!("가로 {width}, 세로 {height} 픽셀의 사진")
            }
            (Self::Picture(width, height), Language::English) => {
                format!("a picture of {width} by {height} pixels")
            }
        }
    }
}

fn open(picture: &Image) -> Option<image::RgbaImage> {
    let bytes = STANDARD.decode(&picture.source.bytes).ok()?;
    let mut reader = ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(LARGEST);
    reader.limits(limits);
    Some(reader.decode().ok()?.into_rgba8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::wire::request::ImageSource;

    fn looked(width: u32, height: u32, colour: impl Fn(u32) -> u8) -> Looked {
        let pixels = image::RgbImage::from_fn(width, height, |x, _| image::Rgb([colour(x), 9, 9]));
        let mut file = std::io::Cursor::new(Vec::new());
        pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
        of(file.get_ref())
    }

    fn of(bytes: &[u8]) -> Looked {
        Looked::of(&Image { format: "png".to_owned(), source: ImageSource { bytes: STANDARD.encode(bytes) } })
    }

    #[test]
    fn a_picture_is_told_from_a_single_colour_and_from_what_cannot_be_opened() {
        assert_eq!(looked(3, 2, |x| u8::from(x == 2)), Looked::Picture(3, 2));
        assert_eq!(looked(3, 2, |_| 7), Looked::OneColour);
        assert_eq!(looked(1, 1, |_| 7), Looked::OneColour);
        assert_eq!(of(b"GIF89a"), Looked::Unreadable);
    }

    #[test]
    fn every_reason_says_that_nobody_has_looked_and_is_short() {
        for looked in [Looked::Unreadable, Looked::OneColour, Looked::Picture(10_000, 10_000)] {
            for (language, word) in [(Language::Korean, "아무도"), (Language::English, "nobody")] {
                let reason = looked.reason(language);
                assert!(reason.contains(word) && reason.chars().count() <= 200, "{reason}");
            }
        }
    }
}
