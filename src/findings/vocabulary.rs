//! The words and ranges the rules go by: a TOML table, compiled for finding.

use std::collections::HashMap;

use serde::Deserialize;

use crate::reading::phrases::Phrases;

/// The table that comes with the program.
const FINDINGS: &str = include_str!("../../assets/vocabulary/findings.toml");

/// Everything the rules look words up in.
#[derive(Default)]
pub(super) struct Vocabulary {
    pub not_conditions: Vec<String>,
    pub group_names: Vec<String>,
    pub surgery: Phrases,
    pub surgery_endings: Vec<String>,
    pub after_surgery: Phrases,
    pub dummies: Phrases,
    /// Oral, infusion, cells.
    pub ways: [Phrases; 3],
    pub donor: Phrases,
    pub own: Phrases,
    pub outcome_lists: Phrases,
    pub primary_lists: Phrases,
    pub measured: Phrases,
    pub chemotherapy_given: Phrases,
    pub chemotherapy_listed: Phrases,
    pub plausible: Vec<Plausible>,
    pub enrolled: Phrases,
    pub both_sexes: Phrases,
    /// How drugs' names end.
    pub drug_endings: Vec<String>,
    /// Each known drug with its class (`pd1`, `pdl1`, `other`).
    pub drugs: HashMap<String, String>,
}

/// What a limit on a variable may be, in one unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plausible {
    pub variable: String,
    pub unit: String,
    pub low: f64,
    pub high: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    not_conditions: Vec<String>,
    group_names: Vec<String>,
    surgery: Vec<String>,
    surgery_endings: Vec<String>,
    after_surgery: Vec<String>,
    dummies: Vec<String>,
    ways: Ways,
    origin: Origin,
    outcomes: Outcomes,
    chemotherapy: Chemotherapy,
    plausible: Vec<Plausible>,
    enrolled: Vec<String>,
    both_sexes: Vec<String>,
    drug_endings: Vec<String>,
    drugs: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ways {
    oral: Vec<String>,
    infusion: Vec<String>,
    cells: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    donor: Vec<String>,
    own: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcomes {
    lists: Vec<String>,
    primary: Vec<String>,
    measured: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chemotherapy {
    given: Vec<String>,
    listed: Vec<String>,
}

impl Vocabulary {
    /// The vocabulary that comes with the program.
    ///
    /// # Errors
    /// Never in a released program: a test compiles it.
    pub fn embedded() -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(FINDINGS)?;
        let drugs = file
            .drugs
            .into_iter()
            .flat_map(|(class, names)| names.into_iter().map(move |name| (name, class.clone())));
        Ok(Self {
            not_conditions: file.not_conditions,
            group_names: file.group_names,
            surgery: phrases(&file.surgery),
            surgery_endings: file.surgery_endings,
            after_surgery: phrases(&file.after_surgery),
            dummies: phrases(&file.dummies),
            ways: [phrases(&file.ways.oral), phrases(&file.ways.infusion), phrases(&file.ways.cells)],
            donor: phrases(&file.origin.donor),
            own: phrases(&file.origin.own),
            outcome_lists: phrases(&file.outcomes.lists),
            primary_lists: phrases(&file.outcomes.primary),
            measured: phrases(&file.outcomes.measured),
            chemotherapy_given: phrases(&file.chemotherapy.given),
            chemotherapy_listed: phrases(&file.chemotherapy.listed),
            plausible: file.plausible,
            enrolled: phrases(&file.enrolled),
            both_sexes: phrases(&file.both_sexes),
            drug_endings: file.drug_endings,
            drugs: drugs.collect(),
        })
    }
}

fn phrases(words: &[String]) -> Phrases {
    let mut phrases = Phrases::default();
    for words in words {
        phrases.add(words, 0);
    }
    phrases
}
