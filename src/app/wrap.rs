//! Breaking text into lines by what a terminal shows: columns, not bytes. Nothing is lost but the blanks at a break.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks `text` into lines of at most `columns` (at least 1): at line breaks, blanks, between wide characters, and
/// inside a word only when it is longer than a line. Gives byte ranges; an empty text is one empty line.
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut at = 0;
    for paragraph in text.split('\n') {
        let end = at + paragraph.len();
        wrap_paragraph(paragraph.trim_end_matches('\r'), at, columns, &mut lines);
        at = end + 1;
    }
    lines
}

/// State of the line that is being filled.
struct Filling {
    start: usize,
    /// End of what stands on it, trailing blanks not counted.
    end: usize,
    columns: usize,
    /// Where it may be broken, and the columns up to there: the start of what would move to the next line.
    last_break: Option<(usize, usize)>,
    /// The same where it is broken only for want of another place: between a number and its unit.
    weak_break: Option<(usize, usize)>,
}

fn wrap_paragraph(paragraph: &str, offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    let mut line = Filling { start: 0, end: 0, columns: 0, last_break: None, weak_break: None };
    let mut after_blank = false;
    let mut after_wide = false;
    for (at, grapheme) in paragraph.grapheme_indices(true) {
        let width = grapheme.width();
        let blank = grapheme.chars().all(char::is_whitespace);
        let wide = width > 1;
        if at > line.start && !blank && (after_blank || ((wide || after_wide) && !hangs(grapheme))) {
            let place = if are_one(paragraph, at) { &mut line.weak_break } else { &mut line.last_break };
            *place = Some((at, line.columns));
        }
        if !blank && line.columns + width > columns && line.end > line.start {
            let broken = line.last_break.or(line.weak_break);
            let (next, used) = broken.unwrap_or((at, line.columns));
            let ended = paragraph.get(line.start..next).unwrap_or_default().trim_end().len() + line.start;
            lines.push(offset + line.start..offset + ended);
            line = Filling {
                start: next,
                end: next,
                columns: line.columns.saturating_sub(used),
                last_break: None,
                weak_break: line
                    .weak_break
                    .filter(|(at, _)| *at > next)
                    .map(|(at, columns)| (at, columns - used)),
            };
        }
        line.columns += width;
        if !blank {
            line.end = at + grapheme.len();
        }
        after_blank = blank;
        after_wide = wide;
    }
    lines.push(offset + line.start..offset + line.end.max(line.start));
}

/// Words that stay with the number before them, in the singular; and all with a slash in them (`mg/m2`).
const UNITS: &[&str] = &[
    "mg", "g", "kg", "µg", "μg", "mcg", "ng", "ml", "l", "dl", "iu", "gy", "vp", "uln", "mm", "cm", "%", "d",
    "wk", "mo", "h", "min", "minute", "hour", "day", "week", "month", "year", "dose", "cycle", "time",
    "line",
];

/// Whether the words before and behind a blank are a number and its unit, or a sign and its number: `24` `months`,
/// `≥` `18`. Parted by the end of a line, the one is read without the other.
fn are_one(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let before = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let behind = text.get(at..).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
    let is_sign = |word: &str| matches!(word, "≥" | "≤" | "<" | ">" | "=" | "±" | "×" | "<=" | ">=");
    if is_sign(before) {
        return behind.starts_with(|c: char| c.is_ascii_digit());
    }
    let is_number = before.ends_with(|c: char| c.is_ascii_digit()) && !before.contains(char::is_alphabetic);
    let unit = behind.trim_end_matches([',', '.', ';', ':', ')']).to_lowercase();
    let is_unit = UNITS.iter().any(|known| *known == unit || unit.strip_suffix('s') == Some(known));
    is_number && (is_unit || is_sign(behind) || unit.contains('/'))
}

/// Closing signs stay with what they close.
fn hangs(grapheme: &str) -> bool {
    matches!(
        grapheme,
        "，" | "。"
            | "、"
            | "；"
            | "："
            | "！"
            | "？"
            | "）"
            | "】"
            | "》"
            | "”"
            | "’"
            | ")"
            | "]"
            | ","
            | "."
            | ";"
            | ":"
    )
}

/// The longest end of `text` that fits `columns`.
pub fn tail(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme.width();
        if used > columns {
            break;
        }
        start = at;
    }
    text.get(start..).unwrap_or_default()
}

/// The longest start of `text` that fits `columns`, and whether something was left off. When it was, one column
/// is kept free for the mark `…`.
pub fn cut(text: &str, columns: usize) -> (&str, bool) {
    if text.width() <= columns {
        return (text, false);
    }
    let mut used = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used + 1 > columns {
            break;
        }
        end = at + grapheme.len();
    }
    (text.get(..end).unwrap_or_default(), true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn text_breaks_at_blanks_between_wide_letters_and_in_words_that_are_too_long() {
        for (text, columns, expected) in [
            ("one two three", 8, vec!["one two", "three"]),
            ("one two three", 7, vec!["one two", "three"]),
            ("one  two", 4, vec!["one", "two"]),
            ("a\n\nb", 4, vec!["a", "", "b"]),
            ("unbreakable", 4, vec!["unbr", "eaka", "ble"]),
            ("an unbreakable", 6, vec!["an", "unbrea", "kable"]),
            ("肝細胞癌、再発", 8, vec!["肝細胞", "癌、再発"]),
            ("5 mg 肝癌", 7, vec!["5 mg 肝", "癌"]),
            ("take 24 months now", 10, vec!["take", "24 months", "now"]),
            ("for the 24 months", 15, vec!["for the", "24 months"]),
            ("of 24 months", 7, vec!["of", "24", "months"]),
            ("if ALT ≤ 2.5 × ULN", 11, vec!["if ALT", "≤ 2.5 × ULN"]),
            ("e\u{301}e\u{301}", 1, vec!["e\u{301}", "e\u{301}"]),
            ("", 5, vec![""]),
        ] {
            assert_eq!(lines(text, columns), expected, "{text:?} in {columns}");
        }
    }

    #[test]
    fn a_cut_leaves_room_for_its_mark() {
        assert_eq!(cut("short", 5), ("short", false));
        assert_eq!(cut("longer", 5), ("long", true));
        assert_eq!(cut("肝細胞", 4), ("肝", true));
        assert_eq!(tail("longer", 3), "ger");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_white_space_and_no_line_is_too_wide(text in "(\\PC|[ \\n肝é]){0,80}", columns in 2usize..40) {
            let lines = lines(&text, columns);
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                prop_assert!(width(line) <= columns || line.graphemes(true).count() == 1, "{line:?}");
            }
        }
    }
}
