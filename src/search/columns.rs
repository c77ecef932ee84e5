//! Comparisons with the record's own numbers, dates and words, answered from the index's columns.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::postings::{Docs, Reach, prefix, term, union};
use super::query::{Comparator, Field, Operand};
use crate::library::index::document::{code_term, day_number};
use crate::library::index::schema::Fields;

/// A test of one document.
pub type DocTest = Box<dyn Fn(DocId) -> bool>;

/// The test for a comparison, over one segment.
///
/// # Errors
/// When the column cannot be read.
pub fn comparison(
    segment: &SegmentReader,
    field: Field,
    comparator: Comparator,
    operand: &Operand,
) -> Result<DocTest, TantivyError> {
    let columns = segment.fast_fields();
    match operand {
        Operand::Count(count) => {
            let name = if field == Field::Phase { "phase" } else { "enrolment" };
            let (column, count) = (columns.u64(name)?, *count);
            Ok(Box::new(move |doc| column.values_for_doc(doc).any(|value| comparator.holds(&value, &count))))
        }
        Operand::AgeDays(days) => {
            Ok(ages(columns.u64("min_age")?, columns.u64("max_age")?, comparator, *days))
        }
        Operand::Days(first, last) => {
            let name = match field {
                Field::Completion => "completion",
                Field::Updated => "updated",
                _ => "start",
            };
            let (column, range) = (columns.i64(name)?, (day_number(*first), day_number(*last)));
            Ok(Box::new(move |doc| column.first(doc).is_some_and(|day| in_days(comparator, day, range))))
        }
        // A word for a phase says that there is none.
        Operand::Word(_) => {
            let column = columns.u64("phase")?;
            Ok(Box::new(move |doc| column.first(doc).is_none()))
        }
    }
}

/// The ages that may enter: `age<=17` asks whether somebody of 17 or younger may, `age:50` whether one of 50 may.
fn ages(min: Column<u64>, max: Column<u64>, comparator: Comparator, days: f64) -> DocTest {
    Box::new(move |doc| {
        let (Some(min), Some(max)) = (min.first(doc), max.first(doc)) else { return false };
        // A maximum of 75 years lets in who is not yet 76.
        let (min, max) = (min as f64, max as f64 + 365.25);
        match comparator {
            Comparator::Less => min < days,
            Comparator::AtMost => min <= days,
            Comparator::Equal => min <= days && days < max,
            Comparator::AtLeast => max > days,
            Comparator::Greater => max > days + 365.25,
        }
    })
}

/// Whether a day stands in the relation to a span of days.
fn in_days(comparator: Comparator, day: i64, (first, last): (i64, i64)) -> bool {
    match comparator {
        Comparator::Less => day < first,
        Comparator::AtMost => day <= last,
        Comparator::Equal => (first..=last).contains(&day),
        Comparator::AtLeast => day >= first,
        Comparator::Greater => day > last,
    }
}

/// The documents with one of the registry's words: the very word, else every word that begins so.
///
/// # Errors
/// When the index cannot be read.
pub fn code(
    segment: &SegmentReader,
    fields: &Fields,
    field: Field,
    word: &str,
) -> Result<Docs, TantivyError> {
    let index_field = match field {
        Field::Type => fields.study_type,
        Field::Sex => fields.sex,
        Field::Class => fields.class,
        Field::Kind => fields.kind,
        Field::Standard => fields.standard,
        _ => fields.status,
    };
    let word = code_term(word);
    let lists = match term(segment, index_field, &word)? {
        // A standard without a version means every version of it.
        Some(_) if field == Field::Standard => prefix(segment, index_field, false, &word, Reach::Whole)?,
        Some(docs) => vec![docs],
        None => prefix(segment, index_field, false, &word, Reach::Whole)?,
    };
    Ok(union(lists, segment.max_doc()))
}
