//! Bookmarks, notes, searches of another time, taking back; the query language in the list's filter.

use trialdeck::app::notebook::{Change, Notebook};
use trialdeck::app::{Effect, Focus, Msg, Pane};

use super::screen::Screen;
use super::trials::{full, handful};

fn kept(screen: &Screen) -> Vec<&Change> {
    screen
        .effects
        .iter()
        .filter_map(|effect| if let Effect::Keep(change) = effect { Some(change) } else { None })
        .collect()
}

#[test]
fn a_row_is_marked_and_gone_back_to_and_the_mark_is_taken_back() {
    let mut screen = Screen::on(vec![full()], 100, 30);
    screen.load(handful());
    screen.keys("3jjjb");
    let row = screen.model.detail.position().cursor;
    assert!(screen.text().contains("marked: NCT90000042 · Endpoints"), "{}", screen.text());
    screen.keys("<esc>jj'");
    assert!(screen.text().contains("Bookmarks"), "{}", screen.text());
    screen.keys("<enter>");
    assert_eq!((screen.model.focus, screen.model.detail.pane), (Focus::Detail, Pane::Endpoints));
    assert_eq!((screen.model.list.selected(), screen.model.detail.position().cursor), (Some(0), row));
    screen.keys("u");
    assert!(screen.model.notebook.bookmarks.is_empty());
    assert!(matches!(kept(&screen).as_slice(), [Change::Mark(_), Change::Unmark(_)]), "{:?}", kept(&screen));
}

#[test]
fn a_note_stands_by_its_trial_and_can_be_taken_back() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys("jwask about the spray<enter>");
    assert_eq!(kept(&screen), [&Change::Note("NCT90000002".to_owned(), "ask about the spray".to_owned())]);
    assert!(screen.text().contains("note ask about the spray"), "{}", screen.text());
    screen.keys("w<c-u><enter>");
    assert!(screen.model.notebook.notes.is_empty());
    screen.keys("u");
    assert_eq!(screen.model.notebook.notes.len(), 1);
    screen.keys("uu");
    assert!(screen.text().contains("nothing to take back"), "{}", screen.text());
}

#[test]
fn ticks_order_and_column_are_taken_back_one_by_one() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys("  St%");
    assert_eq!(screen.model.list.ticked.len(), 2);
    screen.keys("uuu");
    assert!(!screen.model.list.coverage && screen.model.list.order == [0, 1, 2, 3, 4]);
    assert_eq!(screen.model.list.ticked.len(), 1);
}

#[test]
fn searches_come_back_in_the_bar_and_what_was_typed_after_them() {
    let mut screen = Screen::on(handful(), 100, 30);
    let searches = vec!["cramps".to_owned(), "knee".to_owned()];
    screen.tell(Msg::Notebook(Ok(Notebook { searches, ..Notebook::default() })));
    screen.keys("/hay<a-up>");
    assert_eq!(screen.model.list.filter, "knee");
    screen.keys("<a-up><a-up>");
    assert_eq!(screen.model.list.filter, "cramps");
    screen.keys("<a-down><a-down>");
    assert_eq!(screen.model.list.filter, "hay");
    screen.keys("<enter>");
    assert_eq!(kept(&screen), [&Change::Searched("hay".to_owned())]);
}

#[test]
fn fields_are_completed_and_what_is_wrong_is_told_with_its_place() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys("/stat<tab>");
    assert_eq!(screen.model.list.filter, "status:");
    screen.keys("rec<tab>");
    assert_eq!(screen.model.list.filter, "status:recruiting");
    assert_eq!(screen.model.list.order, [0]);
    screen.keys(" colour:red");
    assert!(screen.text().contains("colour:red: there is no field \"colour\""), "{}", screen.text());
    assert_eq!(screen.model.list.order, [0], "what is right is searched");
    screen.keys("<c-u>s<tab>");
    let first = screen.model.list.filter.clone();
    screen.keys("<tab>");
    assert_ne!(screen.model.list.filter, first, "the next that fits");
    assert!(screen.text().contains("sponsor:"), "{}", screen.text());
}

#[test]
fn words_and_fields_filter_files_together() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys("/phase>=3");
    assert_eq!(screen.model.list.order, [1]);
    screen.keys("<c-u>-status:completed children");
    assert!(screen.model.list.order.is_empty());
    screen.keys("<c-u>id:00003 knee");
    assert_eq!(screen.model.list.order, [2]);
}
