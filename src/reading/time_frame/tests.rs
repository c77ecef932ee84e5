//! What time frames say, phrase by phrase.

use super::read;

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
