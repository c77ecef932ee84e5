//! The list: what a row tells, moving, ticking, filtering, sorting.

use insta::assert_snapshot;
use trialdeck::app::{Effect, Msg};
use trialdeck::formats::RecordError;
use trialdeck::library::{LoadEvent, Progress};
use trialdeck::ui::Theme;

use super::screen::Screen;
use super::trials::{handful, short};

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

#[test]
fn esc_while_typing_a_filter_restores_what_was_before() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("jjj/spray");
    assert_eq!(screen.model.list.selected(), Some(1), "the best match is selected");
    screen.keys("<esc>");
    assert_eq!((screen.model.list.order.len(), screen.model.list.selected()), (5, Some(3)));
}

#[test]
fn what_the_filter_matches_is_marked_letter_by_letter() {
    let mut screen = Screen::on(handful(), 160, 12);
    screen.keys("/nasal");
    assert_snapshot!("filter_styles", screen.styles(&Theme::sixteen()));
    assert_snapshot!("filter_styles_mono", screen.styles(&Theme::mono()));
    screen.keys("<ctrl-u>肝");
    assert_snapshot!("filter_wide_letters", screen.styles(&Theme::mono()));
}

#[test]
fn a_filter_without_matches_says_how_to_get_the_trials_back() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("/qqqq<enter>");
    assert_snapshot!("filter_nothing_80x24", screen.text());
}

#[test]
fn no_trials_say_what_to_do_next() {
    assert_snapshot!("no_trials_80x24", Screen::on(Vec::new(), 80, 24).text());
}

#[test]
fn every_column_sorts_and_the_same_again_turns_round() {
    let order = |keys: &str| {
        let mut screen = Screen::on(handful(), 80, 24);
        screen.keys(keys);
        screen.model.list.order.clone()
    };
    for (keys, expected) in [
        ("Si", [0, 1, 2, 4, 3]),
        ("St", [0, 3, 1, 2, 4]),
        ("Ss", [0, 4, 1, 2, 3]),
        ("Sp", [4, 0, 1, 2, 3]),
        ("Sc", [1, 0, 2, 4, 3]),
        ("Su", [0, 1, 4, 2, 3]),
        ("StSt", [4, 2, 1, 3, 0]),
        ("StSl", [0, 1, 2, 3, 4]),
        ("Sjj<enter>", [0, 3, 1, 2, 4]),
    ] {
        assert_eq!(order(keys), expected, "{keys}");
    }
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("S");
    assert_snapshot!("sort_menu_80x24", screen.text());
}

#[test]
fn space_ticks_and_steps_on() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("<space>j<space>");
    assert_eq!(screen.model.list.ticked.iter().copied().collect::<Vec<_>>(), [0, 2]);
    assert_snapshot!("ticked_80x24", screen.text());
    screen.keys("g<space>");
    assert_eq!(screen.model.list.ticked.len(), 1);
}

#[test]
fn a_large_list_is_filtered_by_a_worker_and_late_answers_are_dropped() {
    let many = (0..3000).map(|n| short(&format!("NCT{n:08}"), "A trial", "COMPLETED", &[], "Cold")).collect();
    let mut screen = Screen::on(many, 80, 24);
    screen.keys("/2");
    screen.keys("9");
    let jobs: Vec<_> = screen
        .effects
        .drain(..)
        .filter_map(|effect| match effect {
            Effect::Arrange(job) => Some(job),
            _ => None,
        })
        .collect();
    assert_eq!(jobs.len(), 2);
    assert_eq!(screen.model.list.order.len(), 3000, "the list stays until the answer comes");
    for job in &jobs {
        let order = job.run(&|| false).expect("not stopped");
        screen.tell(Msg::Arranged { generation: job.generation, order });
    }
    let order = jobs[1].run(&|| false).expect("not stopped");
    assert_eq!(screen.model.list.order, order);
    assert!(jobs[0].run(&|| true).is_none(), "a stopped job has no answer");
}

#[test]
fn the_best_rows_come_first_and_the_others_stand_below_them() {
    let many = (0..3000).map(|n| short(&format!("NCT{n:08}"), "A trial", "COMPLETED", &[], "Cold")).collect();
    let mut screen = Screen::on(many, 80, 24);
    screen.keys("/2");
    let generation = screen.model.list.generation;
    screen.tell(Msg::BestArranged { generation, order: vec![20, 12] });
    assert_eq!(screen.model.list.order, [20, 12]);
    screen.keys("<down>");
    assert_eq!(screen.model.list.selected(), Some(12));
    screen.tell(Msg::Arranged { generation, order: vec![20, 12, 2] });
    assert_eq!(screen.model.list.order, [20, 12, 2]);
    assert_eq!(screen.model.list.selected(), Some(12), "the list does not jump under the cursor");
    screen.tell(Msg::BestArranged { generation, order: vec![7] });
    assert_eq!(screen.model.list.order.len(), 3, "a late answer is dropped");
}

#[test]
fn trials_that_stream_in_keep_the_place_of_the_person() {
    let mut screen = Screen::empty(80, 24);
    screen.load(handful());
    screen.keys("jSt");
    let selected = screen.model.list.selected();
    screen.load(vec![short("NCT00000001", "Aardvark allergy", "RECRUITING", &["PHASE4"], "Allergy")]);
    assert_eq!(screen.model.list.selected(), selected);
    screen.tell(Msg::Load(LoadEvent::Done(Progress::default())));
    assert_eq!(screen.model.list.selected(), selected);
    assert_eq!(screen.model.list.order.first(), Some(&5), "sorted in when all have come");
}

#[test]
fn what_is_wrong_in_the_settings_is_not_told_as_records_that_could_not_be_read() {
    let mut screen = Screen::on(handful(), 100, 24);
    screen.model.load.own.push(RecordError {
        file: "config.toml".to_owned(),
        place: Some("line 3".to_owned()),
        reason: "keys.quiz: there is no command of that name".to_owned(),
    });
    let header = screen.text().lines().next().unwrap_or_default().to_owned();
    assert!(header.contains("1 wrong in your settings !") && !header.contains("unreadable"), "{header}");
    screen.keys("!");
    assert!(screen.text().contains("config.toml, line 3: keys.quiz"), "{}", screen.text());
}

#[test]
fn a_faulty_filter_tells_what_is_wrong_and_where_as_long_as_it_is_kept() {
    for (width, height) in [(40, 12), (80, 24)] {
        let mut screen = Screen::on(handful(), width, height);
        screen.keys("/phase>=3osimertinib<enter>");
        assert_snapshot!(format!("filter_faulty_{width}x{height}"), screen.text());
    }
    for (filter, told) in [
        (
            "phase>=3osimertinib",
            "\"3osimertinib\" is not a phase, such as 2 (is a blank missing before \"osimertinib\"?)",
        ),
        (
            "enrolment>100knee",
            "\"100knee\" is not a whole number, such as 100 (is a blank missing before \"knee\"?)",
        ),
        ("ecog<=1knee", "ecog is not measured in \"knee\" (is a blank missing before it?)"),
        ("colour:red", "colour:red: there is no field \"colour\""),
    ] {
        let words = |screen: &Screen| screen.text().split_whitespace().collect::<Vec<_>>().join(" ");
        // So narrow that the list stands alone, and no other column between its words.
        let mut screen = Screen::on(handful(), 70, 24);
        screen.keys("/").keys(filter);
        // The line that is typed on has less room.
        let start = told.split(" (").next().unwrap_or_default();
        assert!(words(&screen).contains(start), "typing: {}", screen.text());
        screen.keys("<enter>j");
        assert!(words(&screen).contains(told), "kept: {}", screen.text());
        // In a tab of its own, there and after coming back to it.
        screen.keys("T");
        assert!(words(&screen).contains(told), "in a tab: {}", screen.text());
        screen.keys("<esc>");
        assert!(!words(&screen).contains(told), "cleared: {}", screen.text());
        screen.keys("[");
        assert!(words(&screen).contains(told), "come back: {}", screen.text());
    }
}
