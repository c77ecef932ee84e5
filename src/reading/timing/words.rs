//! The vocabulary of time, compiled for looking up: which phrases begin with a word and what they mean.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::atoms::{Edge, EventId, Link, Noun, Qualifier};
use crate::protocol::{Period, PeriodUnit};
use crate::reading::hash::WordMap;
use crate::reading::{numbers, periods};

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// A word that governs a time or an event.
    Link(Link),
    /// A word that says how firm a number is.
    Qualifier(Qualifier),
    /// Something that is begun and ended.
    Noun(Noun),
    /// A beginning or an end.
    Edge(Edge),
    /// An event.
    Event(EventId),
    /// A repeat said in one word.
    Adverb(Period),
    /// Nothing of time.
    Filler,
}

/// What a number after a word counts, when it is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbered {
    /// "visit 4".
    Visit,
    /// "cycle 2".
    Cycle,
    /// "cohort 3".
    Other,
}

/// All that the vocabulary knows of a word.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Its value as a number word.
    pub number: Option<f64>,
    /// Its value as an ordinal word.
    pub ordinal: Option<f64>,
    /// The unit it names.
    pub unit: Option<PeriodUnit>,
    /// What a number after it counts.
    pub numbered: Option<Numbered>,
    /// The phrases it begins, longest first: the words after it, and the meaning.
    pub phrases: Vec<(Vec<Box<str>>, Meaning)>,
}

impl Word {
    /// Whether numbers are written together with it ("d8", "week4", "t0", "to15").
    pub fn counts(&self) -> bool {
        let with_number = |(rest, meaning): &(Vec<Box<str>>, Meaning)| match rest.first() {
            Some(next) => next.bytes().all(|b| b.is_ascii_digit()),
            None => matches!(meaning, Meaning::Link(Link::To | Link::After | Link::UpTo)),
        };
        self.unit.is_some() || self.numbered.is_some() || self.phrases.iter().any(with_number)
    }
}

/// What an event is called in each place it can take in a frame, and how it behaves there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Event {
    /// Its name in the vocabulary.
    #[serde(skip)]
    pub id: String,
    /// Its name as an anchor.
    pub from: Option<String>,
    /// Its name when a time is counted from it and it lies late in the study.
    pub after: Option<String>,
    /// Its name when it ends the frame.
    pub until: Option<String>,
    /// Being measured at it is the point 0.
    pub zero: bool,
    /// It only counts where the text says "until", "to" or "at".
    pub until_only: bool,
    /// It takes its time: "during" it is when something is measured.
    pub lasting: bool,
    phrases: Vec<String>,
    suffixes: Vec<String>,
}

/// The vocabulary file as written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    units: toml::Table,
    numbered: HashMap<Numbered, Vec<String>>,
    adverbs: HashMap<String, Vec<String>>,
    links: HashMap<Link, Vec<String>>,
    qualifiers: HashMap<Qualifier, Vec<String>>,
    nouns: HashMap<Noun, Vec<String>>,
    edges: HashMap<Edge, Vec<String>>,
    compose: HashMap<Noun, HashMap<String, String>>,
    event: HashMap<String, Event>,
    filler: Fillers,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fillers {
    words: Vec<String>,
}

/// The compiled vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: WordMap<Word>,
    events: Vec<Event>,
    suffixes: Vec<(String, EventId)>,
    composed: HashMap<(Noun, Option<Edge>), Option<EventId>>,
    /// Phrases that were listed under two meanings, for the vocabulary's own test.
    pub doubles: Vec<String>,
}

/// The built-in file.
const BUILT_IN: &str = include_str!("../../../assets/vocabulary/timing.toml");

/// The vocabulary that is built in.
static EMBEDDED: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::parse(BUILT_IN).unwrap_or_default());

impl Vocabulary {
    /// The vocabulary that is built in.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Compiles a vocabulary file.
    ///
    /// # Errors
    /// What is wrong in the file, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::compile(&[toml::from_str(text).map_err(|error: toml::de::Error| error.to_string())?])
    }

    /// The built-in vocabulary with a user's words before it, the first file's first: any of the built-in file's tables,
    /// an event of a known name gets further phrases.
    ///
    /// # Errors
    /// When a text is no such TOML, or (inside) names something that does not exist.
    pub fn extended(files: &[&str]) -> Result<Result<Self, String>, toml::de::Error> {
        let mut all: Vec<File> = files.iter().map(|text| toml::from_str(text)).collect::<Result<_, _>>()?;
        all.push(toml::from_str(BUILT_IN)?);
        Ok(Self::compile(&all))
    }

    /// Of several files the first that knows a phrase says what it means.
    fn compile(files: &[File]) -> Result<Self, String> {
        let mut new = Self::default();
        let mut events: BTreeMap<&String, Event> = BTreeMap::new();
        // The last file has the events as they are; those before it add phrases, or events of their own.
        for (name, event) in files.iter().rev().flat_map(|file| &file.event) {
            let known = events.entry(name).or_insert_with(|| Event {
                phrases: Vec::new(),
                suffixes: Vec::new(),
                id: name.clone(),
                ..event.clone()
            });
            known.suffixes.extend(event.suffixes.iter().cloned());
        }
        for event in events.into_values() {
            new.take_event(event);
        }
        for file in files {
            new.take_numbers(file)?;
            let mut names: Vec<&String> = file.event.keys().collect();
            names.sort();
            for name in names {
                new.take_event_phrases(name, file);
            }
            new.take_phrases(file)?;
            new.take_compositions(&file.compose)?;
        }
        for (unit, words) in periods::UNITS {
            words.iter().for_each(|word| {
                new.entry(word).unit.get_or_insert(*unit);
            });
        }
        for word in new.words.values_mut() {
            word.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Ok(new)
    }

    /// What is known of a word, in folded form.
    pub fn word(&self, word: &str) -> Option<&Word> {
        self.words.get(word)
    }

    /// Whether a word is an event or a thing begun and ended.
    pub fn names_something(&self, word: &str) -> bool {
        let alone = |(rest, meaning): &(Vec<Box<str>>, Meaning)| {
            rest.is_empty() && matches!(meaning, Meaning::Event(_) | Meaning::Noun(_))
        };
        self.word(word).is_some_and(|known| known.phrases.iter().any(alone))
    }

    /// Whether a word alone names an event that lies at the start.
    pub fn names_a_start(&self, word: &str) -> bool {
        let zero = |(rest, meaning): &(Vec<Box<str>>, Meaning)| match meaning {
            Meaning::Event(id) => rest.is_empty() && self.event(*id).is_some_and(|event| event.zero),
            _ => false,
        };
        self.word(word).is_some_and(|known| known.phrases.iter().any(zero))
    }

    /// The event that a word names by its ending ("-ectomy").
    pub fn by_suffix(&self, word: &str) -> Option<EventId> {
        self.suffixes.iter().find(|(suffix, _)| word.ends_with(suffix.as_str())).map(|(_, id)| *id)
    }

    /// An event's names and behaviour.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(usize::from(id.0))
    }

    /// The event that a noun makes with an edge or alone; `None` where they make none.
    pub fn composed(&self, noun: Noun, edge: Option<Edge>) -> Option<EventId> {
        self.composed.get(&(noun, edge)).copied().flatten()
    }

    /// The event for whatever the vocabulary has no name for.
    pub fn other(&self) -> Option<EventId> {
        self.id("other")
    }

    /// The event of a name.
    pub fn named(&self, name: &str) -> Option<EventId> {
        self.id(name)
    }

    fn id(&self, name: &str) -> Option<EventId> {
        self.events.iter().position(|e| e.id == name).map(|at| EventId(at as u16))
    }

    fn entry(&mut self, word: &str) -> &mut Word {
        self.words.entry(word.into()).or_default()
    }

    fn take_numbers(&mut self, file: &File) -> Result<(), String> {
        for (word, value) in numbers::CARDINALS {
            self.entry(word).number = Some(*value);
        }
        self.entry("half").number = Some(0.5);
        for (word, value) in numbers::ORDINALS {
            self.entry(word).ordinal = Some(f64::from(*value));
        }
        for (name, words) in &file.units {
            let unit = unit(name).ok_or_else(|| format!("units.{name}: no unit of time"))?;
            for word in words.as_array().into_iter().flatten().filter_map(toml::Value::as_str) {
                self.entry(word).unit.get_or_insert(unit);
            }
        }
        for (numbered, words) in &file.numbered {
            for word in words {
                self.entry(word).numbered.get_or_insert(*numbered);
            }
        }
        Ok(())
    }

    fn take_event(&mut self, event: Event) {
        let id = EventId(self.events.len() as u16);
        self.suffixes.extend(event.suffixes.iter().map(|suffix| (suffix.clone(), id)));
        self.events.push(event);
    }

    fn take_event_phrases(&mut self, name: &str, file: &File) {
        let Some(id) = self.id(name) else { return };
        for phrase in file.event.get(name).into_iter().flat_map(|event| &event.phrases) {
            self.phrase(phrase, Meaning::Event(id));
        }
    }

    fn take_phrases(&mut self, file: &File) -> Result<(), String> {
        for phrase in &file.filler.words {
            self.phrase(phrase, Meaning::Filler);
        }
        for (period, phrases) in &file.adverbs {
            let period = period.parse().map_err(|error| format!("adverbs: {error}"))?;
            phrases.iter().for_each(|phrase| self.phrase(phrase, Meaning::Adverb(period)));
        }
        self.take_class(&file.links, Meaning::Link);
        self.take_class(&file.qualifiers, Meaning::Qualifier);
        self.take_class(&file.nouns, Meaning::Noun);
        self.take_class(&file.edges, Meaning::Edge);
        Ok(())
    }

    fn take_class<C: Copy>(&mut self, class: &HashMap<C, Vec<String>>, meaning: fn(C) -> Meaning) {
        for (member, phrases) in class {
            phrases.iter().for_each(|phrase| self.phrase(phrase, meaning(*member)));
        }
    }

    fn take_compositions(&mut self, compose: &HashMap<Noun, HashMap<String, String>>) -> Result<(), String> {
        for (noun, row) in compose {
            for (edge, event) in row {
                let edge = match edge.as_str() {
                    "bare" => None,
                    "start" => Some(Edge::Start),
                    "end" => Some(Edge::End),
                    "first" => Some(Edge::First),
                    "last" => Some(Edge::Last),
                    "nth" => Some(Edge::Nth),
                    _ => return Err(format!("compose: {edge} is no edge")),
                };
                let id = match event.as_str() {
                    "none" => None,
                    name => Some(self.id(name).ok_or_else(|| format!("compose: {name} is no event"))?),
                };
                self.composed.insert((*noun, edge), id);
            }
        }
        Ok(())
    }

    fn phrase(&mut self, phrase: &str, meaning: Meaning) {
        let mut words = phrase.split([' ', '-']).filter(|w| !w.is_empty());
        let Some(first) = words.next() else { return };
        let rest: Vec<Box<str>> = words.map(Into::into).collect();
        let entry = self.words.entry(first.into()).or_default();
        if entry.phrases.iter().any(|(known, _)| *known == rest) {
            self.doubles.push(phrase.to_owned());
            return;
        }
        entry.phrases.push((rest, meaning));
    }
}

fn unit(name: &str) -> Option<PeriodUnit> {
    Some(match name {
        "second" => PeriodUnit::Second,
        "minute" => PeriodUnit::Minute,
        "hour" => PeriodUnit::Hour,
        "day" => PeriodUnit::Day,
        "week" => PeriodUnit::Week,
        "month" => PeriodUnit::Month,
        "year" => PeriodUnit::Year,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_vocabulary_compiles_and_lists_no_phrase_twice() {
        let file = include_str!("../../../assets/vocabulary/timing.toml");
        let vocabulary = Vocabulary::parse(file).expect("the file compiles");
        assert_eq!(vocabulary.doubles, Vec::<String>::new());
    }
}
