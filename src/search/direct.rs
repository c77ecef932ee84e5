//! A query asked of a trial itself, without an index: what the list's filter means for files. Plain words are left to
//! fuzzy matching; here is the rest of the language.

use super::dictionary::Meaning;
use super::marked;
use super::query::{Clause, Comparator, Field, Operand, Query, Test};
use super::typed;
use crate::formats::codes::FUNDERS;
use crate::library::Entry;
use crate::library::index::document::{age_days, code_term, day_number, first_day, phase_number};
use crate::library::index::words::words;
use crate::protocol::{Code, Trial};

/// The plain words of a query, to be matched fuzzily, and its other clauses.
pub fn parted(text: &str, query: &Query) -> (String, Vec<Clause>) {
    let mut free = Vec::new();
    let mut others = Vec::new();
    for clause in &query.clauses {
        match clause.any.as_slice() {
            [only] if !clause.negated => match &only.test {
                Test::Text { field: None, phrase: false, .. } => {
                    free.push(text.get(only.span.clone()).unwrap_or_default());
                }
                _ => others.push(clause.clone()),
            },
            _ => others.push(clause.clone()),
        }
    }
    (free.join(" "), others)
}

/// Whether a clause holds for a trial.
pub fn holds(entry: &Entry, clause: &Clause) -> bool {
    clause.any.iter().any(|atom| test(entry, &atom.test)) != clause.negated
}

fn test(entry: &Entry, test: &Test) -> bool {
    let trial = &entry.trial;
    match test {
        Test::Text { field, text, phrase, prefix } => {
            let texts = texts(trial, *field);
            if *field == Some(Field::Id) {
                let wanted = text.to_lowercase();
                return texts.iter().any(|id| id.to_lowercase().contains(&wanted));
            }
            let all: Vec<_> = words(text).into_iter().filter(|word| !word.joined).collect();
            if *phrase {
                let wanted: Vec<&str> = all.iter().map(|word| word.text.as_str()).collect();
                return texts.iter().any(|text| has_phrase(text, &wanted));
            }
            let last = all.len().saturating_sub(1);
            all.iter().enumerate().all(|(at, word)| {
                let unfinished = *prefix && at == last;
                let meaning =
                    Meaning { word: word.text.clone(), exact: true, prefix: unfinished, others: Vec::new() };
                texts.iter().any(|text| marked(text, std::slice::from_ref(&meaning)).0 != 0)
            })
        }
        Test::Compare { field: Field::Kind | Field::Standard, .. }
        | Test::Limit { .. }
        | Test::Unlimited { .. } => typed::holds(entry.readings(), test),
        Test::Compare { field, comparator, operand } => compared(trial, *field, *comparator, operand),
    }
}

fn has_phrase(text: &str, wanted: &[&str]) -> bool {
    let words: Vec<_> = words(text).into_iter().filter(|word| !word.joined).map(|word| word.text).collect();
    !wanted.is_empty() && words.windows(wanted.len()).any(|window| window.iter().eq(wanted.iter()))
}

fn compared(trial: &Trial, field: Field, comparator: Comparator, operand: &Operand) -> bool {
    match operand {
        Operand::Count(count) if field == Field::Phase => {
            trial.phases.iter().filter_map(phase_number).any(|phase| comparator.holds(&phase, count))
        }
        Operand::Count(count) => {
            let stated = trial.enrollment.as_ref().and_then(|enrolment| enrolment.count);
            stated.is_some_and(|stated| comparator.holds(&stated, count))
        }
        Operand::AgeDays(days) => {
            let [min, max] = [&trial.eligibility.minimum_age, &trial.eligibility.maximum_age]
                .map(|age| age.as_deref().and_then(age_days));
            if min.is_none() && max.is_none() {
                return false;
            }
            // A maximum of 75 years lets in who is not yet 76.
            let (min, max) = (min.unwrap_or(0) as f64, max.map_or(f64::MAX, |max| max as f64 + 365.25));
            match comparator {
                Comparator::Less => min < *days,
                Comparator::AtMost => min <= *days,
                Comparator::Equal => min <= *days && *days < max,
                Comparator::AtLeast => max > *days,
                Comparator::Greater => max > days + 365.25,
            }
        }
        Operand::Days(first, last) => {
            let dates = &trial.dates;
            let stated = match field {
                Field::Completion => &dates.completion,
                Field::Updated => &dates.last_update_posted,
                _ => &dates.start,
            };
            let Some(day) = stated.as_ref().and_then(first_day) else { return false };
            let (first, last) = (day_number(*first), day_number(*last));
            match comparator {
                Comparator::Less => day < first,
                Comparator::AtMost => day <= last,
                Comparator::Equal => (first..=last).contains(&day),
                Comparator::AtLeast => day >= first,
                Comparator::Greater => day > last,
            }
        }
        Operand::Word(_) if field == Field::Phase => trial.phases.iter().all(|p| phase_number(p).is_none()),
        Operand::Word(word) => {
            let stated: Option<&Code> = match field {
                Field::Type => trial.study_type.as_ref(),
                Field::Sex => trial.eligibility.sex.as_ref(),
                Field::Class => trial.sponsor.as_ref().and_then(|sponsor| sponsor.class.as_ref()),
                _ => trial.status.as_ref(),
            };
            let word = code_term(word);
            // A whole word is no beginning of another one.
            let whole = field == Field::Class && FUNDERS.iter().any(|known| code_term(known) == word);
            stated
                .map(|code| code_term(code.as_str()))
                .is_some_and(|code| if whole { code == word } else { code.starts_with(&word) })
        }
    }
}

/// The texts of a field; of none, those that tell what a trial is about.
fn texts(trial: &Trial, field: Option<Field>) -> Vec<&str> {
    let mut texts: Vec<Option<&str>> = Vec::new();
    let wanted = |one: Field| field.is_none_or(|field| field == one);
    if wanted(Field::Id) {
        texts.push(Some(&trial.id));
        texts.extend(trial.ids.iter().map(|id| Some(id.id.as_str())));
    }
    if wanted(Field::Title) {
        let titles = [Some(trial.title.as_str()), trial.official_title.as_deref(), trial.acronym.as_deref()];
        texts.extend(titles);
    }
    if wanted(Field::Condition) {
        texts.extend(trial.conditions.iter().chain(&trial.keywords).map(|text| Some(text.as_str())));
    }
    if wanted(Field::Drug) {
        for given in &trial.interventions {
            texts.push(Some(&given.name));
            texts.extend(given.other_names.iter().map(|name| Some(name.as_str())));
        }
    }
    if wanted(Field::Arm) {
        texts
            .extend(trial.arms.iter().flat_map(|arm| [Some(arm.label.as_str()), arm.description.as_deref()]));
    }
    if wanted(Field::Outcome) {
        let endpoints = trial.endpoints.iter();
        texts.extend(endpoints.flat_map(|end| [Some(end.measure.as_str()), end.description.as_deref()]));
    }
    if wanted(Field::Criteria) {
        texts.extend([trial.eligibility.text.as_deref(), trial.eligibility.population.as_deref()]);
    }
    if wanted(Field::Sponsor) {
        texts.extend(trial.sponsor.iter().chain(&trial.collaborators).map(|who| Some(who.name.as_str())));
    }
    if wanted(Field::Site) {
        texts.extend(trial.sites.iter().map(|site| site.facility.as_deref()));
    }
    if wanted(Field::City) {
        texts.extend(trial.sites.iter().map(|site| site.city.as_deref()));
    }
    if wanted(Field::Country) {
        texts.extend(trial.sites.iter().map(|site| site.country.as_deref()));
    }
    texts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Record;
    use crate::protocol::{Enrollment, Organization, Site};
    use crate::search::query::parse;

    #[test]
    fn fields_comparisons_and_exclusions_are_asked_of_the_trial() {
        let mut trial = Trial {
            id: "NCT90000001".to_owned(),
            title: "Tablets for cramps".to_owned(),
            ..Trial::default()
        };
        trial.status = Some(Code::from("NOT_YET_RECRUITING"));
        trial.phases = vec![Code::from("PHASE2"), Code::from("PHASE3")];
        let class = Some(Code::from("OTHER"));
        trial.sponsor = Some(Organization { name: "A clinic".to_owned(), class });
        trial.enrollment = Some(Enrollment { count: Some(120), kind: None });
        trial.eligibility.minimum_age = Some("18 Years".to_owned());
        trial.eligibility.text = Some("Inclusion Criteria:\n\n* ECOG 0 or 1".to_owned());
        trial.sites = vec![Site { country: Some("New Zealand".to_owned()), ..Site::default() }];
        let entry = Entry::new(Record { trial, raw: None });
        for (query, held) in [
            ("title:tablet", true),
            ("title:tablet ", false),
            ("-title:tablets ", false),
            ("status:not_yet", true),
            ("status:recruiting", false),
            ("phase>=3", true),
            ("phase:1", false),
            ("phase:none", false),
            ("class:other", true),
            ("class:oth", true),
            ("class:other_gov", false),
            ("enrolment>100", true),
            ("age:50", true),
            ("age:12", false),
            ("country:\"new zealand\"", true),
            ("country:\"zealand new\"", false),
            ("ecog<=1", true),
            ("ecog<=0", false),
            ("id:0001", true),
            ("cond:x OR title:cramps", true),
        ] {
            let query_read = parse(query, &typed::variable);
            let (free, clauses) = parted(query, &query_read);
            assert!(free.is_empty() && query_read.problems.is_empty(), "{query}");
            assert_eq!(clauses.iter().all(|clause| holds(&entry, clause)), held, "{query}");
        }
        let text = "lung phase>=2 canc";
        let (free, clauses) = parted(text, &parse(text, &typed::variable));
        assert_eq!((free.as_str(), clauses.len()), ("lung canc", 1));
    }
}
