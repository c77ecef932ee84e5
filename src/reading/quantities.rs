//! Amounts as prose writes them: "60-75 mg/m2", "5×10^7 VP", "AUC of 5", "two tablets".
//!
//! Which unit words there are is a table (`assets/vocabulary/units.toml`); what an amount is for, the caller tells.

mod exposure;

use serde::Deserialize;

use super::lexer::Tokens;
use super::lexicon::Lexicon;
use super::numbers::{self, Found};

/// What a unit measures; two amounts of one drug in units of different kinds are one dose told twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    /// What is given: mass, activity, radiation, cells.
    Amount,
    /// What is taken: tablets, puffs.
    Count,
    /// What is drawn up.
    Volume,
    /// A concentration or an exposure.
    Level,
    /// A part of the body's measure; no dose by itself.
    Body,
}

/// The words of `units.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UnitTables {
    unit: Vec<UnitWords>,
    per: Vec<PerWords>,
    exposure: Vec<PerWords>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitWords {
    name: String,
    kind: UnitKind,
    words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PerWords {
    name: String,
    words: Vec<String>,
}

/// Unit words as lookup tables.
#[derive(Clone, Debug, Default)]
pub struct Units {
    names: Vec<String>,
    units: Lexicon<(usize, UnitKind)>,
    pers: Lexicon<usize>,
    exposures: Lexicon<usize>,
}

/// The unit of an amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// As the schedule prints it: `mg`, `mg/m2`, `mg/kg/day`, `auc`.
    pub name: String,
    /// What it measures.
    pub kind: UnitKind,
    /// It tells a strength (`mg/tablet`) or a laboratory concentration (`mg/dl`), not what is given.
    pub strength: bool,
}

/// The number or numbers of an amount.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// `80`.
    One(f64),
    /// `60-75`.
    Range(f64, f64),
    /// `up to 80`.
    UpTo(f64),
    /// `18/60/180`, `10, 20 and 40`: in the order of the text; the flag says that "or" stood between.
    Several(Vec<f64>, Between),
}

/// What stood between the numbers of an amount with several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// `80/160`.
    Slash,
    /// `80 or 160`.
    Or,
    /// `80, 160 and 320`.
    And,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How much.
    pub values: Values,
    /// Of what.
    pub unit: Unit,
}

/// More numbers than this in one amount are no list of doses.
const LONGEST_LIST: usize = 16;

impl Units {
    /// Adds the tables' words; words that are there already keep their meaning.
    pub fn add(&mut self, tables: &UnitTables) {
        for unit in &tables.unit {
            let id = self.name(&unit.name);
            for word in &unit.words {
                self.units.add(word, (id, unit.kind));
            }
        }
        for per in &tables.per {
            let id = self.name(&per.name);
            for word in &per.words {
                self.pers.add(word, id);
            }
        }
        for exposure in &tables.exposure {
            let id = self.name(&exposure.name);
            for word in &exposure.words {
                self.exposures.add(word, id);
            }
        }
    }

    fn name(&mut self, name: &str) -> usize {
        if let Some(at) = self.names.iter().position(|other| other == name) {
            return at;
        }
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    fn named(&self, id: usize) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    /// An amount at token `at`: numbers with one unit behind them, or behind each.
    pub fn quantity(&self, tokens: &Tokens, at: usize) -> Option<Found<Quantity>> {
        self.exposure(tokens, at).or_else(|| self.amount(tokens, at))
    }

    fn amount(&self, tokens: &Tokens, at: usize) -> Option<Found<Quantity>> {
        let first = self.each_with_unit(tokens, at).or_else(|| {
            let values = values(tokens, at)?;
            let unit = self.unit(tokens, values.end)?;
            Some(Found::new(Quantity { values: values.value, unit: unit.value }, unit.end))
        })?;
        (!doubtful_decimal(tokens, at, &first.value)).then_some(first)
    }

    /// `6mg/8mg/10mg`, `60 mg to 75 mg`, `5×10^7 VP/5×10^8 VP`: every number with the same unit.
    fn each_with_unit(&self, tokens: &Tokens, at: usize) -> Option<Found<Quantity>> {
        let one = |at: usize| {
            let number = numbers::number(tokens, at)?;
            let unit = self.unit(tokens, number.end)?;
            Some((number.value, unit))
        };
        let (first, unit) = one(at)?;
        let mut more = Vec::new();
        let mut end = unit.end;
        let mut between = None;
        while more.len() + 1 < LONGEST_LIST {
            let (sign, after) = match tokens.text(end) {
                "/" => (Between::Slash, end + 1),
                "or" => (Between::Or, end + 1),
                "," => match tokens.text(end + 1) {
                    "or" => (Between::Or, end + 2),
                    "and" => (Between::And, end + 2),
                    _ => (Between::And, end + 1),
                },
                "and" | "&" | ";" => (Between::And, end + 1),
                // "5 mg → 10 mg → 20 mg": two of them are one step and the next.
                "→" if !more.is_empty() || one(end + 1).is_some_and(|(_, next)| tokens.is(next.end, "→")) => {
                    (Between::And, end + 1)
                }
                "-" | "to" | "~" | "up" if more.is_empty() => {
                    let up_to = usize::from(tokens.is(end, "up") && tokens.is(end + 1, "to"));
                    let (high, other) = one(end + 1 + up_to)?;
                    return (other.value == unit.value && high > first).then(|| {
                        let values = Values::Range(first, high);
                        Found::new(Quantity { values, unit: other.value }, other.end)
                    });
                }
                _ => break,
            };
            match one(after) {
                Some((value, other)) if other.value == unit.value => {
                    more.push(value);
                    end = other.end;
                    between = between.or(Some(sign)).map(|b| if sign == Between::Or { sign } else { b });
                }
                _ => break,
            }
        }
        // Alone, as nearly always.
        let values = between.map_or(Values::One(first), |between| {
            more.insert(0, first);
            Values::Several(more, between)
        });
        Some(Found::new(Quantity { values, unit: unit.value }, end))
    }

    /// A unit at token `at`: `mg`, `-mg`, `mg/m^2`, `mg per kg per day`, `cells/kg`, `CAR-T cells`, with the same in
    /// brackets behind it.
    pub fn unit(&self, tokens: &Tokens, at: usize) -> Option<Found<Unit>> {
        let at = at + usize::from(tokens.is(at, "-"));
        let base = self
            .cells(tokens, at)
            .or_else(|| self.units.at(tokens, at))
            .or_else(|| self.cells_per_kg(tokens, at))?;
        let (id, kind) = base.value;
        let mut unit = Unit { name: self.named(id).to_owned(), kind, strength: kind == UnitKind::Body };
        let mut end = base.end;
        for _ in 0..3 {
            end = self.restated(tokens, end);
            let Some(per) = self.per(tokens, end) else { break };
            match self.named(per.value) {
                "" => {}
                "strength" => unit.strength = true,
                name => {
                    unit.name.push('/');
                    unit.name.push_str(name);
                }
            }
            end = per.end;
        }
        Some(Found::new(unit, self.restated(tokens, end)))
    }

    /// `/kg`, `per square metre`.
    fn per(&self, tokens: &Tokens, at: usize) -> Option<Found<usize>> {
        let word = match tokens.text(at) {
            // `mg\m2`: the slash that leans the other way.
            "/" | "per" | "\\" => at + 1,
            "m2" | "m-2" | "kg-1" => at,
            // "mg·m-2": a product with the inverse.
            "." | "·" if matches!(tokens.text(at + 1), "m-2" | "kg-1") => at + 1,
            "a" if matches!(tokens.text(at + 1), "day" | "week") => at + 1,
            "•" => at + 1,
            _ => return None,
        };
        // "per day" after a frequency word stays with the amount: "8 mg per day" is 8 mg/day.
        let word = word + usize::from(tokens.is(word, "each"));
        self.pers.at(tokens, word)
    }

    /// Up to three words before "cells": `CAR-T cells`, `viable T cells`.
    fn cells(&self, tokens: &Tokens, at: usize) -> Option<Found<(usize, UnitKind)>> {
        let mut word = at;
        while word < at + 6 && may_stand_before_cells(tokens.text(word)) {
            word += 1;
        }
        // "1×10^6 MSCs/kg", "2×10^6 UC-MSCs": the kind stands for the cells.
        let kind = tokens.text(word).rsplit('-').next().unwrap_or_default();
        let per = matches!(tokens.text(word + 1), "/" | "per");
        if matches!(kind, "mscs" | "hucmscs" | "tils") || kind == "msc" && per {
            let id = self.names.iter().position(|name| name == "cells")?;
            return Some(Found::new((id, UnitKind::Amount), word + 1));
        }
        let found = self.units.at(tokens, word).filter(|_| word > at)?;
        (self.named(found.value.0) == "cells").then_some(found)
    }

    /// `/kg` right behind a power of ten, where the words near it speak of cells: `CAR-T cells at 1×10^6/kg`.
    fn cells_per_kg(&self, tokens: &Tokens, at: usize) -> Option<Found<(usize, UnitKind)>> {
        const NEAR: usize = 40;
        if !tokens.is(at, "/") || !tokens.text(at + 1).starts_with("kg") {
            return None;
        }
        const LEAST: f64 = 1e5;
        let power = (1..=6).filter_map(|back| at.checked_sub(back)).any(|start| {
            numbers::number(tokens, start).is_some_and(|number| number.end == at && number.value >= LEAST)
        });
        let cells = |word: usize| {
            let text = tokens.text(word);
            text.ends_with("cells")
                || text.starts_with("car-t")
                || matches!(text, "cell" | "msc" | "mscs" | "lymphocytes" | "til" | "tils" | "car-nk" | "dli")
                || text.ends_with("-mscs")
                || text.ends_with("-msc")
        };
        let id = self.names.iter().position(|name| name == "cells")?;
        (power && (at.saturating_sub(NEAR)..at + NEAR).any(cells))
            .then(|| Found::new((id, UnitKind::Amount), at))
    }

    /// Past a unit in brackets that only says the unit again: `milligrams (mg)`.
    fn restated(&self, tokens: &Tokens, at: usize) -> usize {
        if !matches!(tokens.text(at), "(" | "[") {
            return at;
        }
        let Some(base) = self.units.at(tokens, at + 1) else { return at };
        let mut end = base.end;
        while let Some(per) = self.per(tokens, end) {
            end = per.end;
        }
        if matches!(tokens.text(end), ")" | "]") { end + 1 } else { at }
    }
}

/// Numbers with one unit behind them: `80`, `60-75`, `18/60/180`, `8 or 4`, `10, 20 and 40`.
fn values(tokens: &Tokens, at: usize) -> Option<Found<Values>> {
    if let Some(range) = numbers::range(tokens, at) {
        let scale = match tokens.text(at + 1) {
            "-" | "~" | "to" => power_of(tokens, at + 2, range.value.1),
            _ => None,
        };
        return Some(range.map(|(low, high)| Values::Range(low * scale.unwrap_or(1.0), high)));
    }
    let first = numbers::number(tokens, at)?;
    let mut list = vec![first.value];
    let mut end = first.end;
    let mut between = Between::And;
    let in_bracket = at > 0 && tokens.is(at - 1, "(");
    while list.len() < LONGEST_LIST {
        let (sign, after) = match tokens.text(end) {
            "/" => (Between::Slash, end + 1),
            "or" => (Between::Or, end + 1),
            "," => match tokens.text(end + 1) {
                "or" => (Between::Or, end + 2),
                "and" => (Between::And, end + 2),
                _ => (Between::And, end + 1),
            },
            "and" | "&" => (Between::And, end + 1),
            // "levels (0.3; 1; 3 mg/kg)"
            ";" if in_bracket => (Between::And, end + 1),
            _ => break,
        };
        let Some(next) = numbers::number(tokens, after) else { break };
        list.push(next.value);
        end = next.end;
        between = if sign == Between::And && between != Between::And { between } else { sign };
    }
    Some(match list.len() {
        1 => Found::new(Values::One(first.value), first.end),
        _ => Found::new(Values::Several(list, between), end),
    })
}

/// The power of ten that a range's upper end is written with, which is that of both: `1-5×10^6`. Of large powers only.
fn power_of(tokens: &Tokens, at: usize, top: f64) -> Option<f64> {
    const LEAST: f64 = 1e4;
    let mantissa = tokens.number(at)?;
    let scale = top / mantissa;
    (mantissa > 0.0 && scale >= LEAST).then_some(scale)
}

/// Numbers whose size the writing leaves open: a decimal comma (`0,5 mg`, `1,5 mg`), points between thousands
/// (`50.000 IU`).
fn doubtful_decimal(tokens: &Tokens, at: usize, quantity: &Quantity) -> bool {
    if let Values::Several(list, Between::And) = &quantity.values {
        let tight =
            |at: usize| tokens.is(at + 1, ",") && tokens.get(at + 2).is_some_and(|token| !token.spaced);
        // "1,2 mg": a decimal comma, or a list of two?
        if list.len() == 2 && tight(at) && !tokens.is(at, "0") {
            return true;
        }
    }
    let comma_before = at > 0
        && tokens.is(at - 1, ",")
        && tokens.get(at).is_some_and(|token| !token.spaced)
        && tokens.get(at - 1).is_some_and(|token| !token.spaced)
        && at > 1
        && tokens.number(at - 2).is_some();
    let thousands =
        tokens.text(at).split_once('.').is_some_and(|(whole, part)| whole != "0" && part == "000");
    comma_before || thousands
}

/// Words that tell which cells are counted.
fn may_stand_before_cells(word: &str) -> bool {
    matches!(
        word,
        "car-t"
            | "car"
            | "t"
            | "nk"
            | "car-nk"
            | "viable"
            | "autologous"
            | "allogeneic"
            | "positive"
            | "car-positive"
            | "+"
            | "cd34"
            | "cd3"
            | "cd8"
            | "ucar-t"
            | "til"
            | "stem"
            | "mesenchymal"
            | "dendritic"
            | "transduced"
            | "-"
            | "of"
            | "live"
            | "anti-cd19"
            | "cd19"
            | "cik"
            | "dc"
            | "tcr-t"
            | "total"
            | "nucleated"
            | "msc"
            | "mscs"
            | "the"
            | "umbilical"
            | "cord"
            | "blood"
            | "bone"
            | "marrow"
            | "adipose"
            | "derived"
            | "marrow-derived"
            | "adipose-derived"
            | "human"
            | "expanded"
            | "natural"
            | "killer"
            | "regulatory"
            | "mononuclear"
            | "stromal"
            | "hematopoietic"
            | "progenitor"
            | "donor"
            | "tumor-infiltrating"
    )
}

#[cfg(test)]
mod tests;
