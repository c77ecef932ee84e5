//! Fitting `assets/vocabulary/column_weights.toml` to records whose columns are known.

use std::ops::Range;

use super::signs::{Tail, rough_items};
use super::{Table, of_with};
use crate::formats::fit::{Cases, joined, outcomes, protocols, text, write};
use crate::formats::outcomes::Peers;
use crate::formats::plain_text::layout::lines;

/// The columns of a record after its interventions, one a row, and whether the last is the detailed description.
struct Known {
    text: String,
    columns: Vec<Range<usize>>,
    detailed: bool,
}

fn known_records() -> Vec<Known> {
    protocols()
        .iter()
        .map(|protocol| {
            let lists = outcomes(protocol);
            let row = |list: &Vec<[String; 3]>| list.iter().map(joined).collect::<Vec<_>>().join("|");
            let detail = text(&protocol["descriptionModule"]["detailedDescription"]);
            let detail = detail.split_whitespace().collect::<Vec<_>>().join(" ");
            let detailed = !detail.is_empty();
            let rows = lists.iter().map(row).chain([detail]).filter(|row| !row.is_empty());
            let mut known = Known { text: String::new(), columns: Vec::new(), detailed };
            for row in rows {
                let start = known.text.len();
                known.text.push_str(&row);
                known.columns.push(start..known.text.len());
                known.text.push('\n');
            }
            known
        })
        .collect()
}

#[derive(Default)]
struct Questions {
    end: Cases,
    detail: Cases,
}

impl Questions {
    fn of(records: &[Known]) -> Self {
        let mut questions = Self::default();
        for (record, known) in records.iter().enumerate() {
            let lines = lines(&known.text);
            let items = rough_items(&lines);
            let tail = Tail::new(&known.text, &lines, Peers::of(items.iter()));
            if !lines.is_empty() {
                let right = usize::from(!known.detailed);
                questions.detail.add(record, &[tail.detail_signs(), Vec::new()], right);
            }
            let (mut column, mut before) = (0, 0);
            let outcome_lines = lines.len() - usize::from(known.detailed);
            for (at, line) in lines.iter().enumerate().take(outcome_lines.saturating_sub(1)) {
                let ends = known.columns.iter().any(|column| column.end == line.end());
                let signs = tail.end_signs(at, column, before);
                questions.end.add(record, &[signs, Vec::new()], usize::from(!ends));
                if ends {
                    column = at + 1;
                    before += 1;
                }
            }
        }
        questions
    }

    fn table(&self, used: impl Fn(usize) -> bool) -> String {
        self.end.table("end", &used) + &self.detail.table("detail", &used)
    }
}

/// Whether a record's columns come apart as they should.
fn is_right(known: &Known, table: &Table) -> bool {
    let lines = lines(&known.text);
    let (columns, detail) = of_with(&known.text, &lines, table);
    let found = columns.into_iter().chain([detail]).filter_map(|lines| {
        let (first, last) = (lines.first()?, lines.last()?);
        Some(first.start..last.end())
    });
    found.eq(known.columns.iter().cloned()) && detail.is_empty() != known.detailed
}

#[test]
#[ignore = "fits the weights anew and writes them; needs the records beside the checkout"]
fn fit() {
    let records = known_records();
    let questions = Questions::of(&records);
    let mut right = 0;
    for fold in 0..4 {
        let table = questions.table(|record| record % 4 != fold);
        let table: Table = toml::from_str(&table).expect("what was written can be read");
        let held = records.iter().skip(fold).step_by(4);
        right += held.filter(|known| is_right(known, &table)).count();
    }
    println!("cross-validated: {} records, right {:.4}", records.len(), right as f32 / records.len() as f32);
    let head = include_str!("weights_head.toml");
    write("column_weights.toml", &format!("{head}{}", questions.table(|_| true)));
}
