//! The fields a query can name.

/// What can be asked of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words (`title:regorafenib`).
    Words,
    /// One of the registry's own words, or the beginning of one (`status:recruiting`).
    Code,
    /// A whole number (`enrolment>100`).
    Count,
    /// An age; years when no unit is typed (`age<=17`, `age>=6m`).
    Age,
    /// An ISO 8601 date, to the year, month or day (`start>=2025-01`).
    Date,
    /// A phase's number (`phase>=2`, `phase:2`).
    Phase,
}

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // each is described in FIELDS
pub enum Field {
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
    Id,
    Status,
    Phase,
    Type,
    Sex,
    Class,
    Age,
    Enrolment,
    Start,
    Completion,
    Updated,
    Kind,
    Standard,
}

/// A field's names and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// The field.
    pub field: Field,
    /// Its names; the first is the one that completion offers.
    pub names: &'static [&'static str],
    /// What can be asked of it.
    pub kind: FieldKind,
    /// One line for help and completion.
    pub about: &'static str,
}

const fn info(
    field: Field,
    kind: FieldKind,
    names: &'static [&'static str],
    about: &'static str,
) -> FieldInfo {
    FieldInfo { field, names, kind, about }
}

/// Every field, in the order in which help lists them.
pub const FIELDS: &[FieldInfo] = &[
    info(Field::Title, FieldKind::Words, &["title"], "brief and official title, acronym"),
    info(Field::Condition, FieldKind::Words, &["cond", "condition"], "conditions and keywords"),
    info(Field::Drug, FieldKind::Words, &["drug", "intervention"], "interventions and their other names"),
    info(Field::Arm, FieldKind::Words, &["arm"], "arms and groups"),
    info(Field::Outcome, FieldKind::Words, &["outcome", "endpoint"], "outcome measures"),
    info(Field::Criteria, FieldKind::Words, &["crit", "criteria"], "eligibility criteria"),
    info(Field::Sponsor, FieldKind::Words, &["sponsor"], "sponsor and collaborators"),
    info(Field::Site, FieldKind::Words, &["site"], "facilities"),
    info(Field::City, FieldKind::Words, &["city"], "cities of the sites"),
    info(Field::Country, FieldKind::Words, &["country"], "countries of the sites"),
    info(Field::Id, FieldKind::Words, &["id"], "any id of the record, also a part of it"),
    info(Field::Status, FieldKind::Code, &["status"], "recruitment status"),
    info(Field::Phase, FieldKind::Phase, &["phase"], "phase: 0 (early), 1, 2, 3, 4, none"),
    info(Field::Type, FieldKind::Code, &["type"], "interventional, observational, expanded access"),
    info(Field::Sex, FieldKind::Code, &["sex"], "female, male, all"),
    info(Field::Class, FieldKind::Code, &["class"], "class of the sponsor: industry, nih, other, …"),
    info(Field::Age, FieldKind::Age, &["age"], "ages that may enter"),
    info(Field::Enrolment, FieldKind::Count, &["enrolment", "enrollment"], "number of participants"),
    info(Field::Start, FieldKind::Date, &["start"], "start of the study"),
    info(Field::Completion, FieldKind::Date, &["completion"], "completion of the study"),
    info(Field::Updated, FieldKind::Date, &["updated"], "last update of the record"),
    info(Field::Kind, FieldKind::Code, &["kind"], "kind of an endpoint: PFS, OS, ORR, …"),
    info(Field::Standard, FieldKind::Code, &["standard"], "standard of an endpoint: RECIST, CTCAE, …"),
];

impl Field {
    /// The field of that name, in any case.
    pub fn named(name: &str) -> Option<&'static FieldInfo> {
        FIELDS.iter().find(|info| info.names.iter().any(|n| n.eq_ignore_ascii_case(name)))
    }

    /// What is known of the field.
    pub fn info(self) -> &'static FieldInfo {
        FIELDS.iter().find(|info| info.field == self).unwrap_or(&FIELDS[0])
    }
}
