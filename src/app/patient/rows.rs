//! The screen's items: the facts, the question, the trials by how they stand, the limits of those that are unfolded.

use std::borrow::Cow;

use super::weigh::{Standing, Weighed, verdict};
use super::{PatientScreen, RowOf};
use crate::app::item::{Item, ItemKind};
use crate::app::marks;
use crate::app::model::Model;
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::library::Entry;
use crate::matching::limit::Truth;
use crate::matching::words::{Binding, entered, label, told};
use crate::matching::{Known, Line, NextQuestion, Patient, Verdict};
use crate::protocol::{Limit, Span, Trial, display, phrase};
use crate::search::fuzzy::Pattern;

/// What the screen says first.
const NOTICE: &str = "Reads registry records, not protocols, and decides nothing: only limits that were read are weighed; \
                      unknown never counts as met.";

/// Narrower than this, a trial's title stands below its counts.
const WIDE: u16 = 70;
/// Columns for the day on which the washouts open.
const WAIT: usize = 11;
/// Columns a trial's limits are moved in.
const MOVED_IN: u16 = 4;
/// So many letters of a criterion are told; `s` shows all.
const MOST_WORDS: usize = 240;

/// The headings, in the order of the trials.
const STANDINGS: &[(Standing, &str)] = &[
    (Standing::Met, "Every limit that was read is met"),
    (Standing::Open, "Open: nothing known speaks against it"),
    (Standing::Waits, "Open once every washout is over"),
    (Standing::Closed, "A stated limit is failed"),
    (Standing::NotRead, "No limit was read: read the criteria"),
];

/// Everything on the screen, and what each item is.
pub(super) fn items(screen: &PatientScreen, model: &Model, width: u16) -> (Vec<Item>, Vec<Option<RowOf>>) {
    let mut items = vec![facts(screen), Item::note(NOTICE), Item::blank()];
    let Some(outcome) = &screen.outcome else {
        let text = format!("Reading and weighing: {} of {} trials", screen.done, screen.trials.len());
        items.push(Item { kind: ItemKind::Note, ..Item::row(Styled::new(text, Tone::Accent)) });
        let rows = vec![None; items.len()];
        return (items, rows);
    };
    items.extend(question(outcome.question.as_ref()));
    let mut rows: Vec<Option<RowOf>> = vec![None; items.len()];
    let pattern = Pattern::new(&screen.filter);
    let shown: Vec<(&Weighed, Cow<'_, Trial>)> = outcome
        .trials
        .iter()
        .filter_map(|weighed| Some((weighed, model.head(weighed.trial)?)))
        .filter(|(_, trial)| matches(&pattern, trial))
        .collect();
    if outcome.unreadable > 0 {
        let told = format!("{} records could not be read and are left out.", outcome.unreadable);
        items.push(Item { kind: ItemKind::Note, ..Item::row(Styled::new(told, Tone::Warn)) });
    }
    if shown.is_empty() {
        items.push(Item::blank());
        items.push(Item::note("No trial has these words. Esc shows all of them again."));
    }
    let columns = Columns::of(&shown, width);
    let known = Known::of(&screen.facts.patient);
    for (standing, heading) in STANDINGS {
        let of: Vec<_> = shown.iter().filter(|(weighed, _)| weighed.standing == *standing).collect();
        if of.is_empty() {
            continue;
        }
        items.push(Item::blank());
        items.push(Item::heading(format!("{heading} ({})", of.len())));
        for (weighed, trial) in of {
            let open = screen.unfolded.contains(&weighed.trial);
            rows.resize(items.len(), None);
            rows.push(Some(RowOf { trial: weighed.trial, limit: None }));
            items.push(columns.row(weighed, trial, open));
            let Some(entry) = model.entry(weighed.trial).filter(|_| open) else {
                if open {
                    items.push(Item::note("its record is being read").indented(MOVED_IN));
                }
                continue;
            };
            let limits = limits(&screen.facts.patient, entry, &verdict(&known, entry));
            let of_trial = |limit| Some(RowOf { trial: weighed.trial, limit: Some(limit) });
            rows.extend((0..limits.len()).map(of_trial));
            items.extend(limits);
        }
    }
    rows.resize(items.len(), None);
    (items, rows)
}

/// The facts as they were understood.
fn facts(screen: &PatientScreen) -> Item {
    let mut text = Styled::default();
    let mut taken = false;
    for (words, unit_taken) in screen.facts.words() {
        if !text.is_empty() {
            text.push(" · ", Tone::Dim);
        }
        text.push(display::line(&words).text(), Tone::Strong);
        if unit_taken {
            text.push("*", Tone::Warn);
            taken = true;
        }
    }
    if taken {
        text.push("   * no unit was typed: this one was taken", Tone::Warn);
    }
    Item { kind: ItemKind::Note, text, ..Item::default() }
}

fn question(question: Option<&NextQuestion>) -> Vec<Item> {
    let Some(question) = question else {
        return vec![Item::note("No further value would decide about an open trial.")];
    };
    let trials = if question.decides == 1 { "trial" } else { "trials" };
    let head = Styled::new("Ask next: ", Tone::Label)
        .with(question.words(), Tone::Strong)
        .with(format!("  it bears on {} open {trials}", question.decides), Tone::Plain);
    let mut answers = Styled::default();
    for answer in &question.answers {
        if !answers.is_empty() {
            answers.push(" · ", Tone::Dim);
        }
        answers.push(question.range(answer), Tone::Accent);
        let stay = format!("{} {} open", answer.open, if answer.open == 1 { "stays" } else { "stay" });
        let close = format!("{} {}", answer.closed, if answer.closed == 1 { "closes" } else { "close" });
        let left = match (answer.open, answer.closed) {
            (_, 0) => format!(": {stay}"),
            (0, _) => format!(": {close}"),
            _ => format!(": {stay}, {close}"),
        };
        answers.push(left, Tone::Plain);
    }
    let note = |text| Item { kind: ItemKind::Note, text, ..Item::default() };
    vec![note(head), note(answers).indented(2)]
}

fn matches(pattern: &Pattern, trial: &Trial) -> bool {
    pattern.is_empty() || pattern.score(&[&trial.id, &trial.title, &trial.conditions.join(" ")]).is_some()
}

/// The widths of a trial's row.
struct Columns {
    met: usize,
    failed: usize,
    unknown: usize,
    wait: usize,
    id: usize,
    wide: bool,
}

impl Columns {
    fn of(shown: &[(&Weighed, Cow<'_, Trial>)], width: u16) -> Self {
        let digits = |count: &dyn Fn(&Weighed) -> usize| {
            shown.iter().map(|(weighed, _)| count(weighed).to_string().len()).max().unwrap_or(1)
        };
        let id = shown.iter().map(|(_, trial)| wrap::width(&trial.id)).max().unwrap_or(0);
        let waits = shown.iter().any(|(weighed, _)| !wait(weighed).is_empty());
        Self {
            met: digits(&|weighed| weighed.met),
            failed: digits(&|weighed| weighed.failed),
            unknown: digits(&|weighed| weighed.unknown),
            wait: if waits { WAIT } else { 0 },
            id: id.min(usize::from(width / 4)),
            wide: width >= WIDE,
        }
    }

    /// Counts with their signs, the day the washouts open, id and title.
    fn row(&self, weighed: &Weighed, trial: &Trial, open: bool) -> Item {
        let mut lead = Styled::new(if open { "▾ " } else { "▸ " }, Tone::Dim);
        let mut count = |sign: &str, count: usize, width: usize, tone: Tone| {
            let tone = if count == 0 { Tone::Dim } else { tone };
            lead.push(format!("{sign}{count:<width$} "), tone);
        };
        count("✓", weighed.met, self.met, Tone::Good);
        count("✗", weighed.failed, self.failed, Tone::Bad);
        count("?", weighed.unknown, self.unknown, Tone::Warn);
        let wait = wait(weighed);
        let tone = if weighed.opens_in_days.is_some() { Tone::Accent } else { Tone::Dim };
        let gap = if self.wide { " " } else { "" };
        if self.wide || !wait.is_empty() {
            let width = if self.wide { self.wait } else { wrap::width(&wait) };
            lead.push(
                format!("{gap}{}{}", wait, " ".repeat(width.saturating_sub(wrap::width(&wait)) + 1)),
                tone,
            );
        }
        let id = display::line(&trial.id);
        lead.push(id.text(), Tone::Label);
        let title = marks::title(trial).into_owned();
        let hang = if self.wide {
            let id_width = wrap::width(id.text());
            lead.push(" ".repeat(self.id.saturating_sub(id_width)), Tone::Plain);
            u16::try_from(wrap::width(lead.text()) + 2).unwrap_or(u16::MAX)
        } else {
            5
        };
        let copy = format!("{} {title}: {}", id.text(), summary(weighed));
        Item { lead, hang, text: title.into(), fixed: true, copy: Some(copy.into()), ..Item::default() }
    }
}

/// In how many days the washouts open, as far as they are known.
fn wait(weighed: &Weighed) -> String {
    let unknown = weighed.open_washouts > 0;
    match weighed.opens_in_days {
        Some(days) => {
            let sign = if unknown { "≥" } else { "" };
            format!("in {sign}{} {}", phrase::number(days), if days == 1.0 { "day" } else { "days" })
        }
        None if unknown => "washout ?".to_owned(),
        None => String::new(),
    }
}

fn summary(weighed: &Weighed) -> String {
    let wait = wait(weighed);
    let wait = if wait.is_empty() { wait } else { format!("; {wait}") };
    format!("{} met, {} failed, {} unknown{wait}", weighed.met, weighed.failed, weighed.unknown)
}

/// A trial's limits: failed, unknown, met, set aside; each with what is known and the record's words.
fn limits(patient: &Patient, entry: &Entry, verdict: &Verdict) -> Vec<Item> {
    let facts = &entry.readings().criteria.facts;
    let place = |line: &Line| match unit_truth(verdict, line) {
        Truth::No => 0,
        Truth::Unknown => 1,
        Truth::Yes => 2,
    };
    let mut lines: Vec<&Line> = verdict.lines.iter().collect();
    lines.sort_by_key(|line| place(line));
    let mut items: Vec<Item> = lines.into_iter().map(|line| limit(patient, entry, verdict, line)).collect();
    let weighed = |index: &usize| verdict.lines.iter().any(|line| line.limits.contains(index));
    let aside = facts.iter().enumerate().filter(|(index, _)| !weighed(index));
    items.extend(aside.map(|(_, limit)| set_aside(entry, limit)));
    if items.is_empty() {
        items.push(row("–", Tone::Dim, Styled::new("no limit was read in its criteria", Tone::Dim), None));
    }
    items
}

/// The truth of a line, or of the alternatives it is one of.
fn unit_truth(verdict: &Verdict, line: &Line) -> Truth {
    let Some(group) = line.alternative else { return line.satisfied };
    let members = verdict.lines.iter().filter(|other| other.alternative == Some(group));
    Truth::any(members.map(|member| member.satisfied))
}

fn limit(patient: &Patient, entry: &Entry, verdict: &Verdict, line: &Line) -> Item {
    let (sign, tone) = match line.satisfied {
        Truth::Yes => ("✓", Tone::Good),
        // Another one of the alternatives holds.
        Truth::No if unit_truth(verdict, line) == Truth::Yes => ("·", Tone::Dim),
        Truth::No => ("✗", Tone::Bad),
        Truth::Unknown => ("?", Tone::Warn),
    };
    let facts = &entry.readings().criteria.facts;
    let limits: Vec<&Limit> = facts.get(line.limits.clone()).unwrap_or_default().iter().collect();
    let words: Vec<String> =
        told(&limits).into_iter().map(|told| format!("{}{}", told.binding.words(), told.text)).collect();
    let field = limits.is_empty();
    let asked = if field { of_field(line) } else { words.join(" and ") };
    let mut text = Styled::new(display::line(&asked).text(), Tone::Strong);
    if let Some(known) = known(patient, line) {
        text.push(format!(" · {known}"), tone);
    }
    if let Some(days) = line.opens_in_days {
        text.push(format!(" · over in {} days", phrase::number(days)), Tone::Accent);
    }
    if field {
        text.push("  the record's own field", Tone::Dim);
    }
    quote(entry, line.span.as_ref(), &mut text);
    row(sign, tone, text, line.span.clone())
}

/// What a field of the record asks: `Age ≥ 18 years`.
fn of_field(line: &Line) -> String {
    let asked = line.asked.replace(">=", "≥").replace("<=", "≤").to_lowercase();
    let mut letters = asked.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What is known of the patient here.
fn known(patient: &Patient, line: &Line) -> Option<String> {
    match line.variable.as_str() {
        "sex" => patient.sex.as_ref().map(|sex| format!("is {}", sex.to_lowercase())),
        "washout" => None,
        variable => {
            let (value, unit) = patient.value(variable)?;
            // Letters of classes are told with the facts.
            (unit != crate::reading::criteria::typed::CLASS).then(|| format!("is {}", entered(value, unit)))
        }
    }
}

/// A limit that holds under a condition or lets in: to be looked at.
fn set_aside(entry: &Entry, limit: &Limit) -> Item {
    let binding = match Binding::of(limit) {
        Binding::Plain => "not weighed",
        binding => binding.sentence(),
    };
    let words: Vec<String> =
        told(&[limit]).into_iter().map(|told| format!("{}{}", told.binding.words(), told.text)).collect();
    let words = if words.is_empty() { label(&limit.variable) } else { words.join(" and ") };
    let mut text =
        Styled::new(display::line(&words).text(), Tone::Plain).with(format!(" · {binding}"), Tone::Dim);
    quote(entry, Some(&limit.span), &mut text);
    row("–", Tone::Dim, text, Some(limit.span.clone()))
}

/// The record's words behind what was read of them.
fn quote(entry: &Entry, span: Option<&Span>, text: &mut Styled) {
    let criteria = entry.trial.eligibility.text.as_deref().unwrap_or_default();
    let Some(words) = span.and_then(|span| span.of(criteria)) else { return };
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (words, cut) = wrap::cut(&words, MOST_WORDS);
    text.push(format!("  “{}{}”", display::line(words).text(), if cut { "…" } else { "" }), Tone::Dim);
}

fn row(sign: &str, tone: Tone, text: Styled, span: Option<Span>) -> Item {
    Item { lead: Styled::new(sign, tone), hang: 2, ..Item::row(text) }.indented(MOVED_IN).from(span)
}
