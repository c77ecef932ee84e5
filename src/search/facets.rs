//! Facets: by what the trials of a result can be narrowed further, and how many have each value.
//!
//! A chosen value is a part of the query (`status:recruiting OR status:completed`), so that what narrows the list can be
//! read, kept and typed. A facet's own counts leave its own choice out: they tell what each further value would add.

use rustc_hash::{FxHashMap, FxHashSet};

use super::query::{Atom, Clause, Comparator, Field, Operand, Query, Test};
use crate::library::index::document::{code_term, phase_number};
use crate::library::index::words::words;
use crate::library::store::Row;
use crate::protocol::{Code, Trial};

/// By what trials are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// Recruitment status.
    Status,
    /// Phase.
    Phase,
    /// Country of a site.
    Country,
    /// Class of the sponsor.
    Class,
    /// Kind of an endpoint.
    Kind,
}

/// What a trial that states no phase is counted under.
pub const NO_PHASE: &str = "none";

/// A value and how many trials have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The value, as the query language has it.
    pub word: String,
    /// How many trials have it.
    pub count: usize,
}

impl Facet {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Status, Self::Phase, Self::Country, Self::Class, Self::Kind];

    /// The heading above its values.
    pub fn title(self) -> &'static str {
        match self {
            Self::Status => "Status",
            Self::Phase => "Phase",
            Self::Country => "Country",
            Self::Class => "Sponsor",
            Self::Kind => "Endpoint",
        }
    }

    /// The query language's field that asks for it.
    fn field(self) -> Field {
        match self {
            Self::Status => Field::Status,
            Self::Phase => Field::Phase,
            Self::Country => Field::Country,
            Self::Class => Field::Class,
            Self::Kind => Field::Kind,
        }
    }

    /// A value as a test of the query language.
    fn test(self, word: &str) -> String {
        let name = self.field().info().names.first().copied().unwrap_or_default();
        match self {
            Self::Country => format!("{name}:\"{}\"", word.replace('"', " ")),
            _ => format!("{name}:{word}"),
        }
    }
}

/// What a trial states that facets count.
#[derive(Debug, Default)]
pub struct Stated<'t> {
    status: Option<&'t str>,
    phases: Vec<&'t str>,
    countries: Vec<&'t str>,
    class: Option<&'t str>,
}

impl<'t> Stated<'t> {
    /// Of a trial.
    pub fn of(trial: &'t Trial) -> Self {
        let class = trial.sponsor.as_ref().and_then(|sponsor| sponsor.class.as_ref());
        Self {
            status: trial.status.as_ref().map(Code::as_str),
            phases: trial.phases.iter().map(Code::as_str).collect(),
            countries: trial.sites.iter().filter_map(|site| site.country.as_deref()).collect(),
            class: class.map(Code::as_str),
        }
    }

    /// Of a row of a library.
    pub fn of_row(row: &Row<'t>) -> Self {
        let (status, class) = (row.status(), row.class());
        Self { status, phases: row.phases().to_vec(), countries: row.countries().to_vec(), class }
    }

    /// Its values of a facet, as the query language has them.
    fn words(&self, facet: Facet) -> Vec<String> {
        match facet {
            Facet::Status => self.status.map(code_term).into_iter().collect(),
            Facet::Class => self.class.map(code_term).into_iter().collect(),
            Facet::Phase => {
                let numbers = self.phases.iter().filter_map(|phase| phase_number(&Code::from(*phase)));
                let words: Vec<String> = numbers.map(|number| number.to_string()).collect();
                if words.is_empty() { vec![NO_PHASE.to_owned()] } else { words }
            }
            Facet::Country | Facet::Kind => Vec::new(),
        }
    }
}

/// Counts trials by their values.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    counts: FxHashMap<String, usize>,
    /// The countries' numbers, and those of each trial.
    countries: FxHashMap<String, u16>,
    stated: Vec<Vec<u16>>,
}

impl Tally {
    /// Counts one trial.
    pub fn add(&mut self, facet: Facet, stated: &Stated<'_>) {
        if facet == Facet::Country {
            return self.add_countries(&stated.countries);
        }
        for word in stated.words(facet) {
            self.add_word(word);
        }
    }

    /// Counts one trial under values that were read out of its prose.
    pub fn add_kinds<'k>(&mut self, kinds: impl Iterator<Item = &'k str>) {
        let kinds: FxHashSet<String> = kinds.map(code_term).collect();
        kinds.into_iter().for_each(|kind| self.add_word(kind));
    }

    fn add_word(&mut self, word: String) {
        *self.counts.entry(word).or_default() += 1;
    }

    fn add_countries(&mut self, countries: &[&str]) {
        let mut numbers = Vec::with_capacity(countries.len().min(8));
        for country in countries {
            let next = u16::try_from(self.countries.len()).unwrap_or(u16::MAX);
            let number = match self.countries.get(*country) {
                Some(number) => *number,
                None => *self.countries.entry((*country).to_owned()).or_insert(next),
            };
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        self.stated.push(numbers);
    }

    /// The values, the commonest first.
    pub fn counted(mut self) -> Vec<Counted> {
        self.count_countries();
        let mut counted: Vec<Counted> =
            self.counts.into_iter().map(|(word, count)| Counted { word, count }).collect();
        counted.sort_by(|a, b| (b.count, &a.word).cmp(&(a.count, &b.word)));
        counted
    }

    /// A country is asked for by its words, which may stand in another one's name: it counts what that would find.
    fn count_countries(&mut self) {
        let names: Vec<(&String, Vec<String>)> =
            self.countries.keys().map(|name| (name, folded(name))).collect();
        let mut found_by: FxHashMap<u16, Vec<&str>> = FxHashMap::default();
        for (name, number) in &self.countries {
            let own = folded(name);
            let finds = |asked: &Vec<String>| {
                !asked.is_empty() && own.windows(asked.len()).any(|words| words == asked.as_slice())
            };
            let by = names.iter().filter(|(_, asked)| finds(asked)).map(|(name, _)| name.as_str());
            found_by.insert(*number, by.collect());
        }
        for numbers in &self.stated {
            let by: FxHashSet<&str> =
                numbers.iter().filter_map(|number| found_by.get(number)).flatten().copied().collect();
            for name in by {
                match self.counts.get_mut(name) {
                    Some(count) => *count += 1,
                    None => *self.counts.entry(name.to_owned()).or_default() += 1,
                }
            }
        }
    }
}

fn folded(name: &str) -> Vec<String> {
    words(name).into_iter().filter(|word| !word.joined).map(|word| word.text).collect()
}

/// The values of a facet that a query chooses.
pub fn chosen(query: &Query, facet: Facet) -> Vec<String> {
    own(query, facet).flat_map(|clause| clause.any.iter().filter_map(|atom| value(atom, facet))).collect()
}

/// A query's text without what it chooses of a facet.
pub fn without(text: &str, query: &Query, facet: Facet) -> String {
    let mut left = String::new();
    let mut from = 0;
    for clause in own(query, facet) {
        let (Some(first), Some(last)) = (clause.any.first(), clause.any.last()) else { continue };
        left.push_str(text.get(from..first.span.start).unwrap_or_default());
        from = last.span.end;
    }
    let rest = text.get(from..).unwrap_or_default();
    match (left.trim_end(), rest.trim_start()) {
        ("", rest) => rest.to_owned(),
        (left, "") if from > 0 => left.to_owned(),
        (_, _) if from == 0 => rest.to_owned(),
        (left, rest) => format!("{left} {rest}"),
    }
}

/// A query's text with a value of a facet chosen, or no more. What is chosen goes before the words: the last of them may
/// be unfinished.
pub fn toggled(text: &str, query: &Query, facet: Facet, word: &str) -> String {
    let mut words = chosen(query, facet);
    match words.iter().position(|known| same(facet, known, word)) {
        Some(at) => drop(words.remove(at)),
        None => words.push(word.to_owned()),
    }
    let rest = without(text, query, facet);
    let tests: Vec<String> = words.iter().map(|word| facet.test(word)).collect();
    match (tests.is_empty(), rest.is_empty()) {
        (true, _) => rest,
        (false, true) => tests.join(" OR "),
        (false, false) => format!("{} {rest}", tests.join(" OR ")),
    }
}

/// Whether two values of a facet ask for the same.
pub fn same(facet: Facet, one: &str, other: &str) -> bool {
    match facet {
        Facet::Country => folded(one) == folded(other),
        _ => one == other,
    }
}

/// The clauses that choose values of a facet, and nothing else.
fn own(query: &Query, facet: Facet) -> impl Iterator<Item = &Clause> {
    query
        .clauses
        .iter()
        .filter(move |clause| !clause.negated && clause.any.iter().all(|atom| value(atom, facet).is_some()))
}

/// The value of a facet that a test chooses.
fn value(atom: &Atom, facet: Facet) -> Option<String> {
    match &atom.test {
        Test::Compare { field, comparator: Comparator::Equal, operand } if *field == facet.field() => {
            match operand {
                Operand::Word(word) => Some(code_term(word)),
                Operand::Count(count) => Some(count.to_string()),
                _ => None,
            }
        }
        Test::Text { field: Some(field), text, phrase: true, .. }
            if *field == facet.field() && facet == Facet::Country =>
        {
            Some(text.clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;

    fn after(text: &str, facet: Facet, word: &str) -> String {
        toggled(text, &parse(text, &|_| None), facet, word)
    }

    #[test]
    fn a_chosen_value_is_a_part_of_the_query() {
        for (text, facet, word, toggled) in [
            ("", Facet::Status, "recruiting", "status:recruiting"),
            ("lung canc", Facet::Status, "recruiting", "status:recruiting lung canc"),
            ("status:recruiting lung canc", Facet::Status, "recruiting", "lung canc"),
            (
                "status:recruiting lung",
                Facet::Status,
                "completed",
                "status:recruiting OR status:completed lung",
            ),
            (
                "lung status:recruiting OR status:completed ",
                Facet::Status,
                "recruiting",
                "status:completed lung",
            ),
            ("phase:2 drug:x", Facet::Phase, "none", "phase:2 OR phase:none drug:x"),
            ("", Facet::Country, "New Zealand", "country:\"New Zealand\""),
            ("country:\"new zealand\" x", Facet::Country, "New Zealand", "x"),
            ("class:industry", Facet::Class, "industry", ""),
            // What asks for more than a value is left alone.
            ("phase>=2", Facet::Phase, "3", "phase:3 phase>=2"),
            (
                "status:recruiting OR lung",
                Facet::Status,
                "completed",
                "status:completed status:recruiting OR lung",
            ),
            ("-status:recruiting", Facet::Status, "recruiting", "status:recruiting -status:recruiting"),
        ] {
            assert_eq!(after(text, facet, word), toggled, "{text} {word}");
        }
    }

    #[test]
    fn a_country_counts_what_asking_for_it_finds() {
        let mut tally = Tally::default();
        for countries in [&["Guinea", "Guinea"][..], &["Papua New Guinea", "Niger"], &["Nigeria"], &[]] {
            tally.add(Facet::Country, &Stated { countries: countries.to_vec(), ..Stated::default() });
        }
        let counted: Vec<(String, usize)> =
            tally.counted().into_iter().map(|counted| (counted.word, counted.count)).collect();
        let told: Vec<(&str, usize)> = counted.iter().map(|(word, count)| (word.as_str(), *count)).collect();
        assert_eq!(told, [("Guinea", 2), ("Niger", 1), ("Nigeria", 1), ("Papua New Guinea", 1)]);
    }

    #[test]
    fn a_trial_is_counted_under_each_of_its_values() {
        let trial = Trial {
            status: Some(Code::from("NOT_YET_RECRUITING")),
            phases: vec![Code::from("PHASE1"), Code::from("PHASE2")],
            ..Trial::default()
        };
        let stated = Stated::of(&trial);
        assert_eq!(stated.words(Facet::Status), ["not_yet_recruiting"]);
        assert_eq!(stated.words(Facet::Phase), ["1", "2"]);
        assert_eq!(Stated::default().words(Facet::Phase), [NO_PHASE]);
    }
}
