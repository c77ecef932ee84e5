//! The desk: sheets begun, answered, undone, exported, deleted, purged; what a stale one says.

use insta::assert_snapshot;
use jiff::civil::date;
use trialdeck::app::desk::{DeskJob, DeskNews};
use trialdeck::app::{Effect, Msg};
use trialdeck::desk::sheet::{Answer, Sheet};
use trialdeck::protocol::Trial;
use trialdeck::reading::criteria;
use trialdeck::ui::Theme;

use super::screen::{Screen, TODAY};
use super::trials::limited;

/// Does what the desk asks of the keeper, with sheets in memory.
fn keep(screen: &mut Screen, kept: &mut Vec<Sheet>) -> Vec<(String, String)> {
    let mut exports = Vec::new();
    for effect in std::mem::take(&mut screen.effects) {
        let Effect::Desk(job) = effect else { continue };
        let news = match job {
            DeskJob::List => DeskNews::Listed { sheets: kept.clone(), broken: Vec::new() },
            DeskJob::Save(sheet) => {
                kept.retain(|known| (&known.code, &known.trial) != (&sheet.code, &sheet.trial));
                kept.push(*sheet);
                DeskNews::Done
            }
            DeskJob::Delete { code, trial } => {
                kept.retain(|known| (&known.code, &known.trial) != (&code, &trial));
                DeskNews::Done
            }
            DeskJob::Judge { review, keep } => DeskNews::Judged { review, kept: keep },
            DeskJob::Export { path, text } => {
                exports.push((path.clone(), text));
                DeskNews::Exported(path)
            }
        };
        screen.tell(Msg::Desk(news));
    }
    exports
}

/// A screen on which `p` was pressed, and the sheets that are kept.
fn opened(trial: Trial, mut kept: Vec<Sheet>, width: u16, height: u16) -> (Screen, Vec<Sheet>) {
    let mut screen = Screen::on(vec![trial], width, height);
    screen.keys("p");
    keep(&mut screen, &mut kept);
    (screen, kept)
}

fn begun(code: &str, trial: &Trial, day: jiff::civil::Date) -> Sheet {
    let text = trial.eligibility.text.as_deref().unwrap_or_default();
    Sheet::begin(code, trial, &criteria::read(text), day)
}

#[test]
fn the_first_sheet_asks_for_a_code_word_and_says_what_it_is_for() {
    let (mut screen, mut kept) = opened(limited(), Vec::new(), 80, 24);
    assert_snapshot!("code_word_80x24", screen.text());
    screen.keys("Anna Smith<enter>");
    assert!(screen.text().contains("looks like a name"), "{}", screen.text());
    screen.keys("<ctrl-u>2.3.1961<enter>");
    assert!(screen.text().contains("looks like a date"), "{}", screen.text());
    screen.keys("<ctrl-u>heron<enter>");
    keep(&mut screen, &mut kept);
    assert_eq!(kept.iter().map(|sheet| sheet.code.as_str()).collect::<Vec<_>>(), ["heron"]);
}

#[test]
fn what_looks_like_a_name_is_the_persons_to_decide() {
    let (mut screen, mut kept) = opened(limited(), Vec::new(), 80, 24);
    screen.keys("Blue Heron<enter><enter>");
    keep(&mut screen, &mut kept);
    assert_eq!(kept[0].code, "Blue Heron");
}

/// A sheet with answers of every sort.
const ANSWERS: &str =
    "heron<enter>v2<enter>jjv1.2<enter><enter>jjv3<enter><enter>Gna<up><up>mwon a drug for it<enter>";

#[test]
fn a_sheet_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (160, 50)] {
        let (mut screen, mut kept) = opened(limited(), Vec::new(), width, height);
        screen.keys(ANSWERS);
        keep(&mut screen, &mut kept);
        screen.keys("g");
        assert_snapshot!(format!("sheet_{width}x{height}"), screen.text());
        assert_snapshot!(format!("sheet_{width}x{height}_styles"), screen.styles(&Theme::sixteen()));
        assert_snapshot!(format!("sheet_{width}x{height}_styles_mono"), screen.styles(&Theme::mono()));
    }
}

#[test]
fn one_key_answers_and_goes_on_and_u_takes_it_back() {
    let (mut screen, mut kept) = opened(limited(), Vec::new(), 80, 24);
    screen.keys("heron<enter>mna");
    keep(&mut screen, &mut kept);
    let answers = |kept: &[Sheet]| kept[0].questions.iter().take(3).map(|q| q.answer).collect::<Vec<_>>();
    assert_eq!(answers(&kept), [Answer::Met, Answer::NotMet, Answer::NotApplicable]);
    screen.keys("gjo");
    keep(&mut screen, &mut kept);
    assert_eq!(answers(&kept), [Answer::Met, Answer::Unknown, Answer::NotApplicable]);
    screen.keys("uu");
    keep(&mut screen, &mut kept);
    assert_eq!(answers(&kept), [Answer::Met, Answer::NotMet, Answer::Unknown]);
    screen.keys("uuu");
    keep(&mut screen, &mut kept);
    assert_eq!(answers(&kept), [Answer::Unknown; 3]);
    assert!(screen.text().contains("nothing to undo"), "{}", screen.text());
}

#[test]
fn a_value_is_asked_its_unit_and_shown_against_its_limit() {
    let (mut screen, mut kept) = opened(limited(), Vec::new(), 100, 30);
    screen.keys("heron<enter>jjv");
    assert_snapshot!("value_100x30", screen.text());
    screen.keys("1.2<enter>");
    assert_snapshot!("unit_100x30", screen.text());
    screen.keys("<enter>");
    keep(&mut screen, &mut kept);
    assert_snapshot!("against_the_limit_100x30", screen.text());
    let given = kept[0].given(2);
    assert_eq!((given.answer, given.by_limit), (Answer::NotMet, true));
    screen.keys("v<ctrl-u>2000/uL<enter>");
    keep(&mut screen, &mut kept);
    assert_eq!(kept[0].given(2).answer, Answer::Unknown, "keeping to a limit is not all that is asked");
    screen.keys("v<ctrl-u>2026-01-02<enter>");
    assert!(screen.text().contains("no date"), "{}", screen.text());
    screen.keys("<esc>v<ctrl-u><enter>");
    keep(&mut screen, &mut kept);
    assert!(kept[0].questions[2].entered.is_empty(), "an empty value takes it away");
}

#[test]
fn a_criterion_with_several_limits_asks_for_which() {
    let (mut screen, mut kept) = opened(limited(), Vec::new(), 80, 24);
    screen.keys("heron<enter>jjjjjv");
    assert_snapshot!("which_limit_80x24", screen.text());
    screen.keys("b55 mL/min<enter>");
    keep(&mut screen, &mut kept);
    assert_eq!(kept[0].questions[5].entered[0].variable, "creatinine_clearance");
    screen.keys("gjv");
    assert!(screen.text().contains("no limit was read"), "{}", screen.text());
}

#[test]
fn tab_goes_to_what_is_open_and_f_leaves_only_that() {
    let (mut screen, mut kept) = opened(limited(), Vec::new(), 80, 24);
    screen.keys("heron<enter>mm");
    screen.keys("g<tab>");
    keep(&mut screen, &mut kept);
    screen.keys("f");
    assert_snapshot!("open_only_80x24", screen.text());
}

#[test]
fn the_list_has_the_sheets_of_this_trial_first() {
    let trial = limited();
    let other = Trial { id: "NCT90000099".to_owned(), title: "Another".to_owned(), ..limited() };
    let mut failing = begun("heron", &trial, date(2026, 2, 1));
    failing.questions[0].answer = Answer::NotMet;
    let kept = vec![failing, begun("wren", &other, date(2026, 3, 1))];
    let (mut screen, mut kept) = opened(trial, kept, 80, 24);
    assert_snapshot!("list_80x24", screen.text());
    screen.keys("jj<enter>");
    keep(&mut screen, &mut kept);
    assert_snapshot!("record_not_open_80x24", screen.text());
    screen.keys("<esc>?");
    assert!(screen.text().contains("In pre-screening"), "{}", screen.text());
    screen.keys("<esc><esc>");
    assert!(screen.model.layers.is_empty());
}

#[test]
fn back_from_a_new_sheet_the_cursor_stands_on_it() {
    let (mut screen, mut kept) = opened(limited(), Vec::new(), 80, 24);
    screen.keys("K7<enter>");
    keep(&mut screen, &mut kept);
    screen.keys("<esc>");
    let text = screen.text();
    let here = text.lines().find(|line| line.starts_with('▌')).unwrap_or_default();
    assert!(here.contains("K7"), "{text}");
}

#[test]
fn a_stale_sheet_says_so_and_takes_the_new_text_when_told() {
    let before = limited();
    let mut sheet = begun("heron", &before, date(2026, 2, 1));
    sheet.questions[0].answer = Answer::Met;
    let mut now = limited();
    let text = now.eligibility.text.take().unwrap_or_default().replace("Fear of forests", "Fear of snow");
    now.eligibility.text = Some(text);
    let (mut screen, mut kept) = opened(now, vec![sheet], 80, 24);
    assert!(screen.text().contains("the criteria have changed"), "{}", screen.text());
    screen.keys("<enter>");
    assert_snapshot!("stale_80x24", screen.text());
    screen.keys("R");
    keep(&mut screen, &mut kept);
    assert!(!screen.text().contains("STALE"), "{}", screen.text());
    assert!(kept[0].questions.iter().any(|q| q.text == "Fear of snow"));
    assert_eq!(kept[0].questions[0].answer, Answer::Met);
}

#[test]
fn what_is_past_its_time_is_told_at_the_start_and_purged_when_told() {
    let old = begun("heron", &limited(), date(2025, 9, 1));
    let mut screen = Screen::on(vec![limited()], 80, 24);
    screen.tell(Msg::Desk(DeskNews::Listed { sheets: vec![old.clone()], broken: Vec::new() }));
    assert!(screen.text().contains("past the time to keep"), "{}", screen.text());
    let (mut screen, mut kept) = opened(limited(), vec![old, begun("wren", &limited(), TODAY)], 80, 24);
    assert_snapshot!("purge_80x24", screen.text());
    screen.keys("<enter>");
    keep(&mut screen, &mut kept);
    assert_eq!(kept.len(), 2, "keeping is what the cursor stands on");
    screen.keys("<esc>p");
    keep(&mut screen, &mut kept);
    screen.keys("d");
    keep(&mut screen, &mut kept);
    assert_eq!(kept.iter().map(|sheet| sheet.code.as_str()).collect::<Vec<_>>(), ["wren"]);
}

#[test]
fn a_sheet_is_deleted_only_when_asked_again() {
    let (mut screen, mut kept) = opened(limited(), vec![begun("heron", &limited(), TODAY)], 80, 24);
    screen.keys("<enter>D");
    assert_snapshot!("delete_80x24", screen.text());
    screen.keys("<enter>");
    keep(&mut screen, &mut kept);
    assert_eq!(kept.len(), 1);
    screen.keys("Dd");
    keep(&mut screen, &mut kept);
    assert!(kept.is_empty());
    assert!(screen.text().contains("This trial · 0"), "{}", screen.text());
}

#[test]
fn a_sheet_is_exported_in_three_forms() {
    let (mut screen, mut kept) = opened(limited(), vec![begun("blue heron", &limited(), TODAY)], 80, 24);
    screen.keys("<enter>m");
    for (letter, name, begins) in [
        ("m", "prescreening-blue-heron-NCT90000077.md", "# Pre-screening: blue heron"),
        ("c", "prescreening-blue-heron-NCT90000077.csv", "patient,trial,record version,text hash"),
        ("p", "prescreening-blue-heron-NCT90000077.html", "<!doctype html>"),
    ] {
        screen.keys(&format!("E{letter}<enter>"));
        let exports = keep(&mut screen, &mut kept);
        assert_eq!(exports[0].0, name);
        let text = &exports[0].1;
        assert!(text.starts_with(begins), "{text}");
        let sheet = &kept[0];
        assert!(
            text.contains(&sheet.text_hash) && text.contains("2025-11-02") && text.contains("NCT90000077")
        );
        assert!(screen.text().contains(&format!("written: {name}")), "{}", screen.text());
    }
}

#[test]
fn what_could_not_be_kept_stays_told() {
    let (mut screen, _) = opened(limited(), vec![begun("heron", &limited(), TODAY)], 80, 24);
    screen.keys("<enter>m");
    screen.tell(Msg::Desk(DeskNews::Failed("the sheet is not kept: the disk is full".to_owned())));
    screen.keys("j");
    assert!(screen.text().contains("! the sheet is not kept: the disk is full"), "{}", screen.text());
    screen.tell(Msg::Desk(DeskNews::Done));
    assert!(!screen.text().contains("the disk is full"), "{}", screen.text());
}

#[test]
fn a_trial_without_criteria_has_nothing_to_ask() {
    let bare = Trial { id: "bare".to_owned(), title: "Bare".to_owned(), ..Trial::default() };
    let (mut screen, mut kept) = opened(bare, Vec::new(), 80, 24);
    screen.keys("heron<enter>");
    keep(&mut screen, &mut kept);
    assert!(kept.is_empty() && screen.text().contains("states no criteria"), "{}", screen.text());
}

#[test]
fn a_questions_words_are_shown_in_their_text_unless_that_has_changed() {
    let trial = limited();
    let (mut screen, _) = opened(trial.clone(), vec![begun("heron", &trial, TODAY)], 100, 30);
    screen.keys("<enter>s");
    assert!(screen.text().contains("Where it stands in the record"), "{}", screen.text());
    let mut other = trial;
    other.eligibility.text = Some("Inclusion Criteria:\n\n* ECOG 0".to_owned());
    let (mut screen, _) = opened(other, vec![begun("heron", &limited(), TODAY)], 100, 30);
    screen.keys("<enter>s");
    assert!(screen.text().contains("text has changed since"), "{}", screen.text());
}

#[test]
fn the_time_that_a_sheet_is_kept_is_the_users() {
    let mut screen = Screen::on(vec![limited()], 100, 30);
    screen.model.desk.keep_days = Some(14);
    let mut kept = Vec::new();
    screen.keys("p");
    keep(&mut screen, &mut kept);
    screen.keys("heron<enter>");
    keep(&mut screen, &mut kept);
    assert_eq!(kept[0].retention_days, 14);
    screen.keys("<esc>");
    assert!(screen.text().contains("for 14 days"), "{}", screen.text());
}
