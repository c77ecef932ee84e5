//! Fitting `assets/vocabulary/outcome_weights.toml` to outcomes that are known part by part.

use std::fmt::Write as _;
use std::path::Path;

use super::choice::{self, description_signs, description_starts, time_frame_signs, time_frame_starts};
use super::item::Item;
use super::peers::Peers;
use super::table::Table;
use crate::formats::fit::{Cases, joined, outcomes, protocols, text, write};

struct Known {
    id: String,
    outcomes: Vec<[String; 3]>,
}

fn known_records() -> Vec<Known> {
    protocols()
        .iter()
        .map(|protocol| Known {
            id: text(&protocol["identificationModule"]["nctId"]),
            outcomes: outcomes(protocol).into_iter().flatten().collect(),
        })
        .collect()
}

/// The pieces at which the description and the time frame of an outcome begin.
fn answer(item: &Item<'_>, parts: &[String; 3]) -> Option<(usize, usize)> {
    let at = |bytes: usize| (1..item.pieces()).find(|piece| item.text(0..*piece).len() == bytes);
    let [measure, description, time_frame] = parts;
    let all = item.text(0..item.pieces()).len();
    let end = if time_frame.is_empty() { item.pieces() } else { at(all - time_frame.len() - 2)? };
    let start = if description.is_empty() { end } else { at(measure.len())? };
    Some((start, end))
}

#[derive(Default)]
struct Questions {
    time_frame: Cases,
    description: Cases,
}

impl Questions {
    fn of(records: &[Known]) -> Self {
        let mut questions = Self::default();
        for (record, known) in records.iter().enumerate() {
            let texts: Vec<String> = known.outcomes.iter().map(joined).collect();
            let items: Vec<Item<'_>> = texts.iter().map(|text| Item::new(text)).collect();
            let peers = Peers::of(items.iter());
            for (item, parts) in items.iter().zip(&known.outcomes) {
                let Some((start, end)) = answer(item, parts) else { continue };
                let places = time_frame_starts(item);
                if let Some(right) = places.iter().position(|at| *at == end) {
                    let signs: Vec<_> = places.iter().map(|at| time_frame_signs(item, *at, &peers)).collect();
                    questions.time_frame.add(record, &signs, right);
                }
                let places = description_starts(end);
                if let Some(right) = places.iter().position(|at| *at == start) {
                    let signs: Vec<_> =
                        places.iter().map(|at| description_signs(item, *at, end, &peers)).collect();
                    questions.description.add(record, &signs, right);
                }
            }
        }
        questions
    }

    fn table(&self, used: impl Fn(usize) -> bool) -> String {
        self.time_frame.table("time_frame", &used) + &self.description.table("description", &used)
    }
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
    let questions = Questions::of(&records);
    let (mut sum, mut wrong) = ([0; 3], String::new());
    for fold in 0..4 {
        let text = questions.table(|record| record % 4 != fold);
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
    let head = include_str!("weights_head.toml");
    write("outcome_weights.toml", &format!("{head}{}", questions.table(|_| true)));
}
