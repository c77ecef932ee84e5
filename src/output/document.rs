//! A printed page as blocks, and its two forms: text for a terminal and Markdown.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::guard;
use crate::protocol::display;

/// Width of the text form, in terminal columns. Fixed, so that the same record prints the same bytes.
const WIDTH: usize = 100;
/// Width of the labels before values.
const LABEL: usize = 20;
/// Steps of indentation.
const STEP: usize = 2;

/// A block of a page. The texts are the record's own, as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The page's title.
    Title(String),
    /// A section.
    Heading(String),
    /// A part of a section.
    Subheading(String),
    /// A value with its label.
    Field(&'static str, String),
    /// Prose, in the lines it came in.
    Prose(String),
    /// A list's item, so many levels in, with its own number or bullet.
    Item(usize, String, String),
    /// A value with the path of its field, both as they came: backslashes stay.
    Verbatim(String, String),
    /// A remark of the program's own, so many levels in.
    Note(usize, String),
}

/// Prints a page for a terminal.
///
/// # Errors
/// When the output cannot be written.
pub fn text(blocks: &[Block], out: &mut dyn Write) -> io::Result<()> {
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Title(title) => wrapped(title, "", "", out)?,
            Block::Heading(heading) => writeln!(out, "\n{}", display::line(heading).text().to_uppercase())?,
            Block::Subheading(heading) => {
                if !matches!(
                    index.checked_sub(1).and_then(|before| blocks.get(before)),
                    Some(Block::Heading(_))
                ) {
                    writeln!(out)?;
                }
                wrapped(heading, "", "", out)?;
            }
            Block::Field(label, value) => {
                let first = format!("{:STEP$}{label:LABEL$}", "");
                wrapped(value, &first, &" ".repeat(STEP + LABEL), out)?;
            }
            Block::Prose(prose) => wrapped(prose, "  ", "  ", out)?,
            Block::Item(depth, marker, item) => {
                let indent = " ".repeat(STEP * (depth + 1));
                let marker = display::line(marker);
                let hang = " ".repeat(indent.len() + marker.text().width() + 1);
                wrapped(item, &format!("{indent}{} ", marker.text()), &hang, out)?;
            }
            Block::Verbatim(path, value) => {
                let value = format!("{path}: {value}");
                wrapped_lines(display::verbatim(&value).text(), "  ", "    ", out)?;
            }
            Block::Note(depth, note) => {
                let indent = " ".repeat(STEP * (depth + 1));
                wrapped(note, &indent, &indent, out)?;
            }
        }
    }
    Ok(())
}

/// Prints a text in its own lines, each wrapped; `first` stands before the first of them, `rest` before the others.
fn wrapped(text: &str, first: &str, rest: &str, out: &mut dyn Write) -> io::Result<()> {
    wrapped_lines(display::prose(text).text(), first, rest, out)
}

fn wrapped_lines(shown: &str, first: &str, rest: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut before = first;
    for line in shown.trim_end().split('\n') {
        let own = line.len() - line.trim_start_matches(' ').len();
        let hang = format!("{rest}{}", " ".repeat(own.min(WIDTH / 4)));
        let mut row = format!("{before}{}", hang.get(rest.len()..).unwrap_or_default());
        let mut empty = true;
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            if !empty && row.width() + 1 + word.width() > WIDTH {
                writeln!(out, "{}", row.trim_end())?;
                (row, empty) = (hang.clone(), true);
            }
            if !empty {
                row.push(' ');
            }
            (row, empty) = (long_word(row, word, &hang, out)?, false);
        }
        writeln!(out, "{}", row.trim_end())?;
        before = rest;
    }
    Ok(())
}

/// Adds a word to a row; one that is wider than the page goes on over as many rows as it takes.
fn long_word(mut row: String, word: &str, hang: &str, out: &mut dyn Write) -> io::Result<String> {
    if row.width() + word.width() <= WIDTH {
        row.push_str(word);
        return Ok(row);
    }
    let mut width = row.width();
    for grapheme in word.graphemes(true) {
        if width + grapheme.width() > WIDTH && width > hang.width() {
            writeln!(out, "{row}")?;
            row = hang.to_owned();
            width = row.width();
        }
        row.push_str(grapheme);
        width += grapheme.width();
    }
    Ok(row)
}

/// Prints a page as Markdown.
///
/// # Errors
/// When the output cannot be written.
pub fn markdown(blocks: &[Block], out: &mut dyn Write) -> io::Result<()> {
    let mut in_list = false;
    for block in blocks {
        let is_list =
            matches!(block, Block::Field(..) | Block::Item(..) | Block::Verbatim(..) | Block::Note(..));
        if in_list && !is_list {
            writeln!(out)?;
        }
        in_list = is_list;
        match block {
            Block::Title(title) => writeln!(out, "# {}\n", markdown_text(title))?,
            Block::Heading(heading) => writeln!(out, "## {}\n", markdown_text(heading))?,
            Block::Subheading(heading) => writeln!(out, "### {}\n", markdown_text(heading))?,
            Block::Field(label, value) => writeln!(out, "- **{label}:** {}", markdown_text(value))?,
            Block::Prose(prose) => {
                for paragraph in display::prose(prose).text().split("\n\n").filter(|p| !p.trim().is_empty()) {
                    writeln!(out, "{}\n", guard::markdown_cell(paragraph))?;
                }
            }
            Block::Item(depth, marker, item) => {
                let marker =
                    if marker == "-" { String::new() } else { format!("{} ", markdown_text(marker)) };
                writeln!(out, "{}- {marker}{}", "  ".repeat(*depth), markdown_text(item))?;
            }
            Block::Verbatim(path, value) => {
                let value = display::verbatim(value).into_text();
                writeln!(
                    out,
                    "- {}: {}",
                    guard::markdown_cell(display::verbatim(path).text()),
                    guard::markdown_cell(&value)
                )?;
            }
            Block::Note(depth, note) => writeln!(out, "{}- *{}*", "  ".repeat(*depth), markdown_text(note))?,
        }
    }
    Ok(())
}

fn markdown_text(text: &str) -> String {
    guard::markdown_cell(display::prose(text).text())
}
