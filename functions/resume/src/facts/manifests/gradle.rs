//! Gradle's build files. They are programs; read are the texts in quotes that look like dependencies.

use super::{Declared, entry};

/// `build.gradle` and `build.gradle.kts`: `'group:artifact:version'`, and plugins with their versions.
pub(super) fn gradle(text: &str) -> Vec<Declared> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.flat_map(|line| plugin(line).map_or_else(|| coordinates(line), |plugin| vec![plugin])).collect()
}

/// `id 'org.springframework.boot' version '3.2.1'`
fn plugin(line: &str) -> Option<Declared> {
    let rest = line.strip_prefix("id").filter(|rest| rest.starts_with([' ', '(']))?;
    let mut quoted = quoted(rest);
    let name = quoted.next()?;
    let version = if rest.contains("version") { quoted.next() } else { None };
    Some(entry("maven", name, version.unwrap_or_default()))
}

fn coordinates(line: &str) -> Vec<Declared> {
    let entries = quoted(line).filter_map(|text| {
        let mut parts = text.splitn(3, ':');
        let (group, artifact) = (parts.next()?, parts.next()?);
        let named = group.contains('.') || group == artifact;
        let plain = !text.contains([' ', '/']) && !artifact.is_empty();
        (named && plain)
            .then(|| entry("maven", &format!("{group}:{artifact}"), parts.next().unwrap_or_default()))
    });
    entries.collect()
}

/// The texts between single or double quotes.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split(['\'', '"']).skip(1).step_by(2)
}
