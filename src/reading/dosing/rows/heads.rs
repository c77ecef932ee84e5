//! The cycles that a line ahead of its treatments tells: "In 28-day cycles:". They are those of each treatment behind it.

use crate::protocol::{Administration, Period, Span};
use crate::reading::dosing::fields::Fields;
use crate::reading::dosing::vocabulary::NameKind;

use super::{Draft, Rows, set, settle};

/// What such a line says, and the first row behind it.
#[derive(Debug)]
pub(super) struct Head {
    first: usize,
    cycle: Option<Period>,
    cycles: Option<u32>,
    span: Span,
}

impl Rows<'_> {
    /// Keeps what a line says of the rows that will follow it.
    pub(in crate::reading::dosing) fn begin_cycles(&mut self, told: Fields) {
        let span = self.span(told.first, told.end);
        let Fields { slots, .. } = told;
        let head = Head { first: self.drafts.len(), cycle: slots.cycle, cycles: slots.cycles, span };
        self.heads.push(head);
    }

    /// Gives the rows behind each such line its cycles, up to the next line, another part of the treatment or a row with
    /// cycles of another length.
    pub(super) fn lend_heads(&mut self) {
        let heads = std::mem::take(&mut self.heads);
        let ends: Vec<usize> = heads.iter().skip(1).map(|next| next.first).collect();
        for (nth, head) in heads.into_iter().enumerate() {
            let end = ends.get(nth).copied().unwrap_or(self.drafts.len());
            let Some(rows) = self.drafts.get_mut(head.first..end) else { continue };
            // A lead-in is over before the first cycle is.
            let ends_before = |draft: &Draft| {
                draft.row.duration.zip(head.cycle).is_some_and(|(own, told)| own.days() < told.days())
            };
            let part =
                rows.iter().find(|draft| !ends_before(draft)).and_then(|draft| draft.row.epoch.clone());
            let within = |draft: &Draft| {
                let other =
                    draft.row.cycle.zip(head.cycle).is_some_and(|(own, told)| own.days() != told.days());
                !other && draft.row.epoch == part && !draft.follows
            };
            for draft in rows.iter_mut().filter(|draft| !ends_before(draft)) {
                if !within(draft) {
                    break;
                }
                head.lend(draft);
            }
        }
    }
}

impl Head {
    fn lend(&self, draft: &mut Draft) {
        let row = &mut draft.row;
        if draft.kind == NameKind::Radiation {
            return;
        }
        let mut given = false;
        if let Some(cycle) = self.cycle.filter(|cycle| fits(row, *cycle)) {
            given |= set(&mut row.cycle, cycle);
        }
        if let Some(cycles) = self.cycles.filter(|_| row.duration.is_none()) {
            given |= set(&mut row.cycles, cycles);
        }
        if given {
            settle(row, false);
            row.more_spans.push(self.span.clone());
        }
    }
}

/// Days and intervals that a cycle of this length can have.
fn fits(row: &Administration, cycle: Period) -> bool {
    row.days.iter().all(|day| *day > 0 && f64::from(*day) <= cycle.days())
        && row.every.is_none_or(|every| every.days() <= cycle.days())
}
