//! Amounts: a comparator, a number, a unit; or two of them as a range.
//!
//! Knows how a comparison is written. What it compares is for `bind` to find.

use crate::reading::criteria::vocabulary::{Class, Unit, Vocabulary};
use crate::reading::numbers;

use super::atoms::{AtomKind, Atoms};

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
}

impl Amount {
    /// The unit of one of these dimensions, if the writing allows it.
    pub fn unit_of<'v>(
        &self,
        atoms: &Atoms,
        vocabulary: &'v Vocabulary,
        dimensions: &[String],
    ) -> Option<&'v Unit> {
        match self.unit {
            UnitAt::None => None,
            UnitAt::Cells(name) => vocabulary.unit(name).filter(|unit| dimensions.contains(&unit.dimension)),
            UnitAt::Multiple => {
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
    pub fn time<'v>(&self, atoms: &Atoms, vocabulary: &'v Vocabulary) -> Option<&'v Unit> {
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

/// The comparator at `at`: it and how many atoms it takes. "of at least >=" and the like are one.
pub fn comparator(atoms: &Atoms, at: usize) -> Option<(Op, usize)> {
    let one = |at: usize| {
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
    if let Some((again, more)) = one(at + len + opened)
        && again.is_lower() == op.is_lower()
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
pub fn amount(atoms: &Atoms, at: usize) -> Option<Amount> {
    let mut amount = number(atoms, at)?;
    power(atoms, &mut amount);
    if amount.unit == UnitAt::None {
        unit(atoms, &mut amount);
    }
    Some(amount)
}

/// A bare number: digits (thousands, decimal comma), a word, "two (2)".
fn number(atoms: &Atoms, at: usize) -> Option<Amount> {
    let plain = |value: f64, end: usize| Amount {
        value,
        unit: UnitAt::None,
        start: at,
        end,
        dotted: false,
        decimals: 0,
    };
    if let Some(mark) = atoms.mark(at, Class::Twice) {
        let mut amount = plain(f64::from(mark.payload) / 10.0, at + usize::from(mark.len));
        return multiple(atoms, &mut amount, false).then_some(amount);
    }
    match atoms.get(at)?.kind {
        AtomKind::Word => {
            let value = numbers::word_value(atoms.text(at))?;
            Some(restated(atoms, plain(value, at + 1)))
        }
        AtomKind::Number(value) if value.is_finite() => {
            let mut amount = plain(value, at + 1);
            thousands(atoms, &mut amount);
            decimal_comma(atoms, &mut amount);
            amount.dotted = is_dotted(atoms.text(at));
            Some(restated(atoms, amount))
        }
        _ => None,
    }
}

/// `50.000`: one to three digits, a point, three digits.
fn is_dotted(text: &str) -> bool {
    let Some((whole, rest)) = text.split_once('.') else { return false };
    (1..=3).contains(&whole.len()) && rest.len() == 3 && !whole.starts_with('0')
}

/// `50 000`: groups of three after a blank.
fn thousands(atoms: &Atoms, amount: &mut Amount) {
    while atoms.text(amount.end) == "000"
        && atoms.get(amount.end).is_some_and(|a| a.spaced)
        && amount.value >= 1.0
    {
        amount.value *= 1000.0;
        amount.end += 1;
    }
}

/// `1,5`: the lexer keeps a comma only before three digits.
fn decimal_comma(atoms: &Atoms, amount: &mut Amount) {
    let tight = |at: usize| atoms.get(at).is_some_and(|a| !a.spaced);
    let end = amount.end;
    let digits = atoms.text(end + 1);
    let short = digits.len() <= 2 && !digits.contains('.');
    if atoms.text(end) != "," || !tight(end) || !tight(end + 1) || !short {
        return;
    }
    let Some(fraction) = atoms.digits(end + 1) else { return };
    // A list of scores ("0,1") is written the same: a unit or a factor after it tells.
    let factor = atoms.is(end + 2, Class::Times) || atoms.is(end + 2, Class::Unit);
    if factor && amount.value < 1000.0 {
        amount.decimals = digits.len() as u8;
        amount.value += fraction / 10f64.powi(i32::from(amount.decimals));
        amount.end = end + 2;
    }
}

/// "two (2)": the same number again in brackets.
fn restated(atoms: &Atoms, mut amount: Amount) -> Amount {
    let inner = atoms.digits(amount.end + 1).or_else(|| numbers::word_value(atoms.text(amount.end + 1)));
    if atoms.is(amount.end, Class::Open)
        && atoms.is(amount.end + 2, Class::Close)
        && inner == Some(amount.value)
    {
        amount.end += 3;
    }
    amount
}

/// A power of ten after the number, with the volume it is counted in: `× 10^9/L`, `x 109/L`, `10e9/L`, `10*9/L`.
fn power(atoms: &Atoms, amount: &mut Amount) {
    let sign =
        |at: usize| matches!(atoms.text(at), "×" | "x" | "*" | "•" | "." | "´" | "х" | "χ" | "⋅" | "·");
    let mut base = amount.end;
    // "30\\*×10^9/L" has two signs.
    while sign(base) && base < amount.end + 2 {
        base += 1;
    }
    let signed = base > amount.end;
    // Without a sign only where a volume follows: "1.5 109/L".
    let lost = atoms.text(base).len() > 2 && atoms.text(base).starts_with("10");
    if let Some((exponent, end)) = ten_to(atoms, base).filter(|_| signed || lost || atoms.text(base) == "10")
    {
        return apply_power(atoms, amount, exponent, end);
    }
    // "x109 /L" is one word.
    let glued = atoms.text(amount.end).strip_prefix(['x', '×']).and_then(|ten| ten.strip_prefix("10"));
    if let Some(exponent) = glued.and_then(exponent).filter(|_| volume(atoms, amount.end + 1).is_some()) {
        return apply_power(atoms, amount, exponent, amount.end + 1);
    }
    // The number is the ten itself: `10^4 copies/mL`, `10e3 IU/mL`.
    if amount.value == 10.0
        && amount.end == amount.start + 1
        && let Some((exponent, end)) = ten_to(atoms, amount.start)
    {
        amount.value = 1.0;
        return apply_power(atoms, amount, exponent, end);
    }
    // `1.5e9/L`.
    if let Some(exponent) = exponent_word(atoms, amount.end) {
        apply_power(atoms, amount, exponent, amount.end + 1);
    }
}

/// `10^9`, `10*9`, `10e9`, `10 9` and the lost superscript `109`, each before a volume: exponent and end.
fn ten_to(atoms: &Atoms, at: usize) -> Option<(i32, usize)> {
    let text = atoms.text(at);
    if text == "10" {
        if let Some(exponent) = exponent_word(atoms, at + 1) {
            return Some((exponent, at + 2));
        }
        let mut end = at + 1;
        let mut raised = false;
        while matches!(atoms.text(end), "^" | "*" | "**" | "×" | "(" | "[" | "{" | "'" | "e") {
            raised = true;
            end += 1;
        }
        let exponent = exponent(atoms.text(end))?;
        let spaced_volume = !raised && volume(atoms, end + 1).is_some();
        if !raised && !spaced_volume {
            return None;
        }
        let closed =
            usize::from(atoms.is(end + 1, Class::Close) && atoms.slice(at..end).contains(['(', '[', '{']));
        return Some((exponent, end + 1 + closed));
    }
    // The superscript was lost: `109/L`, `1012/L`. Only before a volume.
    let lost = text.strip_prefix("10").and_then(exponent)?;
    volume(atoms, at + 1).map(|_| (lost, at + 1))
}

fn exponent(digits: &str) -> Option<i32> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok().filter(|e| (2..=13).contains(e)) } else { None }
}

/// `e9`, written together with the digits before it.
fn exponent_word(atoms: &Atoms, at: usize) -> Option<i32> {
    let atom = atoms.get(at)?;
    if atom.spaced {
        return None;
    }
    exponent(atoms.text(at).strip_prefix('e')?)
}

/// Litres in the volume that cells are counted in at `at`, and its end.
fn volume(atoms: &Atoms, at: usize) -> Option<(f64, usize)> {
    let mut at = at;
    // "10^9 cells/L", "10^9 neutrophils per liter".
    if matches!(atoms.text(at), "cells" | "cell" | "platelets" | "neutrophils" | "c") {
        at += 1;
    }
    if !matches!(atoms.text(at), "/" | "per" | "•" | "\\" | "pg") {
        return None;
    }
    let end = at + 2;
    let litres = match atoms.text(at + 1) {
        "l" | "liter" | "litre" | "liters" | "litres" | "1" | "i" => 1.0,
        "ml" | "milliliter" => 1e-3,
        "dl" => 0.1,
        "ul" | "mcl" | "mm3" | "microliter" | "microlitre" | "cumm" | "cmm" | "ml3" => 1e-6,
        "mm" => return Some((1e-6, cubed(atoms, end))),
        "cubic" | "cu" | "micro" => return Some((1e-6, end + 1)),
        _ => return None,
    };
    Some((litres, end))
}

/// After `mm`: `^3`, `3`, `(3)`.
fn cubed(atoms: &Atoms, at: usize) -> usize {
    match (atoms.text(at), atoms.text(at + 1), atoms.text(at + 2)) {
        ("3", ..) => at + 1,
        ("^", "3", _) => at + 2,
        ("(", "3", ")") => at + 3,
        _ => at,
    }
}

/// Multiplies a power of ten out, into the unit that the two make together where they make one.
fn apply_power(atoms: &Atoms, amount: &mut Amount, exponent: i32, end: usize) {
    let factor = 10f64.powi(exponent);
    let Some((litres, volume_end)) = volume(atoms, end) else {
        amount.end = end;
        // "100 × 10^9": the volume is left out; the power says which unit.
        match exponent {
            9 => amount.unit = UnitAt::Cells("10^9/L"),
            _ => amount.value *= factor,
        }
        return;
    };
    amount.end = volume_end;
    let name = match (exponent, litres == 1.0, litres == 1e-6) {
        (9, true, _) => "10^9/L",
        (6, true, _) => "10^6/L",
        (3, _, true) => "10^3/uL",
        _ => {
            // Any other: so many cells in a litre, counted in thousand millions.
            amount.value *= factor / litres / 1e9;
            "10^9/L"
        }
    };
    amount.unit = UnitAt::Cells(name);
}

/// The unit after a number.
fn unit(atoms: &Atoms, amount: &mut Amount) {
    if multiple(atoms, amount, true) {
        return;
    }
    let len = atoms.takes(amount.end, Class::Unit);
    if len > 0 {
        amount.unit = UnitAt::Words { at: amount.end, len };
        amount.end += len;
        percent_tail(atoms, amount);
    }
}

/// "% of predicted", "% of the predicted normal value": nothing new after the sign.
fn percent_tail(atoms: &Atoms, amount: &mut Amount) {
    let mut end = amount.end;
    for _ in 0..3 {
        match atoms.text(end) {
            "of" | "the" | "his" | "her" | "their" => end += 1,
            "predicted" | "pred" => {
                amount.end = end + 1;
                return;
            }
            _ => return,
        }
    }
}

/// "× ULN", "times the institutional upper limit of normal", "ULN": a multiple of the normal range's end.
/// `direct`: the number may stand before the unit without a factor sign.
fn multiple(atoms: &Atoms, amount: &mut Amount, direct: bool) -> bool {
    let mut at = amount.end;
    let times = atoms.takes(at, Class::Times);
    at += times;
    let factor = times > 0 || !direct;
    for _ in 0..8 {
        let limit = limit_unit(atoms, at);
        if let Some(len) = limit {
            amount.unit = UnitAt::Words { at, len };
            amount.end = alias(atoms, at + len);
            return true;
        }
        let normal = atoms.takes(at, Class::Normal);
        let filler = atoms.takes(at, Class::MultipleFiller);
        if factor && normal > 0 && normal >= filler && limit_unit(atoms, at + filler.max(1)).is_none() {
            amount.unit = UnitAt::Multiple;
            amount.end = alias(atoms, at + normal);
            return true;
        }
        if filler == 0
            || !factor
                && at == amount.end
                && !matches!(atoms.text(at), "the" | "of" | "institutional" | "(" | "[" | "upper")
        {
            return false;
        }
        at += filler;
    }
    false
}

/// The end of the normal range at `at`, named: how many atoms.
pub fn limit_unit(atoms: &Atoms, at: usize) -> Option<usize> {
    let longest = atoms.marks(at).iter().rev().find(|m| m.class == Class::Unit)?;
    let len = usize::from(longest.len);
    // Written in letters that are nothing but a limit: "ULN", "upper limit …", not "mg".
    let text = atoms.slice(at..at + len);
    let is_limit = text.contains("uln")
        || text.contains("lln")
        || text.contains("unl")
        || text.contains("limit")
        || text.contains("normal")
        || text == "ult"
        || text.contains("upper");
    is_limit.then_some(len)
}

/// "(ULN)" after the words, and "of normal" twice: the same again.
fn alias(atoms: &Atoms, mut end: usize) -> usize {
    if atoms.is(end, Class::Open)
        && let Some(len) = limit_unit(atoms, end + 1)
        && atoms.is(end + 1 + len, Class::Close)
    {
        end += len + 2;
    }
    end
}

/// A comparison at `at`: `≥ 18 years`, `18-75 years`, `between 18 and 75`, `≥ 18 and ≤ 75`, `18 or older`, `≤ ULN`.
pub fn comparison(atoms: &Atoms, at: usize) -> Option<Comparison> {
    let between = atoms.takes(at, Class::Between);
    let stated = comparator(atoms, at);
    let start = at;
    let from = usize::from(between == 0 && atoms.text(at) == "from");
    let value_at = stated.map_or(at + between + from, |(_, len)| at + len);
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
    if let Some(range) = range(atoms, start, op, first, between > 0 && stated.is_none()) {
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
        return Some(Comparison {
            parts,
            range: false,
            list: false,
            better,
            negated: false,
            stated: true,
            start,
            end,
        });
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
        return Some(Comparison {
            parts: vec![(op, amount)],
            range: false,
            list: false,
            better: None,
            negated: false,
            stated: true,
            start,
            end,
        });
    }
    let op = op?;
    // "PT > ULN + 4 s" is no multiple: of the variable before it, and no limit that can be written down.
    if atoms.text(first.end) == "+" && atoms.digits(first.end + 1).is_some() {
        let end = amount(atoms, first.end + 1).map_or(first.end, |more| more.end);
        return Some(Comparison {
            parts: Vec::new(),
            range: false,
            list: false,
            better: None,
            negated: false,
            stated: true,
            start,
            end,
        });
    }
    let negated = matches!(atoms.text(start), "not" | "no");
    Some(Comparison {
        parts: vec![(op, first)],
        range: false,
        list: false,
        better: None,
        negated,
        stated: true,
        start,
        end: first.end,
    })
}

/// "from 5 years of age": that age and above. With "to" it is a range.
fn from_age(atoms: &Atoms, at: usize, amount: &Amount) -> Option<Op> {
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

/// "within 1.5 × ULN": up to that.
fn within_normal(atoms: &Atoms, at: usize, amount: &Amount) -> Option<Op> {
    let multiple = match amount.unit {
        UnitAt::Multiple => true,
        UnitAt::Words { at, .. } => limit_unit(atoms, at).is_some(),
        UnitAt::None | UnitAt::Cells(_) => false,
    };
    (multiple && atoms.is(at, Class::TrulyWithin)).then_some(Op::Le)
}

/// "≤ ULN", "above the upper limit of normal": once the limit.
fn bare_limit(atoms: &Atoms, at: usize, stated: bool) -> Option<Amount> {
    if !stated {
        return None;
    }
    let mut at_unit = at;
    for _ in 0..3 {
        if let Some(len) = limit_unit(atoms, at_unit) {
            let unit = UnitAt::Words { at: at_unit, len };
            let end = alias(atoms, at_unit + len);
            return Some(Amount { value: 1.0, unit, start: at, end, dotted: false, decimals: 0 });
        }
        let filler = atoms.takes(at_unit, Class::MultipleFiller);
        if filler == 0 {
            return None;
        }
        at_unit += filler;
    }
    None
}

/// "or better", "or worse", and how many atoms that takes.
fn graded(atoms: &Atoms, at: usize) -> Option<(bool, usize)> {
    [(Class::Better, true), (Class::Worse, false)]
        .into_iter()
        .map(|(class, better)| (better, atoms.takes(at, class)))
        .find(|(_, len)| *len > 0)
}

/// "or older", "and above", "+": the comparator after the number.
fn after_number(atoms: &Atoms, at: usize) -> Option<(Op, usize)> {
    for (class, op) in [(Class::GeAfter, Op::Ge), (Class::LeAfter, Op::Le)] {
        let len = atoms.takes(at, class);
        if len > 0 {
            return Some((op, len));
        }
    }
    let tight = atoms.get(at).is_some_and(|a| !a.spaced);
    (tight && atoms.text(at) == "+" && atoms.digits(at + 1).is_none()).then_some((Op::Ge, 1))
}

fn past_age_words(atoms: &Atoms, at: usize) -> usize {
    at + atoms.takes(at, Class::AgeAfter)
}

/// "(inclusive)" and the like.
fn past_inclusive(atoms: &Atoms, at: usize) -> usize {
    let open = usize::from(atoms.is(at, Class::Open));
    let comma = usize::from(open == 0 && atoms.is(at, Class::Comma));
    let len = atoms.takes(at + open + comma, Class::Inclusive);
    if len == 0 {
        return at;
    }
    let end = at + open + comma + len;
    if open == 0 {
        return end;
    }
    if atoms.is(end, Class::Close) { end + 1 } else { at }
}

/// The second half of a range, if one follows `first`.
fn range(atoms: &Atoms, start: usize, op: Option<Op>, first: Amount, between: bool) -> Option<Comparison> {
    let joint = past_inclusive(atoms, past_age_words(atoms, first.end));
    let to = atoms.takes(joint, Class::To);
    let and = if to == 0 { atoms.takes(joint, Class::And) } else { 0 };
    let comma = usize::from(to + and == 0 && op.is_some() && atoms.is(joint, Class::Comma));
    // "≥ 18 years, ≤ 75 years", "≥ 18 ≤ 75".
    let after = joint + to + and + comma;
    let after = if and > 0 && atoms.text(after) == "also" { after + 1 } else { after };
    let second_op = comparator(atoms, after);
    let second = amount(atoms, second_op.map_or(after, |(_, len)| after + len))?;
    let upper = match (op, second_op.map(|(op, _)| op)) {
        // "18 to 75", "between 18 and 75", "from 18 to 75".
        (None | Some(Op::Eq), None) if to > 0 || (between && and > 0) => Op::Le,
        (None, Some(upper)) if to > 0 || between => upper,
        // "≥ 18 to 75", "at least 18 up to 75".
        (Some(lower), None) if to > 0 && lower.is_lower() => Op::Le,
        (Some(lower), Some(upper))
            if lower.is_lower() != upper.is_lower() && upper != Op::Eq && lower != Op::Eq =>
        {
            upper
        }
        _ => return None,
    };
    let lower = op.filter(|op| *op != Op::Eq).unwrap_or(Op::Ge);
    let (mut first, mut second) = (first, second);
    if !comparable(atoms, &first, &second) {
        return None;
    }
    if first.unit == UnitAt::None {
        first.unit = second.unit;
    }
    if second.unit == UnitAt::None {
        second.unit = first.unit;
    }
    let rises = lower.is_lower() && !upper.is_lower();
    let falls = !lower.is_lower() && upper.is_lower();
    let stated = op.is_some() || second_op.is_some();
    let fits =
        rises && (stated || first.value < second.value) || falls && op.is_some() && second_op.is_some();
    if !fits {
        return None;
    }
    let end = past_inclusive(atoms, past_age_words(atoms, second.end));
    Some(Comparison {
        parts: vec![(lower, first), (upper, second)],
        range: true,
        list: false,
        better: None,
        negated: false,
        stated,
        start,
        end,
    })
}

/// Whether two ends of a range can be of one variable: one without a unit, two of one unit or of time.
fn comparable(atoms: &Atoms, first: &Amount, second: &Amount) -> bool {
    match (first.unit, second.unit) {
        (UnitAt::Words { at: a, len: a_len }, UnitAt::Words { at: b, len: b_len }) => {
            let (a, b) = (atoms.slice(a..a + a_len), atoms.slice(b..b + b_len));
            a == b || is_time(a) && is_time(b)
        }
        (UnitAt::None, _) | (_, UnitAt::None) => true,
        (a, b) => a == b,
    }
}

fn is_time(unit: &str) -> bool {
    ["year", "month", "week", "day", "yr"].iter().any(|name| unit.starts_with(name))
}

/// The largest number in a list of scores or counts.
const LISTED: f64 = 5.0;

/// `0, 1 or 2`, `0 or 1`, `0/1`: small whole numbers that rise, as the range they make.
fn list(atoms: &Atoms, start: usize, op: Option<Op>, first: Amount) -> Option<Comparison> {
    let small = |amount: &Amount| amount.value.fract() == 0.0 && amount.value <= LISTED && !amount.has_unit();
    if op.is_some_and(|op| op != Op::Eq) || !small(&first) {
        return None;
    }
    let (mut last, mut end) = (first, first.end);
    loop {
        let mut at = end;
        for class in [Class::Comma, Class::Or, Class::And] {
            at += atoms.takes(at, class);
        }
        let next = number(atoms, at).filter(|next| at > end && small(next) && next.value > last.value);
        let Some(next) = next else { break };
        (last, end) = (next, next.end);
    }
    (last.value > first.value).then(|| Comparison {
        parts: vec![(Op::Ge, first), (Op::Le, last)],
        range: true,
        list: true,
        better: None,
        negated: false,
        stated: false,
        start,
        end,
    })
}

/// `140/90`: a pressure, with or without a comparator.
pub fn pressures(atoms: &Atoms, at: usize) -> Option<(Amount, Amount)> {
    let first = number(atoms, at)?;
    if atoms.text(first.end) != "/" {
        return None;
    }
    let second = amount(atoms, first.end + 1)?;
    let fits = (70.0..=260.0).contains(&first.value) && (30.0..=160.0).contains(&second.value);
    (fits && first.value > second.value).then_some((first, second))
}
