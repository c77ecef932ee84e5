//! What commands print, line by line: warnings without a character that steers a terminal, words in ASCII where that is
//! asked for.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::app::glyphs;
use crate::protocol::display;

/// Hands lines on, each changed as a whole. An unfinished last line goes with [`Write::flush`].
pub struct Told<W: Write> {
    out: W,
    change: fn(&str) -> Cow<'_, str>,
    line: Vec<u8>,
}

impl<W: Write> Told<W> {
    /// Warnings: what files and records are called in them cannot steer a terminal.
    pub fn warnings(out: W) -> Self {
        Self { out, change: harmless, line: Vec::new() }
    }

    /// Words for terminals without other characters, and for screen readers.
    pub fn in_ascii(out: W) -> Self {
        Self { out, change: glyphs::printed, line: Vec::new() }
    }

    fn hand_on(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.out.write_all((self.change)(&String::from_utf8_lossy(&line)).as_bytes())
    }
}

/// A line with its break, as it may be shown.
fn harmless(line: &str) -> Cow<'_, str> {
    match line.strip_suffix('\n') {
        Some(text) => Cow::Owned(display::verbatim(text).text().to_owned() + "\n"),
        None => display::verbatim(line).into_text(),
    }
}

impl<W: Write> Write for Told<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.hand_on()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_on()?;
        self.out.flush()
    }
}

impl<W: Write> Drop for Told<W> {
    fn drop(&mut self) {
        // Where nobody listens any more, nobody is told.
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_cannot_steer_and_keeps_its_lines() {
        let mut out = Vec::new();
        let mut told = Told::warnings(&mut out);
        write!(told, "a\u{1b}[31m \u{202e}b").expect("written");
        write!(told, "\u{9b}c\nsecond\n").expect("written");
        drop(told);
        assert_eq!(String::from_utf8(out).expect("text"), "a␛[31m \u{FFFD}b\u{FFFD}c\nsecond\n");
    }

    #[test]
    fn columns_stay_in_ascii_where_blanks_can_be_spared() {
        let mut out = Vec::new();
        let mut told = Told::in_ascii(&mut out);
        write!(told, "ANC ≥ 1.5    10⁹/L    ◆\n≤ 2 × ULN · “words” …").expect("written");
        drop(told);
        let printed = String::from_utf8(out).expect("text");
        assert_eq!(printed, "ANC >= 1.5   10^9/L   *\n<= 2 x ULN . \"words\" ...");
    }
}
