//! What the finder shows of the row under its cursor: the thing with all its words, as the record has them.

use crate::app::content::Content;
use crate::app::find::{Find, Match};
use crate::app::item::Item;
use crate::app::marks;
use crate::app::model::Model;
use crate::app::styled::{Styled, Tone};
use crate::protocol::{Site, Span, Trial, display};
use crate::search::finder::Found;
use crate::search::{Meaning, marked};

/// The items, and which of them is the found row.
pub fn items(model: &Model, found: &Found) -> (Vec<Item>, usize) {
    let Some(head) = model.head(found.trial) else { return (Vec::new(), 0) };
    let mut items = vec![Item::row(Styled::new(marks::title(&head), Tone::Strong)), about(&head)];
    let Some(entry) = model.entry(found.trial) else {
        items.extend([Item::blank(), Item::note("reading the record …")]);
        return (items, 0);
    };
    let trial = &entry.trial;
    let mut here = 0;
    for (label, field, text) in texts(trial, found) {
        items.push(Item::blank());
        items.push(Item::heading(label));
        let mut start = 0;
        for line in text.split('\n') {
            let range = start..start + line.len();
            start = range.end + 1;
            if line.trim().is_empty() {
                continue;
            }
            let is_here = found.at.as_ref().is_some_and(|at| overlaps(at, &field, &range));
            let lead = Styled::new(if is_here { "▌" } else { "" }, Tone::Accent);
            if is_here && here == 0 {
                here = items.len();
            }
            let text = Styled::new(display::line(line).text().trim(), Tone::Plain);
            items.push(Item { lead, hang: 2, ..Item::row(text) });
        }
    }
    (items, here)
}

/// Lights what the typed words were taken for.
pub fn lit(content: &Content, meanings: &[Meaning]) -> Find {
    let mut find = Find { current: usize::MAX, ..Find::default() };
    for (item, shown) in content.items.iter().enumerate() {
        let (_, ranges) = marked(shown.text.text(), meanings);
        find.matches.extend(ranges.into_iter().map(|range| Match { item, in_lead: false, range }));
    }
    find
}

fn about(trial: &Trial) -> Item {
    let (sign, tone) = marks::status(trial.status.as_ref());
    let mut text = Styled::new(display::line(&trial.id).text(), Tone::Dim);
    if let Some(status) = &trial.status {
        text.push(format!(" · {sign} "), tone);
        text.push(display::line(&status.label()).text().to_lowercase(), tone);
    }
    text.push(format!(" · phase {}", marks::phase(&trial.phases)), Tone::Dim);
    Item { text, ..Item::note("") }
}

fn overlaps(at: &Span, field: &str, range: &std::ops::Range<usize>) -> bool {
    at.field == field && at.start < range.end.max(range.start + 1) && range.start < at.end.max(at.start + 1)
}

/// What belongs to the found row: a label, the field and its text.
fn texts(trial: &Trial, found: &Found) -> Vec<(&'static str, String, String)> {
    let mut texts = Vec::new();
    let mut push = |label, field: String, text: Option<String>| {
        texts.extend(text.filter(|text| !text.trim().is_empty()).map(|text| (label, field, text)));
    };
    let field = found.at.as_ref().map(|at| at.field.as_ref()).unwrap_or_default();
    let (list, index) = indexed(field);
    match list {
        "arms" => {
            let arm = trial.arms.get(index);
            push("Arm", format!("arms[{index}].label"), arm.map(|arm| arm.label.clone()));
            let said = arm.and_then(|arm| arm.description.clone());
            push("Description", format!("arms[{index}].description"), said);
            push("Gets", String::new(), arm.map(|arm| arm.interventions.join("\n")));
        }
        "interventions" => {
            let given = trial.interventions.get(index);
            push("Drug", format!("interventions[{index}].name"), given.map(|given| given.name.clone()));
            push("Also called", String::new(), given.map(|given| given.other_names.join("\n")));
            let said = given.and_then(|given| given.description.clone());
            push("Description", format!("interventions[{index}].description"), said);
        }
        "endpoints" => {
            let endpoint = trial.endpoints.get(index);
            let measure = endpoint.map(|endpoint| endpoint.measure.clone());
            push("Endpoint", format!("endpoints[{index}].measure"), measure);
            let frame = endpoint.and_then(|endpoint| endpoint.time_frame.as_ref());
            push("Time frame", String::new(), frame.map(|frame| frame.text.clone()));
            let said = endpoint.and_then(|endpoint| endpoint.description.clone());
            push("Description", format!("endpoints[{index}].description"), said);
        }
        "sites" => push("Site", field.to_owned(), trial.sites.get(index).map(site)),
        "eligibility.population" => {
            push("Population", field.to_owned(), trial.eligibility.population.clone())
        }
        "eligibility.text" => push("Criteria", field.to_owned(), trial.eligibility.text.clone()),
        _ => {
            push("Conditions", String::new(), Some(trial.conditions.join("\n")));
            let given = trial.interventions.iter().map(|given| given.name.as_str());
            push("Drugs", String::new(), Some(given.collect::<Vec<_>>().join("\n")));
            push("Summary", String::new(), trial.description.brief.clone());
            push("Description", String::new(), trial.description.detailed.clone());
        }
    }
    texts
}

fn site(site: &Site) -> String {
    let parts = [&site.facility, &site.city, &site.state, &site.zip, &site.country];
    let mut lines: Vec<String> = parts.into_iter().flatten().cloned().collect();
    lines.extend(site.status.as_ref().map(|status| status.label()));
    lines.join("\n")
}

/// `arms[2].label` → (`arms`, 2).
fn indexed(field: &str) -> (&str, usize) {
    let parts = field.split_once('[').and_then(|(list, rest)| {
        let (index, _) = rest.split_once(']')?;
        Some((list, index.parse().ok()?))
    });
    parts.unwrap_or((field, 0))
}
