//! The calendar: a start is asked for, dates are shown, visits are moved, files are asked for.

use insta::assert_snapshot;
use trialdeck::app::Effect;
use trialdeck::app::export::Export;
use trialdeck::protocol::{Arm, Dated, Trial};

use super::screen::Screen;

fn trial() -> Trial {
    let arm = |label: &str, words: &str| Arm {
        label: label.to_owned(),
        description: Some(words.to_owned()),
        ..Arm::default()
    };
    let mut trial = Trial {
        id: "NCT00000007".to_owned(),
        title: "Drugamab with othermab".to_owned(),
        ..Trial::default()
    };
    trial.arms = vec![
        arm(
            "Both",
            "Drugamab 80 mg IV on days 1 and 8 and othermab 5 mg orally on days 1-14 of each 21-day cycle until disease \
             progression. Othermab 3 tablets if well tolerated.",
        ),
        arm("Othermab alone", "Othermab 5 mg orally once daily until disease progression."),
    ];
    trial.description.detailed = Some("CT at baseline and every 6 weeks (± 3 days).".to_owned());
    trial.dates.last_update_posted = Some(Dated { date: "2026-01-10".to_owned(), kind: None });
    trial
}

fn on(width: u16, height: u16) -> Screen {
    let mut screen = Screen::on(vec![trial()], width, height);
    screen.keys("C<ctrl-u>2026-12-01<enter>");
    screen
}

#[test]
fn a_start_is_asked_for_and_what_is_no_date_stays_to_be_mended() {
    let mut screen = Screen::on(vec![trial()], 80, 24);
    screen.keys("C");
    assert!(screen.text().contains("day 1 (empty is today)"), "{}", screen.text());
    screen.keys("<ctrl-u>soon<enter>");
    assert!(screen.text().contains("\"soon\" is no date"), "{}", screen.text());
    screen.keys("<ctrl-u>next mon<enter>");
    assert!(screen.text().contains("start Mon 2026-03-16"), "{}", screen.text());
    screen.keys("C<ctrl-u>2026-12-01<enter>");
    assert!(screen.text().contains("start Tue 2026-12-01"), "another start");
    screen.keys("<esc>");
    assert!(!screen.text().contains("Calendar"), "{}", screen.text());
}

#[test]
fn dates_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 36)] {
        let mut screen = on(width, height);
        screen.keys("+");
        assert_snapshot!(format!("calendar_{width}x{height}"), screen.text());
    }
}

#[test]
fn a_visit_moves_what_is_counted_from_it_both_ways() {
    let mut screen = on(100, 40);
    screen.keys("++jjjjj");
    screen.keys("LL");
    assert_snapshot!("calendar_moved_from_visit", screen.text());
    screen.keys("v");
    assert_snapshot!("calendar_moved_from_plan", screen.text());
    screen.keys("u");
    assert!(!screen.text().contains("moved"), "{}", screen.text());
    screen.keys("u");
    assert!(screen.text().contains("no visit was moved"), "{}", screen.text());
}

#[test]
fn a_visit_does_not_pass_another() {
    let mut screen = on(100, 40);
    screen.keys("jjjj");
    screen.keys("HHHHHHHHHHHHHHHHHHHH");
    assert!(screen.text().contains("it would pass another visit"), "{}", screen.text());
}

#[test]
fn arms_are_stepped_through_and_what_cannot_be_repeated_says_so() {
    let mut screen = on(100, 30);
    screen.keys("l+");
    let text = screen.text();
    assert!(
        text.contains("Othermab alone (2 of 2)") && text.contains("there is nothing to repeat"),
        "{text}"
    );
    assert!(text.contains("only its first day is dated"), "{text}");
    screen.keys("h");
    assert!(screen.text().contains("Both (1 of 2)"), "{}", screen.text());
}

#[test]
fn files_are_asked_for_and_the_words_are_a_key_away() {
    let mut screen = on(100, 40);
    screen.keys("EI");
    let written: Vec<(String, &str)> = screen
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Export(export @ (Export::Dates(..) | Export::Events(..))) => Some(export.file_name()),
            _ => None,
        })
        .collect();
    let name = "NCT00000007-calendar".to_owned();
    assert_eq!(written, [(name.clone(), "csv"), (name, "ics")]);
    screen.keys("js");
    assert!(screen.text().contains("Where it stands in the record"), "{}", screen.text());
    screen.keys("<esc>?");
    assert!(screen.text().contains("Move the visit a day later"), "{}", screen.text());
}

#[test]
fn the_grid_is_exported_and_x_shows_the_prose_with_what_was_read() {
    let mut screen = Screen::on(vec![trial()], 120, 40);
    screen.keys("4Ec");
    assert!(matches!(screen.effects.last(), Some(Effect::Export(Export::Grid(_)))));
    screen.keys("x");
    assert_snapshot!("xray_120x40", screen.text());
    screen.keys("<esc>");
    assert!(screen.text().contains("D1      D8"), "{}", screen.text());
}

#[test]
fn the_list_tells_how_much_was_read_when_asked() {
    let silent = Trial { id: "NCT00000008".to_owned(), title: "Only a title".to_owned(), ..Trial::default() };
    let mut screen = Screen::on(vec![trial(), silent], 120, 14);
    assert!(
        !screen.effects.iter().any(|effect| matches!(effect, Effect::Read(_))),
        "nothing is read unasked"
    );
    screen.keys("%");
    assert!(screen.text().contains("…"), "{}", screen.text());
    // Only one job at a time.
    screen.keys("jk");
    let jobs: Vec<Effect> = std::mem::take(&mut screen.effects);
    let asked = jobs.iter().filter(|effect| matches!(effect, Effect::Read(_))).count();
    assert_eq!(asked, 1);
    for job in jobs {
        if let Effect::Read(entries) = job {
            assert!(
                entries
                    .iter()
                    .all(|entry| entry.readings_made().is_none() && entry.readings().dosing.total() < 9)
            );
            screen.tell(trialdeck::app::Msg::Read);
        }
    }
    assert_snapshot!("list_coverage_120x14", screen.text());
    screen.keys("%");
    assert!(!screen.text().contains("dosing assess."), "{}", screen.text());
}
