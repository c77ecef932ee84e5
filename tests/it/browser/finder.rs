//! The finder: what is typed, what is found in which kind, where Enter goes.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use insta::assert_snapshot;
use trialdeck::app::{Effect, Focus, Msg, Pane};
use trialdeck::runtime::headless;
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
