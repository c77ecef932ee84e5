//! Writing of every kind: wide, combining, joined, from right to left, of ambiguous width. Columns stay where they are,
//! in the cells and on a terminal that takes one character after the other.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::io::Write;
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use trialdeck::protocol::{Arm, Description, Trial};
use trialdeck::ui::{self, Theme};

use super::screen::Screen;
use super::trials::short;

/// What it is, and a text of it.
const WRITING: &[(&str, &str)] = &[
    ("plain", "Tablet against night cramps in adults who walk a lot"),
    ("Chinese", "评价药物联合放射治疗肝细胞癌的安全性和有效性研究"),
    ("Japanese, half-width kana", "ﾄﾘｱﾙ 肝細胞癌に対する併用療法の第II相試験"),
    ("Korean, decomposed", "\u{1100}\u{1161}\u{11a8}\u{1102}\u{1173}\u{11ab} 시험 치료 연구"),
    ("combining marks", "E\u{301}tude de la the\u{301}rapie a\u{30a}\u{323} n\u{303}o\u{308}"),
    (
        "pictures joined and coloured",
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f44d}\u{1f3fd} study \u{2764}\u{fe0f} 1\u{fe0f}\u{20e3}",
    ),
    ("flags", "\u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7} a trial in two countries"),
    ("Hebrew", "מחקר על טיפול משולב בסרטן הכבד"),
    ("Arabic with ligatures", "دراسة العلاج المركب لسرطان الكبد لا إلى"),
    ("Persian with joiners", "می\u{200c}خواهم مطالعه\u{200d} درمان"),
    ("Hindi", "यकृत कैंसर के लिए संयुक्त उपचार का अध्ययन"),
    ("Thai", "การศึกษาการรักษาแบบผสมผสานสำหรับมะเร็งตับ"),
    ("ambiguous widths", "α-β ≥ 5 × 10⁹ → ● ○ ◆ … “quoted” § ¶ ± ° Ω"),
    ("wide punctuation", "（临床）【试验】：，。！？～＋"),
];

fn trials() -> Vec<Trial> {
    let trial = |(nth, (what, text)): (usize, &(&str, &str))| Trial {
        description: Description { brief: Some((*text).repeat(6)), ..Description::default() },
        arms: vec![Arm { label: (*text).to_owned(), description: Some((*text).repeat(3)), ..Arm::default() }],
        ..short(&format!("NCT9100000{nth:X}"), text, "RECRUITING", &["PHASE2"], what)
    };
    WRITING.iter().enumerate().map(trial).collect()
}

/// Where a frame's bytes go.
#[derive(Clone, Default)]
struct Bytes(Arc<Mutex<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a terminal shows that is sent the screen's frame.
fn on_a_terminal(screen: &Screen) -> vt100::Parser {
    let (width, height) = screen.model.size;
    let bytes = Bytes::default();
    let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
    let backend = CrosstermBackend::new(bytes.clone());
    let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).expect("a terminal");
    terminal.draw(|frame| ui::view(&screen.model, &Theme::sixteen(), frame)).expect("drawn");
    let cells = |count| NonZeroU16::new(count).expect("a size");
    let mut parser = vt100::Parser::new(cells(height), cells(width), 0);
    parser.process(&bytes.0.lock().expect("lock"));
    parser
}

/// The columns of a sign on a row.
fn columns(terminal: &vt100::Parser, row: u16, sign: &str, width: u16) -> Vec<u16> {
    let at = |column: &u16| terminal.screen().cell(row, *column).is_some_and(|cell| cell.contents() == sign);
    (0..width).filter(at).collect()
}

#[test]
fn columns_stay_aligned_whatever_is_written_in_them() {
    for (width, height) in [(80, 24), (120, 30), (200, 40)] {
        let mut screen = Screen::on(trials(), width, height);
        for keys in ["", "<enter>", "2", "<esc>j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j"] {
            screen.keys(keys);
            let terminal = on_a_terminal(&screen);
            let list = screen.model.areas.list;
            let dividers = columns(&terminal, list.y, "│", width);
            assert!(!dividers.is_empty(), "{width}: there is a divider");
            for row in list.y..list.bottom() {
                assert_eq!(
                    columns(&terminal, row, "│", width),
                    dividers,
                    "{width}x{height} {keys:?} row {row}: {}",
                    terminal.screen().contents()
                );
            }
        }
    }
}

#[test]
fn the_columns_of_the_list_begin_where_they_begin() {
    let screen = Screen::on(trials(), 200, 40);
    let terminal = on_a_terminal(&screen);
    let list = screen.model.areas.list;
    for (nth, (what, _)) in WRITING.iter().enumerate() {
        let row = list.y + u16::try_from(nth).expect("few");
        let first = (0..list.width).find(|column| {
            let from = |column| terminal.screen().contents_between(row, column, row, list.right());
            from(*column).starts_with(what.get(..4).expect("a start"))
        });
        let expected = (0..list.width).find(|column| {
            terminal.screen().contents_between(list.y, *column, list.y, list.right()).starts_with("plain")
        });
        assert_eq!(first, expected, "{what}: the condition's column");
    }
}

#[test]
fn nothing_of_a_text_is_lost_at_the_ends_of_lines() {
    let mut screen = Screen::on(trials(), 60, 200);
    for (nth, (what, text)) in WRITING.iter().enumerate() {
        screen.keys(if nth == 0 { "<enter>" } else { "J" });
        let shown: String = screen.text().split_whitespace().collect();
        let shown: String = shown.chars().filter(|letter| !"│▌▐".contains(*letter)).collect();
        let words: String = trialdeck::protocol::display::line(text).text().split_whitespace().collect();
        assert!(shown.matches(words.as_str()).count() >= 5, "{what}: {words}");
    }
}
