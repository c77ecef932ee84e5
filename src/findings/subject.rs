//! The trial under the rules' eyes: its prose field by field, cut into words once.

use crate::protocol::{Endpoint, Readings, Span, Trial};
use crate::reading::lexer::{Tokens, lex};
use crate::reading::phrases::{Match, Phrases, Words};

use super::vocabulary::Vocabulary;

/// A trial, its readings, and its prose.
pub(super) struct Subject<'t> {
    pub trial: &'t Trial,
    pub readings: &'t Readings,
    pub vocabulary: &'t Vocabulary,
    /// Title, descriptions, arms, interventions, outcomes; eligibility not.
    pub prose: Vec<Passage<'t>>,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Brief or official title.
    Title,
    /// Summary or detailed description.
    Description,
    /// An arm's label or description.
    Arm,
    /// An intervention's name or description.
    Intervention,
    /// An outcome's measure or description.
    Outcome,
}

/// One field of prose.
pub(super) struct Passage<'t> {
    pub role: Role,
    pub field: String,
    pub text: &'t str,
    tokens: Tokens,
}

impl<'t> Passage<'t> {
    fn new(role: Role, field: String, text: &'t str) -> Self {
        Self { role, field, text, tokens: lex(text) }
    }

    /// Its words.
    pub fn words(&self) -> Words<'_> {
        Words::of(&self.tokens, self.text)
    }

    /// The span of some words.
    pub fn span(&self, words: &Words<'_>, range: std::ops::Range<usize>) -> Span {
        Span::new(self.field.clone(), words.raw(range))
    }

    /// The span of some bytes.
    pub fn bytes(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.field.clone(), range)
    }

    /// The first place of any of the phrases, with its span.
    pub fn first(&self, phrases: &Phrases) -> Option<Span> {
        let words = self.words();
        phrases.find(&words).first().map(|hit| self.span(&words, hit.words()))
    }

    /// All places of the phrases.
    pub fn all(&self, phrases: &Phrases) -> Vec<(Match, Span)> {
        let words = self.words();
        phrases.find(&words).into_iter().map(|hit| (hit, self.span(&words, hit.words()))).collect()
    }
}

impl<'t> Subject<'t> {
    pub fn of(trial: &'t Trial, readings: &'t Readings, vocabulary: &'t Vocabulary) -> Self {
        Self { trial, readings, vocabulary, prose: prose(trial) }
    }

    /// The passages of a role.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = &Passage<'t>> {
        self.prose.iter().filter(move |passage| passage.role == role)
    }

    /// Titles and descriptions.
    pub fn free_text(&self) -> impl Iterator<Item = &Passage<'t>> {
        self.prose.iter().filter(|passage| matches!(passage.role, Role::Title | Role::Description))
    }

    /// Whether any passage has one of the phrases.
    pub fn says(&self, phrases: &Phrases) -> bool {
        self.prose.iter().any(|passage| passage.first(phrases).is_some())
    }

    /// The endpoints with their number and what was read of each.
    pub fn endpoints(
        &self,
    ) -> impl Iterator<Item = (usize, &'t Endpoint, &'t crate::protocol::EndpointReading)> {
        self.trial
            .endpoints
            .iter()
            .zip(&self.readings.endpoints)
            .enumerate()
            .map(|(index, (e, r))| (index, e, r))
    }

    /// Whether it is a study that gives something.
    pub fn is_interventional(&self) -> bool {
        self.trial.study_type.as_ref().is_none_or(|kind| kind.as_str().eq_ignore_ascii_case("INTERVENTIONAL"))
    }
}

/// A span of a reading of endpoint `index` as a span of the trial.
pub(super) fn of_endpoint(index: usize, span: &Span) -> Span {
    if span.field.starts_with("endpoints") {
        return span.clone();
    }
    span.in_field(format!("endpoints[{index}].{}", span.field))
}

/// All of a field, or nothing when it is empty.
pub(super) fn whole(field: impl Into<String>, text: &str) -> Vec<Span> {
    if text.is_empty() { Vec::new() } else { vec![Span::new(field.into(), 0..text.len())] }
}

fn prose(trial: &Trial) -> Vec<Passage<'_>> {
    let mut fields: Vec<(Role, String, Option<&str>)> = vec![
        (Role::Title, "title".to_owned(), Some(&trial.title)),
        (Role::Title, "official_title".to_owned(), trial.official_title.as_deref()),
        (Role::Description, "description.brief".to_owned(), trial.description.brief.as_deref()),
        (Role::Description, "description.detailed".to_owned(), trial.description.detailed.as_deref()),
    ];
    for (index, arm) in trial.arms.iter().enumerate() {
        fields.push((Role::Arm, format!("arms[{index}].label"), Some(&arm.label)));
        fields.push((Role::Arm, format!("arms[{index}].description"), arm.description.as_deref()));
    }
    for (index, given) in trial.interventions.iter().enumerate() {
        fields.push((Role::Intervention, format!("interventions[{index}].name"), Some(&given.name)));
        fields.push((
            Role::Intervention,
            format!("interventions[{index}].description"),
            given.description.as_deref(),
        ));
    }
    for (index, outcome) in trial.endpoints.iter().enumerate() {
        fields.push((Role::Outcome, format!("endpoints[{index}].measure"), Some(&outcome.measure)));
        fields.push((
            Role::Outcome,
            format!("endpoints[{index}].description"),
            outcome.description.as_deref(),
        ));
    }
    fields
        .into_iter()
        .filter_map(|(role, field, text)| Some((role, field, text?)))
        .filter(|(_, _, text)| !text.trim().is_empty())
        .map(|(role, field, text)| Passage::new(role, field, text))
        .collect()
}
