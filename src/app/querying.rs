//! What is said about a query while it is typed: what is wrong with it and where, and what a library cannot answer yet.

use super::layer::{Layer, Line, Purpose};
use super::model::Model;
use crate::search::query::{self, Problem};
use crate::search::typed;

/// A problem with the words of the query that it is about.
pub fn told(text: &str, problem: &Problem) -> String {
    match text.get(problem.span.clone()).map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => format!("{words}: {}", problem.message),
        None => problem.message.clone(),
    }
}

/// What is wrong with the filter of the list that is shown, while it is not being typed: then the line below tells.
pub fn fault(model: &Model) -> Option<String> {
    let typing = |layer: &Layer| matches!(layer, Layer::Line(Line { purpose: Purpose::Filter { .. }, .. }));
    let text = &model.list.filter;
    if text.is_empty() || model.layers.iter().any(typing) {
        return None;
    }
    let problems = query::parse(text, &typed::variable).problems;
    problems.first().map(|problem| format!("! not used: {}", told(text, problem)))
}

/// How many trials are still being read, when the query asks for what is read out of the prose.
pub fn still_reading(model: &Model, text: &str) -> Option<String> {
    let library = &model.shelf.as_ref()?.library;
    let unread = library.unread();
    if unread == 0 || !typed::asks_readings(&query::parse(text, &typed::variable)) {
        return None;
    }
    let all = library.len().max(1);
    let read = all.saturating_sub(unread as u64) * 100 / all;
    Some(format!("still reading: {read}% of the prose is read, {unread} of {all} trials are left"))
}
