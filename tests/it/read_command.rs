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
