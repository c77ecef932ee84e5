//! The header tells where the person is.

use trialdeck::app::Msg;

use super::screen::Screen;
use super::trials::{full, handful};

#[test]
fn the_header_tells_where_the_person_is() {
    for (keys, width, expected) in [
        ("", 120, "trialdeck   6 trials · fixtures"),
        ("<enter>", 120, "trialdeck   6 trials · fixtures › NCT90000042 › Overview"),
        ("3jj", 120, "› NCT90000042 › Endpoints › "),
        ("5jj", 160, "› NCT90000042 › Eligibility › "),
        ("3jjjs", 140, "› source"),
        ("?", 120, "fixtures › Keys"),
        ("F", 120, "› NCT90000042 › Findings"),
        ("  c5}", 120, "2 ticked › Comparison › Eligibility"),
        ("<c-p>", 120, "› Finder"),
        ("y", 120, "trialdeck   6 trials · fixtures"),
        ("3", 40, "trialdeck › NCT90000042 › Endpoints"),
        ("C<enter>", 100, "› NCT90000042 › Calendar"),
    ] {
        let mut screen = Screen::on(vec![full()], 120, 30);
        screen.load(handful());
        screen.tell(Msg::Resize(width, 20));
        screen.keys(keys);
        let text = screen.text();
        let header = text.lines().next().unwrap_or_default();
        assert!(header.contains(expected), "{keys}: {header}");
    }
}

#[test]
fn the_keys_in_the_header_do_not_come_and_go_with_the_row() {
    let mut screen = Screen::on(vec![full()], 120, 30);
    screen.keys("5");
    let with_keys =
        |screen: &Screen| screen.text().lines().next().is_some_and(|line| line.contains(": commands"));
    let before = with_keys(&screen);
    for _ in 0..30 {
        screen.keys("j");
        assert_eq!(with_keys(&screen), before, "{}", screen.text());
    }
}
