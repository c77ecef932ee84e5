//! A patient's facts as they are typed in one line: `B7, 61 f, ecog 1, anc 1.2, lines 2, chemotherapy 20 days ago`.
//!
//! Variables and units are known by the vocabulary's words. What is not understood is told with its words, and nothing is
//! guessed but one thing, which is told too: a number without a unit is in its variable's canonical one. Dates are refused.

use super::patient::{Exposure, Measured, Patient};
use super::words::{entered, label};
use crate::protocol::phrase;
use crate::reading::criteria::typed::CLASS;
use crate::reading::criteria::vocabulary::{Unit, Variable, VariableKind, Vocabulary};
use crate::reading::{criteria, units};

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The patient.
    pub patient: Patient,
    /// Variables whose unit was not typed: the canonical one was taken.
    pub taken: Vec<String>,
}

/// A sentence that says what is not understood, and the remedy.
type Fault = String;

/// Reads a typed line.
///
/// # Errors
/// A sentence with the words that are not understood, and what would be.
pub fn read(text: &str) -> Result<Facts, Fault> {
    let mut facts = Facts::default();
    let items = text.split([',', ';', '\n']).map(str::trim).filter(|item| !item.is_empty());
    for (nth, item) in items.enumerate() {
        refuse_dates(item)?;
        let understood = facts.take(item)?;
        if !understood && nth == 0 && is_code(item) {
            facts.patient.code = Some(item.to_owned());
        } else if !understood {
            return Err(format!(
                "`{item}` is not understood; say it as `anc 1.2`, `2 lines`, `chemotherapy 20 days ago`, `KIT exon 17`"
            ));
        }
    }
    if facts.patient == (Patient { code: facts.patient.code.clone(), ..Patient::default() }) {
        return Err("no fact is typed yet: `B7, 61 f, ecog 1, anc 1.2, chemotherapy 20 days ago`".to_owned());
    }
    Ok(facts)
}

impl Facts {
    /// A patient's facts that came with their units.
    pub fn of(patient: Patient) -> Self {
        Self { patient, taken: Vec::new() }
    }

    /// The facts for people, the code word left out: `Neutrophils 1.2 ×10⁹/L`. With each, whether its unit was taken.
    pub fn words(&self) -> Vec<(String, bool)> {
        let patient = &self.patient;
        let mut words: Vec<(String, bool)> = Vec::new();
        let mut say = |text: String| words.push((text, false));
        if let Some(age) = patient.age {
            say(format!("{} years", phrase::number(age)));
        }
        if let Some(sex) = &patient.sex {
            say(sex.to_lowercase());
        }
        if let Some(lines) = patient.prior_lines {
            say(format!("{} {}", label("prior_lines"), phrase::number(lines)));
        }
        for value in &patient.values {
            let number = match (value.unit.as_str(), value.value) {
                (CLASS, number) => letter(number).unwrap_or_default(),
                (unit, number) => entered(number, unit),
            };
            words
                .push((format!("{} {number}", label(&value.variable)), self.taken.contains(&value.variable)));
        }
        for given in &patient.last_exposure {
            let days = if given.days_ago == 1.0 { "day" } else { "days" };
            words.push((format!("{} {} {days} ago", given.agent, phrase::number(given.days_ago)), false));
        }
        words.extend(patient.mutations.iter().chain(&patient.conditions).map(|words| (words.clone(), false)));
        words
    }

    /// Takes a fact in; `false` when the words are none.
    fn take(&mut self, item: &str) -> Result<bool, Fault> {
        let lower = item.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        Ok(self.person(&words)?
            || self.lines(&words)?
            || self.exposure(item, &words)?
            || self.condition(item)
            || self.measured(item, &lower)?
            || self.mutation(item))
    }

    /// An age, a sex, or both: `61 f`, `female 61 years`, `age 61`.
    fn person(&mut self, words: &[&str]) -> Result<bool, Fault> {
        let (mut age, mut sex, mut named) = (None, None, false);
        for word in words {
            match (*word, number(word)) {
                ("age" | "aged" | "years" | "year" | "yrs" | "y" | "yo" | "old", _) => named = true,
                ("f" | "female" | "woman", _) if sex.is_none() => sex = Some("FEMALE"),
                ("m" | "male" | "man", _) if sex.is_none() => sex = Some("MALE"),
                (_, Some(years)) if age.is_none() => age = Some(years),
                _ => return Ok(false),
            }
        }
        // A number alone may be anything.
        if sex.is_none() && !(age.is_some() && named) {
            return Ok(false);
        }
        if age.is_some_and(|age| age > 120.0) {
            return Err(format!("`{}`: an age in years is needed", words.join(" ")));
        }
        if let Some(age) = age {
            once(self.patient.age.replace(age).is_none(), "age")?;
        }
        if let Some(sex) = sex {
            once(self.patient.sex.replace(sex.to_owned()).is_none(), "sex")?;
        }
        Ok(true)
    }

    /// Earlier lines of therapy: `lines 2`, `2 prior lines`, `no prior lines`.
    fn lines(&mut self, words: &[&str]) -> Result<bool, Fault> {
        if !words.iter().any(|word| matches!(*word, "line" | "lines")) {
            return Ok(false);
        }
        let mut count = None;
        for word in words {
            match *word {
                "line" | "lines" | "prior" | "previous" | "earlier" | "of" | "therapy" | "treatment" => {}
                "no" if count.is_none() => count = Some(0.0),
                word => match number(word).filter(|lines| lines.fract() == 0.0 && count.is_none()) {
                    Some(lines) => count = Some(lines),
                    None => return Ok(false),
                },
            }
        }
        let Some(lines) = count else { return Ok(false) };
        once(self.patient.prior_lines.replace(lines).is_none(), "prior lines")?;
        Ok(true)
    }

    /// Something given some time ago: `chemotherapy 20 days ago`.
    fn exposure(&mut self, item: &str, words: &[&str]) -> Result<bool, Fault> {
        let Some((_, before)) = words.split_last().filter(|(last, _)| **last == "ago") else {
            return Ok(false);
        };
        let needed =
            || format!("`{item}`: what, and how many days (weeks, months) ago: `chemotherapy 20 days ago`");
        // "20 days", "20d"
        let (time, agent) = match before {
            [agent @ .., count, unit] if number(count).is_some() => (format!("{count} {unit}"), agent.len()),
            [agent @ .., both] => (both.to_string(), agent.len()),
            [] => return Err(needed()),
        };
        let digits = time.find(|c: char| !(c.is_ascii_digit() || c == '.')).ok_or_else(needed)?;
        let (count, unit) = time.split_at(digits);
        let days = number(count)
            .zip(unit_named(unit))
            .and_then(|(count, unit)| units::days(Vocabulary::embedded(), count, &unit.name));
        let agent: Vec<&str> = item.split_whitespace().take(agent).collect();
        let agent = agent.join(" ");
        let agent = agent.strip_prefix("last ").unwrap_or(&agent).to_owned();
        match days {
            // Part of a day more does not make a time that is over.
            Some(days) if agent.chars().any(char::is_alphabetic) => {
                self.patient.last_exposure.push(Exposure { agent, days_ago: days.floor() });
                Ok(true)
            }
            _ => Err(needed()),
        }
    }

    /// `condition GIST`.
    fn condition(&mut self, item: &str) -> bool {
        let named = ["condition ", "diagnosis ", "dx "].iter().find_map(|word| rest_of(item, word));
        self.patient.conditions.extend(named.map(str::to_owned));
        named.is_some()
    }

    /// A gene with what happened to it, as the reader of criteria knows them.
    fn mutation(&mut self, item: &str) -> bool {
        let named = ["mutation ", "gene "].iter().find_map(|word| rest_of(item, word)).unwrap_or(item);
        let heading = "Inclusion Criteria:\n* ";
        let reading = criteria::read(&format!("{heading}{named}"));
        let gene = reading
            .tags
            .iter()
            .any(|tag| tag.topic == "gene" && tag.span.start == heading.len() && reading.criteria.len() <= 2);
        // A gene alone says nothing of what happened to it.
        let known = gene && named.split_whitespace().count() > 1;
        if known {
            self.patient.mutations.push(named.to_owned());
        }
        known
    }

    /// A variable with its value: `anc 1.2`, `platelets 95 10^9/L`, `child-pugh b`.
    fn measured(&mut self, item: &str, lower: &str) -> Result<bool, Fault> {
        let Some((variable, rest)) = variable_of(lower) else { return Ok(false) };
        let rest = rest.trim_start_matches([':', '=', ' ']);
        if rest.starts_with(['<', '>', '≤', '≥']) {
            return Err(format!("`{item}`: the value itself is needed, as in `{} 1.2`", variable.name));
        }
        if let Some(class) = class_of(variable, rest) {
            return self.push(variable, class, CLASS, item).map(|()| true);
        }
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (amount, unit) = rest.split_at(end);
        let Some(value) = number(amount) else {
            // EGFR is a gene, eGFR a measure.
            if self.mutation(item) {
                return Ok(true);
            }
            return Err(format!("`{item}`: a number is needed, as in `{} 1.2`", variable.name));
        };
        let variable = by_value(variable, value);
        let unit = unit.trim();
        if variable.name == "age" {
            once(self.patient.age.replace(value).is_none(), "age")?;
            return Ok(unit.is_empty() || unit_named(unit).is_some_and(|unit| unit.name == "year"));
        }
        if !unit.is_empty() {
            let unit = typed_unit(variable, unit).ok_or_else(|| {
                format!("`{unit}` is not a unit of {}: {}", label(&variable.name), offered(variable))
            })?;
            return self.push(variable, value, &unit.name, item).map(|()| true);
        }
        if let Some((low, high)) = variable.range.filter(|(low, high)| !(*low..=*high).contains(&value)) {
            let unit = entered(0.0, &variable.canonical).trim_start_matches('0').trim().to_owned();
            return Err(format!(
                "`{item}`: without a unit it is taken in {}, where {} to {} can be: write the unit",
                if unit.is_empty() { "points" } else { &unit },
                phrase::number(low),
                phrase::number(high)
            ));
        }
        if !variable.canonical.is_empty() {
            self.taken.push(variable.name.clone());
        }
        self.push(variable, value, &variable.canonical, item).map(|()| true)
    }

    fn push(&mut self, variable: &Variable, value: f64, unit: &str, item: &str) -> Result<(), Fault> {
        if self.patient.values.iter().any(|known| known.variable == variable.name) {
            return Err(format!("`{item}`: {} is there already", label(&variable.name)));
        }
        let measured = Measured { variable: variable.name.clone(), value, unit: unit.to_owned() };
        self.patient.values.push(measured);
        Ok(())
    }
}

fn once(first: bool, what: &str) -> Result<(), Fault> {
    if first { Ok(()) } else { Err(format!("the {what} is there twice")) }
}

fn rest_of<'t>(item: &'t str, word: &str) -> Option<&'t str> {
    let start = item.get(..word.len())?;
    let rest = item.get(word.len()..)?.trim();
    (start.eq_ignore_ascii_case(word) && !rest.is_empty()).then_some(rest)
}

/// A plain number, not below zero.
fn number(text: &str) -> Option<f64> {
    let digits = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.parse().ok().filter(|value: &f64| digits && value.is_finite())
}

/// Whether something can stand for a patient: short, with a letter, or digits only.
fn is_code(item: &str) -> bool {
    item.chars().count() <= 24 && !item.contains(['<', '>', '='])
}

/// Dates tell who somebody is, and days are all that is needed.
fn refuse_dates(item: &str) -> Result<(), Fault> {
    let groups: Vec<&str> =
        item.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let joined = |sign: char| item.matches(sign).count() >= 2;
    let date = groups.len() >= 3 && ['-', '/', '.'].into_iter().any(joined);
    let lower = item.to_lowercase();
    let year = groups.iter().any(|group| group.len() == 4 && ("1900".."2100").contains(group));
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let month = words.iter().any(|word| MONTHS.iter().any(|month| word.len() > 2 && month.starts_with(word)));
    let month_of_year = groups.len() >= 2 && ['-', '/'].into_iter().any(|sign| item.contains(sign)) && year;
    let birth = words.iter().any(|word| matches!(*word, "born" | "birth" | "dob" | "birthday"));
    if birth {
        return Err(format!("`{item}`: no birth date is kept; an age in years is enough: `61 years`"));
    }
    if date || month_of_year || (month && !groups.is_empty()) {
        return Err(format!(
            "`{item}` holds a date: say how long ago instead, as in `chemotherapy 20 days ago`"
        ));
    }
    Ok(())
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The variable that a text begins with, by its longest name, and what follows.
fn variable_of(lower: &str) -> Option<(&'static Variable, &str)> {
    let mut found: Option<(&'static Variable, &str)> = None;
    for variable in Vocabulary::embedded().variables() {
        let name = variable.name.replace('_', " ");
        let names = [name.as_str(), variable.name.as_str()].into_iter();
        let own = variable.label.to_lowercase();
        for word in names.chain([own.as_str()]).chain(variable.words.iter().map(String::as_str)) {
            let Some(rest) = lower.strip_prefix(word).filter(|_| !word.is_empty()) else { continue };
            let ends = rest.starts_with(|c: char| !(c.is_alphanumeric() || c == '-' || c == '/'));
            if ends && found.is_none_or(|(_, shortest)| rest.len() < shortest.len()) {
                found = Some((variable, rest));
            }
        }
    }
    found
}

/// The variable that a value belongs to: a performance status of 80 is a Karnofsky index.
fn by_value(variable: &'static Variable, value: f64) -> &'static Variable {
    let own = variable.by_value.iter().find(|by| value <= by.up_to);
    own.and_then(|by| Vocabulary::embedded().variable(&by.name)).unwrap_or(variable)
}

/// A class's letter as a number: A is 1.
fn class_of(variable: &Variable, text: &str) -> Option<f64> {
    let letters = variable.letters.as_deref().filter(|_| variable.kind == VariableKind::Class)?;
    let text = text.trim().trim_start_matches("class ");
    let at = letters.find(text).filter(|_| text.len() == 1)?;
    (1..).zip(0..=at).last().map(|(count, _)| f64::from(count))
}

fn letter(value: f64) -> Option<String> {
    ["A", "B", "C"]
        .iter()
        .zip(1..)
        .find(|(_, count)| f64::from(*count) == value)
        .map(|(c, _)| (*c).to_owned())
}

/// A unit as it is typed, made plain.
fn plain_unit(text: &str) -> String {
    let text: String = text
        .trim()
        .chars()
        .map(|c| match c {
            'µ' | 'μ' => 'u',
            '×' => 'x',
            '⁹' => '9',
            '⁶' => '6',
            '³' => '3',
            '²' => '2',
            '*' => '^',
            c => c,
        })
        .collect();
    let text = text.to_lowercase().replace("10e", "10^").replace("e9/l", "10^9/l");
    // "10⁹/L" has lost the sign of its power.
    match text.strip_prefix("x ").or(text.strip_prefix('x')).unwrap_or(&text) {
        "109/l" => "10^9/l".to_owned(),
        "106/l" => "10^6/l".to_owned(),
        "103/ul" => "10^3/ul".to_owned(),
        text => text.trim().to_owned(),
    }
}

fn is_named(unit: &Unit, typed: &str) -> bool {
    unit.name.to_lowercase() == typed || unit.words.iter().any(|word| word == typed)
}

fn unit_named(text: &str) -> Option<&'static Unit> {
    let typed = plain_unit(text);
    Vocabulary::embedded().units_of(&["time"]).find(|unit| is_named(unit, &typed))
}

/// The dimensions of the ends of the normal range.
const MULTIPLES: [&str; 2] = ["upper_limit", "lower_limit"];

/// A typed unit that a variable can have.
fn typed_unit(variable: &Variable, text: &str) -> Option<&'static Unit> {
    let typed = plain_unit(text);
    let dimensions: Vec<&str> = variable.units.iter().map(String::as_str).chain(MULTIPLES).collect();
    Vocabulary::embedded().units_of(&dimensions).find(|unit| is_named(unit, &typed))
}

fn offered(variable: &Variable) -> String {
    let dimensions: Vec<&str> = variable.units.iter().map(String::as_str).collect();
    let names: Vec<&str> =
        Vocabulary::embedded().units_of(&dimensions).map(|unit| unit.name.as_str()).take(4).collect();
    if names.is_empty() { "it has none".to_owned() } else { format!("write {}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match read(text) {
            Ok(facts) => {
                let words = facts.words().into_iter();
                let words = words.map(|(words, taken)| if taken { format!("{words}*") } else { words });
                let code = facts.patient.code.iter().cloned();
                code.chain(words).collect::<Vec<_>>().join(" | ")
            }
            Err(fault) => format!("! {fault}"),
        }
    }

    #[test]
    fn lines_are_read_as_patients() {
        for (line, expected) in [
            (
                "B7, 61 f, ecog 1, anc 1.2, platelets 95, lines 2, chemotherapy 20 days ago, KIT exon 17",
                "B7 | 61 years | female | Prior lines 2 | ECOG 1 | Neutrophils 1.2 ×10⁹/L* | Platelets 95 ×10⁹/L* | \
                 chemotherapy 20 days ago | KIT exon 17",
            ),
            ("61 years", "61 years"),
            ("heron; male; age 61", "heron | 61 years | male"),
            ("0042, 70 m", "0042 | 70 years | male"),
            ("anc 1200/uL", "Neutrophils 1200 /µL"),
            ("ANC: 1.2 x 10^9/L", "Neutrophils 1.2 ×10⁹/L"),
            ("anc 1.2 10⁹/L", "Neutrophils 1.2 ×10⁹/L"),
            ("platelet count 95 G/L", "! `g/l` is not a unit of Platelets: write /uL, /mm3, 10^3/uL, 10^9/L"),
            ("alt 2 x ULN", "ALT 2 × ULN"),
            ("hemoglobin 90 g/L", "Haemoglobin 90 g/L"),
            ("performance status 80", "Karnofsky 80"),
            ("who performance status 1", "ECOG 1"),
            ("child-pugh b", "Child-Pugh B"),
            ("child-pugh 7", "Child-Pugh 7"),
            ("2 prior lines", "Prior lines 2"),
            ("no prior lines", "Prior lines 0"),
            ("last radiotherapy 3 weeks ago", "radiotherapy 21 days ago"),
            ("PD-1 inhibitor 2 months ago", "PD-1 inhibitor 60 days ago"),
            ("surgery 10d ago", "surgery 10 days ago"),
            ("condition GIST", "GIST"),
            ("EGFR L858R mutation", "EGFR L858R mutation"),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_words() {
        for (line, words) in [
            ("B7, 61 f, feels well", "`feels well` is not understood"),
            ("B7, 61 f, anc low", "`anc low`: a number is needed"),
            ("B7, anc > 1", "`anc > 1`: the value itself is needed"),
            ("B7, anc 1.2 furlongs", "`furlongs` is not a unit"),
            ("B7, anc 1,2", "`2` is not understood"),
            ("B7, platelets 95000", "write the unit"),
            ("B7, anc 1, neutrophils 2", "is there already"),
            ("B7, 61 f, 62 m", "twice"),
            ("B7, chemotherapy 2026-01-02", "holds a date"),
            ("B7, chemotherapy on 3 March", "holds a date"),
            ("B7, chemotherapy 03/2026", "holds a date"),
            ("B7, surgery 2.3.26", "holds a date"),
            ("B7, born 1961", "no birth date"),
            ("1961-03-02, ecog 1", "holds a date"),
            ("B7, chemotherapy ago", "how many days"),
            ("B7, 20 days ago", "what, and how many days"),
            ("B7, KIT", "`KIT` is not understood"),
            ("B7", "no fact is typed yet"),
            ("", "no fact is typed yet"),
        ] {
            assert!(told(line).starts_with('!') && told(line).contains(words), "{line}: {}", told(line));
        }
    }
}
