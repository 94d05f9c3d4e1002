//! The images that containers are made from.

use super::{Declared, entry};

/// `Dockerfile`: `FROM [--platform=…] image:tag [AS name]`. A stage that names an earlier one is none.
pub(super) fn dockerfile(text: &str) -> Vec<Declared> {
    let mut stages: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("from")) {
            continue;
        }
        let mut words = words.skip_while(|word| word.starts_with("--"));
        let Some(reference) = words.next() else { continue };
        if !stages.iter().any(|stage| stage == reference) {
            found.push(image(reference));
        }
        stages.extend(words.nth(1).map(str::to_owned));
    }
    found
}

/// `compose.yaml`: `image: name:tag`.
pub(super) fn compose(text: &str) -> Vec<Declared> {
    let images = text.lines().filter_map(|line| line.trim().strip_prefix("image:"));
    images.map(|reference| image(reference.trim().trim_matches(['\'', '"']))).collect()
}

/// `registry.example:5000/library/redis:7-alpine@sha256:…` is the image redis, version 7.
fn image(reference: &str) -> Declared {
    let reference = reference.split('@').next().unwrap_or_default();
    // A colon before the last slash belongs to a port.
    let tagged = reference.rfind(':').filter(|colon| reference.rfind('/').is_none_or(|slash| slash < *colon));
    let (name, tag) = tagged
        .and_then(|colon| Some((reference.get(..colon)?, reference.get(colon + 1..)?)))
        .unwrap_or((reference, ""));
    let name = name.strip_prefix("docker.io/").unwrap_or(name);
    entry("image", name.strip_prefix("library/").unwrap_or(name), tag)
}
