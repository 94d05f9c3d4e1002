//! The Typst files that are part of the binary.

use std::sync::LazyLock;

use maru_document::Template;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

/// Where a template finds the resume, as JSON.
const RESUME: &str = "/resume.json";
/// Where it finds whether to set it in the smaller size: `true` or `false`.
const TIGHT: &str = "/tight.json";

static FILES: [(&str, &str); 7] = [
    ("/basic.typ", include_str!("../templates/basic.typ")),
    ("/star.typ", include_str!("../templates/star.typ")),
    ("/troubleshooting.typ", include_str!("../templates/troubleshooting.typ")),
    ("/theme.typ", include_str!("../templates/theme.typ")),
    ("/parts.typ", include_str!("../templates/parts.typ")),
    ("/words.typ", include_str!("../templates/words.typ")),
    ("/labels.typ", include_str!("../templates/labels.typ")),
];

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let source = |&(path, text): &(&str, &str)| Some(Source::new(file(path)?, text.to_owned()));
    FILES.iter().filter_map(source).collect()
});

static RESUME_FILE: LazyLock<Option<FileId>> = LazyLock::new(|| file(RESUME));
static TIGHT_FILE: LazyLock<Option<FileId>> = LazyLock::new(|| file(TIGHT));

/// The source with this name.
pub(crate) fn source(id: FileId) -> Option<Source> {
    SOURCES.iter().find(|source| source.id() == id).cloned()
}

/// Whether this is where the resume lies.
pub(crate) fn is_resume(id: FileId) -> bool {
    *RESUME_FILE == Some(id)
}

/// Whether this is where it says how large the text is.
pub(crate) fn is_tight(id: FileId) -> bool {
    *TIGHT_FILE == Some(id)
}

/// The file that a template begins with.
pub(crate) fn main(template: Template) -> Option<FileId> {
    file(match template {
        Template::Basic => "/basic.typ",
        Template::Star => "/star.typ",
        Template::Troubleshooting => "/troubleshooting.typ",
    })
}

/// None only for a path that leaves the root.
fn file(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}
