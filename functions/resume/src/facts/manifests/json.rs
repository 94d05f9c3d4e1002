//! Manifests written in JSON.

use serde_json::Value;

use super::{Declared, entry};

/// `package.json`.
pub(super) fn npm(text: &str) -> Vec<Declared> {
    sections("npm", text, &["dependencies", "devDependencies", "peerDependencies"])
}

/// `composer.json`.
pub(super) fn composer(text: &str) -> Vec<Declared> {
    sections("composer", text, &["require", "require-dev"])
}

fn sections(ecosystem: &'static str, text: &str, names: &[&str]) -> Vec<Declared> {
    // A parse of what is deeply nested ends with an error.
    let Ok(manifest) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let sections = names.iter().filter_map(|name| manifest.get(name)?.as_object());
    let entries = sections.flatten().map(|(name, version)| (name, version.as_str().unwrap_or_default()));
    entries.map(|(name, version)| entry(ecosystem, name, version)).collect()
}
