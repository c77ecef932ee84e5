//! Evening out how a text is written, keeping the way back to its bytes.
//!
//! Lower case; full-width forms, escapes, HTML entities, superscripts and look-alike signs become one plain form.
//! No word is changed or dropped: that is for the readers and their vocabularies.

use std::ops::Range;

/// A folded text and, for each of its bytes, the byte of the raw text it came from.
#[derive(Debug, Default)]
pub struct Folded {
    text: String,
    /// One entry a folded byte: where its raw character starts. One more at the end: the raw length.
    starts: Vec<u32>,
    /// One entry a folded byte: where its raw character ends.
    ends: Vec<u32>,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The raw bytes that a non-empty range of folded bytes came from.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        let start = self.starts.get(range.start).copied().unwrap_or_default() as usize;
        let last = range.end.max(range.start + 1) - 1;
        let end = self.ends.get(last).map_or(start, |end| *end as usize);
        start..end.max(start)
    }

    fn push(&mut self, folded: char, raw: Range<usize>) {
        self.text.push(folded);
        for _ in 0..folded.len_utf8() {
            self.starts.push(raw.start as u32);
            self.ends.push(raw.end as u32);
        }
    }

    fn push_str(&mut self, folded: &str, raw: Range<usize>) {
        for folded in folded.chars() {
            self.push(folded, raw.clone());
        }
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

/// Folds a text. Linear in its length. Texts beyond 4 GiB are cut there (spans are 32 bits inside).
pub fn fold(raw: &str) -> Folded {
    let raw = if raw.len() > u32::MAX as usize { "" } else { raw };
    let mut out = Folded {
        text: String::with_capacity(raw.len()),
        starts: Vec::with_capacity(raw.len()),
        ends: Vec::with_capacity(raw.len()),
    };
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 0x80 {
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

/// Folds one ASCII character (or an escape or entity that starts with it); gives the next position.
fn fold_ascii(raw: &str, bytes: &[u8], at: usize, out: &mut Folded) -> usize {
    let byte = bytes[at];
    match byte {
        // Markdown's backslash before punctuation is markup, not text (registry prose is Markdown).
        b'\\' => match bytes.get(at + 1) {
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
            for (entity, plain) in ENTITIES {
                if raw[at..].starts_with(entity) {
                    out.push_str(plain, at..at + entity.len());
                    return at + entity.len();
                }
            }
            out.push('&', at..at + 1);
            at + 1
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
            out.push(byte.to_ascii_lowercase() as char, at..at + 1);
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
}
