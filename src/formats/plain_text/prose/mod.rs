//! What a trial's prose states plainly and the text layouts have no field for: phase, allocation, masking, number of
//! participants, conditions, arms, names of interventions.
//!
//! A field that the text has is never touched. Sentences about other studies, plans that differ and anything else
//! that leaves a doubt give nothing.

mod arms;
mod conditions;
mod design;
mod enrollment;
mod names;
mod phase;
mod sentence;
#[cfg(test)]
mod tests;

use crate::protocol::Trial;
use sentence::Sentence;

/// Adds what the prose states and no field does.
pub fn add(trial: &mut Trial) {
    let sentences = sentences(trial);
    if trial.phases.is_empty() {
        trial.phases = phase::read(&trial.title, &sentences);
    }
    if trial.enrollment.is_none() {
        trial.enrollment = enrollment::read(&sentences);
    }
    design::add(&mut trial.design, &trial.title, &sentences);
    if trial.conditions.is_empty() {
        trial.conditions = conditions::read(&sentences).into_iter().collect();
    }
    for intervention in &mut trial.interventions {
        if intervention.name.is_empty()
            && let Some(name) = intervention.description.as_deref().and_then(names::of)
        {
            intervention.name = name.to_owned();
        }
    }
    if trial.arms.is_empty() {
        trial.arms = arms::read(&trial.interventions, &trial.title, &sentences);
    }
}

/// The sentences of the summary and of the detailed description.
fn sentences(trial: &Trial) -> Vec<Sentence> {
    let texts = [&trial.description.brief, &trial.description.detailed];
    texts.into_iter().flatten().flat_map(|text| Sentence::all(text)).collect()
}
