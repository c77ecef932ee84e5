//! `trialdeck card`: one page, with the words behind its rows and what every record's page must say.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use assert_cmd::Command;
use insta::assert_snapshot;

fn card(args: &[&str], input: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    let output = command.arg("card").args(args).write_stdin(input).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_card_of_a_sample() {
    assert_snapshot!("card_md", card(&["crc-biottt001", "--demo"], ""));
}

#[test]
fn every_card_says_which_record_it_is_and_what_was_not_read() {
    for id in ["crc-biottt001", "gastric-rak-cells", "gist-regorafenib-envafolimab", "sclc-cadonilimab"] {
        for format in ["md", "html"] {
            let text = card(&[id, "--demo", "--format", format], "").replace('\\', "");
            for needed in [
                "A registry record is not the protocol",
                id,
                "undated",
                "Who gets what",
                "Who may enter",
                "What was not read",
            ] {
                assert!(text.contains(needed), "{id} {format}: {needed}");
            }
        }
    }
}

#[test]
fn nothing_in_a_record_is_markup_and_its_version_is_told() {
    let record = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT90000002","briefTitle":"<script>alert(1)</script> & more"},
        "statusModule":{"lastUpdatePostDateStruct":{"date":"2026-02-03"}},
        "armsInterventionsModule":{"armGroups":[{"label":"A <b>","type":"EXPERIMENTAL","description":"zolbetix 50 mg/m2 iv on days 1 and 8 of a 21-day cycle"}]},
        "eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria:\n\n* Platelets >= 100 x 10^9/L <i>\n* Consent"}}}"#;
    let html = card(&["NCT90000002", "--from", "-", "--format", "html"], record);
    assert!(!html.contains("<script>") && !html.contains("A <b>") && !html.contains("<i>"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"), "{html}");
    assert!(html.contains("record NCT90000002 of 2026-02-03"), "{html}");
    let text = card(&["NCT90000002", "--from", "-"], record);
    assert!(text.contains("50 mg/m2 IV") && text.contains("days 1, 8"), "{text}");
    assert!(text.contains("“zolbetix 50 mg/m2 iv on days 1 and 8"), "its words stand beside it: {text}");
    assert!(text.contains("inclusion, no limit read: “Consent”"), "{text}");
}

/// A page has about 2 × 75 lines of about 60 letters.
#[test]
fn a_card_is_bounded_whatever_the_record_holds() {
    let outcomes: Vec<String> =
        (0..300).map(|n| format!(r#"{{"measure":"Outcome {n}","timeFrame":"week {n}"}}"#)).collect();
    let criteria: Vec<String> =
        (0..200).map(|n| format!("* Platelets >= {n} x 10^9/L and consent")).collect();
    let record = format!(
        r#"{{"protocolSection":{{"identificationModule":{{"nctId":"NCT90000003","briefTitle":"Long"}},
        "outcomesModule":{{"secondaryOutcomes":[{}]}},
        "eligibilityModule":{{"eligibilityCriteria":"Inclusion Criteria:\n\n{}"}}}}}}"#,
        outcomes.join(","),
        criteria.join("\\n")
    );
    let text = card(&["NCT90000003", "--from", "-"], &record);
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(60).max(1)).sum();
    assert!(lines <= 150, "{lines} lines");
    assert!(text.contains("and 292 more outcome measures, in the record"), "{text}");
    assert!(text.contains("more criteria with limits, in the record"), "{text}");
}
