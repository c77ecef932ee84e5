//! A library that another program writes to while it is open in the browser.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use trialdeck::app::reload::Renewed;
use trialdeck::app::{Effect, Msg};
use trialdeck::formats::Record;
use trialdeck::library::store::{self, Writer};
use trialdeck::library::{Entry, Library};
use trialdeck::protocol::{Code, Source, Trial};
use trialdeck::runtime::headless;

use super::screen::{Screen, keys};
use super::trials::{full, handful};

fn write(root: &Path, trials: Vec<Trial>, removed: &[&str]) {
    let mut writer = Writer::open(root, "2026-03-15").expect("a writer");
    for trial in trials {
        writer.add(&Arc::new(Entry::new(Record { trial, raw: None })), false).expect("added");
    }
    removed.iter().for_each(|id| assert!(writer.remove(id).expect("asked"), "{id}"));
    writer.commit().expect("committed");
    writer.finish().expect("finished");
}

/// Another version of a trial.
fn later(trial: Trial, change: impl FnOnce(&mut Trial)) -> Trial {
    let mut trial = Trial {
        source: Some(Source { version: Some("2026-09-01".to_owned()), ..Source::default() }),
        ..trial
    };
    change(&mut trial);
    trial
}

fn new() -> Trial {
    Trial {
        id: "NCT90000099".to_owned(),
        title: "Sea spray for a stuffed nose".to_owned(),
        ..Trial::default()
    }
}

/// A library of all fixtures, open on a screen.
fn open() -> (TempDir, Screen) {
    let folder = TempDir::new().expect("a folder");
    let mut trials = handful();
    trials.push(full());
    write(folder.path(), trials, &[]);
    let mut screen = Screen::empty(100, 30);
    let library = Arc::new(Library::open(folder.path()).expect("a library"));
    headless::tell(&mut screen.model, Msg::Library(library));
    (folder, screen)
}

fn press(screen: &mut Screen, text: &str) {
    headless::press(&mut screen.model, &keys(text));
}

fn on_screen(screen: &Screen) -> Arc<Library> {
    Arc::clone(&screen.model.shelf.as_ref().expect("a library").library)
}

/// The library as it is now, told as the watcher tells it.
fn renewed(from: &Arc<Library>) -> Msg {
    let newer = from.newer().expect("opened").expect("newer");
    Msg::Renewed(Ok(Box::new(Renewed::of(from, newer))))
}

fn renew(screen: &mut Screen) {
    let msg = renewed(&on_screen(screen));
    headless::tell(&mut screen.model, msg);
}

fn selected(screen: &Screen) -> Option<String> {
    let index = screen.model.list.selected()?;
    screen.model.head(index).map(|head| head.id.clone())
}

fn listed(screen: &Screen) -> Vec<String> {
    let order = screen.model.list.order.iter();
    order.filter_map(|index| screen.model.head(*index).map(|head| head.id.clone())).collect()
}

fn ticked(screen: &Screen) -> Vec<String> {
    let ticked = screen.model.list.ticked.iter();
    ticked.filter_map(|index| screen.model.head(*index).map(|head| head.id.clone())).collect()
}

fn notice(screen: &Screen) -> String {
    screen.model.notice.clone().unwrap_or_default()
}

#[test]
fn a_library_that_nobody_wrote_to_is_open_as_it_is() {
    let (_folder, screen) = open();
    assert!(on_screen(&screen).newer().expect("opened").is_none());
}

#[test]
fn what_another_program_writes_is_told_and_the_person_stays_where_they_are() {
    let (folder, mut screen) = open();
    press(&mut screen, " jjjj3jj");
    let row = screen.model.detail.position().cursor;
    assert_eq!(selected(&screen).as_deref(), Some("NCT90000042"));
    assert!(row > 0);
    let changed = later(handful()[1].clone(), |trial| trial.status = Some(Code::from("TERMINATED")));
    write(folder.path(), vec![changed, new()], &[&handful()[2].id]);
    renew(&mut screen);
    assert!(notice(&screen).starts_with("the library changed: NCT90000002: "), "{}", notice(&screen));
    assert!(notice(&screen).ends_with("1 new, 1 gone"), "{}", notice(&screen));
    assert_eq!(selected(&screen).as_deref(), Some("NCT90000042"));
    assert_eq!(screen.model.detail.position().cursor, row);
    assert_eq!(ticked(&screen), [handful()[0].id.clone()]);
    assert!(screen.text().contains("6 trials"), "{}", screen.text());
    assert!(listed(&screen).contains(&"NCT90000099".to_owned()));
    // The record that is looked at is the new one.
    press(&mut screen, "<esc>gj1");
    assert_eq!(selected(&screen).as_deref(), Some("NCT90000002"));
    let entry = screen.model.selected().expect("its record");
    assert_eq!(entry.trial.status.as_ref().map(Code::as_str), Some("TERMINATED"));
}

#[test]
fn records_that_are_as_they_were_are_not_read_again() {
    let (folder, mut screen) = open();
    let before = Arc::clone(screen.model.selected().expect("its record"));
    write(folder.path(), vec![new()], &[]);
    let msg = renewed(&on_screen(&screen));
    screen.effects.clear();
    screen.tell(msg);
    assert!(Arc::ptr_eq(&before, screen.model.selected().expect("its record")));
    assert!(!screen.effects.iter().any(|effect| matches!(effect, Effect::Fetch(_))), "{:?}", screen.effects);
    assert!(screen.effects.iter().any(|effect| matches!(effect, Effect::Shown(_))), "{:?}", screen.effects);
}

#[test]
fn a_selected_trial_that_is_gone_gives_way_to_the_next_one() {
    let (folder, mut screen) = open();
    press(&mut screen, "jj");
    write(folder.path(), vec![new()], &[&handful()[2].id, &handful()[3].id]);
    renew(&mut screen);
    assert_eq!(selected(&screen), Some(handful()[4].id.clone()));
    assert_eq!(notice(&screen), "the library changed: 1 new, 2 gone");
}

#[test]
fn a_filter_holds_over_what_is_new() {
    let (folder, mut screen) = open();
    press(&mut screen, "/title:spray<enter>");
    let before = listed(&screen);
    write(folder.path(), vec![new()], &[]);
    renew(&mut screen);
    let mut expected = before;
    expected.push("NCT90000099".to_owned());
    let mut after = listed(&screen);
    after.sort();
    expected.sort();
    assert_eq!(after, expected);
}

#[test]
fn a_library_that_was_made_anew_has_other_rows_and_the_same_places() {
    let (folder, mut screen) = open();
    let ids: Vec<String> = handful().into_iter().map(|trial| trial.id).collect();
    write(folder.path(), Vec::new(), &[&ids[0]]);
    renew(&mut screen);
    press(&mut screen, "gj j3");
    // Which rows the trials stand in is the library's own affair.
    let sorted = |screen: &Screen| {
        let mut ids = listed(screen);
        ids.sort();
        ids
    };
    let place = (selected(&screen), ticked(&screen), sorted(&screen));
    assert_eq!(place.0.as_ref(), Some(&ids[4]));
    store::compact(folder.path(), "2026-03-15", true, &mut |_| {}).expect("made anew");
    screen.model.notice = None;
    renew(&mut screen);
    assert_eq!((selected(&screen), ticked(&screen), sorted(&screen)), place);
    assert_eq!(screen.model.list.order, [0, 1, 2, 3, 4]);
    assert_eq!(screen.model.notice, None, "every trial is as it was");
    let entry = screen.model.selected().expect("its record");
    assert_eq!(entry.trial.id, ids[4]);
    // What was asked of the library before is not an answer any more.
    screen.tell(Msg::Record { edition: 0, row: 0, read: Err("late".to_owned()) });
    assert_eq!(screen.model.notice, None);
}

#[test]
fn nothing_is_pulled_from_under_what_lies_over_the_panes_and_all_is_told_after() {
    let (folder, mut screen) = open();
    let shown = on_screen(&screen);
    press(&mut screen, "?");
    write(folder.path(), vec![new()], &[]);
    let first = renewed(&shown);
    headless::tell(&mut screen.model, first);
    write(folder.path(), Vec::new(), &[&handful()[0].id]);
    // The watcher tells the difference from what is on the screen.
    let second = renewed(&shown);
    headless::tell(&mut screen.model, second);
    assert_eq!(screen.model.count(), 6, "not yet");
    press(&mut screen, "<esc>");
    assert_eq!(screen.model.count(), 6);
    assert_eq!(notice(&screen), "the library changed: 1 new, 1 gone");
    assert_eq!(selected(&screen), Some(handful()[1].id.clone()));
}

#[test]
fn what_cannot_be_opened_stays_as_it_was() {
    let (_folder, mut screen) = open();
    screen.tell(Msg::Renewed(Err("a file is damaged".to_owned())));
    assert!(
        screen.text().contains("cannot be opened now, it stays as it was: a file is damaged"),
        "{}",
        screen.text()
    );
    assert_eq!(screen.model.count(), 6);
}
