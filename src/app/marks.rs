//! How a trial is named and marked in little room: status and phase told by shape as well as by tone.

use std::borrow::Cow;

use super::styled::{Styled, Tone};
use crate::protocol::{Code, Readings, Trial, display};

/// A status: the registry's word, its sign, its tone.
const STATUSES: &[(&str, &str, Tone)] = &[
    ("RECRUITING", "●", Tone::Good),
    ("AVAILABLE", "●", Tone::Good),
    ("ENROLLING_BY_INVITATION", "◉", Tone::Good),
    ("NOT_YET_RECRUITING", "○", Tone::Accent),
    ("TEMPORARILY_NOT_AVAILABLE", "○", Tone::Accent),
    ("ACTIVE_NOT_RECRUITING", "◐", Tone::Accent),
    ("COMPLETED", "■", Tone::Dim),
    ("APPROVED_FOR_MARKETING", "■", Tone::Dim),
    ("SUSPENDED", "‖", Tone::Warn),
    ("TERMINATED", "×", Tone::Bad),
    ("WITHDRAWN", "×", Tone::Bad),
    ("NO_LONGER_AVAILABLE", "×", Tone::Bad),
    ("WITHHELD", "?", Tone::Dim),
    ("UNKNOWN", "?", Tone::Dim),
];

/// The sign and tone of a status; `–` when none is stated.
pub fn status(status: Option<&Code>) -> (&'static str, Tone) {
    let Some(status) = status else { return ("–", Tone::Dim) };
    match STATUSES.iter().find(|(code, ..)| *code == status.as_str()) {
        Some((_, sign, tone)) => (sign, *tone),
        None => ("?", Tone::Dim),
    }
}

/// Its place when sorted: open ones first, unknown words last.
pub fn status_rank(status: &Code) -> u8 {
    let place = STATUSES.iter().position(|(code, ..)| *code == status.as_str());
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
}

/// The statuses with their signs, for the help.
pub fn statuses() -> impl Iterator<Item = (&'static str, &'static str, Tone)> {
    STATUSES.iter().copied()
}

/// Columns for how many sentences of dosing, and how many assessments, were read.
pub const COVERED: (usize, usize) = (5, 7);

/// How many sentences of dosing and how many assessments were read, `4/5  3/3`; dots while nobody has looked.
pub fn coverage(readings: Option<&Readings>) -> Styled {
    let Some(readings) = readings else { return Styled::new("…", Tone::Dim) };
    let part = |(read, all): (usize, usize), columns: usize| {
        let tone = match () {
            () if all == 0 => Tone::Dim,
            () if read == all => Tone::Good,
            () => Tone::Warn,
        };
        let counts = format!("{read}/{all}");
        // No number is cut: what has no room is told as a share.
        let told = match all {
            0 => "–".to_owned(),
            _ if counts.len() <= columns => counts,
            _ => format!("{}%", read * 100 / all),
        };
        (format!("{told:>columns$}"), tone)
    };
    let (dosing, dosing_tone) = part((readings.dosing.read(), readings.dosing.total()), COVERED.0);
    let (assessments, assessments_tone) = part(readings.assessments_read(), COVERED.1);
    Styled::new(dosing, dosing_tone).with(" ", Tone::Plain).with(assessments, assessments_tone)
}

/// Phases in Roman numerals: `I`, `II/III`, `–` when none is stated or it does not apply.
pub fn phase(phases: &[Code]) -> String {
    let numerals: Vec<&str> = phases.iter().map(|phase| numeral(phase.as_str())).collect();
    if numerals.is_empty() { "–".to_owned() } else { numerals.join("/") }
}

fn numeral(phase: &str) -> &str {
    match phase {
        "EARLY_PHASE1" => "eI",
        "PHASE1" => "I",
        "PHASE2" => "II",
        "PHASE3" => "III",
        "PHASE4" => "IV",
        "NA" => "–",
        other => other,
    }
}

/// What a trial is called: its title, else what comes nearest, fit to be shown.
pub fn title(trial: &Trial) -> Cow<'_, str> {
    let stated = [Some(&trial.title), trial.official_title.as_ref(), trial.acronym.as_ref()];
    if let Some(title) = stated.into_iter().flatten().find(|title| !title.trim().is_empty()) {
        return display::line(title).into_text();
    }
    match trial.conditions.first() {
        Some(condition) => format!("(no title) {}", display::line(condition).text()).into(),
        None => "(no title)".into(),
    }
}
