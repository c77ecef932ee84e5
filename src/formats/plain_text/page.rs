//! The layout of a trial page copied as text: a summary, labels each with its value on the next line, descriptions
//! of interventions, a site, its status run together with the first outcome's name, outcomes as name, description
//! and `Time frame: …`, and the page's disclaimer.

use super::Part;
use super::layout::{Line, lines};
use super::{labels, site};
use crate::formats::{codes, places};
use crate::protocol::{Endpoint, Intervention, Site, TimeFrameText, Trial};

/// What a time frame's line begins with, in lower case.
const TIME_FRAME: &str = "time frame:";
/// A measure's name has at most this many words, when it has to be told from a description.
const LONGEST_MEASURE: usize = 30;
/// Words that a page's disclaimer has all of.
const DISCLAIMER: &[&str] = &["informational purposes", "medical advice"];

/// What a line, or two, of the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Title,
    Summary,
    Label,
    Value,
    Intervention,
    Facility,
    Place,
    Status,
    Measure,
    Description,
    TimeFrame,
    Disclaimer,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "brief summary",
            Self::Label | Self::Value => "label and value",
            Self::Intervention => "intervention description",
            Self::Facility => "facility",
            Self::Place => "place",
            Self::Status => "status",
            Self::Measure => "outcome",
            Self::Description => "outcome description",
            Self::TimeFrame => "outcome time frame",
            Self::Disclaimer => "disclaimer",
        }
    }
}

/// Some words of the page and what they are.
#[derive(Clone, Copy, Debug)]
struct Piece<'t> {
    kind: Kind,
    line: usize,
    text: &'t str,
}

/// The trial that the page states.
pub fn trial(text: &str) -> Trial {
    let mut trial = Trial::default();
    let mut summary: Vec<&str> = Vec::new();
    let mut label = "";
    let mut facility = None;
    for piece in pieces(text) {
        let words = piece.text.to_owned();
        match piece.kind {
            Kind::Title => trial.title = words,
            Kind::Summary => summary.push(piece.text),
            Kind::Label => label = piece.text,
            Kind::Value => labels::put(&mut trial, label, piece.text),
            Kind::Intervention => {
                trial.interventions.push(Intervention { description: Some(words), ..Intervention::default() })
            }
            Kind::Facility => facility = Some(words),
            Kind::Place => trial.sites.push(Site { facility: facility.take(), ..places::place(piece.text) }),
            Kind::Status => trial.status = Some(codes::status(piece.text)),
            Kind::Measure => trial.endpoints.push(Endpoint { measure: words, ..Endpoint::default() }),
            Kind::Description => describe(&mut trial.endpoints, piece.text),
            Kind::TimeFrame => time(&mut trial.endpoints, piece.text),
            Kind::Disclaimer => {}
        }
    }
    trial.description.brief = (!summary.is_empty()).then(|| summary.join("\n"));
    trial
}

/// The pieces as they came.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut label = "";
    for piece in pieces(text) {
        match piece.kind {
            Kind::Label => label = piece.text,
            Kind::Value => parts.push(Part { name: label, line: piece.line, text: piece.text }),
            kind => parts.push(Part { name: kind.name(), line: piece.line, text: piece.text }),
        }
    }
    parts
}

/// What follows `Time frame:` on a line that begins so.
pub fn time_frame(line: &str) -> Option<&str> {
    let head = line.get(..TIME_FRAME.len())?;
    let rest = line.get(TIME_FRAME.len()..)?;
    head.eq_ignore_ascii_case(TIME_FRAME).then(|| rest.strip_prefix(' ').unwrap_or(rest))
}

fn describe(endpoints: &mut [Endpoint], words: &str) {
    if let Some(endpoint) = endpoints.last_mut() {
        match &mut endpoint.description {
            Some(description) => {
                description.push('\n');
                description.push_str(words);
            }
            None => endpoint.description = Some(words.to_owned()),
        }
    }
}

fn time(endpoints: &mut [Endpoint], words: &str) {
    if let Some(endpoint) = endpoints.last_mut() {
        endpoint.time_frame = Some(TimeFrameText { text: words.to_owned() });
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let lines = lines(text);
    let mut pieces = Vec::new();
    let start = outcomes_start(&lines);
    let (head, tail) = lines.split_at(start);
    let after_labels = labelled(head, &mut pieces);
    let (interventions, places) = site::split(after_labels);
    pieces.extend(interventions.iter().map(|line| piece(Kind::Intervention, line)));
    if let [facility, ..] = places
        && places.len() > 1
    {
        pieces.push(piece(Kind::Facility, facility));
    }
    pieces.extend(places.last().map(|place| piece(Kind::Place, place)));
    outcomes(tail, &mut pieces);
    pieces
}

fn piece<'t>(kind: Kind, line: &Line<'t>) -> Piece<'t> {
    Piece { kind, line: line.number, text: line.text }
}

/// The line at which the outcomes begin: that of the status, else the measure before the first time frame.
fn outcomes_start(lines: &[Line<'_>]) -> usize {
    let labels_end = lines
        .windows(2)
        .rposition(|pair| matches!(pair, [label, value] if labels::is_pair(label, value)))
        .map_or(0, |at| at + 2);
    let after = lines.get(labels_end..).unwrap_or_default();
    if let Some(at) = after.iter().position(|line| status(line.text).is_some()) {
        return labels_end + at;
    }
    let Some(frame) = after.iter().position(|line| time_frame(line.text).is_some()) else {
        return lines.len();
    };
    let before = after.get(..frame).unwrap_or_default();
    let from_end = match before {
        [.., measure, description] if is_measure(measure.text) && !places::is_place(description.text) => 2,
        [.., _] => 1,
        [] => 0,
    };
    labels_end + frame - from_end
}

/// A status in the registry's capitals at the beginning of a line, alone or with a name run on to it.
fn status(line: &str) -> Option<(&str, &str)> {
    let (status, rest) = codes::leading_status(line)?;
    let runs_on = !rest.starts_with(|c: char| c == '_' || c.is_whitespace() || c.is_ascii_punctuation());
    runs_on.then_some((line.get(..status.len()).unwrap_or_default(), rest))
}

/// The summary and the labels with their values; gives what is left.
fn labelled<'l, 't>(head: &'l [Line<'t>], pieces: &mut Vec<Piece<'t>>) -> &'l [Line<'t>] {
    let is_label =
        |at: usize| matches!(head.get(at..at + 2), Some([label, value]) if labels::is_pair(label, value));
    let first = (0..head.len()).find(|at| is_label(*at));
    let summary_end = first.unwrap_or(head.len().min(1));
    let summary = head.get(..summary_end).unwrap_or_default();
    let titled = matches!(summary, [title, next, ..] if is_measure(title.text) && !is_measure(next.text));
    for (at, line) in summary.iter().enumerate() {
        pieces.push(piece(if titled && at == 0 { Kind::Title } else { Kind::Summary }, line));
    }
    let mut at = summary_end;
    let mut rest = summary_end;
    while at < head.len() {
        if let Some([label, value]) = head.get(at..at + 2).filter(|_| is_label(at)) {
            pieces.push(piece(Kind::Label, label));
            pieces.push(piece(Kind::Value, value));
            at += 2;
            rest = at;
        } else {
            at += 1;
        }
    }
    head.get(rest..).unwrap_or_default()
}

/// The status, the outcomes and the disclaimer.
fn outcomes<'t>(tail: &[Line<'t>], pieces: &mut Vec<Piece<'t>>) {
    let (tail, disclaimer) = match tail {
        [rest @ .., last] if is_disclaimer(last.text) => (rest, Some(last)),
        _ => (tail, None),
    };
    let mut waiting: Vec<Line<'t>> = Vec::new();
    for (at, line) in tail.iter().enumerate() {
        let mut line = *line;
        if at == 0
            && let Some((status, rest)) = status(line.text)
        {
            pieces.push(Piece { kind: Kind::Status, line: line.number, text: status });
            line = Line { number: line.number, start: line.start + status.len(), text: rest };
        }
        if time_frame(line.text).is_some() {
            flush(&mut waiting, true, pieces);
            let text = time_frame(line.text).unwrap_or_default();
            pieces.push(Piece { kind: Kind::TimeFrame, line: line.number, text });
        } else if !line.text.is_empty() {
            waiting.push(line);
        }
    }
    flush(&mut waiting, false, pieces);
    pieces.extend(disclaimer.map(|line| piece(Kind::Disclaimer, line)));
}

/// The lines of one outcome before its time frame; or of several, if some have none.
fn flush<'t>(waiting: &mut Vec<Line<'t>>, framed: bool, pieces: &mut Vec<Piece<'t>>) {
    let lines = std::mem::take(waiting);
    let one = framed && lines.len() <= 2;
    for (at, line) in lines.iter().enumerate() {
        let kind = match at {
            0 => Kind::Measure,
            _ if one => Kind::Description,
            // Several lines: a name begins an outcome if it follows one that has its description, or ends the lines.
            _ if is_measure(line.text) && begins_outcome(&lines, at, framed) => Kind::Measure,
            _ => Kind::Description,
        };
        pieces.push(piece(kind, line));
    }
}

/// Whether a short line among the lines of outcomes without time frames is the next outcome's name.
fn begins_outcome(lines: &[Line<'_>], at: usize, framed: bool) -> bool {
    let described = at >= 2;
    let bullets = lines.get(at).is_some_and(|line| line.text.starts_with(['*', '-', '•']));
    !bullets && (described || !framed)
}

/// Short, and no sentence.
fn is_measure(text: &str) -> bool {
    !text.trim_end().ends_with(['.', '。', ':', ';']) && text.split_whitespace().count() <= LONGEST_MEASURE
}

fn is_disclaimer(text: &str) -> bool {
    let text = text.to_lowercase();
    DISCLAIMER.iter().all(|words| text.contains(words))
}
