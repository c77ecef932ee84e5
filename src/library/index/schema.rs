//! What the index holds of a trial.
//!
//! One field a kind of text, with positions for phrases but in the longest texts, where they would take a tenth of the
//! registry's size (the records are read for those); one field `all` over everything, without positions, for the first
//! cut; it and the fields that tell what a trial is about have the short beginnings of their words as terms of their own,
//! because a one-letter prefix is otherwise the slowest query there is. Numbers and dates are columns.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

/// How tantivy would cut a text if it were asked to: never, we give it terms.
const WHOLE: &str = "raw";

/// The version of this schema; a library of another version is rebuilt from its stored records.
pub const VERSION: u32 = 6;

/// The text fields, from the weightiest match to the lightest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named after the query language's fields
pub enum TextField {
    Id,
    Title,
    Condition,
    Drug,
    Arm,
    Outcome,
    Criteria,
    Sponsor,
    Site,
    City,
    Country,
    Elsewhere,
}

/// Every text field, in order of weight.
pub const TEXT_FIELDS: [TextField; 12] = [
    TextField::Id,
    TextField::Title,
    TextField::Condition,
    TextField::Drug,
    TextField::Arm,
    TextField::Outcome,
    TextField::Criteria,
    TextField::Sponsor,
    TextField::Site,
    TextField::City,
    TextField::Country,
    TextField::Elsewhere,
];

impl TextField {
    /// The field's name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Condition => "condition",
            Self::Drug => "drug",
            Self::Arm => "arm",
            Self::Outcome => "outcome",
            Self::Criteria => "criteria",
            Self::Sponsor => "sponsor",
            Self::Site => "site",
            Self::City => "city",
            Self::Country => "country",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// Whether short beginnings of its words are terms too.
    pub const fn has_beginnings(self) -> bool {
        matches!(self, Self::Id | Self::Title | Self::Condition | Self::Drug | Self::Arm | Self::Elsewhere)
    }
}

/// Handles of the schema's fields.
#[derive(Clone, Debug)]
pub struct Fields {
    /// The primary id in lower case as one term, for replacing a record.
    pub key: Field,
    /// Every id in lower case, each as one term.
    pub ids: Field,
    /// The record as the library keeps it; only stored.
    pub record: Field,
    /// Its earlier versions; only stored.
    pub earlier: Field,
    /// The row of the trial in the list (a column).
    pub row: Field,
    /// When the document was made, as a number that grows: a replaced one was made before the one in its place.
    pub made: Field,
    /// Everything, without positions, with short beginnings.
    pub all: Field,
    text: [Field; 12],
    /// Registry's words in lower case: status.
    pub status: Field,
    /// Study type.
    pub study_type: Field,
    /// Sex.
    pub sex: Field,
    /// Class of the sponsor.
    pub class: Field,
    /// Kinds of endpoints.
    pub kind: Field,
    /// Standards of endpoints.
    pub standard: Field,
    /// Phases, 0 for early phase 1.
    pub phase: Field,
    /// Number of participants.
    pub enrolment: Field,
    /// Minimum age in days; 0 when none is stated.
    pub min_age: Field,
    /// Maximum age in days; a very large number when none is stated.
    pub max_age: Field,
    /// First day of the start, completion and last update, as days of the Common Era.
    pub start: Field,
    /// See `start`.
    pub completion: Field,
    /// See `start`.
    pub updated: Field,
}

impl Fields {
    /// The handle of a text field.
    pub fn text(&self, field: TextField) -> Field {
        self.text[field as usize]
    }
}

/// The schema and its handles.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexed = |record: IndexRecordOption| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(WHOLE).set_index_option(record).set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing)
    };
    let once = || indexed(IndexRecordOption::Basic);
    let column = || NumericOptions::default() | FAST;
    let all = builder.add_text_field("all", once());
    let text = TEXT_FIELDS.map(|field| {
        let options = match field {
            // What stands in no other field is in `all`.
            TextField::Elsewhere => return all,
            TextField::Criteria => once(),
            _ => indexed(IndexRecordOption::WithFreqsAndPositions),
        };
        builder.add_text_field(field.name(), options)
    });
    let fields = Fields {
        key: builder.add_text_field("key", once()),
        ids: builder.add_text_field("ids", once()),
        record: builder.add_bytes_field("record", STORED),
        earlier: builder.add_bytes_field("earlier", STORED),
        row: builder.add_u64_field("row", column()),
        made: builder.add_u64_field("made", column()),
        all,
        text,
        status: builder.add_text_field("status", once()),
        study_type: builder.add_text_field("study_type", once()),
        sex: builder.add_text_field("sex", once()),
        class: builder.add_text_field("class", once()),
        kind: builder.add_text_field("kind", once()),
        standard: builder.add_text_field("standard", once()),
        phase: builder.add_u64_field("phase", column()),
        enrolment: builder.add_u64_field("enrolment", column()),
        min_age: builder.add_u64_field("min_age", column()),
        max_age: builder.add_u64_field("max_age", column()),
        start: builder.add_i64_field("start", column()),
        completion: builder.add_i64_field("completion", column()),
        updated: builder.add_i64_field("updated", column()),
    };
    (builder.build(), fields)
}
