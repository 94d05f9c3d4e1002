//! The wiring test: FUNCTIONS, the templates, `events/`, the test files and the README tables name the same
//! functions, and the templates give each of them what it needs and no more.
//!
//! A check that fails says what to do. Each module is one subject; `project` reads the files.

#[cfg(test)]
mod configuration;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod names;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod project;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod triggers;
