//! What was read of a schedule, a line each, and the words it was read from: for every printed page that shows it.

use crate::protocol::{Administration, Regimen, Span, Trial, display, phrase};

/// What all of a regimen's rows share: its part of the treatment, and what ends it. `later`: one of another part stands
/// above it.
pub fn head(regimen: &Regimen, later: bool) -> String {
    let epoch = phrase::part(regimen.epoch.as_deref(), later);
    joined([epoch.as_str(), &until(&regimen.until)], " · ")
}

/// A row of a regimen: what is given, as the record writes it, how much, how, and when.
pub fn administration(trial: &Trial, row: &Administration, regimen: &Regimen) -> String {
    let levels = phrase::levels(row);
    let levels = if levels.is_empty() { levels } else { format!("levels {levels}") };
    let own_stop = if row.stop == regimen.until { String::new() } else { until(&row.stop) };
    let dose = joined([phrase::written(trial, &row.drug).as_str(), &phrase::dose_and_route(row)], " ");
    joined([dose.as_str(), &phrase::timing(row), &levels, &own_stop], " · ")
}

fn until(events: &[String]) -> String {
    let told: Vec<String> = events.iter().map(|event| phrase::event(event)).collect();
    if told.is_empty() { String::new() } else { format!("until {}", told.join(", ")) }
}

/// The words of a row and of its further spans, each once.
pub fn words(trial: &Trial, row: &Administration) -> String {
    let mut all = vec![row.text.as_str()];
    for words in row.more_spans.iter().filter_map(|span| words_of(trial, span)) {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(words)) {
            all.push(words);
        }
    }
    all.join(" … ")
}

/// The words at a place of the trial.
pub fn words_of<'t>(trial: &'t Trial, span: &Span) -> Option<&'t str> {
    trial.text(&span.field).and_then(|text| span.of(text))
}

/// Words in a line between quotation marks, cut behind so many letters.
pub fn quoted_to(letters: usize, words: &str) -> String {
    let line = display::line(words);
    let line = line.text().split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(letters) {
        Some((end, _)) => format!("“{} …”", line.get(..end).unwrap_or_default().trim_end()),
        None => format!("“{line}”"),
    }
}

/// The parts that are not empty, one behind the other.
pub fn joined<'t>(parts: impl IntoIterator<Item = &'t str>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}
