//! What a careful reader would query: the list with severities and words, and the way to the row.

use insta::assert_snapshot;
use trialdeck::app::Effect;
use trialdeck::protocol::{Arm, Code, Dated, Endpoint, Intervention, Role, TimeFrameText, Trial};
use trialdeck::ui::Theme;

use super::screen::Screen;
use super::trials::handful;

fn outcome(measure: &str, description: &str, time: Option<&str>) -> Endpoint {
    Endpoint {
        role: Some(Role::Primary),
        measure: measure.to_owned(),
        description: Some(description.to_owned()),
        time_frame: time.map(|text| TimeFrameText { text: text.to_owned() }),
    }
}

/// A record with a fault in every pane.
fn faulty() -> Trial {
    let mut trial = Trial {
        id: "NCT00000009".to_owned(),
        title: "Drugamab as 3th line treatment of sarcoma, 肉瘤".to_owned(),
        conditions: vec!["Sarcoma".to_owned(), "Immunotherapy".to_owned()],
        ..Trial::default()
    };
    trial.arms = vec![Arm {
        label: "Drugamab".to_owned(),
        interventions: vec!["drugamab".to_owned()],
        ..Arm::default()
    }];
    trial.interventions = ["drugamab", "Control group"]
        .map(|name| Intervention {
            kind: Some(Code::from("DRUG")),
            name: name.to_owned(),
            ..Intervention::default()
        })
        .to_vec();
    trial.endpoints = vec![
        outcome("Overall survival", "From enrolment to death, assessed by RECIST 1.1.", Some("2 years")),
        outcome("Progression-free survival", "RECIST 1.1.", None),
    ];
    trial.eligibility.maximum_age = Some("65 Years".to_owned());
    trial.eligibility.text = Some(
        "Inclusion Criteria:\n\n* Able to walk\n* Age 18 to 75 years\n* Platelets ≥ 100, no bleeding\n"
            .to_owned(),
    );
    trial.dates.start = Some(Dated { date: "2025-05-01".to_owned(), kind: None });
    trial.dates.completion = Some(Dated { date: "2024-05-01".to_owned(), kind: None });
    trial
}

fn on(width: u16, height: u16) -> Screen {
    let mut screen = Screen::on(vec![faulty()], width, height);
    screen.keys("F");
    screen
}

#[test]
fn findings_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 36)] {
        assert_snapshot!(format!("findings_{width}x{height}"), on(width, height).text());
    }
}

#[test]
fn the_words_are_lit_with_and_without_colour() {
    let screen = on(80, 24);
    assert_snapshot!("findings_80x24_styles", screen.styles(&Theme::sixteen()));
    assert_snapshot!("findings_80x24_styles_mono", screen.styles(&Theme::mono()));
}

/// The line of the screen with the cursor's bar on the detail side.
fn under_cursor(screen: &Screen) -> String {
    let text = screen.text();
    let line = text.lines().find(|line| line.trim_start().starts_with('▌'));
    line.map(|line| line.trim().to_owned()).unwrap_or_else(|| panic!("no cursor:\n{text}"))
}

/// Enter on each finding in turn; `F` comes back to it.
#[test]
fn enter_goes_to_the_row_in_its_pane() {
    let mut screen = on(79, 50);
    let mut reached = Vec::new();
    for _ in 0..12 {
        let finding = under_cursor(&screen);
        screen.keys("<enter>");
        assert!(screen.model.layers.is_empty(), "{}", screen.text());
        let notice = screen.model.notice.clone().unwrap_or_default();
        let pane = screen.model.detail.pane.title();
        reached.push(format!("{finding}\n  {pane}: {} {notice}", under_cursor(&screen)));
        screen.keys("F");
        assert_eq!(under_cursor(&screen), finding);
        screen.keys("j");
    }
    assert_snapshot!("findings_reached", reached.join("\n"));
}

#[test]
fn a_filter_does_not_hide_the_row() {
    let mut screen = Screen::on(vec![faulty()], 79, 40);
    screen.keys("5/walk<enter>");
    screen.keys("Fj<enter>");
    assert!(under_cursor(&screen).contains("75 years"), "{}", screen.text());
}

#[test]
fn words_are_opened_copied_and_closed() {
    let mut screen = on(80, 24);
    screen.keys("s");
    assert!(screen.text().contains("Where it stands in the record"), "{}", screen.text());
    screen.keys("<esc>y");
    assert_snapshot!("findings_copy_80x24", screen.text());
    screen.keys("y");
    assert!(screen.text().contains("copied: NCT00000009"), "{}", screen.text());
    screen.keys("ys");
    assert!(screen.text().contains("lines, the first of them"), "{}", screen.text());
    let rows = match screen.effects.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert!(rows.lines().count() > 3, "{rows}");
    screen.keys("yi");
    assert!(matches!(screen.effects.last(), Some(Effect::Copy(id)) if id == "NCT00000009"));
    screen.keys("?");
    assert!(screen.text().contains("In the findings"), "{}", screen.text());
    screen.keys("<esc><esc>");
    assert!(screen.model.layers.is_empty());
}

#[test]
fn a_record_without_findings_says_so_and_the_next_trial_is_one_key_away() {
    let mut trials = vec![faulty()];
    trials.push(Trial { id: "NCT00000010".to_owned(), title: "A trial".to_owned(), ..Trial::default() });
    trials.extend(handful());
    let mut screen = Screen::on(trials, 100, 24);
    screen.keys("FJ");
    assert_snapshot!("findings_none", screen.text());
    screen.keys("K");
    assert!(screen.text().contains("Findings NCT00000009"), "{}", screen.text());
}

#[test]
fn with_no_trial_there_is_nothing_to_query() {
    let mut screen = Screen::on(Vec::new(), 80, 24);
    screen.keys("F");
    assert!(screen.model.layers.is_empty());
}
