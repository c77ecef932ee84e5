//! One sheet: its head says how far it has come, its rows are the criteria as questions.

use super::{Row, criteria_of};
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::desk::export::{answer_words, place, section_words, value_words};
use crate::desk::sheet::{Answer, Bearing, Given, Question, Sheet};
use crate::library::Entry;
use crate::matching::limit::Truth;
use crate::matching::words::{Binding, Told, told};
use crate::protocol::{Limit, Section, Span, display};

/// From this width on answers are written out.
const ROOMY: u16 = 60;
/// Columns of an answer, written out and short.
const ANSWER: usize = 8;
const SHORT_ANSWER: usize = 4;
/// Figures of a hash that are shown.
const HASH: usize = 8;

/// A sheet to be shown.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The trial, if it is open.
    pub entry: Option<&'a Entry>,
    /// Only questions that are open.
    pub open_only: bool,
    /// Columns.
    pub width: u16,
    /// There is room for what is said in passing.
    pub tall: bool,
}

impl View<'_> {
    /// The lines that stay at the top. `trouble` is why the sheet is not on disk as it is shown.
    pub fn head(&self, trouble: Option<&str>) -> Vec<Item> {
        let note = |text: Styled| Item { text, ..Item::note("") };
        // One line, whatever the width: the rows need the rest.
        let mut items = vec![Item { fixed: true, ..note(self.progress()) }];
        if let Some(trouble) = trouble {
            items.push(note(Styled::new(format!("! {trouble}"), Tone::Bad)));
        }
        items.extend(self.age().map(note));
        if self.tall {
            items.push(Item { fixed: true, ..note(self.record()) });
        }
        items
    }

    /// What is open, and the first question that fails.
    fn progress(&self) -> Styled {
        let sheet = self.sheet;
        let mut text =
            Styled::new(format!("{} of {} open", sheet.open(), sheet.questions.len()), Tone::Strong);
        match sheet.first_failing().and_then(|at| sheet.questions.get(at)) {
            Some(question) => {
                text.push(if self.width >= ROOMY { " · first failing: " } else { " · fails " }, Tone::Plain);
                text.push(place(question), Tone::Bad);
                text.push(format!(" {}", display::line(&question.text).text().trim()), Tone::Plain);
            }
            None => text.push(" · nothing answered so far stands in the way", Tone::Dim),
        }
        text
    }

    /// Whether the criteria are still those of the record.
    fn age(&self) -> Option<Styled> {
        let Some(entry) = self.entry else {
            let words = "! the record is not open here: whether its criteria have changed cannot be told";
            return Some(Styled::new(words, Tone::Warn));
        };
        let (text, version) = criteria_of(entry);
        self.sheet.is_stale(text).then(|| {
            let words = format!(
                "! STALE: the criteria text has changed since this sheet was begun (then {}, now {}). The answers are \
                 to the old words; R takes the new text and keeps the answers to words that did not change.",
                self.sheet.version.as_deref().unwrap_or("undated"),
                version.unwrap_or("undated"),
            );
            Styled::new(words, Tone::Warn)
        })
    }

    /// Which record, which text, how long.
    fn record(&self) -> Styled {
        let sheet = self.sheet;
        let version = sheet.version.as_deref().unwrap_or("undated");
        let hash = sheet.text_hash.get(..HASH).unwrap_or(&sheet.text_hash);
        let words =
            format!("record {version}, not the protocol · keep until {} · text {hash}", sheet.keep_until());
        Styled::new(words, Tone::Dim)
    }

    /// Where a question stands in the record's text, while that is the sheet's own.
    fn source(&self, question: &Question) -> Option<Span> {
        self.entry.filter(|entry| !self.sheet.is_stale(criteria_of(entry).0))?;
        Some(Span::new("eligibility.text", question.span.0..question.span.1))
    }

    /// The questions under their headings.
    pub fn rows(&self) -> Vec<(Item, Row)> {
        let mut rows: Vec<(Item, Row)> = Vec::new();
        let mut under: Option<(Option<Section>, Option<&str>)> = None;
        for (index, question) in self.sheet.questions.iter().enumerate() {
            if self.open_only && self.sheet.bearing(index) != Bearing::Open {
                continue;
            }
            let here = (question.section, question.heading.as_deref());
            if under != Some(here) {
                if under.is_some() {
                    rows.push((Item::blank(), Row::Words));
                }
                under = Some(here);
                rows.push((heading(question), Row::Words));
            }
            let item = self.question(index, question).from(self.source(question));
            rows.push((item, Row::Question(index)));
        }
        if rows.is_empty() {
            rows.push((Item::note("No question is open."), Row::Words));
        }
        rows
    }

    fn question(&self, index: usize, question: &Question) -> Item {
        let given = self.sheet.given(index);
        let bearing = self.sheet.bearing(index);
        let roomy = self.width >= ROOMY;
        let word = if roomy { answer_words(given.answer) } else { short_answer(given.answer) };
        let word = match given.answer {
            Answer::Unknown if bearing == Bearing::Passes => "–",
            Answer::Unknown if roomy => "open",
            Answer::NotApplicable => "n/a",
            _ => word,
        };
        let tone = match bearing {
            Bearing::Fails => Tone::Bad,
            Bearing::Passes if given.answer != Answer::Unknown => Tone::Good,
            Bearing::Unsaid => Tone::Strong,
            _ => Tone::Dim,
        };
        let columns = if roomy { ANSWER } else { SHORT_ANSWER };
        let label =
            if question.label.is_empty() { question.number.to_string() } else { question.label.clone() };
        let lead = Styled::new(format!("{word:columns$}"), tone).with(&label, Tone::Accent);
        let hang = columns + wrap::width(&label).max(3) + 1;
        Item {
            hang: u16::try_from(hang).unwrap_or(u16::MAX),
            lead,
            notes: notes(question, given),
            ..Item::row(display::prose(&question.text).text().trim())
        }
    }
}

/// The heading a question stands under, in the text's words, and the section where these do not name it: whether
/// `met` lets in or shuts out must never be in doubt.
fn heading(question: &Question) -> Item {
    let section = section_words(question.section);
    let text = match (&question.heading, question.section) {
        (Some(words), Some(_)) => {
            let words = display::line(words).text().trim_end_matches([':', '：']).to_owned();
            let named = words.to_lowercase().contains(section);
            let text = Styled::new(words, Tone::Heading);
            if named { text } else { text.with(format!(" · {section}"), Tone::Label) }
        }
        (None, Some(_)) => Styled::new(section, Tone::Heading),
        (words, None) => {
            let words = words.as_deref().map(|words| display::line(words).into_text().into_owned());
            let unsaid = "the text does not say what lets in and what shuts out";
            let text =
                words.map(|words| Styled::new(format!("{words} · "), Tone::Heading)).unwrap_or_default();
            text.with(unsaid, Tone::Warn)
        }
    };
    Item { text, ..Item::heading("") }
}

fn short_answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "met",
        Answer::NotMet => "not",
        Answer::Unknown => "?",
        Answer::NotApplicable => "n/a",
    }
}

/// Limits with what was entered, who decided, the note.
fn notes(question: &Question, given: Given) -> Vec<Styled> {
    let limits: Vec<&Limit> = question.limits.iter().collect();
    let mut notes = Vec::new();
    for told in told(&limits) {
        let tone = if told.binding == Binding::Plain { Tone::Strong } else { Tone::Plain };
        let (limit, since) = told.parts();
        notes.push(Styled::new(told.binding.words(), Tone::Warn).with(limit, tone).with(since, Tone::Plain));
        notes.extend(against(question, given, &limits, &told));
    }
    if given.by_limit {
        notes.push(Styled::new("decided by the limit alone", Tone::Dim));
    }
    if given.contradicted {
        notes.push(Styled::new("! the number says otherwise", Tone::Warn));
    }
    if question.one_of {
        notes.push(Styled::new("one of several: weighed with the others", Tone::Dim));
    }
    if !question.note.is_empty() {
        notes.push(Styled::new("note ", Tone::Label).with(display::line(&question.note).text(), Tone::Plain));
    }
    notes
}

/// A value against its limit.
fn against(question: &Question, given: Given, limits: &[&Limit], told: &Told) -> Option<Styled> {
    let entered = question.entered_for(limits.get(told.first)?)?;
    let truths = limits.iter().skip(told.first).take(told.count).map(|limit| question.truth(limit));
    let truth = truths.fold(Truth::Yes, Truth::and);
    let plain = told.binding == Binding::Plain;
    let mine = if given.answer == Answer::Unknown { ": yours to answer" } else { "" };
    let (words, tone) = match (truth, question.section.filter(|_| plain)) {
        (Truth::Unknown, _) => ("? cannot be compared in that unit".to_owned(), Tone::Warn),
        (Truth::Yes, Some(Section::Inclusion)) => ("✓ keeps to it".to_owned(), Tone::Good),
        (Truth::No, Some(Section::Inclusion)) => (format!("✗ does not keep to it{mine}"), Tone::Bad),
        (Truth::Yes, Some(Section::Exclusion)) => (format!("✗ is what shuts out{mine}"), Tone::Bad),
        (Truth::No, Some(Section::Exclusion)) => ("✓ is not what shuts out".to_owned(), Tone::Good),
        (Truth::Yes, None) => ("holds".to_owned(), Tone::Plain),
        (Truth::No, None) => ("does not hold".to_owned(), Tone::Plain),
    };
    Some(Styled::new(format!("  {} ", value_words(entered)), Tone::Accent).with(words, tone))
}
