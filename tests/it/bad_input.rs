//! Bad input: empty, binary, megabytes, right-to-left text, lone surrogates. It gives an empty reading or a clear
//! error, nothing else; and what is read is still shown, dated and exported.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use assert_cmd::Command;
use jiff::civil::date;
use trialdeck::calendar::{self, Wanted};
use trialdeck::output;
use trialdeck::protocol::{Arm, Endpoint, Intervention, TimeFrameText, Trial};
use trialdeck::reading;

/// A trial that says the same words everywhere.
fn trial(words: &str) -> Trial {
    let text = || Some(words.to_owned());
    let mut trial =
        Trial { id: words.chars().take(20).collect(), title: words.to_owned(), ..Trial::default() };
    trial.arms = vec![Arm { label: words.to_owned(), description: text(), ..Arm::default() }];
    trial.interventions =
        vec![Intervention { name: words.to_owned(), description: text(), ..Intervention::default() }];
    trial.description.brief = text();
    trial.description.detailed = text();
    trial.eligibility.text = text();
    let time_frame = Some(TimeFrameText { text: words.to_owned() });
    trial.endpoints =
        vec![Endpoint { measure: words.to_owned(), description: text(), time_frame, ..Endpoint::default() }];
    trial
}

/// Reads, dates and exports; gives the number of dates.
fn through_everything(words: &str) -> usize {
    let trial = trial(words);
    let readings = reading::trial::read(&trial);
    let wanted = Wanted { cycles: Some(3), ..Wanted::from(date(2026, 12, 1)) };
    let courses = calendar::courses(&trial, &readings);
    let dated: Vec<_> =
        courses.iter().map(|course| calendar::dated(&trial, &readings, course, &wanted)).collect();
    let forms =
        [output::calendar::text, output::calendar::markdown, output::calendar::csv, output::calendar::ics];
    for form in forms {
        let mut out = Vec::new();
        form(&trial, &dated, &mut out).expect("memory is written");
        let printed = String::from_utf8(out).expect("text");
        let steers =
            |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202A}'..='\u{202E}');
        assert!(!printed.contains(steers), "{:?}", printed.chars().find(|c| steers(*c)));
    }
    output::grid::csv(&trial, &readings, &mut Vec::new()).expect("memory is written");
    dated.iter().map(|dated| dated.entries.len()).sum()
}

#[test]
fn nothing_is_read_of_nothing() {
    for words in ["", " \n\t ", "\0\0\0", "\u{fffd}\u{fffd}", "\u{feff}", "…", "()[]{}<>;:,."] {
        assert_eq!(through_everything(words), 0, "{words:?}");
    }
}

#[test]
fn text_that_runs_right_to_left_or_steers_is_read_and_printed_as_text() {
    for words in [
        "المرضى يتلقون 80 ملغ يوميا في اليوم 1",
        "\u{202e}Drugamab 80 mg IV on day 1 of each 21-day cycle\u{202c}",
        "חולים מקבלים drugamab 80 mg ביום 1",
        "Drugamab 80 mg IV on day 1 of each 21-day cycle\u{1b}[2J\u{7}\u{9b}31m",
        "患者は drugamab ８０ｍｇ ＩＶ を１日目に投与",
    ] {
        through_everything(words);
    }
}

#[test]
fn absurd_numbers_give_no_dates_and_no_panic() {
    for words in [
        "Drugamab 80 mg IV on day 99999999 of each 21-day cycle",
        "Drugamab 99999999999999999999 mg IV every 999999999 years",
        "Drugamab 80 mg IV every 0 weeks for 0 cycles of 0 days",
        "Drugamab 80 mg IV on days 1-2147483647 of each 28-day cycle",
        "CT every 0.0001 weeks up to 1000000 years",
        "CT at week -8 and at week 999999999999 (± 999999999 years)",
    ] {
        through_everything(words);
    }
}

#[test]
fn megabytes_are_read_in_time_that_grows_with_their_length() {
    // Not timed: these would run for hours if a step were quadratic.
    for unit in ["9 mg ", "Drugamab 80 mg IV on day 1 of each 21-day cycle. ", "CT every 8 weeks. ", "until "]
    {
        let words = unit.repeat((1 << 20) / unit.len());
        let trial = Trial {
            arms: vec![Arm { label: "A".to_owned(), description: Some(words), ..Arm::default() }],
            ..Trial::default()
        };
        let readings = reading::trial::read(&trial);
        let course = calendar::courses(&trial, &readings)[0];
        let dated = calendar::dated(&trial, &readings, &course, &Wanted::from(date(2026, 12, 1)));
        assert!(dated.entries.len() < 100_000);
    }
}

fn trialdeck() -> Command {
    Command::cargo_bin("trialdeck").expect("the program")
}

#[test]
fn lone_surrogates_and_binary_records_end_in_a_clear_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let study = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"Half \ud83d a letter"},
        "armsInterventionsModule":{"armGroups":[{"label":"A\udc00","description":"Drugamab 80 mg IV \ud800 on day 1 of each 21-day cycle."}]}}}"#;
    std::fs::write(path("lone.json"), study).expect("written");
    std::fs::write(path("empty.json"), "").expect("written");
    std::fs::write(path("binary.json"), [0_u8, 255, 254, 1, 2, 3, 0, 200]).expect("written");
    let run = |file: &str| {
        let output = trialdeck()
            .args(["calendar", "NCT00000001", "--start", "2026-12-01", "--format", "ics", "--from"])
            .arg(path(file))
            .output()
            .expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    for file in ["lone.json", "empty.json", "binary.json"] {
        let (code, out, told) = run(file);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{file}");
        assert!(told.contains(file) && !told.contains("panicked"), "{told}");
    }
    let (_, _, told) = run("lone.json");
    assert!(told.contains("lone surrogate") && told.contains("write both halves"), "no remedy: {told}");
}

#[test]
fn what_is_typed_wrong_is_told_with_the_remedy() {
    let run = |args: &[&str]| {
        let output = trialdeck().arg("calendar").args(args).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let samples = trialdeck().args(["list", "--format", "ids"]).output().expect("it runs");
    let ids = String::from_utf8_lossy(&samples.stdout).into_owned();
    let id = ids.lines().next().expect("a sample");
    for (args, code, remedy) in [
        (vec![id], 2, "--start"),
        (vec![id, "--start", "soon"], 2, "such as 2026-12-01, today or next mon"),
        (vec![id, "--start", "2026-12-01", "--cycles", "0"], 2, "1..=500"),
        (vec![id, "--start", "2026-12-01", "--slip", "2"], 2, "such as 2=+3"),
        (vec!["NCT99999999", "--start", "today"], 1, "trialdeck list"),
        (vec![id, "--start", "today", "--arm", "no such arm"], 1, "there is no arm"),
    ] {
        let (got, told) = run(&args);
        assert_eq!(got, Some(code), "{args:?}: {told}");
        assert!(told.contains(remedy), "{args:?}: {told}");
    }
}
