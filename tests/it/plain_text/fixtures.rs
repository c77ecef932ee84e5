//! Texts of both layouts written for this project, with the traps that real ones have: commas and line breaks inside
//! outcomes, wide commas, escapes, an open bracket, a status run on to a name, no line end at the end.

use std::sync::Arc;

use proptest::prelude::*;
use trialdeck::formats::plain_text;
use trialdeck::protocol::Trial;

const TEXTS: [(&str, &str); 4] = [
    ("lines", include_str!("fixtures/lines.txt")),
    ("groups", include_str!("fixtures/groups.txt")),
    ("path", include_str!("fixtures/path.txt")),
    ("page", include_str!("fixtures/page.txt")),
];

fn read(bytes: &[u8]) -> Option<Trial> {
    let mut trial = None;
    plain_text::read(&Arc::new(bytes.to_vec()), "text.txt", &mut |record| {
        trial = record.ok().map(|record| record.trial);
    });
    trial
}

#[test]
fn each_text_comes_apart() {
    for (name, text) in TEXTS {
        assert!(plain_text::looks_like(text.as_bytes()), "{name}");
        let trial = read(text.as_bytes()).expect("a trial");
        insta::assert_snapshot!(name, serde_json::to_string_pretty(&trial).expect("JSON"));
    }
}

#[test]
fn the_fields_are_the_lines_as_they_came() {
    for (name, text) in TEXTS {
        let mut fields = Vec::new();
        plain_text::read(&Arc::new(text.as_bytes().to_vec()), "text.txt", &mut |record| {
            let raw = record.ok().and_then(|record| record.raw).expect("a record");
            fields = plain_text::fields(&raw);
        });
        let mut left = text.to_owned();
        for field in &fields {
            assert!(left.contains(&field.value), "{name}: {field:?}");
            left = left.replacen(&field.value, "", 1);
        }
        let shown: Vec<String> = fields
            .iter()
            .map(|field| format!("{}: {}", field.path, field.value.chars().take(40).collect::<String>()))
            .collect();
        insta::assert_snapshot!(format!("{name}_fields"), shown.join("\n"));
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    for (name, text) in TEXTS {
        let plain = read(text.as_bytes());
        let windows = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let mut other = read(windows.as_bytes()).expect("a trial");
        for endpoint in &mut other.endpoints {
            endpoint.description = endpoint.description.take().map(|text| text.replace("\r\n", "\n"));
        }
        assert_eq!(plain, Some(other), "{name}");
        let spaced: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        if name != "lines" {
            assert_eq!(plain, read(spaced.join("\n\n").as_bytes()), "{name}: a blank line between all lines");
        }
    }
}

#[test]
fn other_texts_are_no_trials() {
    for text in [
        "",
        "\n\n",
        "Shopping list\nmilk, eggs\nbread",
        "# Notes\n\nWe met on Monday, Tuesday, and Friday.\n\nNothing was decided, which was expected.",
        "Dear all,\nthe meeting is moved to 3 pm, as agreed.\nBest wishes",
        "- Able to walk, with or without aid\n- No surgery on the knee that hurts, and none planned on the other one.\n\
         - Pain in the knee, most days, 3 months",
        "Inclusion Criteria:\nAdults who live at home and are able to walk up a flight of stairs on their own.\n\
         Pain in the knee, most days, at 3 months",
        "Age 18 years or older\nECOG 0 or 1\nNo surgery within 4 weeks, 28 days",
    ] {
        assert!(!plain_text::looks_like(text.as_bytes()), "{text}");
        assert_eq!(read(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn a_text_too_long_for_one_trial_is_an_error() {
    let text = "DRUG: x\n".repeat(600_000);
    let mut reasons = Vec::new();
    plain_text::read(&Arc::new(text.into_bytes()), "long.txt", &mut |record| {
        reasons.extend(record.err().map(|error| error.to_string()));
    });
    assert_eq!(reasons.len(), 1);
    assert!(reasons[0].starts_with("long.txt: longer than 1 MiB"), "{reasons:?}");
}

proptest! {
    #[test]
    fn any_bytes_are_taken(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        plain_text::looks_like(&bytes);
        read(&bytes);
    }

    #[test]
    fn any_lines_are_taken(lines in proptest::collection::vec(
        prop_oneof![
            "[A-Za-z0-9 ,.|():é，-]{0,60}",
            Just("DRUG: x|DEVICE: y".to_owned()),
            Just("Study Type".to_owned()),
            Just("Enrollment".to_owned()),
            Just("12".to_owned()),
            Just("RECRUITINGPain".to_owned()),
            Just("Time frame: 6 weeks".to_owned()),
            Just("Lund, Sweden".to_owned()),
            Just(String::new()),
        ],
        0..14,
    )) {
        read(lines.join("\n").as_bytes());
    }

    #[test]
    fn a_text_cut_off_anywhere_is_taken(which in 0..4_usize, from in 0..1500_usize, to in 0..1500_usize) {
        let bytes = TEXTS[which].1.as_bytes();
        let part = bytes.get(from.min(to)..to.max(from).min(bytes.len())).unwrap_or(bytes);
        read(part);
    }
}
