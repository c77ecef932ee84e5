//! Where the person was is there again the next time.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use trialdeck::app::session::{Returning, Session};
use trialdeck::app::{Focus, Model, Msg, Pane, sets};
use trialdeck::library::{LoadEvent, Progress};
use trialdeck::protocol::Trial;

use super::screen::{Screen, TODAY};
use super::trials::{full, handful};

fn trials() -> Vec<Trial> {
    let mut trials = handful();
    trials.push(full());
    trials
}

/// What a screen after these keys leaves behind, as it stands in the file.
fn left(keys: &str) -> String {
    let mut screen = Screen::on(trials(), 100, 30);
    screen.keys(keys);
    serde_json::to_string(&Session::of(&screen.model).expect("a session")).expect("JSON")
}

/// A screen that returns to what was left, before any trial has come.
fn returning(left: &str) -> Screen {
    let session: Session = serde_json::from_str(left).expect("a session");
    let mut model = Model::new("fixtures", Some(TODAY));
    model.returning = Some(Returning::new(session));
    let mut screen = Screen { model, effects: Vec::new() };
    screen.tell(Msg::Resize(100, 30));
    screen
}

fn again(left: &str, trials: Vec<Trial>) -> Screen {
    let mut screen = returning(left);
    screen.load(trials);
    screen.tell(Msg::Load(LoadEvent::Done(Progress::default())));
    screen
}

/// What is on the screen but for the line that tells of it.
fn shown(screen: &mut Screen) -> String {
    screen.keys("<left>");
    screen.text()
}

#[test]
fn everything_is_as_it_was_left() {
    for keys in [
        "jj",
        "jjjjj<enter>3jjj",
        "G<enter>5jjjj",
        "/cramp<enter>",
        "Su<space>j<space>%",
        "jT/phase>=2<enter>St<space>T/<c-u>knee<enter>[",
        "z",
        ">>>j",
        "<enter>7jjjjzJ",
    ] {
        let mut before = Screen::on(trials(), 100, 30);
        before.keys(keys);
        let mut after = again(&left(keys), trials());
        let (one, other) = (&before.model, &after.model);
        assert_eq!(Session::of(one), Session::of(other), "{keys}");
        assert_eq!(
            (one.focus, one.detail.pane, one.zoom, one.split),
            (other.focus, other.detail.pane, other.zoom, other.split),
            "{keys}"
        );
        assert_eq!(one.detail.position(), other.detail.position(), "{keys}");
        assert!(after.text().contains("as you left it; --fresh starts anew"), "{keys}: {}", after.text());
        assert_eq!(shown(&mut before), shown(&mut after), "{keys}");
    }
}

#[test]
fn the_start_is_nothing_to_return_to() {
    for (keys, is_start) in
        [("", true), ("jk", true), ("j", false), ("/knee<enter>", false), ("T", false), ("3<esc>", false)]
    {
        let session: Session = serde_json::from_str(&left(keys)).expect("a session");
        assert_eq!(session.is_start(), is_start, "{keys}: {session:?}");
    }
}

#[test]
fn trials_are_found_again_by_their_ids_and_those_that_are_gone_are_left_out() {
    let left = left("j<space>j<space><enter>4");
    let mut others = trials();
    others.reverse();
    others.retain(|trial| trial.id != "NCT90000002");
    let screen = again(&left, others);
    let id = |index: u32| screen.model.trials[index as usize].trial.id.as_str();
    assert_eq!(screen.model.list.selected().map(id), Some("NCT90000005"));
    assert_eq!(screen.model.list.ticked.iter().map(|index| id(*index)).collect::<Vec<_>>(), ["notes"]);
    assert_eq!((screen.model.focus, screen.model.detail.pane), (Focus::Detail, Pane::Schedule));
    let screen = again(&left, vec![full()]);
    assert_eq!((screen.model.focus, screen.model.list.selected()), (Focus::List, Some(0)));
}

#[test]
fn trials_that_stream_in_are_waited_for_unless_the_person_goes_on() {
    let left = left("jjjj<enter>5");
    let mut screen = returning(&left);
    let mut rest = trials();
    let last = rest.split_off(3);
    screen.load(rest.clone());
    assert_eq!((screen.model.focus, screen.model.list.cursor), (Focus::List, 0));
    assert_eq!(Session::of(&screen.model), None, "what is not there again is not written over");
    screen.load(last.clone());
    assert_eq!((screen.model.focus, screen.model.list.cursor), (Focus::Detail, 4));

    let mut screen = returning(&left);
    screen.load(rest);
    screen.keys("j");
    screen.load(last);
    screen.tell(Msg::Load(LoadEvent::Done(Progress::default())));
    assert_eq!((screen.model.focus, screen.model.list.cursor), (Focus::List, 1));
    assert!(!screen.text().contains("as you left it"));
}

#[test]
fn a_load_that_is_stopped_leaves_what_was_kept() {
    let mut screen = returning(&left("jjjj<space>"));
    screen.load(trials()[..2].to_vec());
    screen.keys("<esc>");
    screen.tell(Msg::Load(LoadEvent::Done(Progress::default())));
    assert_eq!(Session::of(&screen.model), None);
}

#[test]
fn whatever_a_file_says_is_kept_within_bounds() {
    let odd = [
        "{}".to_owned(),
        "{\"tabs\":[],\"at\":7,\"split\":-32768}".to_owned(),
        "{\"tabs\":[{\"trial\":\"NCT90000001\",\"in_detail\":true,\"pane\":99,\"field\":\"no.such\",\"at\":9,\"row\":9999,\"top\":9999}],\"split\":32767,\"zoom\":true}".to_owned(),
        format!("{{\"tabs\":[{}],\"at\":30}}", vec!["{\"filter\":\"knee\",\"ticked\":[\"x\"],\"sort\":\"colour\"}"; 40].join(",")),
    ];
    for text in odd {
        let mut screen = again(&text, trials());
        assert!(
            screen.model.sets.len() <= sets::MOST && screen.model.sets.at < screen.model.sets.len(),
            "{text}"
        );
        screen.keys("[]jk<enter>5jj");
        assert!(!screen.text().is_empty());
    }
}
