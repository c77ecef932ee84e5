//! ASCII mode: what stands for the boxes, bars and signs that are drawn where the terminal has none of them, or a
//! reader speaks them badly.
//!
//! The signs of a record's text that we draw too (`≥`, `×`, `10⁹`) are told in the same way; letters of other scripts
//! stay, for nothing stands for them.

use std::borrow::Cow;
use std::ops::Range;

use super::item::Item;
use super::styled::Styled;
use super::wrap;

/// A character and what stands for it: where text flows, and, in one column, where it must not move.
struct Glyph {
    drawn: char,
    flowing: &'static str,
    fixed: Option<char>,
}

const fn one(drawn: char, ascii: &'static str, fixed: char) -> Glyph {
    Glyph { drawn, flowing: ascii, fixed: Some(fixed) }
}

const fn more(drawn: char, flowing: &'static str) -> Glyph {
    Glyph { drawn, flowing, fixed: None }
}

/// The table. Digits raised are in [`RAISED`].
const GLYPHS: &[Glyph] = &[
    // Lines.
    one('│', "|", '|'),
    one('─', "-", '-'),
    one('┄', "~", '~'),
    one('├', "+", '+'),
    one('┤', "+", '+'),
    one('┴', "+", '+'),
    // Bars: cursor, scroll, grids.
    one('▌', ">", '>'),
    one('▐', "#", '#'),
    one('█', "#", '#'),
    one('━', "=", '='),
    one('▪', "+", '+'),
    // Marks.
    one('●', "*", '*'),
    one('◉', "@", '@'),
    one('○', "o", 'o'),
    one('◐', "%", '%'),
    one('■', "#", '#'),
    one('‖', "=", '='),
    one('◆', "*", '*'),
    one('◦', "o", 'o'),
    one('•', "-", '-'),
    one('·', ".", '.'),
    one('⋅', ".", '.'),
    one('✓', "v", 'v'),
    one('✗', "x", 'x'),
    one('×', "x", 'x'),
    one('▸', ">", '>'),
    one('▾', "v", 'v'),
    one('▲', "^", '^'),
    one('▽', "v", 'v'),
    one('»', ">", '>'),
    one('›', ">", '>'),
    one('‹', "<", '<'),
    one('➢', ">", '>'),
    one('↳', ">", '>'),
    one('↑', "^", '^'),
    one('↓', "v", 'v'),
    one('⟨', "/", '/'),
    one('⟩', "\\", '\\'),
    // Writing.
    one('–', "-", '-'),
    one('—', "-", '-'),
    one('‐', "-", '-'),
    one('“', "\"", '"'),
    one('”', "\"", '"'),
    one('‘', "'", '\''),
    one('’', "'", '\''),
    one('µ', "u", 'u'),
    one('μ', "u", 'u'),
    one('\u{FFFD}', "?", '?'),
    Glyph { drawn: '…', flowing: "...", fixed: Some('>') },
    Glyph { drawn: '→', flowing: "->", fixed: Some('>') },
    Glyph { drawn: '←', flowing: "<-", fixed: Some('<') },
    more('≥', ">="),
    more('≤', "<="),
    more('≧', ">="),
    more('≦', "<="),
    more('≠', "!="),
    more('±', "+/-"),
    more('÷', "/"),
    more('㎡', "m^2"),
];

/// Raised digits and signs, and what they are; the first of several has `^` before it.
const RAISED: &[(char, char)] = &[
    ('⁰', '0'),
    ('¹', '1'),
    ('²', '2'),
    ('³', '3'),
    ('⁴', '4'),
    ('⁵', '5'),
    ('⁶', '6'),
    ('⁷', '7'),
    ('⁸', '8'),
    ('⁹', '9'),
    ('⁺', '+'),
    ('⁻', '-'),
];

/// Columns of blanks that are left between what stood apart.
const LEAST_GAP: usize = 2;

/// A stretch of a text and what takes its place.
struct Edit {
    range: Range<usize>,
    with: String,
}

/// How a text takes what needs more room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// It grows.
    Grows,
    /// Nothing moves: the room comes from the blanks behind, and what finds none stays as it is.
    Fixed,
    /// The room comes from the blanks behind where there are some; else it grows.
    Spares,
}

/// A text that flows.
pub fn flowing(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(applied(text, 0..text.len(), &edits(text, Room::Grows)))
    }
}

/// A printed line: columns stay where they are as far as blanks can be spared.
pub fn printed(line: &str) -> Cow<'_, str> {
    if line.is_ascii() {
        Cow::Borrowed(line)
    } else {
        Cow::Owned(applied(line, 0..line.len(), &edits(line, Room::Spares)))
    }
}

/// A text with tones. In a `fixed` one (a grid) everything keeps its column: what needs more room takes it from the
/// blanks behind it, and stays as it is where there are none.
pub fn styled(text: &Styled, fixed: bool) -> Styled {
    let whole = text.text();
    if whole.is_ascii() {
        return text.clone();
    }
    let edits = edits(whole, if fixed { Room::Fixed } else { Room::Grows });
    let mut ascii = Styled::default();
    for (range, _, tone) in text.runs(0..whole.len()) {
        ascii.push(applied(whole, range, &edits), tone);
    }
    ascii
}

/// Everything that a pane is made of.
pub fn items(mut items: Vec<Item>) -> Vec<Item> {
    for item in &mut items {
        item.lead = styled(&item.lead, item.fixed);
        item.text = styled(&item.text, item.fixed);
        item.notes.iter_mut().for_each(|note| *note = styled(note, false));
    }
    items
}

/// The part of a text with its edits done.
fn applied(text: &str, part: Range<usize>, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = part.start;
    for edit in edits.iter().filter(|edit| edit.range.start >= part.start && edit.range.end <= part.end) {
        out.push_str(text.get(at..edit.range.start).unwrap_or_default());
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(text.get(at..part.end).unwrap_or_default());
    out
}

fn edits(text: &str, room: Room) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut taken = 0;
    let mut behind_raised = false;
    for (at, letter) in text.char_indices() {
        let range = at..at + letter.len_utf8();
        let raised = RAISED.iter().find(|(drawn, _)| *drawn == letter).map(|(_, digit)| *digit);
        let glyph = GLYPHS.iter().find(|glyph| glyph.drawn == letter);
        let with = match (raised, glyph, room == Room::Fixed) {
            (Some(digit), ..) if behind_raised => Some(digit.to_string()),
            (Some(digit), ..) => Some(format!("^{digit}")),
            (None, Some(Glyph { fixed: Some(one), .. }), true) => Some(one.to_string()),
            (None, Some(glyph), _) => Some(glyph.flowing.to_owned()),
            // Pictures of control characters.
            (None, None, _) if ('\u{2400}'..='\u{2421}').contains(&letter) => Some("?".to_owned()),
            (None, None, _) => None,
        };
        let stays_raised = raised.is_some();
        if let Some(with) = with {
            let extra =
                wrap::width(&with).saturating_sub(wrap::width(text.get(range.clone()).unwrap_or_default()));
            let blanks = (extra > 0 && room != Room::Grows)
                .then(|| spare(text, range.end.max(taken), extra))
                .flatten();
            if extra == 0 || room != Room::Fixed || blanks.is_some() {
                edits.push(Edit { range, with });
            }
            if let Some(blanks) = blanks {
                taken = blanks.end;
                edits.push(Edit { range: blanks, with: String::new() });
            }
        }
        behind_raised = stays_raised;
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// So many blanks on the same line that can be spared.
fn spare(text: &str, from: usize, extra: usize) -> Option<Range<usize>> {
    let line = text.get(from..)?.split('\n').next()?;
    let gap = line.find(&" ".repeat(extra + LEAST_GAP - 1))?;
    Some(from + gap..from + gap + extra)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::styled::Tone;

    #[test]
    fn no_two_rows_are_of_one_character_and_everything_is_ascii() {
        let drawn: Vec<char> =
            GLYPHS.iter().map(|g| g.drawn).chain(RAISED.iter().map(|(drawn, _)| *drawn)).collect();
        for (at, letter) in drawn.iter().enumerate() {
            assert!(!drawn[..at].contains(letter), "{letter}");
        }
        for glyph in GLYPHS {
            assert!(glyph.flowing.is_ascii() && glyph.fixed.is_none_or(|c| c.is_ascii()), "{}", glyph.drawn);
        }
    }

    #[test]
    fn signs_are_told_and_letters_stay() {
        for (drawn, ascii) in [
            ("ANC ≥ 1.5 × 10⁹/L", "ANC >= 1.5 x 10^9/L"),
            ("1×10¹⁰ VP → 80 mg/m²", "1x10^10 VP -> 80 mg/m^2"),
            ("“肝細胞癌” – β-hCG …", "\"肝細胞癌\" - β-hCG ..."),
            ("plain", "plain"),
        ] {
            assert_eq!(flowing(drawn), ascii);
        }
    }

    #[test]
    fn a_grid_keeps_its_columns() {
        let grid = "60 mg/m²  IV    █······\n10⁹ ×2 IV       ·█·····";
        let ascii = styled(&Styled::new(grid, Tone::Plain), true);
        assert_eq!(ascii.text(), "60 mg/m^2 IV    #......\n10^9 x2 IV      .#.....");
        let tight = styled(&Styled::new("10⁹ a ≥1 █", Tone::Plain), true);
        assert_eq!(tight.text(), "10⁹ a ≥1 #", "nothing can be spared: nothing moves");
    }

    #[test]
    fn tones_stay_with_their_words() {
        let text = Styled::new("≥ ", Tone::Label).with("10⁹", Tone::Strong).with("/L", Tone::Dim);
        let expected = Styled::new(">= ", Tone::Label).with("10^9", Tone::Strong).with("/L", Tone::Dim);
        assert_eq!(styled(&text, false), expected);
    }
}
