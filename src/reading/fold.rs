//! Evening out how a text is written, keeping the way back to its bytes.
//!
//! Lower case; full-width forms, escapes, HTML entities, superscripts and look-alike signs become one plain form.
//! No word is changed or dropped: that is for the readers and their vocabularies.

use std::ops::Range;

/// A folded text and the way back to the raw one.
#[derive(Debug, Default)]
pub struct Folded {
    text: String,
    /// Where the two stop going side by side, byte for byte; in the order of the text.
    runs: Vec<Run>,
    /// Length of the raw text.
    raw_len: usize,
}

/// A stretch of folded bytes and the raw bytes it came from.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// First folded byte.
    folded: u32,
    /// First raw byte.
    raw: u32,
    /// Length of the raw bytes that each of the folded ones came from; 0: byte for byte.
    whole: u32,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The raw bytes that a non-empty range of folded bytes came from.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        let start = self.byte(range.start).start;
        let end = self.byte(range.end.max(range.start + 1) - 1).end;
        start..end.max(start)
    }

    /// The raw bytes that one folded byte came from.
    fn byte(&self, at: usize) -> Range<usize> {
        self.byte_behind(at, self.runs.partition_point(|run| run.folded as usize <= at))
    }

    /// The same, where so many runs begin at or before it.
    fn byte_behind(&self, at: usize, behind: usize) -> Range<usize> {
        let (start, length) = match behind.checked_sub(1).and_then(|index| self.runs.get(index)) {
            Some(run) if run.whole > 0 => (run.raw as usize, run.whole as usize),
            Some(run) => (run.raw as usize + at - run.folded as usize, 1),
            None => (at, 1),
        };
        let start = start.min(self.raw_len);
        start..(start + length).min(self.raw_len)
    }

    /// How many of the first folded bytes came from raw bytes that end at `raw` or before.
    pub fn ending_by(&self, raw: usize) -> usize {
        self.reached(raw, |run| run.raw as usize + run.whole as usize <= raw)
    }

    /// How many of the first folded bytes came from raw bytes that begin before `raw`.
    pub fn beginning_before(&self, raw: usize) -> usize {
        self.reached(raw, |_| true)
    }

    /// The folded bytes before a raw place; `all` tells whether a run of one piece counts, if it begins before there.
    fn reached(&self, raw: usize, all: impl Fn(&Run) -> bool) -> usize {
        let behind = self.runs.partition_point(|run| (run.raw as usize) < raw);
        let next = self.runs.get(behind).map_or(self.text.len(), |run| run.folded as usize);
        match behind.checked_sub(1).and_then(|index| self.runs.get(index)) {
            Some(run) if run.whole > 0 && all(run) => next,
            // One character may have come out as several: none of them.
            Some(run) if run.whole > 0 => {
                let first = self.runs.partition_point(|other| other.raw < run.raw);
                self.runs.get(first).map_or(0, |first| first.folded as usize)
            }
            Some(run) => (run.folded as usize + raw - run.raw as usize).min(next),
            None => raw.min(next),
        }
    }

    /// [`Self::raw`] for ranges that are asked for in the text's order.
    pub fn forward(&self) -> Forward<'_> {
        Forward { folded: self, behind: 0 }
    }

    /// Adds plain ASCII, in lower case.
    fn push_ascii(&mut self, plain: &str, raw: usize) {
        let before = self.text.len();
        let behind = self.runs.last().map_or(raw == before, |run| {
            run.whole == 0 && raw + run.folded as usize == before + run.raw as usize
        });
        if !behind {
            self.runs.push(Run { folded: before as u32, raw: raw as u32, whole: 0 });
        }
        self.text.push_str(plain);
        if let Some(new) = self.text.get_mut(before..) {
            new.make_ascii_lowercase();
        }
    }

    fn push(&mut self, folded: char, raw: Range<usize>) {
        self.whole(raw);
        self.text.push(folded);
    }

    fn push_str(&mut self, folded: &str, raw: Range<usize>) {
        self.whole(raw);
        self.text.push_str(folded);
    }

    /// What is added next came from the whole of some raw bytes.
    fn whole(&mut self, raw: Range<usize>) {
        let run = Run { folded: self.text.len() as u32, raw: raw.start as u32, whole: raw.len() as u32 };
        self.runs.push(run);
    }
}

/// The way back for ranges in the text's order: each run is passed once.
#[derive(Debug)]
pub struct Forward<'f> {
    folded: &'f Folded,
    behind: usize,
}

impl Forward<'_> {
    /// The raw bytes that a non-empty range of folded bytes came from. No earlier range may be asked for afterwards.
    pub fn raw(&mut self, range: Range<usize>) -> Range<usize> {
        let start = self.byte(range.start).start;
        let run = self.behind.checked_sub(1).and_then(|behind| self.folded.runs.get(behind));
        let next = self.folded.runs.get(self.behind);
        // Byte for byte, and no other run within.
        if run.is_none_or(|run| run.whole == 0) && next.is_none_or(|next| range.end <= next.folded as usize) {
            return start..(start + range.len().max(1)).min(self.folded.raw_len);
        }
        let end = self.byte(range.end.max(range.start + 1) - 1).end;
        start..end.max(start)
    }

    fn byte(&mut self, at: usize) -> Range<usize> {
        let runs = &self.folded.runs;
        let begun = |index: usize| runs.get(index).is_some_and(|run| run.folded as usize <= at);
        if self.behind == 0 {
            self.behind = runs.partition_point(|run| run.folded as usize <= at);
        }
        while begun(self.behind) {
            self.behind += 1;
        }
        self.folded.byte_behind(at, self.behind)
    }
}

/// Named HTML entities that occur in registry texts.
const ENTITIES: &[(&str, &str)] = &[
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&ge;", "≥"),
    ("&le;", "≤"),
    ("&amp;", "&"),
    ("&nbsp;", " "),
    ("&quot;", "\""),
    ("&plusmn;", "±"),
    ("&times;", "×"),
    ("&micro;", "u"),
    ("&deg;", "°"),
];

/// Folds a text. Linear in its length. Texts beyond 4 GiB are not read (places are 32 bits inside).
pub fn fold(raw: &str) -> Folded {
    let raw = if raw.len() > u32::MAX as usize { "" } else { raw };
    let mut out = Folded { text: String::with_capacity(raw.len()), runs: Vec::new(), raw_len: raw.len() };
    let bytes = raw.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let plain = plain_length(bytes.get(at..).unwrap_or_default());
        if plain > 0 {
            out.push_ascii(&raw[at..at + plain], at);
            at += plain;
        } else if byte.is_ascii() {
            at = fold_ascii(raw, bytes, at, &mut out);
        } else if let Some(ch) = raw[at..].chars().next() {
            let end = at + ch.len_utf8();
            fold_wide(ch, at..end, &mut out);
            at = end;
        } else {
            break;
        }
    }
    out
}

/// How many bytes of ASCII begin here that only change their case. Most of a text is that: it is looked at in blocks.
fn plain_length(bytes: &[u8]) -> usize {
    let all_plain = |block: &&[u8]| {
        block.is_ascii()
            && memchr::memchr3(b'\\', b'&', b'\r', block).is_none()
            && memchr::memchr(b'\t', block).is_none()
    };
    let begun: usize = bytes.chunks(64).take_while(all_plain).map(<[u8]>::len).sum();
    let rest = bytes.get(begun..).unwrap_or_default();
    begun + rest.iter().take_while(|byte| is_plain(**byte)).count()
}

/// ASCII that only changes its case.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'\\' | b'&' | b'\r' | b'\t')
}

/// The entity that a text begins with, and what it stands for.
fn entity(text: &str) -> Option<(&'static str, &'static str)> {
    ENTITIES.iter().find(|(written, _)| text.starts_with(written)).copied()
}

/// Folds one ASCII character (or an escape or entity that starts with it); gives the next position.
fn fold_ascii(raw: &str, bytes: &[u8], at: usize, out: &mut Folded) -> usize {
    let byte = bytes[at];
    match byte {
        // Markdown's backslash before punctuation is markup, not text (registry prose is Markdown).
        b'\\' => match bytes.get(at + 1) {
            // "\&gt;=": an entity whose sign was escaped.
            Some(b'&') if entity(&raw[at + 1..]).is_some() => {
                let (written, plain) = entity(&raw[at + 1..]).unwrap_or_default();
                out.push_str(plain, at..at + 1 + written.len());
                at + 1 + written.len()
            }
            Some(next) if next.is_ascii_punctuation() => {
                out.push(next.to_ascii_lowercase() as char, at..at + 2);
                at + 2
            }
            _ => {
                out.push('\\', at..at + 1);
                at + 1
            }
        },
        b'&' => {
            let Some((written, plain)) = entity(&raw[at..]) else {
                out.push('&', at..at + 1);
                return at + 1;
            };
            out.push_str(plain, at..at + written.len());
            at + written.len()
        }
        b'\r' => {
            let end = if bytes.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 };
            out.push('\n', at..end);
            end
        }
        b'\t' => {
            out.push(' ', at..at + 1);
            at + 1
        }
        _ => {
            out.push_ascii(&raw[at..at + 1], at);
            at + 1
        }
    }
}

/// Units that East Asian fonts have as one character.
const SQUARED: &[(char, &str)] = &[
    ('㎍', "ug"),
    ('㎎', "mg"),
    ('㎏', "kg"),
    ('㎕', "ul"),
    ('㎖', "ml"),
    ('㎗', "dl"),
    ('㎜', "mm"),
    ('㎝', "cm"),
    ('㎞', "km"),
    ('㎡', "m2"),
    ('㎣', "mm3"),
    ('㎥', "m3"),
    ('㎳', "ms"),
    ('㏄', "cc"),
    ('㏖', "mol"),
    ('ℓ', "l"),
];

/// A Roman number that is one character, counted from 0 for one.
fn roman(index: u32) -> &'static str {
    const NUMBERS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    NUMBERS.get(index as usize).copied().unwrap_or_default()
}

/// Folds one character beyond ASCII.
fn fold_wide(ch: char, raw: Range<usize>, out: &mut Folded) {
    match ch {
        // Full-width forms: the same characters, 0xFEE0 further up.
        '\u{FF01}'..='\u{FF5E}' => {
            let plain = char::from_u32(ch as u32 - 0xFEE0).unwrap_or(ch);
            out.push(plain.to_ascii_lowercase(), raw);
        }
        '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => out.push(' ', raw),
        '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n', raw),
        // Characters without a shape or a width: nothing of the text is in them.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{AD}' => {}
        '‐' | '‑' | '‒' | '–' | '−' | '﹣' => out.push('-', raw),
        '—' | '―' => out.push('—', raw),
        '∼' | '〜' | '˜' => out.push('~', raw),
        '‘' | '’' | '′' | '`' => out.push('\'', raw),
        '“' | '”' | '″' | '«' | '»' => out.push('"', raw),
        '。' => out.push('.', raw),
        '、' => out.push(',', raw),
        '【' | '〔' | '《' => out.push('[', raw),
        '】' | '〕' | '》' => out.push(']', raw),
        '≧' | '⩾' | '≽' => out.push('≥', raw),
        '≦' | '⩽' | '≼' => out.push('≤', raw),
        '✕' | '╳' | '✖' | '⨯' | '∗' => out.push('×', raw),
        '·' | '∙' | '⋅' | '•' | '‧' | '●' | '▪' | '■' | '◦' | '○' => out.push('•', raw),
        'µ' | 'μ' => out.push('u', raw),
        'º' | '˚' => out.push('°', raw),
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => fold_superscript(ch, raw, out),
        '₀'..='₉' => {
            let digit = char::from_digit(ch as u32 - '₀' as u32, 10).unwrap_or(ch);
            out.push(digit, raw);
        }
        '½' => fold_fraction(".5", raw, out),
        '¼' => fold_fraction(".25", raw, out),
        '¾' => fold_fraction(".75", raw, out),
        '℃' => out.push_str("°c", raw),
        '℉' => out.push_str("°f", raw),
        'Ⅰ'..='Ⅻ' => out.push_str(roman(ch as u32 - 'Ⅰ' as u32), raw),
        'ⅰ'..='ⅻ' => out.push_str(roman(ch as u32 - 'ⅰ' as u32), raw),
        '\u{3380}'..='\u{33DF}' | 'ℓ' => match SQUARED.iter().find(|(sign, _)| *sign == ch) {
            Some((_, plain)) => out.push_str(plain, raw),
            None => out.push(ch, raw),
        },
        '…' => out.push_str("...", raw),
        _ => {
            for lower in ch.to_lowercase() {
                out.push(lower, raw.clone());
            }
        }
    }
}

/// A vulgar fraction: after a digit its decimals (`1½` → `1.5`), else a number of its own (`½` → `0.5`).
fn fold_fraction(decimals: &str, raw: Range<usize>, out: &mut Folded) {
    if !out.text.ends_with(|c: char| c.is_ascii_digit()) {
        out.push('0', raw.clone());
    }
    out.push_str(decimals, raw);
}

/// A superscript digit: a power after a number (`10⁹` → `10^9`), part of a unit after a letter (`m²` → `m2`).
fn fold_superscript(ch: char, raw: Range<usize>, out: &mut Folded) {
    let digit = match ch {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        _ => char::from_digit(ch as u32 - '⁴' as u32 + 4, 10).unwrap_or(ch),
    };
    let follows_number = out.text.ends_with(|c: char| c.is_ascii_digit());
    let in_power = follows_number && out.text.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with('^');
    if follows_number && !in_power {
        out.push('^', raw.clone());
    }
    out.push(digit, raw);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_is_evened_out() {
        for (raw, folded) in [
            ("5×10\\^7 VP", "5×10^7 vp"),
            ("10⁹/L, 10¹²", "10^9/l, 10^12"),
            ("35mg/m²", "35mg/m2"),
            ("≥１８ Years，old", "≥18 years,old"),
            ("\\>= 5 &lt; 6", ">= 5 < 6"),
            ("\\&gt;= 5 \\&lt; 6 A\\&B", ">= 5 < 6 a&b"),
            ("µg – μg", "ug - ug"),
            ("a\\\\b C:\\x", "a\\b c:\\x"),
            ("½ tablet", "0.5 tablet"),
            ("1½ tablets", "1.5 tablets"),
            ("zero\u{200B}width", "zerowidth"),
            ("2.0㎎/㎗, phase Ⅲ, ⅳ", "2.0mg/dl, phase iii, iv"),
        ] {
            assert_eq!(fold(raw).text(), folded, "{raw}");
        }
    }

    #[test]
    fn every_folded_range_leads_back_to_the_raw_characters() {
        let raw = "DOSE：5×10\\^7 µg\r\nnext";
        let folded = fold(raw);
        let at = folded.text().find("10^7").expect("folded power");
        assert_eq!(&raw[folded.raw(at..at + 4)], "10\\^7");
        let at = folded.text().find("ug").expect("folded unit");
        assert_eq!(&raw[folded.raw(at..at + 2)], "µg");
    }

    #[test]
    fn a_raw_place_is_told_as_many_folded_bytes() {
        for raw in ["DOSE：5×10\\^7 µg\r\nnext", "plain", "½ a\u{200B}b ㎎", "\\>= 18", "é"] {
            let folded = fold(raw);
            let came = |at: usize| folded.raw(at..at + 1);
            for place in 0..=raw.len() + 1 {
                let all = 0..folded.text().len();
                let ending = all.clone().filter(|at| came(*at).end <= place).count();
                let begun = all.filter(|at| came(*at).start < place).count();
                assert_eq!(
                    (folded.ending_by(place), folded.beginning_before(place)),
                    (ending, begun),
                    "{raw:?} {place}"
                );
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn every_folded_range_comes_from_whole_characters_of_the_text(
            raw in r"([a-zA-Z0-9 ]|\\|&gt;|\r\n|\t|[^\x00-\x7f]|½|²|Ⅻ|\x{200B}){0,40}",
            at in 0_usize..80,
            length in 1_usize..20,
        ) {
            let folded = fold(&raw);
            if at < folded.text().len() {
                let range = folded.raw(at..(at + length).min(folded.text().len()));
                let words = raw.get(range);
                proptest::prop_assert!(words.is_some_and(|words| !words.is_empty()), "{raw:?} {at} {length}");
            }
        }
    }
}
