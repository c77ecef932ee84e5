//! An intervention's rows among the arms that list it: which arm is meant, and what the arms say better themselves.

use crate::protocol::{Administration, Arm, Trial};
use crate::reading::lexer::lex;
use crate::reading::names::key;

use super::called::{Called, same_drug};
use super::{lists, names, together, twice};

/// Gives an intervention's rows to the arms that list it, or to none when they cannot be told apart.
pub(super) fn share(
    trial: &Trial,
    index: usize,
    rows: Vec<Administration>,
    told: &mut [(Option<&Arm>, Vec<Administration>)],
    untold: &mut Vec<Administration>,
) {
    let Some(given) = trial.interventions.get(index) else { return };
    let called = Called::of(given, &rows);
    let mut holders: Vec<(&Arm, &mut Vec<Administration>)> = told
        .iter_mut()
        .filter_map(|(arm, own)| Some(((*arm)?, own)))
        .filter(|(arm, _)| lists(trial, arm, index))
        .collect();
    let text = given.description.as_deref().unwrap_or_default();
    if holders.is_empty() || (holders.len() > 1 && is_ambiguous(&rows, text)) {
        untold.extend(rows.into_iter().filter(|row| !is_told(row, &mut holders, &called)));
        return;
    }
    let labels: Vec<&str> = holders.iter().map(|(arm, _)| arm.label.as_str()).collect();
    for (arm, own) in &mut holders {
        let meant: Vec<&Administration> =
            rows.iter().filter(|row| is_for(row, &arm.label, &labels, &given.name)).collect();
        add(own, &meant, &called);
    }
}

/// Adds to an arm's rows those of an intervention's that tell more.
fn add(own: &mut Vec<Administration>, rows: &[&Administration], called: &Called) {
    let own_count = own.len();
    let stated_by_arm: Vec<bool> =
        rows.iter().map(|row| own.iter().any(|known| called.same(known, row) && says_dose(known))).collect();
    let states_dose = own.iter().any(|known| called.is_name_of(known) && says_dose(known));
    for (row, stated_by_arm) in rows.iter().zip(stated_by_arm) {
        let arms_rows = own.get_mut(..own_count).unwrap_or_default();
        let joined =
            twice::joined(arms_rows, row, called) || together::completed(arms_rows, rows, row, called);
        let told = joined || stated_by_arm || states_dose && called.is_name_of(row) && is_strength(row);
        if !told {
            own.push((*row).clone());
        }
    }
}

/// Whether the arms tell a giving already of which the intervention's text does not say whose it is: an arm gives that
/// very dose, or all arms give doses and the text lists the strengths of the product.
fn is_told(row: &Administration, holders: &mut [(&Arm, &mut Vec<Administration>)], called: &Called) -> bool {
    let mut told = false;
    for (_, own) in holders.iter_mut() {
        told |= twice::same_dose_joined(own, row, called);
    }
    let doses = |own: &[Administration]| own.iter().any(|known| called.same(known, row) && says_dose(known));
    told || !holders.is_empty() && is_strength(row) && holders.iter().all(|(_, own)| doses(own))
}

/// "Drugamab 20 mg tablets": a dose and nothing about when.
fn is_strength(row: &Administration) -> bool {
    let plain = Administration { dose: None, dose_max: None, unit: None, ..row.clone() };
    says_dose(row) && twice::tells_only_how(&plain)
}

/// Whether a row is for an arm: of an intervention that is one thing or the other ("drugamab or placebo"), an arm gets
/// what its label names where another arm's label does.
fn is_for(row: &Administration, own: &str, labels: &[&str], given: &str) -> bool {
    let alternatives = lex(given);
    if !(0..alternatives.len()).any(|at| matches!(alternatives.text(at), "or" | "versus" | "vs")) {
        return true;
    }
    let drug = key(&row.drug);
    names(own, &drug) || !labels.iter().any(|label| names(label, &drug))
}

/// Whether rows may be meant for different arms: one treatment at different doses outside of any epoch, or given in more
/// than one way where the text names arms ("(arm C only)").
fn is_ambiguous(rows: &[Administration], text: &str) -> bool {
    let several = |differ: &dyn Fn(&Administration, &Administration) -> bool| {
        rows.iter().enumerate().any(|(at, one)| {
            rows.iter().skip(at + 1).any(|other| same_drug(one, other) && differ(one, other))
        })
    };
    several(&|one, other| one.epoch == other.epoch && one.dose != other.dose)
        || several(&|_, _| true) && names_arms(text)
}

/// Whether a text names arms by their letters or numbers: "arm C", "groups 1 and 2".
fn names_arms(text: &str) -> bool {
    let tokens = lex(text);
    (0..tokens.len()).any(|at| {
        // A small letter behind it is an article.
        let which = text.get(tokens.raw(at + 1..at + 2)).unwrap_or_default();
        let letter = which.len() == 1 && which.bytes().all(|byte| byte.is_ascii_uppercase());
        let number = !which.is_empty() && which.bytes().all(|byte| byte.is_ascii_digit());
        matches!(tokens.text(at), "arm" | "arms" | "group" | "groups" | "cohort" | "cohorts")
            && (letter || number)
    })
}

fn says_dose(row: &Administration) -> bool {
    row.dose.is_some() || !row.levels.is_empty()
}
