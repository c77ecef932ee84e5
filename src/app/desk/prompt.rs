//! What is asked for in a typed line of the desk.

use super::{DeskOf, screen};
use crate::app::layer::DeskLine;
use crate::app::model::Model;
use crate::matching::words::{label, told};
use crate::protocol::Limit;

/// The words before the typed text.
pub fn words(model: &Model, line: &DeskLine) -> String {
    match line {
        DeskLine::Code { .. } => "code word (no name, no birth date): ".to_owned(),
        DeskLine::Note { .. } => "note (no names): ".to_owned(),
        DeskLine::Export { .. } => "write to: ".to_owned(),
        DeskLine::Value { question, limit } => asked(model, *question, *limit).unwrap_or_default(),
    }
}

/// `Neutrophils, asked ≥ 1.5 ×10⁹/L: `.
fn asked(model: &Model, question: usize, limit: usize) -> Option<String> {
    let DeskOf::Sheet { key, .. } = &screen(model)?.of else { return None };
    let question = model.desk.sheet(key)?.questions.get(question)?;
    let first = question.limits.get(limit)?;
    let same = |other: &&Limit| other.variable == first.variable && other.agent == first.agent;
    let limits: Vec<&Limit> = question.limits.iter().filter(same).collect();
    let name = label(&first.variable);
    let asked: Vec<String> = told(&limits)
        .into_iter()
        .map(|told| format!("{}{}", told.binding.words(), told.text.replacen(&format!("{name} "), "", 1)))
        .collect();
    Some(format!(
        "{} (limit {}): ",
        if first.variable == "washout" { "How long ago" } else { &name },
        asked.join(", ")
    ))
}
