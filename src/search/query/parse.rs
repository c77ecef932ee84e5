//! The query's grammar: `word "phrase" field:value field<=value -not a OR b`.

use std::ops::Range;

use super::field::{FIELDS, Field, FieldInfo, FieldKind};
use super::value::{Comparator, Operand};
use super::{Atom, Clause, Problem, Query, Test};
use crate::search::typed;

/// Parses a query. `is_variable` says whether a name is one of the vocabulary's limited variables, and gives its
/// own spelling there. Never fails: what is faulty becomes a [`Problem`].
pub fn parse(text: &str, is_variable: &dyn Fn(&str) -> Option<String>) -> Query {
    let mut query = Query::default();
    let mut join = false;
    for piece in pieces(text) {
        let body = &text[piece.range.clone()];
        if body == "OR" || body == "|" {
            join = join_next(&mut query, &piece.range);
            continue;
        }
        let (negated, body_start) = match body.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, piece.range.start + 1),
            _ => (false, piece.range.start),
        };
        let at_end = piece.range.end == text.len();
        let reader =
            Reader { text, span: body_start..piece.range.end, last: at_end && !piece.quoted, is_variable };
        match reader.test() {
            Ok(test) => push(&mut query, Atom { test, span: piece.range.clone() }, negated, join),
            Err(problem) => query.problems.push(problem),
        }
        if piece.unclosed {
            query.problems.push(Problem { span: piece.range, message: "the quote is not closed".to_owned() });
        }
        join = false;
    }
    if join {
        let end = text.len();
        query.problems.push(Problem { span: end..end, message: "OR has nothing after it".to_owned() });
    }
    query
}

/// `OR`: the next atom joins the last clause, if there is one that can be joined.
fn join_next(query: &mut Query, range: &Range<usize>) -> bool {
    let joins = query.clauses.last().is_some_and(|clause| !clause.negated);
    if !joins {
        let message = "OR needs a word before it that is not excluded".to_owned();
        query.problems.push(Problem { span: range.clone(), message });
    }
    joins
}

fn push(query: &mut Query, atom: Atom, negated: bool, join: bool) {
    match query.clauses.last_mut().filter(|_| join && !negated) {
        Some(clause) => clause.any.push(atom),
        None => query.clauses.push(Clause { negated, any: vec![atom] }),
    }
}

/// A stretch of the query without blanks outside quotes.
struct Piece {
    range: Range<usize>,
    quoted: bool,
    unclosed: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = None;
    let (mut open, mut quoted) = (false, false);
    for (at, ch) in text.char_indices() {
        if ch.is_whitespace() && !open {
            if let Some(start) = start.take() {
                pieces.push(Piece { range: start..at, quoted, unclosed: false });
            }
            quoted = false;
            continue;
        }
        start.get_or_insert(at);
        if ch == '"' {
            open = !open;
            quoted = true;
        }
    }
    if let Some(start) = start {
        pieces.push(Piece { range: start..text.len(), quoted, unclosed: open });
    }
    pieces
}

/// Reads one piece.
struct Reader<'a> {
    text: &'a str,
    span: Range<usize>,
    last: bool,
    is_variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Reader<'_> {
    fn body(&self) -> &str {
        &self.text[self.span.clone()]
    }

    fn test(&self) -> Result<Test, Problem> {
        let body = self.body();
        let name_end = body.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(body.len());
        let (name, rest) = body.split_at(name_end);
        let Some((comparator, sign)) = Comparator::at_start(rest).filter(|_| !name.is_empty()) else {
            return Ok(self.words(None, body));
        };
        let value = &rest[sign..];
        let colon = rest.starts_with(':');
        if let Some(info) = Field::named(name) {
            return self.field(info, comparator, value);
        }
        if let Some(variable) = (self.is_variable)(&name.to_lowercase()) {
            return self.limit(variable, comparator, value);
        }
        // A colon inside ordinary text ("ratio 1:1", a time, a URL) is text; a comparison can only be a query.
        if colon && (name.chars().all(|c| c.is_ascii_digit()) || value.starts_with('/')) {
            return Ok(self.words(None, body));
        }
        let fields: Vec<&str> = FIELDS.iter().filter_map(|info| info.names.first().copied()).collect();
        let fields = fields.join(", ");
        Err(self
            .problem(format!("there is no field \"{name}\"; there are {fields}, and limits as in ecog<=1")))
    }

    fn field(&self, info: &FieldInfo, comparator: Comparator, value: &str) -> Result<Test, Problem> {
        let field = info.field;
        if matches!(info.kind, FieldKind::Words) {
            if comparator != Comparator::Equal {
                return Err(self.problem(format!("{} holds words: write {}:…", info.names[0], info.names[0])));
            }
            if value.trim_matches('"').is_empty() {
                return Err(self.problem(format!("{}: what?", info.names[0])));
            }
            return Ok(self.words(Some(field), value));
        }
        if info.kind == FieldKind::Code && comparator != Comparator::Equal {
            return Err(self.problem(format!("{} cannot be more or less than something", info.names[0])));
        }
        let plain = value.trim_matches('"');
        if info.kind == FieldKind::Code && plain.is_empty() {
            return Err(self.problem(format!("{}: what?", info.names[0])));
        }
        let operand = Operand::read(info.kind, plain)
            .map_err(|message| self.problem(format!("{message}{}", glued(info.kind, plain))))?;
        Ok(Test::Compare { field, comparator, operand })
    }

    fn limit(&self, variable: String, comparator: Comparator, value: &str) -> Result<Test, Problem> {
        if value.eq_ignore_ascii_case("none") && comparator == Comparator::Equal {
            return Ok(Test::Unlimited { variable });
        }
        let digits = value.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(value.len());
        let (number, unit) = value.split_at(digits);
        let number: f64 = number.parse().map_err(|_| {
            self.problem(format!("{variable} is compared with a number, such as {variable}<=1"))
        })?;
        let unit = Some(unit.trim().to_owned()).filter(|u| !u.is_empty());
        if let Some(unit) = unit.as_deref().filter(|unit| is_word(unit) && !typed::has_unit(&variable, unit))
        {
            return Err(self.problem(format!(
                "{variable} is not measured in \"{unit}\" (is a blank missing before it?)"
            )));
        }
        Ok(Test::Limit { variable, comparator, value: number, unit })
    }

    fn words(&self, field: Option<Field>, text: &str) -> Test {
        let phrase = text.starts_with('"');
        let text = text.trim_matches('"').to_owned();
        Test::Text { field, text, phrase, prefix: self.last && !phrase }
    }

    fn problem(&self, message: String) -> Problem {
        Problem { span: self.span.clone(), message }
    }
}

/// Whether it is a word rather than the sign of a unit.
fn is_word(unit: &str) -> bool {
    unit.chars().count() > 3 && unit.chars().all(char::is_alphabetic)
}

/// What may be wrong with a value that begins with a good one: a word that follows without a blank.
fn glued(kind: FieldKind, value: &str) -> String {
    let end = value.find(char::is_alphabetic).unwrap_or(value.len());
    let (start, word) = value.split_at(end);
    if word.is_empty() || Operand::read(kind, start).is_err() {
        return String::new();
    }
    format!(" (is a blank missing before \"{word}\"?)")
}
