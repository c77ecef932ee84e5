//! Genes and markers with what must, or must not, have happened to them: `KIT exon 17`, `EGFR T790M`, `PD-L1 ≥ 1%`.
//!
//! A gene's name alone says nothing, and one that names a drug (`anti-PD-L1`, `EGFR inhibitor`) says nothing of the gene.

use std::ops::Range;

use crate::protocol::Stance;
use crate::reading::phrases::{Match, Numbered, Words};

use super::Found;
use super::stance::Clues;
use super::vocabulary::TagVocabulary;

/// How far behind a gene its alteration may stand.
const BEHIND: usize = 9;
/// How far before a gene ("activating mutations of EGFR").
const BEFORE: usize = 5;
/// How many words may stand between two genes of one list.
const BETWEEN: usize = 6;
/// Words that say the text asks for a test, not for a result.
const TESTED: &[&str] =
    &["status", "test", "tests", "testing", "assessment", "analysis", "evaluation", "determination"];
/// Words that may join two genes or their alterations into one list.
const JOINTS: &[&str] =
    &["or", "and", "either", "the", "a", "gene", "genes", "other", "in", "of", "any", "known"];

/// Words that may stand in such a list besides.
const FILLERS: &[&str] = &[
    "l",
    "pd",
    "ctla",
    "4",
    "1",
    "l2",
    "tigit",
    "lag",
    "3",
    "tyrosine",
    "kinase",
    "signaling",
    "sensitizing",
    "activating",
    "driver",
    "sensitive",
    "somatic",
    "germline",
    "oncogenic",
    "pathogenic",
    "genomic",
    "protein",
];

/// What follows these is not meant.
const EXCEPT: &[&str] = &["other", "except", "excluding", "unless", "regardless", "irrespective"];

/// A gene's mention with what is said of it.
struct Mention {
    gene: usize,
    words: Range<usize>,
    of: Vec<String>,
    contrary: bool,
    tested: bool,
    /// "PD-L1 expression" without how much of it.
    only_expressed: bool,
}

/// The genes of an item; those of one list are one tag, any of which will do.
pub(super) fn read(
    vocabulary: &TagVocabulary,
    text: &Numbered<'_, '_>,
    clues: &Clues<'_, '_>,
    genes: Vec<Match>,
) -> Vec<Found> {
    let genes = named_once(vocabulary, genes);
    let reader = Reader {
        vocabulary,
        clues,
        alterations: vocabulary.alterations.find(text),
        contrary: vocabulary.contrary.find(text),
        drugs: vocabulary.drugs.find(text),
        genes,
    };
    let mentions: Vec<Mention> = (0..reader.genes.len()).filter_map(|at| reader.mention(at)).collect();
    reader.lists(mentions)
}

/// "Epidermal growth factor receptor (EGFR)" is one gene, not two.
fn named_once(vocabulary: &TagVocabulary, genes: Vec<Match>) -> Vec<Match> {
    let name = |gene: &Match| vocabulary.gene_names.get(gene.payload);
    let mut once: Vec<Match> = Vec::with_capacity(genes.len());
    for gene in genes {
        match once.last_mut() {
            Some(last) if name(last) == name(&gene) && gene.start <= last.end => last.end = gene.end,
            _ => once.push(gene),
        }
    }
    once
}

struct Reader<'r, 'w, 't> {
    vocabulary: &'r TagVocabulary,
    clues: &'r Clues<'w, 't>,
    genes: Vec<Match>,
    alterations: Vec<Match>,
    contrary: Vec<Match>,
    drugs: Vec<Match>,
}

impl Reader<'_, '_, '_> {
    fn words(&self) -> &Words<'_> {
        self.clues.words
    }

    /// What is said of the gene at `index` of the item's genes, if it is a statement on the gene.
    fn mention(&self, index: usize) -> Option<Mention> {
        let gene = *self.genes.get(index)?;
        if self.is_drug(index) {
            return None;
        }
        let name = self.vocabulary.gene_names.get(gene.payload)?;
        let behind = gene.end..self.end_of_statement(index);
        let list_end = self.end_of_list(index);
        let after_list = list_end..list_end + BEHIND.min(6);
        let contrary = self
            .contrary
            .iter()
            .find(|hit| after_list.contains(&hit.start) || behind.clone().take(3).any(|at| at == hit.start));
        let near = behind.clone().take(4).chain(list_end..list_end + 3);
        let tested =
            near.into_iter().any(|at| TESTED.contains(&self.words().text(at))) || self.either_way(index);
        let (mut of, end) = self.variants(name, behind.clone());
        let mut words = gene.start..end.max(gene.end);
        if of.is_empty() {
            if let Some((text, end)) = self.share(name, behind.clone()) {
                of.push(text);
                words.end = end;
            } else if name.contains(' ') || name == "MSI-H" || name == "dMMR" || name == "pMMR" {
                of.push(name.clone());
            } else if let Some(hit) = self.alteration(index) {
                let alteration = self.vocabulary.alteration_names.get(hit.payload)?;
                of.push(format!("{name} {alteration}"));
                words = words.start.min(hit.start)..words.end.max(hit.end.min(gene.end + BEHIND));
            } else if contrary.is_some() {
                of.push(format!("{name} {}", self.usual(name)));
            }
        }
        let only_expressed =
            of.iter().all(|of| of.ends_with("expression") && !of.ends_with("overexpression"));
        if let Some(contrary) = contrary {
            words.end = words.end.max(contrary.end);
        }
        (!of.is_empty()).then_some(Mention {
            gene: gene.payload,
            words,
            of,
            contrary: contrary.is_some(),
            tested,
            only_expressed,
        })
    }

    /// "Wild type or mutant": whichever it is.
    fn either_way(&self, index: usize) -> bool {
        let end = self.end_of_list(index);
        let near = |hits: &[Match]| hits.iter().any(|hit| (end..end + 5).contains(&hit.start));
        let either = (end..end + 5).any(|at| matches!(self.words().text(at), "or" | "and"));
        either && near(&self.contrary) && near(&self.alterations)
    }

    /// What "negative" denies of a gene.
    fn usual(&self, name: &str) -> &'static str {
        if matches!(name, "HER2" | "PD-L1" | "ER" | "PR" | "CD19" | "CD20" | "CD30" | "PSMA") {
            "positive"
        } else {
            "mutation"
        }
    }

    /// Whether the gene is part of a drug's name: "anti-PD-L1", "EGFR TKI", "PD-1, PD-L1 or CTLA-4 inhibitors".
    fn is_drug(&self, index: usize) -> bool {
        let Some(gene) = self.genes.get(index) else { return true };
        let anti = (gene.start.saturating_sub(3)..gene.start)
            .any(|at| matches!(self.words().text(at), "anti" | "antibody"));
        if anti {
            return true;
        }
        let at = self.end_of_list(index);
        self.drugs.iter().any(|hit| hit.start == at)
    }

    /// The first word behind a gene, and behind those it makes a list with.
    fn end_of_list(&self, index: usize) -> usize {
        let Some(gene) = self.genes.get(index) else { return 0 };
        let end = self.clues.sentence(&gene.words()).end;
        let mut at = gene.end;
        while at < end {
            let text = self.words().text(at);
            match self.genes.iter().find(|hit| hit.start == at) {
                Some(hit) => at = hit.end,
                None if JOINTS.contains(&text) || FILLERS.contains(&text) => at += 1,
                None => break,
            }
        }
        at
    }

    /// Where the statement on a gene ends: the sentence's end, the next gene, or the limit.
    fn end_of_statement(&self, index: usize) -> usize {
        let Some(gene) = self.genes.get(index) else { return 0 };
        let sentence = self.clues.sentence(&gene.words());
        let name = |gene: &Match| self.vocabulary.gene_names.get(gene.payload);
        let next = self.genes.get(index + 1).filter(|next| name(next) != name(gene));
        let next = next.map_or(sentence.end, |next| next.start);
        let except = (gene.end..sentence.end).find(|at| EXCEPT.contains(&self.words().text(*at)));
        next.min(except.unwrap_or(sentence.end)).min(gene.end + 3 * BEHIND)
    }

    /// Named variants and exons behind a gene: `L858R`, `exon 19 deletion`; each as `GENE variant`.
    fn variants(&self, name: &str, behind: Range<usize>) -> (Vec<String>, usize) {
        let mut of = Vec::new();
        let mut end = behind.start;
        let mut gap = 0;
        let mut at = behind.start;
        while at < behind.end && gap < BEHIND {
            match self.variant(at, behind.end) {
                Some((variant, next)) => {
                    let variant = format!("{name} {variant}");
                    if !of.contains(&variant) {
                        of.push(variant);
                    }
                    end = next;
                    at = next;
                    gap = 0;
                }
                None => {
                    at += 1;
                    gap += 1;
                }
            }
        }
        (of, end)
    }

    fn variant(&self, at: usize, limit: usize) -> Option<(String, usize)> {
        let word = self.words().get(at)?;
        if word.text == "exon" || word.text == "exons" {
            let number = self.words().get(at + 1).filter(|next| next.number)?;
            let what = self.alterations.iter().find(|hit| hit.start == at + 2 && hit.end <= limit);
            let name = what.and_then(|hit| self.vocabulary.alteration_names.get(hit.payload));
            let end = what.map_or(at + 2, |hit| hit.end);
            return Some(match name.map(String::as_str) {
                Some(what @ ("deletion" | "insertion" | "skipping")) => {
                    (format!("exon {} {what}", number.text), end)
                }
                _ => (format!("exon {}", number.text), end),
            });
        }
        if let Some(number) = word.text.strip_prefix("ex").and_then(|rest| rest.strip_suffix("del"))
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && !number.is_empty()
        {
            return Some((format!("exon {number} deletion"), at + 1));
        }
        is_protein_change(word.text).then(|| (word.text.to_uppercase(), at + 1))
    }

    /// `≥ 1%` behind PD-L1, with TPS or CPS where the text says so.
    fn share(&self, name: &str, behind: Range<usize>) -> Option<(String, usize)> {
        if name != "PD-L1" {
            return None;
        }
        let at =
            behind.clone().take(BEHIND).find(|at| self.words().get(*at).is_some_and(|word| word.number))?;
        let number = self.words().get(at)?;
        let percent = self.words().text(at + 1) == "%";
        let scores = || behind.clone().take_while(|at| *at <= number_index(self.words(), number.start));
        let score = scores()
            .find_map(|at| ["tps", "cps", "tc", "ic"].into_iter().find(|s| *s == self.words().text(at)));
        if !percent && score != Some("cps") {
            return None;
        }
        let start = self.words().get(behind.start.checked_sub(1)?)?.end;
        let between = self.words().tokens().folded().text().get(start..number.start).unwrap_or_default();
        let sign = sign_in(between)?;
        let score = score.map(|score| format!(" {}", score.to_uppercase())).unwrap_or_default();
        let unit = if percent { "%" } else { "" };
        Some((format!("PD-L1{score} {sign} {}{unit}", number.text), if percent { at + 2 } else { at + 1 }))
    }

    /// The alteration that holds for a gene: behind it, shared at the end of its list, or before it ("mutation of").
    fn alteration(&self, index: usize) -> Option<Match> {
        let gene = self.genes.get(index)?;
        let sentence = self.clues.sentence(&gene.words());
        let near = sentence.start.max(gene.start.saturating_sub(BEFORE))..gene.start;
        let before = self.alterations.iter().rfind(|hit| near.contains(&hit.start) && hit.end <= gene.start);
        let joined = before.filter(|hit| matches!(self.words().text(hit.end), "of" | "in"));
        let list_end = self.end_of_list(index);
        let behind = |at: usize| self.alterations.iter().find(move |hit| hit.start == at);
        behind(gene.end).or(joined).or_else(|| behind(list_end)).copied()
    }

    /// Mentions → tags: those of one list together, each list with its stance.
    fn lists(&self, mentions: Vec<Mention>) -> Vec<Found> {
        let mut found: Vec<(Mention, Stance)> = Vec::new();
        for mention in mentions {
            let stance = self.stance(&mention);
            match found.last_mut() {
                Some((last, same)) if *same == stance && self.one_list(last, &mention) => {
                    last.words.end = last.words.end.max(mention.words.end);
                    for of in mention.of {
                        if !last.of.contains(&of) {
                            last.of.push(of);
                        }
                    }
                    last.gene = mention.gene;
                }
                _ => found.push((mention, stance)),
            }
        }
        found
            .into_iter()
            .map(|(mention, stance)| Found {
                topic: "gene".to_owned(),
                of: mention.of,
                stance,
                words: mention.words,
            })
            .collect()
    }

    fn stance(&self, mention: &Mention) -> Stance {
        if mention.tested || mention.only_expressed || self.clues.goes_on(&mention.words, mention.contrary) {
            return Stance::Mentioned;
        }
        self.clues.stance_of_words(mention.words.clone(), mention.contrary)
    }

    fn one_list(&self, last: &Mention, next: &Mention) -> bool {
        let names = &self.vocabulary.gene_names;
        let marker =
            |gene: usize| names.get(gene).is_some_and(|name| name == "PD-L1" || name.starts_with("MSI"));
        next.words.start <= last.words.end + BETWEEN
            && self.clues.sentence(&last.words) == self.clues.sentence(&next.words)
            && last.contrary == next.contrary
            && marker(last.gene) == marker(next.gene)
    }
}

fn number_index(words: &Words<'_>, start: usize) -> usize {
    (0..words.len()).find(|at| words.get(*at).is_some_and(|word| word.start == start)).unwrap_or_default()
}

/// A letter, two to four digits, a letter or more: `l858r`, `g12c`, `v600e`.
fn is_protein_change(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase());
    let rest: Vec<u8> = bytes.collect();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let tail = rest.get(digits..).unwrap_or_default();
    first
        && (2..=4).contains(&digits)
        && (1..=3).contains(&tail.len())
        && tail.iter().all(u8::is_ascii_lowercase)
}

/// The comparison in the words before a number.
fn sign_in(text: &str) -> Option<&'static str> {
    const SIGNS: &[(&str, &str)] = &[
        ("≥", "≥"),
        (">=", "≥"),
        ("=>", "≥"),
        (">/=", "≥"),
        ("at least", "≥"),
        ("greater than or equal", "≥"),
        ("≤", "≤"),
        ("<=", "≤"),
        ("less than", "<"),
        ("greater than", ">"),
        ("more than", ">"),
        (">", ">"),
        ("<", "<"),
    ];
    SIGNS.iter().find(|(words, _)| text.contains(words)).map(|(_, sign)| *sign)
}
