//! When two questions are the same question, without a model and without embeddings.
//!
//! A question is reduced to what it is about: the technologies it names, what it wants to know of them (the
//! reason, the difficulty, the result …), and its other words without endings, particles and the phrases that
//! every question has. Hashes of these are its [`Fingerprint`] of 128 bytes, whatever the question's length. Two
//! fingerprints are compared in one pass over 32 numbers each, so that 300 former questions cost microseconds.
//!
//! How often this errs on pairs that people would judge at once is stated, and held, by `tests/pairs.rs`.

mod english;
mod features;
mod fingerprint;
mod korean;
mod lexicon;
mod words;

pub use fingerprint::{Fingerprint, LIKE, NotAFingerprint};
