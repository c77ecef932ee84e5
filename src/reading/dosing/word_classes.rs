//! What single words are known for, besides their meaning in a sentence: the lists of `word_lists.toml` and
//! `products.toml`.

use serde::Deserialize;

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
}

/// All that one word is known for.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordClasses(u32);

impl WordClasses {
    pub(super) fn add(&mut self, class: WordClass) {
        self.0 |= 1 << class as u16;
    }

    /// Whether it is known for this.
    pub fn has(self, class: WordClass) -> bool {
        self.0 & 1 << class as u16 != 0
    }
}
