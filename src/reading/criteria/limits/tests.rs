//! Phrases and what is read out of them (`phrases`), and what must hold of any text.

mod rewordings;

use proptest::prelude::*;
use serde::Deserialize;

use crate::protocol::{Limit, LimitValue};
use crate::reading::criteria::read;

#[derive(Deserialize)]
struct Table {
    phrase: Vec<Phrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    #[serde(rename = "in")]
    inclusion: Option<String>,
    #[serde(rename = "ex")]
    exclusion: Option<String>,
    limits: Vec<String>,
}

fn shown(limit: &Limit) -> String {
    let value = match &limit.value {
        LimitValue::Number(number) => number.to_string(),
        LimitValue::Class(class) => class.clone(),
    };
    let unit = limit.unit.as_deref().unwrap_or("?");
    let mut words = vec![limit.variable.as_str(), &limit.op, &value, unit];
    words.extend(limit.conditional.then_some("if"));
    words.extend(limit.except.then_some("except"));
    words.extend(limit.alternative.then_some("or"));
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// The phrases, by what they are of.
const PHRASES: &[&str] = &[
    include_str!("phrases/ages.toml"),
    include_str!("phrases/person.toml"),
    include_str!("phrases/blood.toml"),
    include_str!("phrases/chemistry.toml"),
    include_str!("phrases/windows.toml"),
    include_str!("phrases/lines.toml"),
    include_str!("phrases/asides.toml"),
    include_str!("phrases/denied.toml"),
    include_str!("phrases/entering.toml"),
    include_str!("phrases/some.toml"),
    include_str!("phrases/none.toml"),
];

fn phrases() -> Vec<Phrase> {
    let table = |text: &&str| toml::from_str::<Table>(text).expect("a sound table").phrase;
    PHRASES.iter().flat_map(table).collect()
}

#[test]
fn phrases_are_read_as_the_table_says() {
    let mut wrong = Vec::new();
    for phrase in phrases() {
        let text = match (&phrase.inclusion, &phrase.exclusion) {
            (Some(words), _) => format!("Inclusion Criteria:\n\n* {words}"),
            (_, Some(words)) => format!("Exclusion Criteria:\n\n* {words}"),
            _ => panic!("a phrase stands under one heading"),
        };
        let found: Vec<String> = read(&text).facts.iter().map(shown).collect();
        if found != phrase.limits {
            wrong.push(format!("{text:?}\n   expected {:?}\n   found    {found:?}", phrase.limits));
        }
    }
    assert!(wrong.is_empty(), "{} phrases:\n{}", wrong.len(), wrong.join("\n"));
}

/// Variables that a person's limits are asked on, as the table of variables names them.
#[test]
fn every_variable_has_phrases() {
    let vocabulary = crate::reading::criteria::vocabulary::Vocabulary::embedded();
    let phrases = phrases();
    for variable in vocabulary.variables().iter().filter(|v| v.by_value.is_empty()) {
        let begins = |limit: &&String| limit.split(' ').next() == Some(variable.name.as_str());
        let count = phrases.iter().filter(|phrase| phrase.limits.iter().any(|l| begins(&l))).count();
        assert!(count >= 3, "{} has {count} phrases", variable.name);
    }
}

#[test]
fn a_limit_shows_the_words_it_was_read_from() {
    let text = "Inclusion Criteria:\n\n* Good blood values: ANC ≥ 1.5×10\\^9/L, platelets ≥ 100×10\\^9/L";
    let words: Vec<_> = read(text).facts.iter().filter_map(|f| f.span.of(text).map(str::to_owned)).collect();
    assert_eq!(words, ["ANC ≥ 1.5×10\\^9/L", "platelets ≥ 100×10\\^9/L"]);
}

#[test]
fn a_washout_names_its_agent() {
    let agent =
        |words: &str| read(&format!("Exclusion Criteria:\n\n* {words}")).facts.pop().and_then(|f| f.agent);
    assert_eq!(agent("Treatment with live vaccines within 30 days").as_deref(), Some("live vaccines"));
    assert_eq!(agent("Recent (within the last 3 months) use of gold salts").as_deref(), Some("gold salts"));
    let required = read(
        "Inclusion Criteria:\n\n* Platelets ≥ 90 x 10^9/L without growth factors within 2 weeks before entry",
    );
    assert_eq!(required.facts.last().and_then(|f| f.agent.as_deref()), Some("growth factors"));
    assert_eq!(
        agent("Patients who have received radiotherapy or chemotherapy within 2 weeks of entry").as_deref(),
        Some("radiotherapy or chemotherapy")
    );
    assert_eq!(
        agent("Within 14 days before entry, infections that needed antibiotics").as_deref(),
        Some("infections that needed antibiotics")
    );
    assert_eq!(
        agent("Systemic steroids (planned, or within the past 2 months)").as_deref(),
        Some("Systemic steroids")
    );
    assert_eq!(
        agent("On a desensitizing vaccine for less than a year, or patients who have used omalizumab within 6 months")
            .as_deref(),
        Some("omalizumab")
    );
}

#[test]
fn a_wrapped_line_is_read_on() {
    let text = "Exclusion Criteria:\n\n  - Any vaccine, whatever it is of and by whomever it was given to the patient, within\n    20 days, or any food with a lot of caffeine in it that was taken in the 30 hours\n    before the first dose";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["washout < 20 day", "washout < 30 hour"]);
    let found: Vec<_> =
        read("Inclusion Criteria:\n\n  - How well the patient is by the scale that all of us use: ECOG 0, 1 or\n    2\n  - Consent").facts.iter().map(shown).collect();
    assert_eq!(found, ["ecog >= 0", "ecog <= 2"]);
}

#[test]
fn what_a_heading_says_of_some_holds_for_its_members() {
    let text = "Exclusion Criteria:\n\n* Participants who receive both drugs have the following additional exclusion criteria:\n\n  * Bleeding within 3 weeks";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["washout < 3 week if"]);
    let text = "Inclusion Criteria:\n\n* Have a BMI\n\n  * ≥ 31 kg/m²\n  * ≥ 28 kg/m² and a further illness\n* Consent";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["bmi >= 31 kg/m2", "bmi >= 28 kg/m2"]);
}

#[test]
fn members_take_over_what_their_item_says() {
    let text = "Inclusion Criteria:\n\n* Hemoglobin:\n\n  * ≥ 13 g/dL\n* For patients with liver metastases:\n\n  * ALT ≤ 5 × ULN\n\nExclusion Criteria:\n\n* Other cancer, except:\n\n  * no evidence of disease for more than 3 years";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["hemoglobin >= 13 g/dL", "alt <= 5 ULN if", "washout > 3 year if except"]);
}

#[test]
fn members_of_what_shuts_out_hold_for_everybody() {
    let text = "Exclusion Criteria:\n\n* Subjects will be excluded if:\n\n  * ALT > 4 × ULN\n\nInclusion Criteria:\n\n* Treatments are stopped for the specified duration:\n\n  * Irradiation: ≥ 5 weeks";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["alt > 4 ULN", "washout >= 5 week"]);
}

#[test]
fn a_heading_that_is_for_some_holds_for_those_only() {
    let text = "Inclusion Criteria:\n\nFor colon cancer:\n\n* No more than 2 prior lines of therapy\n\nFor all patients:\n\n* ECOG 0";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["prior_lines <= 2 if", "ecog = 0"]);
}

#[test]
fn a_heading_about_entering_is_of_everybody() {
    let headings = [
        "For inclusion in the trial, people should fulfil the following criteria:",
        "Patients are eligible to be included in the trial only if they meet all of these:",
        "Inclusion Criteria:\n\n* Sound organs when assessed within 9 days:",
    ];
    for heading in headings {
        let text = format!("{heading}\n\n  * ECOG ≤ 1\n");
        let found: Vec<_> = read(&text).facts.iter().map(shown).collect();
        assert_eq!(found, ["ecog <= 1"], "{heading}");
    }
}

#[test]
fn a_headings_variable_reaches_its_own_items_only() {
    let text = "Inclusion Criteria:\n\nAge\n\n1. Be 19 to 70 years old\n2. People with a biopsy that fulfils both:\n\n   1. A score of NAS ≥ 4 with ≥ 1 in each part";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["age >= 19 year", "age <= 70 year"]);
    let text = "Performance status:\n\n* 0-1\n\nPerformance status:\n\n* A tumour that was measured in at least one site";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["ecog >= 0", "ecog <= 1"]);
}

#[test]
fn a_member_that_asks_for_more_holds_with_that() {
    let text = "Inclusion Criteria:\n\n* Have a BMI\n\n  * ≥ 31 kg/m²,\n  * ≥ 28 kg/m² and presence of a comorbidity\n* Consent";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["bmi >= 31 kg/m2", "bmi >= 28 kg/m2 if"]);
}

#[test]
fn criteria_for_all_are_no_group() {
    let text = "Inclusion criteria for all sub-studies:\n\n* ECOG ≤ 1\n\nInclusion criteria for lymphoma:\n\n* LVEF ≥ 45%\n\nInclusion criteria for sarcoma:\n\n* LVEF ≥ 55%";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["ecog <= 1", "lvef >= 45 % if", "lvef >= 55 % if"]);
}

#[test]
fn a_headings_variable_is_its_items() {
    let text = "Life expectancy:\n\n* At least 3 months\n\nAge:\n\n* 21 and over";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["life_expectancy >= 3 month", "age >= 21 year"]);
}

#[test]
fn headings_of_washouts_and_of_both_groups() {
    let text = "Exclusion Criteria:\n\n* HIV\n\nWashout periods:\n\n* Steroids: 5 weeks\n\nGroup 1:\n\n* BMI > 39\n\nBoth groups:\n\n* BMI > 41";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["washout < 5 week", "bmi > 39 ? if", "bmi > 41 ?"]);
}

#[test]
fn a_group_above_its_sections_makes_conditions() {
    let text = "DISEASE GROUP\n\nInclusion Criteria:\n\n* Age ≥ 19\n\nCONTROL GROUP\n\nInclusion Criteria:\n\n* Age ≥ 29";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["age >= 19 year if", "age >= 29 year if"]);
    let text = "Phase 1 Key Inclusion Criteria\n\n* Age ≥ 19\n\nPhase 2 Key Inclusion Criteria\n\n* Age ≥ 21";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["age >= 19 year", "age >= 21 year"]);
}

#[test]
fn headings_that_part_the_patients_make_conditions() {
    let text = "Lymphoma inclusion criteria:\n\n* ECOG ≤ 2\n\nSolid tumour inclusion criteria:\n\n* ECOG ≤ 1\n\nExclusion criteria:\n\n* LVEF < 50%";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["ecog <= 2 if", "ecog <= 1 if", "lvef < 50 %"]);
}

/// A megabyte; less without optimisation, where a megabyte takes its time.
const LONG: usize = if cfg!(debug_assertions) { 50_000 } else { 1_000_000 };

/// One sign or word a million bytes long: what is quadratic does not come back from it. The time is for the bench.
#[test]
fn adversarial_megabytes_are_read() {
    let lists = [
        "1) ",
        "* a\n",
        "a, ",
        "7 ",
        "((",
        "))",
        "or ",
        "not ",
        "if ",
        "≥ ",
        "< 5 ",
        "AST or ",
        "within 4 weeks or ",
        "except ",
    ];
    for unit in lists {
        let text = format!("Exclusion Criteria:\n* {}", unit.repeat(LONG / unit.len()));
        read(&text);
    }
}

/// Pieces that limits are made of, in any order.
const PIECES: &str = "(ANC|ECOG|age|AST|bilirubin|NYHA|Child-Pugh|≥|<|\\\\>=|at least|no more than|between|to|and|or|except|if|not|no|in|within|past|prior to|since|[0-9]{1,4}|1,5|50\\.000|×|x10\\^9/L|10\\*9/L|ULN|years|weeks|mg/dL|%|class|III|lines|\\(|\\)|,|;|\\.|:|patients|men|é|，|\n| ){0,40}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_read_with_spans_inside_it(words in PIECES) {
        let text = format!("Exclusion Criteria:\n* {words}");
        for fact in read(&text).facts {
            let of = fact.span.of(&text);
            prop_assert!(of.is_some_and(|words| !words.trim().is_empty()), "{:?} in {:?}", fact, text);
        }
    }

    #[test]
    fn no_text_at_all_makes_it_fail(text in any::<String>()) {
        read(&text);
    }
}

#[test]
fn times_before_their_agents_are_washouts_of_a_list() {
    let text = "Inclusion Criteria:\n\n* Minimum wash-out from earlier treatments:\n\n  * 12 weeks for skin irradiation\n  * 4 weeks for antibodies (any)\n* Consent";
    let read = read(text).facts;
    let shown: Vec<_> =
        read.iter().map(|fact| (shown(fact), fact.agent.clone().unwrap_or_default())).collect();
    let expected = [("washout >= 12 week", "skin irradiation"), ("washout >= 4 week", "antibodies")];
    assert_eq!(shown, expected.map(|(limit, agent)| (limit.to_owned(), agent.to_owned())));
}

#[test]
fn what_is_told_whole_in_an_announcing_sentence_is_no_condition_of_its_members() {
    let text = "Inclusion Criteria:\n\n* Blood values of the last 14 days; if they are taken again, they must fit again:\n  * ANC ≥ 1500/µL\n* If liver metastases are present:\n  * ALT ≤ 5 × ULN";
    let shown: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(shown, ["anc >= 1500 /uL", "alt <= 5 ULN if"]);
}

/// A bullet that only names a cohort: what stands under it is of that cohort.
#[test]
fn a_cohorts_name_holds_for_the_bullets_under_it() {
    let text =
        "Inclusion Criteria:\n\n* Age ≥ 18 years\n* Healthy controls\n  * BMI ≥ 20 kg/m2\n* Weight ≥ 50 kg";
    let found: Vec<String> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["age >= 18 year", "bmi >= 20 kg/m2 if", "weight >= 50 kg"]);
}

#[test]
fn a_letter_that_counts_the_next_item_is_no_unit() {
    let text =
        "Inclusion Criteria:\n\na. consent\nb. age > 19\nc. BMI ≥ 21\nd. ECOG of 0 to 1\nf. LVEF above 44%";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["age > 19 year", "bmi >= 21 ?", "ecog >= 0", "ecog <= 1", "lvef > 44 %"]);
}

#[test]
fn what_a_washout_falls_short_of_is_listed() {
    let text = "Exclusion Criteria:\n\n* An inadequate washout before Cycle 1 Day 1, defined as:\n\n  * Whole brain irradiation < 16 days or stereotactic irradiation < 8 days\n  * Hormones < 22 days";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["washout < 16 day", "washout < 8 day", "washout < 22 day"]);
}

#[test]
fn members_of_those_who_meet_them_too_hold_for_some() {
    let text = "Exclusion Criteria:\n\n* Patients who had a thrombosis and who meet any of the following:\n\n  * Bleeding in the last 25 days";
    let found: Vec<_> = read(text).facts.iter().map(shown).collect();
    assert_eq!(found, ["washout < 25 day if"]);
}
