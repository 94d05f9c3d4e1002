//! The function of the domain, through a local stack.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod render_resume_pdf;
