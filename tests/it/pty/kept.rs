//! What stands on disk after somebody has kept a note, a bookmark, a sheet, a verdict, a search and an export: files in
//! the program's own folders, for their owner alone, and one in the current folder that was asked for.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::session::Start;

const RECORD: &str = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT90000001","briefTitle":"A study of snow"},
"eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria:\n\n* ANC >= 1.5 x 10^9/L\n* ECOG 0-1"}}}"#;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn what_is_kept_is_in_its_own_folders_for_its_owner_alone() {
    let root = tempfile::tempdir().expect("a folder");
    let [home, here] = ["home", "here"].map(|name| {
        let folder = root.path().join(name);
        fs::create_dir(&folder).expect("a folder");
        folder
    });
    let record = root.path().join("snow.json");
    fs::write(&record, RECORD).expect("written");
    let of_home = |name: &str| home.join(name).display().to_string();
    let mut session = Start::sh("umask 022; cd \"$HERE\"; exec \"$TRIALDECK\" \"$RECORD\"")
        .env("HERE", &here.display().to_string())
        .env("RECORD", &record.display().to_string())
        .env("HOME", &home.display().to_string())
        .env("XDG_CONFIG_HOME", &of_home("config"))
        .env("XDG_DATA_HOME", &of_home("data"))
        .env("XDG_STATE_HOME", &of_home("state"))
        .env("XDG_CACHE_HOME", &of_home("cache"))
        .go();
    session.wait_for_browser();
    session.wait_for_text("A study of snow");
    session.keys("b");
    session.keys("wcold feet\r");
    session.wait_for_text("cold feet");
    session.keys("/snow\r");
    session.keys("p");
    session.wait_for_text("code word");
    session.keys("heron\r");
    session.wait_for_text("2 of 2 open");
    session.keys("m");
    session.wait_for_text("1 of 2 open");
    session.keys("\x03");
    session.ends_and_gives_the_terminal_back();

    let kept = files(&home);
    let has = |part: &str| kept.iter().any(|path| path.to_string_lossy().contains(part));
    assert!(has("notebook.json") && has("data/trialdeck/sheets/"), "{kept:?}");
    for path in &kept {
        let mode = fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
        assert!(path.components().any(|part| part.as_os_str() == "trialdeck"), "{}", path.display());
        assert!(!path.to_string_lossy().ends_with(".part"), "half written: {}", path.display());
    }
    assert!(files(&here).is_empty(), "nothing was exported");
    assert_eq!(fs::read_to_string(&record).expect("the record"), RECORD);
}
