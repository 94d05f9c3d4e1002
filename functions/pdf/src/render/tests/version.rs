//! The version of the printer is part of every file's name, so that a file of older templates is not served.

use std::path::Path;
use std::{env, fs};

use sha2::{Digest, Sha256};

/// Everything that a file's bytes follow from, besides the resume.
fn version() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = ["templates", "fonts"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| ["typ", "otf", "ttf"].iter().any(|k| kind == *k)))
        .chain(["render.rs", "render/last_page.rs", "text.rs"].map(|file| root.join("src").join(file)))
        .collect();
    files.sort();
    let mut digest = Sha256::new();
    digest.update(typst::utils::version().raw());
    files.iter().for_each(|file| digest.update(fs::read(file).unwrap()));
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_template_names_the_version_of_what_prints() {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../template.yaml");
    let template = fs::read_to_string(template).unwrap();
    let wanted = format!("PDF_VERSION: \"{}\"", version());
    let named: Vec<_> =
        template.lines().map(str::trim).filter(|line| line.starts_with("PDF_VERSION")).collect();
    assert!(
        !named.is_empty() && named.iter().all(|line| *line == wanted),
        "a template, a font or Typst has changed: write {wanted} into template.yaml, where {named:?} stands"
    );
}
