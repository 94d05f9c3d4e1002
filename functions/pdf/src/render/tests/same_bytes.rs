//! The same resume and template give the same bytes.

use std::process::Command;

use sha2::{Digest, Sha256};

use super::*;

/// A test of this very binary, run in another process.
const CHILD: &str = "render::tests::same_bytes::prints_what_it_renders";

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hashes() -> Vec<String> {
    let long = hash(&rendered(&long(), Template::Star).bytes);
    let short = TEMPLATES.map(|template| hash(&rendered(&korean(), template).bytes));
    [long].into_iter().chain(short).collect()
}

#[test]
fn again_after_others_and_beside_others() {
    let first = hashes();
    assert_eq!(hashes(), first);
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(hashes)).collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), first);
    }
}

#[test]
fn in_another_process() {
    let this = std::env::current_exe().unwrap();
    let output = Command::new(this).args([CHILD, "--exact", "--ignored", "--nocapture"]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let theirs: Vec<&str> = printed.lines().filter_map(|line| line.strip_prefix("hash ")).collect();
    assert_eq!(theirs, hashes());
}

#[test]
#[ignore = "run by the test `in_another_process`"]
#[expect(clippy::print_stdout, reason = "the other process reads it")]
fn prints_what_it_renders() {
    println!();
    for hash in hashes() {
        println!("hash {hash}");
    }
}

#[test]
fn another_resume_template_or_letter_gives_other_bytes() {
    let mut other = korean();
    other.summary[0].text.push('.');
    let [basic, star, changed] =
        [(korean(), Template::Basic), (korean(), Template::Star), (other, Template::Basic)]
            .map(|(document, template)| hash(&rendered(&document, template).bytes));
    assert!(basic != star && basic != changed);
}
