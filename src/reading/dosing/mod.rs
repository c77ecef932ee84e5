//! Dosing prose → [`Administration`] rows.
//!
//! The way of a text: tokens → parts (`scan`, with the grammars of `timing`, `cycles`, `names` and the shared
//! quantities) → sentences → entries (`clause`: what belongs to which treatment) → rows (`rows`). Words are tables
//! ([`Vocabulary`]). What the grammar does not understand it leaves out.

mod bounds;
mod clause;
mod cycles;
mod days;
mod entry;
mod fields;
mod label;
mod lengths;
mod names;
mod part;
mod placebos;
mod products;
mod rests;
mod rows;
mod scan;
mod sentences;
mod timing;
mod vocabulary;
mod weekdays;
mod whom;
mod word_classes;

use crate::protocol::{Administration, Period, Span};

use super::fold::fold;
use super::lexer::{Kind, Tokens, lex};
use clause::{Aliases, Subject};
use entry::{Entry, Link, Slots};
use label::{Label, headed};
use part::{Bound, Part, What};
use rows::Rows;
use sentences::{
    is_given, is_observation, is_premedication, is_preparation, is_program, lists_contents,
    looks_like_dosing, names_only, tells_end,
};
use vocabulary::NameKind;
pub use vocabulary::Vocabulary;
use word_classes::{Classes, Source};

/// A sentence with more parts is read in pieces: keeps the reader linear on any input.
const LONGEST_SENTENCE: usize = 256;

/// What was read out of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DosingReading {
    /// The rows, in the order of the text.
    pub administrations: Vec<Administration>,
    /// The sentences that look like dosing.
    pub sentences: Vec<DosingSentence>,
}

/// A sentence that looks like dosing.
#[derive(Clone, Debug, PartialEq)]
pub struct DosingSentence {
    /// Its words.
    pub span: Span,
    /// Whether rows were read from it, and nothing in it that looks like a dose was passed over.
    pub read: bool,
}

/// Reads an arm's or an intervention's description. `label` names the treatment where the text does not.
pub fn read(text: &str, label: &str) -> Vec<Administration> {
    read_with(Vocabulary::embedded(), text, label).administrations
}

/// [`read`] with a vocabulary of the caller's, and which sentences it read.
pub fn read_with(vocabulary: &Vocabulary, text: &str, label: &str) -> DosingReading {
    read_tokens(vocabulary, &lex(text), text, label)
}

/// The rows without those that tell the same giving again, in another part of the treatment or another course.
pub fn once_each(rows: Vec<Administration>) -> Vec<Administration> {
    let mut out: Vec<Administration> = Vec::with_capacity(rows.len());
    for row in rows {
        if !out.iter().rev().take(rows::LOOK_BACK).any(|other| rows::same_slots(other, &row)) {
            out.push(row);
        }
    }
    out
}

/// Gives rows whose treatment the text does not name the whole label, lower case: the plainest thing that can be said of
/// them where one text is answered for. (The reader takes the treatment's name out of the label.) Labels that hold several
/// names stay as they were read.
pub fn name_by_label(rows: &mut [Administration], text: &str, label: &str) {
    // As the rows' names are written: "XY‑12" with a sign of its own for the hyphen is "xy-12".
    let (text, label) = (fold(text).text().to_owned(), label.trim().to_lowercase());
    let mut unnamed: Vec<&mut Administration> =
        rows.iter_mut().filter(|row| !text.contains(&row.drug) && label.contains(&row.drug)).collect();
    // "Long Name (LN)" over a text that says LN: the text's own word.
    let short = label
        .split(['(', ')'])
        .nth(1)
        .filter(|short| short.len() > 1 && short.chars().all(|c| c.is_alphanumeric() || c == '-'))
        .filter(|short| short.chars().next() == label.chars().next() && says_word(&text, short));
    // "Drug gel (BRAND)": the brand is no part of the name.
    let plain =
        label.strip_suffix(')').and_then(|label| label.rsplit_once('(')).map(|(name, _)| name.trim_end());
    let label = short.or(plain.filter(|name| !name.is_empty())).unwrap_or(&label).to_owned();
    let one_name = unnamed.windows(2).all(|pair| matches!(pair, [a, b] if a.drug == b.drug));
    if one_name {
        unnamed.iter_mut().for_each(|row| row.drug.clone_from(&label));
    }
}

/// A word of the text, and not a part of one.
fn says_word(text: &str, word: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let (before, behind) = (text.get(..at), text.get(at + word.len()..));
        apart(before.and_then(|text| text.chars().next_back()))
            && apart(behind.and_then(|text| text.chars().next()))
    })
}

/// [`read_with`] over the text's tokens.
fn read_tokens(vocabulary: &Vocabulary, tokens: &Tokens, text: &str, label: &str) -> DosingReading {
    let own = Label::of(label, vocabulary);
    let nameless = own.name.is_none();
    let source = Source { tokens, vocabulary, classes: &Classes::of(tokens, vocabulary) };
    let parts = scan::scan(source, text, &own.own);
    let reading = read_parts(source, text, &parts, own, false);
    let dosed = parts.iter().any(|part| matches!(part.what, What::Amount(_)))
        || nameless && only_scheduled(&parts) && Label::is_product(label, vocabulary);
    if !dosed || !reading.administrations.is_empty() {
        return reading;
    }
    // A dose of what neither the text nor the label calls by a name: the label's words are the plainest there are.
    if nameless && let Some(whole) = Label::whole(label, vocabulary) {
        let reading = read_parts(source, text, &parts, whole, false);
        if !reading.administrations.is_empty() {
            return reading;
        }
    }
    // "One capsule contains 5 mg of X", and nothing else.
    if parts.iter().any(|part| matches!(part.what, What::Contain | What::Observe)) {
        return read_parts(source, text, &parts, Label::of(label, vocabulary), true);
    }
    reading
}

/// How often, and nothing that has a name: "Applied twice daily for 4 weeks".
fn only_scheduled(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part.what, What::Frequency(_)))
        && !parts.iter().any(|part| {
            matches!(part.what, What::Name(..) | What::Unknown | What::Program | What::Observe | What::Prior)
        })
}

/// The reading of a text's parts.
fn read_parts(
    source: Source<'_>,
    text: &str,
    parts: &[Part],
    mut label: Label,
    relaxed: bool,
) -> DosingReading {
    let Source { tokens, vocabulary, .. } = source;
    let named = |name: &str| {
        parts
            .iter()
            .any(|part| matches!(part.what, What::Name(_, end) if tokens.slice(part.first..end) == name))
    };
    // The text names what the label does: its words are the ones to use.
    if let (Some(only), Some((name, _))) = (&label.only, &mut label.name)
        && named(only)
    {
        name.clone_from(only);
    }
    if let Some((name, _)) = &mut label.name {
        name.truncate(headed(tokens, name));
    }
    let mut reader = TextReader {
        source,
        tokens,
        vocabulary,
        label: &label,
        rows: Rows::new(tokens, vocabulary),
        sentences: Vec::new(),
        phase: None,
        weeks: None,
        lasting_ahead: None,
        contents: false,
        doubted: false,
        relaxed,
        premedicated: false,
        mentioned: Vec::new(),
        aliases: Aliases::new(),
        classes: Vec::new(),
        dosed_next: false,
        sentence: 0,
        begins: 0,
        paragraph: 0,
    };
    let mut sentences = parts.split_inclusive(|part| matches!(part.what, What::Bound(_))).peekable();
    while let Some(sentence) = sentences.next() {
        reader.dosed_next = sentences.peek().is_some_and(|next| begins_with_dose(next));
        for piece in sentence.chunks(LONGEST_SENTENCE) {
            reader.sentence(piece);
        }
    }
    if let Some((length, span)) = reader.lasting_ahead {
        reader.rows.add_of_all(&Slots { lasting: Some(length), ..Slots::default() }, span);
    }
    let mut drafts = reader.rows.finish();
    // The members of a class stand for it.
    drafts.retain(|draft| {
        !matches!(draft.kind, NameKind::Class | NameKind::Regimen)
            || draft.row.dose.is_some()
            || !reader.classes.contains(&draft.row.drug)
    });
    // "X monotherapy" is a part of the treatment where a combination is another.
    let parts = drafts.iter().any(|draft| draft.row.epoch.as_deref() == Some("combination"));
    let mut administrations: Vec<Administration> = drafts
        .into_iter()
        .map(|draft| {
            let mut row = draft.row;
            if parts && draft.alone && row.epoch.is_none() {
                row.epoch = Some("monotherapy".to_owned());
            }
            row
        })
        .collect();
    administrations.retain(says_something);
    whom::tell(source, text, &mut administrations);
    for row in &mut administrations {
        row.text = row.span.of(text).unwrap_or_default().to_owned();
        row.duration_bound = bounds::of(tokens, row);
    }
    DosingReading { administrations, sentences: reader.sentences }
}

/// Whether a row says more than a name.
fn says_something(row: &Administration) -> bool {
    let Administration {
        drug,
        dose,
        dose_max,
        levels,
        unit,
        route,
        per_week,
        per_day,
        days,
        every,
        cycle,
        cycles,
        duration,
        duration_bound: _,
        doses,
        infusion_time,
        infusion_time_max: _,
        stop,
        epoch,
        whom: _,
        text: _,
        span: _,
        more_spans: _,
    } = row;
    let dosed = dose.is_some() || dose_max.is_some() || !levels.is_empty() || unit.is_some();
    let often = per_week.is_some() || per_day.is_some() || !days.is_empty() || every.is_some();
    let in_cycles = cycle.is_some() || cycles.is_some();
    let lasts = duration.is_some() || doses.is_some() || infusion_time.is_some() || !stop.is_empty();
    !drug.is_empty() && (dosed || route.is_some() || often || in_cycles || lasts || epoch.is_some())
}

/// A dose is among the first parts: "200 mg IV", "Dose: 200 mg".
fn begins_with_dose(parts: &[Part]) -> bool {
    const NEAR: usize = 3;
    parts.iter().take(NEAR).any(|part| matches!(part.what, What::Amount(_)))
}

struct TextReader<'t> {
    source: Source<'t>,
    tokens: &'t Tokens,
    vocabulary: &'t Vocabulary,
    label: &'t Label,
    rows: Rows<'t>,
    sentences: Vec<DosingSentence>,
    phase: Option<u16>,
    /// The weeks that a line's heading gives its treatments.
    weeks: Option<Period>,
    /// How long all of it lasts, as the text's head says, and where it says so.
    lasting_ahead: Option<(Period, (usize, usize))>,
    /// The sentence before named treatments, but only as a possibility.
    doubted: bool,
    /// What a medicine is made of is being listed: amounts, but no doses.
    contents: bool,
    /// Nothing else was read: what one capsule contains counts as a dose.
    relaxed: bool,
    /// The line before is the heading of what is given ahead of the treatment.
    premedicated: bool,
    /// The treatments that the last sentence with a name named.
    mentioned: Vec<(String, NameKind)>,
    aliases: Aliases,
    /// Classes whose members the text names.
    classes: Vec<String>,
    /// The next sentence begins with a dose.
    dosed_next: bool,
    sentence: usize,
    /// The token that the sentence begins with.
    begins: usize,
    paragraph: usize,
}

impl TextReader<'_> {
    fn sentence(&mut self, parts: &[Part]) {
        if let Some(fields) = fields::of_all(parts, self.tokens).filter(|_| self.rows.drafts().len() > 1) {
            self.rows.add_of_all(&fields.slots, (fields.first, fields.end));
            let span = Span::new("text", self.tokens.raw(fields.first..fields.end));
            self.sentences.push(DosingSentence { span, read: true });
            return self.bound(parts);
        }
        let rows_before = self.rows.drafts().len();
        let contents = self.contents && !is_given(parts);
        self.contents = contents || lists_contents(parts);
        if self.rows.drafts().is_empty() {
            self.lasting_ahead = self.lasting_ahead.or(fields::length_ahead(parts, self.source));
        }
        let heading = self.label.name.is_none() && self.dosed_next && clause::is_heading(parts);
        if looks_like_dosing(parts)
            || heading
            || tells_end(parts, self.tokens)
            || parts.iter().any(|part| matches!(part.what, What::Name(..)))
        {
            let clause = clause::read(parts, self.source, &self.subject(), &self.aliases, self.phase);
            self.aliases.extend(clause.aliases);
            let told = clause.classes;
            self.classes.extend(told.iter().cloned());
            let before = std::mem::replace(&mut self.phase, clause.phase_after);
            self.weeks = clause.weeks.or(self.weeks);
            // A treatment that is only mentioned does not take the label's place.
            let given = clause.entries.iter().any(|entry| entry.slots.any());
            let own = |name: &str| self.label.only.as_deref() == Some(name);
            let counts = given
                || self.label.name.is_none()
                || names_only(parts)
                || clause.mentioned.len() > 1
                    && self.is_combination(parts)
                    && clause.mentioned.iter().all(|(_, kind)| *kind == NameKind::Agent)
                || clause.mentioned.iter().any(|(name, _)| own(name));
            if !clause.mentioned.is_empty() && counts {
                self.mentioned = clause.mentioned;
            }
            // "… determine the MTD of X. Six dose levels of …": there is nothing else that could be meant.
            if self.mentioned.is_empty() && self.label.all.is_empty() && clause.aside.len() == 1 {
                self.mentioned.clone_from(&clause.aside);
            }
            let mut read = 0;
            // "Patients may receive B. Cycles repeat every 3 weeks": said of B, which has no row.
            let doubted = std::mem::replace(&mut self.doubted, clause.doubted && clause.entries.is_empty());
            let passed_over = contents || is_program(parts) || is_preparation(parts, self.tokens);
            let mut entries = if passed_over { Vec::new() } else { clause.entries };
            // What is given ahead of the treatment tells nothing of how that is given.
            let ahead =
                std::mem::take(&mut self.premedicated) || is_premedication(parts, self.source, self.begins);
            if ahead {
                entries.retain(|entry| entry.named);
            }
            let passed_over = passed_over || ahead;
            for mut entry in entries {
                if clause.combined && entry.phase.is_none() {
                    entry.phase = self.vocabulary.phase_id("combination");
                }
                if entry.slots.any() && !entry.slots.bounded() {
                    entry.slots.lasting = self.weeks;
                }
                if !told.is_empty() && entry.kind == NameKind::Agent && !entry.slots.bounded() {
                    entry.slots.cycles = self.rows.cycles_of(&told);
                }
                read += self.rows.add(&entry, self.sentence, self.paragraph);
            }
            if let Some(span) = clause.general_span.filter(|_| !passed_over && !doubted) {
                if clause.of_all {
                    self.all(&clause.general, span);
                }
                // "Treatment at the maintenance dose goes on for 10 months": of the last dose.
                let maintained = self.vocabulary.phase_id("maintenance");
                let last_only = clause.phase.is_some() && clause.phase == maintained && before != maintained;
                self.rows.add_general(&clause.general, span, self.paragraph, last_only);
                read += 1;
            }
            let listed = looks_like_dosing(parts) && (read > 0 || !is_observation(parts, self.tokens));
            if let Some(last) = parts.last().filter(|_| listed) {
                let end = if matches!(last.what, What::Bound(_)) { last.first } else { last.end };
                let span = Span::new("text", self.tokens.raw(self.first_word()..end));
                if span.start < span.end {
                    self.sentences.push(DosingSentence { span, read: read > 0 && !clause.unread });
                }
            }
        }
        if self.rows.drafts().len() == rows_before
            && let Some(head) = fields::cycles_ahead(parts, rows_before > 0)
        {
            self.rows.begin_cycles(head);
        }
        // "1. Premedication:" is the heading of the next line.
        self.premedicated =
            parts.iter().all(|part| matches!(part.what, What::Other | What::Colon | What::Bound(_)))
                && is_premedication(parts, self.source, self.begins)
                || self.premedicated && parts.iter().all(|part| matches!(part.what, What::Bound(_)));
        self.bound(parts);
    }

    /// "Combination of A + B in …": the sentence names the treatments that are given together.
    fn is_combination(&self, parts: &[Part]) -> bool {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
        (first.first.saturating_sub(2)..last.first)
            .any(|token| matches!(self.tokens.text(token), "combination" | "doublet" | "triplet"))
    }

    /// The sentence's first word: signs of lists and ends of lines before it are none.
    fn first_word(&self) -> usize {
        let is_word = |at: &usize| {
            self.tokens.get(*at).is_none_or(|token| matches!(token.kind, Kind::Word | Kind::Number(_)))
                || matches!(self.tokens.text(*at), "(" | "[")
        };
        (self.begins..=self.tokens.len()).find(is_word).unwrap_or(self.begins)
    }

    /// What ends with the sentence.
    fn bound(&mut self, parts: &[Part]) {
        self.sentence += 1;
        self.begins = parts.last().map_or(self.begins, |last| last.end);
        if let Some(Part { what: What::Bound(bound), .. }) = parts.last() {
            if *bound >= Bound::Line {
                (self.phase, self.weeks) = (None, None);
            }
            if *bound == Bound::Paragraph {
                self.paragraph += 1;
            }
        }
    }

    /// "A is combined with B. All study drugs are given IV every 3 weeks.": rows for those that have none yet.
    fn all(&mut self, slots: &Slots, span: (usize, usize)) {
        let named = if self.mentioned.is_empty() { &self.label.all } else { &self.mentioned };
        for (name, kind) in named.clone() {
            if kind != NameKind::Agent || self.rows.drafts().iter().any(|draft| draft.row.drug == name) {
                continue;
            }
            let entry = Entry {
                name,
                kind,
                link: Link::And,
                slots: slots.clone(),
                phase: self.phase,
                first: span.0,
                end: span.1,
                dropped: false,
                alone: false,
                follows: false,
                instead: false,
                rank: None,
                begins: false,
                named: false,
            };
            self.rows.add(&entry, self.sentence, self.paragraph);
        }
    }

    /// What a sentence without a name is about: the one treatment of the sentence before it, or the label's.
    fn subject(&self) -> Subject {
        Subject { relaxed: self.relaxed, ..self.spoken_of() }
    }

    fn spoken_of(&self) -> Subject {
        match self.mentioned.as_slice() {
            _ if self.doubted => Subject::default(),
            [] => {
                let name = self.label.name.clone();
                let first = self.rows.drafts().is_empty();
                Subject { name, from_label: first, first, relaxed: false }
            }
            [one] => Subject {
                name: Some(one.clone()),
                from_label: false,
                first: self.rows.drafts().is_empty(),
                relaxed: false,
            },
            _ => Subject::default(),
        }
    }
}

#[cfg(test)]
mod tests;
