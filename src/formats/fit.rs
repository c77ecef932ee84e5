//! Fitting tables of weights to registry records whose answers are known: conditional logistic regression (which of
//! the possible answers?) by stochastic gradient, with steps that shrink as a weight has moved.
//!
//! Test code: the fits are ignored tests that rewrite the tables in `assets/vocabulary`. They are run by hand, with the
//! records beside the checkout: `cargo test --lib fit -- --ignored --nocapture`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::weighing::{Seen, Signs};

/// A sign's value is given a weight if it occurs in this many records.
const MIN_RECORDS: usize = 12;
/// Weights below this are left out.
const MIN_WEIGHT: f32 = 0.05;
const ROUNDS: usize = 6;
const RATE: f32 = 0.3;

/// A question about a record: the signs of each possible answer, and which is right.
pub struct Case {
    record: usize,
    answers: Vec<Vec<u32>>,
    right: usize,
}

/// One kind of question.
#[derive(Default)]
pub struct Cases {
    cases: Vec<Case>,
    ids: HashMap<(String, Key), u32>,
    /// By id: the records that it occurs in.
    records: Vec<HashSet<usize>>,
}

#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Step(usize),
    Word(String),
}

impl Cases {
    /// Adds a question about a record.
    pub fn add(&mut self, record: usize, answers: &[Signs<'_>], right: usize) {
        let answers = answers.iter().map(|signs| self.ids(signs, record)).collect();
        self.cases.push(Case { record, answers, right });
    }

    fn ids(&mut self, signs: &Signs<'_>, record: usize) -> Vec<u32> {
        signs
            .iter()
            .map(|(name, seen)| {
                let key = match seen {
                    Seen::Step(step) => Key::Step(*step),
                    Seen::Word(word) => Key::Word((*word).to_owned()),
                };
                let next = self.ids.len() as u32;
                let id = *self.ids.entry(((*name).to_owned(), key)).or_insert(next);
                if id == next {
                    self.records.push(HashSet::new());
                }
                self.records[id as usize].insert(record);
                id
            })
            .collect()
    }

    /// The table fitted to the records for which `used` holds, as TOML under `name`.
    pub fn table(&self, name: &str, used: impl Fn(usize) -> bool) -> String {
        self.written(name, &self.fitted(used))
    }

    fn fitted(&self, used: impl Fn(usize) -> bool) -> Vec<f32> {
        let in_enough =
            |records: &HashSet<usize>| records.iter().filter(|record| used(**record)).count() >= MIN_RECORDS;
        let enough: Vec<bool> = self.records.iter().map(in_enough).collect();
        let mut weights = vec![0.0_f32; enough.len()];
        let mut moved = vec![0.1_f32; enough.len()];
        let mut order: Vec<&Case> =
            self.cases.iter().filter(|case| case.answers.len() > 1 && used(case.record)).collect();
        let mut dice = 1_u64;
        for round in 0..ROUNDS {
            shuffle(&mut order, &mut dice);
            let rate = RATE / (1 + round) as f32;
            for case in &order {
                let score = |signs: &Vec<u32>| signs.iter().map(|id| weights[*id as usize]).sum::<f32>();
                let scores: Vec<f32> = case.answers.iter().map(score).collect();
                let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let all: f32 = scores.iter().map(|score| (score - best).exp()).sum();
                for (at, signs) in case.answers.iter().enumerate() {
                    let slope = (scores[at] - best).exp() / all - f32::from(u8::from(at == case.right));
                    for id in signs.iter().map(|id| *id as usize).filter(|id| enough[*id]) {
                        moved[id] += slope * slope;
                        weights[id] -= rate * slope / moved[id].sqrt();
                    }
                }
            }
        }
        weights
    }

    fn written(&self, name: &str, weights: &[f32]) -> String {
        let mut signs: BTreeMap<&str, BTreeMap<&Key, f32>> = BTreeMap::new();
        for ((sign, key), id) in &self.ids {
            let weight = weights[*id as usize];
            if weight.abs() >= MIN_WEIGHT {
                signs.entry(sign).or_default().insert(key, weight);
            }
        }
        let (mut steps, mut words) = (String::new(), String::new());
        for (sign, values) in signs {
            let last = values.keys().map(|key| if let Key::Step(step) = key { *step } else { 0 }).max();
            if values.keys().any(|key| matches!(key, Key::Word(_))) {
                let _ = writeln!(words, "\n[{name}.{sign}]");
                for (key, weight) in values {
                    if let Key::Word(word) = key {
                        let _ = writeln!(words, "{} = {weight:.2}", toml::Value::from(word.as_str()));
                    }
                }
            } else {
                let values: Vec<String> = (0..=last.unwrap_or_default())
                    .map(|step| format!("{:.2}", values.get(&Key::Step(step)).copied().unwrap_or_default()))
                    .collect();
                let _ = writeln!(steps, "{sign} = [{}]", values.join(", "));
            }
        }
        format!("\n[{name}]\n{steps}{words}")
    }
}

fn shuffle<T>(items: &mut [T], dice: &mut u64) {
    for at in (1..items.len()).rev() {
        *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, (*dice >> 33) as usize % (at + 1));
    }
}

/// Writes a table into `assets/vocabulary`.
pub fn write(file: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/vocabulary");
    std::fs::write(folder.join(file), text).expect("a writable vocabulary");
}

/// The protocol sections of the shared records, each study once.
pub fn protocols() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctgov_v2_json");
    let mut texts = Vec::new();
    for part in ["bulk_array", "single"] {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join(part))
            .expect("the records are there")
            .map(|entry| entry.expect("a readable folder").path())
            .collect();
        files.sort();
        texts.extend(files.iter().map(|file| std::fs::read(file).expect("a readable file")));
    }
    let zip = std::fs::File::open(folder.join("zip_of_json/ctg-studies.json.zip")).expect("the zip is there");
    let mut zip = zip::ZipArchive::new(zip).expect("a zip");
    for member in 0..zip.len() {
        let mut text = Vec::new();
        zip.by_index(member).expect("a member").read_to_end(&mut text).expect("a readable member");
        texts.push(text);
    }
    let mut seen = HashSet::new();
    let mut protocols = Vec::new();
    for text in texts {
        let studies = match serde_json::from_slice(&text).expect("JSON") {
            Value::Array(studies) => studies,
            study => vec![study],
        };
        for mut study in studies {
            let protocol = study["protocolSection"].take();
            if seen.insert(self::text(&protocol["identificationModule"]["nctId"])) {
                protocols.push(protocol);
            }
        }
    }
    protocols
}

/// A string, or nothing.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The outcomes of each list: measure, description, time frame; empty for none.
pub fn outcomes(protocol: &Value) -> Vec<Vec<[String; 3]>> {
    let lists = ["primaryOutcomes", "secondaryOutcomes", "otherOutcomes"];
    let parts = |o: &Value| [text(&o["measure"]), text(&o["description"]), text(&o["timeFrame"])];
    let list =
        |name: &&str| protocol["outcomesModule"][*name].as_array().map(Vec::as_slice).unwrap_or_default();
    lists.iter().map(|name| list(name).iter().map(parts).collect()).collect()
}

/// An outcome as the exports join it.
pub fn joined(parts: &[String; 3]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
