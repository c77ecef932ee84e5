//! A printed page as HTML, laid out for a sheet of paper: two columns, small letters, nothing from elsewhere.

use std::io::{self, Write};

use super::document::Block;
use super::guard;
use crate::protocol::display;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
    content=\"width=device-width\">\n<style>\n@page{size:A4;margin:9mm}\nbody{font:8.2pt/1.25 sans-serif;margin:0 \
    auto;max-width:192mm;color:#111}\nh1{font-size:11.5pt;margin:0 0 1mm}\nh2{font-size:9pt;margin:2mm 0 \
    .5mm;border-bottom:.3mm solid #888;break-after:avoid}\nh3{font-size:8.5pt;margin:1mm \
    0}\nmain{column-count:2;column-gap:6mm}\np{margin:.2mm 0;break-inside:avoid}\n.note{color:#555;font-size:7pt}\n.d1\
    {margin-left:3mm}.d2{margin-left:6mm}\n</style>\n";

/// Prints a page as HTML.
///
/// # Errors
/// When the output cannot be written.
pub fn page(blocks: &[Block], out: &mut dyn Write) -> io::Result<()> {
    let title =
        blocks.iter().find_map(|block| if let Block::Title(title) = block { Some(title) } else { None });
    write!(out, "{HEAD}<title>{}</title>\n<body>\n", escaped(title.map_or("", String::as_str)))?;
    let mut in_columns = false;
    for block in blocks {
        if !in_columns && matches!(block, Block::Heading(_)) {
            writeln!(out, "<main>")?;
            in_columns = true;
        }
        match block {
            Block::Title(text) => writeln!(out, "<h1>{}</h1>", escaped(text))?,
            Block::Heading(text) => writeln!(out, "<h2>{}</h2>", escaped(text))?,
            Block::Subheading(text) => writeln!(out, "<h3>{}</h3>", escaped(text))?,
            Block::Field(label, value) => writeln!(out, "<p><b>{label}</b> {}</p>", escaped(value))?,
            Block::Prose(text) => writeln!(out, "<p>{}</p>", escaped(text))?,
            Block::Item(depth, marker, text) => {
                let marker = if marker == "-" { "•" } else { marker };
                writeln!(out, "<p class=\"d{}\">{} {}</p>", depth.min(&2), escaped(marker), escaped(text))?;
            }
            Block::Verbatim(path, value) => {
                let value = display::verbatim(value).into_text();
                writeln!(out, "<p><b>{}</b> {}</p>", markup(path), markup(&value))?;
            }
            Block::Note(depth, text) => {
                writeln!(out, "<p class=\"note d{}\">{}</p>", depth.min(&2), escaped(text))?;
            }
        }
    }
    writeln!(out, "{}</body>\n</html>", if in_columns { "</main>\n" } else { "" })
}

/// A text of the record's, its escapes resolved.
fn escaped(text: &str) -> String {
    markup(display::prose(text).text())
}

/// A text on one line in which nothing is taken for markup.
fn markup(text: &str) -> String {
    let line = guard::one_line(text);
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
