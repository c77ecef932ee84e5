//! The layout of a registry export's prose columns, one a line: title, brief summary, conditions, interventions,
//! primary, secondary and other outcomes, detailed description. A column without a value is not there; a description
//! inside an outcome may run over several lines.

use super::Part;
use super::layout::{Line, lines};
use crate::formats::{codes, outcomes};
use crate::protocol::{Role, Trial};

/// Registries end a title long before this many bytes.
const LONGEST_TITLE: usize = 350;
/// An item of a list of conditions is shorter than this many words.
const LONGEST_CONDITION: usize = 20;
/// Most conditions have at most this many.
const CONDITION_WORDS: usize = 8;
/// A text of this many words that ends in a stop is prose.
const PROSE_WORDS: usize = 10;
/// A summary that stands alone has this many words, and one of the words below.
const SUMMARY_WORDS: usize = 20;
const STUDY: &[&str] = &["study", "trial", "investigat", "hypothes", "research", "patients", "participants"];
/// From this share on, words are those of a time frame.
const TIME_SHARE: f32 = 0.5;
/// From this likelihood of a time frame on, a line is taken for an outcome wherever it stands.
const SURELY_OUTCOME: f32 = 0.9;

/// A column and the lines it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Title,
    Summary,
    Conditions,
    Interventions,
    Outcomes(Role),
    Detailed,
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "brief summary",
            Self::Conditions => "conditions",
            Self::Interventions => "interventions",
            Self::Outcomes(Role::Primary) => "primary outcomes",
            Self::Outcomes(Role::Secondary) => "secondary outcomes",
            Self::Outcomes(Role::Other) => "other outcomes",
            Self::Detailed => "detailed description",
        }
    }
}

/// A column, where it begins and its words.
#[derive(Clone, Copy, Debug)]
struct Cell<'t> {
    column: Column,
    line: usize,
    text: &'t str,
}

/// The trial that the columns state.
pub fn trial(text: &str) -> Trial {
    let mut trial = Trial::default();
    let cells = cells(text);
    for cell in &cells {
        match cell.column {
            Column::Title => trial.title = cell.text.to_owned(),
            Column::Summary => trial.description.brief = Some(cell.text.to_owned()),
            Column::Conditions => trial.conditions = separate(cell.text).map(str::to_owned).collect(),
            Column::Interventions => {
                trial.interventions = separate(cell.text).map(codes::intervention).collect();
            }
            Column::Detailed => trial.description.detailed = Some(cell.text.to_owned()),
            Column::Outcomes(_) => {}
        }
    }
    let lists: Vec<(Option<Role>, &str)> = cells
        .iter()
        .filter_map(|cell| match cell.column {
            Column::Outcomes(role) => Some((Some(role), cell.text)),
            _ => None,
        })
        .collect();
    trial.endpoints = outcomes::split(&lists);
    trial
}

/// The columns as they came.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    cells(text)
        .into_iter()
        .map(|cell| Part { name: cell.column.name(), line: cell.line, text: cell.text })
        .collect()
}

/// Whether one of the lines lists interventions.
pub fn has_interventions(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| is_interventions(line.text))
}

/// Whether lines without interventions are columns: a title, a summary, a list of conditions, then outcomes or nothing
/// but prose.
pub fn are_columns(lines: &[Line<'_>]) -> bool {
    let [title, summary, conditions, rest @ ..] = lines else { return false };
    let head = is_title(title.text) && is_summary(summary.text) && names_conditions(conditions.text);
    let limits = [title, conditions].iter().any(|line| line.text.contains(['<', '>', '≥', '≤', '=']));
    let about_study = words(summary.text) >= SUMMARY_WORDS && speaks_of_study(summary.text);
    let plain = rest.is_empty() || matches!(rest, [detail] if is_prose(detail.text));
    head && !limits && (rest.iter().any(|line| has_outcome(line.text)) || (plain && about_study))
}

fn cells(text: &str) -> Vec<Cell<'_>> {
    let lines = lines(text);
    let mut cells = Vec::new();
    let mut rest = lines.as_slice();
    if let [first, after @ ..] = rest
        && (is_title(first.text) || is_long_title(first.text, after))
    {
        cells.push(cell(text, Column::Title, std::slice::from_ref(first)));
        rest = after;
    }
    let interventions = rest.iter().position(|line| is_interventions(line.text));
    let (head, tail) = rest.split_at(interventions.unwrap_or_else(|| head_without_interventions(rest)));
    summary_and_conditions(text, head, &mut cells);
    let tail = match tail {
        [first, after @ ..] if is_interventions(first.text) => {
            cells.push(cell(text, Column::Interventions, std::slice::from_ref(first)));
            after
        }
        _ => tail,
    };
    outcomes_and_detail(text, tail, &mut cells);
    cells
}

fn cell<'t>(text: &'t str, column: Column, lines: &[Line<'t>]) -> Cell<'t> {
    let (line, words) = match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => (first.number, text.get(first.start..last.end()).unwrap_or_default()),
        _ => (0, ""),
    };
    Cell { column, line, text: words }
}

/// The lines between the title and the interventions: the last is the conditions, unless it is prose.
fn summary_and_conditions<'t>(text: &'t str, head: &[Line<'t>], cells: &mut Vec<Cell<'t>>) {
    let (summary, conditions) = match head {
        [summary @ .., last] if is_list(last.text) => (summary, Some(last)),
        _ => (head, None),
    };
    if !summary.is_empty() {
        cells.push(cell(text, Column::Summary, summary));
    }
    if let Some(conditions) = conditions {
        cells.push(cell(text, Column::Conditions, std::slice::from_ref(conditions)));
    }
}

/// Without interventions to go by: the conditions are a list after the summary, or there is no summary.
fn head_without_interventions(rest: &[Line<'_>]) -> usize {
    let is_timed = |text: &str| is_outcomes(text) && ends_in_time(text);
    let is_conditions =
        |at: &usize| rest.get(*at).is_some_and(|line| is_list(line.text) && !is_timed(line.text));
    match ([1, 0, 2].iter().find(|at| is_conditions(at)), rest) {
        (Some(at), _) => at + 1,
        (None, [first, ..]) if !is_outcomes(first.text) => 1,
        _ => 0,
    }
}

/// Cuts what follows the interventions into columns and names them in order.
fn outcomes_and_detail<'t>(text: &'t str, tail: &[Line<'t>], cells: &mut Vec<Cell<'t>>) {
    let (columns, detail) = super::columns::of(text, tail);
    let roles = [Role::Primary, Role::Secondary, Role::Other];
    for (role, lines) in roles.into_iter().zip(columns) {
        cells.push(cell(text, Column::Outcomes(role), lines));
    }
    if !detail.is_empty() {
        cells.push(cell(text, Column::Detailed, detail));
    }
}

fn is_title(text: &str) -> bool {
    text.len() <= LONGEST_TITLE
        && !is_interventions(text)
        && !(is_prose(text) && text.len() > LONGEST_TITLE / 2)
}

/// A title that reads like a sentence, with a summary after it.
fn is_long_title(text: &str, after: &[Line<'_>]) -> bool {
    text.len() <= LONGEST_TITLE
        && after.first().is_some_and(|line| is_prose(line.text) && line.text.len() > text.len())
}

/// `KIND: name`, joined by `|`.
fn is_interventions(text: &str) -> bool {
    separate(text).next().is_some_and(|first| codes::intervention(first).kind.is_some())
}

/// What a column lists with `|`.
fn separate(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|item| !item.trim().is_empty())
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Sentences rather than a name or a list.
pub(super) fn is_prose(text: &str) -> bool {
    text.trim_end().ends_with(['.', '。']) && words(text) >= PROSE_WORDS
}

/// Prose, or as long.
fn is_summary(text: &str) -> bool {
    is_prose(text) || words(text) >= LONGEST_CONDITION
}

/// A list of short names joined by `|`, or one short name.
fn is_list(text: &str) -> bool {
    !is_prose(text) && text.split('|').all(|item| words(item) <= LONGEST_CONDITION)
}

/// A list of conditions for certain.
fn names_conditions(text: &str) -> bool {
    !text.trim_end().ends_with(['.', ',', ';', ':'])
        && separate(text).all(|item| words(item) <= CONDITION_WORDS)
}

/// One of the outcomes on a line ends in a time frame for certain.
fn has_outcome(text: &str) -> bool {
    outcomes::separate(text).into_iter().any(is_outcome)
}

/// Outcomes for certain: the last one ends in a time frame.
fn is_outcomes(text: &str) -> bool {
    outcomes::separate(text).pop().is_some_and(is_outcome)
}

/// What stands behind the last comma is mostly words of time (`Asthma, Bronchial` may be cut like an outcome).
fn ends_in_time(text: &str) -> bool {
    let item = outcomes::Item::new(text);
    let last = item.pieces() - 1;
    item.counts(last..last + 1).time_share() >= TIME_SHARE
}

fn is_outcome(text: &str) -> bool {
    let cut = outcomes::cut(text);
    cut.parts.time_frame.is_some() && cut.time_frame >= SURELY_OUTCOME
}

/// Says that it is about a study.
fn speaks_of_study(text: &str) -> bool {
    let text = text.to_lowercase();
    STUDY.iter().any(|word| text.contains(word))
}
