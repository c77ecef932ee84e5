//! Lists that run on in a line, and lines that were wrapped.

use super::*;

#[test]
fn lists_that_run_on_in_a_line_are_taken_apart() {
    check(
        "Inclusion Criteria: 1) adults 2) ECOG 0 or 1 3) consent Exclusion Criteria: 1) pregnancy; 2) dialysis",
        &[
            "in # Inclusion Criteria:",
            "in - [1] adults",
            "in - [2] ECOG 0 or 1",
            "in - [3] consent",
            "ex # Exclusion Criteria:",
            "ex - [1] pregnancy;",
            "ex - [2] dialysis",
        ],
    );
    check(
        "Exclusion Criteria:\n\n* Any of these:\n\n  a. Earlier antibody. b. Earlier vaccine. c. Seizures.\n* Pregnancy",
        &[
            "ex # Exclusion Criteria:",
            "ex - Any of these:",
            "ex   - [a] Earlier antibody.",
            "ex   - [b] Earlier vaccine.",
            "ex   - [c] Seizures.",
            "ex - Pregnancy",
        ],
    );
}

#[test]
fn the_outer_list_goes_on_where_a_line_runs_into_it() {
    check(
        "Inclusion Criteria:\n\n1. Cancer. 2. Blood values:\n\n1. Platelets enough\n2. No anaemia 3. Consent given\n\n4. Adults",
        &[
            "in # Inclusion Criteria:",
            "in - [1] Cancer.",
            "in - [2] Blood values:",
            "in   - [1] Platelets enough",
            "in   - [2] No anaemia",
            "in   - [3] Consent given",
            "in   - [4] Adults",
        ],
    );
}

#[test]
fn a_number_at_a_sentence_end_is_no_item() {
    check(
        "Inclusion Criteria:\n\n1. Toxicity below grade 2. Neuropathy may stay.\n2. ECOG (0 or 1) Adults",
        &[
            "in # Inclusion Criteria:",
            "in - [1] Toxicity below grade 2. Neuropathy may stay.",
            "in - [2] ECOG (0 or 1) Adults",
        ],
    );
}

#[test]
fn a_text_without_marks_is_split_by_its_lines() {
    check(
        "Inclusion Criteria:\n\nAdults with asthma\n\nConsent given",
        &["in # Inclusion Criteria:", "in - Adults with asthma", "in - Consent given"],
    );
    check("Adults with asthma", &["?? - Adults with asthma"]);
    check("", &[""]);
}

#[test]
fn wrapped_lines_are_put_together() {
    let text = "Inclusion Criteria:\n\n  - Adults who have been treated for their asthma with an inhaler for a\n    year or longer, and are willing to go on with it until the last visit\n    of the trial\n  - Consent";
    let criteria = split(text);
    assert_covered(text, &criteria);
    assert_eq!(count(&criteria), (2, 0));
    assert_eq!(split(&text.replace('\n', "\r\n")).len(), criteria.len());
}

#[test]
fn wrapped_lines_with_signs_are_put_together() {
    let long =
        "   1. Platelets ≥ 90 × 10^9/L, neutrophils ≥ 1.2 × 10^9/L, creatinine ≤ 150 µmol/L and bilirubin";
    assert!(long.len() > 100 && long.chars().count() < 100);
    let text = format!("Inclusion Criteria:\n\n{long}\n      ≤ 25 µmol/L\n\n   2. Consent");
    let criteria = split(&text);
    assert_covered(&text, &criteria);
    assert_eq!(count(&criteria), (2, 0));
    assert_eq!(criteria.len(), 3);
}

#[test]
fn a_list_within_a_line_ends_where_the_next_line_goes_on() {
    let text = "Exclusion Criteria:\n\n1. Any of these: 1. one treatment; 2. another one\n2. Pregnancy\n3. Infection";
    let criteria = split(text);
    assert_eq!(count(&criteria), (0, 3));
    assert_eq!(criteria.iter().filter(|c| c.depth == 1).count(), 2);
}

#[test]
fn a_heading_behind_a_line_of_the_full_width_is_not_joined_to_it() {
    check(
        "Inclusion Criteria:\n* Age 18\n* ALT ≤ 2.5 x ULN (≤ 5 x ULN if liver metastases)\nExclusion Criteria:\n* Major surgery",
        &[
            "in # Inclusion Criteria:",
            "in - Age 18",
            "in - ALT ≤ 2.5 x ULN (≤ 5 x ULN if liver metastases)",
            "ex # Exclusion Criteria:",
            "ex - Major surgery",
        ],
    );
}

#[test]
fn circled_numbers_whose_first_became_bullets_are_their_sisters() {
    check(
        "Inclusion Criteria:\n\n* A tumour that was biopsied;\n* Age 19 to 71; ③ ECOG 0 or 1; ④ Sound kidneys.",
        &[
            "in # Inclusion Criteria:",
            "in - A tumour that was biopsied;",
            "in - Age 19 to 71;",
            "in - [③] ECOG 0 or 1;",
            "in - [④] Sound kidneys.",
        ],
    );
}
