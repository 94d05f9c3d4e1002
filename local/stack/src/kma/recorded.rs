//! Answers that were recorded, from files.

use std::path::Path;

use super::api::DataType;

/// A recorded answer: its bytes, as they are, and their type.
pub(super) struct Recorded {
    pub(super) body: Vec<u8>,
    pub(super) data_type: DataType,
}

/// The answer of a name (`getPwnCd`, `getVilageFcst.202611210500.60.127`): of this page, else of page 1 the one
/// without a page; in the type that is asked for, else in the other one, as the portal's gateway does it, too.
pub(super) fn find(directory: &Path, name: &str, page: u32, asked: DataType) -> Option<Recorded> {
    let whole = (page == 1).then(|| name.to_owned());
    let names = [Some(format!("{name}.page{page}")), whole];
    names.into_iter().flatten().find_map(|name| {
        [asked, asked.other()].into_iter().find_map(|data_type| {
            let file = directory.join(format!("{name}.{}", data_type.extension()));
            let body = std::fs::read(file).ok()?;
            Some(Recorded { body, data_type })
        })
    })
}
