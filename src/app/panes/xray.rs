//! X-ray of the schedule: the prose in full, what was read of it marked by kind, with the kind's sign, so that it can
//! be told without colour; dosing that was not read is marked too, everything else stays plain.

use std::ops::Range;

use super::PaneView;
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::protocol::{DesignReading, Readings, Span, Trial, display};

/// What a stretch of prose was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Dose,
    Assessment,
    Time,
    Design,
    Unread,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Dose, Self::Assessment, Self::Time, Self::Design, Self::Unread];

    /// The signs around it.
    fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Dose => ("[", "]"),
            Self::Assessment => ("{", "}"),
            Self::Time => ("‹", "›"),
            Self::Design => ("⟨", "⟩"),
            Self::Unread => ("┄", "┄"),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Dose => "dosing",
            Self::Assessment => "examination",
            Self::Time => "time frame",
            Self::Design => "design",
            Self::Unread => "looks like dosing, not read",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Dose => Tone::Good,
            Self::Assessment => Tone::Accent,
            Self::Time => Tone::Key,
            Self::Design => Tone::Heading,
            Self::Unread => Tone::Bad,
        }
    }
}

/// The pane's items: what the signs mean, then every text in which something was looked for.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    let marks = marks(view.entry.readings());
    let told = |span: &Span| !span.field.starts_with("description.");
    let arms_tell = marks.iter().any(|(span, kind)| *kind == Kind::Dose && told(span));
    let mut legend = Styled::default();
    for kind in Kind::ALL {
        let (open, close) = kind.signs();
        let columns = wrap::width(open) + wrap::width(kind.name()) + wrap::width(close);
        if wrap::width(legend.text()) + columns > usize::from(view.width) && !legend.text().contains('\n') {
            legend.push("\n", Tone::Plain);
        }
        legend.push(format!("{open}{}{close}", kind.name()), kind.tone());
        legend.push("  ", Tone::Plain);
    }
    let mut items = vec![Item { text: legend, ..Item::note("") }];
    for field in fields(trial) {
        let Some(text) = trial.text(&field).filter(|text| !text.trim().is_empty()) else { continue };
        let own: Vec<(Range<usize>, Kind)> = marks
            .iter()
            .filter(|(span, _)| span.field == field)
            .map(|(span, kind)| (span.range(), *kind))
            .collect();
        items.push(Item::blank());
        items.push(Item::heading(heading(trial, &field)));
        let is_description = field.starts_with("description.");
        if is_description && arms_tell {
            items.push(Item::note(
                "Doses are read out of arms and interventions; of this text, examinations and design.",
            ));
        }
        let mut start = 0;
        for line in text.split('\n') {
            let range = start..start + line.len();
            start += line.len() + 1;
            if !line.trim().is_empty() {
                let row = Item::row(marked(text, range.clone(), &own));
                items.push(row.from(Some(Span::new(field.clone(), range))));
            }
        }
    }
    if items.len() == 1 {
        items.push(Item::note("The record has no prose about arms, interventions, outcomes or the study."));
    }
    items
}

/// Everything that was read, with its kind.
fn marks(readings: &Readings) -> Vec<(Span, Kind)> {
    let mut marks: Vec<(Span, Kind)> = Vec::new();
    for row in readings.regimens.iter().flat_map(|regimen| &regimen.administrations) {
        marks.push((row.span.clone(), Kind::Dose));
        marks.extend(row.more_spans.iter().map(|span| (span.clone(), Kind::Dose)));
    }
    marks.extend(readings.assessments.iter().map(|found| (found.span.clone(), Kind::Assessment)));
    let frames = readings.time_frames.iter().filter_map(|frame| frame.span.clone());
    marks.extend(frames.map(|span| (span, Kind::Time)));
    marks.extend(design(&readings.design).into_iter().map(|span| (span, Kind::Design)));
    let unread = readings.dosing.sentences.iter().filter(|sentence| !sentence.read);
    marks.extend(unread.map(|sentence| (sentence.span.clone(), Kind::Unread)));
    marks
}

fn design(design: &DesignReading) -> Vec<Span> {
    let mut spans = Vec::new();
    spans.extend(design.escalation.iter().flat_map(|found| found.spans.clone()));
    spans.extend(design.randomisation.iter().flat_map(|found| found.spans.clone()));
    spans.extend(design.stages.iter().map(|stage| stage.span.clone()));
    spans.extend(design.cohorts.iter().chain(&design.planned).map(|counted| counted.span.clone()));
    spans.extend(design.follow_up.iter().map(|found| found.span.clone()));
    spans
}

/// The fields whose prose is read, in the order in which a person would read them.
fn fields(trial: &Trial) -> Vec<String> {
    let mut fields = Vec::new();
    fields.extend((0..trial.arms.len()).map(|index| format!("arms[{index}].description")));
    fields.extend((0..trial.interventions.len()).map(|index| format!("interventions[{index}].description")));
    fields.extend(["description.brief".to_owned(), "description.detailed".to_owned()]);
    for index in 0..trial.endpoints.len() {
        fields.push(format!("endpoints[{index}].description"));
        fields.push(format!("endpoints[{index}].time_frame.text"));
    }
    fields
}

/// What a field is, with the name of its arm, intervention or outcome.
fn heading(trial: &Trial, field: &str) -> String {
    let index = || field.split_once('[')?.1.split_once(']')?.0.parse::<usize>().ok();
    let name = index().and_then(|index| {
        if field.starts_with("arms") {
            trial.arms.get(index).map(|arm| arm.label.as_str())
        } else if field.starts_with("interventions") {
            trial.interventions.get(index).map(|given| given.name.as_str())
        } else {
            trial.endpoints.get(index).map(|endpoint| endpoint.measure.as_str())
        }
    });
    match name.map(|name| display::line(name).text().trim().to_owned()).filter(|name| !name.is_empty()) {
        Some(name) => format!("{name} · {field}"),
        None => field.to_owned(),
    }
}

/// A line of a text with its marks. Where two lie over each other, the more telling one (the first kind) is shown.
fn marked(text: &str, line: Range<usize>, marks: &[(Range<usize>, Kind)]) -> Styled {
    let inside =
        |range: &Range<usize>| range.start.clamp(line.start, line.end)..range.end.clamp(line.start, line.end);
    let mut edges = vec![line.start, line.end];
    edges.extend(marks.iter().map(|(range, _)| inside(range)).flat_map(|range| [range.start, range.end]));
    edges.sort_unstable();
    edges.dedup();
    let mut styled = Styled::default();
    let mut open: Option<Kind> = None;
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let Some(part) = text.get(*from..*to) else { continue };
        let covers = |kind: &Kind| {
            marks.iter().any(|(range, own)| own == kind && range.start <= *from && *to <= range.end)
        };
        let kind = Kind::ALL.into_iter().find(covers);
        if kind != open {
            close(&mut styled, open);
            styled.push(kind.map_or("", |kind| kind.signs().0), kind.map_or(Tone::Plain, Kind::tone));
            open = kind;
        }
        styled.push(display::line(part).text(), kind.map_or(Tone::Plain, Kind::tone));
    }
    close(&mut styled, open);
    styled
}

fn close(styled: &mut Styled, open: Option<Kind>) {
    if let Some(kind) = open {
        styled.push(kind.signs().1, kind.tone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_by_signs_and_do_not_overlap() {
        let text = "Drugamab 5 mg daily until week 8. Nothing.";
        let marks = [(0..19, Kind::Dose), (9..32, Kind::Time)];
        assert_eq!(
            marked(text, 0..text.len(), &marks).text(),
            "[Drugamab 5 mg daily]‹ until week 8›. Nothing."
        );
    }
}
