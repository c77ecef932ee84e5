//! A record's text made fit to be shown, with the way back to its bytes.
//!
//! Control characters and what turns the direction of writing become visible marks, so that no text of a record can
//! steer a terminal; Markdown's backslash escapes (`\>`, `10\^9/L`, `\[16\]`) are resolved. No word changes. Wrapping
//! and colour are left to whoever draws.

use std::borrow::Cow;
use std::ops::Range;

/// Shown in place of a character that would turn the direction of writing, or of a control character that has no
/// picture of its own.
const MARK: char = '\u{FFFD}';
/// Shown in place of a tab.
const TAB: &str = "    ";

/// A text as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown<'t> {
    text: Cow<'t, str>,
    /// Where it differs from the raw text, in order.
    edits: Vec<Edit>,
}

/// Raw bytes and the shown bytes that stand for them; either may be longer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    raw: Range<usize>,
    shown: Range<usize>,
}

/// What is done with what.
#[derive(Clone, Copy)]
struct Rules {
    escapes: bool,
    line_breaks: bool,
}

/// Prose: escapes resolved, line breaks kept as `\n`.
pub fn prose(raw: &str) -> Shown<'_> {
    shown(raw, Rules { escapes: true, line_breaks: true })
}

/// Prose on one line: as [`prose`], with a space for each line break.
pub fn line(raw: &str) -> Shown<'_> {
    shown(raw, Rules { escapes: true, line_breaks: false })
}

/// A value as it came (an address, a field of the record): backslashes stay.
pub fn verbatim(raw: &str) -> Shown<'_> {
    shown(raw, Rules { escapes: false, line_breaks: true })
}

impl<'t> Shown<'t> {
    /// The text to show.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text to show, borrowed where nothing had to change.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// The shown bytes that stand for a range of raw bytes: whole replacements, where the range cuts one.
    pub fn shown_range(&self, raw: Range<usize>) -> Range<usize> {
        translate(&self.edits, raw, |edit| (&edit.raw, &edit.shown))
    }

    /// The raw bytes behind a range of shown bytes: whole escapes, where the range cuts one.
    pub fn raw_range(&self, shown: Range<usize>) -> Range<usize> {
        translate(&self.edits, shown, |edit| (&edit.shown, &edit.raw))
    }
}

/// Carries a range from one side of the edits (`from`, `to` as the selector gives them) to the other.
fn translate(
    edits: &[Edit],
    range: Range<usize>,
    sides: impl Fn(&Edit) -> (&Range<usize>, &Range<usize>),
) -> Range<usize> {
    let place = |at: usize, is_end: bool| {
        let behind = edits.partition_point(|edit| {
            let from = sides(edit).0;
            if is_end { from.start < at } else { from.start <= at }
        });
        let Some((from, to)) = behind.checked_sub(1).and_then(|last| edits.get(last)).map(&sides) else {
            return at;
        };
        match (at < from.end, is_end) {
            (true, false) => to.start,
            (true, true) => to.end,
            _ => to.end + (at - from.end),
        }
    };
    let start = place(range.start, false);
    start..place(range.end, true).max(start)
}

fn shown(raw: &str, rules: Rules) -> Shown<'_> {
    let mut out = String::new();
    let mut edits = Vec::new();
    let mut copied = 0;
    let mut chars = raw.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let Some((replacement, takes_next)) = replacement(ch, next, rules) else { continue };
        if takes_next {
            chars.next();
        }
        let end = chars.peek().map_or(raw.len(), |(end, _)| *end);
        out.push_str(raw.get(copied..at).unwrap_or_default());
        let start = out.len();
        match replacement {
            With::Char(ch) => out.push(ch),
            With::Text(text) => out.push_str(text),
        }
        edits.push(Edit { raw: at..end, shown: start..out.len() });
        copied = end;
    }
    if edits.is_empty() {
        return Shown { text: Cow::Borrowed(raw), edits };
    }
    out.push_str(raw.get(copied..).unwrap_or_default());
    Shown { text: Cow::Owned(out), edits }
}

enum With {
    Char(char),
    Text(&'static str),
}

/// What is shown for a character, and whether the next one goes with it; `None` for itself.
fn replacement(ch: char, next: Option<char>, rules: Rules) -> Option<(With, bool)> {
    let line_break = if rules.line_breaks { '\n' } else { ' ' };
    match ch {
        '\n' => (!rules.line_breaks).then_some((With::Char(' '), false)),
        '\\' => match next {
            Some(next) if rules.escapes && next.is_ascii_punctuation() => Some((With::Char(next), true)),
            _ => None,
        },
        '\t' => Some((With::Text(TAB), false)),
        '\r' => Some((With::Char(line_break), next == Some('\n'))),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some((With::Char(line_break), false)),
        '\0'..='\u{1F}' => Some((With::Char(char::from_u32(0x2400 + ch as u32).unwrap_or(MARK)), false)),
        '\u{7F}' => Some((With::Char('␡'), false)),
        _ if steers(ch) => Some((With::Char(MARK), false)),
        // What joins pictures into one, colours them, or makes a letter a picture: terminals do not agree on how many
        // columns the outcome has. The pictures stay, side by side.
        '\u{200D}' if next.is_some_and(is_picture) => Some((With::Text(""), false)),
        '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' => Some((With::Text(""), false)),
        _ if is_hidden(ch) => Some((With::Text(""), false)),
        _ => None,
    }
}

/// Whether a terminal may obey a character, or one turns the direction of writing or carries a text of its own unseen
/// (tags, notes between the lines).
pub fn steers(ch: char) -> bool {
    ch.is_control()
        || matches!(ch,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether a character has no picture of its own though nothing says so to the eye: marks that copies out of pages leave
/// behind, soft hyphens, and letters that are blank (Unicode's default-ignorable code points, without the joiners and
/// selectors that scripts need). Nothing is lost without them.
pub fn is_hidden(ch: char) -> bool {
    matches!(ch,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'
        | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}')
}

/// Whether a character is a picture that others can be joined to.
fn is_picture(ch: char) -> bool {
    matches!(ch, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prose_is_shown_without_escapes_and_without_control_characters() {
        for (raw, shown) in [
            ("ANC \\>= 1.5 x 10\\^9/L \\[3\\]", "ANC >= 1.5 x 10^9/L [3]"),
            ("and\\\\or", "and\\or"),
            ("a\\b at the end \\", "a\\b at the end \\"),
            ("red \u{1b}[31m text\u{7}", "red ␛[31m text␇"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("a\tb", "a    b"),
            ("\u{202e}desrever", "\u{FFFD}desrever"),
            ("\u{9b}31m", "\u{FFFD}31m"),
            ("50\u{200b} mg\u{feff} 患\u{200e}者", "50 mg 患者"),
            ("50 mg\u{e0037}", "50 mg\u{FFFD}"),
            ("1\u{ad}0\u{2063}0 mg\u{3164}", "100 mg"),
            ("up\u{fff9}down\u{fffb}", "up\u{FFFD}down\u{FFFD}"),
            (
                "\u{2764}\u{fe0f} \u{1f469}\u{200d}\u{1f467} \u{1f44d}\u{1f3fd}",
                "\u{2764} \u{1f469}\u{1f467} \u{1f44d}",
            ),
            ("\u{645}\u{200d}", "\u{645}\u{200d}"),
            ("μ ≥ 5 × 10⁹ 患者", "μ ≥ 5 × 10⁹ 患者"),
        ] {
            assert_eq!(prose(raw).text(), shown, "{raw:?}");
        }
        assert_eq!(line("one\r\ntwo\n three").text(), "one two  three");
        assert_eq!(verbatim("C:\\> \u{1b}").text(), "C:\\> ␛");
    }

    #[test]
    fn a_span_is_found_in_the_shown_text_and_back() {
        let raw = "at 5×10\\^7 VP, \\[see 3\\]";
        let shown = prose(raw);
        let dose = raw.find("5×").unwrap()..raw.find(" VP").unwrap();
        let there = shown.shown_range(dose.clone());
        assert_eq!(&shown.text()[there.clone()], "5×10^7");
        assert_eq!(shown.raw_range(there), dose);
        let caret = raw.find('^').unwrap();
        assert_eq!(&shown.text()[shown.shown_range(caret..caret + 1)], "^");
        assert_eq!(shown.shown_range(0..raw.len()), 0..shown.text().len());
        assert_eq!(shown.raw_range(0..shown.text().len()), 0..raw.len());
    }

    proptest! {
        #[test]
        fn nothing_shown_steers_a_terminal_and_every_place_has_its_way_back(raw in "(\\PC|[\\x00-\\x1f\\\\>^\u{85}\u{202e}])*") {
            let shown = prose(&raw);
            prop_assert!(shown.text().chars().all(|ch| ch == '\n' || !ch.is_control()));
            for (at, ch) in shown.text().char_indices() {
                let back = shown.raw_range(at..at + ch.len_utf8());
                prop_assert!(raw.get(back.clone()).is_some_and(|raw| !raw.is_empty()), "{at} {back:?}");
                let there = shown.shown_range(back);
                prop_assert!(there.start <= at && at + ch.len_utf8() <= there.end);
            }
        }
    }
}
