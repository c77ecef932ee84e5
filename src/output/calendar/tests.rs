//! What is printed, read back.

mod rfc5545;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::calendar::{Later, Slip, Visit, Wanted, courses, dated};
use crate::protocol::{Arm, Trial};
use crate::reading;

const TEXT: &str = "Drugamab 80 mg IV on days 1 and 8, othermab 5 mg orally on days 1-14 of each 21-day cycle; 3 tablets as needed. \
     CT every 6 weeks (± 3 days) up to 12 weeks.";

fn trial(id: &str, label: &str) -> Trial {
    let mut trial =
        Trial { id: id.to_owned(), title: "A, study; of \\ things".to_owned(), ..Trial::default() };
    trial.arms = vec![Arm { label: label.to_owned(), description: Some(TEXT.to_owned()), ..Arm::default() }];
    trial
}

fn drawn(trial: &Trial, wanted: &Wanted) -> Vec<Dated> {
    let readings = reading::trial::read(trial);
    courses(trial, &readings).iter().map(|course| dated(trial, &readings, course, wanted)).collect()
}

fn asked(cycles: u32) -> Wanted {
    Wanted { cycles: Some(cycles), ..Wanted::from(date(2026, 12, 1)) }
}

fn printed(
    form: fn(&Trial, &[Dated], &mut dyn Write) -> io::Result<()>,
    trial: &Trial,
    courses: &[Dated],
) -> String {
    let mut out = Vec::new();
    form(trial, courses, &mut out).expect("memory is written");
    String::from_utf8(out).expect("text")
}

#[test]
fn the_text_names_record_start_and_what_has_no_date() {
    let trial = trial("T1", "A");
    insta::assert_snapshot!("text", printed(text, &trial, &drawn(&trial, &asked(2))));
    insta::assert_snapshot!("markdown", printed(markdown, &trial, &drawn(&trial, &asked(1))));
}

/// The lines of an iCalendar file, unfolded.
fn unfolded(ics: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in ics.split_terminator("\r\n") {
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn values<'l>(lines: &'l [String], name: &str) -> Vec<&'l str> {
    lines.iter().filter_map(|line| line.strip_prefix(name)).collect()
}

#[test]
fn events_last_whole_days_and_keep_their_ids_when_visits_move() {
    let trial = trial("T1", "A");
    let before = unfolded(&printed(ics, &trial, &drawn(&trial, &asked(2))));
    let visit = Visit { track: 0, cycle: 2, day: 1 };
    let moved = Wanted { slips: vec![Slip { visit, days: 2 }], later: Later::Plan, ..asked(2) };
    let after = unfolded(&printed(ics, &trial, &drawn(&trial, &moved)));
    let uids = |lines: &[String]| {
        let mut uids: Vec<String> = values(lines, "UID:").iter().map(|uid| (*uid).to_owned()).collect();
        uids.sort();
        uids
    };
    assert_eq!(uids(&before), uids(&after));
    let mut single = uids(&before);
    single.dedup();
    assert_eq!(single.len(), uids(&before).len(), "no id twice");
    assert_ne!(before, after);
    let starts = values(&before, "DTSTART;VALUE=DATE:");
    let ends = values(&before, "DTEND;VALUE=DATE:");
    let run = before.iter().position(|line| line.starts_with("SUMMARY:C1 D1–14 othermab")).expect("the run");
    assert!(run > 0);
    assert_eq!((starts[0], ends[0]), ("20261201", "20261202"));
    assert!(starts.contains(&"20261201") && ends.contains(&"20261215"), "fourteen days: {ends:?}");
    assert!(before.iter().any(|line| line == "X-WR-CALNAME:T1 A\\, study\\; of \\\\ things"), "{before:#?}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let trial = trial("T1", "A");
    let first = printed(ics, &trial, &drawn(&trial, &asked(3)));
    assert_eq!(first, printed(ics, &trial, &drawn(&trial, &asked(3))));
    assert!(first.contains("DTSTAMP:20261201T000000Z"));
}

#[test]
fn calendars_of_the_samples_keep_to_rfc_5545() {
    for entry in crate::library::samples() {
        for moved in [0, 3] {
            let slips = vec![Slip { visit: Visit { track: 0, cycle: 2, day: 1 }, days: moved }];
            let wanted = Wanted { slips, ..asked(3) };
            let printed = printed(ics, &entry.trial, &drawn(&entry.trial, &wanted));
            assert_eq!(rfc5545::check(&printed), Ok(()), "{}", entry.trial.id);
        }
    }
}

#[test]
fn csv_has_a_row_a_day_and_no_formula() {
    let trial = trial("=1+1", "@arm");
    let printed = printed(csv, &trial, &drawn(&trial, &asked(1)));
    let mut reader = ::csv::Reader::from_reader(printed.as_bytes());
    let rows: Vec<::csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let doses = rows.iter().filter(|row| &row[8] == "dose").count();
    assert_eq!(doses, 2 + 14);
    assert!(rows.iter().all(|row| &row[0] == "'=1+1" && &row[2] == "'@arm"));
    assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '@', '-']))));
}

proptest! {
    #[test]
    fn lines_are_short_whole_letters_and_events_are_closed(id in any::<String>(), label in any::<String>()) {
        let trial = trial(&id, &label);
        let printed = printed(ics, &trial, &drawn(&trial, &asked(2)));
        prop_assert_eq!(rfc5545::check(&printed), Ok(()));
        prop_assert!(printed.ends_with("END:VCALENDAR\r\n"));
        for line in printed.split("\r\n") {
            prop_assert!(line.len() <= 75, "{line:?}");
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
        let lines = unfolded(&printed);
        let count = |line: &str| lines.iter().filter(|other| *other == line).count();
        prop_assert!(count("BEGIN:VEVENT") > 4);
        prop_assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
        prop_assert_eq!(count("BEGIN:VEVENT"), values(&lines, "UID:").len());
        prop_assert_eq!(count("BEGIN:VCALENDAR"), 1);
        for line in &lines {
            let name = line.split([':', ';']).next().unwrap_or_default();
            prop_assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "{line:?}");
        }
    }
}
