//! What a criterion (or a cell of the threshold matrix) demands, brought to a form that can be weighed against
//! another trial's.

use super::similar::Content;
use crate::protocol::{Limit, LimitValue, Section, Tag};
use crate::reading::criteria::typed::{self, Bounds};
use crate::reading::criteria::vocabulary::{VariableKind, Vocabulary};
use crate::reading::units;

/// A demand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// What binds every patient by itself, one a variable and unit.
    pub bounds: Vec<Bounds>,
    /// What holds only under a condition, in an exception or as one of several.
    pub extras: Vec<Extra>,
    /// Times to wait after something.
    pub washouts: Vec<Washout>,
    /// Limits that no common unit can be found for.
    pub unlike: Vec<Limit>,
    /// Genes and findings it speaks of.
    pub tags: Vec<Tag>,
    /// Words that change what the limits mean ("without transfusion").
    pub qualifiers: Vec<&'static str>,
    /// The words it is made of.
    pub words: Content,
    /// Whether it shuts out.
    pub excludes: bool,
}

/// Why a limit does not bind by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Under a condition.
    Conditional,
    /// In an exception from an exclusion.
    Except,
    /// One of several, of which one is enough.
    Alternative,
}

/// A limit that does not bind by itself, as an end of what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// Why it does not bind.
    pub kind: Kind,
    /// The variable.
    pub variable: String,
    /// Its canonical unit.
    pub unit: String,
    /// Whether it is a lower end (the greater the stricter).
    pub lower: bool,
    /// The value, in `unit`.
    pub value: f64,
}

/// A time to wait after an agent was last given.
#[derive(Clone, Debug, PartialEq)]
pub struct Washout {
    /// The agent's words.
    pub agent: Content,
    /// As the text names it.
    pub name: String,
    /// How long, in days.
    pub days: f64,
    /// Whether it binds by itself.
    pub binds: bool,
}

/// Words that change what a limit means, folded.
const QUALIFIERS: &[&str] = &[
    "without",
    "unless",
    "except",
    "excluding",
    "transfusion",
    "transfusions",
    "gilbert",
    "fasting",
    "postmenopausal",
    "dialysis",
    "untreated",
    "treated",
    "stable",
    "uncontrolled",
    "controlled",
    "symptomatic",
    "asymptomatic",
    "resting",
    "corrected",
    "adjusted",
];

impl Statement {
    /// A criterion's: its text, the limits and tags that stand in it.
    pub fn of_item(
        text: &str,
        limits: &[Limit],
        tags: &[Tag],
        excludes: bool,
        vocabulary: &Vocabulary,
    ) -> Self {
        let words = Content::of(text);
        let mut statement = Self {
            bounds: bounds(limits, vocabulary),
            tags: tags.to_vec(),
            qualifiers: QUALIFIERS.iter().copied().filter(|word| words.has(word)).collect(),
            words,
            excludes,
            ..Self::default()
        };
        for limit in limits {
            statement.add(limit, vocabulary);
        }
        statement
    }

    fn add(&mut self, limit: &Limit, vocabulary: &Vocabulary) {
        if limit.variable == "washout" && !limit.except {
            match washout(limit, vocabulary) {
                Some(washout) => self.washouts.push(washout),
                None => self.unlike.push(limit.clone()),
            }
        } else if !typed::binds(limit) {
            match extra(limit, vocabulary) {
                Some(extra) => self.extras.push(extra),
                None => self.unlike.push(limit.clone()),
            }
        } else if typed::canonical(limit, vocabulary).is_none() {
            self.unlike.push(limit.clone());
        }
    }

    /// Whether anything in it was read as a limit.
    pub fn has_limits(&self) -> bool {
        !(self.bounds.is_empty()
            && self.extras.is_empty()
            && self.washouts.is_empty()
            && self.unlike.is_empty())
    }

    /// The variables it sets limits on.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        let bounds = self.bounds.iter().map(|bounds| bounds.variable.as_str());
        bounds.chain(self.extras.iter().map(|extra| extra.variable.as_str()))
    }
}

/// The limits that bind. An end that is the scale's own ("ECOG 0" of 0 or 1) demands nothing.
pub fn bounds(limits: &[Limit], vocabulary: &Vocabulary) -> Vec<Bounds> {
    let mut all = typed::bounds(limits, vocabulary);
    for bounds in &mut all {
        let variable = vocabulary.variable(&bounds.variable);
        let steps = variable.is_some_and(|v| matches!(v.kind, VariableKind::Score | VariableKind::Class));
        if !steps {
            continue;
        }
        let (least, most) = match variable.and_then(|v| v.range).filter(|_| bounds.unit != typed::CLASS) {
            Some(range) => range,
            None => (if bounds.unit == typed::CLASS { 1.0 } else { 0.0 }, f64::MAX),
        };
        bounds.lower = bounds.lower.take().filter(|end| !end.inclusive || end.value > least);
        bounds.upper = bounds.upper.take().filter(|end| !end.inclusive || end.value < most);
    }
    all
}

/// A washout in days. Only "within N of" (an exclusion) and "at least N since" (an inclusion) ask to wait.
fn washout(limit: &Limit, vocabulary: &Vocabulary) -> Option<Washout> {
    let asks_to_wait = match limit.section? {
        Section::Exclusion => limit.op.starts_with('<'),
        Section::Inclusion => limit.op.starts_with('>'),
    };
    let LimitValue::Number(value) = &limit.value else { return None };
    let days = units::days(vocabulary, value.0, limit.unit.as_deref()?)?;
    let name = limit.agent.clone().unwrap_or_default();
    let washout =
        Washout { agent: Content::of(&name), name, days, binds: !limit.conditional && !limit.alternative };
    asks_to_wait.then_some(washout)
}

/// A limit that does not bind as an end of what is allowed: an exclusion's is turned round, an exception's is not,
/// for it says who is let in.
fn extra(limit: &Limit, vocabulary: &Vocabulary) -> Option<Extra> {
    let kind = if limit.except {
        Kind::Except
    } else if limit.conditional {
        Kind::Conditional
    } else {
        Kind::Alternative
    };
    let (value, unit) = if limit.variable == "washout" {
        let LimitValue::Number(value) = &limit.value else { return None };
        (units::days(vocabulary, value.0, limit.unit.as_deref()?)?, "day".to_owned())
    } else {
        typed::canonical(limit, vocabulary)?
    };
    let turned = limit.section? == Section::Exclusion && kind != Kind::Except;
    let above = match limit.op.chars().next()? {
        '>' => true,
        '<' => false,
        _ => return None,
    };
    Some(Extra { kind, variable: limit.variable.clone(), unit, lower: above != turned, value })
}
