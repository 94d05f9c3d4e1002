//! Files: the README, any other, and the tree of all.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Asked;
use super::answer::Found;
use super::refusal::Refusal;
use crate::github::model::Repository;

/// The largest file whose content stands in the JSON, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Most files of a tree.
const MOST_ENTRIES: usize = 100_000;

/// Letters of a line of base64.
const LINE: usize = 60;

/// `GET /repos/{owner}/{name}/readme`: of `.github`, the root and `docs`, the first that has one.
pub(super) fn readme(asked: &Asked, repository: &Repository) -> Result<Found, Refusal> {
    check_reference(asked, repository)?;
    let sizes = repository.content.files.sizes();
    let named = |folder: &str| {
        let mut paths: Vec<&str> =
            sizes.iter().map(|(path, _)| *path).filter(|path| is_readme(path, folder)).collect();
        // Of several GitHub prefers the one in Markdown.
        paths.sort_by_key(|path| (!path.to_ascii_lowercase().ends_with(".md"), *path));
        paths.first().copied()
    };
    let path = [".github/", "", "docs/"].into_iter().find_map(named).ok_or_else(Refusal::not_found)?;
    file(asked, repository, path)
}

fn is_readme(path: &str, folder: &str) -> bool {
    let name = path.strip_prefix(folder).unwrap_or("/").to_ascii_lowercase();
    name == "readme" || (name.starts_with("readme.") && !name.contains('/'))
}

/// `GET /repos/{owner}/{name}/contents/{path}`: a file, or the list of a folder.
pub(super) fn contents(asked: &Asked, repository: &Repository, path: &str) -> Result<Found, Refusal> {
    check_reference(asked, repository)?;
    if repository.is_empty() {
        return Err(Refusal::plain(StatusCode::NOT_FOUND, "This repository is empty."));
    }
    let sizes = repository.content.files.sizes();
    if repository.content.files.size(path).is_some() {
        return file(asked, repository, path);
    }
    let folder = if path.is_empty() { String::new() } else { format!("{}/", path.trim_end_matches('/')) };
    let mut entries = BTreeMap::new();
    for (file, size) in &sizes {
        let Some(rest) = file.strip_prefix(folder.as_str()) else { continue };
        match rest.split_once('/') {
            Some((folder, _)) => entries.insert(folder, ("dir", 0)),
            None => entries.insert(rest, ("file", *size)),
        };
    }
    if entries.is_empty() {
        return Err(Refusal::not_found());
    }
    let entry = |(name, (kind, size)): (&&str, &(&str, u64))| json!({ "type": kind, "name": name, "path": format!("{folder}{name}"), "size": size });
    Ok(Found::json(entries.iter().map(entry).collect()))
}

/// `GET /repos/{owner}/{name}/git/trees/{reference}`; only the whole tree, as `recursive` asks for it.
pub(super) fn tree(asked: &Asked, repository: &Repository, reference: &str) -> Result<Found, Refusal> {
    if repository.is_empty() {
        return Err(Refusal::empty_repository());
    }
    if !is_newest(repository, reference) {
        return Err(Refusal::not_found());
    }
    let files = &repository.content.files;
    let sizes = files.sizes();
    let deep = asked.query.get("recursive").is_some();
    let shown = sizes.iter().filter(|(path, _)| deep || !path.contains('/')).take(MOST_ENTRIES);
    let entries: Vec<Value> = shown
        .map(|(path, size)| {
            json!({ "path": path, "mode": "100644", "type": "blob", "sha": files.object(path), "size": size })
        })
        .collect();
    let truncated = sizes.len() > MOST_ENTRIES;
    let sha = repository.content.commits.first().map(|commit| &commit.sha);
    Ok(Found::json(json!({ "sha": sha, "tree": entries, "truncated": truncated })))
}

/// Only the newest commit's files are known.
fn check_reference(asked: &Asked, repository: &Repository) -> Result<(), Refusal> {
    let known = asked.query.get("ref").is_none_or(|reference| is_newest(repository, reference));
    if known { Ok(()) } else { Err(Refusal::plain(StatusCode::NOT_FOUND, "No commit found for the ref")) }
}

fn is_newest(repository: &Repository, reference: &str) -> bool {
    let newest = repository.content.commits.first();
    reference == "HEAD"
        || reference == repository.default_branch
        || newest.is_some_and(|newest| newest.sha == reference)
}

fn file(asked: &Asked, repository: &Repository, path: &str) -> Result<Found, Refusal> {
    let files = &repository.content.files;
    let size = files.size(path).ok_or_else(Refusal::not_found)?;
    let read = || files.read(path).ok_or_else(Refusal::not_found);
    if asked.raw {
        return Ok(Found::raw(read()?));
    }
    let (encoding, content) =
        if size > LARGEST { ("none", String::new()) } else { ("base64", in_lines(&read()?)) };
    let full_name = repository.full_name();
    let (web, branch) = (&asked.place.web, &repository.default_branch);
    Ok(Found::json(json!({
        "type": "file",
        "encoding": encoding,
        "size": size,
        "name": path.rsplit('/').next(),
        "path": path,
        "sha": files.object(path),
        "content": content,
        "html_url": format!("{web}/{full_name}/blob/{branch}/{path}"),
        "download_url": format!("{web}/{full_name}/raw/{branch}/{path}"),
    })))
}

/// Base64 in lines, each with its end.
fn in_lines(bytes: &[u8]) -> String {
    let letters = STANDARD.encode(bytes);
    let mut text = String::with_capacity(letters.len() + letters.len() / LINE + 1);
    let mut rest = letters.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_broken_after_sixty_letters() {
        assert_eq!(in_lines(b"# svc\n"), "IyBzdmMK\n");
        let long = in_lines(&[0; 91]);
        let lengths: Vec<usize> = long.lines().map(str::len).collect();
        assert_eq!(lengths, [60, 60, 4]);
    }

    #[test]
    fn a_readme_is_told_by_its_name_in_its_folder() {
        for yes in ["README.md", "readme", "Readme.ko.md"] {
            assert!(is_readme(yes, ""), "{yes}");
        }
        assert!(is_readme("docs/README.rst", "docs/"));
        for no in ["README_ko", "a/README.md", "docs/README.md", "readme.d/x"] {
            assert!(!is_readme(no, ""), "{no}");
        }
    }
}
