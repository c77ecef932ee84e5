//! What the splitter makes of each way of writing a list.

mod layout;
mod members;
mod running;

use proptest::prelude::*;

use super::*;

/// One line a heading or item: section, depth as indentation, number, text.
fn shown(text: &str) -> String {
    let criteria = split(text);
    assert_covered(text, &criteria);
    let lines = criteria.iter().map(|c| {
        let section = match c.section {
            Some(Section::Inclusion) => "in",
            Some(Section::Exclusion) => "ex",
            None => "??",
        };
        let role = if c.role == CriterionRole::Heading { "#" } else { "-" };
        let number = c.number.as_deref().map(|n| format!("[{n}] ")).unwrap_or_default();
        format!("{section} {}{role} {number}{}", "  ".repeat(c.depth), c.text)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The spans rise, stand on character boundaries and leave nothing but white space between them.
fn assert_covered(text: &str, criteria: &[Criterion]) {
    let mut at = 0;
    for c in criteria {
        let gap = text.get(at..c.span.start).expect("spans rise, on character boundaries");
        assert!(gap.trim().is_empty(), "lost: {gap:?} in {text:?}");
        let own = text.get(c.span.range()).expect("on character boundaries");
        assert!(!own.is_empty(), "empty span in {text:?}");
        at = c.span.end;
    }
    let gap = text.get(at..).expect("inside the text");
    assert!(gap.trim().is_empty(), "lost at the end: {gap:?} in {text:?}");
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected.join("\n"), "{text}");
}

#[test]
fn markdown_bullets_nest_by_indentation() {
    check(
        "Inclusion Criteria:\n\n* Adults\n* Good organ function:\n\n  * liver\n  * kidney\n* Consent\n\nExclusion Criteria:\n\n* Pregnancy",
        &[
            "in # Inclusion Criteria:",
            "in - Adults",
            "in - Good organ function:",
            "in   - liver",
            "in   - kidney",
            "in - Consent",
            "ex # Exclusion Criteria:",
            "ex - Pregnancy",
        ],
    );
}

#[test]
fn what_must_not_be_met_shuts_out() {
    check(
        "Exclusion Criteria:\n\nTo be eligible, patients should not meet any of these criteria:\n\n* Pregnancy",
        &[
            "ex # Exclusion Criteria:",
            "ex # To be eligible, patients should not meet any of these criteria:",
            "ex - Pregnancy",
        ],
    );
}

#[test]
fn a_sentence_behind_a_heading_without_a_colon_is_an_item() {
    check(
        "Inclusion criteria\n\n1. Adults\n\nExclusion criteria Patients with late reactions after a meal of many courses",
        &[
            "in # Inclusion criteria",
            "in - [1] Adults",
            "ex # Exclusion criteria",
            "ex - Patients with late reactions after a meal of many courses",
        ],
    );
}

#[test]
fn what_is_not_specified_is_no_item() {
    check(
        "PATIENT CHARACTERISTICS:\n\nAGE: 18 and over.\n\nMENTAL STATUS: Not specified.\n\nRENAL: Not specified.",
        &[
            "?? # PATIENT CHARACTERISTICS:",
            "?? # AGE:",
            "?? - 18 and over.",
            "?? # MENTAL STATUS: Not specified.",
            "?? # RENAL:",
            "?? # Not specified.",
        ],
    );
}

#[test]
fn a_list_goes_on_with_another_punctuation() {
    check(
        "Exclusion Criteria:\n\n1. Allergy,\n2. Obesity, 3) inability to answer and\n\n4) pregnancy",
        &[
            "ex # Exclusion Criteria:",
            "ex - [1] Allergy,",
            "ex - [2] Obesity,",
            "ex - [3] inability to answer and",
            "ex - [4] pregnancy",
        ],
    );
}

#[test]
fn a_list_within_ends_where_the_outer_one_goes_on() {
    check(
        "Inclusion Criteria:\n\n1. Adults\n2. Cancer, fulfilling one of the following:\n\n   1. stage II\n   2. stage III\n3. Fit for surgery\n4. Consent",
        &[
            "in # Inclusion Criteria:",
            "in - [1] Adults",
            "in - [2] Cancer, fulfilling one of the following:",
            "in   - [1] stage II",
            "in   - [2] stage III",
            "in - [3] Fit for surgery",
            "in - [4] Consent",
        ],
    );
}

#[test]
fn a_sentence_about_all_criteria_heads_them() {
    check(
        "Exclusion Criteria: People who meet any of the following criteria will be left out\n\n1. Pregnancy\n2. Allergy",
        &[
            "ex # Exclusion Criteria:",
            "ex # People who meet any of the following criteria will be left out",
            "ex - [1] Pregnancy",
            "ex - [2] Allergy",
        ],
    );
    check(
        "Exclusion Criteria:\n\n* Patients who meet any of these criteria are not eligible\n\n  * Pregnancy\n  * Allergy\n* Age over 80",
        &[
            "ex # Exclusion Criteria:",
            "ex # Patients who meet any of these criteria are not eligible",
            "ex - Pregnancy",
            "ex - Allergy",
            "ex - Age over 80",
        ],
    );
}

#[test]
fn a_list_goes_on_behind_lost_numbers() {
    check(
        "Inclusion Criteria:\n\n* Adults; 3. Able to read; 4. Able to walk; 5. Able to consent",
        &[
            "in # Inclusion Criteria:",
            "in - Adults;",
            "in - [3] Able to read;",
            "in - [4] Able to walk;",
            "in - [5] Able to consent",
        ],
    );
}

#[test]
fn what_is_allowed_belongs_to_the_item_before() {
    check(
        "Exclusion Criteria:\n\n* Any earlier immunotherapy\n\nTreatment with one chemotherapy will be allowed.\n\n* Allergy",
        &[
            "ex # Exclusion Criteria:",
            "ex - Any earlier immunotherapy",
            "ex   - Treatment with one chemotherapy will be allowed.",
            "ex - Allergy",
        ],
    );
}

#[test]
fn inclusion_in_another_trial_is_a_criterion() {
    check(
        "Exclusion Criteria:\n\n* Inclusion in another trial\n* Allergy",
        &["ex # Exclusion Criteria:", "ex - Inclusion in another trial", "ex - Allergy"],
    );
}

#[test]
fn numbers_of_any_writing_are_kept_as_written() {
    for (text, numbers) in [
        ("Inclusion Criteria:\n1. one\n2. two", "1 2"),
        ("Inclusion Criteria:\n1\\) one\n2\\) two", "1 2"),
        ("Inclusion Criteria:\n* (1) one\n* (2) two", "1 2"),
        ("Inclusion Criteria:\n* 1\\. one\n* 2\\. two", "1 2"),
        ("Inclusion Criteria:\n1、one\n2、two", "1 2"),
        ("Inclusion Criteria:\n①one；\n②two", "① ②"),
        ("Inclusion Criteria:\nI. one\nII. two\nIII. three", "I II III"),
        ("Inclusion Criteria:\na) one\nb) two", "a b"),
        ("Inclusion Criteria:\n1 one\n2 two", "1 2"),
        ("Inclusion Criteria:\n1- one\n2- two", "1 2"),
        ("Inclusion Criteria:\n1.1 one\n1.2 two", "1.1 1.2"),
        ("入选标准：\n一、one\n二、two", "一 二"),
    ] {
        let criteria = split(text);
        assert_covered(text, &criteria);
        let found: Vec<_> = criteria.iter().filter_map(|c| c.number.as_deref()).collect();
        assert_eq!(found.join(" "), numbers, "{text}");
        assert_eq!(count(&criteria).0, found.len(), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_number_stays_in_the_text() {
    check(
        "Inclusion Criteria:\n\n* 12-lead ECG without findings\n* 18 years or older\n* E. coli in the stool\n* 6-26 years",
        &[
            "in # Inclusion Criteria:",
            "in - 12-lead ECG without findings",
            "in - 18 years or older",
            "in - E. coli in the stool",
            "in - 6-26 years",
        ],
    );
}

#[test]
fn sisters_that_broken_markup_puts_below_the_first_are_raised() {
    check(
        "Inclusion Criteria:\n\n* • Tumour proven\n\n  * Consent signed\n  * Adults",
        &["in # Inclusion Criteria:", "in - Tumour proven", "in - Consent signed", "in - Adults"],
    );
}

#[test]
fn lower_case_bullets_after_a_colon_are_members() {
    check(
        "Inclusion Criteria:\n\n* Earlier treatments:\n* colon cancer: two\n* melanoma: one\n* Measurable disease",
        &[
            "in # Inclusion Criteria:",
            "in - Earlier treatments:",
            "in   - colon cancer: two",
            "in   - melanoma: one",
            "in - Measurable disease",
        ],
    );
}

#[test]
fn a_paragraph_behind_a_list_is_an_item_or_a_note() {
    check(
        "Exclusion Criteria:\n\n* Pregnancy\n* Dialysis\n\nFor the second part: an earlier antibody.\n\nNote: more may apply.",
        &[
            "ex # Exclusion Criteria:",
            "ex - Pregnancy",
            "ex - Dialysis",
            "ex - For the second part: an earlier antibody.",
            "ex - Note: more may apply.",
        ],
    );
    check(
        "Exclusion Criteria:\n\n* FVC below half\n\nFVC: forced vital capacity, measured in a chair, before noon.\n\n* Dialysis",
        &[
            "ex # Exclusion Criteria:",
            "ex - FVC below half",
            "ex   - FVC: forced vital capacity, measured in a chair, before noon.",
            "ex - Dialysis",
        ],
    );
}

#[test]
fn groups_have_headings_of_their_own() {
    check(
        "Key Inclusion Criteria:\n\nCohort A\n\n* Lung cancer\n\nCohort B:\n\n* Liver cancer\n\nExclusion criteria for all cohorts\n\n1. Pregnancy",
        &[
            "in # Key Inclusion Criteria:",
            "in # Cohort A",
            "in - Lung cancer",
            "in # Cohort B:",
            "in - Liver cancer",
            "ex # Exclusion criteria for all cohorts",
            "ex - [1] Pregnancy",
        ],
    );
}

#[test]
fn sentences_may_be_headings_and_mentions_are_none() {
    check(
        "To be eligible, patients must:\n\n1. be adults\n\nPatients with any of these will be excluded:\n\n1. Not fulfilling inclusion criteria\n2. Pregnancy",
        &[
            "in # To be eligible, patients must:",
            "in - [1] be adults",
            "ex # Patients with any of these will be excluded:",
            "ex - [1] Not fulfilling inclusion criteria",
            "ex - [2] Pregnancy",
        ],
    );
    check(
        "Criteria for non-inclusion:\n\n* Dialysis\n\nOther protocol-defined inclusion/exclusion criteria may apply.",
        &[
            "ex # Criteria for non-inclusion:",
            "ex - Dialysis",
            "ex   - Other protocol-defined inclusion/exclusion criteria may apply.",
        ],
    );
}

#[test]
fn the_old_layout_names_no_section() {
    check(
        "DISEASE CHARACTERISTICS:\n\n* Proven tumour\n\nPATIENT CHARACTERISTICS:\n\nAge:\n\n* 18 and over\n\nRenal:\n\n* Creatinine normal",
        &[
            "?? # DISEASE CHARACTERISTICS:",
            "?? - Proven tumour",
            "?? # PATIENT CHARACTERISTICS:",
            "?? # Age:",
            "?? - 18 and over",
            "?? # Renal:",
            "?? - Creatinine normal",
        ],
    );
}

/// Signs of several bytes make no line longer than it looks.
#[test]
fn a_foreword_is_no_criterion() {
    let text = "More about these trials: visit www.example.org\n\nInclusion Criteria:\n\n* Adults\n* Consent\n\nExclusion Criteria:\n\n* Exclusion criteria in accordance with the label of the product";
    assert_eq!(count(&split(text)), (2, 1));
}

#[test]
fn empty_bullets_and_rulers_are_kept_with_their_neighbours() {
    check("Inclusion Criteria:\n\n* \n* Adults\n\n---\n", &["in # Inclusion Criteria:", "in - Adults"]);
    check("***", &["?? - ***"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_lost(text in "(?s)([*•-]? ?(1|2|a|b|ii|①|一)?[.)、]? ?(Inclusion|Exclusion|criteria|age|≥18|é|，|:|\\\\\\.|\\(|\\)|\r|\n|  ){1,4}){0,14}") {
        assert_covered(&text, &split(&text));
    }

    #[test]
    fn nothing_is_lost_of_any_text(text in any::<String>()) {
        assert_covered(&text, &split(&text));
    }
}

#[test]
fn numbers_that_go_on_behind_bullets_are_items() {
    let text = "Inclusion Criteria:\n\n* Consent\n* ECOG 0 or 1 3. Blood for the assay is at hand 4. No steroids\n* Able to walk";
    let shown: Vec<String> =
        split(text).into_iter().filter(|c| c.role == CriterionRole::Item).map(|c| c.text).collect();
    assert_eq!(
        shown,
        ["Consent", "ECOG 0 or 1", "Blood for the assay is at hand", "No steroids", "Able to walk"]
    );
}

#[test]
fn a_heading_at_a_bullets_end_needs_no_colon() {
    let text = "Inclusion Criteria:\n\n* Able to walk\n* At least 3 weeks since surgery. Exclusion Criteria\n* Pregnancy\n* Infection";
    let criteria = split(text);
    let sections: Vec<_> = criteria
        .iter()
        .filter(|c| c.role == CriterionRole::Item)
        .map(|c| (c.text.as_str(), c.section == Some(Section::Exclusion)))
        .collect();
    assert_eq!(
        sections,
        [
            ("Able to walk", false),
            ("At least 3 weeks since surgery.", false),
            ("Pregnancy", true),
            ("Infection", true)
        ]
    );
}

#[test]
fn bullets_that_are_a_limit_each_belong_to_the_one_that_announces_them() {
    check(
        "Inclusion Criteria:\n\n* Consent\n* Adequate organ function, including:\n* INR ≤ 1.5\n* Platelets ≥ 80,000\n* Able to swallow tablets",
        &[
            "in # Inclusion Criteria:",
            "in - Consent",
            "in - Adequate organ function, including:",
            "in   - INR ≤ 1.5",
            "in   - Platelets ≥ 80,000",
            "in - Able to swallow tablets",
        ],
    );
    let one = split("Inclusion Criteria:\n\n* Consent to the following:\n* Age ≥ 18 years\n* Able to walk");
    assert_eq!(count(&one), (3, 0));
}
