//! A correction is words that the row's own reader reads: so it says no more than a record could, in the same terms.

use super::{Judged, Row};
use crate::protocol::{Administration, EndpointReading, Limit, Readings, TimeFrame};
use crate::reading::endpoint::UNNAMED;
use crate::reading::vocabularies::Vocabularies;
use crate::reading::{criteria, dosing, endpoint, regimen, time_frame};

/// What a correction is read as.
enum Read {
    Dosing(Box<Administration>),
    Timing(Box<TimeFrame>),
    Kind(String),
    Limit(Box<Limit>),
}

/// Whether a correction can be read.
///
/// # Errors
/// What is wrong with it, and how one looks that can be.
pub fn check(words: &Vocabularies, row: &Row, said: &str) -> Result<(), String> {
    read(words, row, said).map(|_| ())
}

fn read(words: &Vocabularies, row: &Row, said: &str) -> Result<Read, String> {
    match row {
        Row::Dosing(given) => administration(words, given, said).map(|row| Read::Dosing(Box::new(row))),
        Row::Assessment(_) | Row::TimeFrame(..) => {
            timing(words, said).map(|read| Read::Timing(Box::new(read)))
        }
        Row::Kind(..) => kind(words, said).map(Read::Kind),
        Row::Limit(limit) => self::limit(words, limit, said).map(|limit| Read::Limit(Box::new(limit))),
    }
}

fn administration(
    words: &Vocabularies,
    given: &Administration,
    said: &str,
) -> Result<Administration, String> {
    let rows = dosing::read_with(words.dosing(), said, &given.drug).administrations;
    match <[Administration; 1]>::try_from(rows) {
        Ok([row]) => Ok(row),
        Err(rows) if rows.is_empty() => {
            Err("no dosing is read of that: as `80 mg IV on days 1 and 15 of each 28-day cycle`".to_owned())
        }
        Err(rows) => Err(format!("{} treatments are read of that: one row at a time", rows.len())),
    }
}

fn timing(words: &Vocabularies, said: &str) -> Result<TimeFrame, String> {
    let read = time_frame::read_with(words.timing(), said);
    if (TimeFrame { unread: Vec::new(), ..read.clone() }) == TimeFrame::default() {
        return Err(
            "no time is read of that: as `every 6 weeks until progression`, `up to 24 months`".to_owned()
        );
    }
    let unread = read.unread.first().and_then(|span| span.of(said));
    match unread {
        Some(unread) => Err(format!("`{unread}` is not understood; the rest is")),
        None => Ok(read),
    }
}

fn kind(words: &Vocabularies, said: &str) -> Result<String, String> {
    let read = endpoint::read_with(words.endpoints(), said.trim(), "");
    // The reader calls OTHER whatever it does not know; as a correction it must be meant.
    let meant = read.kind.filter(|kind| kind != UNNAMED || said.trim().eq_ignore_ascii_case(UNNAMED));
    meant.ok_or_else(|| "no kind of outcome is read of that: as `PFS`, `overall survival`".to_owned())
}

fn limit(words: &Vocabularies, limit: &Limit, said: &str) -> Result<Limit, String> {
    let as_item =
        |text: &str| criteria::read_with(&format!("Inclusion Criteria:\n\n* {text}"), words.criteria()).facts;
    let mut facts = as_item(said);
    if facts.is_empty() {
        // "≥ 1.5 10^9/L": the variable stays.
        facts = as_item(&format!("{} {said}", limit.variable.replace('_', " ")));
    }
    match <[Limit; 1]>::try_from(facts) {
        Ok([read]) => Ok(Limit {
            section: limit.section,
            conditional: limit.conditional,
            except: limit.except,
            alternative: limit.alternative,
            agent: read.agent.clone().or_else(|| limit.agent.clone()),
            span: limit.span.clone(),
            ..read
        }),
        Err(facts) if facts.is_empty() => {
            Err("no limit is read of that: as `ANC >= 1.5 x 10^9/L`".to_owned())
        }
        Err(facts) => Err(format!("{} limits are read of that: one row at a time", facts.len())),
    }
}

/// Puts what a correction says in the row's place. One that this program cannot read changes nothing.
pub(super) fn put_right(words: &Vocabularies, readings: &mut Readings, judged: &Judged, said: &str) {
    let Ok(read) = read(words, &judged.row, said) else { return };
    match (&judged.row, read) {
        (Row::Dosing(was), Read::Dosing(new)) => each_dosing(readings, was, |row| {
            let new = (*new).clone();
            *row = Administration {
                drug: if new.drug.is_empty() { was.drug.clone() } else { new.drug },
                epoch: was.epoch.clone(),
                text: was.text.clone(),
                span: was.span.clone(),
                more_spans: was.more_spans.clone(),
                ..new
            };
            true
        }),
        (Row::Assessment(was), Read::Timing(new)) => {
            for row in readings.assessments.iter_mut().filter(|row| *row == was) {
                row.timing = TimeFrame { span: was.timing.span.clone(), ..(*new).clone() };
            }
        }
        (Row::TimeFrame(index, was), Read::Timing(new)) => {
            if let Some(row) = readings.time_frames.get_mut(*index) {
                *row = TimeFrame { span: was.span.clone().or(Some(judged.span.clone())), ..*new };
            }
        }
        (Row::Kind(index, _), Read::Kind(kind)) => {
            if let Some(row) = readings.endpoints.get_mut(*index) {
                row.kind = Some(kind);
            }
        }
        (Row::Limit(was), Read::Limit(new)) => {
            for row in readings.criteria.facts.iter_mut().filter(|row| *row == was) {
                *row = (*new).clone();
            }
        }
        _ => {}
    }
}

/// Takes a rejected row away.
pub(super) fn take_away(readings: &mut Readings, judged: &Judged) {
    match &judged.row {
        Row::Dosing(was) => each_dosing(readings, was, |_| false),
        Row::Assessment(was) => readings.assessments.retain(|row| row != was),
        Row::TimeFrame(index, _) => {
            if let Some(row) = readings.time_frames.get_mut(*index) {
                *row = TimeFrame::default();
            }
        }
        Row::Kind(index, _) => {
            if let Some(row) = readings.endpoints.get_mut(*index) {
                *row = EndpointReading { kind: None, span: None, parts: Vec::new(), ..row.clone() };
            }
        }
        Row::Limit(was) => readings.criteria.facts.retain(|row| row != was),
    }
}

/// Changes a treatment in every arm that it is read for; what `change` says `false` to goes.
fn each_dosing(readings: &mut Readings, was: &Administration, change: impl Fn(&mut Administration) -> bool) {
    for regimen in &mut readings.regimens {
        let before = regimen.administrations.clone();
        regimen.administrations.retain_mut(|row| row != was || change(row));
        if regimen.administrations != before {
            regimen::summarise(regimen);
        }
    }
    readings.regimens.retain(|regimen| !regimen.administrations.is_empty());
}
