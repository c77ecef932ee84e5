//! Which kind of endpoint an outcome is: the words that name one, weighed.
//!
//! Every phrase has a rank. Words of the measure count before words of the description, early words before late
//! ones. Three rules look at the measure as a whole: a relation between two things, the population it is measured in,
//! and a share of patients that reach a mark.

use crate::protocol::Span;
use crate::reading::phrases::{Match, PhraseSet};

use super::Text;
use super::vocabulary::EndpointVocabulary;

/// What a step of rank weighs.
const RANK: i32 = 10;
/// What a word's distance from the beginning costs, up to [`FAR`] words.
const DISTANCE: i32 = 4;
/// Words further on cost no more.
const FAR: usize = 40;
/// What standing in the description costs: 25 ranks.
const DESCRIPTION: i32 = 250;
/// What standing in the words for the population costs.
const POPULATION: i32 = 150;
/// A candidate of the measure that weighs no more is none: the name of a disease in the words for the population.
const FAINT: i32 = 270;
/// From this rank on a phrase names a kind by itself.
const CLEAR: i32 = 60;
/// A measure that speaks of a relation says so within its first words.
const OPENING: usize = 6;
/// In a relation the first of the clear kinds counts.
const RELATION: i32 = 2000;

/// Up to this rank a phrase names what ails the patient rather than an outcome.
const SYMPTOM: i32 = 81;
/// Up to this rank words of everyday life name no outcome surely.
const VAGUE: i32 = 64;
/// From this rank on a word of the laboratory is what it measures.
const MEASURED: i32 = 80;
/// A measure that is a response says so within so many words.
const RESPONSE: usize = 2;
/// Up to this rank a description's words name nothing.
const IDLE: i32 = 48;
/// What it costs to stand in the description as the name that it defines: 10 ranks.
const DEFINED: i32 = 100;
/// So many kinds in a description are a list of effects.
const LISTED: usize = 4;
/// A description names the scale that measures something within so many words.
const OPENS: usize = 16;
/// A scale's noun stands within so many words behind what it measures.
const NEAR: usize = 6;
/// A word this near before a scale's noun is part of the scale's name.
const IN_NAME: usize = 2;

/// Up to this rank words of the laboratory may be said of a drug.
const SERUM: i32 = 84;
/// Up to this rank words for a concentration do not say of what it is.
const CONCENTRATION: i32 = 78;
/// The symbol of a protein or gene has so many letters at most, and so many digits.
const SYMBOL: (usize, usize) = (6, 2);
/// A drug's name has so many letters at least.
const DRUG: usize = 6;

/// Scales that grade bleedings.
const GRADES: &[&str] = &["barc", "isth", "gusto"];
/// A measure of so many words at most says no more than its class.
const SHORT: usize = 4;
/// A scale's name has so many words at most.
const NAMED: usize = 8;
/// Up to this rank the name of a questionnaire says nothing of what it asks.
const DOMAINS: i32 = 68;
/// Words for what becomes of a disease.
const ENDS: &[&str] =
    &["remission", "relapse", "recurrence", "cure", "cured", "success", "failure", "flares"];

/// A kind and the words it was read from.
pub(super) struct Read<'v> {
    pub kind: &'v str,
    pub span: Span,
}

/// A phrase that was found, with its weight.
struct Candidate<'v> {
    kind: &'v str,
    weight: i32,
    text: usize,
    hit: Match,
}

impl Candidate<'_> {
    fn rank(&self, vocabulary: &EndpointVocabulary) -> i32 {
        vocabulary.ranked.get(self.hit.payload).map_or(0, |ranked| ranked.rank)
    }

    fn is_vague(&self, vocabulary: &EndpointVocabulary) -> bool {
        self.text == 0 && self.rank(vocabulary) <= VAGUE
    }

    /// "Atopic dermatitis severity score": what a scale measures is named before the scale. Not for the names of other
    /// outcomes, and not for words far from the scale's. What only the description says of a measure that is a
    /// scale's name is what that scale rates; and a description that opens with a scale says how a symptom is
    /// measured, unless the measure counts it.
    fn is_put_on_a_scale(&self, vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> bool {
        let [measure, description] = texts;
        let described = || {
            let opens = scales(vocabulary, description).any(|scale| scale.start < OPENS);
            opens && vocabulary.counted.find(&measure.numbered).is_empty()
        };
        self.rank(vocabulary) <= SYMPTOM
            && !self.is_an_end(&texts[self.text.min(1)])
            && match self.text {
                0 => {
                    self.is_before_a_scale(vocabulary, measure, NEAR)
                        || self.is_rated(vocabulary, measure)
                        || described()
                }
                _ => {
                    let named = self.is_before_a_scale(vocabulary, description, IN_NAME);
                    named || scales(vocabulary, measure).next().is_some()
                }
            }
    }

    /// "Histologic remission (index 0)": what becomes of a disease is no complaint that a scale rates.
    fn is_an_end(&self, text: &Text<'_>) -> bool {
        self.hit.words().any(|at| ENDS.contains(&text.words.text(at)))
    }

    /// The measure is a bleeding, and the description grades it by a scale of bleedings under treatment.
    fn is_graded_bleeding(&self, texts: &[Text<'_>; 2]) -> bool {
        let [measure, description] = texts;
        let graded = |text: &Text<'_>| (0..text.words.len()).any(|at| GRADES.contains(&text.words.text(at)));
        let bleeding = self.hit.words().any(|at| matches!(measure.words.text(at), "bleeding" | "hemorrhage"));
        self.text == 0 && bleeding && graded(description)
    }

    /// The measure says no more than that it is of safety, and the description opens with dose-limiting toxicities.
    fn is_told_by_toxicities(&self, vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> bool {
        let [measure, description] = texts;
        let only_safety = self.text == 0
            && measure.words.len() <= SHORT
            && self.hit.words().all(|at| matches!(measure.words.text(at), "safety" | "endpoint"));
        let found = || found(vocabulary, description, 1);
        only_safety
            && found().first().is_some_and(|first| first.kind == "DLT" && first.hit.start < OPENING)
            && found().iter().all(|candidate| candidate.kind != "AE" || candidate.weight < CLEAR * RANK)
    }

    /// "Concentration of CXCL9", "(CXCL9)": what stands behind the words for a concentration is written like the symbol
    /// of a protein or a gene: capitals, at most two digits behind them. What a conjugate carries is written so too.
    fn is_of_a_symbol(&self, vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> bool {
        let Some(text) = texts.get(self.text) else { return false };
        let of = self.hit.end + usize::from(text.words.text(self.hit.end) == "of");
        let Some(word) = text.words.get(of) else { return false };
        let letters = word.raw.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let symbol = (2..=SYMBOL.0).contains(&letters.len())
            && word.raw.len() - letters.len() <= SYMBOL.1
            && letters.bytes().all(|letter| letter.is_ascii_uppercase());
        let behind = text.raw.get(text.words.raw(of..of + 1).end..).unwrap_or_default();
        let joined = behind.starts_with(['-', '‐', '‑', '–']);
        symbol && !joined && !vocabulary.payloads.iter().any(|payload| payload == word.text)
    }

    /// "Death or need of intubation": the measure names something else beside it.
    fn is_joined_by_or(&self, measure: &Text<'_>) -> bool {
        let or = |at: usize| measure.words.text(at) == "or";
        let before = (1..=2).filter_map(|back| self.hit.start.checked_sub(back)).any(or);
        self.text == 0 && (before || or(self.hit.end))
    }

    /// The measure says no more than "response to" a treatment, and names a tumor.
    fn is_response_of_a_tumor(&self, vocabulary: &EndpointVocabulary, measure: &Text<'_>) -> bool {
        let response = (self.hit.words()).any(|at| measure.words.text(at) == "response");
        let to = matches!(measure.words.text(self.hit.end), "to" | "of" | "");
        self.text == 0 && response && to && !vocabulary.tumor.find(&measure.numbered).is_empty()
    }

    /// "Redness, itching and tearing, on a scale of 0 to 10": not for what is counted.
    fn is_rated(&self, vocabulary: &EndpointVocabulary, measure: &Text<'_>) -> bool {
        vocabulary.rated.find(&measure.numbered).iter().any(|rated| rated.start >= self.hit.end)
            && vocabulary.counted.find(&measure.numbered).is_empty()
    }

    /// Whether a scale's noun stands right behind it, within so many words of its text.
    fn is_before_a_scale(&self, vocabulary: &EndpointVocabulary, text: &Text<'_>, near: usize) -> bool {
        let sentence = |at: usize| text.words.get(at).map(|word| word.sentence);
        scales(vocabulary, text).any(|scale| {
            (self.hit.end..self.hit.end + near).contains(&scale.start)
                && sentence(scale.start) == sentence(self.hit.start)
        })
    }
}

/// Where scales are named. A "z-score" rates nothing: it says how far from the mean a measure is.
fn scales<'t>(vocabulary: &EndpointVocabulary, text: &'t Text<'_>) -> impl Iterator<Item = Match> + 't {
    let standard = |scale: &Match| scale.start > 0 && text.words.text(scale.start - 1) == "z";
    vocabulary.scale.find(&text.numbered).into_iter().filter(move |scale| !standard(scale))
}

/// What an outcome is that has words and none that name a kind.
pub(crate) const UNNAMED: &str = "OTHER";

/// The kind of an outcome: [`UNNAMED`] with the whole measure for words when none of them names one, nothing for a
/// measure without words.
pub(super) fn read<'v>(vocabulary: &'v EndpointVocabulary, texts: &[Text<'_>; 2]) -> Option<Read<'v>> {
    let [measure, description] = texts;
    let (in_measure, in_description) =
        (in_measure(vocabulary, measure), in_description(vocabulary, description));
    let related = opens_with(&vocabulary.relation, measure);
    let told = if related { None } else { told_apart(vocabulary, description, &in_measure, &in_description) };
    let mut best: Option<Candidate<'v>> = None;
    for candidate in in_measure.into_iter().chain(in_description) {
        if told.is_some_and(|kind| kind != candidate.kind) {
            continue;
        }
        if best.as_ref().is_none_or(|best| candidate.weight > best.weight) {
            best = Some(candidate);
        }
    }
    let unnamed = |best: &Candidate<'_>| best.text == 1 && best.rank(vocabulary) < super::NAME;
    if best.as_ref().is_some_and(unnamed) && is_a_list_of_effects(vocabulary, texts) {
        best = vague_in_measure(vocabulary, measure).or(best);
    }
    let Some(best) = best else {
        let span = measure.span(0..measure.words.len());
        // "Tacrolimus trough": the drug is known by its name's end alone.
        let kind = if is_quantity_of_a_drug(vocabulary, measure) { "PK" } else { UNNAMED };
        return (!measure.words.is_empty()).then_some(Read { kind, span });
    };
    let share = share_that_reaches_a_mark(vocabulary, measure);
    let kind = match best.kind {
        // "Calories bought: the primary outcome is …": such words say nothing of a measure that says nothing.
        "EFFICACY_OTHER" if best.text == 1 && best.rank(vocabulary) <= IDLE => UNNAMED,
        // "Admission: how well a score foretells it".
        "EFFICACY_OTHER" if opens_with(&vocabulary.prediction, description) => UNNAMED,
        // "Prevalence of urinary symptoms": how many have them is no rating.
        "FUNCTION" if share || opens_with(&vocabulary.occurrence, measure) => "EFFICACY_OTHER",
        // "Kidney function: serum creatinine".
        "FUNCTION" if is_told_by_the_laboratory(vocabulary, texts, &best) => "BIOMARKER",
        // "Hamilton scale: response rate (half of the score gone)": the description tells of the share alone.
        "FUNCTION" if best.text == 0 && is_told_as_a_share(vocabulary, texts) => "EFFICACY_OTHER",
        // "Response: half of the score gone": who responds, not how the scale stands.
        "FUNCTION" if best.text == 1 && is_response(measure) => "EFFICACY_OTHER",
        // "Clinical response by the partial Mayo score".
        "FUNCTION" if best.hit.start >= RESPONSE && is_clinical_response(measure) => "EFFICACY_OTHER",
        // "Cardiac events: death, infarction, …": one of several.
        "MORTALITY" if best.text == 1 && is_one_of_several(vocabulary, description) => "EFFICACY_OTHER",
        // "Severe infection or death".
        "MORTALITY" if best.is_joined_by_or(measure) && is_one_of_several(vocabulary, measure) => {
            "EFFICACY_OTHER"
        }
        // "Improvement by one stage on biopsy": how it was seen is a vague word.
        "BIOMARKER" if share && best.is_vague(vocabulary) => "EFFICACY_OTHER",
        // "Bleeding: BARC type 3 or 5" grades what a treatment does.
        "EFFICACY_OTHER" if best.is_graded_bleeding(texts) => "AE",
        // "Safety: number of dose-limiting toxicities".
        "AE" if best.is_told_by_toxicities(vocabulary, texts) => "DLT",
        "EFFICACY_OTHER" if !share && best.is_put_on_a_scale(vocabulary, texts) => "FUNCTION",
        // "Serum adalimumab antibodies" are made against the drug.
        "BIOMARKER" if is_against_a_drug(vocabulary, measure) => "IMMUNOGENICITY",
        // "Serum levels of dupilumab" are no laboratory value of the disease.
        "BIOMARKER" if best.rank(vocabulary) <= SERUM && is_quantity_of_a_drug(vocabulary, measure) => "PK",
        // "Syndecan 1: its concentration in blood": of what a concentration is only the description's word.
        "PK" if best.text == 1 && best.rank(vocabulary) <= VAGUE => "BIOMARKER",
        // "Serum concentration of CXCL9" is the protein's, not a drug's.
        "PK" if best.rank(vocabulary) <= CONCENTRATION && best.is_of_a_symbol(vocabulary, texts) => {
            "BIOMARKER"
        }
        // "Complete response: no emesis and no rescue" is no tumor's.
        "CRR" if is_free_of_a_complaint(vocabulary, texts) => "EFFICACY_OTHER",
        // "Response to chemoradiation in rectal cancer" is the tumor's.
        "EFFICACY_OTHER" if !share && best.is_response_of_a_tumor(vocabulary, measure) => "ORR",
        // "PROMIS: change in depression".
        "QOL" if best.text == 0 && best.rank(vocabulary) <= DOMAINS => {
            domain(vocabulary, texts).unwrap_or(best.kind)
        }
        // "Interoceptive awareness scale": a vague word is part of the instrument's name.
        "OTHER" if best.is_vague(vocabulary) && best.is_before_a_scale(vocabulary, measure, NEAR) => {
            "FUNCTION"
        }
        kind => kind,
    };
    Some(Read { kind, span: texts.get(best.text)?.span(best.hit.words()) })
}

/// "Efficacy: pain, satisfaction with the block, anxiety": the measure says no more than that it is the effect, and the
/// description lists things of several kinds.
fn is_a_list_of_effects(vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> bool {
    let [measure, description] = texts;
    let mut kinds: Vec<&str> = found(vocabulary, description, 1)
        .iter()
        .filter(|candidate| candidate.weight > CLEAR * RANK)
        .map(|candidate| candidate.kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() >= LISTED && opens_with(&vocabulary.effect, measure)
}

/// The measure's own word for the effect.
fn vague_in_measure<'v>(vocabulary: &'v EndpointVocabulary, measure: &Text<'_>) -> Option<Candidate<'v>> {
    found(vocabulary, measure, 0).into_iter().find(|candidate| candidate.kind == "EFFICACY_OTHER")
}

/// The measure says no more than whose function it is, and the description names what the laboratory measures.
fn is_told_by_the_laboratory(
    vocabulary: &EndpointVocabulary,
    texts: &[Text<'_>; 2],
    best: &Candidate<'_>,
) -> bool {
    let [measure, description] = texts;
    let organ = |hit: &Match| hit.start < best.hit.end && best.hit.start < hit.end;
    let measured =
        |candidate: &Candidate<'_>| candidate.kind == "BIOMARKER" && candidate.rank(vocabulary) >= MEASURED;
    best.text == 0
        && vocabulary.organ.find(&measure.numbered).iter().any(organ)
        && found(vocabulary, description, 1).iter().any(measured)
}

/// The measure is a scale's name and no more, and the description opens with the rate of response or remission on it.
fn is_told_as_a_share(vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> bool {
    let [measure, description] = texts;
    let rate = description.words.text(1) == "rate";
    let of = matches!(description.words.text(0), "response" | "remission" | "responder" | "recovery");
    rate && of && measure.words.len() <= NAMED && vocabulary.counted.find(&measure.numbered).is_empty()
}

/// The measure names a questionnaire of many domains, and the description opens with the one that is asked: its kind.
fn domain<'v>(vocabulary: &'v EndpointVocabulary, texts: &[Text<'_>; 2]) -> Option<&'v str> {
    let [measure, description] = texts;
    vocabulary.domains.find(&measure.numbered).first()?;
    let mut asked = found(vocabulary, description, 1).into_iter().filter(|asked| asked.hit.start < OPENING);
    let first = asked.find(|asked| asked.weight >= CLEAR * RANK)?;
    matches!(first.kind, "FUNCTION" | "PAIN").then_some(first.kind)
}

/// The measure is a response, and says no more of it.
fn is_response(measure: &Text<'_>) -> bool {
    (0..RESPONSE)
        .any(|at| matches!(measure.words.text(at), "response" | "responses" | "responder" | "responders"))
}

/// The measure opens with a success, or a response that is no test's: not "response inhibition", not a conditioned one.
fn is_clinical_response(measure: &Text<'_>) -> bool {
    if measure.words.text(1) == "success" {
        return matches!(
            measure.words.text(0),
            "complete" | "qualified" | "clinical" | "treatment" | "overall"
        );
    }
    let clinical = matches!(measure.words.text(0), "clinical" | "treatment" | "therapeutic" | "symptomatic");
    let response = measure.words.text(usize::from(clinical));
    let named = matches!(measure.words.text(1), "by" | "based" | "on" | "defined" | "per" | "according");
    matches!(response, "response" | "responder" | "responders") && (clinical || named)
}

/// What is gone in a complete response is a complaint that no tumor is.
fn is_free_of_a_complaint(vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> bool {
    let [measure, _] = texts;
    let complaint = |text: &Text<'_>| !vocabulary.benign.find(&text.numbered).is_empty();
    vocabulary.tumor.find(&measure.numbered).is_empty() && texts.iter().any(complaint)
}

/// A text that lists other events of the disease besides.
fn is_one_of_several(vocabulary: &EndpointVocabulary, text: &Text<'_>) -> bool {
    let event =
        |candidate: &Candidate<'_>| candidate.kind == "EFFICACY_OTHER" && candidate.weight >= CLEAR * RANK;
    found(vocabulary, text, 1).iter().any(event)
}

/// Where the measure names several endpoints, the description tells which one it defines: the first that it says a
/// definition of, or the first it names.
fn told_apart<'v>(
    vocabulary: &EndpointVocabulary,
    text: &Text<'_>,
    measure: &[Candidate<'v>],
    description: &[Candidate<'v>],
) -> Option<&'v str> {
    let is_name = |candidate: &&Candidate<'v>| {
        vocabulary.ranked.get(candidate.hit.payload).is_some_and(|ranked| ranked.rank >= super::NAME)
    };
    let named: Vec<&str> = measure.iter().filter(is_name).map(|candidate| candidate.kind).collect();
    let several = named.iter().any(|kind| Some(kind) != named.first());
    let mut names = description.iter().filter(is_name);
    let first = names.next()?;
    let named_first = |candidate: &&Candidate<'v>| is_defined(vocabulary, text, candidate);
    let defined = std::iter::once(first).chain(names).find(named_first).unwrap_or(first).kind;
    (several && named.contains(&defined)).then_some(defined)
}

fn in_measure<'v>(vocabulary: &'v EndpointVocabulary, measure: &Text<'_>) -> Vec<Candidate<'v>> {
    let relation = opens_with(&vocabulary.relation, measure);
    let population = vocabulary.population.find(&measure.numbered).first().map(|hit| hit.start);
    let mut candidates = found(vocabulary, measure, 0);
    for candidate in &mut candidates {
        let distance = DISTANCE * candidate.hit.start.min(FAR) as i32;
        let clear = candidate.weight >= CLEAR * RANK;
        candidate.weight = if relation && clear { RELATION } else { candidate.weight } - distance;
        if population.is_some_and(|start| candidate.hit.start > start) {
            candidate.weight -= POPULATION;
        }
    }
    // "Medicines taken by patients with psoriasis": what they have is no outcome at all.
    candidates.retain(|candidate| candidate.weight > FAINT);
    candidates
}

fn in_description<'v>(vocabulary: &'v EndpointVocabulary, description: &Text<'_>) -> Vec<Candidate<'v>> {
    let mut candidates = found(vocabulary, description, 1);
    for candidate in &mut candidates {
        let cost = if is_defined(vocabulary, description, candidate) { DEFINED } else { DESCRIPTION };
        candidate.weight -= cost + DISTANCE / 2 * candidate.hit.start.min(FAR) as i32;
    }
    candidates
}

/// "DFS was defined as the time …": the description says what the measure is.
fn is_defined(vocabulary: &EndpointVocabulary, description: &Text<'_>, candidate: &Candidate<'_>) -> bool {
    let end = candidate.hit.end;
    let word = |at: usize| description.words.text(at);
    let defined = (end..end + 3).any(|at| word(at) == "defined" && matches!(word(at + 1), "as" | "by"));
    defined && candidate.rank(vocabulary) >= super::NAME
}

/// The phrases of a text that name a kind, weighed by their rank alone.
fn found<'v>(vocabulary: &'v EndpointVocabulary, text: &Text<'_>, index: usize) -> Vec<Candidate<'v>> {
    let hits = text.kinds.iter().copied();
    hits.filter_map(|hit| {
        let ranked = vocabulary.ranked.get(hit.payload).filter(|ranked| !ranked.kind.is_empty())?;
        Some(Candidate { kind: &ranked.kind, weight: ranked.rank * RANK, text: index, hit })
    })
    .collect()
}

/// "Trastuzumab levels", "levels of free trastuzumab": the quantity right behind the drug, or before it with "of"; or
/// what the drug was found in right before it.
fn is_quantity_of_a_drug(vocabulary: &EndpointVocabulary, text: &Text<'_>) -> bool {
    let drug = |at: usize| is_a_drug(vocabulary, text.words.text(at));
    // "Plasma ropivacaine at 2 hours"; but what stands behind "after" is when something else was measured.
    let fluid = |at: usize| vocabulary.fluids.iter().any(|fluid| fluid == text.words.text(at));
    let later =
        |at: usize| matches!(text.words.text(at), "after" | "following" | "during" | "before" | "under");
    let told = |at: usize| fluid(at - 1) && drug(at) && !at.checked_sub(2).is_some_and(later);
    if (1..text.words.len()).any(told) {
        return true;
    }
    vocabulary.quantity.find(&text.numbered).iter().any(|quantity| {
        let behind = quantity.start.checked_sub(1).is_some_and(drug);
        let of = text.words.text(quantity.end) == "of";
        behind || of && (drug(quantity.end + 1) || drug(quantity.end + 2))
    })
}

/// "Adalimumab antibodies": made by the body against the drug right before them.
fn is_against_a_drug(vocabulary: &EndpointVocabulary, text: &Text<'_>) -> bool {
    let antibodies = |at: usize| matches!(text.words.text(at), "antibody" | "antibodies");
    (1..text.words.len()).any(|at| antibodies(at) && is_a_drug(vocabulary, text.words.text(at - 1)))
}

/// A word that ends as the names of drugs do.
fn is_a_drug(vocabulary: &EndpointVocabulary, word: &str) -> bool {
    word.len() >= DRUG && vocabulary.stems.iter().any(|stem| word.ends_with(stem.as_str()))
}

/// Whether the phrases stand within the first words of the text.
fn opens_with(phrases: &PhraseSet, text: &Text<'_>) -> bool {
    phrases.find(&text.numbered).first().is_some_and(|hit| hit.start < OPENING)
}

/// "Proportion of patients achieving a 50% reduction": the share counts, not the scale.
fn share_that_reaches_a_mark(vocabulary: &EndpointVocabulary, measure: &Text<'_>) -> bool {
    // A "responder index" is a scale's name.
    let counts = |share: &&Match| measure.words.text(share.end) != "index";
    let shares = vocabulary.share.find(&measure.numbered);
    let Some(share) = shares.iter().find(counts).copied() else { return false };
    let compared = || measure.words.tokens().folded().text().contains(['≤', '≥', '<', '>', '=']);
    // "Remission rate": the mark right before the share counts too.
    let marks = |mark: &Match| mark.start >= share.start || mark.end == share.start;
    let marked = || vocabulary.mark.find(&measure.numbered).iter().any(marks);
    share.start < OPENING && (compared() || marked())
}
