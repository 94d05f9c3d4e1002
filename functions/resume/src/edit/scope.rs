//! Which repositories' facts may stand behind a text of a document.
//!
//! What stands under a project is read as said of that project, so that only the facts of its own repository
//! may come into it, as when it was written. A project that is none of the repositories, because its owner
//! wrote it, has no facts: an edit of it says what they said. All other texts are about the person, of whom every
//! repository tells.

use maru_document::Document;

use crate::facts::Digest;

/// Those of `digests` that may stand behind the text at `pointer` of `document`.
#[must_use]
pub fn facts_behind<'a>(pointer: &str, document: &Document, digests: &'a [Digest]) -> Vec<&'a Digest> {
    let Some(path) = pointer.strip_prefix("/projects/") else { return digests.iter().collect() };
    let project =
        path.split('/').next().and_then(|index| document.projects.get(index.parse::<usize>().ok()?));
    let address = project.and_then(|project| project.url.as_deref());
    digests.iter().filter(|digest| address.is_some_and(|address| leads_to(address, &digest.url))).collect()
}

/// Whether two addresses lead to the same repository: GitHub tells no capitals from small letters.
fn leads_to(address: &str, repository: &str) -> bool {
    let bare = |address: &str| address.trim_end_matches('/').to_ascii_lowercase();
    bare(address) == bare(repository)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::facts::{Collected, RepositoryFacts};

    fn digest(name: &str) -> Digest {
        let repository = RepositoryFacts {
            full_name: format!("octo/{name}"),
            name: name.to_owned(),
            url: format!("https://github.com/octo/{name}"),
            default_branch: "main".to_owned(),
        };
        Digest::of(&Collected { repository, ..Collected::default() })
    }

    fn document() -> Document {
        let document = json!({
            "basics": { "name": "김" }, "position": "BACKEND", "language": "ko", "template": "basic",
            "projects": [
                { "name": "shop", "url": "https://github.com/octo/shop" },
                { "name": "Queue", "url": "https://github.com/Octo/Queue/" },
                { "name": "by hand" },
                { "name": "elsewhere", "url": "https://github.com/octo/shop-admin" },
            ],
        });
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn behind_a_project_stands_its_own_repository_and_behind_the_person_all() {
        let digests = [digest("shop"), digest("queue")];
        let document = document();
        for (pointer, expected) in [
            ("/projects/0/roles/1/text", vec!["shop"]),
            ("/projects/1/star/action/text", vec!["queue"]),
            ("/projects/2/roles/0/text", vec![]),
            ("/projects/3/roles/0/text", vec![]),
            ("/projects/4/roles/0/text", vec![]),
            ("/summary/0/text", vec!["shop", "queue"]),
            ("/basics/label", vec!["shop", "queue"]),
            ("/work/0/summary", vec!["shop", "queue"]),
        ] {
            let behind = facts_behind(pointer, &document, &digests);
            let names: Vec<&str> = behind.iter().map(|digest| digest.name.as_str()).collect();
            assert_eq!(names, expected, "{pointer}");
        }
    }
}
