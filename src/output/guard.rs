//! Keeping what a record says from being taken for something else: control characters by a terminal, formulas by a
//! spreadsheet, markup by a page.

use crate::protocol::display::{is_hidden, steers};

/// A text on one line without characters that would steer a terminal.
pub fn one_line(text: &str) -> String {
    let seen = text.chars().filter(|ch| !is_hidden(*ch));
    let visible: String = seen.map(|ch| if steers(ch) { ' ' } else { ch }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell that a spreadsheet does not run as a formula.
pub fn csv_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Text inside Markdown, also in a table's cell: one line with `<br>` for line breaks; nothing in it is taken for markup.
pub fn markdown_cell(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(one_line)
        .filter(|line| !line.is_empty())
        .map(|line| markdown_line(&line))
        .collect();
    lines.join("<br>")
}

fn markdown_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let digits = line.len() - line.trim_start_matches(|ch: char| ch.is_ascii_digit()).len();
    for (at, ch) in line.char_indices() {
        let opens_list = match ch {
            '-' | '+' | '=' => at == 0,
            '.' | ')' => at == digits && digits > 0 && !line[at + 1..].starts_with(|next| next != ' '),
            _ => false,
        };
        let is_markup = matches!(
            ch,
            '|' | '\\' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#' | '&' | '~' | '!' | '^' | '$'
        );
        if opens_list || is_markup {
            out.push('\\');
        }
        out.push(ch);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_markup() {
        for (text, escaped) in [
            ("a | b_c <b>", "a \\| b\\_c \\<b\\>"),
            ("1. first\n- second\n2) third", "1\\. first<br>\\- second<br>2\\) third"),
            ("10^9/L & [16]", "10\\^9/L \\& \\[16\\]"),
            ("2.5 mg", "2.5 mg"),
            ("# no heading\u{1b}[0m", "\\# no heading \\[0m"),
            ("1\u{200b}00 mg\u{202e}", "100 mg"),
        ] {
            assert_eq!(markdown_cell(text), escaped, "{text:?}");
        }
    }

    #[test]
    fn a_cell_is_no_formula() {
        for (text, cell) in [("=1+1", "'=1+1"), ("@sum", "'@sum"), ("-2", "'-2"), ("plain", "plain")] {
            assert_eq!(csv_cell(text), cell);
        }
    }
}
