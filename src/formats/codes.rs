//! Registry words → the registry's codes: exports and pages write `Active, not recruiting` or `Phase 1|Phase 2` for
//! what the records call `ACTIVE_NOT_RECRUITING` and `PHASE1`, `PHASE2`. What is not known stays as it is written.

use crate::protocol::{Code, Intervention};

const STATUSES: &[&str] = &[
    "ACTIVE_NOT_RECRUITING",
    "APPROVED_FOR_MARKETING",
    "AVAILABLE",
    "COMPLETED",
    "ENROLLING_BY_INVITATION",
    "NOT_YET_RECRUITING",
    "NO_LONGER_AVAILABLE",
    "RECRUITING",
    "SUSPENDED",
    "TEMPORARILY_NOT_AVAILABLE",
    "TERMINATED",
    "UNKNOWN",
    "WITHDRAWN",
    "WITHHELD",
];
const STUDY_TYPES: &[&str] = &["EXPANDED_ACCESS", "INTERVENTIONAL", "OBSERVATIONAL"];
const ALLOCATIONS: &[&str] = &["NA", "NON_RANDOMIZED", "RANDOMIZED"];
const MASKINGS: &[&str] = &["DOUBLE", "NONE", "QUADRUPLE", "SINGLE", "TRIPLE"];
const PURPOSES: &[&str] = &[
    "BASIC_SCIENCE",
    "DEVICE_FEASIBILITY",
    "DIAGNOSTIC",
    "ECT",
    "HEALTH_SERVICES_RESEARCH",
    "OTHER",
    "PREVENTION",
    "SCREENING",
    "SUPPORTIVE_CARE",
    "TREATMENT",
];
const MODELS: &[&str] = &[
    "CASE_CONTROL",
    "CASE_CROSSOVER",
    "CASE_ONLY",
    "COHORT",
    "CROSSOVER",
    "CROSS_SECTIONAL",
    "ECOLOGIC_OR_COMMUNITY",
    "FACTORIAL",
    "FAMILY_BASED",
    "OTHER",
    "PARALLEL",
    "PROSPECTIVE",
    "RETROSPECTIVE",
    "SEQUENTIAL",
    "SINGLE_GROUP",
];
const PHASES: &[&str] = &["EARLY_PHASE1", "NA", "PHASE1", "PHASE2", "PHASE3", "PHASE4"];
const MASKED: &[&str] = &["CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR", "PARTICIPANT"];
/// The kinds of interventions.
const KINDS: &[&str] = &[
    "BEHAVIORAL",
    "BIOLOGICAL",
    "COMBINATION_PRODUCT",
    "DEVICE",
    "DIAGNOSTIC_TEST",
    "DIETARY_SUPPLEMENT",
    "DRUG",
    "GENETIC",
    "OTHER",
    "PROCEDURE",
    "RADIATION",
];
const SEXES: &[&str] = &["ALL", "FEMALE", "MALE"];
const AGE_GROUPS: &[&str] = &["ADULT", "CHILD", "OLDER_ADULT"];
/// The classes of sponsors.
pub const FUNDERS: &[&str] =
    &["AMBIG", "FED", "INDIV", "INDUSTRY", "NETWORK", "NIH", "OTHER", "OTHER_GOV", "UNKNOWN"];

/// Words that stand for a code other than their own letters.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("CASECONTROL", "CASE_CONTROL"),
    ("CASECROSSOVER", "CASE_CROSSOVER"),
    ("CASEONLY", "CASE_ONLY"),
    ("CROSSSECTIONAL", "CROSS_SECTIONAL"),
    ("DOUBLEBLIND", "DOUBLE"),
    ("EARLYPHASEI", "EARLY_PHASE1"),
    ("NONRANDOMISED", "NON_RANDOMIZED"),
    ("NOTAPPLICABLE", "NA"),
    ("OPENLABEL", "NONE"),
    ("PHASE0", "EARLY_PHASE1"),
    ("PHASEI", "PHASE1"),
    ("PHASEII", "PHASE2"),
    ("PHASEIII", "PHASE3"),
    ("PHASEIV", "PHASE4"),
    ("RANDOMISED", "RANDOMIZED"),
    ("SINGLEBLIND", "SINGLE"),
    ("TRIPLEBLIND", "TRIPLE"),
    ("UNKNOWNSTATUS", "UNKNOWN"),
    ("USFED", "FED"),
];

/// Recruitment status.
pub fn status(words: &str) -> Code {
    code(words, STATUSES)
}

/// Interventional, observational, expanded access. `Observational [Patient Registry]` keeps its first word.
pub fn study_type(words: &str) -> Code {
    code(words, STUDY_TYPES)
}

/// Allocation.
pub fn allocation(words: &str) -> Code {
    code(words, ALLOCATIONS)
}

/// Masking; who is masked may follow in brackets and is left out.
pub fn masking(words: &str) -> Code {
    code(words, MASKINGS)
}

/// Who is masked: what stands in brackets behind a masking, `SINGLE (OUTCOMES_ASSESSOR)`.
pub fn who_masked(words: &str) -> Vec<Code> {
    let inner = words.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
    let Some(inner) = inner else { return Vec::new() };
    inner.split(',').map(|one| code(one, MASKED)).filter(|one| MASKED.contains(&one.as_str())).collect()
}

/// Primary purpose.
pub fn purpose(words: &str) -> Code {
    code(words, PURPOSES)
}

/// Intervention model, observational model, time perspective.
pub fn model(words: &str) -> Code {
    code(words, MODELS)
}

/// Kind of intervention.
pub fn intervention_kind(words: &str) -> Code {
    code(words, KINDS)
}

/// Whether these words name a kind of intervention.
pub fn is_intervention_kind(words: &str) -> bool {
    known(words, KINDS).is_some()
}

/// `KIND: name`, as lists of interventions have them; without a known kind, all of it is the name.
pub fn intervention(words: &str) -> Intervention {
    match words.split_once(": ") {
        Some((kind, name)) if is_intervention_kind(kind) => Intervention {
            kind: Some(intervention_kind(kind)),
            name: name.to_owned(),
            ..Intervention::default()
        },
        _ => Intervention { name: words.to_owned(), ..Intervention::default() },
    }
}

/// Sex.
pub fn sex(words: &str) -> Code {
    code(words, SEXES)
}

/// Age group.
pub fn age_group(words: &str) -> Code {
    code(words, AGE_GROUPS)
}

/// Class of a sponsor.
pub fn funder(words: &str) -> Code {
    code(words, FUNDERS)
}

/// Phases: `PHASE1|PHASE2`, `Phase 1/Phase 2`, `Phase 1 | Phase 2`.
pub fn phases(words: &str) -> Vec<Code> {
    if known(words, PHASES).is_some() {
        return vec![code(words, PHASES)];
    }
    words
        .split(['|', '/'])
        .filter(|phase| !phase.trim().is_empty())
        .map(|phase| code(phase, PHASES))
        .collect()
}

/// The status that a line begins with in the registry's capitals, and what follows it with nothing between.
pub fn leading_status(line: &str) -> Option<(&'static str, &str)> {
    STATUSES
        .iter()
        .filter_map(|status| Some((*status, line.strip_prefix(status)?)))
        .max_by_key(|(status, _)| status.len())
}

fn code(words: &str, all: &'static [&'static str]) -> Code {
    known(words, all).map_or_else(|| words.trim().into(), Code::from)
}

/// Compares letters and digits only; `… Assignment` and what stands in brackets or
/// behind a colon do not count.
fn known(words: &str, all: &'static [&'static str]) -> Option<&'static str> {
    let plain = words.split(['(', '[', ':']).next().unwrap_or_default().trim();
    let plain = plain.strip_suffix("Assignment").unwrap_or(plain);
    let letters: String =
        plain.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let other = OTHER_WORDS.iter().find(|(words, _)| *words == letters).map(|(_, code)| *code);
    let own = all.iter().copied().find(|code| code.bytes().filter(|b| *b != b'_').eq(letters.bytes()));
    own.or(other.filter(|code| all.contains(code)))
}
