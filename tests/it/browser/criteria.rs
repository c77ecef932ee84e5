//! The Eligibility and Endpoints panes: hard facts, limits beside their words, folding, filtering, sorting.

use insta::assert_snapshot;
use trialdeck::app::Effect;
use trialdeck::protocol::Trial;
use trialdeck::ui::Theme;

use super::screen::Screen;
use super::trials::limited;

const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (160, 50)];

#[test]
fn limits_stand_beside_their_words_or_below_them() {
    for (width, height) in SIZES {
        let mut screen = Screen::on(vec![limited()], width, height);
        screen.keys("5");
        assert_snapshot!(format!("eligibility_{width}x{height}"), screen.text());
        assert_snapshot!(format!("eligibility_{width}x{height}_styles"), screen.styles(&Theme::sixteen()));
        assert_snapshot!(format!("eligibility_{width}x{height}_styles_mono"), screen.styles(&Theme::mono()));
    }
}

#[test]
fn f_folds_to_the_limits_and_t_goes_from_tag_to_tag() {
    let mut screen = Screen::on(vec![limited()], 120, 36);
    screen.keys("5f");
    assert_snapshot!("limits_only_120x36", screen.text());
    screen.keys("ft");
    assert_snapshot!("first_tag_120x36", screen.text());
    let mut topics = vec![screen.model.detail.criteria.topic.clone()];
    while topics.last() != Some(&None) {
        screen.keys("t");
        topics.push(screen.model.detail.criteria.topic.clone());
    }
    assert!(topics.contains(&Some("hiv".to_owned())), "{topics:?}");
    screen.keys("t<esc>");
    assert!(screen.model.detail.criteria.is_empty(), "Esc shows all items again");
}

#[test]
fn the_cursor_stays_on_its_item_when_others_fold_away() {
    let mut screen = Screen::on(vec![limited()], 80, 24);
    screen.keys("5G");
    let at = |screen: &Screen| {
        let detail = &screen.model.detail;
        detail.content.items[detail.position().cursor].text.text().to_owned()
    };
    screen.keys("kk");
    assert_eq!(at(&screen), "Platelets < 100,000/mm3");
    screen.keys("f");
    assert_eq!(at(&screen), "Platelets < 100,000/mm3");
    screen.keys("f");
    assert_eq!(at(&screen), "Platelets < 100,000/mm3");
}

#[test]
fn the_slash_filters_items_and_esc_brings_them_back() {
    let mut screen = Screen::on(vec![limited()], 80, 24);
    screen.keys("5jjjjjjj");
    let before = screen.text();
    screen.keys("/disease malig");
    assert_snapshot!("filter_items_80x24", screen.text());
    assert_snapshot!("filter_items_80x24_styles", screen.styles(&Theme::sixteen()));
    screen.keys("<esc>");
    assert_eq!(screen.text(), before, "as it was, cursor and all");
    screen.keys("/\"heart failure\"<enter>");
    assert_snapshot!("filter_phrase_80x24", screen.text());
    screen.keys("/<ctrl-u>qqq<enter>");
    assert!(screen.text().contains("no item of this text · matching qqq"), "{}", screen.text());
}

#[test]
fn s_shows_the_words_and_what_was_read_of_them() {
    let mut screen = Screen::on(vec![limited()], 80, 24);
    screen.keys("5/alt<enter>s");
    assert_snapshot!("source_of_an_item_80x24", screen.text());
    screen.keys("<esc><esc>gjjjs");
    assert_snapshot!("source_of_a_fact_80x24", screen.text());
    screen.keys("<esc>3s");
    assert_snapshot!("source_of_an_endpoint_80x24", screen.text());
    screen.keys("<esc>js");
    assert_snapshot!("source_of_a_time_80x24", screen.text());
}

#[test]
fn a_row_of_the_records_own_fields_says_so() {
    let mut screen = Screen::on(vec![limited()], 80, 24);
    screen.keys("5s");
    assert!(screen.text().contains("no prose stands behind this row"), "{}", screen.text());
}

#[test]
fn facts_are_stated_or_not_stated_or_not_read() {
    let facts = |text: &str| {
        let mut trial = Trial { id: "facts".to_owned(), ..Trial::default() };
        trial.eligibility.text = Some(text.to_owned());
        let mut screen = Screen::on(vec![trial], 100, 24);
        screen.keys("5z");
        let lines = screen.text().lines().skip(4).take(5).map(str::to_owned).collect::<Vec<_>>();
        lines.into_iter().map(|line| line.trim_start_matches('▌').trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        facts("Inclusion Criteria:\n* Aged 20 to 70 years\n* ECOG 0-2\n* At least one prior line of therapy"),
        [
            "Sex             not stated",
            "Age             20–70 years · from the criteria",
            "Healthy         not stated",
            "ECOG            0–2 · from the criteria",
            "Prior lines     ≥ 1 · from the criteria",
        ]
    );
    assert_eq!(
        facts("Inclusion Criteria:\n* Good performance status")[3],
        "ECOG            spoken of, no limit read"
    );
    assert_eq!(
        facts("Inclusion Criteria:\n* Karnofsky >= 70")[3],
        "Performance     Karnofsky ≥ 70 · from the criteria"
    );
}

#[test]
fn endpoints_say_kind_standard_assessor_and_time() {
    for (width, height) in SIZES {
        let mut screen = Screen::on(vec![limited()], width, height);
        screen.keys("3");
        assert_snapshot!(format!("endpoints_{width}x{height}"), screen.text());
        assert_snapshot!(format!("endpoints_{width}x{height}_styles"), screen.styles(&Theme::sixteen()));
        assert_snapshot!(format!("endpoints_{width}x{height}_styles_mono"), screen.styles(&Theme::mono()));
    }
}

#[test]
fn endpoints_are_sorted_by_role_kind_or_time() {
    let mut screen = Screen::on(vec![limited()], 120, 36);
    screen.keys("3S");
    assert_snapshot!("endpoints_sort_menu_120x36", screen.text());
    screen.keys("k");
    assert_snapshot!("endpoints_by_kind_120x36", screen.text());
    screen.keys("Sjj<enter>");
    assert_snapshot!("endpoints_by_time_120x36", screen.text());
    screen.keys("Sr");
    assert!(!screen.effects.iter().any(|effect| matches!(effect, Effect::Arrange(_))), "the list stays");
}
