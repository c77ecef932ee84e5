//! What stands before an item: bullets, and numbers of its own in any of the ways they are written.
//!
//! Knows how a marker looks. Whether a lone `A.` or `12-` is one is for the sequence around it to say ([`Ordinal::weak`]).

/// The alphabet an item's number is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Alphabet {
    /// `1`, `2`.
    Decimal,
    /// `a`, `b`.
    Lower,
    /// `A`, `B`.
    Upper,
    /// `i`, `ii`.
    RomanLower,
    /// `I`, `II`.
    RomanUpper,
    /// `①`, `⑵`, `⒊`.
    Circled,
    /// `一`, `二`.
    Chinese,
    /// `1.2`, `5.2.1`: with how many parts.
    Outline(u8),
}

/// What sets the number off from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Punctuation {
    /// `1.`
    Dot,
    /// `1)`
    Close,
    /// `(1)`
    Parens,
    /// `1、`
    Comma,
    /// `1:`
    Colon,
    /// `1-` or `1/`
    Dash,
    /// The number alone, or a sign that needs nothing (`①`).
    None,
}

/// Alphabet and punctuation: numbers of one style make one list.
pub type Style = (Alphabet, Punctuation);

/// An item's own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ordinal {
    /// How it is written.
    pub style: Style,
    /// Which place in its list, from 1.
    pub value: u32,
    /// A letter that is a Roman number too (`i`, `v`, `c`): the other reading.
    pub other: Option<(Style, u32)>,
    /// Only a number if its neighbours in the list are there.
    pub weak: bool,
    /// Bytes of the number itself within the marker: start, end.
    pub digits: (usize, usize),
}

/// Everything that stands before an item's text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Marks {
    /// The last bullet sign.
    pub bullet: Option<char>,
    /// The item's number; its `digits` count from the marker's first byte.
    pub ordinal: Option<Ordinal>,
    /// Bytes of all of it, with the blanks after it.
    pub len: usize,
    /// Bytes up to where the ordinal begins: what is left when it proves to be none.
    pub bullet_len: usize,
}

/// Signs that are bullets wherever they begin a line.
const BULLETS: &[char] = &[
    '•', '·', '●', '○', '◦', '▪', '■', '□', '▫', '‣', '⁃', '➢', '➤', '►', '▶', '✓', '✔', '◆', '◇', '★', '☆',
    '※', '∙', '⋅', '・', '§', '\u{F0B7}', '\u{F0A7}', '\u{F0D8}', '\u{F0FC}', '\u{2022}', '¬', '¨',
];

/// Whether `ch` is a bullet wherever it stands, even within a line.
pub fn is_bullet(ch: char) -> bool {
    !ch.is_ascii() && BULLETS.contains(&ch)
}

/// Reads what stands before the text of a line (given without its indentation).
pub fn read(line: &str) -> Marks {
    let mut marks = Marks::default();
    while let Some(rest) = line.get(marks.len..) {
        let Some((glyph, len)) = bullet(rest) else { break };
        marks.bullet = Some(glyph);
        marks.len += len + blanks(rest.get(len..).unwrap_or_default());
        marks.bullet_len = marks.len;
    }
    if let Some((mut ordinal, len)) = line.get(marks.len..).and_then(ordinal) {
        ordinal.digits.0 += marks.len;
        ordinal.digits.1 += marks.len;
        let after = marks.len + len;
        marks.len = after + blanks(line.get(after..).unwrap_or_default());
        marks.ordinal = Some(ordinal);
    }
    marks
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\u{A0}', '\u{3000}']).len()
}

/// A bullet sign at the start of `text` and its length.
fn bullet(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if is_bullet(first) {
        return Some((first, first.len_utf8()));
    }
    let (glyph, len) = match first {
        '\\' => (chars.next().filter(|c| matches!(c, '-' | '*' | '+'))?, 2),
        '*' | '-' | '–' | '—' | '+' | '−' => (first, first.len_utf8()),
        'o' => return chars.next().filter(|c| *c == ' ' || *c == '\t').map(|_| ('o', 1)),
        _ => return None,
    };
    let fits = match chars.next() {
        None => true,
        Some(next) if next.is_whitespace() => true,
        Some(next) if glyph == '*' => next.is_alphabetic() || next == '：' || next == ':',
        Some(next) if glyph == '-' => next.is_alphabetic() || next == '(',
        Some(_) => false,
    };
    fits.then_some((glyph, len))
}

/// A number at the start of `text` and its length, punctuation included.
pub fn ordinal(text: &str) -> Option<(Ordinal, usize)> {
    if begins_with_a_word(text.as_bytes()) {
        return None;
    }
    let first = text.chars().next()?;
    if let Some(value) = circled(first) {
        let len = first.len_utf8();
        let end = len + closing_after_circled(text.get(len..).unwrap_or_default());
        return Some((plain((Alphabet::Circled, Punctuation::None), value, (0, len)), end));
    }
    let open = opening(text);
    let body = text.get(open..)?;
    let (counted, len) = counted(body)?;
    let digits = (open, open + len);
    let rest = body.get(len..)?;
    let (punctuation, close) = closing(rest, open > 0)?;
    let next = rest.get(close..).and_then(|r| r.chars().next());
    if punctuation == Punctuation::None && is_length(rest) {
        return None;
    }
    let ordinal = weigh(counted, punctuation, next, digits)?;
    Some((ordinal, open + len + close))
}

/// "4 weeks for antibodies": a length of time, no fourth item.
fn is_length(rest: &str) -> bool {
    let word = rest.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    ["hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"].contains(&word)
}

/// Whether two letters stand here that no Roman number begins with: most items begin so.
fn begins_with_a_word(text: &[u8]) -> bool {
    let roman = |letter: &u8| matches!(letter, b'i' | b'v' | b'x' | b'I' | b'V' | b'X');
    match text {
        [first, second, ..] => {
            first.is_ascii_alphabetic() && second.is_ascii_alphabetic() && !(roman(first) && roman(second))
        }
        _ => false,
    }
}

fn plain(style: Style, value: u32, digits: (usize, usize)) -> Ordinal {
    Ordinal { style, value, other: None, weak: false, digits }
}

/// `①.` and `①、` are written too.
fn closing_after_circled(rest: &str) -> usize {
    match rest.chars().next() {
        Some(c @ ('.' | '、' | '）' | ')')) => c.len_utf8(),
        _ => 0,
    }
}

fn circled(ch: char) -> Option<u32> {
    let first = match ch {
        '①'..='⑳' => '①',
        '⑴'..='⒇' => '⑴',
        '⒈'..='⒛' => '⒈',
        'ⓐ'..='ⓩ' => 'ⓐ',
        '❶'..='❿' => '❶',
        '➀'..='➉' => '➀',
        _ => return None,
    };
    Some(ch as u32 - first as u32 + 1)
}

fn opening(text: &str) -> usize {
    if text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return 0;
    }
    ["(", "\\(", "（", "[", "\\["].iter().find(|open| text.starts_with(**open)).map_or(0, |open| open.len())
}

/// What was counted: an alphabet's value, before the punctuation is known.
enum Counted {
    Decimal(u32),
    Outline(u8, u32),
    Letter { upper: bool, value: u32, roman: Option<u32> },
    Roman { upper: bool, value: u32 },
    Chinese(u32),
}

fn counted(text: &str) -> Option<(Counted, usize)> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        return decimal(text);
    }
    if let Some(value) = "一二三四五六七八九十".chars().position(|c| c == first) {
        return Some((Counted::Chinese(value as u32 + 1), first.len_utf8()));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let len = text.bytes().take(9).take_while(u8::is_ascii_alphabetic).count();
    let word = text.get(..len)?;
    let upper = first.is_ascii_uppercase();
    let roman = roman(word);
    if len == 1 {
        let value = u32::from(first.to_ascii_lowercase() as u8 - b'a') + 1;
        return Some((Counted::Letter { upper, value, roman }, 1));
    }
    roman.map(|value| (Counted::Roman { upper, value }, len))
}

/// `12`, or an outline number such as `5.2.1` or `7-1`.
fn decimal(text: &str) -> Option<(Counted, usize)> {
    let mut len = 0;
    let mut parts = 0_u8;
    let value = loop {
        let rest = text.get(len..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 {
            return None;
        }
        let value = rest.get(..digits)?.parse().ok()?;
        len += digits;
        parts = parts.saturating_add(1);
        let mut after = text.get(len..)?.chars();
        let joins =
            matches!(after.next(), Some('.' | '-')) && after.next().is_some_and(|c| c.is_ascii_digit());
        if !joins || parts == 4 {
            break value;
        }
        len += 1;
    };
    let counted = if parts == 1 { Counted::Decimal(value) } else { Counted::Outline(parts, value) };
    Some((counted, len))
}

/// The value of a Roman number up to 39 (`xxxix`), all letters of one case.
fn roman(word: &str) -> Option<u32> {
    let digits = word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
        || word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    if word.len() > 7 || !digits {
        return None;
    }
    let tens = word.bytes().take_while(|b| b.eq_ignore_ascii_case(&b'x')).count();
    let rest = word.get(tens..)?;
    let ones =
        if rest.is_empty() { 0 } else { ROMAN.iter().position(|ones| rest.eq_ignore_ascii_case(ones))? + 1 };
    let value = (tens * 10 + ones) as u32;
    (tens <= 3 && value > 0).then_some(value)
}

/// The Roman numbers from one to nine.
const ROMAN: [&str; 9] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

/// The punctuation that closes a number, and its length.
fn closing(rest: &str, opened: bool) -> Option<(Punctuation, usize)> {
    let blank = usize::from(rest.starts_with(' '));
    let after = rest.get(blank..)?;
    let escape = usize::from(after.starts_with('\\'));
    let mut chars = after.get(escape..)?.chars();
    let sign = chars.next();
    let len = |c: char| blank + escape + c.len_utf8();
    match sign {
        Some(c @ (')' | '）' | ']')) if opened => {
            // `(1).` and `(1)、` belong together.
            let dot = chars.next().filter(|c| matches!(c, '.' | '、' | ':')).map_or(0, char::len_utf8);
            Some((Punctuation::Parens, len(c) + dot))
        }
        _ if opened => None,
        Some(c @ (')' | '）')) => Some((Punctuation::Close, len(c))),
        Some(c @ ('.' | '．')) => Some((Punctuation::Dot, len(c))),
        Some(c @ '、') => Some((Punctuation::Comma, len(c))),
        Some(c @ (':' | '：')) if blank == 0 => Some((Punctuation::Colon, len(c))),
        Some(c @ ('-' | '/' | '–')) => Some((Punctuation::Dash, len(c))),
        Some(_) if blank == 1 => Some((Punctuation::None, 0)),
        _ => None,
    }
}

/// Whether number, punctuation and the character after them make a marker, and how sure that is.
fn weigh(
    counted: Counted,
    punctuation: Punctuation,
    next: Option<char>,
    digits: (usize, usize),
) -> Option<Ordinal> {
    use Punctuation::{Close, Colon, Comma, Dash, Dot, None as Bare, Parens};
    let spaced = next.is_none_or(char::is_whitespace);
    let not_digit = next.is_none_or(|c| !c.is_ascii_digit());
    match counted {
        Counted::Decimal(value) => {
            let fits = match punctuation {
                Dot | Dash | Colon => not_digit,
                Close | Parens | Comma | Bare => true,
            };
            let sure = matches!(punctuation, Dot | Close | Parens | Comma);
            (fits && value > 0).then(|| Ordinal {
                weak: !sure || value > 60,
                ..plain((Alphabet::Decimal, punctuation), value, digits)
            })
        }
        Counted::Outline(parts, value) => {
            let fits = matches!(punctuation, Dot | Close | Parens | Bare | Comma) && not_digit;
            fits.then(|| Ordinal { weak: true, ..plain((Alphabet::Outline(parts), Bare), value, digits) })
        }
        Counted::Letter { upper, value, roman } => {
            let fits = match punctuation {
                Dot => spaced || next.is_some_and(char::is_uppercase),
                Close | Parens => true,
                Comma | Colon | Dash | Bare => false,
            };
            let letter = if upper { Alphabet::Upper } else { Alphabet::Lower };
            let other = roman.map(|r| ((roman_alphabet(upper), punctuation), r));
            fits.then(|| Ordinal { weak: true, other, ..plain((letter, punctuation), value, digits) })
        }
        Counted::Roman { upper, value } => {
            let fits = match punctuation {
                Dot => spaced || next.is_some_and(char::is_uppercase),
                Close | Parens => true,
                Bare => true,
                Comma | Colon | Dash => false,
            };
            fits.then(|| Ordinal { weak: true, ..plain((roman_alphabet(upper), punctuation), value, digits) })
        }
        Counted::Chinese(value) => {
            let fits = matches!(punctuation, Comma | Parens | Dot);
            fits.then(|| plain((Alphabet::Chinese, punctuation), value, digits))
        }
    }
}

fn roman_alphabet(upper: bool) -> Alphabet {
    if upper { Alphabet::RomanUpper } else { Alphabet::RomanLower }
}
