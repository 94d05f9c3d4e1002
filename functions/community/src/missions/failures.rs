//! How a job that looks at a photo ends without a verdict.

use maru_jobs::Failure;

const USED: &str = "This photo was used for a mission before. Take a new one.";
const GONE: &str = "The mission was erased meanwhile.";

/// That the photo was used before.
pub fn used() -> Failure {
    failure("photo_used", USED)
}

/// That the assignment, or its member, is no more.
pub fn gone() -> Failure {
    failure("assignment_gone", GONE)
}

/// A failure of this code.
pub fn failure(code: &str, detail: &str) -> Failure {
    Failure { code: code.to_owned(), detail: detail.to_owned() }
}
