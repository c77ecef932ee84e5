//! A field's name for people, and the pane whose row it is.

use crate::app::pane::Pane;

/// The pane that shows a field of the trial.
pub fn pane(field: &str) -> Pane {
    let first = field.split(['.', '[']).next().unwrap_or_default();
    match first {
        "arms" | "interventions" => Pane::Arms,
        "endpoints" => Pane::Endpoints,
        "eligibility" => Pane::Eligibility,
        "sites" => Pane::Sites,
        "title" | "official_title" | "description" | "conditions" | "dates" => Pane::Overview,
        _ => Pane::Record,
    }
}

/// The field's name: `endpoints[2].time_frame.text` is `outcome 3, time frame`.
pub fn name(field: &str) -> String {
    match field {
        "title" => return "title".to_owned(),
        "official_title" => return "official title".to_owned(),
        "description.brief" => return "summary".to_owned(),
        "description.detailed" => return "description".to_owned(),
        "eligibility.text" => return "criteria".to_owned(),
        "eligibility.minimum_age" => return "minimum age, field".to_owned(),
        "eligibility.maximum_age" => return "maximum age, field".to_owned(),
        _ => {}
    }
    let words = |text: &str| text.trim_start_matches('.').replace(['_', '.'], " ");
    let Some((list, rest)) = field.split_once('[') else { return words(field) };
    let Some((index, part)) = rest.split_once(']') else { return words(field) };
    let of = match list {
        "endpoints" => "outcome",
        "arms" => "arm",
        "interventions" => "intervention",
        "conditions" => "condition",
        "keywords" => "keyword",
        other => other,
    };
    let number = index.parse::<usize>().map_or_else(|_| index.to_owned(), |index| (index + 1).to_string());
    let part = words(part.trim_end_matches(".text"));
    if part.is_empty() { format!("{of} {number}") } else { format!("{of} {number}, {part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_names_for_people() {
        for (field, told) in [
            ("endpoints[2].time_frame.text", "outcome 3, time frame"),
            ("conditions[0]", "condition 1"),
            ("arms[10].label", "arm 11, label"),
            ("dates.start.date", "dates start date"),
            ("eligibility.text", "criteria"),
            ("odd[", "odd["),
        ] {
            assert_eq!(name(field), told);
        }
        assert_eq!(pane("interventions[0].name"), Pane::Arms);
        assert_eq!(pane("keywords[0]"), Pane::Record);
    }
}
