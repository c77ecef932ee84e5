//! A text as paragraphs: lines, with those put together that were only wrapped.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// One line, or several that were wrapped out of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its bytes, without white space around them. Never empty.
    pub span: Range<usize>,
    /// Columns of blanks before it (a tab counts as four).
    pub indent: usize,
    /// Whether an empty line (or the text's start) stands before it.
    pub after_blank: bool,
}

/// A text whose lines are all shorter than this was wrapped by hand or by an old export.
const WRAPPED_WIDTH: usize = 100;

/// Cuts a text into paragraphs. Linear.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let Some(width) = wrap_width(text, &lines) else { return flush(lines) };
    let mut joined: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut last_width = 0;
    for line in lines {
        let own_width = columns(text, &line);
        let word = text.get(line.span.clone()).and_then(|t| t.split_whitespace().next());
        let word = word.map_or(0, |word| word.chars().count());
        match joined.last_mut() {
            Some(last)
                if !line.after_blank
                    && (last_width + 1 + word > width || is_number_left_over(text, last, &line))
                    // Asked last: most lines end before the width, and need no look at their words.
                    && !begins_anew(text, &line) =>
            {
                last.span.end = line.span.end;
            }
            _ => joined.push(line),
        }
        last_width = own_width;
    }
    flush(joined)
}

/// Whether a line's own words say that it goes on with nothing: a bullet, a number, a section's name.
fn begins_anew(text: &str, line: &Paragraph) -> bool {
    text.get(line.span.clone()).is_some_and(|words| {
        let marks = super::marker::read(words);
        marks.bullet.is_some()
            || marks.ordinal.is_some_and(|o| !o.weak)
            || (words.starts_with(char::is_uppercase) && super::heading::section(words, false).is_some())
    })
}

/// Takes off what all lines are indented by: it nests nothing. The first may have lost its own.
fn flush(mut lines: Vec<Paragraph>) -> Vec<Paragraph> {
    let base = lines.iter().skip(1).map(|line| line.indent).min().unwrap_or(0);
    for line in &mut lines {
        line.indent = line.indent.saturating_sub(base);
    }
    lines
}

/// "… 0, 1 or" over "2": a number that the line before asks for.
fn is_number_left_over(text: &str, last: &Paragraph, line: &Paragraph) -> bool {
    let before = text.get(last.span.clone()).and_then(|words| words.split_whitespace().next_back());
    let number =
        text.get(line.span.clone()).is_some_and(|words| words.starts_with(|c: char| c.is_ascii_digit()));
    number && matches!(before, Some("or" | "to" | "than" | "least"))
}

/// Whether any line goes on in small letters with what the line before it began. Lines that all begin with a capital are
/// a list; a text without small letters does not tell.
fn goes_on_anywhere(text: &str, lines: &[Paragraph]) -> bool {
    let begins = |line: &Paragraph| text.get(line.span.clone()).and_then(|words| words.chars().next());
    let mut following = lines.iter().skip(1).filter(|line| !line.after_blank);
    following.any(|line| begins(line).is_some_and(|ch| !ch.is_uppercase()))
        || !text.chars().any(char::is_lowercase)
}

/// The width a text was wrapped at, if it was.
fn wrap_width(text: &str, lines: &[Paragraph]) -> Option<usize> {
    if lines.iter().skip(1).all(|line| line.after_blank) || !goes_on_anywhere(text, lines) {
        return None;
    }
    let mut longest = 0;
    for line in lines {
        longest = longest.max(columns(text, line));
        if longest > WRAPPED_WIDTH {
            return None;
        }
    }
    (longest >= 50).then_some(longest)
}

/// A deeper indentation is a slip of the keyboard, no place on a page.
const DEEPEST: usize = 40;

/// How many columns a line reaches: signs are counted, not bytes.
fn columns(text: &str, line: &Paragraph) -> usize {
    let indent = if line.indent > DEEPEST { 0 } else { line.indent };
    indent + text.get(line.span.clone()).map_or(0, |words| words.chars().count())
}

/// Line ends beyond the two that are written nearly always.
static RARE_ENDS: LazyLock<[Finder<'static>; 3]> =
    LazyLock::new(|| ["\u{2028}", "\u{2029}", "\u{85}"].map(|end| Finder::new(end.as_bytes())));

/// The text between line ends.
fn raw_lines(text: &str) -> impl Iterator<Item = &str> {
    let rare = RARE_ENDS.iter().any(|end| end.find(text.as_bytes()).is_some());
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let own = rest?;
        let end = if rare {
            own.find(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}'])
        } else {
            memchr::memchr2(b'\n', b'\r', own.as_bytes())
        };
        let Some(end) = end else { return rest.take() };
        let width = own.get(end..).and_then(|end| end.chars().next()).map_or(1, char::len_utf8);
        rest = own.get(end + width..);
        own.get(..end)
    })
}

fn lines(text: &str) -> Vec<Paragraph> {
    // Most lines are of about so many bytes.
    let mut lines = Vec::with_capacity(text.len() / 64);
    let mut start = 0;
    let mut after_blank = true;
    for line in raw_lines(text) {
        let trimmed = line.trim_start();
        let indent =
            line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let from = start + (line.len() - trimmed.len());
        let body = trimmed.trim_end();
        let separator =
            text.get(start + line.len()..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8);
        let windows_end =
            text.get(..start).is_some_and(|t| t.ends_with('\r')) && separator > 0 && line.is_empty();
        start += line.len() + separator;
        if body.is_empty() {
            // The empty piece between `\r` and `\n` is no empty line.
            after_blank |= !windows_end;
            continue;
        }
        lines.push(Paragraph { span: from..from + body.len(), indent, after_blank });
        after_blank = false;
    }
    lines
}
