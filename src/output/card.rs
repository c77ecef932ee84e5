//! A pocket card of a trial, on one page to print: who gets what, when, how it is measured, who may enter. Every row that
//! was read stands beside its words, and what was not read is said to be so.
//!
//! The page is bounded: what finds no room is counted, and stands in the record.

use super::document::Block;
use super::rows::{self, joined, quoted_to, words_of};
use crate::library::Entry;
use crate::matching::words::told;
use crate::protocol::{
    Code, Criterion, CriterionRole, Endpoint, Limit, Regimen, Role, Section, Span, TimeFrame, Trial,
};

/// Rows of each part that a page has room for.
const DOSES: usize = 14;
const EXAMINATIONS: usize = 8;
const OTHER_ENDPOINTS: usize = 8;
const CRITERIA: usize = 16;
const UNREAD: usize = 4;
/// Letters of the words behind a row, and of words that were not read.
const WORDS: usize = 110;
/// Letters of the words behind a dose: one sentence often tells several.
const DOSE_WORDS: usize = 240;

/// What every card says.
const NOTICE: &str = "A registry record is not the protocol. For orientation: for a patient, the approved protocol and \
                      its amendments hold.";

/// The card. `version` is the date of the record's version, where it has one.
pub fn card(entry: &Entry, version: Option<&str>) -> Vec<Block> {
    let trial = &entry.trial;
    let mut card = Card::default();
    card.push(Block::Title(joined([trial.id.as_str(), trial.title.as_str()], "  ")));
    card.push(Block::Note(0, NOTICE.to_owned()));
    let version = version.map_or("undated".to_owned(), |date| format!("of {date}"));
    let source = trial.source.as_ref().map(|source| source.format.clone()).unwrap_or_default();
    card.push(Block::Note(0, joined([format!("record {} {version}", trial.id).as_str(), &source], " · ")));
    card.field("Trial", about(trial));
    card.field("Conditions", trial.conditions.join("; "));
    gets(entry, &mut card);
    examined(entry, &mut card);
    measured(trial, &mut card);
    enters(entry, &mut card);
    unread(entry, &mut card);
    card.blocks
}

/// A card in the making.
#[derive(Default)]
struct Card {
    blocks: Vec<Block>,
}

impl Card {
    fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn field(&mut self, label: &'static str, value: String) {
        if !value.is_empty() {
            self.push(Block::Field(label, value));
        }
    }

    fn item(&mut self, depth: usize, text: String) {
        self.push(Block::Item(depth, "-".to_owned(), text));
    }

    fn note(&mut self, depth: usize, text: impl Into<String>) {
        self.push(Block::Note(depth, text.into()));
    }

    /// The words a row was read from.
    fn words(&mut self, depth: usize, words: &str) {
        self.note(depth, quoted(words));
    }

    /// How much there was no room for.
    fn more(&mut self, left: usize, what: &str) {
        if left > 0 {
            self.note(0, format!("and {left} more {what}, in the record"));
        }
    }
}

fn about(trial: &Trial) -> String {
    let codes = |codes: &[Code]| codes.iter().map(Code::label).collect::<Vec<_>>().join("/");
    let code = |code: &Option<Code>| code.as_ref().map(Code::label).unwrap_or_default();
    let size =
        trial.enrollment.as_ref().and_then(|size| size.count).map(|count| format!("{count} participants"));
    let masking = trial.design.masking.as_ref().map(|masking| format!("masking: {}", masking.label()));
    let masking = masking.unwrap_or_default();
    joined(
        [
            code(&trial.status).as_str(),
            &codes(&trial.phases),
            &size.unwrap_or_default(),
            &code(&trial.design.allocation),
            &masking,
        ],
        " · ",
    )
}

/// Who gets what, and when: the arms with what was read of their dosing.
fn gets(entry: &Entry, card: &mut Card) {
    let (trial, readings) = (&entry.trial, entry.readings());
    card.push(Block::Heading("Who gets what, and when".to_owned()));
    let mut room = DOSES;
    let mut left = 0;
    for arm in &trial.arms {
        let kind = arm.kind.as_ref().map(|kind| format!(" ({})", kind.label())).unwrap_or_default();
        card.item(0, format!("{}{kind}", arm.label));
        let of_arm = readings.regimens_of(Some(&arm.label));
        if of_arm.iter().all(|regimen| regimen.administrations.is_empty()) {
            card.note(1, joined([arm.interventions.join(", ").as_str(), "no dose or time read"], " · "));
            if let Some(description) = &arm.description {
                card.words(1, description);
            }
        }
        of_arm.into_iter().enumerate().for_each(|regimen| left += given(trial, regimen, &mut room, card));
    }
    let untold = readings.regimens_of(None);
    if !untold.is_empty() && !trial.arms.is_empty() {
        card.item(0, "Which arm is not told".to_owned());
    }
    if trial.arms.is_empty() && untold.is_empty() {
        card.note(0, "The record lists no arms, and no dose or time was read.");
    }
    untold.into_iter().enumerate().for_each(|regimen| left += given(trial, regimen, &mut room, card));
    card.more(left, "rows of doses");
}

/// The rows of a regimen while there is room; answers how many there was none for.
fn given(trial: &Trial, (index, regimen): (usize, &Regimen), room: &mut usize, card: &mut Card) -> usize {
    let head = rows::head(regimen, index > 0);
    if !head.is_empty() && *room > 0 {
        card.note(1, head);
    }
    let shown = regimen.administrations.len().min(*room);
    for row in regimen.administrations.iter().take(shown) {
        card.item(1, rows::administration(trial, row, regimen));
        card.note(2, quoted_to(DOSE_WORDS, &rows::words(trial, row)));
    }
    *room -= shown;
    regimen.administrations.len() - shown
}

/// What is examined, in the words that say when.
fn examined(entry: &Entry, card: &mut Card) {
    let all = &entry.readings().assessments;
    if all.is_empty() {
        return;
    }
    card.push(Block::Heading("What is examined".to_owned()));
    for found in all.iter().take(EXAMINATIONS) {
        let untimed = found.timing == TimeFrame::default();
        card.item(0, joined([found.name.as_str(), if untimed { "no time read" } else { "" }], " · "));
        if let Some(words) = words_of(&entry.trial, &found.span) {
            card.words(1, words);
        }
    }
    card.more(all.len().saturating_sub(EXAMINATIONS), "examinations");
}

/// How it is measured: the primary endpoints, then as many others as there is room for; all in the record's words.
fn measured(trial: &Trial, card: &mut Card) {
    card.push(Block::Heading("How it is measured".to_owned()));
    if trial.endpoints.is_empty() {
        card.note(0, "The record lists no outcome measures.");
        return;
    }
    let is_primary = |endpoint: &&Endpoint| endpoint.role == Some(Role::Primary);
    let (primary, others): (Vec<&Endpoint>, Vec<&Endpoint>) = trial.endpoints.iter().partition(is_primary);
    if primary.is_empty() {
        card.note(0, "No primary outcome is registered.");
    }
    let mut row = |endpoint: &Endpoint, role: &str| {
        let when = endpoint.time_frame.as_ref().map_or("no time frame stated", |frame| frame.text.as_str());
        card.item(0, format!("{role}: {} · {when}", endpoint.measure));
    };
    primary.iter().for_each(|endpoint| row(endpoint, "primary"));
    for endpoint in others.iter().take(OTHER_ENDPOINTS) {
        row(endpoint, if endpoint.role == Some(Role::Secondary) { "secondary" } else { "other" });
    }
    card.more(others.len().saturating_sub(OTHER_ENDPOINTS), "outcome measures");
}

/// Who may enter: the record's own fields, then the criteria with limits.
fn enters(entry: &Entry, card: &mut Card) {
    let (eligibility, reading) = (&entry.trial.eligibility, &entry.readings().criteria);
    card.push(Block::Heading("Who may enter".to_owned()));
    let stated = |value: Option<&str>| value.unwrap_or("not stated").to_owned();
    card.field("Sex", eligibility.sex.as_ref().map_or(stated(None), Code::label));
    let ages = match (eligibility.minimum_age.as_deref(), eligibility.maximum_age.as_deref()) {
        (None, None) => stated(None),
        (low, high) => format!("from {} to {}", stated(low), stated(high)),
    };
    card.field("Age", ages);
    let healthy = match eligibility.healthy_volunteers {
        Some(true) => "accepted",
        Some(false) => "not accepted",
        None => "not stated",
    };
    card.field("Healthy volunteers", healthy.to_owned());
    let items: Vec<(&Criterion, Vec<&Limit>)> = reading
        .criteria
        .iter()
        .enumerate()
        .filter(|(_, item)| item.role == CriterionRole::Item)
        .map(|(at, item)| {
            let end = reading.criteria.get(at + 1).map_or(usize::MAX, |next| next.span.start);
            let of_item = |limit: &&Limit| (item.span.start..end).contains(&limit.span.start);
            (item, reading.facts.iter().filter(of_item).collect())
        })
        .collect();
    let (limited, others): (Vec<_>, Vec<_>) = items.into_iter().partition(|(_, limits)| !limits.is_empty());
    for (item, limits) in limited.iter().take(CRITERIA) {
        let limits: Vec<String> =
            told(limits).into_iter().map(|told| format!("{}{}", told.binding.words(), told.text)).collect();
        card.item(0, format!("{}: {}", section(item), limits.join("; ")));
        card.words(1, &item.text);
    }
    card.more(limited.len().saturating_sub(CRITERIA), "criteria with limits");
    let room = CRITERIA.saturating_sub(limited.len());
    for (item, _) in others.iter().take(room) {
        card.item(0, format!("{}, no limit read: {}", section(item), quoted(&item.text)));
    }
    card.more(others.len().saturating_sub(room), "criteria without a limit that was read");
    if limited.is_empty() && others.is_empty() {
        card.note(0, "No criteria were told apart in the record.");
    }
}

/// Under which heading a criterion stands.
fn section(item: &Criterion) -> &'static str {
    match item.section {
        Some(Section::Inclusion) => "inclusion",
        Some(Section::Exclusion) => "exclusion",
        None => "criterion",
    }
}

/// The sentences that look like dosing and were not, or not wholly, read.
fn unread(entry: &Entry, card: &mut Card) {
    let coverage = &entry.readings().dosing;
    card.push(Block::Heading("What was not read".to_owned()));
    let missed: Vec<&Span> =
        coverage.sentences.iter().filter(|sentence| !sentence.read).map(|sentence| &sentence.span).collect();
    card.note(
        0,
        format!("{} of {} sentences that look like dosing were read", coverage.read(), coverage.total()),
    );
    for words in missed.iter().take(UNREAD).filter_map(|span| words_of(&entry.trial, span)) {
        card.item(0, quoted(words));
    }
    card.more(missed.len().saturating_sub(UNREAD), "sentences");
}

/// Words between quotation marks, cut where there is no room for all.
fn quoted(words: &str) -> String {
    quoted_to(WORDS, words)
}
