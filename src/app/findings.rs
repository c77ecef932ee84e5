//! The findings' screen: what a careful reader would query in the selected record, the gravest first, each with the
//! record's words lit, and the row of its pane that they stand in.
//!
//! What is found is [`crate::findings`]'s business; going to a row is `update`'s.

mod excerpt;
mod place;

use super::content::{Content, Position};
use super::item::{Item, ItemKind};
use super::model::Model;
use super::styled::{Styled, Tone};
use crate::findings::{self, Finding, Severity};
use crate::library::Entry;
use crate::protocol::{Span, display};

pub use place::{name, pane};

/// Columns from a finding's mark to its words.
const MARK: u16 = 10;
/// Columns from a field's name to the record's words.
const FIELD: u16 = 24;

/// Columns for the screen's text.
pub fn layer_width(model: &Model) -> u16 {
    model.size.0.saturating_sub(3)
}

/// Lines of it that are visible at once.
pub fn layer_height(model: &Model) -> u16 {
    model.areas.bottom().saturating_sub(2)
}

/// The screen's state.
#[derive(Clone, Debug, Default)]
pub struct FindingsScreen {
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
    /// The screen's items in lines.
    pub content: Content,
    /// Where the person is.
    pub position: Position,
    /// What the content was made from: the trial, whether its record is there, and the width.
    shown: Option<(Option<u32>, bool, u16)>,
}

impl FindingsScreen {
    /// Looks again when another trial is selected, and lays out when the width has changed.
    pub fn settle(&mut self, model: &Model) {
        let width = layer_width(model);
        let wanted = (model.list.selected(), model.selected().is_some(), width);
        if self.shown != Some(wanted) {
            let same = self.shown.is_some_and(|(trial, there, _)| (trial, there) == (wanted.0, wanted.1));
            if !same {
                self.findings = model.selected().map(|entry| found(entry)).unwrap_or_default();
                self.position = Position::default();
            }
            let items = match model.selected() {
                Some(entry) => items(entry, &self.findings, width),
                None => vec![Item::note("The record is being read.")],
            };
            self.content = model.lay_out(items, width);
            self.shown = Some(wanted);
        }
        self.position.settle(&self.content, usize::from(layer_height(model)));
    }

    /// How many of which severity, in words.
    pub fn told(&self) -> String {
        let count = |severity: Severity| self.findings.iter().filter(|f| f.severity == severity).count();
        let words = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
            let (count, name) = (count(severity), severity.name());
            (count > 0).then(|| format!("{count} {name}{}", if count == 1 { "" } else { "s" }))
        });
        words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// What the rules find, the gravest first.
fn found(entry: &Entry) -> Vec<Finding> {
    let mut found = findings::check(&entry.trial, entry.readings());
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

fn items(entry: &Entry, findings: &[Finding], width: u16) -> Vec<Item> {
    if findings.is_empty() {
        return vec![
            Item::blank(),
            Item::note(format!(
                "Nothing to query: {} rules looked at this record, and none of them found anything.",
                findings::rules().count()
            )),
            Item::note(
                "They find slips of known kinds and stay silent where they are not sure: read the record all the same.",
            ),
        ];
    }
    let mut items = Vec::new();
    let mut above = "";
    for finding in findings {
        // Why it matters is told once, where the same slip follows on itself.
        items.extend(rows(entry, finding, above != finding.rule, width));
        above = finding.rule;
    }
    items
}

/// A finding: what is wrong, why that matters, and each of its places with the words around it.
fn rows(entry: &Entry, finding: &Finding, explained: bool, width: u16) -> Vec<Item> {
    let rule = findings::rule(finding.rule);
    let (mark, tone) = mark(finding.severity);
    let title = rule.map_or(finding.rule, |rule| rule.title);
    let message = display::line(&finding.message);
    let mut items = vec![Item {
        lead: Styled::new(format!("{mark} {}", finding.severity.name()), tone),
        hang: MARK,
        text: Styled::new(title, Tone::Strong).with(format!(": {}", message.text()), Tone::Plain),
        source: finding.spans.first().cloned(),
        copy: Some(format!("{} · {title}: {}", entry.trial.id, finding.message).into()),
        wide: true,
        ..Item::default()
    }];
    if let Some(rule) = rule.filter(|_| explained) {
        let text = Styled::new(format!("{} [{}]", rule.explanation, rule.id), Tone::Dim);
        items.push(Item { kind: ItemKind::Note, hang: MARK, text, ..Item::default() });
    }
    // A single place is the finding's own; of several each can be gone to.
    let kind = if finding.spans.len() > 1 { ItemKind::Row } else { ItemKind::Note };
    items.extend(finding.spans.iter().filter_map(|span| place(entry, span, kind, width)));
    items.push(Item::blank());
    items
}

/// The record's words at a place, lit in what stands around them.
fn place(entry: &Entry, span: &Span, kind: ItemKind, width: u16) -> Option<Item> {
    let text = entry.trial.text(&span.field)?;
    let words = excerpt::around(text, span.range());
    // On a narrow screen the field's name is shorter, never the words.
    let narrow = width < FIELD * 3;
    let (indent, hang) = if narrow { (2, width / 3) } else { (MARK, FIELD) };
    Some(Item {
        kind,
        indent,
        lead: Styled::new(name(&span.field), Tone::Label),
        hang,
        text: words,
        source: Some(span.clone()),
        copy: span.of(text).map(Into::into),
        ..Item::default()
    })
}

/// A severity's sign and tone.
fn mark(severity: Severity) -> (&'static str, Tone) {
    match severity {
        Severity::Error => ("×", Tone::Bad),
        Severity::Warning => ("!", Tone::Warn),
        Severity::Note => ("·", Tone::Dim),
    }
}
