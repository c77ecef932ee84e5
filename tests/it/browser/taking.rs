//! Taking things out, and going back and forward over places.

use insta::assert_snapshot;
use trialdeck::app::export::{Export, Form, Page};
use trialdeck::app::{Effect, Focus, Pane};

use super::screen::Screen;
use super::trials::{full, handful};

fn copied(screen: &Screen) -> Option<&str> {
    match screen.effects.last() {
        Some(Effect::Copy(text)) => Some(text),
        _ => None,
    }
}

#[test]
fn the_copy_menu_says_what_each_choice_gives() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("y");
    assert_snapshot!("copy_list_80x24", screen.text());
    screen.keys("y");
    assert_eq!(copied(&screen), Some("NCT90000001"));
    screen.keys("yc");
    assert_eq!(
        copied(&screen),
        Some(
            "Daily tablet against night cramps. ClinicalTrials.gov NCT90000001. Record updated 2025-11-02. \
             https://clinicaltrials.gov/study/NCT90000001"
        )
    );
    screen.keys("yr");
    assert_eq!(
        copied(&screen),
        Some("NCT90000001\tRecruiting\tII\tDaily tablet against night cramps\tMuscle Cramp")
    );
}

#[test]
fn a_section_or_the_whole_trial_is_copied_as_markdown() {
    let mut screen = Screen::on(vec![full()], 80, 24);
    screen.keys("3y");
    assert_snapshot!("copy_pane_80x24", screen.text());
    screen.keys("s");
    assert!(
        matches!(screen.effects.last(), Some(Effect::CopyPage(Page::Panes(_, panes))) if *panes == [Pane::Endpoints])
    );
    screen.keys("yt");
    assert!(
        matches!(screen.effects.last(), Some(Effect::CopyPage(Page::Panes(_, panes))) if panes.len() == 6)
    );
}

#[test]
fn the_registrys_address_is_shown_before_anything_is_opened() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("o");
    assert!(screen.text().contains("https://clinicaltrials.gov/study/NCT90000001"), "{}", screen.text());
    assert!(!screen.effects.iter().any(|effect| matches!(effect, Effect::Visit(_))));
    screen.keys("o");
    assert!(
        matches!(screen.effects.last(), Some(Effect::Visit(address)) if address.ends_with("NCT90000001"))
    );
    screen.keys("jjjo");
    assert!(screen.text().contains("no id of a registry"), "{}", screen.text());
}

#[test]
fn what_is_on_the_screen_is_exported_in_every_form() {
    let mut screen = Screen::on(handful(), 100, 30);
    let exported = |screen: &mut Screen, keys: &str| {
        screen.keys(keys);
        match screen.effects.last() {
            Some(Effect::Export(export)) => export.clone(),
            other => panic!("no export: {other:?}"),
        }
    };
    let export = exported(&mut screen, "Em");
    assert!(matches!(&export, Export::List(trials, Form::Markdown) if trials.len() == 5));
    assert_eq!(export.file_name(), ("trials".to_owned(), "md"));
    let export = exported(&mut screen, "5Ej");
    assert_eq!(export.file_name(), ("NCT90000001-eligibility".to_owned(), "json"));
    screen.keys("Es");
    assert!(matches!(screen.effects.last(), Some(Effect::Picture)));
    let export = exported(&mut screen, "<esc>  cEc");
    assert!(matches!(export, Export::Comparison(_, Form::Csv)));
}

#[test]
fn back_and_forward_lead_over_the_places_that_were_left() {
    let mut screen = Screen::on(vec![full()], 80, 24);
    screen.load(handful());
    screen.keys("3jjj");
    let row = screen.model.detail.position().cursor;
    screen.keys("5<esc>jj<enter>");
    assert_eq!(screen.model.list.selected(), Some(2));
    screen.keys("<c-o>");
    assert_eq!((screen.model.focus, screen.model.list.selected()), (Focus::List, Some(2)));
    screen.keys("<c-o>");
    assert_eq!((screen.model.detail.pane, screen.model.list.selected()), (Pane::Eligibility, Some(0)));
    screen.keys("<a-left>");
    assert_eq!(screen.model.detail.pane, Pane::Endpoints);
    assert_eq!(screen.model.detail.position().cursor, row, "on the very row");
    screen.keys("<a-right>");
    assert_eq!(screen.model.detail.pane, Pane::Eligibility);
    screen.keys("<c-o><c-o><c-o>");
    assert!(screen.text().contains("this is where you began"), "{}", screen.text());
    screen.keys("2<a-right>");
    assert!(screen.text().contains("nothing is ahead"), "{}", screen.text());
}
