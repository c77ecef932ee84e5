//! The words of dosing prose: embedded tables, and a reader's own on top.
//!
//! The tables are TOML (`assets/vocabulary/`); here they become lookup tables once. No rule of grammar is here.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::protocol::Period;
use crate::reading::hash::{MarkedWords, mark};
use crate::reading::lexer::{Kind, Token, Tokens};
use crate::reading::lexicon::Lexicon;
use crate::reading::numbers::Found;
use crate::reading::quantities::{UnitTables, Units};

pub use super::word_classes::{WordClass, WordClasses};

/// What kind of treatment a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A drug, a vaccine, cells: anything with a name of its own.
    Agent,
    /// A class of drugs or a modality ("chemotherapy").
    Class,
    /// A regimen known by a short name ("FOLFOX").
    Regimen,
    /// Radiation.
    Radiation,
}

/// The part that a word plays in a dosing sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Joins treatments that are given together.
    And,
    /// Joins alternatives.
    Or,
    /// One after the other.
    Then,
    /// Says that something is given.
    Give,
    /// Stands for treatments named before.
    Pronoun,
    /// Without a bearing.
    Filler,
    /// The shape of a medicine.
    Form,
    /// What follows holds only under a condition.
    Condition,
    /// What follows is an example.
    Example,
    /// What follows is denied.
    Negation,
    /// A dose that is moved.
    Change,
    /// A treatment before this one.
    Prior,
    /// What ends the treatment follows.
    Until,
    /// Cycles or courses.
    Cycle,
    /// Something is looked at: no dose.
    Observe,
    /// What a dose is made of follows.
    Contain,
    /// A condition that lets the planned course go on.
    Passing,
    /// Given by itself.
    Alone,
    /// Given when it is needed: said of the dose before it.
    AsNeeded,
    /// The dose to begin with follows: the plan's, whatever it becomes later.
    Starting,
    /// The next dose of a planned rise follows.
    Step,
    /// What is lacking follows.
    Lacking,
    /// Something that people do or use, no medicine: an app, a course, a questionnaire.
    Program,
    /// Negative words that deny nothing.
    Harmless,
    /// Belongs to the name after it.
    NamePrefix,
    /// Belongs to the name before it.
    NameSuffix,
}

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frequency {
    /// Times a day.
    pub per_day: Option<f64>,
    /// Times a week.
    pub per_week: Option<f64>,
    /// Interval.
    pub every: Option<Period>,
    /// A second interval ("every 2 or 4 weeks").
    pub or_every: Option<Period>,
    /// A second number of times a day ("once or twice daily").
    pub or_per_day: Option<f64>,
}

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sense {
    /// A treatment.
    Name(NameKind),
    /// A way of giving, by number.
    Route(u16),
    /// A frequency in fixed words, by number.
    Frequency(u16),
    /// Times of the day, as bits.
    Hours(u8),
    /// An event that ends a treatment, by number.
    Stop(u16),
    /// A part of the treatment, by number.
    Phase(u16),
    /// A word of the grammar.
    Role(Role),
    /// A salt or an ester behind a name.
    Salt,
    /// A word that is never a name.
    Common,
}

/// The tables of one vocabulary, or of a reader's additions to it: any may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Tables {
    treatments: Treatments,
    products: BTreeMap<WordClass, String>,
    word_lists: BTreeMap<WordClass, String>,
    regimens: WordList,
    routes: BTreeMap<String, Phrases>,
    units: UnitTables,
    frequencies: Frequencies,
    stop_events: BTreeMap<String, Phrases>,
    phases: BTreeMap<String, Phrases>,
    words: BTreeMap<Role, Phrases>,
    common: WordList,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Treatments {
    names: String,
    classes: String,
    radiation: String,
    stems: String,
    not_stems: String,
    no_name_ends: String,
    salts: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WordList {
    names: String,
    words: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    phrases: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Frequencies {
    frequency: Vec<FrequencyWords>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrequencyWords {
    #[serde(default)]
    per_day: Option<f64>,
    #[serde(default)]
    per_week: Option<f64>,
    #[serde(default)]
    or_per_day: Option<f64>,
    #[serde(default)]
    every: Option<Period>,
    #[serde(default)]
    hours: u8,
    phrases: Vec<String>,
}

/// The words that the dosing reader knows.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    senses: Lexicon<Sense>,
    classes: MarkedWords<WordClasses>,
    units: Units,
    routes: Vec<String>,
    frequencies: Vec<Frequency>,
    stop_events: Vec<String>,
    phases: Vec<String>,
    stems: HashSet<Box<str>>,
    not_stems: HashSet<Box<str>>,
    no_name_ends: Vec<Box<str>>,
}

/// A stem is no shorter and no longer than this, in letters.
const STEM: std::ops::RangeInclusive<usize> = 3..=9;

static EMBEDDED: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(embedded_tables());
    vocabulary
});

/// The embedded tables; a broken file reads as an empty one and a test tells (`the_embedded_tables_are_whole`).
fn embedded_tables() -> Tables {
    fn table<T: Default + for<'de> Deserialize<'de>>(text: &str) -> T {
        toml::from_str(text).unwrap_or_default()
    }
    Tables {
        treatments: table(include_str!("../../../assets/vocabulary/treatments.toml")),
        products: table(include_str!("../../../assets/vocabulary/products.toml")),
        word_lists: table(include_str!("../../../assets/vocabulary/word_lists.toml")),
        regimens: table(include_str!("../../../assets/vocabulary/regimens.toml")),
        routes: table(include_str!("../../../assets/vocabulary/routes.toml")),
        units: table(include_str!("../../../assets/vocabulary/units.toml")),
        frequencies: table(include_str!("../../../assets/vocabulary/frequencies.toml")),
        stop_events: table(include_str!("../../../assets/vocabulary/stop_events.toml")),
        phases: table(include_str!("../../../assets/vocabulary/phases.toml")),
        words: table(include_str!("../../../assets/vocabulary/dosing_words.toml")),
        common: table(include_str!("../../../assets/vocabulary/common_words.toml")),
    }
}

impl Vocabulary {
    /// The vocabulary that comes with the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The tables of a vocabulary file.
    pub const TABLES: &'static [&'static str] = &[
        "treatments",
        "products",
        "word_lists",
        "regimens",
        "routes",
        "units",
        "frequencies",
        "stop_events",
        "phases",
        "words",
        "common",
    ];

    /// The built-in vocabulary with a user's words before it, the first file's first. A file is one TOML text whose
    /// tables are named like the embedded files (`[treatments] names = "…"`, `[routes.oral] phrases = […]`,
    /// `[[units.unit]]`, …).
    ///
    /// # Errors
    /// When a text is not such a TOML.
    pub fn extended(files: &[&str]) -> Result<Self, toml::de::Error> {
        let own: Vec<Tables> = files.iter().map(|text| toml::from_str(text)).collect::<Result<_, _>>()?;
        let mut vocabulary = Self::default();
        own.into_iter().for_each(|tables| vocabulary.add(tables));
        vocabulary.add(embedded_tables());
        Ok(vocabulary)
    }

    /// Adds tables; a phrase that is there already keeps its meaning.
    fn add(&mut self, tables: Tables) {
        for (role, words) in &tables.words {
            for phrase in &words.phrases {
                self.senses.add(phrase, Sense::Role(*role));
            }
        }
        numbered(&mut self.senses, &mut self.routes, &tables.routes, Sense::Route);
        for words in &tables.frequencies.frequency {
            let (per_day, per_week, every) = (words.per_day, words.per_week, words.every);
            let or_per_day = words.or_per_day;
            for phrase in &words.phrases {
                if words.hours > 0 {
                    self.senses.add(phrase, Sense::Hours(words.hours));
                    continue;
                }
                let frequency = Frequency { per_day, per_week, every, or_every: None, or_per_day };
                let at = self.frequencies.iter().position(|other| *other == frequency);
                let at = at.unwrap_or_else(|| {
                    self.frequencies.push(frequency);
                    self.frequencies.len() - 1
                });
                self.senses.add(phrase, Sense::Frequency(u16::try_from(at).unwrap_or(u16::MAX)));
            }
        }
        numbered(&mut self.senses, &mut self.stop_events, &tables.stop_events, Sense::Stop);
        numbered(&mut self.senses, &mut self.phases, &tables.phases, Sense::Phase);
        let named = [
            (&tables.treatments.radiation, NameKind::Radiation),
            (&tables.treatments.classes, NameKind::Class),
            (&tables.treatments.names, NameKind::Agent),
            (&tables.regimens.names, NameKind::Regimen),
        ];
        for (names, kind) in named {
            for name in names.split_whitespace() {
                for written in spellings(name) {
                    self.senses.add(&written, Sense::Name(kind));
                }
            }
        }
        for salt in tables.treatments.salts.split_whitespace() {
            self.senses.add(salt, Sense::Salt);
        }
        for word in tables.common.words.split_whitespace() {
            self.senses.add(word, Sense::Common);
        }
        for (class, words) in tables.products.iter().chain(&tables.word_lists) {
            for word in words.split_whitespace() {
                if let Some(classes) = self.classes.entry(word, WordClasses::default) {
                    classes.add(*class);
                }
            }
        }
        self.units.add(&tables.units);
        self.stems.extend(tables.treatments.stems.split_whitespace().map(Box::from));
        self.not_stems.extend(tables.treatments.not_stems.split_whitespace().map(Box::from));
        self.no_name_ends.extend(tables.treatments.no_name_ends.split_whitespace().map(Box::from));
    }

    /// The longest phrase at token `at`.
    pub fn sense(&self, tokens: &Tokens, at: usize) -> Option<Found<Sense>> {
        self.senses.at(tokens, at)
    }

    /// What the word at token `at` is known for.
    pub fn classes(&self, tokens: &Tokens, at: usize) -> WordClasses {
        // No list has numbers or ends of lines.
        match tokens.get(at) {
            Some(Token { kind: Kind::Word | Kind::Sign, mark, .. }) => {
                self.classes.get_with(mark, || tokens.text(at)).copied().unwrap_or_default()
            }
            _ => WordClasses::default(),
        }
    }

    /// Whether a word that is no token by itself is known for this.
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.classes.get(word, mark(word.as_bytes())).is_some_and(|classes| classes.has(class))
    }

    /// Unit words.
    pub fn units(&self) -> &Units {
        &self.units
    }

    /// The name of a route.
    pub fn route(&self, id: u16) -> &str {
        self.routes.get(usize::from(id)).map_or("", String::as_str)
    }

    /// A frequency in fixed words.
    pub fn frequency(&self, id: u16) -> Frequency {
        self.frequencies.get(usize::from(id)).copied().unwrap_or_default()
    }

    /// The number of a way of giving.
    pub fn route_id(&self, name: &str) -> Option<u16> {
        self.routes.iter().position(|route| route == name).and_then(|id| u16::try_from(id).ok())
    }

    /// The name of an event that ends a treatment.
    pub fn stop_event(&self, id: u16) -> &str {
        self.stop_events.get(usize::from(id)).map_or("", String::as_str)
    }

    /// The name of a part of the treatment.
    pub fn phase(&self, id: u16) -> &str {
        self.phases.get(usize::from(id)).map_or("", String::as_str)
    }

    /// The number of a part of the treatment by its name.
    pub fn phase_id(&self, name: &str) -> Option<u16> {
        self.phases.iter().position(|phase| phase == name).and_then(|at| u16::try_from(at).ok())
    }

    /// Whether a word ends like one for what is done to people, or what they are.
    pub fn ends_like_no_name(&self, word: &str) -> bool {
        self.no_name_ends.iter().any(|end| word.ends_with(&**end))
    }

    /// Whether a word ends like an international nonproprietary name.
    pub fn has_stem(&self, word: &str) -> bool {
        let plain = word.len() >= 6 && word.bytes().all(|b| b.is_ascii_lowercase());
        plain
            && !self.not_stems.contains(word)
            && STEM
                .filter(|len| word.len() >= len + 3)
                .any(|len| self.stems.contains(&word[word.len() - len..]))
    }
}

/// A name as the lists write it, and with blanks for its hyphens: for each, since `pd-1-blockade` is written `pd-1
/// blockade` too.
fn spellings(name: &str) -> Vec<String> {
    const MOST_HYPHENS: usize = 3;
    let hyphens: Vec<usize> = name.match_indices('-').map(|(at, _)| at).take(MOST_HYPHENS).collect();
    let mut all: Vec<String> = (0..1_u32 << hyphens.len())
        .map(|blanks| {
            let blank =
                |at: usize| hyphens.iter().position(|h| *h == at).is_some_and(|bit| blanks >> bit & 1 == 1);
            name.char_indices().map(|(at, c)| if blank(at) { ' ' } else { c }).collect()
        })
        .collect();
    all.push(name.replace('-', " "));
    all
}

/// Adds the phrases of named groups, each group under a number that leads back to its name.
fn numbered(
    senses: &mut Lexicon<Sense>,
    names: &mut Vec<String>,
    groups: &BTreeMap<String, Phrases>,
    sense: fn(u16) -> Sense,
) {
    for (name, words) in groups {
        let at = names.iter().position(|other| other == name).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        });
        for phrase in &words.phrases {
            senses.add(phrase, sense(u16::try_from(at).unwrap_or(u16::MAX)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer::lex;

    #[test]
    fn the_embedded_tables_are_whole() {
        let tables = embedded_tables();
        assert!(tables.treatments.names.len() > 1000 && tables.treatments.stems.len() > 100);
        assert!(tables.treatments.no_name_ends.len() > 100);
        assert!(tables.regimens.names.contains("folfox"));
        assert!(tables.routes.len() > 10 && tables.stop_events.len() > 5 && tables.phases.len() > 5);
        assert!(tables.frequencies.frequency.len() > 8 && tables.words.len() == 26);
        assert!(tables.common.words.len() > 10_000);
        assert!(Vocabulary::embedded().units().quantity(&lex("5 mg"), 0).is_some());
    }

    #[test]
    fn a_readers_own_words_come_first() {
        let own = "[treatments]\nnames = \"snibbles\"\n[routes.oral]\nphrases = [\"by spoon\"]\n";
        let vocabulary = Vocabulary::extended(&[own]).expect("a vocabulary");
        let sense = |text: &str| vocabulary.sense(&lex(text), 0).map(|found| found.value);
        assert_eq!(sense("snibbles"), Some(Sense::Name(NameKind::Agent)));
        assert_eq!(sense("by spoon"), sense("by mouth"));
        assert!(Vocabulary::extended(&["[colours]\n"]).is_err(), "an unknown table");
    }

    #[test]
    fn stems_tell_drugs_that_no_list_names() {
        for word in ["nivolumab", "regorafenib", "capivasertib", "obecabtagene"] {
            assert_eq!(Vocabulary::embedded().has_stem(word), word != "obecabtagene", "{word}");
        }
        assert!(!Vocabulary::embedded().has_stem("concept"));
    }
}
