//! Names of treatments: known ones, and ones that their ending or their code gives away.

use std::cell::Cell;

use crate::reading::lexer::{Kind, Tokens, lex};
use crate::reading::lexicon::Lexicon;
use crate::reading::numbers::Found;

use super::vocabulary::{NameKind, Role, Sense, Vocabulary};
use super::word_classes::{Classes, Source, WordClass, WordClasses};

/// A name at a token: what kind, where the name itself ends (a salt may follow).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name {
    pub kind: NameKind,
    pub core_end: usize,
    /// Only its code tells it (`ak104`): weaker than a known name.
    pub code: bool,
}

/// Isotopes that medicines are labelled with, by mass and symbol.
const ISOTOPES: &[(&str, &str)] = &[
    ("177", "lu"),
    ("131", "i"),
    ("124", "i"),
    ("123", "i"),
    ("125", "i"),
    ("90", "y"),
    ("89", "zr"),
    ("68", "ga"),
    ("67", "ga"),
    ("64", "cu"),
    ("67", "cu"),
    ("61", "cu"),
    ("111", "in"),
    ("225", "ac"),
    ("212", "pb"),
    ("203", "pb"),
    ("213", "bi"),
    ("211", "at"),
    ("227", "th"),
    ("223", "ra"),
    ("161", "tb"),
    ("188", "re"),
    ("186", "re"),
    ("153", "sm"),
    ("166", "ho"),
    ("18", "f"),
    ("11", "c"),
    ("44", "sc"),
    ("99m", "tc"),
];

/// Finds names in one text.
pub(super) struct Names<'t> {
    pub tokens: &'t Tokens,
    pub raw: &'t str,
    pub vocabulary: &'t Vocabulary,
    classes: &'t Classes,
    /// Phrases of the label that name treatments.
    pub own: &'t Lexicon<NameKind>,
    /// The token that was looked up last, and what it means: each is asked for several times in a row.
    last: Cell<Option<(usize, Option<Found<Sense>>)>>,
}

impl<'t> Names<'t> {
    /// Names in `raw`, which the source was cut from.
    pub(super) fn new(source: Source<'t>, raw: &'t str, own: &'t Lexicon<NameKind>) -> Self {
        let Source { tokens, vocabulary, classes } = source;
        Self { tokens, raw, vocabulary, classes, own, last: Cell::new(None) }
    }

    /// What the vocabulary knows at `at`.
    pub(super) fn sense(&self, at: usize) -> Option<Found<Sense>> {
        if let Some((_, known)) = self.last.get().filter(|(last, _)| *last == at) {
            return known;
        }
        let found = self.vocabulary.sense(self.tokens, at);
        self.last.set(Some((at, found)));
        found
    }

    /// What the word at `at` is known for.
    pub(super) fn classes(&self, at: usize) -> WordClasses {
        self.classes.at(at)
    }

    /// The name that starts at `at`, with what belongs to it.
    ///
    /// A prefix that belongs to the name of a class ("platinum-based chemotherapy") is only a time or a strength before
    /// an agent ("adjuvant X").
    pub(super) fn at(&self, at: usize) -> Option<Found<Name>> {
        if let Some(found) = self.aimed(at) {
            return Some(found);
        }
        if let Some(found) = self.filled(at).or_else(|| self.vehicle_for(at)) {
            return Some(found);
        }
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
                | "sodium"
                | "vitamin"
                | "long-acting"
                | "short-acting"
        );
        let matching = matches!(self.tokens.text(at), "matching" | "matched") && self.is_placebo(start);
        if start > at && found.value.kind == NameKind::Agent && !of_agent && !matching {
            return None;
        }
        if let Some(found) = self.placebo(at, found) {
            return Some(found);
        }
        // "BTX201/NV12": two codes without a blank are one product.
        while found.value.code
            && self.tokens.is(found.end, "/")
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
        Some(self.with_vehicle(self.with_suffixes(found)))
    }

    /// `anti-B7-H3 autologous CAR-T cells`, `CD19-directed CAR-T cells`: what the cells are aimed at belongs to the name.
    fn aimed(&self, at: usize) -> Option<Found<Name>> {
        const ENDS: &[&str] = &["-specific", "-directed", "-targeted", "-targeting"];
        if !self.tokens.get(at)?.joined {
            return None;
        }
        let word = self.tokens.text(at);
        let aims = word.starts_with("anti-") || ENDS.iter().any(|end| word.ends_with(end));
        if !aims || self.own.at(self.tokens, at).is_some() {
            return None;
        }
        let start = self.past_prefixes(at + 1);
        let found = self.core(start)?;
        let cells = self.tokens.slice(start..found.value.core_end);
        (cells.contains("car") || cells.contains("cell")).then_some(found)
    }

    /// `IgM-enriched immunoglobulin`, `drug-eluting beads`: what it holds belongs to the name.
    fn filled(&self, at: usize) -> Option<Found<Name>> {
        const ENDS: &[&str] =
            &["-enriched", "-loaded", "-pulsed", "-coated", "-conjugated", "-eluting", "-fortified"];
        if !self.tokens.get(at)?.joined {
            return None;
        }
        let word = self.tokens.text(at);
        let fills = ENDS.iter().any(|end| word.ends_with(end));
        fills.then(|| self.core(at + 1))?
    }

    pub(super) fn tight(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    fn past_prefixes(&self, at: usize) -> usize {
        let mut start = at;
        while start < at + 3 {
            match self.sense(start) {
                Some(Found { value: Sense::Role(Role::NamePrefix), end }) => {
                    start = end + usize::from(self.tokens.is(end, "-"));
                }
                _ => break,
            }
        }
        start
    }

    /// `131I-omburtamab`, `[177Lu]Lu-PSMA`: the isotope that a name begins with.
    pub(super) fn radiolabelled(&self, at: usize) -> Option<Found<Name>> {
        let bracket = usize::from(self.tokens.is(at, "["));
        let mass = at + bracket;
        self.tokens.number(mass)?;
        self.tokens.get(mass + 1).filter(|word| !word.spaced && word.kind == Kind::Word)?;
        let text = self.tokens.text(mass + 1);
        let (symbol, rest) = text.split_once('-').unwrap_or((text, ""));
        let isotope = ISOTOPES.contains(&(self.tokens.text(mass), symbol));
        let mut end = mass + 2;
        if bracket == 1 {
            let closed = self.tokens.is(end, "]") && self.tight(end) && self.tight(end + 1);
            let named = self.tokens.get(end + 1).is_some_and(|word| word.kind == Kind::Word);
            if !(closed && named) {
                return None;
            }
            end += 2;
        }
        let whole = bracket == 1 || !rest.is_empty();
        // "PSMA-617": the number of the compound.
        if self.tokens.is(end, "-")
            && self.tight(end)
            && self.tight(end + 1)
            && self.tokens.number(end + 1).is_some()
        {
            end += 2;
        }
        (isotope && whole)
            .then(|| Found::new(Name { kind: NameKind::Agent, core_end: end, code: false }, end))
    }

    /// `BI 764532`, `MK 3475`: a sponsor's letters and a number, with a blank between. Letters that no sponsor is known by
    /// need a longer number that is no year.
    fn spaced_code(&self, at: usize) -> Option<usize> {
        // Few words have a number behind them: that is asked first.
        self.tokens.number(at + 1)?;
        let digits = self.tokens.text(at + 1);
        let spaced = self.tokens.get(at + 1).is_some_and(|number| number.spaced);
        let number = (3..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        // "Debio 0123": no dose begins with a nought.
        let word = self.raw.get(self.tokens.raw(at..at + 1)).unwrap_or_default();
        let nought = digits.starts_with('0')
            && word.len() > 2
            && word.starts_with(|c: char| c.is_uppercase())
            && self.sense(at).is_none();
        if !(spaced && number && (nought || self.capitals(at))) {
            return None;
        }
        if !nought && !self.classes(at).has(WordClass::Sponsors) && !self.is_sponsor_like(at, digits) {
            return None;
        }
        let dose = self.vocabulary.units().quantity(self.tokens, at + 1).is_some();
        (!dose).then_some(at + 2)
    }

    /// Two to four capitals that are no known word, before four digits or more.
    fn is_sponsor_like(&self, at: usize, digits: &str) -> bool {
        let letters = self.tokens.text(at);
        let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        let raw = self.raw.get(self.tokens.raw(at..at + 1)).unwrap_or_default();
        (4..=7).contains(&digits.len())
            && !year
            && (2..=4).contains(&letters.len())
            && raw.bytes().all(|b| b.is_ascii_uppercase())
            && !self.vocabulary.is(letters, WordClass::NoCodes)
            && self.sense(at).is_none()
    }

    pub(super) fn core(&self, at: usize) -> Option<Found<Name>> {
        let kind = self.tokens.get(at)?.kind;
        if let Some(end) = self.spaced_code(at) {
            return Some(Found::new(Name { kind: NameKind::Agent, core_end: end, code: false }, end));
        }
        if !matches!(kind, Kind::Word)
            && let Some(found) = self.radiolabelled(at)
        {
            return Some(found);
        }
        let known = self.sense(at);
        // The label's name is a part of a longer one ("botulinum toxin" of "botulinum toxin type A").
        let longer = |own: usize| matches!(known, Some(Found { value: Sense::Name(_), end }) if end > own);
        let own = if self.own.is_empty() { None } else { self.own.at(self.tokens, at) };
        if let Some(own) = own.filter(|own| !longer(own.end)) {
            return Some(own.map(|kind| Name {
                kind,
                core_end: own.end,
                code: self.is_code(at) && own.end == at + 1,
            }));
        }
        if let Some(end) = self.gene_therapy(at).or_else(|| self.allergen(at)).or_else(|| self.strain(at)) {
            return Some(Found::new(Name { kind: NameKind::Agent, core_end: end, code: false }, end));
        }
        if let Some(Found { value: Sense::Name(kind), end }) = known {
            let short = end == at + 1 && (kind == NameKind::Regimen || self.tokens.text(at).len() <= 3);
            let shown = !short || self.capitals(at);
            return shown.then(|| Found::new(Name { kind, core_end: end, code: false }, end));
        }
        if known.is_some() || !matches!(kind, Kind::Word) {
            return None;
        }
        let word = self.tokens.text(at);
        if is_description(word) {
            return None;
        }
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
    pub(super) fn may_name(&self, at: usize) -> bool {
        let word = self.tokens.text(at);
        let head = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        let numbered = word.bytes().any(|b| b.is_ascii_digit());
        let ordinary = word.contains('-') && word.split('-').all(|part| self.ordinary(part));
        let shortest = match numbered {
            true if head.len() < 3 => 4,
            true => 3,
            false => 2,
        };
        let no_code = head.len() < word.len() && self.vocabulary.is(head, WordClass::NoCodes);
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
        let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        // Most words are nothing but letters.
        if letters == word.len() {
            return false;
        }
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
            && (!self.vocabulary.is(head, WordClass::NoCodes) || letters == 1 && digits.len() >= 4)
    }

    /// `lisocabtagene maraleucel`: the nonproprietary name of a gene therapy has a word for the gene and one for what
    /// carries it.
    fn gene_therapy(&self, at: usize) -> Option<usize> {
        const CARRIERS: &[&str] = &["cel", "vec"];
        const SHORTEST: usize = 7;
        let long = |word: &str| word.len() >= SHORTEST;
        let (gene, carrier) = (self.tokens.text(at), self.tokens.text(at + 1));
        let named = long(gene)
            && gene.ends_with("gene")
            && long(carrier)
            && CARRIERS.iter().any(|end| carrier.ends_with(end));
        named.then_some(at + 2)
    }

    /// `rBet v 1`: three letters of the genus, one of the species, a number.
    fn allergen(&self, at: usize) -> Option<usize> {
        // The letters of a genus, and one before them.
        if !matches!(self.tokens.text(at).len(), 3 | 4) {
            return None;
        }
        let raw = self.raw.get(self.tokens.raw(at..at + 1)).unwrap_or_default();
        let genus = raw.strip_prefix(['r', 'n', 'm']).unwrap_or(raw);
        let mut letters = genus.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        if !capital || genus.len() != 3 || !letters.all(char::is_lowercase) {
            return None;
        }
        let species = self.tokens.text(at + 1);
        let rest = species.strip_prefix(|c: char| c.is_ascii_lowercase())?;
        let number = self.tokens.number(at + 2);
        let apart = rest.is_empty() && number.is_some_and(|n| n.fract() == 0.0 && (1.0..=40.0).contains(&n));
        // "rBet v1", "rBet v1-FV".
        let glued =
            rest.split('-').next().is_some_and(|number| (1..=40).contains(&number.parse().unwrap_or(0)));
        match (apart, glued) {
            (true, _) => Some(at + 3),
            (_, true) => Some(at + 2),
            _ => None,
        }
    }

    /// `sodium`, `calcium` behind a name: the salt's metal. "calcium carbonate" is a medicine of its own.
    fn is_metal(&self, at: usize) -> bool {
        let salt = || matches!(self.sense(at + 1), Some(Found { value: Sense::Salt, .. }));
        self.tokens.is(at, "sodium") || self.tokens.is(at, "calcium") && !salt()
    }

    /// Takes in `alfa-2b`, `vedotin`, `hydrochloride`, `®` behind a name.
    fn with_suffixes(&self, mut found: Found<Name>) -> Found<Name> {
        for _ in 0..4 {
            match self.vocabulary.sense(self.tokens, found.end) {
                // Two letters ("LA", "XR") only as they are written in names.
                Some(Found { value: Sense::Role(Role::NameSuffix), end })
                    if self.tokens.text(found.end).len() > 2 || self.capitals(found.end) =>
                {
                    found.value.core_end = end;
                    found.end = end;
                }
                Some(Found { value: Sense::Salt, end }) => found.end = end,
                _ if self.is_metal(found.end) => found.end += 1,
                _ if matches!(self.tokens.text(found.end), "®" | "™" | "©") => found.end += 1,
                // "hemp oil", where the plant is known by itself.
                _ if found.value.kind == NameKind::Agent && self.is_extracted(found.end) => {
                    found.end += 1;
                    found.value.core_end = found.end;
                }
                // "cannabis plant material".
                _ if found.value.kind == NameKind::Agent && self.begins_product(found.end) => {
                    match self.product(found.end) {
                        Some(product) => {
                            found.value.core_end = product.end;
                            found.end = product.end;
                        }
                        None => break,
                    }
                }
                _ => break,
            }
        }
        found
    }
}

/// A compound that describes something and names nothing: `water-based`, `sugar-free`, `post-cisplatin`.
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
    const HEADS: &[&str] = &["post-", "pre-"];
    ENDS.iter().any(|end| word.ends_with(end)) || HEADS.iter().any(|head| word.starts_with(head))
}
