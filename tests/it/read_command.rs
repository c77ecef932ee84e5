//! `trialdeck read`: the contract of its lines.

use assert_cmd::Command;

fn trialdeck() -> Command {
    Command::new(env!("CARGO_BIN_EXE_trialdeck"))
}

#[test]
fn a_line_that_is_no_json_is_answered_in_its_place_and_fails_the_run() {
    let output = trialdeck()
        .args(["read", "time-frame", "--jsonl"])
        .write_stdin("{\"id\":1,\"text\":\"\"}\nnot json\n{\"id\":2}\n")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["id"], 1);
    assert!(lines[1]["error"].is_string());
    assert_eq!(lines[2]["id"], 2);
}

#[test]
fn a_dose_without_a_name_has_the_whole_label() {
    let named = |line: serde_json::Value| {
        let command = trialdeck().args(["read", "dosing", "--jsonl"]).write_stdin(line.to_string()).output();
        let answer: serde_json::Value =
            serde_json::from_slice(&command.expect("the program runs").stdout).expect("JSON");
        answer["administrations"][0]["drug"].clone()
    };
    for (text, label, drug) in [
        ("300 mg subcutaneously every 2 weeks", "XY310 300 mg", "xy310 300 mg"),
        ("300 mg subcutaneously every 2 weeks", "XY310 300 mg arm", "xy310 300 mg arm"),
        // The text's own short name, where the label tells it.
        ("Capsules of XYZQ, 4 g tid", "Xian-Yang-Zhi (XYZQ)", "xyzq"),
        ("Drugamab 300 mg subcutaneously every 2 weeks", "XY310 300 mg", "drugamab"),
        ("300 mg subcutaneously every 2 weeks", "Drugamab", "drugamab"),
    ] {
        assert_eq!(named(serde_json::json!({ "text": text, "label": label })), drug, "{text} / {label}");
    }
}
