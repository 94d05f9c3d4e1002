//! Manifests written in XML, of which only a few elements matter.

use super::{Declared, entry};

/// `pom.xml`: each `<groupId>` with the `<artifactId>` and `<version>` that follow it.
pub(super) fn maven(text: &str) -> Vec<Declared> {
    let blocks = text.split("<groupId>").skip(1);
    let entries = blocks.filter_map(|block| {
        let group = block.split_once("</groupId>")?.0.trim();
        let artifact = element(block, "artifactId")?;
        Some(entry("maven", &format!("{group}:{artifact}"), element(block, "version").unwrap_or_default()))
    });
    entries.collect()
}

/// A `.csproj` file: `<PackageReference Include="…" Version="…" />`.
pub(super) fn nuget(text: &str) -> Vec<Declared> {
    let elements = text.split("<PackageReference").skip(1).filter_map(|rest| rest.split_once('>'));
    let entries = elements.filter_map(|(element, _)| {
        Some(entry(
            "nuget",
            attribute(element, "Include")?,
            attribute(element, "Version").unwrap_or_default(),
        ))
    });
    entries.collect()
}

fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = text.split_once(&format!("<{name}>"))?;
    after.split_once(&format!("</{name}>")).map(|(inside, _)| inside.trim())
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = element.split_once(&format!("{name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}
