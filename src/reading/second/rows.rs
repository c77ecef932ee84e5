//! The rows of a trial's readings that a second reader judges, as data that can be told apart and kept.

use serde_json::{Value, json};

use crate::protocol::{
    Administration, Assessment, EndpointReading, Limit, Readings, RowKind, Span, TimeFrame, Trial,
};

/// A row as it was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A treatment.
    Dosing(Administration),
    /// An examination.
    Assessment(Assessment),
    /// An outcome's kind; its number among the outcomes.
    Kind(usize, EndpointReading),
    /// An outcome's time frame; its number among the outcomes.
    TimeFrame(usize, TimeFrame),
    /// A limit.
    Limit(Limit),
}

impl Row {
    /// What kind of row it is.
    pub fn kind(&self) -> RowKind {
        match self {
            Self::Dosing(_) => RowKind::Dosing,
            Self::Assessment(_) => RowKind::Assessment,
            Self::Kind(..) => RowKind::Kind,
            Self::TimeFrame(..) => RowKind::TimeFrame,
            Self::Limit(_) => RowKind::Limit,
        }
    }

    /// What was read, without the places of the words.
    pub(super) fn value(&self) -> Value {
        let mut value = match self {
            Self::Dosing(row) => json!(row),
            Self::Assessment(row) => json!(row),
            Self::Kind(_, row) => json!({ "kind": row.kind }),
            Self::TimeFrame(_, row) => json!(row),
            Self::Limit(row) => json!(row),
        };
        without_places(&mut value);
        value
    }
}

/// Spans say where, not what.
fn without_places(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for place in ["span", "more_spans", "unread", "text"] {
                object.remove(place);
            }
            object.values_mut().for_each(without_places);
        }
        Value::Array(values) => values.iter_mut().for_each(without_places),
        _ => {}
    }
}

/// Every row with the words it was read from. An outcome whose kind or time was not read is a row too: what is missing
/// can be put in.
pub(super) fn of(trial: &Trial, readings: &Readings) -> Vec<(Row, Span)> {
    let mut rows = Vec::new();
    for row in readings.regimens.iter().flat_map(|regimen| &regimen.administrations) {
        rows.push((Row::Dosing(row.clone()), row.span.clone()));
    }
    for row in &readings.assessments {
        rows.push((Row::Assessment(row.clone()), row.span.clone()));
    }
    for (index, endpoint) in trial.endpoints.iter().enumerate() {
        let whole = |field: &str, text: &str| Span::new(format!("endpoints[{index}].{field}"), 0..text.len());
        if let Some(row) = readings.endpoints.get(index)
            && !endpoint.measure.is_empty()
        {
            rows.push((Row::Kind(index, row.clone()), whole("measure", &endpoint.measure)));
        }
        if let (Some(row), Some(stated)) = (readings.time_frames.get(index), &endpoint.time_frame)
            && !stated.text.is_empty()
        {
            rows.push((Row::TimeFrame(index, row.clone()), whole("time_frame.text", &stated.text)));
        }
    }
    for row in &readings.criteria.facts {
        rows.push((Row::Limit(row.clone()), row.span.clone()));
    }
    rows
}
