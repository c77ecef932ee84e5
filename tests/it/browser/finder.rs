//! The finder: what is typed, what is found in which kind, where Enter goes.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::sync::Arc;

use insta::assert_snapshot;
use tempfile::TempDir;
use trialdeck::app::{Effect, Focus, Msg, Pane};
use trialdeck::formats::Record;
use trialdeck::library::store::Writer;
use trialdeck::library::{Entry, Library};
use trialdeck::protocol::{Arm, Endpoint, Site, Trial};
use trialdeck::runtime::headless;
use trialdeck::search::finder::Kind;
use trialdeck::search::seek::Sought;

use super::screen::{Screen, keys};
use super::trials::{full, handful, limited};

/// A screen whose worker answers at once.
fn screen(width: u16, height: u16) -> Screen {
    let mut trials = vec![full(), limited()];
    trials.extend(handful());
    Screen::on(trials, width, height)
}

fn press(screen: &mut Screen, text: &str) {
    headless::press(&mut screen.model, &keys(text));
}

/// The words of the row under the cursor in the detail pane.
fn row(screen: &Screen) -> String {
    let detail = &screen.model.detail;
    detail.content.items[detail.position().cursor].text.text().to_owned()
}

#[test]
fn one_box_finds_rows_of_every_kind_and_shows_one() {
    for (width, height) in [(40, 12), (80, 24), (160, 50)] {
        let mut screen = screen(width, height);
        press(&mut screen, "<c-p>itch");
        assert_snapshot!(format!("finder_{width}x{height}"), screen.text());
    }
    let mut screen = screen(80, 24);
    press(&mut screen, "<c-p>");
    assert_snapshot!("finder_empty_80x24", screen.text());
    press(&mut screen, "zzzzqqq");
    assert_snapshot!("finder_nothing_80x24", screen.text());
}

#[test]
fn tab_shows_one_kind_alone_and_the_cursor_stays_on_its_row() {
    let mut screen = screen(100, 30);
    press(&mut screen, "<c-p>itch<down><down>");
    let before = screen.model.finder().and_then(|finder| finder.found().cloned()).expect("a row");
    press(&mut screen, "<tab><s-tab>");
    let after = screen.model.finder().and_then(|finder| finder.found().cloned()).expect("a row");
    assert!(
        before.is(&after) || after.kind == trialdeck::search::finder::Kind::Trial,
        "{before:?} {after:?}"
    );
    press(&mut screen, "<tab>");
    assert!(screen.text().contains("Trials"), "{}", screen.text());
}

#[test]
fn enter_goes_to_the_very_row_of_its_pane() {
    let mut screen = screen(100, 30);
    press(&mut screen, "<c-p>outcome:itch itch<tab><tab><tab><tab>");
    let found = screen.model.finder().and_then(|finder| finder.found().cloned()).expect("an endpoint");
    press(&mut screen, "<enter>");
    assert_eq!((screen.model.focus, screen.model.detail.pane), (Focus::Detail, Pane::Endpoints));
    assert!(row(&screen).contains(&found.text), "{} is not {}", row(&screen), found.text);
}

#[test]
fn a_row_of_a_trial_that_the_list_hides_is_gone_to_all_the_same() {
    let mut screen = screen(100, 30);
    press(&mut screen, "/cramps<enter><c-p>hay fever<enter>");
    assert!(screen.model.list.filter.is_empty());
    assert_eq!(screen.model.selected().map(|entry| entry.trial.id.as_str()), Some("NCT90000002"));
    assert_eq!(screen.model.detail.pane, Pane::Overview);
}

#[test]
fn a_row_is_opened_behind_while_the_finder_stays() {
    let mut screen = screen(100, 30);
    press(&mut screen, "<c-p>knee<a-enter>");
    assert_eq!(screen.model.layers.len(), 1);
    assert!(screen.text().contains("opened behind: NCT90000003"), "{}", screen.text());
    press(&mut screen, "<esc>");
    assert_eq!(screen.model.selected().map(|entry| entry.trial.id.as_str()), Some("NCT90000003"));
    assert_eq!(screen.model.focus, Focus::Detail);
}

#[test]
fn a_stale_answer_is_never_shown_and_enter_waits_for_the_right_one() {
    let mut screen = screen(100, 30);
    screen.keys("<c-p>knee");
    let jobs: Vec<_> = screen
        .effects
        .iter()
        .filter_map(|effect| if let Effect::Seek(job) = effect { Some(job.clone()) } else { None })
        .collect();
    assert_eq!(jobs.len(), 5, "one for the empty box, one a letter");
    let answer = |job: &trialdeck::search::seek::Seek| {
        let mut last = Sought::default();
        job.run(&mut None, &|| false, &mut |sought| last = sought);
        Msg::Sought(Box::new(last))
    };
    screen.tell(answer(&jobs[1]));
    assert!(screen.model.finder().is_some_and(|finder| finder.lines.is_empty()), "`k` is not what is typed");
    screen.keys("<enter>");
    assert!(screen.model.finder().is_some(), "nothing to go to yet");
    screen.tell(answer(&jobs[4]));
    assert!(screen.model.layers.is_empty());
    assert_eq!(screen.model.selected().map(|entry| entry.trial.id.as_str()), Some("NCT90000003"));
}

#[test]
fn a_faulty_query_says_what_is_wrong_and_where_and_finds_the_rest() {
    let mut screen = screen(100, 30);
    press(&mut screen, "<c-p>knee colour:red");
    let text = screen.text();
    assert!(text.contains("colour:red: there is no field \"colour\""), "{text}");
    assert!(text.contains("Walking after knee replacement"), "{text}");
}

/// A library of `count` trials on salt, each with an endpoint, an arm and a site of its own; the last one is on pepper.
fn salty(count: usize) -> (TempDir, Arc<Library>) {
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(folder.path(), "2026-03-15").expect("a writer");
    for number in 0..count {
        let name = if number + 1 == count { "pepper" } else { "salt" };
        let trial = Trial {
            id: format!("NCT{number:08}"),
            title: format!("Study {number} of {name}"),
            arms: vec![Arm { label: format!("Group {number}"), ..Arm::default() }],
            endpoints: vec![Endpoint { measure: format!("Thirst after {name}"), ..Endpoint::default() }],
            sites: vec![Site { facility: Some(format!("Ward {number}, {name} works")), ..Site::default() }],
            ..Trial::default()
        };
        writer.add(&Arc::new(Entry::new(Record { trial, raw: None })), false).expect("added");
    }
    writer.commit().expect("committed");
    writer.finish().expect("finished");
    let library = Arc::new(Library::open(folder.path()).expect("a library"));
    (folder, library)
}

fn on(library: &Arc<Library>, width: u16, height: u16) -> Screen {
    let mut screen = Screen::empty(width, height);
    headless::tell(&mut screen.model, Msg::Library(Arc::clone(library)));
    screen
}

fn counts(screen: &Screen) -> [usize; Kind::ALL.len()] {
    screen.model.finder().expect("the finder").sought.counts
}

#[test]
fn a_library_is_looked_through_whole_and_every_trial_that_matches_into() {
    let (_folder, library) = salty(700);
    let mut screen = on(&library, 100, 30);
    press(&mut screen, "<c-p>");
    assert!(screen.text().contains("700 trials open"), "{}", screen.text());
    press(&mut screen, "thirst salt");
    let counts = counts(&screen);
    assert_eq!((counts[Kind::Trial.index()], counts[Kind::Endpoint.index()]), (699, 699));
    assert!(screen.text().contains("699 of 700 trials match · each looked into"), "{}", screen.text());
    press(&mut screen, "<c-u>ward 680");
    assert!(screen.text().contains("Ward 680, salt works"), "{}", screen.text());
    press(&mut screen, "<tab><tab><tab><tab><tab><tab><enter>");
    assert_eq!(screen.model.selected().map(|entry| entry.trial.id.as_str()), Some("NCT00000680"));
    assert_eq!(screen.model.detail.pane, Pane::Sites);
}

#[test]
fn of_more_trials_than_are_looked_into_it_is_told_how_many_match() {
    let (_folder, library) = salty(1_100);
    for (width, height) in [(40, 12), (80, 24), (120, 36)] {
        let mut screen = on(&library, width, height);
        press(&mut screen, "<c-p>salt");
        assert_snapshot!(format!("finder_library_{width}x{height}"), screen.text());
        assert_eq!(counts(&screen)[Kind::Trial.index()], 1_099);
        assert_eq!(counts(&screen)[Kind::Endpoint.index()], 1_000);
    }
}

#[test]
fn rows_that_come_never_move_the_one_under_the_cursor() {
    let (_folder, library) = salty(700);
    let mut screen = Screen::empty(100, 30);
    screen.tell(Msg::Library(library));
    screen.keys("<c-p>thirst salt");
    let job = screen.effects.iter().rev().find_map(|effect| match effect {
        Effect::Seek(job) => Some(job.clone()),
        _ => None,
    });
    let mut steps = Vec::new();
    job.expect("a job").run(&mut None, &|| false, &mut |sought| steps.push(sought));
    assert!(steps.len() > 3, "it streams");
    let mut steps = steps.into_iter();
    for step in steps.by_ref().take(2) {
        screen.tell(Msg::Sought(Box::new(step)));
    }
    screen.keys("<down><down><down><down><down><down><down>");
    let place = |screen: &Screen| {
        let finder = screen.model.finder().expect("the finder");
        (finder.found().cloned().expect("a row"), finder.cursor - finder.top)
    };
    let before = place(&screen);
    assert_ne!(before.0.kind, Kind::Trial);
    for step in steps {
        screen.tell(Msg::Sought(Box::new(step)));
        let now = place(&screen);
        assert!(now.0.is(&before.0) && now.1 == before.1, "{before:?} {now:?}");
    }
}
