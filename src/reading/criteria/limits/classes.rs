//! Classes: NYHA I to IV and Child-Pugh A to C (or its score), which are letters and Roman numbers.

use crate::protocol::{LimitValue, Number};
use crate::reading::criteria::vocabulary::{Class, Variable, VariableKind};

use super::Item;
use super::amounts::{self, Op};
use super::atoms::AtomKind;
use super::draft::Draft;
use super::scope;

/// How far from the scale's name its class may stand, in phrases.
const FAR: usize = 10;

/// How many atoms a comparator may take ("greater than or equal to").
const LONGEST: usize = 6;

/// Reads an item's classes.
pub(super) fn read(item: &Item<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    if !item.has(&[Class::Variable]) {
        return drafts;
    }
    let mut at = item.range.start;
    while at < item.range.end {
        let named = item.atoms.mark(at, Class::Variable);
        let Some((mark, variable)) = named.and_then(|m| Some((m, item.vocabulary.variable_at(m.payload)?)))
        else {
            at += 1;
            continue;
        };
        let end = at + usize::from(mark.len);
        if variable.kind != VariableKind::Class {
            at = end;
            continue;
        }
        let scale = Scale { item, variable };
        let after = scale.after(at, end).map(|found| scale.compared(at, found));
        let (found, next) = match after.or_else(|| scale.before(at)) {
            Some(found) => {
                let next = end.max(found.end);
                (Some(found), next)
            }
            None => (None, end),
        };
        if let Some(found) = found {
            drafts.extend(scale.drafts(at, end, found));
        }
        at = next;
    }
    drafts
}

/// Classes that were read: one or two comparisons and their place.
struct Found {
    parts: Vec<(Op, LimitValue)>,
    start: usize,
    end: usize,
}

/// One scale in one item.
struct Scale<'a> {
    item: &'a Item<'a>,
    variable: &'a Variable,
}

impl Scale<'_> {
    /// "NYHA class III or IV": the class after the name.
    fn after(&self, name: usize, from: usize) -> Option<Found> {
        let mut at = from;
        for _ in 0..FAR {
            if at >= self.item.range.end || scope::is_stop(self.item.atoms, at) {
                return None;
            }
            if let Some(found) = self.expression(at, at == from) {
                return Some(found);
            }
            // "class III by the NYHA standard, stage IV cirrhosis": what follows is another scale's.
            let ends = self.item.atoms.is(at, Class::Comma) && (from..at).any(|i| self.is_the_names_end(i));
            if ends && self.before(name).is_some() {
                return None;
            }
            let filler =
                self.item.atoms.takes(at, Class::ClassFiller).max(self.item.atoms.takes(at, Class::Variable));
            if filler == 0 {
                return None;
            }
            at += filler;
        }
        None
    }

    /// A bracket or a word with which the scale's name is told to its end.
    fn is_the_names_end(&self, at: usize) -> bool {
        let atoms = self.item.atoms;
        atoms.is(at, Class::Close)
            || matches!(atoms.text(at), "standard" | "standards" | "criteria" | "association" | "system")
    }

    /// "class III heart failure (NYHA)", "grade C or above according to Child-Pugh": the class before the name.
    fn before(&self, name: usize) -> Option<Found> {
        let first = name.saturating_sub(2 * FAR).max(self.item.range.start);
        (first..name).rev().find_map(|at| {
            let word = self.item.atoms.takes(at, Class::ClassWord);
            let broken = (at..name)
                .any(|i| scope::is_stop(self.item.atoms, i) || self.item.atoms.is(i, Class::Semicolon));
            let found = if word > 0 && !broken { self.expression(at + word, false) } else { None };
            // "cardiac function ≥ grade III (NYHA)": the comparator before the class's word.
            found.filter(|found| found.end <= name).map(|found| self.compared(at, found))
        })
    }

    /// The same with the comparator that ends right before `at` ("above Child-Pugh A"), when none stands inside.
    fn compared(&self, at: usize, mut found: Found) -> Found {
        let op = (1..=LONGEST).rev().filter_map(|back| at.checked_sub(back)).find_map(|before| {
            let (op, len) = amounts::comparator(self.item.atoms, before)?;
            (before + len == at && before >= self.item.range.start).then_some((op, before))
        });
        if let (Some((op, before)), [(own, _)]) = (op, found.parts.as_mut_slice())
            && *own == Op::Eq
        {
            *own = op;
            found.start = found.start.min(before);
        }
        found
    }

    /// A comparator and one or more classes at `at`. `direct`: right after the name, where an `a` may be an article.
    fn expression(&self, at: usize, direct: bool) -> Option<Found> {
        let atoms = self.item.atoms;
        let stated = amounts::comparator(atoms, at);
        let mut first_at = stated.map_or(at, |(_, len)| at + len);
        for _ in 0..2 {
            first_at += usize::from(stated.is_some() && atoms.is(first_at, Class::ClassWord));
        }
        let (first, mut end) = self.class(first_at, direct)?;
        let mut last = first.clone();
        while let Some((next, next_end)) = self.next_class(end) {
            (last, end) = (next, next_end);
        }
        let start = at;
        if last != first {
            let upper = stated.map_or(Op::Ge, |(op, _)| op);
            let parts = vec![(if upper.is_lower() { upper } else { Op::Ge }, first), (Op::Le, last)];
            return Some(Found { parts, start, end });
        }
        // "class II) or worse", "Child-Pugh B (or worse)".
        let past = end + usize::from(atoms.is_any(end, &[Class::Close, Class::Open]));
        for (class, op) in [
            (Class::Worse, Op::Ge),
            (Class::Better, Op::Le),
            (Class::GeAfter, Op::Ge),
            (Class::LeAfter, Op::Le),
        ] {
            let len = atoms.takes(end, class).max(atoms.takes(past, class));
            if len > 0 && stated.is_none() {
                return Some(Found { parts: vec![(op, first)], start, end: end + len });
            }
        }
        let op = stated.map_or(Op::Eq, |(op, _)| op);
        Some(Found { parts: vec![(op, first)], start, end })
    }

    /// A further class of a list or range.
    fn next_class(&self, end: usize) -> Option<(LimitValue, usize)> {
        let atoms = self.item.atoms;
        let mut at = end;
        for _ in 0..3 {
            let joint =
                [Class::Comma, Class::Or, Class::And, Class::To].iter().map(|c| atoms.takes(at, *c)).max()?;
            at += joint;
            if joint == 0 {
                break;
            }
        }
        at += usize::from(at > end) * atoms.takes(at, Class::ClassWord);
        // "III-IV" is two atoms with a dropped hyphen between them.
        let hyphen = at == end
            && atoms.get(end).is_some_and(|next| {
                atoms.get(end - 1).is_some_and(|p| next.start == p.end + 1 && next.spaced)
            })
            && atoms.slice(end - 1..end + 1).contains('-');
        if at == end && !hyphen {
            return None;
        }
        self.class(at, false)
    }

    /// One class at `at`.
    fn class(&self, at: usize, direct: bool) -> Option<(LimitValue, usize)> {
        let word = self.item.atoms.text(at);
        match &self.variable.letters {
            Some(letters) => self.letter(at, word, letters, direct),
            None => self.number(at, word),
        }
    }

    fn number(&self, at: usize, word: &str) -> Option<(LimitValue, usize)> {
        let roman = ["i", "ii", "iii", "iv"].iter().position(|r| *r == word).map(|i| (i + 1) as f64);
        // "iiia", "2b" are other scales' stages.
        let value = roman.or_else(|| self.item.atoms.digits(at))?;
        let (low, high) = self.variable.range.unwrap_or((1.0, 4.0));
        // "class 2B" is another scale's.
        let letter =
            self.item.atoms.get(at + 1).is_some_and(|next| !next.spaced && next.kind == AtomKind::Word);
        let whole = value.fract() == 0.0 && (low..=high).contains(&value) && !letter;
        let unit = self.item.atoms.is(at + 1, Class::Unit);
        (whole && !unit).then_some((LimitValue::Number(Number(value)), at + 1))
    }

    /// `A`, `B7`, `B 7`, or the score.
    fn letter(&self, at: usize, word: &str, letters: &str, direct: bool) -> Option<(LimitValue, usize)> {
        if let Some(score) = self.item.atoms.digits(at) {
            let (low, high) = self.variable.range.unwrap_or((5.0, 15.0));
            let fits = score.fract() == 0.0
                && (low..=high).contains(&score)
                && !self.item.atoms.is(at + 1, Class::Unit);
            return fits.then_some((LimitValue::Number(Number(score)), at + 1));
        }
        let mut chars = word.chars();
        let letter = chars.next().filter(|c| letters.contains(*c))?;
        let digits: String = chars.collect();
        let plain = digits.is_empty() || digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
        let raw = self.item.text.get(self.item.atoms.raw(at..at + 1)).unwrap_or_default();
        let article = direct && digits.is_empty() && letter == 'a' && raw == "a";
        if !plain || article {
            return None;
        }
        let class = format!("{}{digits}", letter.to_ascii_uppercase());
        Some((LimitValue::Class(class), at + 1))
    }

    fn drafts(&self, name: usize, name_end: usize, found: Found) -> Vec<Draft> {
        let (conditional, except) = self.item.held(name);
        // "Child-Pugh A in HCC".
        let end = name_end.max(found.end);
        let conditional = conditional || self.item.atoms.takes(end, Class::IfAfter) > 0;
        let atoms = name.min(found.start)..name_end.max(found.end);
        scores(found.parts)
            .into_iter()
            .map(|(op, value)| Draft {
                variable: self.variable.name.clone(),
                op,
                value,
                unit: Some(String::new()),
                conditional,
                except,
                alternative: false,
                denied: false,
                agent: None,
                atoms: atoms.clone(),
            })
            .collect()
    }
}

/// "B7 or B8": where every class has its score, the scores are what is compared.
fn scores(parts: Vec<(Op, LimitValue)>) -> Vec<(Op, LimitValue)> {
    let score = |value: &LimitValue| match value {
        LimitValue::Class(class) => class.get(1..).and_then(|digits| digits.parse::<f64>().ok()),
        LimitValue::Number(number) => Some(number.0),
    };
    let scored: Option<Vec<(Op, LimitValue)>> =
        parts.iter().map(|(op, value)| Some((*op, LimitValue::Number(Number(score(value)?))))).collect();
    scored.unwrap_or(parts)
}
