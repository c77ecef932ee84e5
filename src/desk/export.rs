//! A desk sheet as Markdown, CSV or a page to print.

use std::io;

use super::sheet::{Answer, Entered, Question, Sheet};
use crate::matching::limit::Truth;
use crate::matching::words::{self, told};
use crate::output::guard::{csv_cell, markdown_cell, one_line};
use crate::protocol::{Limit, Section};
use crate::reading::criteria::typed::CLASS;

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

/// Whether the record's criteria are still those of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordNow {
    /// They are.
    Same,
    /// The text has changed since the sheet was begun.
    Changed,
    /// The record is not open.
    NotOpen,
}

impl RecordNow {
    /// The same in words.
    fn words(self) -> &'static str {
        match self {
            Self::Same => "the criteria text is the same",
            Self::Changed => "STALE: the criteria text has changed since this sheet was begun",
            Self::NotOpen => "not looked at",
        }
    }
}

fn heading(sheet: &Sheet, now: RecordNow) -> Vec<(&'static str, String)> {
    vec![
        ("Patient", sheet.code.clone()),
        ("Trial", format!("{} {}", sheet.trial, sheet.title).trim().to_owned()),
        ("Record version", sheet.version.clone().unwrap_or_else(|| "not stated".to_owned())),
        ("Criteria text (SHA-256)", sheet.text_hash.clone()),
        ("Record when exported", now.words().to_owned()),
        ("Begun", sheet.begun.to_string()),
        ("Keep until", sheet.keep_until().to_string()),
        ("Open", format!("{} of {}", sheet.open(), sheet.questions.len())),
        (
            "First failing",
            sheet
                .first_failing()
                .and_then(|at| sheet.questions.get(at))
                .map_or_else(|| "none".to_owned(), |q| format!("{}: {}", place(q), one_line(&q.text))),
        ),
    ]
}

/// Where a question stands: `exclusion 3b`.
pub fn place(question: &Question) -> String {
    let number = if question.label.is_empty() { question.number.to_string() } else { question.label.clone() };
    format!("{} {number}", section_words(question.section))
}

/// A question's limits with what was entered against each: `Neutrophils ≥ 1.5 ×10⁹/L: 1.2 ×10⁹/L, does not hold`.
fn entered(question: &Question) -> String {
    let limits: Vec<&Limit> = question.limits.iter().collect();
    let told = told(&limits).into_iter().map(|told| {
        let words = format!("{}{}", told.binding.words(), told.text);
        let limit = limits.get(told.first);
        match limit.and_then(|limit| question.entered_for(limit)) {
            Some(entered) => {
                let truth = limits.iter().skip(told.first).take(told.count);
                let truth = truth.fold(Truth::Yes, |all, limit| all.and(question.truth(limit)));
                format!("{words}: {}, {}", value_words(entered), truth_words(truth))
            }
            None => words,
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// An entered value as it is written.
pub fn value_words(entered: &Entered) -> String {
    if entered.unit == CLASS {
        return match entered.value as i64 {
            1 => "A".to_owned(),
            2 => "B".to_owned(),
            _ => "C".to_owned(),
        };
    }
    words::entered(entered.value, &entered.unit)
}

/// Whether what a limit states is so, in words.
pub fn truth_words(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "holds",
        Truth::No => "does not hold",
        Truth::Unknown => "cannot be compared",
    }
}

/// The answer that counts, and whether a limit gave it.
fn given_words(sheet: &Sheet, index: usize) -> String {
    let given = sheet.given(index);
    let remark = match (given.by_limit, given.contradicted) {
        (true, _) => " (by the limit)",
        (_, true) => " (the number says otherwise)",
        _ => "",
    };
    format!("{}{remark}", answer_words(given.answer))
}

/// The sheet as Markdown, its criteria as a table.
pub fn markdown(sheet: &Sheet, now: RecordNow) -> String {
    let cell = markdown_cell;
    let mut out = format!("# Pre-screening: {}\n\n{NOTICE}\n\n", cell(&sheet.code));
    for (name, value) in heading(sheet, now) {
        out.push_str(&format!("- {name}: {}\n", one_line(&value)));
    }
    out.push_str("\n| | criterion | answer | limits and values | note |\n|---|---|---|---|---|\n");
    for (index, question) in sheet.questions.iter().enumerate() {
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            cell(&place(question)),
            cell(&question.text),
            given_words(sheet, index),
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
pub fn csv(sheet: &Sheet, now: RecordNow) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header =
        ["patient", "trial", "record version", "text hash", "section", "number", "criterion", "answer"];
    writer.write_record(header.iter().chain(&["limits and values", "note", "record when exported"]))?;
    for (index, question) in sheet.questions.iter().enumerate() {
        let row = [
            sheet.code.clone(),
            sheet.trial.clone(),
            sheet.version.clone().unwrap_or_default(),
            sheet.text_hash.clone(),
            section_words(question.section).to_owned(),
            question.label.clone(),
            one_line(&question.text),
            given_words(sheet, index),
            entered(question),
            question.note.clone(),
            now.words().to_owned(),
        ];
        writer.write_record(row.map(|cell| csv_cell(&cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The sheet as one HTML page, laid out for paper.
pub fn page(sheet: &Sheet, now: RecordNow) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Pre-screening</title>\n<style>\n\
         body{font:11pt sans-serif;margin:2cm}table{border-collapse:collapse;width:100%}\n\
         td,th{border:1px solid #999;padding:3pt 5pt;text-align:left;vertical-align:top}tr{break-inside:avoid}\n\
         dt{font-weight:bold}\n</style>\n",
    );
    out.push_str(&format!("<h1>Pre-screening: {}</h1>\n<p>{NOTICE}</p>\n<dl>\n", escaped(&sheet.code)));
    for (name, value) in heading(sheet, now) {
        out.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", escaped(&value)));
    }
    out.push_str(
        "</dl>\n<table>\n<tr><th></th><th>criterion</th><th>answer</th><th>limits and values</th><th>note</th></tr>\n",
    );
    for (index, question) in sheet.questions.iter().enumerate() {
        out.push_str(&format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escaped(&place(question)),
            escaped(&question.text),
            escaped(&given_words(sheet, index)),
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
