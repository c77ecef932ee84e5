//! A query → what must be looked up: each clause with the words of the index that it may mean.

use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, TantivyError};

use super::dictionary::{Meaning, meaning};
use super::query::{Comparator, Field, Operand, Query, Test};
use crate::library::index::TrialIndex;
use crate::library::index::schema::{Fields, TextField};
use crate::library::index::words::words;

/// Every clause must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The clauses, in the query's order.
    pub clauses: Vec<PlannedClause>,
}

impl Plan {
    /// The same with every word meaning itself.
    pub fn literal(mut self) -> Self {
        for lookup in self.clauses.iter_mut().flat_map(|clause| &mut clause.any) {
            if let Lookup::Words { meanings, .. } = lookup {
                for meaning in meanings {
                    (meaning.exact, meaning.prefix) = (true, false);
                    meaning.others.clear();
                }
            }
        }
        self
    }
}

/// A clause whose words are looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedClause {
    /// It must not hold.
    pub negated: bool,
    /// At least one must hold.
    pub any: Vec<Lookup>,
}

/// One thing to look up.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    /// All of these words.
    Words {
        /// In this field, or anywhere.
        field: Option<TextField>,
        /// Each with what it may mean.
        meanings: Vec<Meaning>,
    },
    /// These words next to each other.
    Phrase {
        /// In this field, or in any one field.
        field: Option<TextField>,
        /// The folded words.
        words: Vec<String>,
        /// What is asked of a record whose words the index holds without their places.
        test: Test,
    },
    /// One of the registry's words.
    Code(Field, String),
    /// A comparison with a column.
    Column(Field, Comparator, Operand),
    /// A typed limit, or a kind that the index does not hold: asked of the readings.
    Limit(Test),
}

/// Looks up the words of a query.
///
/// # Errors
/// When the index cannot be read.
pub fn plan(query: &Query, searcher: &Searcher, index: &TrialIndex) -> Result<Plan, TantivyError> {
    let mut plan = Plan::default();
    for clause in &query.clauses {
        let any = clause
            .any
            .iter()
            .map(|atom| lookup(&atom.test, searcher, index))
            .collect::<Result<Vec<_>, TantivyError>>()?;
        plan.clauses
            .push(PlannedClause { negated: clause.negated, any: any.into_iter().flatten().collect() });
    }
    plan.clauses.retain(|clause| !clause.any.is_empty());
    Ok(plan)
}

/// The lookup for one test; none when it holds no word at all (a lone sign).
fn lookup(test: &Test, searcher: &Searcher, index: &TrialIndex) -> Result<Option<Lookup>, TantivyError> {
    let fields = &index.fields;
    Ok(Some(match test {
        Test::Text { field, text, phrase, prefix } => {
            let field = field.and_then(text_field);
            let parts: Vec<String> = words(text).into_iter().filter(|w| !w.joined).map(|w| w.text).collect();
            if parts.is_empty() {
                return Ok(None);
            }
            if *phrase {
                Lookup::Phrase { field, words: parts, test: test.clone() }
            } else {
                Lookup::Words { field, meanings: meanings(&parts, *prefix, searcher, fields)? }
            }
        }
        Test::Compare { field: Field::Kind | Field::Standard, .. } if !index.has_readings => {
            Lookup::Limit(test.clone())
        }
        Test::Compare { field, operand: Operand::Word(word), .. } if *field != Field::Phase => {
            Lookup::Code(*field, word.clone())
        }
        Test::Compare { field, comparator, operand } => Lookup::Column(*field, *comparator, operand.clone()),
        Test::Limit { .. } | Test::Unlimited { .. } => Lookup::Limit(test.clone()),
    }))
}

fn meanings(
    parts: &[String],
    unfinished: bool,
    searcher: &Searcher,
    fields: &Fields,
) -> Result<Vec<Meaning>, TantivyError> {
    let names: [IndexField; 2] = [fields.text(TextField::Drug), fields.text(TextField::Title)];
    let last = parts.len() - 1;
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| meaning(searcher, fields.all, &names, part, unfinished && at == last))
        .collect()
}

/// The index's field for one of the query language's.
pub(super) fn text_field(field: Field) -> Option<TextField> {
    Some(match field {
        Field::Title => TextField::Title,
        Field::Condition => TextField::Condition,
        Field::Drug => TextField::Drug,
        Field::Arm => TextField::Arm,
        Field::Outcome => TextField::Outcome,
        Field::Criteria => TextField::Criteria,
        Field::Sponsor => TextField::Sponsor,
        Field::Site => TextField::Site,
        Field::City => TextField::City,
        Field::Country => TextField::Country,
        Field::Id => TextField::Id,
        _ => return None,
    })
}
