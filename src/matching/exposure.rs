//! Whether something that a patient got is what a washout is counted from, told by its words alone.
//!
//! An exposure that is narrower than what the criterion names ("platinum chemotherapy" of "chemotherapy") is one of those;
//! one that is wider ("surgery" of "major surgery") may be, which stays unknown while it is recent. Words that let some
//! in, negations, and whatever else is not understood never settle anything.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::limit::Truth;

/// The words, from `assets/vocabulary/exposures.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    empty: String,
    same: Vec<Vec<String>>,
    kinds: Vec<(String, String)>,
    local: String,
    shared: String,
    tails: String,
    exceptions: Vec<String>,
    examples: Vec<String>,
    negations: String,
}

/// The lists, looked up.
#[derive(Debug, Default)]
struct Words {
    empty: BTreeSet<String>,
    same: HashMap<String, String>,
    kinds: Vec<(String, String)>,
    local: BTreeSet<String>,
    shared: BTreeSet<String>,
    tails: BTreeSet<String>,
    exceptions: Vec<String>,
    examples: Vec<String>,
    negations: BTreeSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test reads the embedded file, so a fault here cannot leave the workshop.
    Words::parse(include_str!("../../assets/vocabulary/exposures.toml")).unwrap_or_default()
});

impl Words {
    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let lists: Lists = toml::from_str(text)?;
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        let mut same = HashMap::new();
        for group in &lists.same {
            if let Some((first, others)) = group.split_first() {
                same.extend(others.iter().map(|other| (other.clone(), first.clone())));
            }
        }
        Ok(Self {
            empty: set(&lists.empty),
            same,
            kinds: lists.kinds,
            local: set(&lists.local),
            shared: set(&lists.shared),
            tails: set(&lists.tails),
            exceptions: lists.exceptions,
            examples: lists.examples,
            negations: set(&lists.negations),
        })
    }
}

/// The words of a thing that tell it apart.
type Terms = BTreeSet<String>;

/// How an exposure stands to what is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// The same.
    Same,
    /// One of those that are meant.
    Narrower,
    /// Some of such are meant.
    Wider,
}

/// What a washout is counted from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agent {
    /// Several things, each by its words.
    parts: Vec<Terms>,
    /// Some of them by name.
    examples: Vec<Terms>,
    /// They are joined by "and": whether one of them is enough is not clear.
    all: bool,
    /// Some are let in.
    excepted: bool,
}

/// Something a patient got, by its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    terms: Terms,
    /// Its words and what it is a kind of.
    wide: Terms,
}

impl Given {
    /// Reads what a patient got.
    pub fn read(text: &str) -> Self {
        let terms = terms(text);
        let mut wide = terms.clone();
        if terms.is_disjoint(&WORDS.local) {
            // Kinds of kinds: as many rounds as there can be steps.
            for _ in 0..3 {
                let further: Vec<String> = WORDS
                    .kinds
                    .iter()
                    .filter(|(kind, _)| wide.contains(kind))
                    .map(|(_, of)| of.clone())
                    .collect();
                wide.extend(further);
            }
        }
        Self { terms, wide }
    }

    fn fit(&self, meant: &Terms) -> Option<Fit> {
        if meant.is_empty() || self.terms.is_empty() {
            return None;
        }
        let narrower = meant.is_subset(&self.wide);
        let wider = self.terms.is_subset(meant);
        match (narrower, wider) {
            (true, true) => Some(Fit::Same),
            (true, false) if meant == &self.terms => Some(Fit::Same),
            (true, false) => Some(Fit::Narrower),
            (false, true) => Some(Fit::Wider),
            (false, false) => None,
        }
    }
}

impl Agent {
    /// Reads the words of a criterion; none where they deny something or say nothing.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let mut agent = Self::default();
        let (main, mut aside) = out_of_brackets(&text);
        let (main, excepted) = cut(&main, &WORDS.exceptions);
        agent.excepted = excepted.is_some();
        let (main, examples) = cut(&main, &WORDS.examples);
        aside.extend(examples.map(|examples| format!("e.g. {examples}")));
        if words(&main).any(|word| WORDS.negations.contains(&word)) {
            return None;
        }
        agent.all = joined_by_and(&main);
        let mut narrowing = Terms::new();
        for words in aside {
            let (before, exception) = cut(&words, &WORDS.exceptions);
            agent.excepted |= exception.is_some();
            let (before, examples) = cut(&before, &WORDS.examples);
            agent.examples.extend(examples.iter().flat_map(|examples| parts(examples)));
            // One word in brackets is an abbreviation; several narrow what stands before them.
            if before.split_whitespace().count() > 1 {
                narrowing.extend(terms(&before));
            }
        }
        agent.parts = parts(&main);
        agent.parts.iter_mut().for_each(|part| part.extend(narrowing.iter().cloned()));
        (!agent.parts.is_empty()).then_some(agent)
    }

    /// Whether what is meant was given recently. `recent` tells it of each thing that was given; `No` only where
    /// everything that is meant is known not to be recent.
    pub fn recent(&self, given: &[(Given, Truth)]) -> Truth {
        let example = |given: &Given| {
            let fits = |terms: &Terms| matches!(given.fit(terms), Some(Fit::Same | Fit::Narrower));
            self.examples.iter().any(fits)
        };
        if given.iter().any(|(given, recent)| *recent == Truth::Yes && example(given)) {
            return self.unless_excepted();
        }
        let parts = self.parts.iter().map(|part| self.part(part, given));
        if !self.all {
            return Truth::any(parts);
        }
        let parts: Vec<Truth> = parts.collect();
        match parts.first() {
            Some(first) if parts.iter().all(|part| part == first) => *first,
            _ => Truth::Unknown,
        }
    }

    /// Whether this exposure is certainly one of those that are meant.
    pub fn means(&self, given: &Given) -> bool {
        let certain = |terms: &Terms| matches!(given.fit(terms), Some(Fit::Same | Fit::Narrower));
        self.parts.iter().chain(&self.examples).any(certain)
    }

    fn part(&self, part: &Terms, given: &[(Given, Truth)]) -> Truth {
        let mut found = Truth::Unknown;
        for (given, recent) in given {
            match (given.fit(part), recent) {
                (Some(Fit::Same | Fit::Narrower), Truth::Yes) => return self.unless_excepted(),
                // The last of all such was long ago: so was the last of some of them.
                (Some(Fit::Same | Fit::Wider), Truth::No) => found = Truth::No,
                _ => {}
            }
        }
        found
    }

    fn unless_excepted(&self) -> Truth {
        if self.excepted { Truth::Unknown } else { Truth::Yes }
    }
}

/// A text without what stands in brackets, and that.
fn out_of_brackets(text: &str) -> (String, Vec<String>) {
    let (mut main, mut aside, mut depth) = (String::new(), Vec::<String>::new(), 0_usize);
    for letter in text.chars() {
        match letter {
            '(' | '[' => {
                if depth == 0 {
                    aside.push(String::new());
                    main.push(' ');
                }
                depth += 1;
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => match aside.last_mut().filter(|_| depth > 0) {
                Some(inside) => inside.push(letter),
                None => main.push(letter),
            },
        }
    }
    (main, aside)
}

/// What stands before the first of some phrases, and what behind it.
fn cut(text: &str, phrases: &[String]) -> (String, Option<String>) {
    let starts_word = |at: usize| {
        text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
    };
    let found = phrases.iter().filter_map(|phrase| {
        let (at, _) = text.match_indices(phrase.as_str()).find(|(at, _)| starts_word(*at))?;
        let after = text.get(at + phrase.len()..).unwrap_or_default();
        let ends = phrase.ends_with('.') || after.chars().next().is_none_or(|c| !c.is_alphanumeric());
        ends.then_some((at, phrase.len()))
    });
    // The earliest; of two at one place the longer.
    match found.min_by_key(|(at, len)| (*at, std::cmp::Reverse(*len))) {
        Some((at, len)) => {
            let before = text.get(..at).unwrap_or_default().to_owned();
            (before, text.get(at + len..).map(str::to_owned))
        }
        None => (text.to_owned(), None),
    }
}

fn joined_by_and(text: &str) -> bool {
    let and = words(text).any(|word| word == "and" || word == "plus");
    and && !text.contains("and/or") && !text.contains("and / or")
}

/// The things that a text names, one after the other.
fn parts(text: &str) -> Vec<Terms> {
    let text = text.replace("and/or", "or").replace(" plus ", " or ").replace(" and ", " or ");
    let pieces: Vec<&str> = text
        .split([',', ';', '/'])
        .flat_map(|piece| piece.split(" or "))
        .map(|piece| piece.trim().trim_start_matches("or ").trim())
        .filter(|piece| piece.chars().any(char::is_alphanumeric))
        .collect();
    let tail = pieces.last().map(|last| tail(last)).unwrap_or_default();
    let head = pieces.first().map(|first| head(first)).unwrap_or_default();
    let (count, mut all) = (pieces.len(), Vec::new());
    for (nth, piece) in pieces.iter().enumerate() {
        let mut terms = terms(piece);
        if nth + 1 < count && self::tail(piece).is_empty() {
            terms.extend(tail.iter().cloned());
        }
        if nth > 0 {
            terms.extend(head.iter().cloned());
        }
        all.push(terms);
    }
    all
}

/// The words behind the first preposition inside a piece.
fn tail(piece: &str) -> Terms {
    let own: Vec<&str> = piece.split_whitespace().collect();
    let at = own.iter().enumerate().position(|(nth, word)| {
        let before = own.iter().take(nth).any(|word| !terms(word).is_empty());
        before && WORDS.tails.contains(*word)
    });
    at.map(|at| terms(&own.get(at..).unwrap_or_default().join(" "))).unwrap_or_default()
}

/// The words that go with all of several things.
fn head(piece: &str) -> Terms {
    let mut terms = terms(piece);
    terms.retain(|term| WORDS.shared.contains(term));
    terms
}

/// The words that tell a thing apart: hyphens left out, plural endings taken off, synonyms made one.
fn terms(text: &str) -> Terms {
    words(text).filter(|word| !WORDS.empty.contains(word)).map(|word| canonical(&word)).collect()
}

fn canonical(word: &str) -> String {
    let mut word = singular(word);
    // "anti-PD-1" is what acts on PD-1.
    if let Some(target) =
        word.strip_prefix("anti").filter(|target| target.ends_with(|c: char| c.is_ascii_digit()))
    {
        word = target.to_owned();
    }
    WORDS.same.get(&word).cloned().unwrap_or(word)
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if keeps || word.len() < 4 { word.to_owned() } else { word.trim_end_matches('s').to_owned() }
}

/// Words, with hyphens inside them left out.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map(|word| word.chars().filter(|c| *c != '-').flat_map(char::to_lowercase).collect::<String>())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_are_read() {
        assert!(Words::parse(include_str!("../../assets/vocabulary/exposures.toml")).is_ok());
    }

    /// Whether what a criterion names was given recently, as far as one exposure tells: when that was recent, and when
    /// it was not.
    fn told(agent: &str, given: &str) -> (Truth, Truth) {
        let agent = Agent::read(agent);
        let of = |recent| {
            agent.as_ref().map_or(Truth::Unknown, |agent| agent.recent(&[(Given::read(given), recent)]))
        };
        (of(Truth::Yes), of(Truth::No))
    }

    #[test]
    fn exposures_are_what_criteria_name_when_the_words_say_so() {
        use Truth::{No, Unknown, Yes};
        for (agent, given, expected) in [
            // The same in other words.
            ("prior therapy with a PD-1 inhibitor", "PD-1 inhibitor", (Yes, No)),
            ("anti-PD-1 antibody", "PD-1 inhibitor", (Yes, No)),
            ("systemic chemotherapy", "chemotherapy", (Yes, No)),
            ("Radiation therapy", "radiotherapy", (Yes, No)),
            ("last dose of chemotherapy", "chemo", (Yes, No)),
            ("undergone surgery", "surgery", (Yes, No)),
            ("unstable angina pectoris", "unstable angina pectoris", (Yes, No)),
            // One of several: another one may have been given since.
            ("chemotherapy or radiotherapy", "chemotherapy", (Yes, Unknown)),
            ("Chemotherapy, radiotherapy or immunotherapy", "radiation therapy", (Yes, Unknown)),
            ("PD-1/PD-L1 inhibitors", "PD-1 inhibitor", (Yes, Unknown)),
            ("anti-tumor therapy such as chemotherapy", "chemotherapy", (Yes, Unknown)),
            ("anticancer therapy (e.g. chemotherapy, hormonal therapy)", "chemotherapy", (Yes, Unknown)),
            ("chemotherapy", "platinum chemotherapy", (Yes, Unknown)),
            ("anticancer treatment", "radiotherapy", (Yes, Unknown)),
            // Only some of what was given is meant.
            ("major surgery", "surgery", (Unknown, No)),
            ("palliative radiotherapy or surgery", "surgery", (Unknown, Unknown)),
            (
                "radiotherapy or surgery for brain metastases was completed",
                "radiotherapy",
                (Unknown, Unknown),
            ),
            ("radiotherapy (intention for cure)", "radiotherapy", (Unknown, No)),
            ("another malignancy", "malignancy", (Unknown, No)),
            ("platinum-based chemotherapy", "chemotherapy", (Unknown, No)),
            (
                "participated in clinical trials of other antineoplastic drugs",
                "clinical trial",
                (Unknown, No),
            ),
            // Joined by "and", one of them decides nothing.
            ("chemotherapy and radiotherapy", "chemotherapy", (Unknown, Unknown)),
            ("major surgery and must be fully recovered", "major surgery", (Unknown, Unknown)),
            // Some are let in.
            ("radiotherapy, except to the skin", "radiotherapy", (Unknown, No)),
            ("surgery (other than for vascular access)", "surgery", (Unknown, No)),
            // Something else, or nothing that is understood.
            ("strong CYP3A4 inhibitors", "PD-1 inhibitor", (Unknown, Unknown)),
            ("PD-L1 inhibitor", "PD-1 inhibitor", (Unknown, Unknown)),
            ("prior therapy", "chemotherapy", (Unknown, Unknown)),
            ("no blood transfusion", "blood transfusion", (Unknown, Unknown)),
            ("Recent (", "chemotherapy", (Unknown, Unknown)),
            ("systemic chemotherapy", "intravesical chemotherapy", (Unknown, Unknown)),
            ("inhaled corticosteroids", "corticosteroids", (Unknown, No)),
            ("systemic corticosteroids", "steroids", (Unknown, No)),
            ("radiotherapy", "chemotherapy", (Unknown, Unknown)),
        ] {
            assert_eq!(told(agent, given), expected, "{agent} / {given}");
        }
    }

    #[test]
    fn of_several_all_must_be_long_ago() {
        let agent = Agent::read("chemotherapy or radiotherapy").expect("an agent");
        let given = |chemotherapy, radiotherapy| {
            agent.recent(&[
                (Given::read("chemotherapy"), chemotherapy),
                (Given::read("radiotherapy"), radiotherapy),
            ])
        };
        assert_eq!(given(Truth::No, Truth::No), Truth::No);
        assert_eq!(given(Truth::No, Truth::Yes), Truth::Yes);
        assert_eq!(given(Truth::No, Truth::Unknown), Truth::Unknown);
    }
}
