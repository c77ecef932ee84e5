//! A phrase in the long texts of a trial, whose words the index holds without their places.

use super::plan::text_field;
use super::query::Test;
use super::typed;
use crate::library::Entry;
use crate::library::index::document::loose;
use crate::library::index::schema::TextField;
use crate::library::index::words::words;
use crate::protocol::Trial;

/// Whether an entry answers a test that the index cannot: of its readings, or a phrase in its long texts.
pub fn holds(entry: &Entry, test: &Test) -> bool {
    match test {
        Test::Text { .. } => says(&entry.trial, test),
        _ => typed::holds(entry.readings(), test),
    }
}

/// Whether a trial has the phrase of a test next to each other in one of its long texts.
pub fn says(trial: &Trial, test: &Test) -> bool {
    let Test::Text { field, text, phrase: true, .. } = test else { return false };
    let wanted: Vec<String> = words(text).into_iter().filter(|w| !w.joined).map(|w| w.text).collect();
    let fields = match field {
        None => vec![TextField::Outcome, TextField::Criteria, TextField::Elsewhere],
        Some(field) => text_field(*field).into_iter().collect(),
    };
    fields.into_iter().flat_map(|field| loose(trial, field)).any(|text| has(text, &wanted))
}

/// Whether the words follow one another in a text.
fn has(text: &str, wanted: &[String]) -> bool {
    // How many of the wanted words stand before each place, one upon the other.
    let mut reached: Vec<usize> = vec![0];
    let mut place = None;
    let mut next: Vec<usize> = Vec::new();
    for word in words(text) {
        if place.replace(word.position).is_some_and(|before| before != word.position) {
            reached = std::mem::take(&mut next);
            reached.push(0);
        }
        let on = reached.iter().filter(|at| wanted.get(**at) == Some(&word.text)).map(|at| at + 1);
        next.extend(on);
        if next.contains(&wanted.len()) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    #[test]
    fn words_of_a_phrase_stand_next_to_each_other_in_one_text() {
        let mut trial = Trial::default();
        trial.description.brief = Some("Overall survival of the survival kind. TAS-102 plus".to_owned());
        trial.description.detailed = Some("nothing".to_owned());
        for (query, holds) in [
            ("\"overall survival\"", true),
            ("\"survival of the survival kind\"", true),
            ("\"Survival kind\"", true),
            ("\"tas-102 plus\"", true),
            ("\"tas102 plus\"", true),
            ("\"of survival\"", false),
            ("\"plus nothing\"", false),
            ("outcome:\"overall survival\"", false),
        ] {
            let query = parse(query, &|_| None);
            assert_eq!(says(&trial, &query.clauses[0].any[0].test), holds, "{query:?}");
        }
    }
}
