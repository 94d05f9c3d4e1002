//! The service's checks of a picture in a request.
//!
//! The limits are those of the Converse API's reference, for `ImageBlock` and `Message`
//! (<https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html>).

use base64::{Engine, engine::general_purpose::STANDARD};
use image::{ImageFormat, ImageReader};

use super::{error::ServiceError, request::Image};

/// Most pictures of a request.
pub(super) const MOST: usize = 20;
/// Largest picture, in bytes: 3.75 MB.
const LARGEST: usize = 3_932_160;
/// Longest side of a picture, in pixels.
const LONGEST_SIDE: u32 = 8_000;

/// Checks the picture that stands at `place`: base64, size, and that it is what it is called.
pub(super) fn check(picture: &Image, place: &str) -> Result<(), ServiceError> {
    let refuse = |message: String| Err(ServiceError::invalid(message));
    let Some(format) = format_of(&picture.format) else {
        return refuse(format!(
            "Value '{}' at '{place}.image.format' failed to satisfy constraint: Member must satisfy enum value set: [png, jpeg, gif, webp]",
            picture.format
        ));
    };
    let Ok(bytes) = STANDARD.decode(&picture.source.bytes) else {
        return refuse(format!("Malformed input request: {place}.image.source.bytes is not base64."));
    };
    if bytes.len() > LARGEST {
        return refuse(format!(
            "The model returned the following errors: {place}.image.source.base64: image exceeds {LARGEST} bytes: {} bytes",
            bytes.len()
        ));
    }
    if image::guess_format(&bytes).ok() != Some(format) {
        return refuse(format!(
            "The model returned the following errors: {place}.image.source.base64: the image was specified using the image/{} media type, but does not appear to be one",
            picture.format
        ));
    }
    match size_of(&bytes, format) {
        Some((width, height)) if width.max(height) <= LONGEST_SIDE => Ok(()),
        Some(_) => refuse(format!(
            "The model returned the following errors: {place}.image.source.base64: at least one of the image dimensions exceeds max allowed size: {LONGEST_SIDE} pixels"
        )),
        None => refuse(format!(
            "The model returned the following errors: {place}.image.source.base64: Could not process image"
        )),
    }
}

fn format_of(name: &str) -> Option<ImageFormat> {
    match name {
        "png" => Some(ImageFormat::Png),
        "jpeg" => Some(ImageFormat::Jpeg),
        "gif" => Some(ImageFormat::Gif),
        "webp" => Some(ImageFormat::WebP),
        _ => None,
    }
}

/// Width and height out of the header; of a GIF read by hand, which no decoder is linked for.
fn size_of(bytes: &[u8], format: ImageFormat) -> Option<(u32, u32)> {
    if format == ImageFormat::Gif {
        let side =
            |from: usize| Some(u32::from(u16::from_le_bytes([*bytes.get(from)?, *bytes.get(from + 1)?])));
        return Some((side(6)?, side(8)?));
    }
    ImageReader::with_format(std::io::Cursor::new(bytes), format).into_dimensions().ok()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use serde_json::{Value, json};

    use super::super::request::ConverseRequest;

    /// Two pixels, a black and a red one.
    const PNG: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42mNgYGD4z8AAAAMEAQDVPghWAAAAAElFTkSuQmCC";

    fn refusal(format: &str, bytes: &str) -> Option<String> {
        let image = json!({ "image": { "format": format, "source": { "bytes": bytes } } });
        refusal_of("user", &json!([image, { "text": "What is it?" }]))
    }

    fn refusal_of(role: &str, content: &Value) -> Option<String> {
        let mut messages = vec![json!({ "role": "user", "content": [{ "text": "Hello" }] })];
        if role == "user" {
            messages.clear();
        }
        messages.push(json!({ "role": role, "content": content }));
        let body = json!({ "messages": messages }).to_string();
        ConverseRequest::parse(body.as_bytes()).err().map(|error| error.message)
    }

    #[test]
    fn a_picture_is_what_it_is_called() {
        assert_eq!(refusal("png", PNG), None);
        assert!(refusal("jpeg", PNG).unwrap().contains("media type"));
        assert!(refusal("bmp", PNG).unwrap().contains("enum value set"));
        assert!(refusal("png", "no base64!").unwrap().contains("base64"));
        assert!(refusal("png", "AAAA").unwrap().contains("media type"));
        assert!(refusal("png", &PNG[..24]).unwrap().contains("Could not process"));
    }

    #[test]
    fn a_picture_is_not_larger_than_the_service_takes() {
        let large = "A".repeat(4 * (super::LARGEST / 3 + 1));
        assert!(refusal("png", &large).unwrap().contains("exceeds"));
        // The same header, but 8,001 pixels wide.
        let mut wide = super::STANDARD.decode(PNG).unwrap();
        wide[16..20].copy_from_slice(&8_001_u32.to_be_bytes());
        let checksum = crc(&wide[12..29]);
        wide[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert!(refusal("png", &super::STANDARD.encode(&wide)).unwrap().contains("8000 pixels"));
    }

    /// The checksum of PNG (ISO 3309), bit by bit.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    }

    #[test]
    fn only_the_user_shows_pictures_and_not_too_many() {
        let image = json!({ "image": { "format": "png", "source": { "bytes": PNG } } });
        assert!(refusal_of("assistant", &json!([image])).unwrap().contains("Assistant messages"));
        let many = vec![image; super::MOST + 1];
        assert!(refusal_of("user", &json!(many)).unwrap().contains("20"));
    }
}
