//! Which of the lines after the interventions belong together: up to three columns of outcomes, then the detailed
//! description.
//!
//! A line break (and an empty line) may stand inside an outcome's description. Two questions are asked: is the last
//! line the detailed description, and does a column end at a line? What is weighed is in [`signs`], mostly whether the
//! outcome that stands there is complete; the weights are in `assets/vocabulary/column_weights.toml`.

#[cfg(test)]
mod fit;
mod signs;

use std::sync::LazyLock;

use serde::Deserialize;

use super::layout::Line;
use super::lines::is_prose;
use crate::formats::outcomes::{Item, Peers};
use crate::formats::weighing::Question;
use signs::Tail;

/// Columns of outcomes that the export has.
const COLUMNS: usize = 3;
/// What is taken for so has to be likelier than not.
const LIKELY: f32 = 0.5;

/// What the signs weigh.
#[derive(Default, Deserialize)]
struct Table {
    /// Does a column end at this line?
    end: Question,
    /// Is the last line the detailed description?
    detail: Question,
}

/// The embedded table; empty if it does not parse, which a test rules out.
static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(SOURCE).unwrap_or_default());

const SOURCE: &str = include_str!("../../../../assets/vocabulary/column_weights.toml");

/// Columns of outcomes, and the lines of the detailed description.
pub fn of<'l, 't>(text: &'t str, lines: &'l [Line<'t>]) -> (Vec<&'l [Line<'t>]>, &'l [Line<'t>]) {
    of_with(text, lines, &TABLE)
}

fn of_with<'l, 't>(
    text: &'t str,
    lines: &'l [Line<'t>],
    table: &Table,
) -> (Vec<&'l [Line<'t>]>, &'l [Line<'t>]) {
    let items = signs::rough_items(lines);
    let tail = Tail::new(text, lines, Peers::of(items.iter()));
    let (outcomes, detail) = lines.split_at(detail_start(&tail, lines, table));
    let mut ends: Vec<(usize, f32)> = Vec::new();
    let mut column = 0;
    for at in 0..outcomes.len().saturating_sub(1) {
        let likely = table.end.likelihood(&tail.end_signs(at, column, ends.len()));
        if likely > LIKELY {
            ends.push((at + 1, likely));
            column = at + 1;
        }
    }
    keep_surest(&mut ends, COLUMNS - 1);
    let mut columns = Vec::new();
    let mut from = 0;
    for end in ends.into_iter().map(|(end, _)| end).chain([outcomes.len()]) {
        columns.extend(outcomes.get(from..end).filter(|lines| !lines.is_empty()));
        from = end;
    }
    (columns, detail)
}

/// The detailed description is the last line, if that is one, and with it the prose before it that ends no outcome.
fn detail_start(tail: &Tail<'_, '_>, lines: &[Line<'_>], table: &Table) -> usize {
    let Some(last) = lines.len().checked_sub(1) else { return 0 };
    if table.detail.likelihood(&tail.detail_signs()) <= LIKELY {
        return lines.len();
    }
    let is_detail = |line: &Line<'_>| is_prose(line.text) && signs::ends_outcome(line.text) < LIKELY;
    lines.iter().take(last).rposition(|line| !is_detail(line)).map_or(0, |at| at + 1)
}

/// More ends than there can be: the least certain were none.
fn keep_surest(ends: &mut Vec<(usize, f32)>, most: usize) {
    while ends.len() > most {
        let least = ends.iter().enumerate().min_by(|a, b| a.1.1.total_cmp(&b.1.1)).map(|(at, _)| at);
        let Some(least) = least else { return };
        ends.remove(least);
    }
}

/// The outcomes that one line alone would have.
type Rough<'t> = Vec<Item<'t>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_parse() {
        toml::from_str::<Table>(SOURCE).expect("the weights");
    }
}
