//! The standards an outcome names, with their versions, and who assesses it.

use crate::protocol::Span;
use crate::reading::phrases::{Match, Words};

use super::Text;
use super::vocabulary::{EndpointVocabulary, Version};

/// How many words may stand between a standard's name and its version ("(RECIST) criteria, version 1.1").
const VERSION_WITHIN: usize = 6;

/// Words that may stand between a standard's name and its version.
const BETWEEN: &[&str] = &[
    "v",
    "ver",
    "vers",
    "version",
    "criteria",
    "criterion",
    "guideline",
    "guidelines",
    "recist",
    "ctcae",
    "nci",
    "the",
    "scale",
    "standard",
    "grading",
    "toxicity",
    "questionnaire",
    "classification",
    "response",
    "lugano",
    "cheson",
    "revised",
    "for",
    "assessment",
    "lymphoma",
];

/// The modules of a questionnaire that are written out.
const NAMED_MODULES: &[(&str, &str)] = &[
    ("general", "G"),
    ("breast", "B"),
    ("lung", "L"),
    ("gastric", "Ga"),
    ("colorectal", "C"),
    ("prostate", "P"),
    ("ovarian", "O"),
    ("lymphoma", "Lym"),
    ("leukemia", "Leu"),
    ("brain", "Br"),
    ("melanoma", "M"),
    ("esophageal", "E"),
    ("hepatobiliary", "Hep"),
];

/// Standards in the order of the text, the measure's first; each once, with its version if one is stated anywhere.
pub(super) fn standards(vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> Vec<(String, Span)> {
    let mut found: Vec<Found> = Vec::new();
    for text in texts {
        for hit in vocabulary.standards.find(&text.numbered) {
            let Some(standard) = vocabulary.named.get(hit.payload) else { continue };
            if let Some(read) = Found::read(&standard.name, standard.version, text, hit) {
                read.merge(&mut found);
            }
        }
    }
    found.into_iter().map(|found| (found.printed(), found.span)).collect()
}

/// Who assesses: what the measure says, or else the description.
pub(super) fn assessor(vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> Option<(String, Span)> {
    texts.iter().find_map(|text| {
        vocabulary.assessors.find(&text.numbered).into_iter().find_map(|hit| {
            let who = vocabulary.assessor_names.get(hit.payload).filter(|who| !who.is_empty())?;
            Some((who.clone(), text.span(hit.words())))
        })
    })
}

/// A standard as one place of the text names it.
struct Found {
    name: String,
    version: Option<String>,
    /// What stands between name and version when printed.
    joint: &'static str,
    span: Span,
}

impl Found {
    fn read(name: &str, kind: Version, text: &Text<'_>, hit: Match) -> Option<Self> {
        let found = |name: &str, version: Option<(String, usize)>, joint| {
            let end = version.as_ref().map_or(hit.end, |(_, end)| *end);
            Some(Self {
                name: name.to_owned(),
                version: version.map(|(version, _)| version),
                joint,
                span: text.span(hit.start..end),
            })
        };
        match kind {
            Version::None => found(name, None, " "),
            Version::Number => match (number_behind(text, hit, is_version), number_ahead(text, hit)) {
                (None, Some((version, start))) => {
                    let span = text.span(start..hit.end);
                    Some(Self { name: name.to_owned(), version: Some(version), joint: " ", span })
                }
                (behind, _) => found(name, behind, " "),
            },
            Version::Year => match year_before(text.words, hit) {
                Some(year) => {
                    let span = text.span(hit.start - 1..hit.end);
                    Some(Self { name: name.to_owned(), version: Some(year), joint: " ", span })
                }
                None => found(name, number_behind(text, hit, is_year), " "),
            },
            Version::Joined => found(name, joined(text, hit), ""),
            Version::Levels => found(name, levels(text.words, hit), "-"),
            Version::Module => {
                // "EORTC QLQ head and neck module": a module of the QLQ has a number.
                let numbered = |module: &str| {
                    !name.starts_with("EORTC") || module.contains(|c: char| c.is_ascii_digit())
                };
                let Some((module, end)) = module(text, hit).filter(|(module, _)| numbered(module)) else {
                    return whole_questionnaire(name, text, hit)
                        .and_then(|version| found(name, version, " "));
                };
                let version = number_behind(text, Match { end, ..hit }, is_version);
                found(&format!("{name}-{module}"), version.or(Some((String::new(), end))), " ")
            }
            Version::Named => {
                let (module, end) = named_module(text.words, hit)?;
                found(&format!("{name}-{module}"), Some((String::new(), end)), " ")
            }
        }
    }

    fn printed(&self) -> String {
        match self.version.as_deref().filter(|version| !version.is_empty()) {
            Some(version) => format!("{}{}{version}", self.name, self.joint),
            None => self.name.clone(),
        }
    }

    fn has_version(&self) -> bool {
        self.version.as_deref().is_some_and(|version| !version.is_empty())
    }

    /// Keeps a standard once; a place that states the version is better than one that does not.
    fn merge(self, found: &mut Vec<Self>) {
        match found.iter_mut().find(|known| known.name == self.name && known.compatible(&self)) {
            Some(known) if !known.has_version() && self.has_version() => *known = self,
            Some(_) => {}
            None => found.push(self),
        }
    }

    fn compatible(&self, other: &Self) -> bool {
        !self.has_version() || !other.has_version() || self.version == other.version
    }
}

/// "version 5.0 of the NCI-CTCAE": the version, and where its words begin.
fn number_ahead(text: &Text<'_>, hit: Match) -> Option<(String, usize)> {
    let words = text.words;
    let mut at = hit.start.checked_sub(1)?;
    for _ in 0..VERSION_WITHIN {
        let word = words.get(at)?;
        let said = at > 0 && matches!(words.text(at - 1), "version" | "v" | "edition");
        if word.number && said && is_version(word.text) {
            return Some((word.text.to_owned(), at - 1));
        }
        if !matches!(word.text, "of" | "the" | "nci" | "national" | "cancer" | "institute" | "s") {
            return None;
        }
        at = at.checked_sub(1)?;
    }
    None
}

/// A number behind the name, with nothing but version words between. A number glued to the name counts too.
fn number_behind(text: &Text<'_>, hit: Match, fits: fn(&str) -> bool) -> Option<(String, usize)> {
    let words = text.words;
    let last = words.get(hit.end.checked_sub(1)?)?;
    // "RECIST1.1", "CTCAEv5.0": the digits behind the letters, with what follows the point.
    let letters = last.text.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() < last.text.len() && matches!(letters, "recist" | "recistv" | "ctcaev" | "ctcae") {
        let mut version = last.text.get(letters.len()..).unwrap_or_default().to_owned();
        let mut end = hit.end;
        if let Some(next) = words.get(hit.end).filter(|next| next.number && next.start == last.end + 1) {
            version = format!("{version}.{}", next.text);
            end += 1;
        }
        return Some((version, end));
    }
    for at in hit.end..hit.end + VERSION_WITHIN {
        let word = words.get(at)?;
        if word.number && fits(word.text) {
            return Some((word.text.to_owned(), at + 1));
        }
        if let Some(version) = version_word(text, at) {
            return Some(version).filter(|(version, _)| fits(version));
        }
        if !BETWEEN.contains(&word.text) {
            return None;
        }
    }
    None
}

/// `v5.0`, `v4.03`, `version5`: a word of `v` and digits, with what follows the point.
fn version_word(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    let word = text.words.get(at)?;
    let digits = ["version", "vers", "ver", "v"].iter().find_map(|v| word.text.strip_prefix(v))?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.words.get(at + 1).filter(|next| next.number && next.start == word.end + 1) {
        Some(next) if !next.text.contains('.') => Some((format!("{digits}.{}", next.text), at + 2)),
        _ => Some((digits.to_owned(), at + 1)),
    }
}

/// A version number is small: a grade behind the name ("CTCAE grade 3") is told apart by its word.
fn is_version(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|version| (1.0..10.0).contains(&version))
}

/// "the 2014 Lugano criteria".
fn year_before(words: &Words<'_>, hit: Match) -> Option<String> {
    let year = words.get(hit.start.checked_sub(1)?)?;
    is_year(year.text).then(|| year.text.to_owned())
}

fn is_year(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year))
}

/// `PCWG3`, `PCWG-3`, "Prostate Cancer Working Group 3".
fn joined(text: &Text<'_>, hit: Match) -> Option<(String, usize)> {
    let last = text.words.get(hit.end.checked_sub(1)?)?;
    let letters = last.text.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() < last.text.len() {
        return Some((last.text.get(letters.len()..)?.to_owned(), hit.end));
    }
    number_behind(text, hit, |version| matches!(version, "1" | "2" | "3"))
}

/// "FACT questionnaire (Version 4.0)": the questionnaire without a module. The word alone may be any fact.
fn whole_questionnaire(name: &str, text: &Text<'_>, hit: Match) -> Option<Option<(String, usize)>> {
    let capitals = text.raw.get(text.words.raw(hit.words())).is_some_and(|raw| raw == name);
    let instrument =
        matches!(text.words.text(hit.end), "questionnaire" | "scale" | "score" | "instrument" | "version");
    (capitals && instrument && name == "FACT").then(|| number_behind(text, hit, is_version))
}

/// `5L`, `3L`, `Y` behind `EQ-5D`.
fn levels(words: &Words<'_>, hit: Match) -> Option<(String, usize)> {
    let (first, second) = (words.get(hit.end)?, words.get(hit.end + 1));
    match (first.text, second.map(|word| word.text)) {
        ("5l" | "3l" | "y", _) => Some((first.text.to_uppercase(), hit.end + 1)),
        ("5" | "3", Some("l" | "level" | "levels")) => Some((format!("{}L", first.text), hit.end + 2)),
        ("five", Some("level" | "levels")) => Some(("5L".to_owned(), hit.end + 2)),
        ("three", Some("level" | "levels")) => Some(("3L".to_owned(), hit.end + 2)),
        _ => None,
    }
}

/// The module behind `QLQ` or `FACT`, as the text writes it: `C30`, `LC13`, `G`, `Ga`.
fn module(text: &Text<'_>, hit: Match) -> Option<(String, usize)> {
    // "Questionnaire Core 30", "Questionnaire-Core 30" is C30 written out.
    let mut hit = hit;
    if text.words.text(hit.end) == "core" {
        hit.end += 1;
        if text.words.text(hit.end) == "30" {
            return Some(("C30".to_owned(), hit.end + 1));
        }
    }
    let word = text.words.get(hit.end)?;
    let name = hit.end.checked_sub(1).and_then(|last| text.words.get(last))?;
    let joined = word.start <= name.end + 1;
    let raw = text.raw.get(text.words.raw(hit.end..hit.end + 1)).unwrap_or_default();
    let first_upper = raw.chars().next().is_some_and(char::is_uppercase);
    let has_digit = raw.chars().any(|c| c.is_ascii_digit());
    if !(first_upper && raw.len() <= 6 && (joined || has_digit)) {
        return None;
    }
    // "QLQ-H&N35"
    if !has_digit && let Some(next) = text.words.get(hit.end + 1) {
        let between = text.words.get(hit.end).map(|word| word.end..next.start);
        let between = between.map(|range| text.words.tokens().folded().raw(range));
        if between.and_then(|range| text.raw.get(range)) == Some("&")
            && next.text.contains(|c: char| c.is_ascii_digit())
        {
            let next = text.raw.get(text.words.raw(hit.end + 1..hit.end + 2)).unwrap_or_default();
            return Some((format!("{raw}&{next}"), hit.end + 2));
        }
    }
    // "QLQ-C 30", "QLQ C-30".
    if !has_digit
        && let Some(next) =
            text.words.get(hit.end + 1).filter(|next| next.number && next.start <= word.end + 1)
    {
        return Some((format!("{raw}{}", next.text), hit.end + 2));
    }
    Some((raw.to_owned(), hit.end + 1))
}

/// "… of Cancer Therapy - Breast".
fn named_module(words: &Words<'_>, hit: Match) -> Option<(String, usize)> {
    let word = words.get(hit.end)?;
    let (_, module) = NAMED_MODULES.iter().find(|(name, _)| *name == word.text)?;
    Some(((*module).to_owned(), hit.end + 1))
}
