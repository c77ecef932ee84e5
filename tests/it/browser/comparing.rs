//! Trials side by side: aligned rows, moving over them, changing the columns.

use std::path::Path;

use insta::assert_snapshot;
use trialdeck::app::Effect;
use trialdeck::app::export::Page;
use trialdeck::compare::{self, SECTIONS, Side, State};
use trialdeck::library::{Cancel, Entry, load_all, samples};
use trialdeck::protocol::{Eligibility, Intervention, Trial};
use trialdeck::runtime::headless;
use trialdeck::search::finder::Kind;
use trialdeck::ui::Theme;

use super::screen::{Screen, keys};
use super::trials::{full, handful, short};

/// Two trials of one drug that differ in what they ask.
fn pair() -> Vec<Trial> {
    let trial = |id: &str, dose: &str, criteria: &str| Trial {
        interventions: vec![Intervention {
            name: "Lantidol".to_owned(),
            description: Some(dose.to_owned()),
            ..Intervention::default()
        }],
        eligibility: Eligibility { text: Some(criteria.to_owned()), ..Eligibility::default() },
        ..short(id, "Lantidol for winter itch", "RECRUITING", &["PHASE2"], "Winter Itch")
    };
    vec![
        trial(
            "NCT90000101",
            "Lantidol 40 mg orally once daily in each 28-day cycle",
            "Inclusion Criteria:\n* ECOG 0 or 1\n* Platelets ≥ 100 x 10^9/L\n* Itch on most days of the last two weeks\n\
             Exclusion Criteria:\n* Antihistamines within 2 weeks before the first dose",
        ),
        trial(
            "NCT90000102",
            "Lantidol 80 mg orally once daily in each 28-day cycle",
            "Inclusion Criteria:\n* ECOG 0-2\n* Platelet count of at least 75,000/mm3\n* Itch on most days of the last four weeks\n\
             Exclusion Criteria:\n* Antihistamines within 4 weeks before the first dose\n* Active hepatitis B",
        ),
    ]
}

fn compared(width: u16, height: u16) -> Screen {
    let mut screen = Screen::on(pair(), width, height);
    screen.keys("<space><space>c");
    screen
}

#[test]
fn ticked_trials_stand_side_by_side() {
    assert_snapshot!("compare_design_80x24", compared(80, 24).text());
    for (size, name) in [((40, 12), "40x12"), ((80, 24), "80x24"), ((160, 50), "160x50")] {
        let mut screen = compared(size.0, size.1);
        screen.keys("5");
        assert_snapshot!(format!("compare_eligibility_{name}"), screen.text());
    }
    let mut screen = compared(80, 24);
    screen.keys("5");
    assert_snapshot!("compare_eligibility_80x24_styles", screen.styles(&Theme::sixteen()));
    assert_snapshot!("compare_eligibility_80x24_styles_mono", screen.styles(&Theme::mono()));
}

#[test]
fn the_samples_are_compared_in_every_section() {
    let trials: Vec<Trial> = samples().iter().map(|entry| entry.trial.clone()).collect();
    let mut screen = Screen::on(trials, 200, 60);
    screen.keys("<space><space><space><space>c");
    for (key, name) in
        [("1", "design"), ("2", "arms"), ("3", "schedule"), ("4", "endpoints"), ("5", "eligibility")]
    {
        screen.keys(key);
        assert_snapshot!(format!("compare_samples_{name}_200x60"), screen.text());
    }
}

#[test]
fn with_too_few_or_too_many_ticked_it_says_what_to_do() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("c");
    assert!(screen.model.comparing().is_none());
    assert!(screen.text().contains("two to 6 can be compared"), "{}", screen.text());
    let mut many = handful();
    many.extend(pair());
    let mut screen = Screen::on(many, 80, 24);
    screen.keys("<space><space><space><space><space><space><space>c");
    assert!(screen.text().contains("at most 6"), "{}", screen.text());
}

#[test]
fn with_nothing_ticked_the_versions_of_a_record_are_compared() {
    let mut versions = pair();
    for (trial, date) in versions.iter_mut().zip(["2026-01-05", "2025-06-30"]) {
        trial.id = "NCT90000101".to_owned();
        trial.dates.last_update_posted = Some(super::trials::dated(date));
    }
    let mut screen = Screen::on(versions, 120, 30);
    screen.keys("c");
    assert_snapshot!("compare_versions_120x30", screen.text());
    screen.keys("s");
    assert!(screen.text().contains("Where it stands"), "{}", screen.text());
}

#[test]
fn one_ticked_trial_is_compared_with_the_one_under_the_cursor() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("<space>jc");
    assert_eq!(screen.model.comparing().expect("a comparison").ids(), ["NCT90000001", "NCT90000003"]);
    screen.keys("<esc>");
    assert!(screen.model.comparing().is_none());
}

#[test]
fn differences_are_stepped_over_and_can_stand_alone() {
    let mut screen = compared(80, 24);
    screen.keys("5");
    let label = |screen: &Screen| screen.model.comparing().and_then(|c| c.row()).map(|row| row.label.clone());
    assert_eq!(label(&screen).as_deref(), Some("ECOG"));
    screen.keys("}");
    assert_eq!(label(&screen).as_deref(), Some("Platelets, 10^9/L"));
    screen.keys("{");
    assert_eq!(label(&screen).as_deref(), Some("ECOG"));
    screen.keys("1d");
    assert!(!screen.text().contains("Phase"), "the phase is the same: {}", screen.text());
    screen.keys("d");
    assert!(screen.text().contains("Phase"));
}

#[test]
fn columns_move_go_come_and_one_is_the_baseline() {
    let mut trials = pair();
    trials.push(full());
    let mut screen = Screen::on(trials, 160, 50);
    screen.keys("<space><space>c");
    let columns = |screen: &Screen| -> Vec<usize> {
        let all = ["NCT90000101", "NCT90000102", "NCT90000042"];
        let ids = screen.model.comparing().expect("a comparison").ids();
        ids.iter().filter_map(|id| all.iter().position(|known| known == id)).collect()
    };
    assert_eq!(columns(&screen), [0, 1]);
    screen.keys("L");
    assert_eq!(columns(&screen), [1, 0]);
    screen.keys("H");
    assert_eq!(columns(&screen), [0, 1]);
    screen.keys("-");
    assert!(screen.text().contains("two trials are the fewest"), "{}", screen.text());
    press(&mut screen, "+NCT90000042<enter>");
    assert_eq!(columns(&screen), [0, 1, 2]);
    screen.keys("5h=");
    assert_eq!(screen.model.comparing().and_then(|c| c.baseline), Some(1));
    assert_snapshot!("compare_baseline_160x50", screen.text());
    screen.keys("l-");
    assert_eq!(columns(&screen), [0, 1]);
}

#[test]
fn a_filter_leaves_rows_and_a_cell_leads_to_its_words() {
    let mut screen = compared(80, 24);
    screen.keys("5/platelet<enter>");
    assert!(!screen.text().contains("ECOG"), "{}", screen.text());
    screen.keys("ls");
    assert_snapshot!("compare_source_80x24", screen.text());
    screen.keys("<esc>yy");
    assert!(matches!(screen.effects.last(), Some(Effect::Copy(text)) if text.contains("75")));
    screen.keys("<esc>");
    assert!(screen.text().contains("ECOG"), "{}", screen.text());
}

#[test]
fn every_change_of_the_columns_is_taken_back() {
    let mut trials = pair();
    trials.push(full());
    let mut screen = Screen::on(trials, 160, 50);
    screen.keys("<space><space>c");
    let state = |screen: &Screen| {
        let comparing = screen.model.comparing().expect("a comparison");
        let ids: Vec<String> = comparing.ids().into_iter().map(str::to_owned).collect();
        (ids, comparing.baseline, comparing.column)
    };
    let mut states = vec![state(&screen)];
    for keys in ["=", "L", "+NCT90000042<enter>", "=", "H", "-", "="] {
        press(&mut screen, keys);
        states.push(state(&screen));
    }
    while let Some(expected) = states.pop() {
        assert_eq!(state(&screen), expected);
        screen.keys("u");
    }
    assert!(screen.text().contains("nothing to take back"), "{}", screen.text());
}

#[test]
fn the_copy_menu_has_the_cell_the_row_the_section_and_all_of_it() {
    let mut screen = compared(100, 30);
    screen.keys("5l/platelet<enter>y");
    assert_snapshot!("compare_copy_100x30", screen.text());
    screen.keys("r");
    let copied = |screen: &Screen| match screen.effects.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&screen), "Platelets, 10^9/L\t≥ 100\t≥ 75 (75000 /mm3)");
    screen.keys("yi");
    assert_eq!(copied(&screen), "NCT90000101\nNCT90000102");
    screen.keys("ys");
    let shape = |screen: &Screen| match screen.effects.last() {
        Some(Effect::CopyPage(Page::Comparison(page))) => {
            page.sections.iter().map(|section| (section.name.title(), section.rows.len())).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(shape(&screen), [("Eligibility", 2)]);
    screen.keys("yc");
    assert_eq!(shape(&screen).len(), SECTIONS.len());
    assert!(screen.text().contains("copied: the comparison as Markdown"), "{}", screen.text());
}

/// Real trials that share a condition: which rows there are, and which cells are stated (S), not read (r) or not
/// stated (·). Their words stay where they are.
#[test]
fn real_trials_that_share_a_condition_align() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctgov_v2_json/bulk_array");
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let entries = load_all(&[folder], &Cancel::new()).entries;
    for (name, ids) in [
        ("nsclc", ["NCT03191786", "NCT04158440", "NCT05773092"].as_slice()),
        ("nsclc_two", &["NCT03986528", "NCT02795884", "NCT06620835", "NCT06094296"]),
        ("nsclc_early", &["NCT07003490", "NCT07461727"]),
    ] {
        let chosen: Vec<&Entry> = ids
            .iter()
            .map(|id| {
                entries.iter().find(|entry| entry.trial.id == *id).expect("in the shared records").as_ref()
            })
            .collect();
        let sides: Vec<Side<'_>> =
            chosen.iter().map(|entry| Side { trial: &entry.trial, readings: entry.readings() }).collect();
        let comparison = compare::compare(&sides, &SECTIONS);
        let mut shape = String::new();
        for section in &comparison.sections {
            shape.push_str(&format!("{}\n", section.name.title()));
            let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
            for row in &section.rows {
                let cells: String = row.cells.iter().map(|cell| state(cell.state)).collect();
                match groups.last_mut().filter(|(group, _)| *group == row.group) {
                    Some((_, rows)) => rows.push(cells),
                    None => groups.push((row.group, vec![cells])),
                }
            }
            for (group, rows) in groups {
                shape.push_str(&format!("  {group}: {}\n", rows.join(" ")));
            }
        }
        assert_snapshot!(format!("compare_real_{name}"), shape);
    }
}

fn state(state: State) -> char {
    match state {
        State::Stated => 'S',
        State::NotRead => 'r',
        State::NotStated => '·',
    }
}

/// Keys with workers that answer at once.
fn press(screen: &mut Screen, text: &str) {
    headless::press(&mut screen.model, &keys(text));
}

#[test]
fn a_further_trial_is_found_with_the_finder_that_offers_trials_alone() {
    let mut trials = pair();
    trials.push(full());
    trials.extend(handful());
    let mut screen = Screen::on(trials, 80, 24);
    press(&mut screen, "<space><space>c+");
    assert_snapshot!("compare_add_80x24", screen.text());
    // One kind is all there is, and no column is offered twice.
    press(&mut screen, "<tab>i");
    let finder = screen.model.finder().expect("the finder");
    assert!(
        finder.sought.rows.iter().all(|row| row.kind == Kind::Trial && row.trial > 1),
        "{:?}",
        finder.sought.rows
    );
    press(&mut screen, "<esc>");
    assert!(screen.model.comparing().is_some_and(|comparing| comparing.trials.len() == 2));
    press(&mut screen, "+title:knee<enter>");
    let ids = screen.model.comparing().expect("a comparison").ids();
    assert_eq!(ids.get(2).copied(), Some("NCT90000003"));
}
