//! JSON for printing: indented, and without a character that would steer a terminal. `serde_json` escapes the control
//! characters below U+0020; the others, which some terminals obey too, and what no eye sees, are escaped here.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::protocol::display::{is_hidden, steers};

/// Prints a value and a line break.
///
/// # Errors
/// When the output cannot be written.
pub fn pretty(value: &impl Serialize, out: &mut dyn Write) -> serde_json::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Printed { pretty: PrettyFormatter::new() });
    value.serialize(&mut serializer)?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
}

/// Prints a value on one line.
///
/// # Errors
/// When the output cannot be written.
pub fn line(value: &impl Serialize, out: &mut dyn Write) -> serde_json::Result<()> {
    let text = serde_json::to_string(value)?;
    escaped(&text, out).and_then(|()| out.write_all(b"\n")).map_err(serde_json::Error::io)
}

/// Prints JSON that is written already. What is escaped can stand inside its strings only.
///
/// # Errors
/// When the output cannot be written.
pub fn escaped(json: &str, out: &mut dyn Write) -> io::Result<()> {
    write_escaped(json, &|ch| (steers(ch) && ch != '\n') || is_hidden(ch), out)
}

fn write_escaped<W: ?Sized + Write>(
    text: &str,
    is_bad: &dyn Fn(char) -> bool,
    out: &mut W,
) -> io::Result<()> {
    let mut written = 0;
    for (at, ch) in text.char_indices().filter(|(_, ch)| is_bad(*ch)) {
        out.write_all(text.get(written..at).unwrap_or_default().as_bytes())?;
        for unit in ch.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        written = at + ch.len_utf8();
    }
    out.write_all(text.get(written..).unwrap_or_default().as_bytes())
}

struct Printed {
    pretty: PrettyFormatter<'static>,
}

/// Hands all on to [`PrettyFormatter`] but the texts.
macro_rules! as_pretty {
    ($($method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        fn $method<W: ?Sized + Write>(&mut self, out: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.pretty.$method(out $(, $argument)*)
        }
    )*};
}

impl Formatter for Printed {
    as_pretty! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        write_escaped(text, &|ch| steers(ch) || is_hidden(ch), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_is_printed_and_the_text_stays_the_same() {
        let text = "a\u{1b}[31m\u{9b}31m\u{7f}\u{202e}é≥\u{85}\u{ad}\u{e0041}z";
        let mut out = Vec::new();
        pretty(&[text], &mut out).expect("printed");
        let printed = String::from_utf8(out).expect("text");
        assert!(printed.chars().all(|ch| ch == '\n' || !ch.is_control()), "{printed}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&printed).expect("JSON"), [text]);
        assert_eq!(
            printed,
            "[\n  \"a\\u001b[31m\\u009b31m\\u007f\\u202eé≥\\u0085\\u00ad\\udb40\\udc41z\"\n]\n"
        );
    }
}
