//! Records that try to talk to the terminal or to mislead the eye, and what of them may never be shown. Printed forms are
//! tried here; every screen in `browser::hostile`, a real terminal in `pty::hostile`.

use std::fs;

use assert_cmd::Command;

/// Control sequences of every kind a terminal obeys, and characters that mislead the eye.
pub const HOSTILE: &[(&str, &str)] = &[
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
    ("a digit parted by nothing", "1\u{2060}0\u{ad}0\u{2063}0"),
    ("blanks that are letters", "x\u{115f}\u{3164}\u{ffa0}y"),
    ("a tag character", "\u{e0041}"),
    ("a note between the lines", "\u{fff9}up\u{fffa}down\u{fffb}"),
];

/// Characters that may not reach the terminal, wherever they come from. (ESC itself is the browser's own tool.)
pub fn is_forbidden(ch: char) -> bool {
    (ch.is_control() && !matches!(ch, '\n' | '\u{1b}'))
        || HOSTILE.iter().any(|(_, text)| text.contains(ch) && !ch.is_ascii())
}

/// All of it in one text.
pub fn all() -> String {
    HOSTILE.iter().map(|(_, text)| *text).collect()
}

/// A record that has `text` in everything it says, beside enough that is read: doses, a time frame, limits.
pub fn record(id: &str, text: &str) -> String {
    let long = format!("before {text} after");
    let dose =
        format!("Zolbetix {text} 5 mg orally twice daily on days 1-14 of each 21-day cycle {text}. {long}");
    let limits = format!("Inclusion Criteria:\n\n* {long}\n* ECOG 0-1 {text}\n* ANC >= 1.5 x 10^9/L {text}");
    serde_json::json!({ "protocolSection": {
        "identificationModule": { "nctId": id, "briefTitle": long, "organization": { "fullName": long } },
        "statusModule": { "overallStatus": long, "whyStopped": long },
        "descriptionModule": { "briefSummary": long, "detailedDescription": long },
        "conditionsModule": { "conditions": [long], "keywords": [long] },
        "designModule": { "phases": [long], "studyType": long },
        "armsInterventionsModule": {
            "armGroups": [{ "label": long, "type": long, "description": dose, "interventionNames": [format!("Drug: {long}")] }],
            "interventions": [{ "type": "DRUG", "name": long, "description": dose, "armGroupLabels": [long] }],
        },
        "outcomesModule": { "primaryOutcomes": [
            { "measure": format!("Overall survival {text} after"), "timeFrame": format!("up to 2 years {text}"), "description": long },
            { "measure": long, "description": long },
        ] },
        "eligibilityModule": { "eligibilityCriteria": limits, "minimumAge": long, "sex": long },
        "contactsLocationsModule": {
            "centralContacts": [{ "name": long, "phone": long, "email": long }],
            "locations": [{ "facility": long, "status": long, "city": long, "country": long }],
        },
    } })
    .to_string()
}

/// Every printed form of two such records.
#[test]
fn no_printed_form_steers_a_terminal_or_misleads_the_eye() {
    let folder = tempfile::tempdir().expect("a folder");
    let homes = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("one.json"), record("NCT90000002", &all())).expect("written");
    fs::write(folder.path().join("two.json"), record("NCT90000003", &all())).expect("written");
    // Not JSON at all, under a name that steers: its fault is told with it.
    fs::write(folder.path().join("broken \u{9b}31m\u{202e}.json"), all()).expect("written");
    fs::write(
        homes.path().join("patient.json"),
        r#"{"code":"B7","age":61,"values":[{"variable":"ecog","value":1}]}"#,
    )
    .expect("written");
    let from = folder.path().display().to_string();
    let patient = homes.path().join("patient.json").display().to_string();
    let one = "NCT90000002";
    let forms: &[(&[&str], &[&str])] = &[
        (&["list"], &["table", "csv", "json", "ids"]),
        (&["show", one], &["text", "md", "json"]),
        (&["show", one, "--section", "record"], &["text"]),
        (&["card", one], &["md", "html"]),
        (&["search", "after"], &["table", "json"]),
        (&["search", "ecog<=1"], &["table", "json"]),
        (&["compare", one, "NCT90000003"], &["text", "md", "csv", "json"]),
        (&["calendar", one, "--start", "2026-12-01"], &["text", "csv", "ics", "md"]),
        (&["match", "--patient", &patient], &["text", "json"]),
        (&["check", &from], &["text", "json", "sarif"]),
    ];
    for (args, formats) in forms {
        for format in *formats {
            let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
            command
                .args(*args)
                .args(["--format", format])
                .env("HOME", homes.path())
                .env("XDG_DATA_HOME", homes.path());
            if args.first() != Some(&"check") {
                command.args(["--from", &from]);
            }
            let output = command.output().expect("it runs");
            assert!(
                output.stderr.windows(6).any(|part| part == b"broken"),
                "{args:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let told = String::from_utf8(output.stderr).expect("UTF-8");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            assert!(output.status.success(), "{args:?} {format}: {told}");
            assert!(!text.is_empty(), "{args:?} {format}");
            for (ch, what) in text.chars().map(|ch| (ch, "")).chain(told.chars().map(|ch| (ch, " on stderr")))
            {
                // A calendar's lines end CR LF; tabs part what a search prints.
                let is_own = match ch {
                    '\r' => matches!(*format, "ics" | "csv"),
                    '\t' => args.first() == Some(&"search"),
                    _ => false,
                };
                let never = (is_forbidden(ch) || ch == '\u{1b}') && !is_own;
                assert!(!never, "{ch:?}{what} in {args:?} --format {format}");
            }
        }
    }
}
