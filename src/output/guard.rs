//! Keeping what a record says from being taken for something else: control characters by a terminal, formulas by a
//! spreadsheet, markup by a page.

/// A text on one line without characters that would steer a terminal.
pub fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell that a spreadsheet does not run as a formula.
pub fn csv_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A cell of a Markdown table: one line, its pipes and backslashes escaped; nothing in it is taken for markup.
pub fn markdown_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let lines: Vec<String> = text.split('\n').map(one_line).filter(|line| !line.is_empty()).collect();
    for ch in lines.join("\u{0}").chars() {
        match ch {
            '\u{0}' => out.push_str("<br>"),
            '|' | '\\' | '<' | '>' | '*' | '_' | '`' | '[' | ']' => {
                out.push('\\');
                out.push(ch);
            }
            _ => out.push(ch),
        }
    }
    out
}
