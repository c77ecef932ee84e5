//! The side list of facets: counts of what the list shows, choosing by way of the filter, files and library alike.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::sync::Arc;

use insta::assert_snapshot;
use tempfile::TempDir;
use trialdeck::app::facets::Tallied;
use trialdeck::app::layer::Layer;
use trialdeck::app::{Effect, Msg};
use trialdeck::formats::Record;
use trialdeck::library::store::Writer;
use trialdeck::library::{Entry, Library};
use trialdeck::protocol::{Code, Endpoint, Organization, Site, Trial};
use trialdeck::runtime::headless;
use trialdeck::search::facets::{Counted, Facet};
use trialdeck::ui::Theme;

use super::screen::{Screen, keys};

/// A dozen trials of some countries, sponsors and endpoints.
fn dozen() -> Vec<Trial> {
    let countries =
        ["Austria", "Chile", "Denmark", "Egypt", "Fiji", "Ghana", "Hungary", "Iceland", "Japan", "Kenya"];
    (0..12)
        .map(|number| {
            let mut trial = Trial {
                id: format!("NCT9000000{number:02}"),
                title: format!("Tablet {} for itching, part {number}", ["A", "B", "C"][number % 3]),
                ..Trial::default()
            };
            trial.status = Some(Code::from(["RECRUITING", "COMPLETED", "NOT_YET_RECRUITING"][number % 3]));
            trial.phases = match number % 4 {
                0 => Vec::new(),
                1 => vec![Code::from("PHASE1"), Code::from("PHASE2")],
                _ => vec![Code::from("PHASE3")],
            };
            let class = Some(Code::from(["INDUSTRY", "OTHER"][number % 2]));
            trial.sponsor = Some(Organization { name: "A sponsor".to_owned(), class });
            let sites = countries.iter().take(number);
            trial.sites = sites
                .map(|country| Site { country: Some((*country).to_owned()), ..Site::default() })
                .collect();
            let measure =
                ["Progression-free survival", "Overall survival", "Colour of the nails"][number % 3];
            trial.endpoints = vec![Endpoint { measure: measure.to_owned(), ..Endpoint::default() }];
            trial
        })
        .collect()
}

fn library(trials: Vec<Trial>) -> (TempDir, Arc<Library>) {
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(folder.path(), "2026-03-15").expect("a writer");
    for trial in trials {
        writer.add(&Arc::new(Entry::new(Record { trial, raw: None })), false).expect("added");
    }
    writer.commit().expect("committed");
    writer.finish().expect("finished");
    let library = Library::open(folder.path()).expect("a library");
    (folder, Arc::new(library))
}

fn press(screen: &mut Screen, text: &str) {
    headless::press(&mut screen.model, &keys(text));
}

/// The counts that the side list shows.
fn counted(screen: &Screen) -> Vec<(Facet, Vec<Counted>)> {
    let shown = screen.model.layers.iter().find_map(|layer| match layer {
        Layer::Facets(shown) => Some(shown.tallied.facets.clone()),
        _ => None,
    });
    shown.expect("the side list is open")
}

fn told(screen: &Screen, facet: Facet) -> Vec<String> {
    let all = counted(screen);
    let values = all.iter().find(|(of, _)| *of == facet).map(|(_, values)| values.as_slice());
    values.unwrap_or_default().iter().map(|value| format!("{} {}", value.word, value.count)).collect()
}

#[test]
fn f_tells_how_many_of_the_listed_trials_have_each_value() {
    for (width, height) in [(80, 24), (120, 36), (200, 60), (60, 24)] {
        let mut screen = Screen::on(dozen(), width, height);
        press(&mut screen, "f");
        assert_snapshot!(format!("facets_{width}x{height}"), screen.text());
    }
    let mut screen = Screen::on(dozen(), 80, 24);
    press(&mut screen, "f j");
    assert_snapshot!("facets_styles", screen.styles(&Theme::sixteen()));
    assert_snapshot!("facets_styles_mono", screen.styles(&Theme::mono()));
}

#[test]
fn space_chooses_by_way_of_the_filter_and_takes_the_choice_back() {
    let mut screen = Screen::on(dozen(), 100, 40);
    press(&mut screen, "f ");
    assert_eq!(screen.model.list.filter, "status:recruiting");
    assert_eq!(screen.model.list.order, [0, 3, 6, 9]);
    assert_eq!(
        told(&screen, Facet::Status),
        ["recruiting 4", "not_yet_recruiting 4", "completed 4"],
        "its own choice is left out"
    );
    assert_eq!(told(&screen, Facet::Phase), ["1 1", "2 1", "3 2", "none 1"]);
    assert_eq!(told(&screen, Facet::Kind), ["pfs 4"]);
    press(&mut screen, "jj ");
    assert_eq!(screen.model.list.filter, "status:recruiting OR status:completed");
    assert_eq!(screen.model.list.order.len(), 8);
    press(&mut screen, "kk ");
    assert_eq!(screen.model.list.filter, "status:completed");
    press(&mut screen, "f");
    assert!(screen.model.layers.is_empty(), "the key that opens it closes it");
    press(&mut screen, "<esc>");
    assert_eq!(screen.model.list.order.len(), 12, "the choice goes with the filter");
}

#[test]
fn a_long_facet_unfolds_and_the_cursor_stays_on_its_value() {
    let mut screen = Screen::on(dozen(), 100, 50);
    press(&mut screen, "f");
    assert!(screen.text().contains("2 more"), "{}", screen.text());
    let at_more =
        |screen: &Screen| screen.text().lines().any(|line| line.contains('▌') && line.contains("more"));
    for _ in 0..40 {
        if at_more(&screen) {
            break;
        }
        press(&mut screen, "j");
    }
    assert!(at_more(&screen));
    press(&mut screen, " ");
    assert!(screen.text().contains("Japan") && !screen.text().contains("more:"), "{}", screen.text());
    press(&mut screen, " ");
    assert!(screen.model.list.filter.starts_with("country:\""), "{}", screen.model.list.filter);
}

#[test]
fn a_library_counts_as_its_files_do() {
    let (_folder, library) = library(dozen());
    for filter in ["", "/tablet<enter>", "/phase>=2 a<enter>"] {
        let mut files = Screen::on(dozen(), 100, 40);
        let mut from_library = Screen::empty(100, 40);
        headless::tell(&mut from_library.model, Msg::Library(Arc::clone(&library)));
        for screen in [&mut files, &mut from_library] {
            press(screen, filter);
            press(screen, "fjjj");
        }
        assert_eq!(counted(&files), counted(&from_library), "{filter}");
        press(&mut files, " ");
        press(&mut from_library, " ");
        assert_eq!(files.model.list.filter, from_library.model.list.filter);
        let (mut one, mut other) = (files.model.list.order.clone(), from_library.model.list.order.clone());
        one.sort_unstable();
        other.sort_unstable();
        assert_eq!(one, other, "{filter}");
        assert_eq!(counted(&files), counted(&from_library), "{filter}, chosen");
    }
}

#[test]
fn every_count_is_what_choosing_the_value_lists() {
    let mut screen = Screen::on(dozen(), 100, 40);
    press(&mut screen, "f");
    for (facet, values) in counted(&screen) {
        for value in values {
            let mut other = Screen::on(dozen(), 100, 40);
            let query = trialdeck::search::facets::toggled("", &Default::default(), facet, &value.word);
            press(&mut other, &format!("/{query}<enter>"));
            assert_eq!(other.model.list.order.len(), value.count, "{query}");
        }
    }
}

#[test]
fn an_answer_to_what_is_not_shown_any_more_is_dropped() {
    let mut screen = Screen::on(dozen(), 100, 40);
    screen.keys("f");
    assert!(matches!(screen.effects.last(), Some(Effect::Tally(_))), "{:?}", screen.effects);
    assert!(screen.text().contains("counting …"));
    let late = Tallied {
        generation: 77,
        facets: vec![(Facet::Class, vec![Counted { word: "nih".to_owned(), count: 5 }])],
        ..Tallied::default()
    };
    screen.tell(Msg::Tallied(Box::new(late)));
    assert!(!screen.text().contains("NIH"));
}

#[test]
fn while_the_prose_is_not_read_a_search_for_it_says_so() {
    let (_folder, library) = library(dozen());
    let mut screen = Screen::empty(120, 30);
    headless::tell(&mut screen.model, Msg::Library(library));
    press(&mut screen, "/ecog<=1");
    assert!(
        screen.text().contains("still reading: 0% of the prose is read, 12 of 12 trials are left"),
        "{}",
        screen.text()
    );
    press(&mut screen, "<ctrl-u>status:recruiting");
    assert!(!screen.text().contains("still reading"), "{}", screen.text());
}
