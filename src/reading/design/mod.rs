//! Prose → [`DesignReading`]: escalation, allocation, parts of the study, planned numbers, length of follow-up.
//!
//! Each is looked for sentence by sentence; what two places of the record say, the first says. Dosing, and with it the
//! doses of the levels, is `dosing`'s; allocation and masking as registry codes are the formats'.

mod escalation;
mod numbers;
mod randomisation;
mod sentence;
mod vocabulary;

pub use vocabulary::Vocabulary;

use std::ops::Range;

use crate::protocol::{DesignReading, Span, Stage, Trial};
use sentence::{Sentence, sentences};

use super::lexer::lex;

/// Reads a text.
pub fn read(text: &str) -> DesignReading {
    let vocabulary = Vocabulary::embedded();
    let tokens = lex(text);
    let mut design = DesignReading::default();
    for sentence in sentences(&tokens, text, vocabulary) {
        escalation::add(&sentence, &mut design);
        randomisation::add(&sentence, &mut design);
        numbers::add(&sentence, &mut design);
        add_stages(&sentence, &mut design);
    }
    design
}

/// Reads every prose field of a trial that speaks of its design.
pub fn of_trial(trial: &Trial) -> DesignReading {
    let arms = trial.arms.iter().enumerate();
    let arms = arms.map(|(index, arm)| (format!("arms[{index}].description"), arm.description.as_deref()));
    let fields = [
        ("description.brief".to_owned(), trial.description.brief.as_deref()),
        ("description.detailed".to_owned(), trial.description.detailed.as_deref()),
        (
            "design.intervention_model_description".to_owned(),
            trial.design.intervention_model_description.as_deref(),
        ),
        ("design.masking_description".to_owned(), trial.design.masking_description.as_deref()),
    ];
    let mut design = DesignReading::default();
    for (field, text) in fields.into_iter().chain(arms) {
        if let Some(text) = text {
            join(&mut design, read(text), &field);
        }
    }
    design
}

/// Takes over from a further text what is not read yet.
fn join(design: &mut DesignReading, mut more: DesignReading, field: &str) {
    for span in spans(&mut more) {
        *span = span.in_field(field.to_owned());
    }
    match (&mut design.escalation, more.escalation) {
        (Some(known), Some(more)) => {
            known.method = known.method.take().or(more.method);
            known.levels = known.levels.or(more.levels);
            known.dlt_window = known.dlt_window.or(more.dlt_window);
            known.spans.extend(more.spans);
        }
        (known, more) => *known = known.take().or(more),
    }
    match (&mut design.randomisation, more.randomisation) {
        (Some(known), Some(more)) => {
            if known.ratio.is_empty() {
                known.ratio = more.ratio;
            }
            let new = more.methods.into_iter().filter(|method| !known.methods.contains(method));
            let new: Vec<String> = new.collect();
            known.methods.extend(new);
            known.spans.extend(more.spans);
        }
        (known, more) => *known = known.take().or(more),
    }
    for stage in more.stages {
        if design.stages.iter().all(|known| known.name != stage.name) {
            design.stages.push(stage);
        }
    }
    for planned in more.planned {
        if design.planned.iter().all(|known| known.count != planned.count) {
            design.planned.push(planned);
        }
    }
    design.cohorts = design.cohorts.take().or(more.cohorts);
    design.follow_up = design.follow_up.take().or(more.follow_up);
}

/// Every span of a reading.
fn spans(design: &mut DesignReading) -> impl Iterator<Item = &mut Span> {
    let escalation = design.escalation.iter_mut().flat_map(|found| &mut found.spans);
    let randomisation = design.randomisation.iter_mut().flat_map(|found| &mut found.spans);
    let stages = design.stages.iter_mut().map(|stage| &mut stage.span);
    let counted = design.planned.iter_mut().chain(&mut design.cohorts).map(|counted| &mut counted.span);
    let follow_up = design.follow_up.iter_mut().map(|found| &mut found.span);
    escalation.chain(randomisation).chain(stages).chain(counted).chain(follow_up)
}

fn add_stages(sentence: &Sentence<'_>, design: &mut DesignReading) {
    for (found, range) in sentence.all(&sentence.vocabulary.stage) {
        let name = sentence.vocabulary.name(found);
        if is_of_disease(sentence, &range) {
            continue;
        }
        if design.stages.iter().all(|stage| stage.name != name) {
            design.stages.push(Stage { name: name.to_owned(), span: sentence.span(range) });
        }
    }
}

/// "Stage II lung cancer", "stage 2 and 3": how far a disease has come. A part of the study opens its sentence or a list's
/// line, or a verb or a sign follows it.
fn is_of_disease(sentence: &Sentence<'_>, range: &Range<usize>) -> bool {
    if sentence.text(range.start) != "stage" {
        return false;
    }
    let told = matches!(
        sentence.text(range.end),
        ":" | "will" | "is" | "was" | "includes" | "consists" | "begins" | "starts" | "ends"
    );
    let whole =
        matches!(sentence.text(range.end), "of") && matches!(sentence.text(range.end + 2), "study" | "trial");
    let within = range.start > sentence.range.start
        && matches!(sentence.text(range.start - 1), "in" | "at" | "during" | "from" | "after" | "(")
        && matches!(
            sentence.text(range.end),
            "" | "," | "." | ")" | "with" | "patients" | "participants" | "subjects"
        );
    !(told || whole || within)
}

#[cfg(test)]
mod tests;
