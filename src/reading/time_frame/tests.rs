//! What time frames say, phrase by phrase; what the model keeps beyond the printed fields; what holds for any text.

use proptest::prelude::*;

use super::{Cycles, Pieces, Vocabulary, compose, lex, read, read_atoms, scan};
use crate::protocol::{Span, TimeFrame};

/// The printed fields in one line, in the order of the model.
fn shown(text: &str) -> String {
    let frame = read(text);
    let mut parts = Vec::new();
    if !frame.points.is_empty() {
        let points: Vec<String> = frame.points.iter().map(ToString::to_string).collect();
        parts.push(format!("at {}", points.join(" ")));
    }
    parts.extend(frame.max.map(|max| format!("max {max}")));
    parts.extend(frame.every.map(|every| format!("every {every}")));
    if !frame.until.is_empty() {
        parts.push(format!("until {}", frame.until.join(" ")));
    }
    parts.extend(frame.after.map(|after| format!("{} after {}", after.value, after.event)));
    parts.extend(frame.anchor.map(|anchor| format!("from {anchor}")));
    parts.join(", ")
}

/// `phrase => reading`, one a line.
const CASES: &str = include_str!("cases.txt");

#[test]
fn every_phrase_is_read_as_the_table_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (phrase, reading) = line.split_once(" => ").unwrap_or((line.trim_end_matches(" =>"), ""));
        count += 1;
        if shown(phrase) != reading {
            wrong.push(format!("{phrase}\n  wanted: {reading}\n  read:   {}", shown(phrase)));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} phrases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn day_numbers_are_kept_beside_the_flat_form() {
    let frame = read("Day 1, Day 30 and 30 days after randomisation");
    let kept: Vec<(String, bool, f64)> =
        frame.moments.iter().map(|m| (m.at.to_string(), m.numbered, m.offset_days())).collect();
    assert_eq!(
        kept,
        [("P1D".to_owned(), true, 0.0), ("P30D".to_owned(), true, 29.0), ("P30D".to_owned(), false, 30.0)]
    );
}

#[test]
fn how_firm_the_bound_is_said_to_be_is_kept() {
    for (text, about, at_least, average) in [
        ("up to approximately 31 months", true, false, false),
        ("at least 4 years", false, true, false),
        ("through study completion, an average of 15 months", false, false, true),
        ("up to 31 months", false, false, false),
    ] {
        let frame = read(text);
        assert_eq!((frame.about, frame.at_least, frame.average), (about, at_least, average), "{text}");
    }
}

#[test]
fn a_repeats_tolerance_keeps_its_own_unit() {
    for (text, window) in [
        ("every 9 weeks (± 5 days)", "P5D"),
        ("every 9 weeks ± 5 days", "P5D"),
        ("every 9 ± 1 weeks", "P1W"),
        ("every 9 weeks (± 1 week) until progression", "P1W"),
    ] {
        let frame = read(text);
        assert_eq!((frame.intervals.len(), frame.max), (1, None), "{text}");
        let read = frame.intervals[0].window.map(|window| window.to_string());
        assert_eq!((read.as_deref(), frame.intervals[0].until), (Some(window), None), "{text}");
    }
}

#[test]
fn tolerances_belong_to_their_moment() {
    for (text, windows) in [
        ("Week 9 (± 4 days), week 15", &["P4D", "-"] as &[&str]),
        ("day 20 ± 2 and day 50 ± 5", &["P2D", "P5D"]),
        ("45 days (+/- 1 week) after surgery", &["P1W"]),
        ("Weeks 6, 12", &["-", "-"]),
    ] {
        let read: Vec<String> = read(text)
            .moments
            .iter()
            .map(|m| m.window.map_or("-".to_owned(), |window| window.to_string()))
            .collect();
        assert_eq!(read, windows, "{text}");
    }
}

#[test]
fn each_repeat_says_how_long_it_holds() {
    let frame = read("Every 3 weeks in the first 5 cycles, then every 9 weeks until week 80, then yearly");
    let intervals: Vec<String> = frame
        .intervals
        .iter()
        .map(|i| {
            let every = i.every.map(|p| p.to_string()).unwrap_or_default();
            let until = i.until.map(|p| p.to_string());
            let cycle = i.until_cycle.map(|c| format!("cycle {c}"));
            format!("{every} until {}", until.or(cycle).unwrap_or_default())
        })
        .collect();
    assert_eq!(intervals, ["P3W until cycle 5", "P9W until P80W", "P1Y until "]);
}

#[test]
fn the_span_covers_what_was_read_and_unknown_words_are_named() {
    let text = "The questionnaire: baseline and week 9 zzz";
    let frame = read(text);
    assert_eq!(frame.span.as_ref().and_then(|s| s.of(text)), Some("baseline and week 9"));
    let unread: Vec<&str> = frame.unread.iter().filter_map(|s| s.of(text)).collect();
    assert_eq!(unread, ["questionnaire", "zzz"]);
    assert_eq!(read("").span, None);
    // What a time is counted from is read too.
    for (text, words) in [
        ("Within 28 days of the first dose of zorafenib", "Within 28 days of the first dose of zorafenib"),
        (
            "Up to 30 days after the last dose of study drug",
            "Up to 30 days after the last dose of study drug",
        ),
        ("Every 8 weeks after surgery", "Every 8 weeks after surgery"),
    ] {
        assert_eq!(read(text).span.as_ref().and_then(|s| s.of(text)), Some(words));
    }
}

fn spans(frame: &TimeFrame) -> Vec<&Span> {
    let moments = frame.moments.iter().map(|m| &m.span);
    let intervals = frame.intervals.iter().map(|i| &i.span);
    moments.chain(intervals).chain(&frame.unread).chain(&frame.span).collect()
}

fn check_spans(text: &str) -> Result<(), String> {
    let frame = read(text);
    match spans(&frame).into_iter().find(|span| span.of(text).is_none_or(str::is_empty)) {
        Some(span) => Err(format!("{text:?}: {span:?} is not inside the text")),
        None => Ok(()),
    }
}

/// Texts made of the reader's own words: they reach further into the grammar than random characters do.
fn wordy() -> impl Strategy<Value = String> {
    let words = [
        "baseline",
        "week",
        "weeks",
        "day",
        "12",
        "3",
        "1-5",
        "and",
        ",",
        "(",
        ")",
        "up to",
        "until",
        "every",
        "after",
        "before",
        "surgery",
        "last dose",
        "cycle",
        "each cycle is",
        "21 days",
        "±",
        "-",
        "from",
        "to",
        "death",
        "of",
        "first",
        "end of",
        "treatment",
        "months",
        ";",
        ".",
        "at",
        "then",
        "q3w",
        "C1D1",
        "pre-dose",
        "hours",
        "½",
        "第",
        "１２",
        "’",
        "change",
        "between",
        "visit 4",
        "+",
        "/",
        "\n",
        "average",
        "168,336",
        "e",
        "=",
    ];
    proptest::collection::vec((proptest::sample::select(words.to_vec()), any::<bool>()), 0..40).prop_map(
        |parts| {
            parts.iter().map(|(word, blank)| format!("{word}{}", if *blank { " " } else { "" })).collect()
        },
    )
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_with_spans_inside(text in any::<String>()) {
        prop_assert_eq!(check_spans(&text), Ok(()));
    }

    #[test]
    fn texts_of_known_words_are_read_without_panic_and_with_spans_inside(text in wordy()) {
        prop_assert_eq!(check_spans(&text), Ok(()));
    }
}

/// Looks at pieces while reading `text`, a byte of it.
fn looks_a_byte(text: &str) -> f64 {
    let tokens = lex(text);
    let pieces = Pieces::new(text, &tokens, Vocabulary::embedded());
    let mut atoms = scan(&pieces, 0..pieces.len());
    let cycles = Cycles::take(&mut atoms);
    read_atoms(&pieces, &compose(&pieces, atoms), &cycles);
    pieces.looks() as f64 / text.len() as f64
}

#[test]
fn work_grows_with_the_length_only() {
    for unit in [
        "9 ",
        "1,",
        "12 weeks ",
        "(",
        "every ",
        "cycle 1 ",
        "day 1 of ",
        "end of ",
        "up to ",
        "week 1-",
        "a/",
        ", ",
        "or ",
        "12 mg ",
        "([",
        "baseline day 1 ",
        "every 8 weeks until progression or death, ",
        "from baseline to ",
        "9 weeks after ",
    ] {
        let short = looks_a_byte(&unit.repeat(20_000 / unit.len()));
        let long = looks_a_byte(&unit.repeat(200_000 / unit.len()));
        assert!(long <= short * 1.2 + 1.0, "{unit:?}: {short:.1} looks a byte, ten times the text {long:.1}");
        assert!(long < 200.0, "{unit:?}: {long:.1} looks a byte");
    }
}

#[test]
fn a_megabyte_of_numbers_and_units_is_read() {
    let frame = read(&"12 weeks ".repeat(110_000));
    assert_eq!(
        frame.points.len() + usize::from(frame.max.is_some()),
        1,
        "the same time told again and again"
    );
}
