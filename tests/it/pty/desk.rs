//! A pre-screening sheet in a real terminal: what stands on disk, for whom, and after the end.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::session::Start;

const RECORD: &str = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT90000001","briefTitle":"A study of snow"},
"eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria:\n\n* ANC >= 1.5 x 10^9/L\n* ECOG 0-1"}}}"#;

fn sheets(data: &Path) -> Vec<PathBuf> {
    let folder = fs::read_dir(data.join("trialdeck/sheets"));
    folder.map(|folder| folder.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}

#[test]
fn a_sheet_is_kept_for_its_owner_alone_and_is_there_the_next_time() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("snow.json");
    fs::write(&file, RECORD).expect("written");
    let file = file.display().to_string();
    let data = home.path().join("data").display().to_string();
    let mut session = Start::trialdeck([&file]).env("XDG_DATA_HOME", &data).go();
    session.wait_for_browser();
    session.wait_for_text("A study of snow");
    session.keys("p");
    session.wait_for_text("code word (no name, no birth date)");
    session.keys("heron\r");
    session.wait_for_text("2 of 2 open");
    session.keys("v1200/uL\r");
    session.wait_for_text("does not keep to it");
    session.wait_for_text("1 of 2 open · first failing: inclusion 1");
    // The last answer is on disk although the program is ended at once.
    session.keys("jmq");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
    let kept = sheets(Path::new(&data));
    let [sheet] = kept.as_slice() else { panic!("one sheet and nothing half written: {kept:?}") };
    assert_eq!(fs::metadata(sheet).expect("metadata").permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(sheet).expect("the sheet");
    assert!(text.contains("\"answer\": \"met\"") && text.contains("1200"), "{text}");

    let mut session = Start::trialdeck([&file]).env("XDG_DATA_HOME", &data).go();
    session.wait_for_browser();
    session.wait_for_text("A study of snow");
    session.keys("p");
    session.wait_for_text("0 of 2 open · fails inclusion 1");
    session.keys("Dd");
    session.wait_for_text("This trial · 0");
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
    assert!(sheets(Path::new(&data)).is_empty());
}
