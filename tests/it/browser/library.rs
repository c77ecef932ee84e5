//! A library in the browser: rows at once, records when they are looked at, the query language in the filter.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::sync::Arc;

use tempfile::TempDir;
use trialdeck::app::{Effect, Msg};
use trialdeck::formats::Record;
use trialdeck::library::store::Writer;
use trialdeck::library::{Entry, Library};
use trialdeck::protocol::{Dated, Enrollment, Source};
use trialdeck::runtime::headless;

use super::screen::{Screen, keys};
use super::trials::handful;

/// A library of the fixtures; the first was removed, so that rows have gaps.
fn library() -> (TempDir, Arc<Library>) {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    let mut writer = Writer::open(&root, "2026-03-15").expect("a writer");
    for trial in handful() {
        writer.add(&Arc::new(Entry::new(Record { trial, raw: None })), false).expect("added");
    }
    writer.commit().expect("committed");
    writer.remove(&handful()[0].id).expect("removed");
    writer.commit().expect("committed");
    writer.finish().expect("finished");
    let library = Library::open(&root).expect("a library");
    (folder, Arc::new(library))
}

/// A screen on a library whose records come at once.
fn screen(library: &Arc<Library>) -> Screen {
    let mut screen = Screen::empty(100, 24);
    headless::tell(&mut screen.model, Msg::Library(Arc::clone(library)));
    screen
}

fn press(screen: &mut Screen, text: &str) {
    headless::press(&mut screen.model, &keys(text));
}

#[test]
fn its_rows_are_listed_before_any_record_is_read() {
    let (_folder, library) = library();
    let mut screen = Screen::empty(100, 24);
    screen.effects.clear();
    screen.tell(Msg::Library(Arc::clone(&library)));
    assert!(
        matches!(screen.effects.as_slice(), [Effect::Fetch(wish)] if wish.rows == [1]),
        "{:?}",
        screen.effects
    );
    let listed = screen.text();
    for trial in &handful()[1..] {
        let start: String = trial.title.chars().take(12).collect();
        assert!(listed.contains(&start), "{start}: {listed}");
    }
    assert!(listed.contains("4 trials"), "{listed}");
    // Asked for once.
    screen.effects.clear();
    screen.tell(Msg::Resize(100, 30));
    assert!(screen.effects.is_empty(), "{:?}", screen.effects);
}

#[test]
fn a_record_shows_as_it_does_from_its_file() {
    let (_folder, library) = library();
    let mut from_library = screen(&library);
    let mut from_file = Screen::on(handful(), 100, 24);
    from_file.keys("j");
    for pane in ["2", "3", "5", "7"] {
        press(&mut from_library, pane);
        from_file.keys(pane);
        assert!(from_library.model.detail.content.lines.len() > 1, "pane {pane}");
        if pane != "7" {
            assert_eq!(
                from_library.model.detail.content.lines, from_file.model.detail.content.lines,
                "pane {pane}"
            );
        }
    }
    press(&mut from_library, "<esc>j");
    assert_eq!(
        from_library.model.selected().map(|entry| entry.trial.id.clone()),
        Some(handful()[2].id.clone())
    );
}

#[test]
fn ticked_trials_are_compared_and_another_joins_when_its_record_has_come() {
    let (_folder, library) = library();
    let mut screen = screen(&library);
    press(&mut screen, "  c");
    let columns =
        |screen: &Screen| screen.model.comparing().map(|comparing| comparing.comparison.trials.clone());
    let ids: Vec<String> = handful().into_iter().map(|trial| trial.id).collect();
    assert_eq!(columns(&screen).as_deref(), Some(&ids[1..3]));
    press(&mut screen, "+<enter>");
    assert_eq!(columns(&screen).as_deref(), Some(&ids[1..4]));
}

#[test]
fn the_filter_speaks_the_query_language() {
    let (_folder, library) = library();
    let mut screen = screen(&library);
    press(&mut screen, "/title:spray<enter>");
    assert_eq!(screen.model.list.order, [1]);
    press(&mut screen, "<esc>/nothingatall");
    assert!(screen.text().contains("No trial matches"), "{}", screen.text());
    press(&mut screen, "<esc>");
    assert_eq!(screen.model.list.order, [1, 2, 3, 4]);
    press(&mut screen, "St");
    assert_eq!(screen.model.list.order.len(), 4);
}

#[test]
fn a_record_that_cannot_be_read_is_told_of_and_not_asked_for_again() {
    let (_folder, library) = library();
    let mut screen = Screen::empty(100, 24);
    screen.tell(Msg::Library(library));
    screen.effects.clear();
    screen.tell(Msg::Record { edition: 0, row: 1, read: Err("the record of row 1 is damaged".to_owned()) });
    assert!(screen.text().contains("the record of row 1 is damaged"), "{}", screen.text());
    assert!(screen.effects.is_empty(), "{:?}", screen.effects);
}

/// A library that keeps an earlier version of its only record.
fn library_of_versions() -> (TempDir, Arc<Library>) {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    let mut writer = Writer::open(&root, "2026-03-15").expect("a writer");
    for (date, count) in [("2025-01-10", 40), ("2026-02-20", 60)] {
        let mut trial = handful()[1].clone();
        trial.enrollment = Some(Enrollment { count: Some(count), kind: None });
        trial.dates.last_update_posted = Some(Dated { date: date.to_owned(), kind: None });
        trial.source = Some(Source { version: Some(date.to_owned()), ..Source::default() });
        writer.add(&Arc::new(Entry::new(Record { trial, raw: None })), true).expect("added");
        writer.commit().expect("committed");
    }
    writer.finish().expect("finished");
    (folder, Arc::new(Library::open(&root).expect("a library")))
}

#[test]
fn versions_that_the_library_keeps_are_compared_when_they_have_been_read() {
    let (_folder, library) = library_of_versions();
    let mut screen = screen(&library);
    press(&mut screen, "c");
    let comparing = screen.model.comparing().expect("a comparison");
    let dates: Vec<_> =
        comparing.trials.iter().map(|entry| entry.trial.dates.last_update_posted.as_ref()).collect();
    let dates: Vec<_> = dates.into_iter().flatten().map(|dated| dated.date.as_str()).collect();
    assert_eq!(dates, ["2025-01-10", "2026-02-20"]);
    assert!(screen.text().contains("40") && screen.text().contains("60"), "{}", screen.text());
}

#[test]
fn versions_are_asked_for_and_what_cannot_be_read_is_told() {
    let (_folder, library) = library_of_versions();
    let mut screen = Screen::empty(100, 24);
    screen.tell(Msg::Library(library));
    screen.effects.clear();
    screen.keys("c");
    assert!(
        matches!(screen.effects.as_slice(), [Effect::Versions(wish)] if wish.rows == [0]),
        "{:?}",
        screen.effects
    );
    screen.tell(Msg::Versions { edition: 0, row: 0, read: Err("an earlier record is damaged".to_owned()) });
    assert!(screen.text().contains("an earlier record is damaged"), "{}", screen.text());
    screen.tell(Msg::Versions { edition: 0, row: 0, read: Ok(Vec::new()) });
    assert!(screen.text().contains("ticks trials"), "{}", screen.text());
    assert!(screen.model.comparing().is_none());
}
