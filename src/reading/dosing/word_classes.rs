//! What single words are known for, besides their meaning in a sentence: the lists of `word_lists.toml` and
//! `products.toml`.

use std::ops::Range;

use serde::Deserialize;

use super::vocabulary::{Role, Sense, Vocabulary};
use crate::reading::lexer::Tokens;
use crate::reading::numbers::Found;

/// What single words are known for, besides their meaning in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordClass {
    /// The last word of a treatment's name that says what it is ("tri-lipid skin barrier cream").
    #[serde(rename = "heads")]
    ProductHead,
    /// Its last word behind one that it is made of.
    #[serde(rename = "weak_heads")]
    ProductWeakHead,
    /// What it is made of.
    #[serde(rename = "words")]
    ProductOf,
    /// What describes it.
    #[serde(rename = "qualities")]
    ProductQuality,
    /// A genus of what is given.
    #[serde(rename = "genera")]
    ProductGenus,
    /// A species of one.
    #[serde(rename = "species")]
    ProductSpecies,
    /// What makes something else of the words before it.
    #[serde(rename = "others")]
    ProductNot,
    /// In a label: says only which arm it is.
    LabelWhich,
    /// At the end of a label: a rank or a group, no part of the treatment's name.
    LabelRanks,
    /// In a label: something done to people, or people, and nothing that is given.
    LabelDone,
    /// In a label: makes something else of the words before it.
    LabelOthers,
    /// Behind "oral", "nasal", "rectal": makes a part of the body, or its illness, out of it.
    NotRouted,
    /// "Daily" is said of it where nothing is given.
    OfADay,
    /// The beginning of a code that names no treatment.
    NoCodes,
    /// A sponsor's letters, which a number follows with a blank between.
    Sponsors,
    /// "Induction" or "maintenance" of it is no part of a treatment.
    Processes,
    /// Between a placebo and a name: says that the one looks like the other.
    Likeness,
    /// A part of the body that things are injected into.
    Sites,
    /// What a dose may go by: "150 mg if weight < 50 kg".
    Bands,
    /// Begins a condition that tells whom a dose is for.
    BandOpens,
    /// A sign that a measure of people is compared by.
    Compared,
    /// A word that a measure of people is compared by.
    ComparedBy,
    /// The unit of what people are told apart by.
    PeopleMeasures,
    /// The unit of a dose: no such condition has one.
    DoseUnits,
    /// People.
    People,
    /// A verb of giving whose object is a treatment.
    Giving,
    /// A treatment in general, or what one is made of or given with, where a name may stand.
    NoTreatments,
    /// A way of giving as it stands before a name.
    Ways,
    /// Two letters that are no short name of a treatment before a dose.
    NoAcronyms,
    /// Which cells are given.
    CellKinds,
    /// Spoken of with "to": "response to X".
    SpokenOf,
    /// Right before a name: a time, a study or a likeness, and no giving of it.
    Contexts,
    /// Right behind a name: what it is given with, or what bears its name.
    Devices,
    /// Behind it "of" leads to what is given.
    GivingNouns,
    /// A treatment, in a statement of how long all of it lasts.
    Treated,
    /// Says that a length is that of something else, or of a part.
    OtherLengths,
    /// What is given ahead of the treatment.
    Premedication,
    /// How a part of a study is run.
    StudyKinds,
    /// Stands between "for" and a length.
    LengthLinks,
    /// Behind a length: it is a time told from something else.
    Apart,
    /// Behind what is looked at: how often it is done follows.
    Examined,
    /// Helps a verb.
    Auxiliaries,
    /// Behind a treatment and its helping verb: nothing is given of it.
    Withheld,
    /// One giving, behind "single".
    OneGiving,
    /// Behind a dose and "per": where so much of it is given each time.
    PerPlaces,
    /// Behind a dose and "per": what it is given by.
    PerRules,
    /// What is given by plan against a medicine's harm.
    Antidotes,
    /// A word for a dose that rises.
    Rises,
    /// Says that doses are given one after the other.
    StepDoses,
    /// Between a class and its members: these follow.
    MemberLinks,
    /// Between a class and its members: says nothing more.
    MemberWords,
}

/// All that one word is known for.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordClasses(u64);

impl WordClasses {
    pub(super) fn add(&mut self, class: WordClass) {
        self.0 |= 1 << class as u64;
    }

    /// Whether it is known for this.
    pub fn has(self, class: WordClass) -> bool {
        self.0 & 1 << class as u64 != 0
    }
}

/// A text's tokens, and what the vocabulary knows of them.
#[derive(Clone, Copy)]
pub(super) struct Source<'t> {
    pub tokens: &'t Tokens,
    pub vocabulary: &'t Vocabulary,
    pub classes: &'t Classes,
}

impl Source<'_> {
    /// Whether a token is the shape of a medicine: "tablets".
    pub fn is_form(&self, at: usize) -> bool {
        let sense = self.vocabulary.sense(self.tokens, at);
        matches!(sense, Some(Found { value: Sense::Role(Role::Form), end }) if end == at + 1)
    }
}

/// What every token of a text is known for, looked up once.
#[derive(Debug)]
pub(super) struct Classes {
    each: Vec<WordClasses>,
    /// All of them together: what no word is known for is looked for nowhere.
    any: WordClasses,
}

impl Classes {
    /// What the tokens are known for.
    pub fn of(tokens: &Tokens, vocabulary: &Vocabulary) -> Self {
        let each: Vec<WordClasses> = (0..tokens.len()).map(|at| vocabulary.classes(tokens, at)).collect();
        let any = WordClasses(each.iter().fold(0, |all, classes| all | classes.0));
        Self { each, any }
    }

    /// All that a token is known for.
    pub fn at(&self, at: usize) -> WordClasses {
        self.each.get(at).copied().unwrap_or_default()
    }

    /// Whether a token is known for this.
    pub fn has(&self, at: usize, class: WordClass) -> bool {
        self.at(at).has(class)
    }

    /// Whether any token of the text is.
    pub fn anywhere(&self, class: WordClass) -> bool {
        self.any.has(class)
    }

    /// Whether one of these tokens is.
    pub fn among(&self, range: Range<usize>, class: WordClass) -> bool {
        self.anywhere(class) && range.into_iter().any(|at| self.has(at, class))
    }
}
