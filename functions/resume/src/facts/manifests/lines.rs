//! Manifests that are read line by line.

use super::{Declared, entry};

/// `requirements.txt`.
pub(super) fn requirements(text: &str) -> Vec<Declared> {
    text.lines().filter(|line| !line.trim_start().starts_with(['#', '-'])).filter_map(requirement).collect()
}

/// One requirement of PEP 508: `django[argon2]>=5.0; python_version > "3.10"`.
pub(super) fn requirement(line: &str) -> Option<Declared> {
    let line = line.split(['#', ';']).next()?.trim();
    let end = line
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
        .unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let version = rest.trim_start_matches(|c| c != '=' && c != '>' && c != '~' && c != '<');
    (!name.is_empty()).then(|| entry("pypi", &name.replace('_', "-"), version))
}

/// `go.mod`: `require name v1.2.3`, alone or within parentheses. What only others need is marked `// indirect`.
pub(super) fn go(text: &str) -> Vec<Declared> {
    let direct = text.lines().filter(|line| !line.contains("// indirect"));
    let entries = direct.filter_map(|line| {
        let line = line.trim();
        let mut words = line.strip_prefix("require ").unwrap_or(line).split_whitespace();
        let (name, version) = (words.next()?, words.next()?);
        (name.contains('.') && version.starts_with('v')).then(|| entry("go", name, version))
    });
    entries.collect()
}

/// `Gemfile`: `gem 'rails', '~> 7.1'`.
pub(super) fn gems(text: &str) -> Vec<Declared> {
    let entries = text.lines().filter_map(|line| {
        let mut arguments = line.trim().strip_prefix("gem ")?.split(',');
        let name = arguments.next()?.trim().trim_matches(['\'', '"']);
        Some(entry("gem", name, arguments.next().unwrap_or_default()))
    });
    entries.collect()
}

/// `pubspec.yaml`: the names below `dependencies:`, indented by two spaces.
pub(super) fn pub_packages(text: &str) -> Vec<Declared> {
    let mut found = Vec::new();
    let mut within = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if !line.starts_with(' ') {
            within = matches!(line.trim_end(), "dependencies:" | "dev_dependencies:");
            continue;
        }
        let named = line.strip_prefix("  ").filter(|line| within && !line.starts_with(' '));
        if let Some((name, version)) = named.and_then(|line| line.split_once(':')) {
            found.push(entry("pub", name, version));
        }
    }
    found
}
