//! What an arm's or an intervention's label names: the treatment of a text that names none, and names that the text may
//! use without a dose beside them.

use crate::reading::lexer::{Kind, Tokens, lex};
use crate::reading::lexicon::Lexicon;

use super::names::Names;
use super::vocabulary::{NameKind, Role, Sense, Vocabulary};
use super::word_classes::{Classes, Source, WordClass};

/// What a label names: the phrases that name treatments in a text under it, and the one name to use where that text
/// names none.
#[derive(Debug, Default)]
pub(super) struct Label {
    /// Phrases that name treatments.
    pub own: Lexicon<NameKind>,
    /// The label as a treatment's name, where it names exactly one.
    pub name: Option<(String, NameKind)>,
    /// The one treatment in it, as a text would name it.
    pub only: Option<String>,
    /// All treatments in it, for a text that only speaks of "both drugs".
    pub all: Vec<(String, NameKind)>,
}

impl Label {
    /// Reads a label.
    pub(super) fn of(label: &str, vocabulary: &Vocabulary) -> Self {
        let tokens = lex(label);
        let nothing = Lexicon::default();
        let source = Source { tokens: &tokens, vocabulary, classes: &Classes::of(&tokens, vocabulary) };
        let names = Names::new(source, label, &nothing);
        let mut out = Self::default();
        let mut treatments: Vec<(String, NameKind)> = Vec::new();
        let pieces = pieces(&tokens);
        for piece in &pieces {
            if let Some((name, kind)) = piece_name(&names, piece) {
                if name.split(' ').count() <= 5 {
                    out.own.add(&name, kind);
                }
                treatments.push((name, kind));
            }
        }
        for piece in bracketed(&tokens) {
            // An acronym without digits may be a procedure.
            let written = |at: usize| label.get(tokens.raw(at..at + 1)).unwrap_or_default();
            let acronym = piece.first().is_some_and(|at| written(*at).chars().all(char::is_uppercase));
            if let Some((name, kind)) = piece_name(&names, &piece)
                && name.split(' ').count() <= 3
                && !acronym
            {
                out.own.add(&name, kind);
            }
        }
        for (short, kind) in short_names(&names) {
            out.own.add(short, kind);
        }
        let alone = pieces.iter().filter(|piece| !piece.is_empty()).count() == 1;
        let radiation = treatments.iter().all(|(_, kind)| *kind == NameKind::Radiation);
        out.name = match treatments.as_slice() {
            [_] if of_people(&tokens) => None,
            [(_, kind)] if alone => {
                Some((whole_name(&tokens, vocabulary), *kind)).filter(|(name, _)| !name.is_empty())
            }
            [one] => Some(one.clone()),
            [first, ..] if radiation => Some(first.clone()),
            _ => None,
        };
        out.only = match treatments.as_slice() {
            [(name, _)] => Some(name.clone()),
            _ => None,
        };
        out.all = treatments;
        out
    }

    /// Whether everyday words of a label say that something is applied or taken: "moisturizing cream", "eye drops".
    pub(super) fn is_product(label: &str, vocabulary: &Vocabulary) -> bool {
        let tokens = lex(label);
        (0..tokens.len()).any(|at| {
            let form = matches!(
                vocabulary.sense(&tokens, at).map(|found| found.value),
                Some(Sense::Role(Role::Form))
            );
            form || [WordClass::ProductHead, WordClass::ProductWeakHead]
                .iter()
                .any(|part| vocabulary.classes(&tokens, at).has(*part))
        })
    }

    /// All of a label as a name, for a text that tells a dose and names nothing; `None` for what is done to people.
    pub(super) fn whole(label: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let tokens = lex(label);
        let done = (0..tokens.len()).any(|at| {
            let word = tokens.text(at);
            matches!(
                vocabulary.sense(&tokens, at).map(|found| found.value),
                Some(Sense::Role(Role::Observe | Role::Program | Role::Negation))
            ) || vocabulary.is(word, WordClass::LabelDone)
        });
        let name = whole_name(&tokens, vocabulary);
        // "Arm B", "Cohort 2": only which.
        let told = name.split_whitespace().any(|word| {
            word.len() > 2
                && word.chars().any(char::is_alphabetic)
                && !is_group(word)
                && !vocabulary.is(word.trim_end_matches([',', ':', '.']), WordClass::LabelWhich)
        });
        (told && !done).then(|| Self { name: Some((name, NameKind::Agent)), ..Self::default() })
    }
}

/// The label cut at what joins treatments, brackets left out.
fn pieces(tokens: &Tokens) -> Vec<Vec<usize>> {
    let mut pieces = vec![Vec::new()];
    let mut depth = 0_usize;
    for at in 0..tokens.len().min(80) {
        match tokens.text(at) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            // "gpX+TM": part of a name.
            "+" if tight(tokens, at) && tokens.is(at + 1, "tm") => {
                pieces.last_mut().into_iter().for_each(|piece| piece.push(at));
            }
            "+" | "and" | "&" | "," | ";" | "plus" | "with" | "or" | "/" | ":" | "combined" | "followed"
            | "then" | "vs" | "versus" => {
                pieces.push(Vec::new());
            }
            _ => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(at);
                }
            }
        }
    }
    pieces
}

/// "Patients who underwent X": whose the label is.
fn of_people(tokens: &Tokens) -> bool {
    (1..tokens.len().min(8)).any(|at| tokens.is(at, "who"))
}

/// Written together with what stands before and behind it.
fn tight(tokens: &Tokens, at: usize) -> bool {
    [at, at + 1].iter().all(|at| tokens.get(*at).is_some_and(|token| !token.spaced))
}

/// What stands in a list in brackets: "Treatment (A, B)". One thing alone in brackets says more about what is before it.
fn bracketed(tokens: &Tokens) -> Vec<Vec<usize>> {
    let end = tokens.len().min(80);
    let open = (0..end).find(|at| matches!(tokens.text(*at), "(" | "["));
    let Some(open) = open else { return Vec::new() };
    let mut pieces = vec![Vec::new()];
    for at in open + 1..end {
        match tokens.text(at) {
            ")" | "]" => break,
            "," | "and" | "+" | "/" | ";" => pieces.push(Vec::new()),
            _ => pieces.last_mut().into_iter().for_each(|piece| piece.push(at)),
        }
    }
    if pieces.len() > 1 { pieces } else { Vec::new() }
}

/// `ruxolitinib phosphate (Rux)`: a short name right behind a treatment's own.
fn short_names<'n>(names: &'n Names<'_>) -> Vec<(&'n str, NameKind)> {
    const BACK: usize = 5;
    const LONGEST: usize = 6;
    let tokens = names.tokens;
    let mut all = Vec::new();
    for open in 1..tokens.len().min(80) {
        let short = tokens.text(open + 1);
        let one = tokens.is(open, "(")
            && tokens.is(open + 2, ")")
            && tokens.get(open + 1).is_some_and(|token| token.kind == Kind::Word)
            && (2..=LONGEST).contains(&short.len())
            && names.vocabulary.sense(tokens, open + 1).is_none()
            && super::timing::frequency(tokens, open + 1).is_none();
        let behind = |at: usize| names.at(at).filter(|name| name.end == open);
        if let Some(name) = (open.saturating_sub(BACK)..open).find_map(behind).filter(|_| one) {
            all.push((short, name.value.kind));
        }
    }
    all
}

/// The treatment that a piece of a label names: its words up to the first dose or word of the grammar.
fn piece_name(names: &Names<'_>, piece: &[usize]) -> Option<(String, NameKind)> {
    let tokens = names.tokens;
    let mut words: Vec<(&str, bool)> = Vec::new();
    // A word, and whether it stands right behind a number: "3D-CRT" has no blank in it.
    let word = |at: usize| {
        let number = at > 0 && tokens.number(at - 1).is_some();
        (tokens.text(at), number && tokens.get(at).is_some_and(|token| !token.spaced))
    };
    let mut kind = NameKind::Agent;
    let mut telling = false;
    let mut known = false;
    let mut skip_to = 0;
    let mut group = false;
    for &at in piece {
        if at < skip_to {
            continue;
        }
        if names.vocabulary.units().quantity(tokens, at).is_some() {
            break;
        }
        if let Some(name) = names.at(at) {
            if !telling {
                words.clear();
                kind = name.value.kind;
            }
            telling = true;
            known = true;
            words.extend((at..name.value.core_end).map(word));
            skip_to = name.end;
            continue;
        }
        // "X should be infused".
        if !words.is_empty() && names.vocabulary.is(tokens.text(at), WordClass::Auxiliaries) {
            break;
        }
        match names.vocabulary.sense(tokens, at).map(|found| found.value) {
            None if matches!(tokens.text(at), "every" | "each" | "per" | "day" | "days") => break,
            None if crate::reading::numbers::word_value(tokens.text(at)).is_some() => break,
            None if matches!(tokens.get(at)?.kind, Kind::Word) => {
                telling |= names.may_name(at);
                words.push(word(at));
            }
            Some(Sense::Common | Sense::Role(Role::NamePrefix | Role::NameSuffix)) => {
                words.push(word(at));
            }
            None if matches!(tokens.text(at), "-" | "." | "®" | "™") => {}
            None => break,
            Some(_) if words.is_empty() => {}
            Some(_) => {
                // "Intercalation arm": the word before only says which.
                group = matches!(
                    tokens.text(at),
                    "arm" | "arms" | "group" | "groups" | "cohort" | "phase" | "stage"
                );
                break;
            }
        }
    }
    // "Control group", "Arm B": whose words they are, not what is given.
    let part =
        words.iter().any(|(word, _)| names.vocabulary.is(word, WordClass::LabelOthers) || is_group(word));
    let named = telling && !words.is_empty() && !((part || group) && kind == NameKind::Agent && !known);
    named.then(|| (joined(&words), kind))
}

/// A group, in Chinese: `试验组`.
fn is_group(word: &str) -> bool {
    word.ends_with('组')
}

/// Words with a blank between, but where one is glued to the one before it.
fn joined(words: &[(&str, bool)]) -> String {
    let mut out = String::new();
    for (word, glued) in words {
        if !out.is_empty() && !glued {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The label in lower case without what stands in brackets, its dose and the group's rank ("full dose").
fn whole_name(tokens: &Tokens, vocabulary: &Vocabulary) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let dose = (1..tokens.len()).find(|at| {
        let amount = vocabulary.units().quantity(tokens, *at);
        amount.is_some_and(|found| found.value.unit.name != "%")
    });
    for at in 0..dose.unwrap_or(tokens.len()) {
        let text = tokens.text(at);
        match text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            "\n" | "®" | "™" => out.push(' '),
            _ => {
                if tokens.get(at).is_some_and(|token| token.spaced) && !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(text);
            }
        }
    }
    let mut words: Vec<&str> = out.split_whitespace().collect();
    let rank = |word: Option<&&str>| word.is_some_and(|word| vocabulary.is(word, WordClass::LabelRanks));
    while words.len() > 1 {
        let numbered = words.len() > 2
            && words.last().is_some_and(|word| word.len() <= 2)
            && rank(words.len().checked_sub(2).and_then(|before| words.get(before)));
        if !numbered && !rank(words.last()) {
            break;
        }
        words.pop();
    }
    words.join(" ").trim_end_matches([':', ',', '.', '-']).trim_end().to_owned()
}

/// How much of the label's name a text's own heading says: "Alcohol: 0.3 g/kg" under "alcohol priming dose".
pub(super) fn headed(tokens: &Tokens, name: &str) -> usize {
    const FAR: usize = 5;
    let colon = (1..FAR).find(|at| tokens.is(*at, ":"));
    let heading = colon.map_or("", |colon| tokens.slice(0..colon));
    let shorter = name.strip_prefix(heading).is_some_and(|rest| rest.starts_with(' '));
    if !heading.is_empty() && shorter { heading.len() } else { name.len() }
}
