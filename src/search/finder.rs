//! What the finder finds inside trials: the trial itself, its drugs, arms, endpoints, criteria and sites, each with
//! the letters that matched and its place in the record.
//!
//! The index says which trials and what the typed words mean; here their rows are weighed. Nothing is drawn.

use std::ops::Range;

use super::dictionary::Meaning;
use super::matches::marked;
use super::query::Query;
use super::typed;
use crate::library::Entry;
use crate::protocol::{Span, Trial, display};

/// What a found row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The trial itself.
    Trial,
    /// A drug or another intervention.
    Drug,
    /// An arm or a group.
    Arm,
    /// An outcome measure.
    Endpoint,
    /// A line of the criteria.
    Criterion,
    /// A site.
    Site,
}

impl Kind {
    /// All of them, in the order of the groups.
    pub const ALL: [Self; 6] =
        [Self::Trial, Self::Drug, Self::Arm, Self::Endpoint, Self::Criterion, Self::Site];

    /// The heading above the rows of the kind.
    pub fn title(self) -> &'static str {
        match self {
            Self::Trial => "Trials",
            Self::Drug => "Drugs",
            Self::Arm => "Arms",
            Self::Endpoint => "Endpoints",
            Self::Criterion => "Criteria",
            Self::Site => "Sites",
        }
    }

    /// Its place among the groups, from 0.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or_default()
    }
}

/// What stands before the lines of a list.
const BULLETS: [char; 4] = ['*', '-', '•', ' '];

/// A row that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// The trial, by index.
    pub trial: u32,
    /// What it says, on one line fit to be shown.
    pub text: String,
    /// Bytes of `text` that matched, in order.
    pub marks: Vec<Range<usize>>,
    /// Where in the record it stands; none for the trial itself.
    pub at: Option<Span>,
    /// Words that it has not itself or through its trial, words that it has not itself, 1 for a description: less is
    /// better.
    missing: (u32, u32, u8),
}

impl Found {
    /// Whether it is the same row, whatever matched in it.
    pub fn is(&self, other: &Self) -> bool {
        (self.kind, self.trial, &self.at) == (other.kind, other.trial, &other.at)
    }

    /// A trial that nothing was asked of.
    pub fn trial(trial: u32, head: &Trial) -> Self {
        Self { kind: Kind::Trial, trial, text: title(head), marks: Vec::new(), at: None, missing: (0, 0, 0) }
    }

    /// Better rows have smaller keys; equal ones stay in the order of their trials.
    pub fn key(&self) -> (u32, u32, u8) {
        self.missing
    }
}

/// The rows of one trial that have words of the query, or that prove its typed limits, besides its own ([`head`]).
pub fn rows(trial: u32, entry: &Entry, query: &Query, meanings: &[Meaning]) -> Vec<Found> {
    let head = &entry.trial;
    let context = context(head, meanings);
    let mut found = Vec::new();
    if !meanings.is_empty() {
        for thing in things(head) {
            found.extend(best(trial, thing, meanings, context));
        }
    }
    found.extend(proofs(trial, entry, query));
    found
}

/// The rows of a trial of which only the head is known.
pub fn head(trial: u32, head: &Trial, meanings: &[Meaning]) -> Found {
    let mut found = Found::trial(trial, head);
    found.marks = marked(&found.text, meanings).1;
    found
}

fn title(trial: &Trial) -> String {
    let title = if trial.title.trim().is_empty() {
        trial.official_title.as_deref().or(trial.acronym.as_deref()).unwrap_or("(no title)")
    } else {
        &trial.title
    };
    display::line(title).text().trim().to_owned()
}

/// The words that a trial has in what it is called by: they count for each of its rows.
fn context(trial: &Trial, meanings: &[Meaning]) -> u64 {
    let names = trial.interventions.iter().map(|given| given.name.as_str());
    let conditions = trial.conditions.iter().map(String::as_str);
    [trial.id.as_str(), trial.title.as_str()]
        .into_iter()
        .chain(names)
        .chain(conditions)
        .map(|text| marked(text, meanings).0)
        .fold(0, std::ops::BitOr::bitor)
}

/// One thing of a trial: its texts, the name first.
struct Thing<'t> {
    kind: Kind,
    texts: Vec<(String, &'t str)>,
}

fn things(trial: &Trial) -> Vec<Thing<'_>> {
    let mut things = Vec::new();
    for (at, given) in trial.interventions.iter().enumerate() {
        let name = (format!("interventions[{at}].name"), given.name.as_str());
        let others =
            given.other_names.iter().map(|other| (format!("interventions[{at}].name"), other.as_str()));
        let said =
            given.description.as_deref().map(|text| (format!("interventions[{at}].description"), text));
        let texts = std::iter::once(name).chain(others).chain(said).collect();
        things.push(Thing { kind: Kind::Drug, texts });
    }
    for (at, arm) in trial.arms.iter().enumerate() {
        let said = arm.description.as_deref().map(|text| (format!("arms[{at}].description"), text));
        let texts = std::iter::once((format!("arms[{at}].label"), arm.label.as_str())).chain(said).collect();
        things.push(Thing { kind: Kind::Arm, texts });
    }
    for (at, endpoint) in trial.endpoints.iter().enumerate() {
        let said = endpoint.description.as_deref().map(|text| (format!("endpoints[{at}].description"), text));
        let measure = (format!("endpoints[{at}].measure"), endpoint.measure.as_str());
        things.push(Thing { kind: Kind::Endpoint, texts: std::iter::once(measure).chain(said).collect() });
    }
    for (field, text) in [
        ("eligibility.text", trial.eligibility.text.as_deref()),
        ("eligibility.population", trial.eligibility.population.as_deref()),
    ] {
        things
            .extend(text.map(|text| Thing { kind: Kind::Criterion, texts: vec![(field.to_owned(), text)] }));
    }
    things.extend(trial.sites.iter().enumerate().map(|(at, site)| {
        let texts = [&site.facility, &site.city, &site.country].into_iter().flatten();
        let field = format!("sites[{at}].facility");
        Thing { kind: Kind::Site, texts: texts.map(|text| (field.clone(), text.as_str())).collect() }
    }));
    things
}

/// The rows of a thing: its best line, of the criteria every line that has a word.
fn best(trial: u32, thing: Thing<'_>, meanings: &[Meaning], context: u64) -> Vec<Found> {
    if thing.kind == Kind::Site {
        return site(trial, &thing, meanings, context).into_iter().collect();
    }
    let mut found: Vec<Found> = Vec::new();
    for (nth, (field, text)) in thing.texts.iter().enumerate() {
        for (start, line) in lines(text) {
            let row = row(trial, thing.kind, field, line, start, nth, meanings, context);
            found.extend(row);
        }
    }
    if thing.kind != Kind::Criterion {
        found.sort_by_key(Found::key);
        found.truncate(1);
    }
    found
}

/// A site is one row of all its words.
fn site(trial: u32, thing: &Thing<'_>, meanings: &[Meaning], context: u64) -> Option<Found> {
    let (field, first) = thing.texts.first()?;
    let all = thing.texts.iter().map(|(_, text)| display::line(text).text().trim().to_owned());
    let text = all.collect::<Vec<_>>().join(", ");
    let (mask, marks) = marked(&text, meanings);
    let at = Some(Span::new(field.clone(), 0..first.len()));
    let missing = missing(mask, context, meanings, 0)?;
    Some(Found { kind: Kind::Site, trial, text, marks, at, missing })
}

#[expect(clippy::too_many_arguments, reason = "a line and where it is from")]
fn row(
    trial: u32,
    kind: Kind,
    field: &str,
    line: &str,
    start: usize,
    nth: usize,
    meanings: &[Meaning],
    context: u64,
) -> Option<Found> {
    let text = display::line(line).text().trim_start_matches(BULLETS).trim_end().to_owned();
    let (mask, marks) = marked(&text, meanings);
    let missing = missing(mask, context, meanings, u8::from(nth > 0))?;
    let at = Some(Span::new(field.to_owned(), start..start + line.len()));
    Some(Found { kind, trial, text, marks, at, missing })
}

/// What a row lacks; none when it has no word itself.
fn missing(mask: u64, context: u64, meanings: &[Meaning], said: u8) -> Option<(u32, u32, u8)> {
    let all = u32::try_from(meanings.len().min(64)).unwrap_or(64);
    (mask != 0).then(|| {
        let together = (mask | context).count_ones();
        (all.saturating_sub(together), all.saturating_sub(mask.count_ones()), said)
    })
}

/// The lines of a text that are not empty, without white space at their ends, with their first byte.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len() + 1;
        let line = line.trim();
        (!line.is_empty()).then_some((at, line))
    })
}

/// The words that prove the typed limits of the query.
fn proofs(trial: u32, entry: &Entry, query: &Query) -> Vec<Found> {
    let tests = query.clauses.iter().filter(|clause| !clause.negated).flat_map(|clause| &clause.any);
    let text = entry.trial.eligibility.text.as_deref().unwrap_or_default();
    tests
        .filter(|atom| typed::is_limit(&atom.test))
        .filter_map(|atom| typed::proof(&entry.readings().criteria.facts, &atom.test))
        .flatten()
        .filter_map(|span| {
            let words = display::line(span.of(text)?).text().trim().to_owned();
            let marks = std::iter::once(0..words.len()).collect();
            let (kind, at, missing) = (Kind::Criterion, Some(span), (0, 0, 0));
            Some(Found { kind, trial, text: words, marks, at, missing })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Record;
    use crate::protocol::{Endpoint, Intervention, Site};
    use crate::search::query::parse;

    fn entry() -> Entry {
        let mut trial = Trial { title: "Tablets against itching".to_owned(), ..Trial::default() };
        trial.interventions = vec![Intervention {
            name: "Kelvatinib".to_owned(),
            description: Some("A tablet.\nThe tablet is taken with water.".to_owned()),
            ..Intervention::default()
        }];
        trial.endpoints = vec![
            Endpoint { measure: "Itch score".to_owned(), ..Endpoint::default() },
            Endpoint { measure: "Overall survival".to_owned(), ..Endpoint::default() },
        ];
        trial.eligibility.text = Some("Inclusion:\n\n* ECOG 0 or 1\n* No itch of the eyes".to_owned());
        trial.sites = vec![Site {
            facility: Some("Clinic".to_owned()),
            city: Some("Itchen".to_owned()),
            ..Site::default()
        }];
        Entry::new(Record { trial, raw: None })
    }

    fn told(words: &[&str], query: &str) -> Vec<String> {
        let meanings: Vec<Meaning> = words
            .iter()
            .map(|word| Meaning { word: (*word).to_owned(), exact: true, prefix: true, others: Vec::new() })
            .collect();
        let entry = entry();
        let mut rows = rows(0, &entry, &parse(query, &typed::variable), &meanings);
        rows.sort_by_key(|row| (row.kind, row.key()));
        rows.iter()
            .map(|row| {
                let at = row.at.as_ref().map_or(String::new(), |at| format!(" {}:{}", at.field, at.start));
                format!("{:?}{at} {}", row.kind, row.text)
            })
            .collect()
    }

    #[test]
    fn a_word_finds_the_rows_that_have_it() {
        assert_eq!(
            told(&["itch"], ""),
            [
                "Endpoint endpoints[0].measure:0 Itch score",
                "Criterion eligibility.text:26 No itch of the eyes",
                "Site sites[0].facility:0 Clinic, Itchen",
            ]
        );
    }

    #[test]
    fn a_name_goes_before_a_description_and_one_line_stands_for_a_thing() {
        let rows = told(&["tablet"], "");
        assert_eq!(rows, ["Drug interventions[0].description:0 A tablet."]);
    }

    #[test]
    fn what_the_trial_is_called_by_counts_for_its_rows() {
        let rows = told(&["kelvatinib", "survival"], "");
        let at = |words: &str| rows.iter().position(|row| row.contains(words));
        assert!(at("Overall survival").is_some() && at("Kelvatinib").is_some(), "{rows:?}");
    }

    #[test]
    fn a_typed_limit_finds_the_words_it_was_read_from() {
        let rows = told(&[], "ecog<=1 ");
        assert!(
            rows.iter().any(|row| row.starts_with("Criterion eligibility.text:") && row.contains("0 or 1")),
            "{rows:?}"
        );
    }
}
