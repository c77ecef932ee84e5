//! Headings that part the patients: "Solid tumor inclusion criteria:" beside "Lymphoma inclusion criteria:".
//!
//! One such heading says nothing; two of one section are of one kind of patient each, and so are their limits.

use std::collections::HashSet;

use crate::protocol::{Criterion, CriterionRole, Section};

/// Words of a section's heading that name no group.
const PLAIN: &[&str] = &[
    "inclusion",
    "exclusion",
    "criteria",
    "criterion",
    "eligibility",
    "key",
    "main",
    "major",
    "general",
    "core",
    "the",
    "for",
    "of",
    "in",
    "to",
    "a",
    "and",
    "or",
    "are",
    "as",
    "all",
    "follows",
    "following",
    "must",
    "be",
    "this",
    "study",
    "trial",
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "who",
    "with",
    "will",
];

/// Words of headings that part the study's course, not its patients.
const COURSE: &[&str] = &[
    "phase",
    "screening",
    "randomization",
    "randomisation",
    "randomized",
    "visit",
    "baseline",
    "enrollment",
    "enrolment",
    "registration",
    "step",
    "run",
    "treatment",
    "laboratory",
    "additional",
    "other",
    "medical",
    "related",
    "history",
    "entry",
    "initial",
    "continued",
    "if",
    "any",
    "not",
    "no",
];

/// The sections that headings part into groups.
#[derive(Debug, Default)]
pub(super) struct Groups {
    parted: Vec<Section>,
}

impl Groups {
    /// Looks at all headings of a text.
    pub(super) fn of<T>(items: &[(Criterion, T)]) -> Self {
        // A heading for each section parts nobody.
        let of = |section| move |(c, _): &&(Criterion, T)| section_headed(c) == Some(section);
        let several = |section| items.iter().filter(of(section)).nth(1).is_some();
        if !several(Section::Inclusion) && !several(Section::Exclusion) {
            return Self::default();
        }
        let titles: Vec<(Section, String)> = items.iter().filter_map(|(c, _)| titled(c)).collect();
        let parted = [Section::Inclusion, Section::Exclusion].into_iter().filter(|section| {
            let of = titles.iter().filter(|(of, _)| of == section);
            of.map(|(_, title)| title).collect::<HashSet<_>>().len() > 1
        });
        Self { parted: parted.collect() }
    }

    /// Whether this heading is of some of the patients.
    pub(super) fn holds(&self, heading: &Criterion) -> bool {
        !self.parted.is_empty() && titled(heading).is_some_and(|(section, _)| self.parted.contains(&section))
    }
}

/// The section that a heading stands in; an item has none.
fn section_headed(heading: &Criterion) -> Option<Section> {
    heading.section.filter(|_| heading.role == CriterionRole::Heading)
}

/// A section's heading with words of a group: which section, which words.
fn titled(heading: &Criterion) -> Option<(Section, String)> {
    let section = section_headed(heading)?;
    let text = heading.text.to_lowercase();
    let everybody = text.split_whitespace().any(|word| word == "all");
    if !text.contains("clusion") || text.len() > 120 || everybody {
        return None;
    }
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !PLAIN.contains(word))
        .collect();
    let course = words.iter().any(|word| COURSE.contains(word));
    (!words.is_empty() && !course).then(|| (section, words.join(" ")))
}

/// A heading that names its section and nothing else: "Inclusion criteria:".
pub(super) fn names_a_section(heading: &Criterion) -> bool {
    if heading.role != CriterionRole::Heading {
        return false;
    }
    let text = heading.text.to_lowercase();
    text.contains("clusion")
        && text.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || PLAIN.contains(&word))
}
