//! Every limit that an eligibility text sets: a grammar over the shared lexer's tokens.
//!
//! `atoms` cuts and marks the text, `amounts` reads comparisons, `scope` finds where conditions, exceptions and
//! negations reach, `bind` tells which variable a comparison is of; `classes`, `windows` and `lines` read what is not
//! a plain comparison. What fits nothing is left out.

mod alternatives;
pub mod amounts;
pub mod atoms;
mod barred;
mod besides;
mod bind;
mod classes;
mod draft;
mod groups;
mod headings;
mod lines;
mod measured;
mod scope;
mod shared;
#[cfg(test)]
mod tests;
mod unmet;
mod windows;

use std::ops::Range;

use crate::protocol::{Criterion, CriterionRole, Limit, LimitValue, Section, Span};
use crate::reading::units;

use super::items as splitter;
use super::vocabulary::{Class, Lists, Vocabulary};
use amounts::Comparison;
use atoms::Atoms;
use bind::{Binder, Subject};
use draft::Draft;
use groups::Groups;
use scope::{Scope, Under};

/// What an item's members take over from it.
#[derive(Clone, Debug, Default)]
struct Context {
    /// Depth of the item it comes from.
    depth: usize,
    /// Its limits hold for some patients only.
    conditional: bool,
    /// It ends in an exception that its members spell out.
    except: bool,
    /// Its members are alternatives.
    alternatives: bool,
    /// It speaks of a washout that its members spell out.
    washout: bool,
    /// Variables it names without a comparison.
    subjects: Vec<Subject>,
}

/// One item, with what the readers of its limits need.
struct Item<'a> {
    text: &'a str,
    atoms: &'a Atoms<'a>,
    vocabulary: &'a Vocabulary,
    range: Range<usize>,
    comparisons: &'a [Comparison],
    scope: &'a Scope,
    section: Option<Section>,
    /// The lists of all its phrases.
    lists: Lists,
    /// An exception above it holds for it.
    excepted: bool,
}

impl Item<'_> {
    /// Whether any of its phrases is of one of some lists.
    fn has(&self, classes: &[Class]) -> bool {
        self.lists.meets(Lists::of(classes))
    }

    /// Whether `at` stands inside a comparison ("no greater than 3").
    fn compares(&self, at: usize) -> bool {
        let next = self.comparisons.partition_point(|c| c.end <= at);
        self.comparisons.get(next).is_some_and(|c| c.start <= at)
    }

    /// Whether a limit at `at` holds under a condition, and whether it stands in an exception.
    fn held(&self, at: usize) -> (bool, bool) {
        let condition = self.scope.is(at, Under::Condition) || self.scope.is(at, Under::Sex);
        let exception = self.excepted || self.scope.is(at, Under::Exception);
        (condition || exception, exception)
    }
}

/// Reads the limits of a text that was cut into `atoms` and split into `items`, each with the bytes of its words.
pub fn read(
    text: &str,
    atoms: &Atoms<'_>,
    items: &[(Criterion, Range<usize>)],
    vocabulary: &Vocabulary,
) -> Vec<Limit> {
    let groups = Groups::of(items);
    let mut limits = Vec::new();
    let mut contexts: Vec<Context> = Vec::new();
    let mut from = 0;
    let mut grouped = false;
    for (index, (criterion, words)) in items.iter().enumerate() {
        let start = atoms.first_after(words.start, from);
        let end = atoms.first_after(words.end, start);
        from = end;
        if splitter::is_form(&criterion.text) {
            continue;
        }
        if criterion.role == CriterionRole::Heading {
            contexts.clear();
            contexts.extend(headings::context(atoms, start..end));
            grouped = match groups::names_a_section(criterion) {
                true => grouped,
                // "Control group" over "Inclusion criteria": all of them are of that group.
                false => {
                    !contexts.is_empty()
                        && items.get(index + 1).is_some_and(|(next, _)| groups::names_a_section(next))
                }
            };
            if groups.holds(criterion) || grouped {
                contexts.push(Context { conditional: true, ..Context::default() });
            }
        }
        contexts.retain(|context| context.depth <= criterion.depth);
        let section = criterion.section.or(Some(Section::Inclusion));
        let (drafts, own) = item(text, atoms, vocabulary, start..end, section, &contexts, criterion.depth);
        limits.extend(drafts.into_iter().map(|draft| limit(atoms, section, draft)));
        if criterion.role == CriterionRole::Item {
            contexts.push(own);
        } else if own.washout {
            // "Washout periods:" over "Steroids: 4 weeks".
            contexts.push(Context { washout: true, ..Context::default() });
        } else if !own.subjects.is_empty() {
            // "Life expectancy:" over "at least 2 months".
            let conditional = contexts.iter().any(|context| context.conditional);
            contexts.push(Context { conditional, subjects: own.subjects, ..Context::default() });
        }
    }
    limits
}

/// Most items set no limit: no number, no variable, no "past year".
const MAY_LIMIT: Lists = Lists::NUMERIC.and(Lists::of(&[
    Class::Variable,
    Class::Twice,
    Class::Past,
    Class::Before,
    Class::TrulyWithin,
    Class::Line,
]));

/// Reads one item; gives its limits and what its members take over.
#[allow(clippy::too_many_arguments)] // one item, told by its parts
fn item(
    text: &str,
    atoms: &Atoms<'_>,
    vocabulary: &Vocabulary,
    range: Range<usize>,
    section: Option<Section>,
    contexts: &[Context],
    depth: usize,
) -> (Vec<Draft>, Context) {
    let last = range.end.saturating_sub(1);
    let opens = atoms.is(last, Class::Colon);
    let lists = atoms.lists_in(range.clone());
    if !opens && !lists.meets(MAY_LIMIT) {
        let item = Item {
            text,
            atoms,
            vocabulary,
            range: range.clone(),
            comparisons: &[],
            scope: &Scope::default(),
            section,
            lists,
            excepted: false,
        };
        let own = Context {
            depth: depth + 1,
            conditional: headings::is_cohort_label(atoms, &item.range),
            alternatives: alternatives::announced(&item),
            washout: item.has(&[Class::Washout]),
            ..Context::default()
        };
        return (Vec::new(), own);
    }
    // "1 point each: age > 67, …" is a score's table.
    let points = range.start + usize::from(atoms.is_numeric(range.start));
    let is_table = points > range.start || atoms.text(points + 1) == "each";
    if is_table && matches!(atoms.text(points), "point" | "points") {
        return (Vec::new(), Context { depth: depth + 1, ..Context::default() });
    }
    let comparisons = comparisons(atoms, range.clone());
    let scope = scope::scope(atoms, range.clone(), lists, &comparisons, section, depth > 0);
    let inherited: Vec<Subject> = contexts.last().map(|c| c.subjects.clone()).unwrap_or_default();
    let item = Item {
        text,
        atoms,
        vocabulary,
        range: range.clone(),
        comparisons: &comparisons,
        scope: &scope,
        section,
        lists,
        excepted: contexts.iter().any(|c| c.except),
    };
    let bound = Binder::of(&item).bind(&inherited);
    let mut drafts = bound.drafts;
    drafts.extend(classes::read(&item));
    drafts.extend(lines::read(&item, &bound.taken));
    let washout = contexts.iter().any(|c| c.washout);
    drafts.extend(windows::read(&item, &bound.taken, washout));
    let conditional = contexts.iter().any(|c| c.conditional);
    let except = contexts.iter().any(|c| c.except);
    for draft in &mut drafts {
        draft.conditional |= conditional || except;
        draft.except |= except;
    }
    drafts.sort_by_key(|d| (d.atoms.end, d.atoms.start));
    besides::each_sex(&scope, &mut drafts);
    besides::each_in_brackets(atoms, &mut drafts);
    besides::of_some_later(&item, &mut drafts);
    besides::of_examples(&item, &mut drafts);
    besides::with_more(&item, &mut drafts);
    besides::or_with_more(atoms, &mut drafts);
    shared::pressures(&mut drafts);
    shared::counts(&item, &mut drafts);
    shared::again(&item, &mut drafts);
    unmet::turn(&item, &mut drafts);
    barred::turn(&item, &mut drafts);
    // "≥ 27 kg/m² and presence of …" under "Have a BMI".
    for draft in drafts.iter_mut().filter(|draft| draft.atoms.start < range.start) {
        draft.conditional |= besides::asks_more(atoms, draft.atoms.end);
    }
    let mut drafts = once(drafts, vocabulary);
    alternatives::mark(&item, &mut drafts);
    if contexts.iter().any(|c| c.alternatives) {
        drafts.iter_mut().for_each(|draft| draft.alternative = true);
    }
    let own = Context {
        depth: depth + 1,
        conditional: headings::is_cohort_label(atoms, &item.range)
            || opens
                && (is_of_some(&item)
                    || section == Some(Section::Exclusion) && is_met_too(&item)
                    || scope.is(last, Under::Condition)
                        && !is_about_entering(&item)
                        && !is_told_whole(&item)),
        except: opens
            && (scope.is(last.saturating_sub(1), Under::Exception)
                || section == Some(Section::Exclusion) && asks_to_enter(&item)),
        alternatives: alternatives::announced(&item),
        washout: item.has(&[Class::Washout]),
        // "Have a BMI" over "≥ 30 kg/m²" and "≥ 27 kg/m² and …".
        subjects: if opens || bound.open.last().is_some_and(|subject| subject.end == item.range.end) {
            bound.open
        } else {
            Vec::new()
        },
    };
    (drafts, own)
}

/// "Participants who receive the combination have the following additional criteria:": the members hold for those.
fn is_of_some(item: &Item<'_>) -> bool {
    let atoms = item.atoms;
    let people = (item.range.start..item.range.start + 3).find(|at| atoms.is(*at, Class::Population));
    let Some(people) = people else { return false };
    let told =
        matches!(atoms.text(people + 1), "who" | "with" | "in" | "receiving" | "assigned" | "randomized");
    let additional = item.range.clone().rev().take(8).any(|at| atoms.text(at) == "additional");
    told && additional && atoms.is(item.range.end.saturating_sub(1), Class::Colon)
}

/// "Subjects who had a thrombosis and who meet any of the following:" under exclusion: the members hold for those.
fn is_met_too(item: &Item<'_>) -> bool {
    let first = item.range.end.saturating_sub(12).max(item.range.start + 4);
    let text = |at: usize| item.atoms.text(at);
    let met = (first..item.range.end).find(|at| matches!(text(*at), "meet" | "meets" | "fulfil" | "fulfill"));
    let too = |met: usize| {
        matches!(text(met - 1), "and" | "also") || text(met - 1) == "who" && text(met - 2) == "and"
    };
    let people = (item.range.start..item.range.start + 3).any(|at| item.atoms.is(at, Class::Population));
    people && met.is_some_and(too)
}

/// "Treated metastases must fulfil the following to be eligible:" under exclusion: who is let in.
fn asks_to_enter(item: &Item<'_>) -> bool {
    let words = item.range.end.saturating_sub(24).max(item.range.start)..item.range.end;
    let asked =
        words.clone().any(|at| matches!(item.atoms.text(at), "must" | "should" | "need" | "required"));
    let entered = |at: usize| {
        let not = at > 0 && item.atoms.is_any(at - 1, &[Class::Negation]);
        !not && matches!(item.atoms.text(at), "eligible" | "enter" | "participate" | "enroll" | "enrol")
    };
    asked && words.into_iter().any(entered)
}

/// "… within 14 days; if it is done again, it must meet the criteria again:": what holds then is told in the sentence itself.
fn is_told_whole(item: &Item<'_>) -> bool {
    let words = item.range.end.saturating_sub(30).max(item.range.start)..item.range.end;
    let text = |at: usize| item.atoms.text(at);
    let told = words.clone().find(|at| text(*at) == "if").is_some_and(|at| {
        let said = at..item.range.end;
        said.clone().any(|at| matches!(text(at), "must" | "should"))
            && !said.into_iter().any(|at| matches!(text(at), "following" | "these" | "all"))
    });
    let second = words.clone().any(|at| item.atoms.is(at, Class::Semicolon) && text(at + 1) == "if");
    told && second
}

/// "Patients are excluded if they have:": the members are the criteria, and hold for everybody.
fn is_about_entering(item: &Item<'_>) -> bool {
    let words = item.range.end.saturating_sub(20).max(item.range.start)..item.range.end;
    let mut words = words.map(|at| item.atoms.text(at));
    words.any(headings::is_of_entering) && words.any(|word| matches!(word, "if" | "when"))
}

/// How many of the limits before one are looked through for the same.
const BACK: usize = 64;

/// A limit that an item states twice, in other words or in another unit, is one: the first.
fn once(drafts: Vec<Draft>, vocabulary: &Vocabulary) -> Vec<Draft> {
    // Most items set one limit at most.
    if drafts.len() < 2 {
        return drafts;
    }
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let known = kept.iter().rev().take(BACK).any(|other| {
            !of_another_range(&draft, other)
                && (is_same(&draft, other) || is_converted(&draft, other, vocabulary))
        });
        let last = kept.iter().rev().find(|other| is_number(other));
        if !known && !last.is_some_and(|last| twice_counted(&draft, last)) {
            kept.push(draft);
        }
    }
    kept
}

/// A comparison with a number that has a unit and no agent.
fn is_number(draft: &Draft) -> bool {
    matches!(draft.value, LimitValue::Number(_)) && draft.unit.is_some() && draft.agent.is_none()
}

fn of_one_kind(draft: &Draft, other: &Draft) -> bool {
    draft.variable == other.variable && draft.op == other.op && draft.conditional == other.conditional
}

fn is_same(draft: &Draft, other: &Draft) -> bool {
    of_one_kind(draft, other)
        && (&draft.value, &draft.unit, &draft.agent) == (&other.value, &other.unit, &other.agent)
}

/// "0 to 2 in part A, 0 to 1 in part B": the lower ends are alike, the ranges are two.
fn of_another_range(draft: &Draft, other: &Draft) -> bool {
    let score = draft.unit.as_deref() == Some("");
    draft.conditional && score && draft.op.is_lower() && draft.atoms.end > other.atoms.end
}

/// The same in another unit. Texts round when they convert ("9 g/dL (5.6 mmol/L)"). Not "≥ 12.5 g/dL for women and
/// ≥ 13 g/dL for men", which are near each other too.
fn is_converted(draft: &Draft, other: &Draft, vocabulary: &Vocabulary) -> bool {
    if draft.unit == other.unit || !of_one_kind(draft, other) {
        return false;
    }
    let canonical = |draft: &Draft| match (&draft.value, &draft.unit, &draft.agent) {
        (LimitValue::Number(value), Some(unit), None) => {
            units::canonical(vocabulary, &draft.variable, value.0, unit)
        }
        _ => None,
    };
    let (Some((own, own_unit)), Some((known, known_unit))) = (canonical(draft), canonical(other)) else {
        return false;
    };
    own_unit == known_unit && (known - own).abs() <= 0.04 * own.abs()
}

/// "HBV DNA ≥ 500 IU/mL (or ≥ 2500 copies/mL)": a virus counted in two ways, whose ratio depends on the assay.
fn twice_counted(draft: &Draft, last: &Draft) -> bool {
    let counted = matches!(
        (last.unit.as_deref(), draft.unit.as_deref()),
        (Some("IU/mL"), Some("copies/mL")) | (Some("copies/mL"), Some("IU/mL"))
    );
    counted
        && is_number(draft)
        && last.variable == draft.variable
        && last.op == draft.op
        && draft.atoms.end <= last.atoms.end + 12
}

/// Every comparison in a range, in order, none inside another.
fn comparisons(atoms: &Atoms<'_>, range: Range<usize>) -> Vec<Comparison> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        // "(*2,3)" points to notes.
        let note = || at > range.start + 1 && atoms.text(at - 1) == "*" && atoms.is(at - 2, Class::Open);
        match (amounts::may_begin(atoms, at) && !note())
            .then(|| amounts::comparison(atoms, at))
            .flatten()
            .filter(|c| c.end <= range.end)
        {
            Some(comparison) => {
                at = comparison.end.max(at + 1);
                found.push(comparison);
            }
            None => at += 1,
        }
    }
    shared::units(atoms, &mut found);
    amounts::share_multiples(atoms, &mut found);
    found
}

fn limit(atoms: &Atoms<'_>, section: Option<Section>, draft: Draft) -> Limit {
    Limit {
        section,
        variable: draft.variable,
        op: draft.op.sign().to_owned(),
        value: draft.value,
        unit: draft.unit,
        conditional: draft.conditional,
        except: draft.except,
        alternative: draft.alternative,
        agent: draft.agent,
        span: Span::new("text", atoms.raw(draft.atoms)),
    }
}
