//! The list: what a row tells, moving, ticking, filtering, sorting.

use insta::assert_snapshot;
use trialdeck::app::Effect;
use trialdeck::ui::Theme;

use super::screen::Screen;
use super::trials::handful;

#[test]
fn each_row_tells_status_phase_id_and_title() {
    assert_snapshot!("list_80x24", Screen::on(handful(), 80, 24).text());
    assert_snapshot!("list_160x50_styles", Screen::on(handful(), 160, 50).styles(&Theme::sixteen()));
}

#[test]
fn words_typed_behind_the_slash_filter_and_esc_brings_all_back() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("/hay spray");
    assert_snapshot!("filter_typing_80x24", screen.text());
    screen.keys("<enter>");
    assert_eq!(screen.model.list.order, [1]);
    screen.keys("<esc>");
    assert_eq!(screen.model.list.order.len(), 5);
    assert_eq!(screen.model.list.selected(), Some(1), "the trial stays selected");
    screen.keys("q");
    assert!(matches!(screen.effects.last(), Some(Effect::Quit)));
}
