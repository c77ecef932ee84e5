//! Names of treatments: known ones, ones that their ending or their code gives away, and the label's own.

use crate::reading::lexer::{Kind, Tokens, lex};
use crate::reading::lexicon::Lexicon;
use crate::reading::numbers::Found;

use super::vocabulary::{NameKind, Role, Sense, Vocabulary};

/// A name at a token: what kind, where the name itself ends (a salt may follow).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name {
    pub kind: NameKind,
    pub core_end: usize,
    /// Only its code tells it (`ak104`): weaker than a known name.
    pub code: bool,
}

/// Beginnings of codes that name no treatment: receptors, genes, scales, parts of a study.
const NO_CODES: &[&str] = &[
    "cd", "il", "nct", "day", "days", "week", "weeks", "cohort", "arm", "part", "group", "stage", "grade",
    "phase", "visit", "month", "year", "d", "c", "w", "v", "t", "n", "p", "q", "cyp", "her", "auc", "b7-h",
    "h", "covid", "sars-cov", "ctla", "ctl", "pd", "pd-l", "eq", "sf", "phq", "gad", "qlq", "qlq-c", "ecog",
    "icd", "icd-o", "fev", "spf", "cin", "hpv", "hiv", "hla", "hla-a", "hla-drb", "mmp", "tnf", "egfr",
    "kras", "braf", "brca", "pik", "erbb", "exon", "ca", "apo", "fox", "th", "ph", "bl", "gb", "st", "li",
    "ki", "dose", "level", "level-", "tb", "l", "u", "g", "r", "k", "e", "s", "m", "a", "b", "f", "x",
    "step", "group-", "module", "period", "version", "day-", "site", "id", "no", "sp", "bsa", "cap", "mmse",
    "adas", "adas-cog", "moca", "act", "acq", "acr", "das", "pasi", "easi", "scorad", "iga", "hads", "vas",
    "nrs", "who", "ctcae", "recist", "ras", "cox", "vegfr", "fgfr", "pdgfr", "mrna", "mir", "hsp", "snot",
    "hit", "midas", "dlqi", "prex", "ge", "cmv", "hhv", "hbv", "hcv", "bmi", "ldh", "hsa", "psa",
];

/// Finds names in one text.
pub(super) struct Names<'t> {
    pub tokens: &'t Tokens,
    pub raw: &'t str,
    pub vocabulary: &'t Vocabulary,
    /// Phrases of the label that name treatments.
    pub own: &'t Lexicon<NameKind>,
}

impl Names<'_> {
    /// The name that starts at `at`, with what belongs to it.
    ///
    /// A prefix that belongs to the name of a class ("platinum-based chemotherapy") is only a time or a strength before
    /// an agent ("adjuvant X").
    pub(super) fn at(&self, at: usize) -> Option<Found<Name>> {
        let start = self.past_prefixes(at);
        let mut found = self.core(start)?;
        let of_agent = matches!(
            self.tokens.text(at),
            "liposomal"
                | "liposome"
                | "pegylated"
                | "recombinant"
                | "human"
                | "humanized"
                | "albumin"
                | "albumin-bound"
                | "nab"
                | "peg"
                | "nanoparticle"
                | "polymeric"
                | "autologous"
                | "allogeneic"
                | "micronized"
                | "matching"
                | "matched"
                | "sodium"
                | "vitamin"
                | "long-acting"
                | "short-acting"
        );
        if start > at && found.value.kind == NameKind::Agent && !of_agent {
            return None;
        }
        if let Some(found) = self.placebo(at, found) {
            return Some(found);
        }
        // "BTX201/NV12": two codes without a blank are one product.
        while found.value.code
            && self.tokens.text(found.end) == "/"
            && self.tight(found.end)
            && self.tight(found.end + 1)
            && let Some(next) = self.core(found.end + 1).filter(|next| next.value.code)
        {
            found = next;
        }
        // "FOLFOX chemotherapy": the regimen's name.
        if found.value.kind == NameKind::Regimen
            && matches!(self.tokens.text(found.end), "chemotherapy" | "regimen" | "protocol" | "therapy")
        {
            return Some(Found::new(found.value, found.end + 1));
        }
        Some(self.with_suffixes(found))
    }

    fn tight(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    fn past_prefixes(&self, at: usize) -> usize {
        let mut start = at;
        while start < at + 3 {
            match self.vocabulary.sense(self.tokens, start) {
                Some(Found { value: Sense::Role(Role::NamePrefix), end }) => {
                    start = end + usize::from(self.tokens.text(end) == "-");
                }
                _ => break,
            }
        }
        start
    }

    fn core(&self, at: usize) -> Option<Found<Name>> {
        if let Some(own) = self.own.at(self.tokens, at) {
            return Some(own.map(|kind| Name {
                kind,
                core_end: own.end,
                code: self.is_code(at) && own.end == at + 1,
            }));
        }
        let known = self.vocabulary.sense(self.tokens, at);
        if let Some(Found { value: Sense::Name(kind), end }) = known {
            let short = end == at + 1 && (kind == NameKind::Regimen || self.tokens.text(at).len() <= 3);
            let shown = !short || self.capitals(at);
            return shown.then(|| Found::new(Name { kind, core_end: end, code: false }, end));
        }
        if known.is_some() || !matches!(self.tokens.get(at)?.kind, Kind::Word) {
            return None;
        }
        let word = self.tokens.text(at);
        let code = self.is_code(at);
        let named = code || word.rsplit('-').next().is_some_and(|last| self.vocabulary.has_stem(last));
        named.then(|| Found::new(Name { kind: NameKind::Agent, core_end: at + 1, code }, at + 1))
    }

    /// Written in capitals: at least two of them.
    fn capitals(&self, at: usize) -> bool {
        let raw = self.raw.get(self.tokens.raw(at..at + 1)).unwrap_or_default();
        raw.chars().filter(|c| c.is_uppercase()).count() >= 2 || raw.chars().any(|c| c.is_ascii_digit())
    }

    /// A word that no table has and that may be a name: long enough, and no gene or receptor.
    fn may_name(&self, at: usize) -> bool {
        let word = self.tokens.text(at);
        let head = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        let numbered = word.bytes().any(|b| b.is_ascii_digit());
        let ordinary = word.contains('-') && word.split('-').all(|part| self.ordinary(part));
        let shortest = if numbered { 4 } else { 2 };
        let no_code = head.len() < word.len() && NO_CODES.contains(&head);
        word.len() > shortest && !no_code && !ordinary && !is_description(word)
    }

    /// An everyday word or a word of the grammar.
    fn ordinary(&self, word: &str) -> bool {
        let tokens = lex(word);
        let sense = self.vocabulary.sense(&tokens, 0).map(|found| found.value);
        matches!(sense, Some(Sense::Common | Sense::Role(_) | Sense::Frequency(_) | Sense::Route(_)))
    }

    /// Letters and at least two digits, as sponsors number their products: `ak104`, `ty-9591`, `m6223`.
    fn is_code(&self, at: usize) -> bool {
        let word = self.tokens.text(at);
        let letters = word.len() - word.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (head, rest) = word.split_at(letters);
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (digits, tail) = rest.split_at(digits);
        let enough = match letters {
            1 => digits.len() >= 3,
            2..=6 => digits.len() >= 2,
            _ => false,
        };
        let tail = tail.trim_start_matches('-');
        let plain_tail = tail.len() <= 4 || tail.bytes().all(|b| b.is_ascii_digit());
        enough
            && digits.len() <= 8
            && plain_tail
            && (!NO_CODES.contains(&head) || letters == 1 && digits.len() >= 4)
    }

    /// "placebo matching X", "X placebo", "X-matching placebo": the placebo is what is given.
    fn placebo(&self, at: usize, found: Found<Name>) -> Option<Found<Name>> {
        let placebo = |at: usize| matches!(self.tokens.text(at), "placebo" | "placebos");
        if placebo(found.end.checked_sub(1)?) {
            let mut end = found.end;
            let link = matches!(self.tokens.text(end), "matching" | "matched" | "for" | "to" | "of");
            let matching = matches!(self.tokens.text(at), "matching" | "matched");
            if link || matching {
                end += usize::from(link);
                end += usize::from(matches!(self.tokens.text(end), "to" | "for"));
                if let Some(mut drug) = self.core(end) {
                    // "placebo to A/B": to the product.
                    while self.tokens.text(drug.end) == "/"
                        && self.tight(drug.end + 1)
                        && let Some(next) = self.core(drug.end + 1)
                    {
                        drug = next;
                    }
                    return Some(Found::new(Name { core_end: drug.value.core_end, ..found.value }, drug.end));
                }
            }
            return None;
        }
        let mut end = found.end;
        if self.tokens.text(end) == "-" {
            end += 1;
        }
        if matches!(self.tokens.text(end), "matching" | "matched" | "dummy") {
            end += 1;
        }
        (at < end && placebo(end)).then(|| Found::new(Name { core_end: end + 1, ..found.value }, end + 1))
    }

    /// Takes in `alfa-2b`, `vedotin`, `hydrochloride`, `®` behind a name.
    fn with_suffixes(&self, mut found: Found<Name>) -> Found<Name> {
        for _ in 0..4 {
            match self.vocabulary.sense(self.tokens, found.end) {
                Some(Found { value: Sense::Role(Role::NameSuffix), end }) => {
                    found.value.core_end = end;
                    found.end = end;
                }
                Some(Found { value: Sense::Salt, end }) => found.end = end,
                _ if matches!(self.tokens.text(found.end), "®" | "™" | "©") => found.end += 1,
                _ => break,
            }
        }
        found
    }
}

/// A compound that describes something and names nothing: `water-based`, `sugar-free`.
pub(super) fn is_description(word: &str) -> bool {
    const ENDS: &[&str] = &[
        "-based",
        "-containing",
        "-free",
        "-assigned",
        "-dissolved",
        "-related",
        "-guided",
        "-dose",
        "-induced",
    ];
    ENDS.iter().any(|end| word.ends_with(end))
}

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
}

impl Label {
    /// Reads a label.
    pub(super) fn of(label: &str, vocabulary: &Vocabulary) -> Self {
        let tokens = lex(label);
        let nothing = Lexicon::default();
        let names = Names { tokens: &tokens, raw: label, vocabulary, own: &nothing };
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
        let alone = pieces.iter().filter(|piece| !piece.is_empty()).count() == 1;
        let radiation = treatments.iter().all(|(_, kind)| *kind == NameKind::Radiation);
        out.name = match treatments.as_slice() {
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
        out
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

/// The treatment that a piece of a label names: its words up to the first dose or word of the grammar.
fn piece_name(names: &Names<'_>, piece: &[usize]) -> Option<(String, NameKind)> {
    let tokens = names.tokens;
    let mut words: Vec<&str> = Vec::new();
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
            words.extend((at..name.value.core_end).map(|at| tokens.text(at)));
            skip_to = name.end;
            continue;
        }
        match names.vocabulary.sense(tokens, at).map(|found| found.value) {
            None if matches!(tokens.text(at), "every" | "each" | "per" | "day" | "days") => break,
            None if crate::reading::numbers::word_value(tokens.text(at)).is_some() => break,
            None if matches!(tokens.get(at)?.kind, Kind::Word) => {
                telling |= names.may_name(at);
                words.push(tokens.text(at));
            }
            Some(Sense::Common | Sense::Role(Role::NamePrefix | Role::NameSuffix)) => {
                words.push(tokens.text(at))
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
    let part = words.iter().any(|word| {
        matches!(
            *word,
            "group"
                | "groups"
                | "arm"
                | "arms"
                | "cohort"
                | "stage"
                | "phase"
                | "patients"
                | "participants"
                | "subjects"
                | "control"
                | "controls"
                | "app"
                | "application"
                | "program"
                | "programme"
                | "software"
                | "training"
                | "exercise"
                | "exercises"
                | "intervention"
                | "education"
                | "coaching"
                | "questionnaire"
                | "technique"
                | "examination"
                | "test"
                | "sampling"
                | "survey"
                | "counseling"
                | "visit"
                | "monitoring"
                | "collection"
                | "discectomy"
                | "discectomies"
                | "diskectomy"
                | "surgery"
                | "fixation"
                | "laser"
                | "block"
                | "testing"
                | "challenge"
                | "provocation"
                | "catheter"
                | "electrocardiogram"
                | "stimulator"
                | "neurostimulator"
                | "device"
                | "system"
                | "gloves"
                | "headband"
                | "ultrasound"
                | "cpap"
                | "mask"
                | "scan"
                | "imaging"
                | "pet"
                | "rhinitis"
                | "asthma"
                | "infiltration"
                | "embolization"
                | "tracker"
                | "teletherapy"
                | "registration"
                | "questionnaires"
                | "diary"
                | "coach"
                | "counselling"
                | "women"
                | "men"
                | "children"
                | "adults"
        )
    });
    let named = telling && !words.is_empty() && !((part || group) && kind == NameKind::Agent && !known);
    named.then(|| (words.join(" "), kind))
}

/// The label in lower case without what stands in brackets, its dose and the group's rank ("full dose").
fn whole_name(tokens: &Tokens, vocabulary: &Vocabulary) -> String {
    const RANKS: &[&str] = &[
        "full",
        "low",
        "high",
        "medium",
        "intermediate",
        "dose",
        "doses",
        "group",
        "arm",
        "regimen",
        "cohort",
        "level",
        "monotherapy",
    ];
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
    let rank = |word: Option<&&str>| word.is_some_and(|word| RANKS.contains(word));
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
