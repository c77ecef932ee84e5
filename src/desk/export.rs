//! A desk sheet as Markdown, CSV or a page to print.

use std::io;

use super::sheet::{Answer, Question, Sheet};
use crate::output::guard::{csv_cell, markdown_cell, one_line};
use crate::protocol::Section;

/// What every export says first.
const NOTICE: &str = "Made from a registry record, which is not the protocol. Nothing here decides whether a patient may enter.";

/// The answer in words.
pub fn answer_words(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "met",
        Answer::NotMet => "not met",
        Answer::Unknown => "unknown",
        Answer::NotApplicable => "not applicable",
    }
}

/// The section in words.
pub fn section_words(section: Option<Section>) -> &'static str {
    match section {
        Some(Section::Inclusion) => "inclusion",
        Some(Section::Exclusion) => "exclusion",
        None => "criterion",
    }
}

fn heading(sheet: &Sheet) -> Vec<(&'static str, String)> {
    vec![
        ("Patient", sheet.code.clone()),
        ("Trial", format!("{} {}", sheet.trial, sheet.title).trim().to_owned()),
        ("Record version", sheet.version.clone().unwrap_or_else(|| "not stated".to_owned())),
        ("Criteria text (SHA-256)", sheet.text_hash.clone()),
        ("Begun", sheet.begun.to_string()),
        ("Keep until", sheet.keep_until().to_string()),
        ("Open", format!("{} of {}", sheet.open(), sheet.questions.len())),
        (
            "First failing",
            sheet.first_failing().map_or_else(
                || "none".to_owned(),
                |q| format!("{} {}: {}", section_words(q.section), q.number, one_line(&q.text)),
            ),
        ),
    ]
}

fn entered(question: &Question) -> String {
    let values =
        question.entered.iter().map(|e| format!("{} {} {}", e.variable, e.value, e.unit).trim().to_owned());
    values.collect::<Vec<_>>().join("; ")
}

/// The sheet as Markdown, its criteria as a table.
pub fn markdown(sheet: &Sheet) -> String {
    let cell = markdown_cell;
    let mut out = format!("# Pre-screening: {}\n\n{NOTICE}\n\n", cell(&sheet.code));
    for (name, value) in heading(sheet) {
        out.push_str(&format!("- {name}: {}\n", one_line(&value)));
    }
    out.push_str("\n| | criterion | answer | value | note |\n|---|---|---|---|---|\n");
    for question in &sheet.questions {
        out.push_str(&format!(
            "| {} {} | {} | {} | {} | {} |\n",
            section_words(question.section),
            question.number,
            cell(&question.text),
            answer_words(question.answer),
            cell(&entered(question)),
            cell(&question.note),
        ));
    }
    out
}

/// The sheet as CSV, a line a criterion; cells that a spreadsheet would take for a formula are defused.
///
/// # Errors
/// Only when memory cannot be written.
pub fn csv(sheet: &Sheet) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header =
        ["patient", "trial", "record version", "text hash", "section", "number", "criterion", "answer"];
    writer.write_record(header.iter().chain(&["value", "note"]))?;
    for question in &sheet.questions {
        let row = [
            sheet.code.clone(),
            sheet.trial.clone(),
            sheet.version.clone().unwrap_or_default(),
            sheet.text_hash.clone(),
            section_words(question.section).to_owned(),
            question.number.to_string(),
            one_line(&question.text),
            answer_words(question.answer).to_owned(),
            entered(question),
            question.note.clone(),
        ];
        writer.write_record(row.map(|cell| csv_cell(&cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The sheet as one HTML page, laid out for paper.
pub fn page(sheet: &Sheet) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Pre-screening</title>\n<style>\n\
         body{font:11pt sans-serif;margin:2cm}table{border-collapse:collapse;width:100%}\n\
         td,th{border:1px solid #999;padding:3pt 5pt;text-align:left;vertical-align:top}tr{break-inside:avoid}\n\
         dt{font-weight:bold}\n</style>\n",
    );
    out.push_str(&format!("<h1>Pre-screening: {}</h1>\n<p>{NOTICE}</p>\n<dl>\n", escaped(&sheet.code)));
    for (name, value) in heading(sheet) {
        out.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", escaped(&value)));
    }
    out.push_str(
        "</dl>\n<table>\n<tr><th></th><th>criterion</th><th>answer</th><th>value</th><th>note</th></tr>\n",
    );
    for question in &sheet.questions {
        out.push_str(&format!(
            "<tr><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            section_words(question.section),
            question.number,
            escaped(&question.text),
            answer_words(question.answer),
            escaped(&entered(question)),
            escaped(&question.note),
        ));
    }
    out.push_str("</table>\n</html>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
