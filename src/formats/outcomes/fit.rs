//! Fitting `assets/vocabulary/outcome_weights.toml` to registry records whose outcomes are known part by part.
//!
//! Two conditional logistic regressions (which of the possible places?), by stochastic gradient with steps that
//! shrink as a weight has moved. Run by hand with the records beside the checkout:
//! `cargo test --lib outcomes::fit -- --ignored --nocapture`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::choice::{self, description_signs, description_starts, time_frame_signs, time_frame_starts};
use super::item::Item;
use super::peers::Peers;
use super::signs::{Seen, Signs, Table};

/// A sign's value is given a weight if it occurs in this many records.
const MIN_RECORDS: usize = 12;
/// Weights below this are left out.
const MIN_WEIGHT: f32 = 0.05;
const ROUNDS: usize = 6;
const RATE: f32 = 0.3;

/// `measure`, `description`, `time frame`; empty for none.
type Parts = [String; 3];

struct Known {
    id: String,
    outcomes: Vec<Parts>,
}

/// A question about one outcome: the features of each possible place, and which is right.
struct Case {
    record: usize,
    places: Vec<Vec<u32>>,
    right: usize,
}

#[derive(Default)]
struct Features {
    ids: HashMap<(String, Key), u32>,
    records: Vec<HashSet<usize>>,
}

#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Step(usize),
    Word(String),
}

impl Features {
    fn of(&mut self, signs: &Signs<'_>, record: usize) -> Vec<u32> {
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
}

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctgov_v2_json")
}

fn known_records() -> Vec<Known> {
    let mut texts = Vec::new();
    for folder in ["bulk_array", "single"] {
        let mut files: Vec<PathBuf> = std::fs::read_dir(shared().join(folder))
            .expect("the records are there")
            .map(|entry| entry.expect("a readable folder").path())
            .collect();
        files.sort();
        texts.extend(files.iter().map(|file| std::fs::read(file).expect("a readable file")));
    }
    let zip =
        std::fs::File::open(shared().join("zip_of_json/ctg-studies.json.zip")).expect("the zip is there");
    let mut zip = zip::ZipArchive::new(zip).expect("a zip");
    for member in 0..zip.len() {
        let mut text = Vec::new();
        zip.by_index(member).expect("a member").read_to_end(&mut text).expect("a readable member");
        texts.push(text);
    }
    let mut seen = HashSet::new();
    let mut records = Vec::new();
    for text in texts {
        let value: Value = serde_json::from_slice(&text).expect("JSON");
        let studies = match value {
            Value::Array(studies) => studies,
            study => vec![study],
        };
        records.extend(studies.iter().map(known).filter(|record| seen.insert(record.id.clone())));
    }
    records
}

fn known(study: &Value) -> Known {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let protocol = &study["protocolSection"];
    let lists = ["primaryOutcomes", "secondaryOutcomes", "otherOutcomes"];
    let outcomes = lists
        .iter()
        .filter_map(|list| protocol["outcomesModule"][list].as_array())
        .flatten()
        .map(|o| [text(&o["measure"]), text(&o["description"]), text(&o["timeFrame"])])
        .collect();
    Known { id: text(&protocol["identificationModule"]["nctId"]), outcomes }
}

fn joined(parts: &Parts) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// The pieces at which the description and the time frame of an outcome begin.
fn answer(item: &Item<'_>, parts: &Parts) -> Option<(usize, usize)> {
    let at = |bytes: usize| (1..item.len()).find(|piece| item.text(0..*piece).len() == bytes);
    let [measure, description, time_frame] = parts;
    let all = item.text(0..item.len()).len();
    let end = if time_frame.is_empty() { item.len() } else { at(all - time_frame.len() - 2)? };
    let start = if description.is_empty() { end } else { at(measure.len())? };
    Some((start, end))
}

#[derive(Default)]
struct Cases {
    time_frame: Vec<Case>,
    description: Vec<Case>,
    time_frame_features: Features,
    description_features: Features,
}

fn cases(records: &[Known]) -> Cases {
    let mut cases = Cases::default();
    for (record, known) in records.iter().enumerate() {
        let texts: Vec<String> = known.outcomes.iter().map(joined).collect();
        let items: Vec<Item<'_>> = texts.iter().map(|text| Item::new(text)).collect();
        let peers = Peers::of(items.iter());
        for (item, parts) in items.iter().zip(&known.outcomes) {
            let Some((start, end)) = answer(item, parts) else { continue };
            let places = time_frame_starts(item);
            if let Some(right) = places.iter().position(|at| *at == end) {
                let places = places
                    .iter()
                    .map(|at| cases.time_frame_features.of(&time_frame_signs(item, *at, &peers), record));
                cases.time_frame.push(Case { record, places: places.collect(), right });
            }
            let places = description_starts(end);
            if let Some(right) = places.iter().position(|at| *at == start) {
                let places = places.iter().map(|at| {
                    cases.description_features.of(&description_signs(item, *at, end, &peers), record)
                });
                cases.description.push(Case { record, places: places.collect(), right });
            }
        }
    }
    cases
}

fn fitted(cases: &[Case], features: &Features, used: impl Fn(usize) -> bool) -> Vec<f32> {
    let enough: Vec<bool> = features
        .records
        .iter()
        .map(|records| records.iter().filter(|record| used(**record)).count() >= MIN_RECORDS)
        .collect();
    let mut weights = vec![0.0_f32; enough.len()];
    let mut moved = vec![0.1_f32; enough.len()];
    let mut order: Vec<&Case> =
        cases.iter().filter(|case| case.places.len() > 1 && used(case.record)).collect();
    let mut dice = 1_u64;
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut dice);
        let rate = RATE / (1 + round) as f32;
        for case in &order {
            let scores: Vec<f32> =
                case.places.iter().map(|place| place.iter().map(|id| weights[*id as usize]).sum()).collect();
            let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let all: f32 = scores.iter().map(|score| (score - best).exp()).sum();
            for (at, place) in case.places.iter().enumerate() {
                let slope = (scores[at] - best).exp() / all - f32::from(u8::from(at == case.right));
                for id in place.iter().map(|id| *id as usize).filter(|id| enough[*id]) {
                    moved[id] += slope * slope;
                    weights[id] -= rate * slope / moved[id].sqrt();
                }
            }
        }
    }
    weights
}

fn shuffle<T>(items: &mut [T], dice: &mut u64) {
    for at in (1..items.len()).rev() {
        *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, (*dice >> 33) as usize % (at + 1));
    }
}

fn written(name: &str, features: &Features, weights: &[f32]) -> String {
    let mut signs: BTreeMap<&str, BTreeMap<&Key, f32>> = BTreeMap::new();
    for ((sign, key), id) in &features.ids {
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

fn table(cases: &Cases, used: impl Fn(usize) -> bool) -> String {
    let time_frame = fitted(&cases.time_frame, &cases.time_frame_features, &used);
    let description = fitted(&cases.description, &cases.description_features, &used);
    written("time_frame", &cases.time_frame_features, &time_frame)
        + &written("description", &cases.description_features, &description)
}

/// Right, with the right time frame at least, and all outcomes; what went wrong is added to `wrong`.
fn score(records: &[&Known], table: &Table, wrong: &mut String) -> [usize; 3] {
    let mut counts = [0; 3];
    for known in records {
        let texts: Vec<String> = known.outcomes.iter().map(joined).collect();
        let items: Vec<Item<'_>> = texts.iter().map(|text| Item::new(text)).collect();
        let peers = Peers::of(items.iter());
        for (item, [measure, description, time_frame]) in items.iter().zip(&known.outcomes) {
            let parts = choice::cut_with(item, &peers, table).parts;
            let time = parts.time_frame.unwrap_or_default() == time_frame;
            let right = time && parts.measure == measure;
            counts[0] += usize::from(right);
            counts[1] += usize::from(time);
            counts[2] += 1;
            if !right {
                let _ =
                    writeln!(wrong, "{}: {measure} ▌{description} ▌{time_frame}\n    {parts:?}", known.id);
            }
        }
    }
    counts
}

#[test]
#[ignore = "fits the weights anew and writes them; needs the records beside the checkout"]
fn fit() {
    let records = known_records();
    let cases = cases(&records);
    let (mut sum, mut wrong) = ([0; 3], String::new());
    for fold in 0..4 {
        let text = table(&cases, |record| record % 4 != fold);
        let table: Table = toml::from_str(&text).expect("what was written can be read");
        let held: Vec<&Known> = records.iter().skip(fold).step_by(4).collect();
        let counts = score(&held, &table, &mut wrong);
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let [right, time, all] = sum.map(|count| count as f32);
    println!("cross-validated: {all} outcomes, right {:.4}, time frame {:.4}", right / all, time / all);
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    std::fs::write(target.join("outcomes_wrong.txt"), wrong).expect("a writable target folder");
    let text = table(&cases, |_| true);
    let head = include_str!("weights_head.toml");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/vocabulary/outcome_weights.toml");
    std::fs::write(file, format!("{head}{text}")).expect("a writable vocabulary");
}
