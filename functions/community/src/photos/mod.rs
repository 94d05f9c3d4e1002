//! Photos: where they are uploaded, and what of them is looked at.

mod bucket;
mod decode;

pub use bucket::{Photos, Taken, UPLOAD_LASTS};
pub use decode::{NotAPhoto, for_model};
