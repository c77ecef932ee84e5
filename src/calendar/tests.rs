//! What stands on the calendar, text by text.

use jiff::civil::{Date, date};

use super::start::weekday_name;
use super::*;
use crate::protocol::{Arm, Endpoint, Intervention, TimeFrameText};
use crate::reading;

/// A Tuesday.
const START: Date = date(2026, 12, 1);

fn trial(arm: &str, other: &str) -> Trial {
    let mut trial = Trial {
        arms: vec![Arm { label: "A".to_owned(), description: Some(arm.to_owned()), ..Arm::default() }],
        ..Trial::default()
    };
    trial.description.detailed = (!other.is_empty()).then(|| other.to_owned());
    trial
}

fn first(trial: &Trial, wanted: &Wanted) -> Dated {
    let readings = reading::trial::read(trial);
    let courses = courses(trial, &readings);
    dated(trial, &readings, courses.first().expect("a course"), wanted)
}

/// Every entry in a line, then what has no date.
fn shown(dated: &Dated) -> String {
    let mut lines = Vec::new();
    for run in runs(&dated.entries) {
        let Run { from, to } = run;
        let until =
            if from.date == to.date { String::new() } else { format!("–{}", to.date.strftime("%m-%d")) };
        let window = from.window.map(|days| format!(" ±{days}")).unwrap_or_default();
        let moved = if from.moved() == 0 { String::new() } else { format!(" moved {:+}", from.moved()) };
        let line = format!(
            "{} {}{until} {} {} {}{window}{moved}",
            weekday_name(from.date),
            from.date.strftime("%m-%d"),
            run.number(),
            from.what,
            from.detail
        );
        lines.push(line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    lines.extend(dated.undated.iter().map(|undated| format!("- {} ({})", undated.words, undated.why)));
    lines.join("\n")
}

fn doses(text: &str, cycles: Option<u32>) -> String {
    shown(&first(&trial(text, ""), &Wanted { cycles, ..Wanted::from(START) }))
}

#[test]
fn days_of_a_cycle_are_dated_for_as_many_cycles_as_are_asked_for() {
    assert_eq!(
        doses(
            "Drugamab 80 mg IV on days 1 and 15, othermab 5 mg orally on days 1-21 of each 28-day cycle.",
            Some(2)
        ),
        "Tue 12-01 C1 D1 cycle 1 begins 28-day cycle\n\
         Tue 12-01 C1 D1 drugamab 80 mg IV\n\
         Tue 12-01–12-21 C1 D1–21 othermab 5 mg oral\n\
         Tue 12-15 C1 D15 drugamab 80 mg IV\n\
         Tue 12-29 C2 D1 cycle 2 begins 28-day cycle\n\
         Tue 12-29 C2 D1 drugamab 80 mg IV\n\
         Tue 12-29–01-18 C2 D1–21 othermab 5 mg oral\n\
         Tue 01-12 C2 D15 drugamab 80 mg IV"
    );
}

#[test]
fn without_a_stated_number_one_cycle_is_drawn_and_a_stated_one_limits() {
    let starts = |text: &str, cycles| doses(text, cycles).matches("begins").count();
    let open = "Drugamab 80 mg IV on day 1 of each 21-day cycle until disease progression.";
    assert_eq!((starts(open, None), starts(open, Some(3))), (1, 3));
    let limited = "Drugamab 80 mg IV on day 1 of each 21-day cycle for up to 4 cycles.";
    assert_eq!((starts(limited, None), starts(limited, Some(3)), starts(limited, Some(9))), (4, 3, 4));
}

#[test]
fn an_interval_without_a_cycle_counts_doses() {
    assert_eq!(
        doses("Drugamab 80 mg IV every 3 weeks.", Some(2)),
        "Tue 12-01 dose 1 drugamab 80 mg IV\nTue 12-22 dose 2 drugamab 80 mg IV"
    );
    assert_eq!(
        doses("Drugamab 80 mg IV every month.", Some(3)),
        "Tue 12-01 dose 1 drugamab 80 mg IV\nFri 01-01 dose 2 drugamab 80 mg IV\nMon 02-01 dose 3 drugamab 80 mg IV"
    );
}

#[test]
fn what_has_no_day_is_kept_with_its_words() {
    for (text, why) in [
        ("Drugamab 80 mg three times a week.", "so many times a week: the words name no days"),
        ("Drugamab 80 mg IV.", "the words name no day"),
        ("Drugamab 80 mg IV on day 1 of cycle 2.", "tell cycles apart"),
        ("Drugamab 10 mg once daily or drugamab 20 mg once daily for 7 days.", "two doses of it are stated"),
        ("Fludarabine 30 mg/m2 IV on days -5 to -3.", "counts days before an event"),
    ] {
        let shown = doses(text, Some(2));
        assert!(shown.contains("- ") && shown.contains(why), "{text}: {shown}");
    }
}

#[test]
fn a_daily_treatment_without_an_end_has_its_first_day_only() {
    let shown = doses("Drugamab 20 mg orally once daily until disease progression.", Some(6));
    assert_eq!(shown.lines().next(), Some("Tue 12-01 D1 drugamab 20 mg oral"));
    assert!(shown.contains("until when in days is not stated"), "{shown}");
    assert!(
        doses("Drugamab 20 mg orally once daily for 14 days.", None).starts_with("Tue 12-01–12-14 D1–14")
    );
}

#[test]
fn a_text_that_counts_a_day_0_starts_with_it() {
    let shown = doses("Fludarabine 30 mg/m2 IV on days -5 to -3, then cells 1x10^8 cells IV on day 0.", None);
    assert!(shown.contains("Thu 11-26–11-28 D-5–-3 fludarabine"), "{shown}");
}

#[test]
fn a_part_of_the_treatment_is_counted_from_its_own_first_day() {
    let text = "Induction: drugamab 80 mg IV on day 1 of each 21-day cycle for 4 cycles. \
                Maintenance: drugamab 40 mg IV on day 1 of each 28-day cycle.";
    let trial = trial(text, "");
    let readings = reading::trial::read(&trial);
    let courses = courses(&trial, &readings);
    let epochs: Vec<Option<&str>> = courses.iter().map(Course::epoch).collect();
    assert_eq!(epochs, [Some("induction"), Some("maintenance")]);
    let first = shown(&dated(&trial, &readings, &courses[0], &Wanted::from(START)));
    assert!(first.contains("part “maintenance”: the day on which it begins is not stated"), "{first}");
    let second = shown(&dated(&trial, &readings, &courses[1], &Wanted::from(START)));
    assert!(
        second.starts_with("Tue 12-01 C1 D1 cycle 1 begins 28-day cycle\nTue 12-01 C1 D1 drugamab 40 mg IV")
    );
}

#[test]
fn examinations_are_dated_with_their_windows_and_as_far_as_is_known() {
    let mut trial = trial(
        "Drugamab 80 mg IV on day 1 of each 28-day cycle.",
        "CT at baseline and every 8 weeks (± 7 days).",
    );
    trial.endpoints = vec![Endpoint {
        measure: "Pain score (questionnaire)".to_owned(),
        time_frame: Some(TimeFrameText { text: "Day 29, 30 days after last dose".to_owned() }),
        ..Endpoint::default()
    }];
    let readings = reading::trial::read(&trial);
    let courses = courses(&trial, &readings);
    let shown =
        shown(&dated(&trial, &readings, &courses[0], &Wanted { cycles: Some(5), ..Wanted::from(START) }));
    for line in [
        "Tue 12-01 CT baseline: at or before the start",
        "Tue 01-26 CT every 8 weeks ±7",
        "Tue 03-23 CT every 8 weeks ±7",
        "Tue 12-29 Pain score (questionnaire) day 29",
        "(counted from an event whose day is not known)",
        "every 8 weeks: goes on; its end is not stated as a time",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
}

#[test]
fn a_moved_visit_moves_others_in_both_ways() {
    let text = "Drugamab 80 mg IV on days 1 and 8 of each 21-day cycle.";
    let moved = |cycle, day, days, later| {
        let visit = Visit { track: 0, cycle, day };
        let wanted =
            Wanted { cycles: Some(3), slips: vec![Slip { visit, days }], later, ..Wanted::from(START) };
        let dated = first(&trial(text, ""), &wanted);
        let doses = dated.entries.iter().filter(|entry| entry.kind == Kind::Dose);
        let days: Vec<String> = doses.map(|entry| entry.date.strftime("%m-%d").to_string()).collect();
        (days.join(" "), dated.clash.is_some())
    };
    let told = |days: &str, clash: bool| (days.to_owned(), clash);
    assert_eq!(moved(2, 1, 3, Later::Visit), told("12-01 12-08 12-25 01-01 01-15 01-22", false));
    assert_eq!(moved(2, 1, 3, Later::Plan), told("12-01 12-08 12-25 01-01 01-12 01-19", false));
    assert_eq!(moved(2, 8, 2, Later::Visit), told("12-01 12-08 12-22 12-31 01-14 01-21", false));
    assert_eq!(moved(2, 8, 2, Later::Plan), told("12-01 12-08 12-22 12-31 01-12 01-19", false));
    assert!(moved(2, 1, 21, Later::Plan).1, "it passes the next cycle");
    assert!(moved(2, 8, -7, Later::Visit).1, "it falls on the visit before it");
}

#[test]
fn an_interventions_words_are_for_the_arms_that_list_it() {
    let arm = |label: &str, given: &str| Arm {
        label: label.to_owned(),
        interventions: vec![given.to_owned()],
        ..Arm::default()
    };
    let given = |name: &str, words: &str| Intervention {
        name: name.to_owned(),
        description: Some(words.to_owned()),
        ..Intervention::default()
    };
    let trial = Trial {
        arms: vec![arm("A", "Drugamab"), arm("B", "Othermab")],
        interventions: vec![
            given("Drugamab", "Drugamab 80 mg IV every 3 weeks. CT every 6 weeks up to 12 weeks."),
            given("Othermab", "Othermab 5 mg IV every 2 weeks."),
        ],
        ..Trial::default()
    };
    let readings = reading::trial::read(&trial);
    let of_b = courses(&trial, &readings)[1];
    let shown = shown(&dated(&trial, &readings, &of_b, &Wanted { cycles: Some(2), ..Wanted::from(START) }));
    assert_eq!(shown, "Tue 12-01 dose 1 othermab 5 mg IV\nTue 12-15 dose 2 othermab 5 mg IV");
}

#[test]
fn a_row_with_a_dose_stands_for_one_without() {
    let mut trial = trial("Drugamab capsules orally once daily.", "");
    trial.arms[0].interventions = vec!["Drugamab".to_owned()];
    trial.interventions = vec![Intervention {
        name: "Drugamab".to_owned(),
        description: Some("Drugamab 80 mg orally on days 1-21 of each 28-day cycle.".to_owned()),
        ..Intervention::default()
    }];
    let shown = shown(&first(&trial, &Wanted::from(START)));
    assert!(shown.contains("Tue 12-01–12-21 C1 D1–21 drugamab 80 mg oral"), "{shown}");
    assert!(shown.contains("(another row tells it with its dose)"), "{shown}");
}

#[test]
fn days_of_cycles_are_days_of_their_cycles() {
    let dose = "Drugamab 80 mg IV on day 1 of each 21-day cycle.";
    let asked = Wanted { cycles: Some(2), ..Wanted::from(START) };
    let each = shown(&first(&trial(dose, "Blood samples are taken on day 8 of each cycle."), &asked));
    assert!(
        each.contains("Tue 12-08 C1 D8 Blood samples") && each.contains("Tue 12-29 C2 D8 Blood samples"),
        "{each}"
    );
    assert_eq!(each.matches("Blood samples").count(), 2, "{each}");
    let mut apart = trial(dose, "");
    let time_frame = Some(TimeFrameText { text: "C1D1, C1D8, C3D1".to_owned() });
    apart.endpoints = vec![Endpoint {
        measure: "Pain score (questionnaire)".to_owned(),
        time_frame,
        ..Endpoint::default()
    }];
    let apart = shown(&first(&apart, &asked));
    assert!(!apart.contains("Tue 12-08") && apart.contains("its words tell apart"), "{apart}");
    let moved =
        Wanted { slips: vec![Slip { visit: Visit { track: 0, cycle: 2, day: 1 }, days: 2 }], ..asked };
    let moved = shown(&first(&trial(dose, "Blood samples are taken on day 8 of each cycle."), &moved));
    assert!(moved.contains("Thu 12-31 C2 D8 Blood samples") && moved.contains("moved +2"), "{moved}");
}

#[test]
fn what_begins_with_a_later_cycle_is_not_dated_before_it() {
    let asked = Wanted { cycles: Some(3), ..Wanted::from(START) };
    for words in [
        "Drugamab 80 mg IV on day 1 of each 21-day cycle, from cycle 2 on.",
        "Drugamab 80 mg IV every 21 days from cycle 2 day 1.",
    ] {
        let shown = shown(&first(&trial(words, ""), &asked));
        assert!(!shown.contains("Tue 12-01 C1 D1 drugamab"), "{shown}");
        assert!(shown.contains("tell cycles apart"), "{shown}");
    }
}
