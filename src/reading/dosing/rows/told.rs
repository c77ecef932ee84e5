//! What is told of a treatment apart from its rows: its way of giving, the length of its cycles, a dose that goes on.

use std::collections::BTreeMap;

use super::join::{self, scheduled};
use super::{Draft, LOOK_BACK, Rows, settle};
use crate::protocol::{Administration, Number, Period};

/// How a treatment is taken, said of it in a sentence without a dose.
#[derive(Clone, Debug)]
pub(super) struct Habit {
    sentence: usize,
    route: Option<String>,
    per_day: Option<Number>,
    every: Option<Period>,
}

impl Rows<'_> {
    /// Adds what was said of the treatment before: its way of giving, where that was all; its dose, where the sentence
    /// goes on without naming it ("X 5 mg q3w. Then q4w").
    pub(super) fn complete(&mut self, draft: &mut Draft, named: bool) {
        let row = &mut draft.row;
        let doseless = row.dose.is_none() && row.levels.is_empty();
        if doseless && !scheduled(row) && row.cycle.is_none() && row.duration.is_none() {
            if let Some(route) = &row.route {
                self.ways.entry(row.drug.clone()).or_insert_with(|| route.clone());
            }
            return;
        }
        if row.route.is_none() {
            row.route = self.ways.get(&row.drug).cloned();
        }
        self.keep_habit(draft);
        let row = &mut draft.row;
        if !doseless || !scheduled(row) {
            return;
        }
        // "A 900 mg in a 28-day cycle. Then A on day 1 of each 21-day cycle": its dose, where it has but one.
        let again = named && self.has_one_dose(draft);
        let row = &mut draft.row;
        let drug = row.drug.clone();
        let before = self.of_drug(&drug).next().map(|(_, before)| before);
        if let Some(before) =
            before.filter(|before| before.sentence != draft.sentence && (!named && draft.follows || again))
        {
            row.dose = before.row.dose;
            row.dose_max = before.row.dose_max;
            row.unit = before.row.unit.clone();
            row.route = row.route.take().or_else(|| before.row.route.clone());
        }
    }

    /// "X is taken orally once daily. The first dose is 10 mg, followed by 20 mg": every dose is taken so.
    fn keep_habit(&mut self, draft: &mut Draft) {
        let row = &mut draft.row;
        let doseless = row.dose.is_none() && row.levels.is_empty();
        let often = row.per_day.is_some() || row.every.is_some();
        let bounded = row.cycle.is_some() || row.cycles.is_some() || row.duration.is_some();
        if doseless
            && often
            && row.days.is_empty()
            && row.per_week.is_none()
            && !bounded
            && row.epoch.is_none()
        {
            let habit = Habit {
                sentence: draft.sentence,
                route: row.route.clone(),
                per_day: row.per_day,
                every: row.every,
            };
            self.habits.entry(row.drug.clone()).or_insert(habit);
            return;
        }
        let Some(habit) = self.habits.get(&row.drug).filter(|habit| habit.sentence != draft.sentence) else {
            return;
        };
        if doseless || scheduled(row) || draft.begins || row.doses.is_some() || row.cycle.is_some() {
            return;
        }
        (row.per_day, row.every) = (habit.per_day, habit.every);
        row.route = row.route.take().or_else(|| habit.route.clone());
    }

    /// All rows of the treatment so far tell the same dose, and none of them is told again by the new one.
    fn has_one_dose(&self, draft: &Draft) -> bool {
        let mut told = self.of_drug(&draft.row.drug).map(|(_, old)| old);
        let dose = |draft: &Draft| (draft.row.dose, draft.row.dose_max);
        let first = told.clone().next().map(dose);
        told.all(|old| Some(dose(old)) == first && old.row.levels.is_empty() && !join::joins(old, draft))
    }

    /// "X will be given as a subcutaneous injection": said of all its rows so far that name no way of giving.
    pub(super) fn way_of_all(&mut self, draft: &Draft) -> bool {
        let new = &draft.row;
        if new.route.is_none() || says_more(new) {
            return false;
        }
        let lacking = |old: &Draft| {
            old.row.route.is_none() && old.sentence != draft.sentence && old.row.epoch == new.epoch
        };
        let all: Vec<usize> =
            self.of_drug(&new.drug).filter(|(_, old)| lacking(old)).map(|(index, _)| index).collect();
        for index in &all {
            if let Some(old) = self.drafts.get_mut(*index) {
                old.row.route.clone_from(&new.route);
                old.row.more_spans.push(new.span.clone());
            }
        }
        all.len() > 1
    }

    /// How many cycles of one of these classes are given: "chemotherapy for 6 cycles. Chemotherapy included A and B".
    pub(in crate::reading::dosing) fn cycles_of(&self, classes: &[String]) -> Option<u32> {
        let of_class = |draft: &&Draft| classes.contains(&draft.row.drug);
        self.drafts.iter().rev().take(LOOK_BACK).filter(of_class).find_map(|draft| draft.row.cycles)
    }

    /// "A days 1, 4 and 8; B days 1-14; C days 1 and 2 of a 21-day cycle": the days of all are of that cycle.
    fn cycles_of_sentences(&self) -> Vec<(usize, Period, Option<u32>)> {
        let mut lent = Vec::new();
        let mut from: Option<&Draft> = None;
        for (at, draft) in self.drafts.iter().enumerate().rev() {
            let row = &draft.row;
            let bare = row.per_day.is_none() && row.per_week.is_none() && row.every.is_none();
            if row.cycle.is_some() && (!row.days.is_empty() || bare) {
                from = Some(draft);
                continue;
            }
            let waits = row.cycle.is_none() && row.every.is_none() && row.days.iter().all(|day| *day > 0);
            if let Some((told, cycle)) = from.and_then(|told| Some((told, told.row.cycle?)))
                && waits
                && !row.days.is_empty()
                && told.sentence == draft.sentence
                && told.row.epoch == row.epoch
                && told.follows == draft.follows
                && told.row.drug != row.drug
                && row.days.iter().all(|day| f64::from(*day) <= cycle.days())
            {
                // "… every 21 days for 8 cycles".
                lent.push((at, cycle, told.row.cycles.filter(|_| row.duration.is_none())));
            }
        }
        self.cycles_of_row_before(&mut lent);
        lent
    }

    /// "A on days 1-14 every 21 days, B on day 1": the days of the next one in the sentence are of that cycle too.
    fn cycles_of_row_before(&self, lent: &mut Vec<(usize, Period, Option<u32>)>) {
        let mut from: Option<&Draft> = None;
        for (at, draft) in self.drafts.iter().enumerate() {
            let row = &draft.row;
            if row.cycle.is_some() {
                from = Some(draft).filter(|_| !row.days.is_empty() || row.cycles.is_some());
                continue;
            }
            let told = from.filter(|told| {
                told.sentence == draft.sentence
                    && told.row.epoch == row.epoch
                    && told.follows == draft.follows
            });
            let Some((told, cycle)) = told.and_then(|told| Some((told, told.row.cycle?))) else { continue };
            let fits = |day: &i32| *day > 0 && f64::from(*day) <= cycle.days();
            let waits = row.every.is_none() && row.duration.is_none() && !row.days.is_empty();
            let other = told.row.drug != row.drug && !lent.iter().any(|(lent, ..)| *lent == at);
            if waits && other && row.days.iter().all(fits) {
                lent.push((at, cycle, None));
            }
        }
    }

    /// Gives rows that count cycles the length of those of the same treatment.
    pub(super) fn lend_lengths(&mut self) {
        let lent = if self.lacks_lengths() { self.cycle_lengths() } else { Vec::new() };
        let told = lent.into_iter().chain(self.cycles_of_sentences()).collect::<Vec<_>>();
        for (at, cycle, count) in told {
            if let Some(draft) = self.drafts.get_mut(at) {
                draft.row.cycle = Some(cycle);
                draft.row.cycles = draft.row.cycles.or(count);
                settle(&mut draft.row, false);
            }
        }
    }

    /// A row counts cycles whose length another may tell.
    fn lacks_lengths(&self) -> bool {
        let rows = || self.drafts.iter().map(|draft| &draft.row);
        rows().any(|row| row.cycles.is_some() && row.cycle.is_none()) && rows().any(|row| row.cycle.is_some())
    }

    /// The length of the cycles that another row of the same treatment tells.
    fn cycle_lengths(&self) -> Vec<(usize, Period, Option<u32>)> {
        // "8 mg in 21-day cycles for up to 4 cycles, followed by 20 mg for up to 31 cycles": cycles of one length.
        let mut lengths: BTreeMap<&str, Period> = BTreeMap::new();
        let mut told: Vec<(usize, Period, Option<u32>)> = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            let row = &draft.row;
            if let Some(cycle) = row.cycle {
                lengths.insert(&row.drug, cycle);
            } else if let Some(cycle) =
                lengths.get(row.drug.as_str()).filter(|_| row.cycles.is_some() && row.every.is_none())
            {
                told.push((at, *cycle, None));
            }
        }
        // "375 mg/m2 on day 1 of cycle 1, 500 mg/m2 on day 1 of later 28-day cycles": told behind the first ones.
        let later = |told: &[(usize, Period, Option<u32>)], at: usize, row: &Administration| {
            let waits =
                row.cycle.is_none() && row.every.is_none() && row.cycles.is_some() && !row.days.is_empty();
            let known = told.iter().any(|(known, ..)| *known == at);
            (waits && !known).then(|| lengths.get(row.drug.as_str()).copied()).flatten()
        };
        let mut behind = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            let fits = |cycle: &Period| draft.row.days.iter().all(|day| f64::from(*day) <= cycle.days());
            if let Some(cycle) = later(&told, at, &draft.row).filter(fits) {
                behind.push((at, cycle, None));
            }
        }
        told.extend(behind);
        told
    }
}

/// Gives a row the dose and the way of giving of another where it has none.
pub(super) fn lend(from: &Administration, to: &mut Administration) {
    if to.dose.is_none() && to.levels.is_empty() {
        (to.dose, to.dose_max, to.levels) = (from.dose, from.dose_max, from.levels.clone());
        to.unit.clone_from(&from.unit);
    }
    to.route = to.route.take().or_else(|| from.route.clone());
    to.duration = to.duration.or(from.duration);
    to.cycles = to.cycles.or(from.cycles);
}

/// Dose, schedule or length of a row.
fn says_more(row: &Administration) -> bool {
    let bounded =
        row.cycle.is_some() || row.cycles.is_some() || row.duration.is_some() || row.doses.is_some();
    row.dose.is_some() || !row.levels.is_empty() || scheduled(row) || bounded || !row.stop.is_empty()
}
