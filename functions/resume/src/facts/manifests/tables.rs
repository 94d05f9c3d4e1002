//! Manifests written in TOML.

use toml::{Table, Value};

use super::{Declared, entry};

/// `Cargo.toml`, of a package or of a workspace.
pub(super) fn cargo(text: &str) -> Vec<Declared> {
    let Ok(manifest) = text.parse::<Table>() else { return Vec::new() };
    let workspace = manifest.get("workspace").and_then(Value::as_table);
    let tables = [Some(&manifest), workspace].into_iter().flatten();
    let sections = tables.flat_map(|table| {
        ["dependencies", "dev-dependencies", "build-dependencies"]
            .iter()
            .filter_map(|name| table.get(*name)?.as_table())
    });
    sections.flatten().map(|(name, requirement)| entry("cargo", name, version(requirement))).collect()
}

/// `pyproject.toml`, as PEP 621 and as Poetry write it, and `Pipfile`.
pub(super) fn python(text: &str) -> Vec<Declared> {
    let Ok(manifest) = text.parse::<Table>() else { return Vec::new() };
    let project = manifest.get("project").and_then(|project| project.get("dependencies")?.as_array());
    let listed =
        project.into_iter().flatten().filter_map(Value::as_str).filter_map(super::lines::requirement);
    let poetry = manifest.get("tool").and_then(|tool| tool.get("poetry")?.get("dependencies")?.as_table());
    let pipfile = manifest.get("packages").and_then(Value::as_table);
    let tables = [poetry, pipfile].into_iter().flatten().flatten();
    let named = tables.filter(|(name, _)| *name != "python");
    listed.chain(named.map(|(name, requirement)| entry("pypi", name, version(requirement)))).collect()
}

/// `"1.2"` or `{ version = "1.2", … }`.
fn version(requirement: &Value) -> &str {
    let inner = requirement.get("version").and_then(Value::as_str);
    requirement.as_str().or(inner).unwrap_or_default()
}
