//! The record in the person's own pager or editor: a copy of it, in a file of ours that is gone afterwards.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::Command;

use crate::config::files::write_private;
use crate::config::paths::Paths;
use crate::formats::RawRecord;
use crate::protocol::display;

/// Variables that name a program to read with, the first that is set counts.
const PROGRAMS: [&str; 3] = ["PAGER", "VISUAL", "EDITOR"];
/// What reads when none is set.
const USUAL: &str = "less";

/// Shows the record, and comes back when the program has ended. The terminal must be given back before.
///
/// # Errors
/// When the copy cannot be written, or the program not be started or fails.
pub(super) fn show(record: &RawRecord) -> io::Result<()> {
    let file = file();
    write_private(&file, text(record).as_bytes())?;
    let program = program();
    let keyboard = File::open("/dev/tty")?;
    // The variable may hold arguments, as a shell takes them.
    let ended = Command::new("sh")
        .arg("-c")
        .arg(format!("{program} \"$1\""))
        .arg("sh")
        .arg(&file)
        .stdin(keyboard)
        .status();
    let _ = fs::remove_file(&file);
    let ended = ended?;
    if ended.success() { Ok(()) } else { Err(io::Error::other(format!("{program}: {ended}"))) }
}

fn program() -> String {
    let set = PROGRAMS.iter().filter_map(|name| std::env::var(name).ok());
    set.into_iter().find(|program| !program.trim().is_empty()).unwrap_or_else(|| USUAL.to_owned())
}

fn file() -> PathBuf {
    let folder = Paths::of_user().map_or_else(std::env::temp_dir, |paths| paths.state);
    folder.join(format!("record-{}.txt", std::process::id()))
}

/// The record's bytes as text that can steer no terminal; JSON on one line is laid out.
fn text(record: &RawRecord) -> String {
    let bytes = record.buffer.get(record.range.clone()).unwrap_or_default();
    let text = String::from_utf8_lossy(bytes);
    let dense = text.trim_start().starts_with(['{', '[']) && text.lines().take(3).count() < 3;
    let text = if dense { laid_out(&text) } else { text.into_owned() };
    let lines: Vec<String> = text.lines().map(|line| display::verbatim(line).text().to_owned()).collect();
    lines.join("\n") + "\n"
}

/// JSON with a line a member; every other byte as it is.
fn laid_out(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth.min(40)));
    };
    for letter in json.chars() {
        if quoted {
            quoted = escaped || letter != '"';
            escaped = letter == '\\' && !escaped;
            out.push(letter);
            continue;
        }
        match letter {
            '{' | '[' => {
                out.push(letter);
                depth += 1;
                line(&mut out, depth);
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(letter);
            }
            ',' => {
                out.push(letter);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            blank if blank.is_ascii_whitespace() => {}
            '"' => {
                quoted = true;
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_its_texts_are_left_alone() {
        let dense = r#"{"a": [1, 2], "b":"x, {y}: \"z\"", "c":-1.50e3}"#;
        let laid = laid_out(dense);
        assert!(laid.contains(r#""b": "x, {y}: \"z\"","#), "{laid}");
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(read(&laid), read(dense));
        assert!(laid.contains("-1.50e3"));
    }
}
