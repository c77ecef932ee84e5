//! The tag reader's words: a TOML table, compiled for finding.

use serde::Deserialize;

use crate::reading::phrases::{Dictionary, Openers, PhraseSet};

/// The table that comes with the program.
const TAGS: &str = include_str!("../../../../assets/vocabulary/tags.toml");

/// All words of the tag reader.
#[derive(Clone, Debug, Default)]
pub struct TagVocabulary {
    /// The words of all sets.
    pub(super) dictionary: Dictionary,
    /// What topics and genes begin with.
    pub(super) openers: Openers,
    pub(super) topics: PhraseSet,
    /// What a payload of `topics` stands for.
    pub(super) mentions: Vec<Mention>,
    names: Vec<Topic>,
    pub(super) before: PhraseSet,
    pub(super) after: PhraseSet,
    pub(super) result: PhraseSet,
    pub(super) allowed: PhraseSet,
    pub(super) barred: PhraseSet,
    pub(super) exception: PhraseSet,
    pub(super) duty: PhraseSet,
    pub(super) waived: PhraseSet,
    pub(super) qualifiers: PhraseSet,
    pub(super) genes: PhraseSet,
    /// The name of each gene, by payload.
    pub(super) gene_names: Vec<String>,
    pub(super) alterations: PhraseSet,
    /// The name of each alteration, by payload.
    pub(super) alteration_names: Vec<String>,
    pub(super) contrary: PhraseSet,
    pub(super) drugs: PhraseSet,
}

/// One group of phrases of a topic.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Which topic; `None` for phrases that only look like it.
    topic: Option<usize>,
    /// They state the topic's contrary.
    pub opposite: bool,
}

/// A topic.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    pub name: String,
    /// A negated mention under exclusion requires it.
    pub turned_requires: bool,
    /// No criterion forbids it: words that look so only speak of it.
    pub never_forbidden: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    topic: Vec<TopicTable>,
    #[serde(default)]
    negation: Negation,
    #[serde(default)]
    allowed: WordList,
    #[serde(default)]
    barred: WordList,
    #[serde(default)]
    exception: WordList,
    #[serde(default)]
    duty: WordList,
    #[serde(default)]
    waived: WordList,
    #[serde(default)]
    qualifier: WordList,
    #[serde(default)]
    gene: GeneTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicTable {
    name: String,
    turned: Turned,
    #[serde(default)]
    never_forbidden: bool,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    opposite: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Turned {
    Required,
    Mentioned,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Negation {
    before: Vec<String>,
    after: Vec<String>,
    result: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WordList {
    words: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct GeneTable {
    names: Vec<String>,
    alterations: Vec<String>,
    contrary: Vec<String>,
    drugs: Vec<String>,
}

impl TagVocabulary {
    /// The vocabulary that comes with the program.
    ///
    /// # Errors
    /// Never in a released program: a test compiles it.
    pub fn embedded() -> Result<Self, toml::de::Error> {
        let mut vocabulary = Self::default();
        vocabulary.add(TAGS)?;
        Ok(vocabulary)
    }

    /// This vocabulary with a user's file before it: where both know a phrase, the file's meaning holds.
    ///
    /// # Errors
    /// When `toml` is not a file of tags.
    pub fn extended(toml: &str) -> Result<Self, toml::de::Error> {
        let mut vocabulary = Self::default();
        vocabulary.add(toml)?;
        vocabulary.add(TAGS)?;
        Ok(vocabulary)
    }

    pub(super) fn topic(&self, mention: &Mention) -> Option<&Topic> {
        self.names.get(mention.topic?)
    }

    fn add(&mut self, toml: &str) -> Result<(), toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        for topic in file.topic {
            let index = self.names.len();
            self.names.push(Topic {
                name: topic.name,
                turned_requires: topic.turned == Turned::Required,
                never_forbidden: topic.never_forbidden,
            });
            self.mentions(&topic.ignore, None, false);
            self.mentions(&topic.words, Some(index), false);
            self.mentions(&topic.opposite, Some(index), true);
        }
        add_all(&mut self.dictionary, &mut self.before, &file.negation.before);
        add_all(&mut self.dictionary, &mut self.after, &file.negation.after);
        add_all(&mut self.dictionary, &mut self.result, &file.negation.result);
        add_all(&mut self.dictionary, &mut self.allowed, &file.allowed.words);
        add_all(&mut self.dictionary, &mut self.barred, &file.barred.words);
        add_all(&mut self.dictionary, &mut self.exception, &file.exception.words);
        add_all(&mut self.dictionary, &mut self.duty, &file.duty.words);
        add_all(&mut self.dictionary, &mut self.waived, &file.waived.words);
        add_all(&mut self.dictionary, &mut self.qualifiers, &file.qualifier.words);
        add_named(&mut self.dictionary, &mut self.genes, &mut self.gene_names, &file.gene.names);
        add_named(
            &mut self.dictionary,
            &mut self.alterations,
            &mut self.alteration_names,
            &file.gene.alterations,
        );
        add_all(&mut self.dictionary, &mut self.contrary, &file.gene.contrary);
        add_all(&mut self.dictionary, &mut self.drugs, &file.gene.drugs);
        self.openers = Openers::of(&self.dictionary, &[&self.topics, &self.genes]);
        Ok(())
    }

    fn mentions(&mut self, words: &[String], topic: Option<usize>, opposite: bool) {
        for words in words {
            self.topics.add(&mut self.dictionary, words, self.mentions.len());
        }
        self.mentions.push(Mention { topic, opposite });
    }
}

fn add_all(dictionary: &mut Dictionary, phrases: &mut PhraseSet, words: &[String]) {
    for words in words {
        phrases.add(dictionary, words, 0);
    }
}

/// Entries `words=NAME`, or `NAME` alone.
fn add_named(
    dictionary: &mut Dictionary,
    phrases: &mut PhraseSet,
    names: &mut Vec<String>,
    entries: &[String],
) {
    for entry in entries {
        let (words, name) = entry.split_once('=').unwrap_or((entry, entry));
        phrases.add(dictionary, words, names.len());
        names.push(name.to_owned());
    }
}
