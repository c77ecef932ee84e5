//! A text of a trial by its path in the trial's JSON form: what a span's field names.

use super::Trial;

impl Trial {
    /// The verbatim text at a path such as `arms[0].description`; none when the trial has none there.
    pub fn text(&self, path: &str) -> Option<&str> {
        let (list, index, field) = split(path);
        let Some(index) = index else { return self.single(path) };
        match (list, field) {
            ("arms", "label") => self.arms.get(index).map(|arm| arm.label.as_str()),
            ("arms", "description") => self.arms.get(index)?.description.as_deref(),
            ("interventions", "name") => self.interventions.get(index).map(|given| given.name.as_str()),
            ("interventions", "description") => self.interventions.get(index)?.description.as_deref(),
            ("endpoints", "measure") => self.endpoints.get(index).map(|endpoint| endpoint.measure.as_str()),
            ("endpoints", "description") => self.endpoints.get(index)?.description.as_deref(),
            ("endpoints", "time_frame.text") => {
                self.endpoints.get(index)?.time_frame.as_ref().map(|frame| frame.text.as_str())
            }
            ("conditions", "") => self.conditions.get(index).map(String::as_str),
            ("keywords", "") => self.keywords.get(index).map(String::as_str),
            _ => None,
        }
    }

    /// One of the record's dates, as it came.
    fn date(&self, name: &str) -> Option<&str> {
        let dates = &self.dates;
        let dated = match name {
            "start" => &dates.start,
            "primary_completion" => &dates.primary_completion,
            "completion" => &dates.completion,
            "first_submitted" => &dates.first_submitted,
            "first_posted" => &dates.first_posted,
            "results_first_submitted" => &dates.results_first_submitted,
            "results_first_posted" => &dates.results_first_posted,
            "last_update_submitted" => &dates.last_update_submitted,
            "last_update_posted" => &dates.last_update_posted,
            _ => return None,
        };
        dated.as_ref().map(|dated| dated.date.as_str())
    }

    fn single(&self, path: &str) -> Option<&str> {
        match path {
            "title" => Some(&self.title),
            "official_title" => self.official_title.as_deref(),
            "acronym" => self.acronym.as_deref(),
            "why_stopped" => self.why_stopped.as_deref(),
            "description.brief" => self.description.brief.as_deref(),
            "description.detailed" => self.description.detailed.as_deref(),
            "eligibility.text" => self.eligibility.text.as_deref(),
            "eligibility.minimum_age" => self.eligibility.minimum_age.as_deref(),
            "eligibility.maximum_age" => self.eligibility.maximum_age.as_deref(),
            "eligibility.population" => self.eligibility.population.as_deref(),
            "eligibility.gender_description" => self.eligibility.gender_description.as_deref(),
            "design.intervention_model_description" => self.design.intervention_model_description.as_deref(),
            "design.masking_description" => self.design.masking_description.as_deref(),
            _ => self.date(path.strip_prefix("dates.")?.strip_suffix(".date")?),
        }
    }
}

/// `arms[0].description` → (`arms`, 0, `description`); a path without an index keeps none.
fn split(path: &str) -> (&str, Option<usize>, &str) {
    let Some((list, rest)) = path.split_once('[') else { return (path, None, "") };
    let Some((index, field)) = rest.split_once(']') else { return (path, None, "") };
    (list, index.parse().ok(), field.trim_start_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Arm, Endpoint, TimeFrameText};

    #[test]
    fn a_path_leads_to_its_text() {
        let mut trial = Trial { title: "A study".to_owned(), ..Trial::default() };
        trial.arms = vec![Arm { description: Some("given daily".to_owned()), ..Arm::default() }];
        let time_frame = Some(TimeFrameText { text: "2 years".to_owned() });
        trial.endpoints = vec![Endpoint { time_frame, ..Endpoint::default() }];
        assert_eq!(trial.text("title"), Some("A study"));
        assert_eq!(trial.text("arms[0].description"), Some("given daily"));
        assert_eq!(trial.text("endpoints[0].time_frame.text"), Some("2 years"));
        assert_eq!(trial.text("arms[1].description"), None);
        assert_eq!(trial.text("arms[x].description"), None);
        assert_eq!(trial.text("nothing"), None);
    }
}
