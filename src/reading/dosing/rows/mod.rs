//! Entries of all sentences → rows: what a cycle and an interval mean together, and one row for what is told twice.

use std::collections::BTreeMap;

use crate::protocol::{Administration, Number, Period, Span};
use crate::reading::lexer::Tokens;
use crate::reading::quantities::{Between, Unit, Values};

use super::entry::{Entry, Slots, slot};
use super::part::Rank;
use super::vocabulary::{Frequency, NameKind, Vocabulary};

mod heads;
mod join;
mod levels;
mod settle;
mod told;

pub(super) use join::same_slots;
use join::{joins, merge};
use settle::{add_rest, cleared, settle};

/// Rows of one treatment further back than this are not looked at again: keeps a long text linear.
pub(super) const LOOK_BACK: usize = 8;

/// A row with what is still needed to join it with others.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub row: Administration,
    /// The sentence it was read in, and its paragraph.
    pub sentence: usize,
    pub paragraph: usize,
    pub kind: NameKind,
    /// Which cycles, where the text numbers them.
    pub mark: Option<(u32, Option<u32>)>,
    /// Given by itself, as the text says.
    pub alone: bool,
    /// It follows a treatment of the same sentence.
    pub follows: bool,
    /// It is given instead of what was told before it.
    pub instead: bool,
    /// Its dose stands behind the rank of a group.
    pub rank: Option<Rank>,
    /// Its dose is told as the first one only.
    pub begins: bool,
    /// It has a dose that was not understood.
    pub unsure: bool,
}

/// The rows of a text, in the order of their first words.
pub(super) struct Rows<'t> {
    tokens: &'t Tokens,
    vocabulary: &'t Vocabulary,
    drafts: Vec<Draft>,
    /// How a treatment is given, said of it in a sentence without a dose or a schedule.
    ways: BTreeMap<String, String>,
    /// How a treatment is taken, said of it in a sentence without a dose.
    habits: BTreeMap<String, told::Habit>,
    /// What lines ahead of their treatments say of the cycles of all that follow.
    heads: Vec<heads::Head>,
}

impl<'t> Rows<'t> {
    pub(super) fn new(tokens: &'t Tokens, vocabulary: &'t Vocabulary) -> Self {
        Self {
            tokens,
            vocabulary,
            drafts: Vec::new(),
            ways: BTreeMap::new(),
            habits: BTreeMap::new(),
            heads: Vec::new(),
        }
    }

    /// Adds an entry's rows; the number of rows that it made or filled.
    pub(super) fn add(&mut self, entry: &Entry, sentence: usize, paragraph: usize) -> usize {
        if entry.dropped {
            return 0;
        }
        let drafts = self.resolve(entry, sentence, paragraph);
        let count = drafts.len();
        let mut first = None;
        for mut draft in drafts {
            self.complete(&mut draft, entry.named);
            // "every 4 or 5 weeks": the second way is that of the row that the first one told more of.
            if let Some(told) = first.and_then(|first: usize| self.drafts.get(first)) {
                told::lend(&told.row, &mut draft.row);
            }
            let joined = self.join(draft);
            first = first.or(joined);
        }
        count
    }

    /// Gives the slots of a sentence without a name to the rows they are said of.
    pub(super) fn add_general(
        &mut self,
        slots: &Slots,
        span: (usize, usize),
        paragraph: usize,
        last_only: bool,
    ) {
        let line = self.line_of(span.0, slots.cycle);
        let span = self.span(span.0, span.1);
        let last_sentence = self.drafts.last().map(|draft| draft.sentence);
        // "A, then surgery. Following surgery A on day 1 of each cycle. Cycles repeat every 21 days": those behind it.
        let last_part = self.drafts.last().and_then(|draft| draft.row.epoch.clone());
        const FAR: usize = 64;
        let told = self.drafts.last().map(|draft| draft.row.drug.clone());
        // "A for 6 weeks. Beginning 4 weeks later, A on days 1-5. Treatment repeats every 28 days": the later A.
        let later = self.drafts.last().is_some_and(|draft| draft.follows);
        for (nth, draft) in self.drafts.iter_mut().rev().take(FAR).enumerate() {
            let near = Some(draft.sentence) == last_sentence;
            let before = nth > 0 && Some(&draft.row.drug) == told.as_ref() && (last_only || later && !near);
            if before {
                continue;
            }
            if last_part.is_some() && draft.row.epoch != last_part && !near {
                continue;
            }
            let mut given = false;
            if let Some(cycle) = slots.cycle
                && draft.kind != NameKind::Radiation
                && draft.row.span.start >= line
            {
                given |= set(&mut draft.row.cycle, cycle);
            }
            if draft.paragraph == paragraph || near {
                if let Some(cycles) = slots.cycles.filter(|_| draft.kind != NameKind::Radiation) {
                    given |= set(&mut draft.row.cycles, cycles);
                }
                if let Some(lasting) = slots.lasting {
                    given |= set(&mut draft.row.duration, lasting);
                }
                for event in &slots.stop {
                    let event = self.vocabulary.stop_event(*event);
                    if !draft.row.stop.iter().any(|other| other == event) {
                        draft.row.stop.push(event.to_owned());
                        given = true;
                    }
                }
            }
            if near {
                given |= near_slots(draft, slots, self.vocabulary);
            }
            if given {
                settle(&mut draft.row, false);
                draft.row.more_spans.push(span.clone());
            }
        }
    }

    /// From which byte on rows are in the line of token `at`, where the lines before it told cycles of their own: "- A days
    /// 1-5. Each cycle was 28 days. - B weekly. - C day 1. Each cycle was 21 days": not B's.
    fn line_of(&self, at: usize, cycle: Option<Period>) -> usize {
        const FAR: usize = 64;
        let others = |draft: &Draft| draft.row.cycle.is_some() && draft.row.cycle != cycle;
        if cycle.is_none() || !self.drafts.iter().rev().take(FAR).any(others) {
            return 0;
        }
        let line = (0..at).rev().take(super::LONGEST_SENTENCE).find(|at| self.tokens.is(*at, "\n"));
        line.map_or(0, |line| self.tokens.raw(line..line + 1).end)
    }

    /// Gives all rows so far what a statement about the whole treatment says, where they say nothing else.
    pub(super) fn add_of_all(&mut self, slots: &Slots, span: (usize, usize)) {
        const FAR: usize = 64;
        let span = self.span(span.0, span.1);
        for draft in self.drafts.iter_mut().rev().take(FAR) {
            let row = &mut draft.row;
            let told = row.cycles.is_some() || row.cycle.is_some() || !row.days.is_empty();
            let mut given = false;
            if let Some(lasting) = slots.lasting.filter(|_| !told) {
                given |= set(&mut row.duration, lasting);
            }
            if let Some(route) = slots.route.filter(|_| row.route.is_none()) {
                row.route = Some(self.vocabulary.route(route).to_owned());
                given = true;
            }
            if given {
                row.more_spans.push(span.clone());
            }
        }
    }

    /// The rows in the end.
    pub(super) fn finish(mut self) -> Vec<Draft> {
        self.lend_heads();
        self.lend_lengths();
        // A row that was joined may have stood on a sign alone, which is no word to show.
        for draft in &mut self.drafts {
            draft.row.more_spans.retain(|span| span.start < span.end);
        }
        let levels = self.drafts.len() > 1 && self.drafts.iter().any(|draft| !draft.row.levels.is_empty());
        let starts = levels
            && (0..self.tokens.len()).any(|at| {
                let word = self.tokens.text(at);
                word.starts_with("escalat")
                    || matches!(word, "ascending" | "dose-escalation" | "starting" | "subsequent")
            });
        let drafts = levels::gather(self.drafts);
        if starts { levels::take_first_dose(drafts) } else { drafts }
    }

    /// The names that were read, for the sentences that name none.
    pub(super) fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    fn span(&self, first: usize, end: usize) -> Span {
        Span::new("text", self.tokens.raw(first..end))
    }

    /// An entry's rows: one, or one for each alternative.
    fn resolve(&self, entry: &Entry, sentence: usize, paragraph: usize) -> Vec<Draft> {
        let slots = cleared(&entry.slots);
        let route_only = !slots.scheduled()
            && slots.values.is_none()
            && slots.fraction.is_none()
            && !slots.bounded()
            && slots.cycle.is_none();
        let class = matches!(entry.kind, NameKind::Class | NameKind::Radiation);
        if !slots.any() || entry.name.is_empty() || route_only && class {
            return Vec::new();
        }
        let mut row = Administration {
            drug: entry.name.clone(),
            route: slots.route.map(|route| self.vocabulary.route(route).to_owned()),
            per_day: slots.frequency.per_day.map(Number),
            per_week: slots.frequency.per_week.map(Number),
            days: slots.days.clone(),
            every: slots.frequency.every,
            cycle: slots.cycle,
            cycles: slots.cycles,
            duration: slots.lasting,
            duration_bound: None,
            doses: slots.doses,
            infusion_time: slots.infusion.map(|(least, _)| least),
            infusion_time_max: slots.infusion.and_then(|(_, most)| most),
            stop: slots.stop.iter().map(|event| self.vocabulary.stop_event(*event).to_owned()).collect(),
            epoch: entry.phase.map(|phase| self.vocabulary.phase(phase).to_owned()),
            span: self.span(entry.first, entry.end),
            ..Administration::default()
        };
        let often = slots.frequency;
        if often == Frequency::default() && slots.days.is_empty() && !slots.values_lent {
            row.per_day = times_of_day(slots.hours);
        }
        // "one in the morning and one at night daily".
        if often.per_day == Some(1.0) && slots.hours.count_ones() > 1 {
            row.per_day = times_of_day(slots.hours);
        }
        if entry.kind == NameKind::Radiation {
            row.route = Some("radiation".to_owned());
        }
        if let Some((1, Some(last))) = slots.mark
            && row.cycles.is_none()
        {
            row.cycles = Some(last);
        }
        if let Some(rest) = slots.rest {
            add_rest(&mut row, rest);
        }
        if !slots.interval_follows {
            settle(&mut row, slots.cycle_is_interval);
        }
        let told = slots.values.is_some() || slots.conflicts & slot::DOSE != 0;
        let draft = |row: Administration| Draft {
            unsure: told && row.dose.or(row.dose_max).is_none() && row.levels.is_empty(),
            row,
            sentence,
            paragraph,
            kind: entry.kind,
            mark: slots.mark,
            alone: entry.alone,
            follows: entry.follows,
            instead: entry.instead,
            rank: entry.rank,
            begins: entry.begins,
        };
        let (values, unit) = one_giving(&slots, entry.kind);
        row.unit = unit.map(|unit| unit.name.clone());
        let others = put_doses(&mut row, values, unit, entry.rank.is_some());
        let first = draft(row);
        let mut drafts = Vec::with_capacity(1 + others.len());
        for value in others {
            let mut other = first.clone();
            other.row.dose = Some(Number(*value));
            drafts.push(other);
        }
        drafts.insert(0, first);
        let Frequency { or_every, or_per_day, .. } = slots.frequency;
        if or_every.is_some() || or_per_day.is_some() {
            let mut others = drafts.clone();
            for other in &mut others {
                other.row.every = or_every.or(other.row.every);
                other.row.per_day = or_per_day.map(Number).or(other.row.per_day);
            }
            drafts.extend(others);
        }
        drafts
    }

    /// Adds a draft, or fills a row of the same treatment that it tells again.
    fn join(&mut self, draft: Draft) -> Option<usize> {
        if self.way_of_all(&draft) {
            return None;
        }
        let same = self.of_drug(&draft.row.drug).find(|(_, old)| joins(old, &draft)).map(|(index, _)| index);
        if let Some(old) = same.and_then(|index| self.drafts.get_mut(index)) {
            merge(old, draft);
            return same;
        }
        self.drafts.push(draft);
        Some(self.drafts.len() - 1)
    }

    /// The last rows of a treatment, the latest first.
    fn of_drug<'r>(&'r self, drug: &'r str) -> impl Iterator<Item = (usize, &'r Draft)> + Clone {
        const FAR: usize = 256;
        let last = self.drafts.iter().enumerate().rev().take(FAR);
        last.filter(move |(_, draft)| draft.row.drug == drug).take(LOOK_BACK)
    }
}

/// "At night" is once a day, "in the morning and at night" twice; a morning alone may be that of one visit.
fn times_of_day(hours: u8) -> Option<Number> {
    const MORNING: u8 = 2;
    (hours != 0 && hours != MORNING).then(|| Number(f64::from(hours.count_ones())))
}

/// The dose of one giving: of a radiation whose fractions are counted by the day or the week a fraction's, else the whole.
fn one_giving(slots: &Slots, kind: NameKind) -> (Option<&Values>, Option<&Unit>) {
    let often = slots.frequency.per_day.is_some() || slots.frequency.per_week.is_some();
    match &slots.fraction {
        Some(each) if kind == NameKind::Radiation && (often || slots.values.is_none()) => {
            (Some(&each.values), Some(&each.unit))
        }
        _ => (slots.values.as_ref(), slots.unit.as_ref()),
    }
}

/// Puts doses into a row: a range and the levels of an escalation stay together. The further doses, which have a row each.
fn put_doses<'v>(
    row: &mut Administration,
    values: Option<&'v Values>,
    unit: Option<&Unit>,
    ranked: bool,
) -> &'v [f64] {
    let (list, between) = match values {
        None => return &[],
        Some(Values::One(value)) => {
            row.dose = Some(Number(*value));
            return &[];
        }
        Some(Values::UpTo(most)) => {
            row.dose_max = Some(Number(*most));
            return &[];
        }
        Some(Values::Range(low, high)) => {
            (row.dose, row.dose_max) = (Some(Number(*low)), Some(Number(*high)));
            return &[];
        }
        Some(Values::Several(list, between)) => (list.as_slice(), *between),
    };
    let [first, others @ ..] = list else { return &[] };
    let particles = unit.is_some_and(|unit| unit.name == "vp");
    // "300, 300, 300 mg": the same dose each time.
    let same = others.iter().all(|value| value == first);
    if same || between == Between::Or && list.len() == 2 {
        row.dose = Some(Number(*first));
        return if same { &[] } else { others };
    }
    if list.len() > 2 || ranked || particles {
        row.levels = list.iter().copied().map(Number).collect();
    } else {
        // Two numbers with a slash: levels, strengths, or a product of two. Nobody can tell.
        row.unit = None;
    }
    &[]
}

fn set<T: Copy>(slot: &mut Option<T>, value: T) -> bool {
    let empty = slot.is_none();
    if empty {
        *slot = Some(value);
    }
    empty
}

/// Frequency, days and route of a sentence without a name are said of the sentence before it.
fn near_slots(draft: &mut Draft, slots: &Slots, vocabulary: &Vocabulary) -> bool {
    let row = &mut draft.row;
    let mut given = false;
    if let Some(route) = slots.route
        && row.route.is_none()
    {
        row.route = Some(vocabulary.route(route).to_owned());
        given = true;
    }
    let scheduled =
        row.per_day.is_some() || row.per_week.is_some() || row.every.is_some() || !row.days.is_empty();
    if !scheduled && slots.scheduled() {
        row.per_day = slots.frequency.per_day.map(Number).filter(|_| slots.frequency.or_per_day.is_none());
        row.per_week = slots.frequency.per_week.map(Number);
        row.every = slots.frequency.every.filter(|_| slots.frequency.or_every.is_none());
        row.days.clone_from(&slots.days);
        given = true;
    }
    given | takes_interval(row, slots)
}

/// "A on days 1-5. Treatment is given every 4 weeks": the interval of days is the cycle's length.
fn takes_interval(row: &mut Administration, slots: &Slots) -> bool {
    const WEEK: f64 = 7.0;
    let often = slots.frequency;
    let every = often.every.filter(|every| often.or_every.is_none() && every.days() >= WEEK);
    let Some(every) = every.filter(|_| slots.days.is_empty()) else { return false };
    let fits = row.days.last().is_some_and(|last| f64::from(*last) <= every.days());
    let open = row.cycle.is_none() && row.every.is_none() && row.per_week.is_none();
    if fits && open {
        row.cycle = Some(every);
        row.every = Some(every).filter(|_| row.days.len() == 1);
    }
    fits && open
}
