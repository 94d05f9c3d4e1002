//! The files of `local/pages`, embedded.

/// A file of `local/pages`.
#[derive(Debug)]
pub(super) struct File {
    /// Its path in that folder.
    pub(super) path: &'static str,
    /// What is in it.
    pub(super) body: &'static [u8],
}

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(File { path: $path, body: include_bytes!(concat!("../../pages/", $path)) }),*]
    };
}

/// Every file that is served; a test compares the list with the folder.
pub(super) const FILES: &[File] = files![
    "index.html",
    "resume.html",
    "hub.html",
    "inbox.html",
    "interview.html",
    "plan.html",
    "profile.html",
    "town.html",
    "consulting.html",
    "docs.html",
    "maru.svg",
    "styles/base.css",
    "styles/parts.css",
    "styles/account.css",
    "styles/document.css",
    "styles/home.css",
    "styles/resume.css",
    "styles/hub.css",
    "styles/inbox.css",
    "styles/interview.css",
    "styles/plan.css",
    "styles/profile.css",
    "styles/town.css",
    "styles/consulting.css",
    "styles/docs.css",
    "scripts/account.js",
    "scripts/account/bell.js",
    "scripts/account/member.js",
    "scripts/account/nickname.js",
    "scripts/account/sign-in.js",
    "scripts/consulting.js",
    "scripts/consulting/charts.js",
    "scripts/consulting/dashboard.js",
    "scripts/consulting/report.js",
    "scripts/consulting/reports.js",
    "scripts/consulting/run.js",
    "scripts/consulting/runs.js",
    "scripts/consulting/selection.js",
    "scripts/docs.js",
    "scripts/docs/operation.js",
    "scripts/document/evidence.js",
    "scripts/document/project.js",
    "scripts/document/statement.js",
    "scripts/document/view.js",
    "scripts/dom.js",
    "scripts/fields.js",
    "scripts/form.js",
    "scripts/home.js",
    "scripts/home/clock.js",
    "scripts/home/functions.js",
    "scripts/home/model.js",
    "scripts/home/users.js",
    "scripts/hub.js",
    "scripts/hub/cards.js",
    "scripts/hub/comment.js",
    "scripts/hub/comments.js",
    "scripts/hub/detail.js",
    "scripts/hub/filters.js",
    "scripts/inbox.js",
    "scripts/inbox/list.js",
    "scripts/interview.js",
    "scripts/interview/column.js",
    "scripts/interview/counted.js",
    "scripts/interview/drafts.js",
    "scripts/interview/examples.js",
    "scripts/interview/feedback.js",
    "scripts/interview/grading.js",
    "scripts/interview/history.js",
    "scripts/interview/live-panel.js",
    "scripts/interview/live.js",
    "scripts/interview/opened.js",
    "scripts/interview/practice.js",
    "scripts/interview/question.js",
    "scripts/interview/sections.js",
    "scripts/interview/shown.js",
    "scripts/interview/started.js",
    "scripts/interview/wish.js",
    "scripts/job-panel.js",
    "scripts/job.js",
    "scripts/language.js",
    "scripts/maru.js",
    "scripts/notices.js",
    "scripts/plan.js",
    "scripts/plan/billing.js",
    "scripts/plan/current.js",
    "scripts/plan/nights.js",
    "scripts/plan/payment.js",
    "scripts/plan/payments.js",
    "scripts/problems.js",
    "scripts/profile.js",
    "scripts/profile/form.js",
    "scripts/profile/lists.js",
    "scripts/profile/rows.js",
    "scripts/repeat.js",
    "scripts/resume.js",
    "scripts/resume/by-hand.js",
    "scripts/resume/credits.js",
    "scripts/resume/edit.js",
    "scripts/resume/files.js",
    "scripts/resume/list.js",
    "scripts/resume/make.js",
    "scripts/resume/opened.js",
    "scripts/resume/parts.js",
    "scripts/resume/pointer.js",
    "scripts/resume/proposal.js",
    "scripts/resume/repositories.js",
    "scripts/resume/selection.js",
    "scripts/resume/settings.js",
    "scripts/resume/versions.js",
    "scripts/sandbox.js",
    "scripts/session.js",
    "scripts/session/arrival.js",
    "scripts/session/connect.js",
    "scripts/shell.js",
    "scripts/theme.js",
    "scripts/town.js",
    "scripts/town/alerts.js",
    "scripts/town/assignment.js",
    "scripts/town/chat.js",
    "scripts/town/coupon-form.js",
    "scripts/town/coupons.js",
    "scripts/town/message.js",
    "scripts/town/missions.js",
    "scripts/town/my-coupons.js",
    "scripts/town/outbox.js",
    "scripts/town/photo.js",
    "scripts/town/place.js",
    "scripts/town/post.js",
    "scripts/town/posts.js",
    "scripts/town/ranking.js",
    "scripts/town/room-view.js",
    "scripts/town/rooms.js",
    "scripts/town/socket.js",
    "scripts/town/survey.js",
    "scripts/town/warnings.js",
    "scripts/town/weather.js",
    "scripts/wait.js",
    "scripts/words.js",
];

impl File {
    /// Where it is served: a page under its name (`index` at the root), the rest under `/assets/`.
    pub(super) fn route(&self) -> String {
        match self.path.strip_suffix(".html") {
            Some("index") => "/".to_owned(),
            Some(page) => format!("/{page}"),
            None => format!("/assets/{}", self.path),
        }
    }

    /// Its media type, by the end of its name.
    pub(super) fn content_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("pages")
    }

    fn walk(directory: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.insert(path.strip_prefix(folder()).unwrap().to_str().unwrap().to_owned());
            }
        }
    }

    /// What stands between quotes in a file and begins like `start`.
    fn quoted<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
        text.split('"')
            .filter(|part| part.starts_with(start) && !part.contains(char::is_whitespace))
            .collect()
    }

    #[test]
    fn every_file_of_the_folder_is_served_but_for_the_descriptions() {
        let mut there = BTreeSet::new();
        walk(&folder(), &mut there);
        there.retain(|path| !path.starts_with("api/"));
        let listed: BTreeSet<String> = FILES.iter().map(|file| file.path.to_owned()).collect();
        assert_eq!(there, listed, "FILES in assets.rs and the folder local/pages must name the same files");
    }

    #[test]
    fn everything_that_a_file_asks_for_is_served() {
        let routes: BTreeSet<String> = FILES.iter().map(File::route).collect();
        for file in FILES {
            let text = std::str::from_utf8(file.body).unwrap();
            for asked in quoted(text, "/assets/") {
                assert!(routes.contains(asked), "{} asks for {asked}", file.path);
            }
            for import in quoted(text, "./").into_iter().chain(quoted(text, "../")) {
                let base = Path::new("/assets").join(file.path);
                let mut asked = base.parent().unwrap().to_path_buf();
                for part in import.split('/') {
                    match part {
                        "." => {}
                        ".." => drop(asked.pop()),
                        name => asked.push(name),
                    }
                }
                assert!(routes.contains(asked.to_str().unwrap()), "{} imports {import}", file.path);
            }
        }
    }

    #[test]
    fn no_page_has_inline_scripts_or_styles_or_asks_another_host() {
        for file in FILES.iter().filter(|file| file.path.ends_with(".html")) {
            let text = std::str::from_utf8(file.body).unwrap();
            for forbidden in ["<style", " style=", " onclick=", "<script>", "http://", "https://", "//"] {
                assert!(!text.contains(forbidden), "{} has {forbidden}", file.path);
            }
        }
    }

    #[test]
    fn no_script_reads_text_as_markup() {
        for file in FILES.iter().filter(|file| file.path.ends_with(".js")) {
            let text = std::str::from_utf8(file.body).unwrap();
            for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
                assert!(!text.contains(forbidden), "{} has {forbidden}", file.path);
            }
        }
    }
}
