//! Records that try to talk to the terminal: what is in them is shown as marks and never obeyed.

use std::fs;

use super::session::Start;

/// Control sequences of every kind a terminal obeys, and characters that mislead the eye.
const HOSTILE: &[(&str, &str)] = &[
    ("a colour", "\u{1b}[31m"),
    ("the window's title", "\u{1b}]0;owned\u{7}"),
    ("the clipboard", "\u{1b}]52;c;b3duZWQ=\u{7}"),
    ("a report on request", "\u{1b}[6n"),
    ("a device string", "\u{1b}P$qm\u{1b}\\"),
    ("a whole reset", "\u{1b}c"),
    ("a C1 control sequence", "\u{9b}31m"),
    ("a C1 command string", "\u{9d}0;owned\u{9c}"),
    ("a bell", "\u{7}"),
    ("backspaces over what was written", "\u{8}\u{8}\u{8}"),
    ("a carriage return over the line", "\rover"),
    ("a deletion", "\u{7f}"),
    ("text turned round", "\u{202e}gnorw\u{202c}"),
    ("an isolated turn", "\u{2067}x\u{2069}"),
    ("a letter of no width", "a\u{200b}b\u{feff}c"),
    ("a tag character", "\u{e0041}"),
];

/// Characters that may not reach the terminal, wherever they come from. (ESC itself is the program's own tool.)
const NEVER: &[char] = &[
    '\u{7}',
    '\u{8}',
    '\u{7f}',
    '\u{9b}',
    '\u{9c}',
    '\u{9d}',
    '\u{200b}',
    '\u{202a}',
    '\u{202c}',
    '\u{202e}',
    '\u{2066}',
    '\u{2067}',
    '\u{2069}',
    '\u{feff}',
    '\u{e0041}',
];

fn record(text: &str) -> String {
    let long = format!("before {text} after");
    serde_json::json!({ "protocolSection": {
        "identificationModule": { "nctId": "NCT90000002", "briefTitle": long, "organization": { "fullName": long } },
        "statusModule": { "overallStatus": long, "whyStopped": long },
        "descriptionModule": { "briefSummary": long, "detailedDescription": long },
        "conditionsModule": { "conditions": [long], "keywords": [long] },
        "armsInterventionsModule": {
            "armGroups": [{ "label": long, "type": long, "description": long, "interventionNames": [format!("Drug: {long}")] }],
            "interventions": [{ "type": "DRUG", "name": long, "description": long }],
        },
        "outcomesModule": { "primaryOutcomes": [{ "measure": long, "timeFrame": long, "description": long }] },
        "eligibilityModule": { "eligibilityCriteria": format!("Inclusion Criteria:\n\n* {long}"), "minimumAge": long },
        "contactsLocationsModule": { "locations": [{ "facility": long, "city": long, "country": long }] },
    } })
    .to_string()
}

#[test]
fn no_control_in_a_record_reaches_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let all: String = HOSTILE.iter().map(|(_, text)| *text).collect();
    // The file's own name is shown too.
    let file = folder.path().join("record \u{1b}]0;owned\u{7}.json");
    fs::write(&file, record(&all)).expect("written");

    let mut session = Start::sh("exec \"$TRIALDECK\" \"$FOLDER\"")
        .env("FOLDER", &folder.path().display().to_string())
        .size(120, 40)
        .go();
    session.wait_for_text("before");
    // Every pane to its end, then what lies over the panes. No Esc: typed ahead it would join the next key.
    for keys in ["1G", "2G", "3G", "4G", "5G", "6G", "7G", "z", "/after\r", "nN", "y", "\r", "!"] {
        session.keys(keys);
    }
    session.keys("\x03");
    session.ends_and_gives_the_terminal_back();

    let bytes = session.bytes();
    let written = String::from_utf8(bytes).expect("the program writes UTF-8");
    // What `y` copied is the program's own, and the only bell there is.
    let without_copies: String = written
        .split("\u{1b}]52;c;")
        .map(|part| part.split_once('\u{7}').map_or(part, |(_, after)| after))
        .collect();
    for never in NEVER {
        assert!(!without_copies.contains(*never), "{never:?} reached the terminal");
    }
    for (what, text) in HOSTILE.iter().filter(|(_, text)| text.starts_with('\u{1b}')) {
        assert!(!written.contains(text), "{what} reached the terminal");
    }
    assert!(!written.contains('\t'), "a tab reached the terminal");
}
