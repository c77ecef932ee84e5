//! Which trials the list shows, and in which order: filtering and sorting, as a job that can run elsewhere.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use crate::library::{Entry, Library};
use crate::protocol::Trial;
use crate::search::fuzzy::Pattern;
use crate::search::{direct, letters, listing, query, typed};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// As the trials were loaded; with a filter, the best match first.
    #[default]
    Loaded,
    /// The record's id.
    Id,
    /// Title.
    Title,
    /// Status, open ones first.
    Status,
    /// Phase.
    Phase,
    /// First condition.
    Condition,
    /// Number of participants.
    Enrolment,
    /// Date of the last update.
    Updated,
}

impl Column {
    /// All of them, in the order of the menu: with the key that chooses it, its name, and whether the largest
    /// value comes first.
    pub const ALL: &'static [(Self, char, &'static str, bool)] = &[
        (Self::Loaded, 'l', "as loaded, or best match", false),
        (Self::Id, 'i', "id", false),
        (Self::Title, 't', "title", false),
        (Self::Status, 's', "status, open ones first", false),
        (Self::Phase, 'p', "phase", false),
        (Self::Condition, 'c', "condition", false),
        (Self::Enrolment, 'e', "enrolment, largest first", true),
        (Self::Updated, 'u', "last update, newest first", true),
    ];

    /// Its name in the list's title.
    pub fn short(self) -> &'static str {
        match self {
            Self::Loaded => "",
            Self::Id => "id",
            Self::Title => "title",
            Self::Status => "status",
            Self::Phase => "phase",
            Self::Condition => "condition",
            Self::Enrolment => "enrolment",
            Self::Updated => "updated",
        }
    }

    fn largest_first(self) -> bool {
        Self::ALL.iter().any(|(column, .., largest_first)| *column == self && *largest_first)
    }
}

/// A column and whether its order is turned round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// The other way round than the column's own order.
    pub reversed: bool,
}

/// The job: these trials, filtered by these words, in this order.
#[derive(Clone, Debug)]
pub struct Arrange {
    /// To tell a late answer from the one that is waited for.
    pub generation: u64,
    /// The trials; none when they are a library's.
    pub trials: Arc<Vec<Arc<Entry>>>,
    /// The library, when one is open.
    pub library: Option<Arc<Library>>,
    /// What was typed into the filter.
    pub filter: String,
    /// The order.
    pub sort: Sort,
}

/// Trials between two looks at whether the job is still wanted.
const STRIDE: usize = 512;

/// Says whether the job is not wanted any more.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

impl Arrange {
    /// Filters and sorts. `None` when `stop` said so.
    pub fn run(&self, stop: Stop<'_>) -> Option<Vec<u32>> {
        self.run_in_steps(stop, &mut |_| {})
    }

    /// The same; where the best matches are known before all others, `first` is given them.
    pub fn run_in_steps(&self, stop: Stop<'_>, first: &mut dyn FnMut(Vec<u32>)) -> Option<Vec<u32>> {
        let by_rank = self.sort == Sort::default();
        let mut best = |rows: &[(u32, i64)]| {
            if by_rank && !stop() {
                first(rows.iter().map(|(row, _)| *row).collect());
            }
        };
        let mut kept = match &self.library {
            Some(library) => listing::found(library, &self.filter, stop, &mut best)?,
            None => self.kept(stop)?,
        };
        if self.sort.column == Column::Loaded {
            kept.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        } else {
            sort_by_column(&mut kept, &|index| self.key(index), self.sort.column.largest_first());
        }
        let mut order: Vec<u32> = kept.into_iter().map(|(index, _)| index).collect();
        if self.sort.reversed {
            order.reverse();
        }
        Some(order)
    }

    /// What a trial is sorted by.
    fn key(&self, index: u32) -> SortKey {
        let column = self.sort.column;
        match &self.library {
            Some(library) => library.rows().get(index).map(|row| key(&row.head(), column)),
            None => self.trials.get(index as usize).map(|entry| key(&entry.trial, column)),
        }
        .unwrap_or(SortKey::Nothing)
    }

    fn kept(&self, stop: Stop<'_>) -> Option<Vec<(u32, i64)>> {
        let (words, clauses) = direct::parted(&self.filter, &query::parse(&self.filter, &typed::variable));
        let pattern = Pattern::new(&words);
        let holds = |entry: &Entry| !stop() && clauses.iter().all(|clause| direct::holds(entry, clause));
        let kept: Option<Vec<Vec<(u32, i64)>>> = self
            .trials
            .par_chunks(STRIDE)
            .enumerate()
            .map(|(chunk, trials)| {
                let rows = (chunk * STRIDE..).zip(trials);
                (!stop()).then(|| {
                    rows.filter_map(|(index, entry)| row(&pattern, index, entry).filter(|_| holds(entry)))
                        .collect()
                })
            })
            .collect();
        Some(kept?.concat())
    }
}

/// A trial's index and score, if it matches.
fn row(pattern: &Pattern, index: usize, entry: &Entry) -> Option<(u32, i64)> {
    let score = if pattern.is_empty() { 0 } else { pattern.score(&fields(&entry.trial))? };
    Some((u32::try_from(index).ok()?, score))
}

/// What the filter looks at, the most telling first.
fn fields(trial: &Trial) -> Vec<&str> {
    let mut fields = vec![trial.title.as_str(), trial.id.as_str()];
    fields.extend(trial.acronym.as_deref());
    fields.extend(trial.conditions.iter().map(String::as_str));
    fields.extend(trial.interventions.iter().map(|intervention| intervention.name.as_str()));
    fields.extend(trial.ids.iter().skip(1).map(|id| id.id.as_str()));
    fields
}

/// What a trial is sorted by; one that states nothing comes last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Number(u64),
    Text(String),
    Nothing,
}

fn sort_by_column(kept: &mut [(u32, i64)], key: &(dyn Fn(u32) -> SortKey + Sync), largest_first: bool) {
    let mut keyed: Vec<(SortKey, (u32, i64))> = kept.par_iter().map(|row| (key(row.0), *row)).collect();
    keyed.sort_by(|(a, _), (b, _)| compare(a, b, largest_first));
    for (row, (_, sorted)) in kept.iter_mut().zip(keyed) {
        *row = sorted;
    }
}

fn compare(a: &SortKey, b: &SortKey, largest_first: bool) -> Ordering {
    let stated = (*a == SortKey::Nothing).cmp(&(*b == SortKey::Nothing));
    stated.then_with(|| if largest_first { b.cmp(a) } else { a.cmp(b) })
}

fn key(trial: &Trial, column: Column) -> SortKey {
    let text = |text: &str| {
        if text.is_empty() { SortKey::Nothing } else { SortKey::Text(letters::plain(text)) }
    };
    match column {
        Column::Loaded => SortKey::Nothing,
        Column::Id => text(&trial.id),
        Column::Title => text(&trial.title),
        Column::Status => match &trial.status {
            Some(status) => SortKey::Number(u64::from(super::marks::status_rank(status))),
            None => SortKey::Nothing,
        },
        Column::Phase => match trial.phases.first() {
            Some(phase) if phase.as_str() != "NA" => SortKey::Text(super::marks::phase(&trial.phases)),
            _ => SortKey::Nothing,
        },
        Column::Condition => trial.conditions.first().map_or(SortKey::Nothing, |first| text(first)),
        Column::Enrolment => match trial.enrollment.as_ref().and_then(|enrolment| enrolment.count) {
            Some(count) => SortKey::Number(count),
            None => SortKey::Nothing,
        },
        Column::Updated => text(super::age::last_update(trial).unwrap_or_default()),
    }
}
