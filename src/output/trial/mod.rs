//! One trial as a page: its sections, in the order of the browser's panes.

mod overview;
mod people;
mod protocol;
mod schedule;

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::document::Block;
use crate::library::Entry;
use crate::protocol::{Code, Trial};

/// A section of a trial's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Section {
    /// What it is: ids, titles, status, design, dates, summary
    Overview,
    /// Arms and interventions
    Arms,
    /// Outcome measures by role
    Endpoints,
    /// What is given when, what is measured when
    Schedule,
    /// Who may enter
    Eligibility,
    /// Sites, contacts and officials
    Sites,
    /// Every field of the record as it came, with its path
    Record,
}

/// The sections that are printed when none is named: all but the record's own fields, which say it all again.
pub const USUAL: &[Section] = &[
    Section::Overview,
    Section::Arms,
    Section::Endpoints,
    Section::Schedule,
    Section::Eligibility,
    Section::Sites,
];

/// The members of the trial's JSON that belong to each section; `id`, `title`, `source` and `reader` are always there.
const MEMBERS: &[(Section, &[&str])] = &[
    (
        Section::Overview,
        &[
            "status",
            "phases",
            "study_type",
            "enrollment",
            "ids",
            "official_title",
            "acronym",
            "organization",
            "sponsor",
            "collaborators",
            "conditions",
            "keywords",
            "design",
            "why_stopped",
            "has_results",
            "dates",
            "description",
        ],
    ),
    (Section::Arms, &["arms", "interventions"]),
    (Section::Endpoints, &["endpoints"]),
    (
        Section::Schedule,
        &[
            "regimens",
            "escalation",
            "randomisation",
            "stages",
            "cohorts",
            "planned",
            "follow_up",
            "assessments",
        ],
    ),
    (Section::Eligibility, &["eligibility"]),
    (Section::Sites, &["sites", "contacts", "officials"]),
    (Section::Record, &["ids", "dates", "references", "links", "documents", "ipd_sharing"]),
];

/// Takes what belongs to no wanted section out of a trial's JSON.
pub fn keep_sections(object: &mut Map<String, Value>, sections: &[Section]) {
    let wanted = |key: &str| {
        matches!(key, "id" | "title" | "source" | "reader")
            || MEMBERS.iter().any(|(section, keys)| sections.contains(section) && keys.contains(&key))
    };
    object.retain(|key, _| wanted(key));
}

/// The page with the sections, in the order they are named in.
pub fn page(entry: &Entry, sections: &[Section]) -> Vec<Block> {
    let mut page = Page::default();
    page.blocks.push(Block::Title(heading(&entry.trial)));
    page.blocks.push(Block::Note(0, provenance(&entry.trial)));
    for section in sections {
        match section {
            Section::Overview => overview::overview(&entry.trial, &mut page),
            Section::Arms => protocol::arms(&entry.trial, &mut page),
            Section::Endpoints => protocol::endpoints(&entry.trial, entry.readings(), &mut page),
            Section::Schedule => schedule::schedule(&entry.trial, entry.readings(), &mut page),
            Section::Eligibility => protocol::eligibility(&entry.trial, entry.readings(), &mut page),
            Section::Sites => people::sites(&entry.trial, &mut page),
            Section::Record => overview::record(entry, &mut page),
        }
    }
    page.blocks
}

fn heading(trial: &Trial) -> String {
    [trial.id.as_str(), trial.title.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

/// Which record this is and of when: a registry's record is not the protocol.
fn provenance(trial: &Trial) -> String {
    let Some(source) = &trial.source else { return "no record".to_owned() };
    let version = source.version.as_ref().map_or("undated".to_owned(), |version| format!("of {version}"));
    format!("record {version} · {} · {}, record {}", source.format, source.file, source.record)
}

/// A page in the making. What has no value leaves no trace.
#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
}

impl Page {
    fn heading(&mut self, heading: &str) {
        self.blocks.push(Block::Heading(heading.to_owned()));
    }

    fn subheading(&mut self, heading: impl Into<String>) {
        self.blocks.push(Block::Subheading(heading.into()));
    }

    fn field(&mut self, label: &'static str, value: impl Into<Option<String>>) {
        if let Some(value) = value.into().filter(|value| !value.is_empty()) {
            self.blocks.push(Block::Field(label, value));
        }
    }

    fn code(&mut self, label: &'static str, code: Option<&Code>) {
        self.field(label, code.map(Code::label));
    }

    fn codes(&mut self, label: &'static str, codes: &[Code]) {
        self.field(label, codes.iter().map(Code::label).collect::<Vec<_>>().join(", "));
    }

    fn prose(&mut self, prose: Option<&String>) {
        if let Some(prose) = prose {
            self.blocks.push(Block::Prose(prose.clone()));
        }
    }

    fn item(&mut self, depth: usize, item: impl Into<String>) {
        self.blocks.push(Block::Item(depth, "-".to_owned(), item.into()));
    }

    fn note(&mut self, depth: usize, note: impl Into<String>) {
        self.blocks.push(Block::Note(depth, note.into()));
    }

    /// Says that the record states nothing here, when nothing was added since `before`.
    fn none_since(&mut self, before: usize, note: &str) {
        if self.blocks.len() == before {
            self.note(0, note);
        }
    }
}

/// The parts that are there, one behind the other.
fn joined<'t>(parts: impl IntoIterator<Item = Option<&'t str>>, between: &str) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// Text with a remark in brackets, if there is one.
fn with_remark(text: &str, remark: Option<String>) -> String {
    match remark {
        Some(remark) if !remark.is_empty() => format!("{text} ({remark})"),
        _ => text.to_owned(),
    }
}
