//! A library that another program writes to while it is open in a real terminal.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::session::Start;

fn study(number: usize, version: &str, title: &str) -> String {
    format!(
        "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"NCT{number:08}\",\"briefTitle\":\"{title}\"}},\
         \"statusModule\":{{\"lastUpdatePostDateStruct\":{{\"date\":\"{version}\"}}}}}}}}\n"
    )
}

fn trialdeck(root: &Path, args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    let output = command.args(args).arg("--library").arg(root).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_is_added_in_another_terminal_comes_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("library");
    let file = folder.path().join("studies.json");
    let add = |studies: &[String]| {
        fs::write(&file, studies.concat()).expect("written");
        trialdeck(&root, &["add", &file.display().to_string()]);
    };
    add(&[
        study(1, "2024-01-01", "Amber"),
        study(2, "2024-01-01", "Birch"),
        study(3, "2024-01-01", "Clover"),
    ]);
    let mut session =
        Start::sh("exec \"$TRIALDECK\" --library \"$ROOT\"").env("ROOT", &root.display().to_string()).go();
    session.wait_for_browser();
    session.wait_for_text("3 trials");
    session.keys("j");
    session.wait_for_text("2/3");

    add(&[study(3, "2025-01-01", "Cowslip"), study(4, "2025-01-01", "Dandelion")]);
    session.wait_for_text("the library changed: NCT00000003");
    session.wait_for_text("1 new");
    session.wait_for_text("Cowslip");
    // The next key clears what was told, and the person is where they were.
    session.keys("gj");
    session.wait_for_text("2/4");

    trialdeck(&root, &["library", "remove", "NCT00000001"]);
    session.wait_for_text("the library changed: 1 gone");
    session.keys("j");
    session.wait_for_text("2/3");

    trialdeck(&root, &["library", "compact"]);
    add(&[study(5, "2025-01-01", "Elder")]);
    session.wait_for_text("the library changed: 1 new");
    session.keys("j");
    session.wait_for_text("3/4");
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
}
