//! The judge that people use: `pdftotext` of poppler-utils. `.ci/run` installs it and asks for this test, which
//! fails where it is missing; `statements.rs` checks the same without it.

use std::io::Write;
use std::process::{Command, Stdio};

use super::statements::expect_all_in_order;
use super::*;

#[test]
#[ignore = "needs pdftotext; .ci/run asks for it"]
fn pdftotext_gives_every_statement() {
    let hyphens = "a well-known end-to-end re-use ".repeat(20);
    for document in [korean(), english(), long(), saying(&[hyphens.trim()])] {
        for template in TEMPLATES {
            let text = pdftotext(rendered(&document, template).bytes);
            expect_all_in_order(&document, &text, with_single_spaces, "pdftotext");
        }
    }
}

fn pdftotext(pdf: Vec<u8>) -> String {
    let mut command = Command::new("pdftotext");
    command.args(["-q", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = command.spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    let writing = std::thread::spawn(move || input.write_all(&pdf));
    let output = running.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
