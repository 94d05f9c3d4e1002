//! Everything that a template can see: the sources and fonts of this binary, one resume, and whether to set it
//! tight. There is no file system, no network, no clock and no package behind it.

use std::sync::LazyLock;

use maru_document::Template;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::{fonts, sources};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one print.
pub(crate) struct Desk {
    main: FileId,
    resume: Bytes,
    tight: bool,
}

impl Desk {
    /// With `resume`, a JSON text, to be set by `template`, in its smaller size if `tight`. None if the binary lacks
    /// the template.
    pub(crate) fn new(template: Template, resume: String, tight: bool) -> Option<Self> {
        Some(Self { main: sources::main(template)?, resume: Bytes::from_string(resume), tight })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        sources::source(id).ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if sources::is_resume(id) {
            Ok(self.resume.clone())
        } else if sources::is_tight(id) {
            Ok(Bytes::from_string(self.tight.to_string()))
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use typst::syntax::{RootedPath, VirtualPath, VirtualRoot};

    use super::*;

    #[test]
    fn nothing_but_the_templates_and_the_resume_can_be_read() {
        let desk = Desk::new(Template::Basic, "{}".to_owned(), false).unwrap();
        let id = |root, path| RootedPath::new(root, VirtualPath::new(path).unwrap()).intern();
        let package = VirtualRoot::Package("@preview/cetz:0.4.2".parse().unwrap());
        for (root, path) in [
            (VirtualRoot::Project, "/etc/passwd"),
            (VirtualRoot::Project, "/Cargo.toml"),
            (VirtualRoot::Project, "/fonts/Pretendard-Regular.otf"),
            (package, "/lib.typ"),
        ] {
            let id = id(root, path);
            assert!(desk.file(id).is_err() && desk.source(id).is_err(), "{id:?}");
        }
        assert_eq!(desk.file(id(VirtualRoot::Project, "/resume.json")).unwrap().as_slice(), b"{}");
        assert!(desk.source(desk.main()).is_ok() && desk.today(None).is_none());
    }

    #[test]
    fn every_template_is_there_and_sets_a_resume_without_a_warning() {
        let resume = include_str!("../tests/resumes/korean.json");
        for template in [Template::Basic, Template::Star, Template::Troubleshooting] {
            let desk = Desk::new(template, resume.to_owned(), false).unwrap();
            let laid_out = typst::compile::<typst_layout::PagedDocument>(&desk);
            assert!(laid_out.output.is_ok());
            assert!(laid_out.warnings.is_empty(), "{:?}", laid_out.warnings);
        }
    }
}
