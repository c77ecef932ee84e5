//! JSON for printing: indented, and without a character that would steer a terminal. `serde_json` escapes the control
//! characters below U+0020; the others, which some terminals obey too, are escaped here.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// Prints a value and a line break.
///
/// # Errors
/// When the output cannot be written.
pub fn pretty(value: &impl Serialize, out: &mut dyn Write) -> serde_json::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Printed { pretty: PrettyFormatter::new() });
    value.serialize(&mut serializer)?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
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
        let mut written = 0;
        for (at, ch) in text.char_indices().filter(|(_, ch)| is_unsafe(*ch)) {
            out.write_all(text.get(written..at).unwrap_or_default().as_bytes())?;
            write!(out, "\\u{:04x}", ch as u32)?;
            written = at + ch.len_utf8();
        }
        out.write_all(text.get(written..).unwrap_or_default().as_bytes())
    }
}

/// Control characters beyond ASCII's first 32, and those that turn the direction of writing; all of them in the basic
/// plane, where one `\u` escape does.
fn is_unsafe(ch: char) -> bool {
    matches!(ch, '\u{7F}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_is_printed_and_the_text_stays_the_same() {
        let text = "a\u{1b}[31m\u{9b}31m\u{7f}\u{202e}é≥\u{85}z";
        let mut out = Vec::new();
        pretty(&[text], &mut out).expect("printed");
        let printed = String::from_utf8(out).expect("text");
        assert!(printed.chars().all(|ch| ch == '\n' || !ch.is_control()), "{printed}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&printed).expect("JSON"), [text]);
        assert_eq!(printed, "[\n  \"a\\u001b[31m\\u009b31m\\u007f\\u202eé≥\\u0085z\"\n]\n");
    }
}
