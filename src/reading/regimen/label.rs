//! The dose that stands in an arm's label only ("Drugamab 25 mg/m2"), where the arm's words tell when it is given.

use crate::protocol::{Administration, Arm, Period};
use crate::reading::dosing::{self, Vocabulary};

use super::called::same_drug;

/// Fills the dose of the arm's only row of a treatment, if no row has one and the label gives that treatment one dose.
pub(super) fn add_dose(words: &Vocabulary, arm: &Arm, index: usize, rows: &mut [Administration]) {
    let told = dosing::read_with(words, &arm.label, "").administrations;
    for said in &told {
        let once = told.iter().filter(|other| same_drug(other, said)).count() == 1;
        let plain = said.dose.is_some() && said.levels.is_empty();
        let mut of_drug = rows.iter_mut().filter(|row| same_drug(row, said));
        let (Some(row), None) = (of_drug.next(), of_drug.next()) else { continue };
        if once && plain && row.dose.is_none() && row.levels.is_empty() && differs_nowhere(row, said) {
            (row.dose, row.dose_max) = (said.dose, said.dose_max);
            row.unit.clone_from(&said.unit);
            row.more_spans.push(said.span.in_field(format!("arms[{index}].label")));
        }
    }
}

/// Whether the label does not tell another way, time or part of giving.
fn differs_nowhere(row: &Administration, said: &Administration) -> bool {
    let lasts = |said: Option<Period>, row: Option<Period>| {
        said.is_none() || said.map(|period| period.days()) == row.map(|period| period.days())
    };
    let days = said.days.is_empty() || said.days == row.days;
    row.epoch == said.epoch
        && row.whom == said.whom
        && (said.route.is_none() || said.route == row.route)
        && (said.per_day.is_none() || said.per_day == row.per_day)
        && (said.per_week.is_none() || said.per_week == row.per_week)
        && days
        && lasts(said.every, row.every)
        && lasts(said.cycle, row.cycle)
}

#[cfg(test)]
mod tests {
    use crate::protocol::{Arm, Trial};
    use crate::reading::regimen::read;

    /// The doses of an arm's rows.
    fn doses(label: &str, words: &str) -> Vec<Option<f64>> {
        let arm = Arm { label: label.to_owned(), description: Some(words.to_owned()), ..Arm::default() };
        let (regimens, _) = read(&Trial { arms: vec![arm], ..Trial::default() });
        let rows = regimens.iter().flat_map(|regimen| &regimen.administrations);
        rows.map(|row| row.dose.map(|dose| dose.0)).collect()
    }

    #[test]
    fn a_label_gives_the_dose_that_the_words_leave_out() {
        let words = "Drugamab was administered intravenously once a week for 8 weeks.";
        assert_eq!(doses("Drugamab 25 mg/m2", words), [Some(25.0)]);
        assert_eq!(doses("Drugamab 25 mg/m2 weekly", words), [Some(25.0)]);
    }

    #[test]
    fn the_words_own_doses_and_times_count() {
        let words = "Drugamab 10 mg/m2 IV once a week.";
        assert_eq!(doses("Drugamab 25 mg/m2", words), [Some(10.0)]);
        assert_eq!(doses("Drugamab 25 mg/m2 every 3 weeks", "Drugamab IV once a week."), [None]);
        assert_eq!(doses("Drugamab 25 mg/m2 or drugamab 50 mg/m2", "Drugamab IV once a week."), [None]);
        assert_eq!(doses("Othermab 25 mg/m2", "Drugamab IV once a week."), [None]);
        let later = "Maintenance: drugamab IV every 4 weeks.";
        assert_eq!(doses("Induction: drugamab 840 mg", later), [None], "of another part");
    }
}
