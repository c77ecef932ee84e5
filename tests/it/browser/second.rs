//! The second reader: rows are accepted, corrected and rejected; what was said stands below them and is used.

use insta::assert_snapshot;
use trialdeck::app::desk::{DeskJob, DeskNews};
use trialdeck::app::{Effect, Msg};
use trialdeck::protocol::{Arm, Endpoint, Review, Role, TimeFrameText, Trial, Verdict};

use super::screen::Screen;

fn trial() -> Trial {
    let mut trial = Trial {
        id: "NCT00000011".to_owned(),
        title: "Drugamab in sarcoma".to_owned(),
        arms: vec![Arm {
            label: "Drugamab".to_owned(),
            description: Some("Drugamab 80 mg IV on days 1 and 15 of each 28-day cycle.".to_owned()),
            ..Arm::default()
        }],
        ..Trial::default()
    };
    trial.endpoints = vec![Endpoint {
        role: Some(Role::Primary),
        measure: "Zyx".to_owned(),
        description: None,
        time_frame: Some(TimeFrameText { text: "2 years".to_owned() }),
    }];
    trial.description.detailed = Some("CT at baseline and every 6 weeks.".to_owned());
    trial.eligibility.text = Some(
        "Inclusion Criteria:\n\n* ANC ≥ 1.5 x 10^9/L, platelets ≥ 100 x 10^9/L\n* ECOG 0-1\n\nExclusion Criteria:\n\n* Pregnancy\n"
            .to_owned(),
    );
    trial
}

/// Carries out what was asked of the desk, as the keeper does; the time is always the same.
fn keep(screen: &mut Screen) -> Vec<Review> {
    let mut all = Vec::new();
    for effect in std::mem::take(&mut screen.effects) {
        if let Effect::Desk(DeskJob::Judge { review, keep }) = effect {
            let review = Box::new(Review { at: "2026-03-15T09:30:00Z".to_owned(), ..*review });
            all.push((*review).clone());
            screen.tell(Msg::Desk(DeskNews::Judged { review, kept: keep }));
        }
    }
    all
}

fn on(keys: &str) -> Screen {
    let mut screen = Screen::on(vec![trial()], 110, 30);
    screen.keys(keys);
    screen
}

/// Goes down to the row that says this.
fn to(screen: &mut Screen, words: &str) {
    for _ in 0..40 {
        let here = screen.text().lines().any(|line| line.contains('▌') && line.contains(words));
        if here {
            return;
        }
        screen.keys("j");
    }
    panic!("no row says {words}:\n{}", screen.text());
}

#[test]
fn a_row_is_accepted_with_initials_that_are_asked_for_once() {
    let mut screen = on("5");
    to(&mut screen, "ANC");
    screen.keys("a");
    assert!(screen.text().contains("your initials:"), "{}", screen.text());
    screen.keys("\u{e9}\u{301} b<enter>");
    assert!(screen.text().contains("initials: 1 to 12"), "{}", screen.text());
    screen.keys("<ctrl-u>AB<enter>");
    let said = keep(&mut screen);
    assert_eq!(said.len(), 2, "both limits of the row");
    assert!(said.iter().all(|review| review.by == "AB" && review.verdict == Verdict::Accepted));
    assert_snapshot!("second_accepted", screen.text());
    screen.keys("a");
    assert!(screen.text().contains("judged already"), "{}", screen.text());
    to(&mut screen, "ECOG 0-1");
    screen.keys("a");
    assert_eq!(keep(&mut screen).len(), 2, "nobody asks again");
}

#[test]
fn a_limit_is_corrected_in_words_that_its_reader_reads() {
    let mut screen = on("5");
    to(&mut screen, "ANC");
    screen.keys("r");
    assert!(screen.text().contains("Correct or reject which row"), "{}", screen.text());
    screen.keys("ac");
    assert!(screen.text().contains("limit is ANC ≥ 1.5 x 10^9/L"), "{}", screen.text());
    screen.keys("<ctrl-u>blue<enter>");
    assert!(screen.text().contains("no limit is read of that"), "{}", screen.text());
    screen.keys("<ctrl-u>≥ 1.0 x 10^9/L<enter>AB<enter>");
    keep(&mut screen);
    assert_snapshot!("second_corrected", screen.text());
    let entry = screen.model.selected().expect("a trial");
    let anc = entry.readings().criteria.facts.iter().find(|limit| limit.variable == "anc").expect("a limit");
    assert_eq!(serde_json::json!(anc.value), serde_json::json!(1));
    screen.keys("rat");
    keep(&mut screen);
    assert!(!screen.text().contains("corrected"), "{}", screen.text());
}

#[test]
fn rejected_doses_leave_the_grid_and_stay_within_reach() {
    let mut screen = on("4");
    to(&mut screen, "80 mg");
    screen.keys("rxAB<enter>");
    keep(&mut screen);
    assert_snapshot!("second_rejected", screen.text());
    to(&mut screen, "Drugamab 80 mg");
    screen.keys("rt");
    keep(&mut screen);
    assert!(!screen.text().contains("Rejected"), "{}", screen.text());
}

#[test]
fn a_corrected_dose_is_what_the_calendar_draws() {
    let mut screen = on("4");
    to(&mut screen, "80 mg");
    screen.keys("rc<ctrl-u>Drugamab 80 mg IV on days 1 and 8 of each 21-day cycle<enter>AB<enter>");
    keep(&mut screen);
    screen.keys("C<ctrl-u>2026-12-01<enter>");
    let text = screen.text();
    assert!(text.contains("2026-12-08") && !text.contains("2026-12-15"), "{text}");
}

#[test]
fn kinds_and_times_are_corrected() {
    let mut screen = on("3");
    screen.keys("rc<ctrl-u>PFS<enter>AB<enter>");
    keep(&mut screen);
    assert!(screen.text().contains("[PFS]"), "{}", screen.text());
    screen.keys("jrc<ctrl-u>up to 36 months<enter>");
    keep(&mut screen);
    assert_snapshot!("second_endpoints", screen.text());
}

#[test]
fn a_changed_record_asks_again() {
    let mut screen = on("5");
    to(&mut screen, "ECOG 0-1");
    screen.keys("aAB<enter>");
    let said = keep(&mut screen);
    let mut changed = trial();
    changed.eligibility.text =
        changed.eligibility.text.map(|text| text.replace("Pregnancy", "Pregnancy or nursing"));
    let mut later = Screen::empty(110, 30);
    for review in said {
        std::sync::Arc::make_mut(&mut later.model.reviews).put(review);
    }
    later.load(vec![changed]);
    later.keys("5");
    assert!(later.text().contains("look again"), "{}", later.text());
    assert!(!later.text().contains("✓ accepted"), "{}", later.text());
}

#[test]
fn elsewhere_nothing_is_judged() {
    let mut screen = on("1");
    screen.keys("a");
    assert!(screen.text().contains("rows are judged in"), "{}", screen.text());
    screen.keys("r");
    assert!(screen.model.layers.is_empty());
}
