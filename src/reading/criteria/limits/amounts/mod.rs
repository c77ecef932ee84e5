//! Amounts: a comparator, a number, a unit; or two of them as a range.
//!
//! Knows how a comparison is written. What it compares is for `bind` to find.

mod multiple;
mod number;
mod power;
mod range;

use crate::reading::criteria::vocabulary::{Class, Lists, Unit, Vocabulary};

use super::atoms::Atoms;
use multiple::{bare_limit, normal_range, unit, within_normal};
pub use multiple::{limit_unit, share_multiples};
use number::number;
pub use power::cells;
use power::power;
pub use range::pressures;
use range::{list, past_age_words, past_inclusive, range};

/// A comparator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `=`
    Eq,
}

impl Op {
    /// As facts print it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Eq => "=",
        }
    }

    /// What holds where this does not.
    pub fn negated(self) -> Self {
        match self {
            Self::Lt => Self::Ge,
            Self::Le => Self::Gt,
            Self::Gt => Self::Le,
            Self::Ge => Self::Lt,
            Self::Eq => Self::Eq,
        }
    }

    /// The same comparison with its sides changed (`18 ≤ age`).
    pub fn mirrored(self) -> Self {
        match self {
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Eq => Self::Eq,
        }
    }

    /// Bounds from below.
    pub fn is_lower(self) -> bool {
        matches!(self, Self::Gt | Self::Ge)
    }
}

/// A number with the units it may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number as written, powers of ten multiplied out.
    pub value: f64,
    /// The unit's mark in the vocabulary; units written alike share the atoms it stands at.
    pub unit: UnitAt,
    /// The atom it begins at.
    pub start: usize,
    /// The first atom after it.
    pub end: usize,
    /// Written `50.000`: thousands or three decimals.
    pub dotted: bool,
    /// Written `1,5`: the value if the comma is a decimal one, and where that reading ends.
    pub decimals: u8,
}

/// Where an amount's unit stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UnitAt {
    /// No unit.
    None,
    /// The phrase that begins at this atom and takes so many.
    Words {
        /// First atom.
        at: usize,
        /// How many atoms.
        len: usize,
    },
    /// Cells per volume, out of a power of ten: the unit's printed name.
    Cells(&'static str),
    /// A multiple of the normal range's end.
    Multiple,
    /// The normal range itself: up to its end, where a variable is only ever too high.
    Normal,
}

impl Amount {
    /// The unit of one of these dimensions, if the writing allows it.
    pub fn unit_of<'v>(
        &self,
        atoms: &Atoms<'_>,
        vocabulary: &'v Vocabulary,
        dimensions: &[String],
    ) -> Option<&'v Unit> {
        match self.unit {
            UnitAt::None => None,
            UnitAt::Cells(name) => vocabulary.unit(name).filter(|unit| dimensions.contains(&unit.dimension)),
            UnitAt::Multiple | UnitAt::Normal => {
                vocabulary.unit("ULN").filter(|_| dimensions.iter().any(|d| d == "upper_limit"))
            }
            UnitAt::Words { at, len } => {
                let marks = atoms.marks(at).iter().rev();
                marks
                    .filter(|m| m.class == Class::Unit && usize::from(m.len) == len)
                    .filter_map(|m| vocabulary.unit_at(m.payload))
                    .find(|unit| dimensions.contains(&unit.dimension))
            }
        }
    }

    /// The unit of time it has.
    pub fn time<'v>(&self, atoms: &Atoms<'_>, vocabulary: &'v Vocabulary) -> Option<&'v Unit> {
        let UnitAt::Words { at, len } = self.unit else { return None };
        let marks = atoms.marks(at).iter().rev();
        marks
            .filter(|m| m.class == Class::Unit && usize::from(m.len) == len)
            .filter_map(|m| vocabulary.unit_at(m.payload))
            .find(|unit| unit.dimension == "time")
    }

    /// Whether it has a unit at all.
    pub fn has_unit(&self) -> bool {
        self.unit != UnitAt::None
    }
}

/// One or two comparisons written as one phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The comparisons.
    pub parts: Vec<(Op, Amount)>,
    /// Whether it is a range (`18-75`), both ends of one variable.
    pub range: bool,
    /// Whether it is a list of numbers (`0, 1 or 2`).
    pub list: bool,
    /// "or better" (true) or "or worse" (false): which comparator that is, the variable tells.
    pub better: Option<bool>,
    /// Whether a negated comparator begins it ("not < 45"): what "or" joins to it is negated too.
    pub negated: bool,
    /// Whether the comparator stands in the text (else the range's signs or the words after it say it).
    pub stated: bool,
    /// First atom.
    pub start: usize,
    /// First atom after it.
    pub end: usize,
}

impl Comparison {
    /// What a comparator in the text says, of one value or a few.
    pub fn stated(parts: Vec<(Op, Amount)>, start: usize, end: usize) -> Self {
        Self { parts, range: false, list: false, better: None, negated: false, stated: true, start, end }
    }
}

/// The lists of comparators that stand before a number.
pub const COMPARATORS: &[Class] = &[Class::NotLt, Class::Ge, Class::Le, Class::Gt, Class::Lt, Class::Eq];

/// The comparator at `at`: it and how many atoms it takes. "of at least >=" and the like are one.
pub fn comparator(atoms: &Atoms<'_>, at: usize) -> Option<(Op, usize)> {
    let one = |at: usize| {
        if !atoms.is_any(at, COMPARATORS) {
            return None;
        }
        [
            (Class::NotLt, Op::Ge),
            (Class::Ge, Op::Ge),
            (Class::Le, Op::Le),
            (Class::Gt, Op::Gt),
            (Class::Lt, Op::Lt),
            (Class::Eq, Op::Eq),
        ]
        .into_iter()
        .filter_map(|(class, op)| {
            let len = atoms.takes(at, class);
            (len > 0).then_some((op, len))
        })
        .max_by_key(|(_, len)| *len)
    };
    let (op, len) = one(at)?;
    // "at least ≥ 18", "greater than > 5", "less than or equal to (≤) 2": the sign says it again.
    let opened = usize::from(atoms.is(at + len, Class::Open));
    // "not less than (<) 45": the sign says what is denied.
    if let Some((again, more)) = one(at + len + opened)
        && (again.is_lower() == op.is_lower() || opened == 1 && again == op.negated())
        && again != Op::Eq
    {
        let closed = usize::from(opened == 1 && atoms.is(at + len + opened + more, Class::Close));
        if opened == closed {
            let strict = if matches!(op, Op::Ge | Op::Le) { op } else { again };
            return Some((strict, len + opened + more + closed));
        }
    }
    Some((op, len))
}

/// A number at `at` with its power of ten and unit.
#[inline]
pub fn amount(atoms: &Atoms<'_>, at: usize) -> Option<Amount> {
    // Most atoms are no number.
    if !atoms.is_numeric(at) && !atoms.is(at, Class::Twice) {
        return None;
    }
    amount_from(atoms, at)
}

fn amount_from(atoms: &Atoms<'_>, at: usize) -> Option<Amount> {
    let mut amount = number(atoms, at)?;
    power(atoms, &mut amount);
    if amount.unit == UnitAt::None {
        unit(atoms, &mut amount);
    }
    if amount.unit == UnitAt::None {
        shared_unit(atoms, &mut amount);
    }
    Some(amount)
}

/// "40/55 percent": the second number's unit is the first one's too.
fn shared_unit(atoms: &Atoms<'_>, amount: &mut Amount) {
    let other = number(atoms, amount.end + 1).filter(|_| atoms.text(amount.end) == "/");
    let Some(mut other) = other else { return };
    if matches!(atoms.text(other.end), "%" | "percent") {
        let len = atoms.takes(other.end, Class::Unit);
        amount.unit = UnitAt::Words { at: other.end, len };
        return;
    }
    // "450/470 ms (men/women)".
    unit(atoms, &mut other);
    if other.unit != UnitAt::None && both_sexes(atoms, other.end).is_some() {
        amount.unit = other.unit;
    }
}

/// "(men/women)", "for males and females" at `at`: where it ends.
pub fn both_sexes(atoms: &Atoms<'_>, at: usize) -> Option<usize> {
    let open = usize::from(atoms.is(at, Class::Open));
    let first = at + open + usize::from(open == 0 && matches!(atoms.text(at), "for" | "in"));
    let joint = first + atoms.takes(first, Class::Sex);
    let second = joint + usize::from(matches!(atoms.text(joint), "/" | "and" | "or"));
    let end = second + atoms.takes(second, Class::Sex);
    (first < joint && joint < second && second < end)
        .then(|| end + usize::from(open == 1 && atoms.is(end, Class::Close)))
}

/// What a comparison may begin with.
const OPENINGS: Lists =
    Lists::NUMERIC.and(Lists::of(COMPARATORS)).and(Lists::of(&[Class::Between, Class::Twice, Class::From]));

/// Whether a comparison can begin at `at`: only then is it worth a look.
pub fn may_begin(atoms: &Atoms<'_>, at: usize) -> bool {
    atoms.lists(at).meets(OPENINGS)
}

/// A comparison at `at`: `≥ 18 years`, `18-75 years`, `between 18 and 75`, `≥ 18 and ≤ 75`, `18 or older`, `≤ ULN`.
pub fn comparison(atoms: &Atoms<'_>, at: usize) -> Option<Comparison> {
    let between = atoms.takes(at, Class::Between);
    let stated = comparator(atoms, at);
    let start = at;
    let from = usize::from(between == 0 && atoms.text(at) == "from");
    let value_at = stated.map_or(at + between + from, |(_, len)| at + len);
    if let Some(normal) = normal_range(atoms, at).filter(|_| stated.is_none()) {
        return Some(normal);
    }
    let Some(first) = amount(atoms, value_at).or_else(|| bare_limit(atoms, value_at, stated.is_some()))
    else {
        // "of at least" may follow "between" words that are none here.
        return (between > 0 && stated.is_none())
            .then(|| comparison(atoms, at + between))
            .flatten()
            .filter(|c| c.stated);
    };
    let op = stated
        .map(|(op, _)| op)
        .or_else(|| within_normal(atoms, at, &first))
        .or_else(|| from_age(atoms, at, &first));
    let between = between > 0 && stated.is_none() || between_before(atoms, at);
    if let Some(range) = range(atoms, start, op, first, between) {
        return Some(range);
    }
    if let Some(list) = list(atoms, start, op, first) {
        return Some(list);
    }
    let after = past_inclusive(atoms, past_age_words(atoms, first.end));
    if op.is_none_or(|op| op == Op::Eq)
        && let Some((better, len)) = graded(atoms, after)
    {
        let end = after + len;
        let parts = vec![(Op::Ge, Amount { end, ..first })];
        let better = Some(better);
        return Some(Comparison { better, ..Comparison::stated(parts, start, end) });
    }
    if op.is_none_or(|op| op == Op::Eq)
        && let Some((op, len)) = after_number(atoms, after)
    {
        let mut amount = first;
        amount.end = after + len;
        // "18 or older": the unit may come after ("1 or more weeks").
        if amount.unit == UnitAt::None {
            unit(atoms, &mut amount);
        }
        let end = amount.end;
        return Some(Comparison::stated(vec![(op, amount)], start, end));
    }
    let op = op?;
    // "PT > ULN + 4 s" is no multiple: of the variable before it, and no limit that can be written down.
    if atoms.text(first.end) == "+" && atoms.digits(first.end + 1).is_some() {
        let end = amount(atoms, first.end + 1).map_or(first.end, |more| more.end);
        return Some(Comparison::stated(Vec::new(), start, end));
    }
    let negated = matches!(atoms.text(start), "not" | "no");
    Some(Comparison { negated, ..Comparison::stated(vec![(op, first)], start, first.end) })
}

/// "between the ages of 18 and 75": "between" stands before the variable.
fn between_before(atoms: &Atoms<'_>, at: usize) -> bool {
    let first = at.saturating_sub(5);
    let between = (first..at).rev().find(|i| matches!(atoms.text(*i), "between" | "from" | "ranging"));
    between.is_some_and(|between| {
        let mut words = between + 1..at;
        let filler = |i: usize| matches!(atoms.text(i), "the" | "of" | "an" | "a" | "their" | ":");
        !words.is_empty() && words.all(|i| atoms.is(i, Class::Variable) || filler(i))
    })
}

/// "from 5 years of age": that age and above. With "to" it is a range.
fn from_age(atoms: &Atoms<'_>, at: usize, amount: &Amount) -> Option<Op> {
    let before = at.checked_sub(1);
    let people = before.is_some_and(|at| {
        atoms.is(at, Class::Person)
            || atoms.is(at, Class::Sex)
            || matches!(atoms.text(at), "sex" | "sexes" | "gender" | "genders" | "aged" | "adults")
    });
    let years = matches!(amount.unit, UnitAt::Words { at, .. } if atoms.text(at).starts_with("year"));
    let aged = atoms.takes(amount.end, Class::AgeAfter) > 0 && amount.has_unit() || people && years;
    (aged && atoms.text(at) == "from").then_some(Op::Ge)
}

/// "or better", "or worse", and how many atoms that takes.
fn graded(atoms: &Atoms<'_>, at: usize) -> Option<(bool, usize)> {
    [(Class::Better, true), (Class::Worse, false)]
        .into_iter()
        .map(|(class, better)| (better, atoms.takes(at, class)))
        .find(|(_, len)| *len > 0)
}

/// "or older", "and above", "+": the comparator after the number.
fn after_number(atoms: &Atoms<'_>, at: usize) -> Option<(Op, usize)> {
    for (class, op) in [(Class::GeAfter, Op::Ge), (Class::LeAfter, Op::Le)] {
        let len = atoms.takes(at, class);
        // "30 days or less than 5 half-lives" is of what follows.
        if len > 0 && atoms.text(at + len) != "than" {
            return Some((op, len));
        }
    }
    let tight = atoms.get(at).is_some_and(|a| !a.spaced);
    (tight && atoms.text(at) == "+" && atoms.digits(at + 1).is_none()).then_some((Op::Ge, 1))
}
