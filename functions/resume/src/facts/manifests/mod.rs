//! What manifests declare: the dependencies, by the rules of each ecosystem.
//!
//! A manifest comes out of a stranger's repository: whatever cannot be read is skipped, nothing is trusted to
//! be well-formed, and no more than `MOST_DECLARED` entries of a file are read.

mod containers;
mod gradle;
mod json;
mod lines;
mod markup;
mod tables;

/// The most entries of one manifest that are read.
const MOST_DECLARED: usize = 500;

/// Something that a manifest declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The ecosystem, as in the table of technologies.
    pub ecosystem: &'static str,
    /// The dependency's name.
    pub name: String,
    /// Its version, if one is named: digits and dots only.
    pub version: Option<String>,
}

type Reader = fn(&str) -> Vec<Declared>;

/// The reader of a manifest of this file name, if it is one.
fn reader(name: &str) -> Option<Reader> {
    Some(match name {
        "package.json" => json::npm,
        "composer.json" => json::composer,
        "Cargo.toml" => tables::cargo,
        "pyproject.toml" | "Pipfile" => tables::python,
        "requirements.txt" => lines::requirements,
        "go.mod" => lines::go,
        "Gemfile" => lines::gems,
        "pubspec.yaml" => lines::pub_packages,
        "pom.xml" => markup::maven,
        "build.gradle" | "build.gradle.kts" => gradle::gradle,
        "Dockerfile" => containers::dockerfile,
        "docker-compose.yml" | "docker-compose.yaml" | "compose.yml" | "compose.yaml" => containers::compose,
        _ if name.ends_with(".csproj") => markup::nuget,
        _ => return None,
    })
}

/// Whether the file at `path` is a manifest that can be read.
#[must_use]
pub fn is_manifest(path: &str) -> bool {
    reader(file_name(path)).is_some()
}

/// What the manifest at `path` declares; nothing if it is none or cannot be read.
#[must_use]
pub fn declared(path: &str, text: &str) -> Vec<Declared> {
    let mut declared = reader(file_name(path)).map(|read| read(text)).unwrap_or_default();
    declared.truncate(MOST_DECLARED);
    declared
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn entry(ecosystem: &'static str, name: &str, version: &str) -> Declared {
    Declared { ecosystem, name: name.trim().to_owned(), version: version_of(version) }
}

/// The first number in a version requirement: `^14.2.0` is 14.2.0, `>=3,<4` is 3; none in `latest`.
fn version_of(requirement: &str) -> Option<String> {
    let begin = requirement.find(|c: char| c.is_ascii_digit())?;
    let numbers = requirement.get(begin..)?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(numbers.len());
    let version = numbers.get(..end)?.trim_end_matches('.');
    (version.len() <= 20).then(|| version.to_owned())
}

#[cfg(test)]
mod tests;
