//! One patient, many trials: facts are typed, trials weighed, limits unfolded to their words.

use insta::assert_snapshot;
use trialdeck::app::patient::Weigh;
use trialdeck::app::{Effect, Msg};
use trialdeck::protocol::{Code, Eligibility, Trial};
use trialdeck::ui::Theme;

use super::screen::Screen;
use super::trials::short;

const FACTS: &str = "B7, 61 f, ecog 1, anc 1.2, chemotherapy 20 days ago, KIT exon 17";

fn trials() -> Vec<Trial> {
    let trial = |id: &str, title: &str, criteria: &str| Trial {
        eligibility: Eligibility {
            text: Some(criteria.to_owned()),
            minimum_age: Some("18 Years".to_owned()),
            sex: Some(Code::from("ALL")),
            ..Eligibility::default()
        },
        ..short(id, title, "RECRUITING", &["PHASE2"], "Winter Itch")
    };
    vec![
        trial(
            "NCT90000201",
            "Closed by a count",
            "Inclusion Criteria:\n* ANC ≥ 1.5 x 10^9/L\n* Platelets ≥ 100 x 10^9/L",
        ),
        trial(
            "NCT90000202",
            "Waits for a washout",
            "Inclusion Criteria:\n* ECOG 0 or 1\nExclusion Criteria:\n* Chemotherapy within 4 weeks before the first dose",
        ),
        trial(
            "NCT90000203",
            "Open, with a platelet count to know",
            "Inclusion Criteria:\n* ECOG 0-2\n* Platelets ≥ 75 x 10^9/L\n* ALT ≤ 2.5 x ULN (≤ 5 x ULN if liver metastases)\n\
             Exclusion Criteria:\n* Major surgery within 4 weeks before the first dose",
        ),
        trial("NCT90000204", "All that was read is met", "Inclusion Criteria:\n* ECOG 0-2"),
        Trial {
            eligibility: Eligibility { text: Some("Winter itch".to_owned()), ..Eligibility::default() },
            ..short("NCT90000205", "Says nothing that was read", "RECRUITING", &["PHASE2"], "Winter Itch")
        },
    ]
}

/// The jobs that were asked for since the last look.
fn jobs(screen: &mut Screen) -> Vec<Weigh> {
    let jobs = screen.effects.drain(..).filter_map(|effect| match effect {
        Effect::Weigh(job) => Some(job),
        _ => None,
    });
    jobs.collect()
}

/// Does what a worker would do.
fn work(screen: &mut Screen) {
    for job in jobs(screen) {
        if let Some(outcome) = job.run(&|| false, &mut |_| {}) {
            screen.tell(Msg::Weighed { generation: job.generation, outcome });
        }
    }
}

fn weighed(width: u16, height: u16) -> Screen {
    let mut screen = Screen::on(trials(), width, height);
    screen.keys("P").keys(FACTS).keys("<enter>");
    work(&mut screen);
    screen
}

#[test]
fn the_trials_stand_by_how_they_are_met() {
    for (width, height) in [(40, 12), (80, 24), (160, 50)] {
        let mut screen = weighed(width, height);
        assert_snapshot!(format!("patient_{width}x{height}"), screen.text());
        assert_snapshot!(format!("patient_{width}x{height}_styles"), screen.styles(&Theme::sixteen()));
        screen.keys("j<enter>");
        assert_snapshot!(format!("patient_unfolded_{width}x{height}"), screen.text());
    }
    assert_snapshot!("patient_80x24_styles_mono", weighed(80, 24).styles(&Theme::mono()));
}

#[test]
fn facts_that_are_not_understood_stay_to_be_mended() {
    let mut screen = Screen::on(trials(), 100, 24);
    screen.keys("PB7, 61 f, feels well<enter>");
    assert!(screen.text().contains("`feels well` is not understood"), "{}", screen.text());
    assert!(screen.text().contains("facts: B7, 61 f, feels well"), "{}", screen.text());
    screen.keys("<ctrl-u>Anna Smith, 61 f<enter>");
    assert!(screen.text().contains("looks like a name"), "{}", screen.text());
    screen.keys("<ctrl-u>B7, chemotherapy on 2026-01-02<enter>");
    assert!(screen.text().contains("say how long ago"), "{}", screen.text());
    assert!(jobs(&mut screen).is_empty());
}

#[test]
fn facts_are_changed_and_old_answers_dropped() {
    let mut screen = Screen::on(trials(), 100, 30);
    screen.keys("P").keys(FACTS).keys("<enter>");
    let old = jobs(&mut screen).remove(0);
    screen.tell(Msg::Weighing { generation: old.generation, done: 3 });
    assert!(screen.text().contains("3 of 5 trials"), "{}", screen.text());
    screen.keys("P, platelets 80<enter>");
    let new = jobs(&mut screen).remove(0);
    let of = |job: &Weigh| job.run(&|| false, &mut |_| {}).expect("an outcome");
    screen.tell(Msg::Weighed { generation: old.generation, outcome: of(&old) });
    assert!(screen.text().contains("0 of 5 trials"), "{}", screen.text());
    screen.tell(Msg::Weighed { generation: new.generation, outcome: of(&new) });
    assert!(screen.text().contains("Platelets 80 ×10⁹/L*"), "{}", screen.text());
}

#[test]
fn only_the_ticked_are_weighed_and_rows_are_filtered() {
    let mut screen = Screen::on(trials(), 100, 30);
    screen.keys("<space><space>P").keys(FACTS).keys("<enter>");
    work(&mut screen);
    assert!(screen.text().contains("against 2 ticked trials"), "{}", screen.text());
    screen.keys("/washout<enter>");
    let text = screen.text();
    assert!(text.contains("Waits for a washout") && !text.contains("Closed by a count"), "{text}");
    screen.keys("<esc>");
    assert!(screen.text().contains("Closed by a count"), "{}", screen.text());
    screen.keys("<esc>");
    assert!(screen.model.patient().is_none());
}

#[test]
fn a_limit_leads_to_its_words_and_is_copied() {
    let mut screen = weighed(100, 40);
    screen.keys("jj<enter>js");
    assert!(screen.text().contains("Where it stands in the record"), "{}", screen.text());
    assert!(screen.text().contains("Chemotherapy within 4 weeks"), "{}", screen.text());
    screen.keys("<esc>kyy");
    let copied = screen.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(
        copied.as_deref(),
        Some("NCT90000202 Waits for a washout: 2 met, 1 failed, 0 unknown; in 8 days")
    );
}

#[test]
fn a_patients_file_may_be_named_and_a_running_weighing_is_given_up() {
    let mut screen = Screen::on(trials(), 100, 30);
    screen.keys("Pb7.json<enter>");
    let asked = screen
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::ReadPatient(path) if path.as_os_str() == "b7.json"));
    assert!(asked);
    screen.tell(Msg::Patient(Err("b7.json: cannot be read".to_owned())));
    assert!(screen.text().contains("b7.json: cannot be read"), "{}", screen.text());
    let patient = trialdeck::matching::Patient { age: Some(61.0), ..Default::default() };
    screen.tell(Msg::Patient(Ok(patient)));
    assert!(screen.text().contains("Reading and weighing"), "{}", screen.text());
    jobs(&mut screen);
    screen.keys("<esc>");
    assert!(jobs(&mut screen).iter().all(|job| job.trials.is_empty()));
}
