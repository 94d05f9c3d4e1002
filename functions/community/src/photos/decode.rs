//! Making of an uploaded file what a model is shown.

use std::io::Cursor;

use community_rules::photo::{LONGEST_SIDE, MOST_PIXELS, MediaType, is_fit};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use maru_model::{Picture, PictureFormat};

/// The longest side of what a model is shown, in pixels: enough to know an umbrella by, and about as much as models
/// look at.
const SHOWN: u32 = 1_024;

/// How well what is shown keeps what was uploaded, 1 to 100.
const QUALITY: u8 = 85;

/// Bytes that a pixel takes on average, at most: as many as four channels of one byte. A picture of two-byte channels may
/// have half as many pixels.
const PIXEL: u64 = 4;

/// The largest part of a WebP that is packed without loss, in bytes: its picture, or how transparent it is. What such a
/// part is unpacked by may take three hundred times as much memory as the part itself.
const LARGEST_LOSSLESS: u32 = 1024 * 1024;

/// Bytes that reading a PNG may take besides the pixels: rows, and what is packed beside them, such as a colour profile.
const BESIDES: u64 = 128 * 1024 * 1024;

/// Why a file is no photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPhoto {
    /// It is no JPEG, PNG or WebP, or a broken one, or one that moves: that is many pictures, and takes as much memory again.
    #[error("the file is no picture that can be read")]
    Unreadable,
    /// It has too few pixels, or too many, or takes too much memory to be read.
    #[error("the picture has too few pixels or too many, or is packed too densely")]
    Unfit,
}

/// The picture in `file`, upright, at most 1,024 pixels on a side, as a new JPEG: of what else the file holds, such as
/// where it was taken, nothing is left.
///
/// What the file is, its first bytes say. Its size in pixels is looked at before a pixel is read, so that a small file
/// cannot become a large picture. Takes as long as a picture takes: call it where that holds nobody up.
///
/// # Errors
/// [`NotAPhoto`].
pub fn for_model(file: &[u8]) -> Result<Picture, NotAPhoto> {
    let format = match MediaType::of(file).ok_or(NotAPhoto::Unreadable)? {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Png => ImageFormat::Png,
        MediaType::Webp => ImageFormat::WebP,
    };
    if format == ImageFormat::WebP {
        check_parts(file)?;
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| not_a_photo(&error))?;
    let (width, height) = decoder.dimensions();
    if !is_fit(width, height) || decoder.total_bytes() > MOST_PIXELS * PIXEL {
        return Err(NotAPhoto::Unfit);
    }
    let orientation = decoder.orientation().map_err(|error| not_a_photo(&error))?;
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| not_a_photo(&error))?;
    let mut small = if width.max(height) > SHOWN { picture.thumbnail(SHOWN, SHOWN) } else { picture };
    small.apply_orientation(orientation);
    let mut bytes = Vec::new();
    let written = JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&small.into_rgb8());
    written.map_err(|error| not_a_photo(&error))?;
    Ok(Picture { format: PictureFormat::Jpeg, bytes })
}

/// Looks at the parts of a WebP, of which nothing is unpacked
/// (<https://developers.google.com/speed/webp/docs/riff_container>).
fn check_parts(file: &[u8]) -> Result<(), NotAPhoto> {
    let mut rest = file.get(12..).unwrap_or_default();
    while let Some((head, content)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, size @ ..] = *head;
        let size = u32::from_le_bytes(size);
        match &[a, b, c, d] {
            b"ANIM" | b"ANMF" => return Err(NotAPhoto::Unreadable),
            b"VP8L" | b"ALPH" if size > LARGEST_LOSSLESS => return Err(NotAPhoto::Unfit),
            _ => {}
        }
        // Parts begin at even places.
        let size = usize::try_from(size).map_err(|_| NotAPhoto::Unreadable)?;
        rest = content.get(size.saturating_add(size % 2)..).unwrap_or_default();
    }
    Ok(())
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    limits.max_alloc = Some(BESIDES);
    limits
}

fn not_a_photo(error: &image::ImageError) -> NotAPhoto {
    match error {
        image::ImageError::Limits(_) => NotAPhoto::Unfit,
        _ => NotAPhoto::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use image::AnimationDecoder;
    use image::codecs::webp::WebPDecoder;

    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let pixels = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
        let mut file = Cursor::new(Vec::new());
        pixels.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn size(file: &[u8]) -> Result<(u32, u32), NotAPhoto> {
        let picture = for_model(file)?;
        assert_eq!(MediaType::of(&picture.bytes), Some(MediaType::Jpeg));
        Ok(ImageReader::with_format(Cursor::new(picture.bytes), ImageFormat::Jpeg).into_dimensions().unwrap())
    }

    #[test]
    fn every_format_becomes_a_small_jpeg_of_the_same_shape() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            assert_eq!(size(&file(64, 48, format)), Ok((64, 48)), "{format:?}");
            assert_eq!(size(&file(2_048, 256, format)), Ok((1_024, 128)), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_photo_is_refused_whatever_it_begins_with() {
        let png = file(64, 48, ImageFormat::Png);
        let jpeg = file(64, 48, ImageFormat::Jpeg);
        for other in
            [b"".as_slice(), b"GIF89a", b"<html>", b"\xff\xd8\xff\xe0", &png[..8], &png[..60], &jpeg[..40]]
        {
            assert_eq!(size(other), Err(NotAPhoto::Unreadable), "{other:?}");
        }
        assert_eq!(size(&[&png[..30], &[0; 500]].concat()), Err(NotAPhoto::Unreadable));
        assert_eq!(size(&file(31, 48, ImageFormat::Png)), Err(NotAPhoto::Unfit));
    }

    #[test]
    fn a_small_file_that_would_be_a_large_picture_is_refused_by_its_header() {
        let mut bomb = file(64, 48, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0x3e, 0x80, 0, 0, 0x3e, 0x80]);
        let checksum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(size(&bomb), Err(NotAPhoto::Unfit), "16,000 by 16,000 pixels");
        bomb[16..20].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff]);
        let checksum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(size(&bomb), Err(NotAPhoto::Unfit), "two thousand million pixels wide");
        // 8,000 by 8,000 pixels are a photo's, but not with eight bytes each.
        bomb[16..26].copy_from_slice(&[0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x40, 16, 6]);
        let checksum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(size(&bomb), Err(NotAPhoto::Unfit), "512 million bytes");
        bomb[24..26].copy_from_slice(&[8, 6]);
        let checksum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(size(&bomb), Err(NotAPhoto::Unreadable), "of four bytes each it would be read");
    }

    /// A part of a WebP.
    fn part(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [name, u32::try_from(content.len()).unwrap().to_le_bytes().as_slice(), content].concat()
    }

    /// A WebP of 64 by 48 pixels with a header that tells of `flags`, and these parts.
    fn webp(flags: u8, parts: &[&[u8]]) -> Vec<u8> {
        let header = part(b"VP8X", &[flags, 0, 0, 0, 63, 0, 0, 47, 0, 0]);
        part(b"RIFF", &[b"WEBP", header.as_slice(), &parts.concat()].concat())
    }

    #[test]
    fn a_webp_that_moves_is_no_photo() {
        // What follows the first twelve bytes of a still picture is its one part.
        let still = file(64, 48, ImageFormat::WebP)[12..].to_vec();
        assert_eq!(size(&webp(0, &[&still])), Ok((64, 48)));
        let frame =
            part(b"ANMF", &[&[0, 0, 0, 0, 0, 0, 63, 0, 0, 47, 0, 0, 40, 0, 0, 0], still.as_slice()].concat());
        let moving = webp(2, &[&part(b"ANIM", &[0; 6]), &frame, &frame]);
        let decoder = WebPDecoder::new(Cursor::new(moving.clone())).unwrap();
        assert_eq!(decoder.into_frames().count(), 2);
        assert_eq!(size(&moving), Err(NotAPhoto::Unreadable));
    }

    #[test]
    fn a_webp_that_is_packed_too_densely_is_not_unpacked() {
        let still = file(64, 48, ImageFormat::WebP)[12..].to_vec();
        // A part that nobody knows does no harm, of whatever length.
        let other = part(b"MARU", &[0; 4_000_001]);
        assert_eq!(size(&webp(0, &[&still, &other, &[0]])), Ok((64, 48)));
        for name in [b"VP8L", b"ALPH"] {
            let dense = part(name, &vec![0x2f; LARGEST_LOSSLESS as usize + 1]);
            assert_eq!(size(&webp(0x10, &[&dense, &[0], &still])), Err(NotAPhoto::Unfit), "{name:?}");
            assert_eq!(size(&webp(0, &[&other, &[0], &dense])), Err(NotAPhoto::Unfit), "behind another part");
        }
        // A length that goes beyond the end, or around it.
        let mut long = webp(0, &[&still]);
        let last = long.len() - still.len() + 4;
        long[last..last + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(size(&long).is_err());
    }

    /// The checksum of PNG (ISO 3309), bit by bit.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    }

    #[test]
    fn where_a_photo_was_taken_is_not_shown_and_it_is_turned_upright() {
        let jpeg = file(64, 48, ImageFormat::Jpeg);
        // An EXIF segment whose one entry says: turned by 90 degrees. What follows stands for a place.
        let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 37.5N";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let turned = [&jpeg[..2], b"\xff\xe1", &length, exif, &jpeg[2..]].concat();
        assert_eq!(size(&turned), Ok((48, 64)));
        let shown = for_model(&turned).unwrap().bytes;
        assert!(
            !shown.windows(3).any(|window| window == b"GPS")
                && !shown.windows(4).any(|window| window == b"Exif")
        );
    }
}
