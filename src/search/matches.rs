//! Which words of a trial a query matched: the proof of a hit, and what the screen highlights.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use serde::Serialize;

use super::dictionary::{Likeness, Meaning};
use crate::library::index::words::{Word, words};
use crate::protocol::Trial;

/// A stretch of a trial's text in which words of a query stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The field's path in the trial's JSON form.
    pub field: String,
    /// The line of the field that holds the words, verbatim.
    pub text: String,
    /// Bytes of `text` that matched, in order, not overlapping.
    pub spans: Vec<Range<usize>>,
}

/// The matches of a trial: for each field the first line with the most words, weightiest fields first, at most `most`.
pub fn matches(trial: &Trial, meanings: &[Meaning], most: usize) -> Vec<Match> {
    let mut out = Vec::new();
    if meanings.is_empty() {
        return out;
    }
    for (field, text) in fields(trial) {
        out.extend(best_line(&field, text, meanings));
        if out.len() >= most {
            break;
        }
    }
    out
}

fn best_line(field: &str, text: &str, meanings: &[Meaning]) -> Option<Match> {
    let mut best: Option<Match> = None;
    for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
        let spans = spans(line, meanings);
        if spans.len() > best.as_ref().map_or(0, |best| best.spans.len()) {
            best = Some(Match { field: field.to_owned(), text: line.to_owned(), spans });
        }
    }
    best
}

/// The bytes of a text that match any of the words.
pub fn spans(text: &str, meanings: &[Meaning]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for word in words(text) {
        for meaning in meanings {
            spans.extend(matched(text, &word, meaning));
        }
    }
    merged(spans)
}

/// Which of the words (the first 64) a text has, as bits, and the bytes that match them.
pub fn marked(text: &str, meanings: &[Meaning]) -> (u64, Vec<Range<usize>>) {
    let (mut mask, mut spans) = (0, Vec::new());
    for word in words(text) {
        for (bit, meaning) in meanings.iter().enumerate().take(64) {
            let found = matched(text, &word, meaning);
            if !found.is_empty() {
                mask |= 1 << bit;
                spans.extend(found);
            }
        }
    }
    (mask, merged(spans))
}

fn matched(text: &str, word: &Word, meaning: &Meaning) -> Vec<Range<usize>> {
    if meaning.exact && word.text == meaning.word {
        return vec![word.range.clone()];
    }
    if meaning.prefix {
        let typed = [Some(&word.text), word.as_spelt.as_ref()].into_iter().flatten();
        if typed.into_iter().any(|writing| writing.starts_with(&meaning.word)) {
            return vec![beginning(text, word, &meaning.word)];
        }
    }
    match meaning.others.iter().find(|(other, _)| *other == word.text) {
        Some((_, Likeness::Abbreviated)) => letters(text, word, &meaning.word),
        Some(_) => vec![word.range.clone()],
        None => Vec::new(),
    }
}

/// The typed beginning of a word: as many characters as were typed, where folding kept their number.
fn beginning(text: &str, word: &Word, typed: &str) -> Range<usize> {
    let raw = text.get(word.range.clone()).unwrap_or_default();
    let same = raw.is_ascii() && !word.joined && word.as_spelt.is_none();
    let end = if same { word.range.start + typed.len() } else { word.range.end };
    word.range.start..end.min(word.range.end)
}

/// The letters of an abbreviation inside the word.
fn letters(text: &str, word: &Word, typed: &str) -> Vec<Range<usize>> {
    let raw = text.get(word.range.clone()).unwrap_or_default();
    let indices =
        SkimMatcherV2::default().fuzzy_indices(&raw.to_lowercase(), typed).map(|(_, indices)| indices);
    match indices {
        Some(indices) if raw.is_ascii() => {
            indices.into_iter().map(|at| word.range.start + at..word.range.start + at + 1).collect()
        }
        _ => vec![word.range.clone()],
    }
}

fn merged(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Every searchable text of a trial with its path, weightiest first.
fn fields(trial: &Trial) -> Vec<(String, &str)> {
    let mut fields = Fields(Vec::new());
    fields.one("id", Some(&trial.id));
    fields.list("ids", ".id", trial.ids.iter().map(|id| Some(id.id.as_str())));
    fields.one("title", Some(&trial.title));
    fields.one("official_title", trial.official_title.as_deref());
    fields.one("acronym", trial.acronym.as_deref());
    fields.list("conditions", "", trial.conditions.iter().map(|c| Some(c.as_str())));
    fields.list("keywords", "", trial.keywords.iter().map(|k| Some(k.as_str())));
    fields.list("interventions", ".name", trial.interventions.iter().map(|i| Some(i.name.as_str())));
    for (index, intervention) in trial.interventions.iter().enumerate() {
        let names = intervention.other_names.iter().map(|name| Some(name.as_str()));
        fields.list(&format!("interventions[{index}].other_names"), "", names);
    }
    fields.list(
        "interventions",
        ".description",
        trial.interventions.iter().map(|i| i.description.as_deref()),
    );
    fields.list("arms", ".label", trial.arms.iter().map(|a| Some(a.label.as_str())));
    fields.list("arms", ".description", trial.arms.iter().map(|a| a.description.as_deref()));
    fields.list("endpoints", ".measure", trial.endpoints.iter().map(|e| Some(e.measure.as_str())));
    fields.list("endpoints", ".description", trial.endpoints.iter().map(|e| e.description.as_deref()));
    fields.one("eligibility.text", trial.eligibility.text.as_deref());
    fields.one("eligibility.population", trial.eligibility.population.as_deref());
    fields.one("sponsor.name", trial.sponsor.as_ref().map(|s| s.name.as_str()));
    fields.list("collaborators", ".name", trial.collaborators.iter().map(|c| Some(c.name.as_str())));
    fields.list("sites", ".facility", trial.sites.iter().map(|s| s.facility.as_deref()));
    fields.list("sites", ".city", trial.sites.iter().map(|s| s.city.as_deref()));
    fields.list("sites", ".country", trial.sites.iter().map(|s| s.country.as_deref()));
    fields.one("description.brief", trial.description.brief.as_deref());
    fields.one("description.detailed", trial.description.detailed.as_deref());
    fields.0
}

/// Paths and their texts.
struct Fields<'t>(Vec<(String, &'t str)>);

impl<'t> Fields<'t> {
    fn one(&mut self, path: &str, text: Option<&'t str>) {
        self.0.extend(text.filter(|t| !t.is_empty()).map(|text| (path.to_owned(), text)));
    }

    fn list(&mut self, path: &str, tail: &str, texts: impl Iterator<Item = Option<&'t str>>) {
        for (index, text) in texts.enumerate() {
            self.one(&format!("{path}[{index}]{tail}"), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(word: &str) -> Meaning {
        Meaning { word: word.to_owned(), exact: true, prefix: false, others: Vec::new() }
    }

    #[test]
    fn the_matched_letters_are_told() {
        let text = "Regorafenib for tumours (TAS-102)";
        let shown = |meaning: Meaning| {
            spans(text, &[meaning]).into_iter().map(|s| &text[s]).collect::<Vec<_>>().join("|")
        };
        assert_eq!(shown(meaning("regorafenib")), "Regorafenib");
        assert_eq!(shown(Meaning { prefix: true, ..meaning("rego") }), "Rego");
        assert_eq!(shown(Meaning { prefix: true, ..meaning("tumor") }), "tumours");
        assert_eq!(shown(meaning("tas102")), "TAS-102");
        let others = vec![("regorafenib".to_owned(), Likeness::Abbreviated)];
        assert_eq!(shown(Meaning { exact: false, others, ..meaning("rgfnb") }), "R|g|f|n|b");
    }

    #[test]
    fn a_match_gives_its_field_and_line() {
        let mut trial = Trial { title: "A study".to_owned(), ..Trial::default() };
        trial.eligibility.text = Some("Inclusion:\n* lung cancer\n* lung".to_owned());
        let found = matches(&trial, &[meaning("lung"), meaning("cancer")], 5);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field.as_str(), found[0].text.as_str()), ("eligibility.text", "* lung cancer"));
    }
}
