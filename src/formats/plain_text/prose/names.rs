//! The name of an intervention that is only described: the subject of its first sentence.

use super::sentence::Sentence;

/// Verbs of being given or made, after which nothing of the name can come.
const VERBS: &[&str] = &["is", "are", "was", "were", "will"];
/// What is said of a treatment behind the verb.
const GIVEN: &[&str] = &[
    "administered",
    "applied",
    "delivered",
    "dosed",
    "given",
    "induced",
    "infused",
    "injected",
    "taken",
    "used",
    "supplied",
];
/// What may stand behind a name and a comma.
const TOLD: &[&str] = &["derived", "produced", "made", "manufactured", "obtained", "prepared"];
/// Words that no name begins with.
const NO_NAME: &[&str] = &[
    "a",
    "after",
    "all",
    "an",
    "as",
    "at",
    "based",
    "during",
    "each",
    "every",
    "following",
    "for",
    "if",
    "in",
    "it",
    "on",
    "participants",
    "patients",
    "subjects",
    "the",
    "these",
    "they",
    "this",
    "those",
    "treatment",
    "we",
    "when",
    "drug",
    "drugs",
    "dose",
    "doses",
    "study",
];
/// Words that lead in to a sentence whose subject stands behind a comma.
const LEAD_IN: &[&str] = &["according", "based", "following"];
/// Words that no name ends with.
const NO_END: &[&str] = &[
    "arm",
    "cohort",
    "cycles",
    "dose",
    "group",
    "groups",
    "patients",
    "participants",
    "regimen",
    "subjects",
];
/// Words of a name at most, brackets left aside.
const LONGEST: usize = 5;

/// The name in the first sentence of a description.
pub fn of(description: &str) -> Option<&str> {
    let sentence = Sentence::all(description).into_iter().next()?;
    let verb = (0..sentence.len()).find(|at| VERBS.contains(&sentence.word(*at)))?;
    let given = (verb + 1..verb + 3).any(|at| GIVEN.contains(&sentence.word(at)));
    if !given {
        return None;
    }
    let told = (0..verb).find(|at| sentence.word(*at) == "," && TOLD.contains(&sentence.word(at + 1)));
    let end = told.unwrap_or(verb);
    // `Based on the results of …, NAME will be given`: the name begins behind the comma.
    let led_in = LEAD_IN.contains(&sentence.word(0));
    let comma = (0..end).rev().find(|at| sentence.word(*at) == ",");
    let start = match comma {
        Some(at) if led_in => at + 1,
        None if !led_in => 0,
        _ => return None,
    };
    let name_end = without_brackets(&sentence, start, end);
    is_name(&sentence, start, name_end).then(|| sentence.raw(start..name_end)).and_then(|name| {
        let at = description.find(name)?;
        description.get(at..at + name.len())
    })
}

fn is_name(sentence: &Sentence, start: usize, end: usize) -> bool {
    let words = (start..end).filter(|at| sentence.is_word(*at)).count();
    (1..=LONGEST).contains(&words)
        && (start..end)
            .all(|at| sentence.number(at).is_none() && !matches!(sentence.word(at), "%" | "," | ";"))
        && balanced(sentence, start, end)
        && !NO_NAME.contains(&sentence.word(start))
        && !NO_END.contains(&sentence.word(end.saturating_sub(1)))
}

fn balanced(sentence: &Sentence, start: usize, end: usize) -> bool {
    let count = |sign: &str| (start..end).filter(|at| sentence.word(*at) == sign).count();
    count("(") == count(")")
}

/// Where the name ends, a note in brackets at its end left out.
fn without_brackets(sentence: &Sentence, start: usize, end: usize) -> usize {
    if sentence.word(end.wrapping_sub(1)) != ")" {
        return end;
    }
    (start + 1..end).rev().find(|at| sentence.word(*at) == "(").unwrap_or(end)
}
