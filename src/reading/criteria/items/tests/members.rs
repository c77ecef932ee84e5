//! Members that the markup puts beside the item that announces them, and numbers that go on.

use super::*;

/// How many items stand under inclusion.
fn included(list: &str) -> usize {
    let text = format!("Inclusion Criteria:\n\n{list}");
    let criteria = split(&text);
    assert_covered(&text, &criteria);
    count(&criteria).0
}

#[test]
fn a_flat_list_ends_before_a_criterion_that_stands_by_itself() {
    for (list, items) in [
        // Consent stands by itself.
        (
            "* Reader of German\n* Asthma, defined as one of the following:\n* Wheeze at night\n* A positive challenge\n* Reversible narrowing\n* Signed informed consent",
            3,
        ),
        (
            "* Planned for one of these kinds of surgery, including:\n* Hip\n* Knee\n* Written informed consent\n* Age 18 or more",
            3,
        ),
        // Nothing but members up to the end.
        (
            "* Reader of German\n* Raised IgE and two of the following features:\n* Cough\n* Wheeze\n* Fever",
            2,
        ),
        // "one; two; three." among items that end in stops.
        (
            "* Reads German.\n* Heart disease, any of the following:\n* stroke;\n* embolism; or\n* angina.\n* Walks alone.\n* Lives near.\n* Has a telephone.\n* Owns a bed.",
            6,
        ),
        // What is announced may be a criterion of its own.
        ("* Consent to the following:\n* Age ≥ 18 years\n* Able to walk", 3),
        ("* Willing to:\n* Come back for visits\n* Give consent", 3),
        // Too long a list with nothing to end it.
        ("* Any of the following:\n* Bite\n* Burn\n* Cut\n* Fall\n* Graze\n* Scald\n* Sting", 8),
        // A part of the patients.
        ("* Patients:\n* Chronic hives\n* Healthy volunteers:\n* Matched for sex\n* Matched for age", 2),
        ("* Reads German\n* Part 2 (head and neck):\n* No earlier drug\n* No earlier radiation", 2),
        // Values under the name of an organ's function.
        (
            "* Reads German\n* Liver function (within 7 days):\n* Bilirubin ≤ 1.5 × ULN\n* Kidney function (within 7 days):\n* Creatinine ≤ 1.5 × ULN or clearance ≥ 50 mL/min\n* Consent",
            4,
        ),
        // Contraception.
        (
            "* Women of childbearing age:\n* Not pregnant by a test\n* Not breastfeeding\n* Fit for apheresis",
            2,
        ),
        // Who is let in all the same.
        (
            "* No brain metastases, with the following exceptions:\n* Treated ones are allowed\n* Fit for surgery",
            2,
        ),
    ] {
        assert_eq!(included(list), items, "{list}");
    }
}

#[test]
fn what_or_begins_with_belongs_to_the_item_before() {
    assert_eq!(included("* EITHER a positive challenge\n* OR a specific IgE above 15\n* Consent"), 2);
    assert_eq!(included("* Oral steroids\n* Oranges\n* Consent"), 3);
}

#[test]
fn a_sentence_about_all_bullets_beside_it_heads_them() {
    check(
        "Exclusion Criteria:\n\n* People who meet any of these criteria are not eligible:\n* Asthma\n* Another trial",
        &[
            "ex # Exclusion Criteria:",
            "ex # People who meet any of these criteria are not eligible:",
            "ex - Asthma",
            "ex - Another trial",
        ],
    );
}

#[test]
fn numbers_go_on_over_a_gap_and_in_another_writing() {
    check(
        "Exclusion Criteria:\n\n1. Asthma\n2. Hives\n3. Eczema\n\n5) Sleepwalking; 6) Dementia",
        &[
            "ex # Exclusion Criteria:",
            "ex - [1] Asthma",
            "ex - [2] Hives",
            "ex - [3] Eczema",
            "ex - [5] Sleepwalking;",
            "ex - [6] Dementia",
        ],
    );
    check(
        "Inclusion Criteria:\n\n1. Adults\n2. Pain in the hand as told 3) Pain of 4 or more\n\n4) Opioids 5) A telephone",
        &[
            "in # Inclusion Criteria:",
            "in - [1] Adults",
            "in - [2] Pain in the hand as told",
            "in - [3] Pain of 4 or more",
            "in - [4] Opioids",
            "in - [5] A telephone",
        ],
    );
    // Its number says what it is, whatever letter it begins with.
    check(
        "Inclusion Criteria:\n\n1. Any of the following:\n\n   Phase A: one drug\n2. lesions that can be measured\n3. Consent",
        &[
            "in # Inclusion Criteria:",
            "in - [1] Any of the following:",
            "in   - Phase A: one drug",
            "in - [2] lesions that can be measured",
            "in - [3] Consent",
        ],
    );
}

#[test]
fn roman_numbers_run_on_in_a_line() {
    check(
        "Exclusion Criteria:\n\nI. Smoking. II. Lung disease III. No consent IV. Infarction V. Oxygen at home",
        &[
            "ex # Exclusion Criteria:",
            "ex - [I] Smoking.",
            "ex - [II] Lung disease",
            "ex - [III] No consent",
            "ex - [IV] Infarction",
            "ex - [V] Oxygen at home",
        ],
    );
    check(
        "Exclusion Criteria:\n\n1. Asthma, defined as: i. wheeze; ii. cough\n2. Hives",
        &[
            "ex # Exclusion Criteria:",
            "ex - [1] Asthma, defined as:",
            "ex   - [i] wheeze;",
            "ex   - [ii] cough",
            "ex - [2] Hives",
        ],
    );
}

#[test]
fn an_abbreviation_is_no_letter_of_a_list() {
    check(
        "Inclusion Criteria:\n\n* Reads English\n* U.S. resident\n* Adult",
        &["in # Inclusion Criteria:", "in - Reads English", "in - U.S. resident", "in - Adult"],
    );
}

#[test]
fn a_section_in_one_run_is_taken_apart_at_its_semicolons() {
    check(
        "Inclusion Criteria:\n\nAdults with asthma; readers of German (one of two: A; B); owners of a telephone.\n\nExclusion Criteria:\n\n* Pregnancy; infection",
        &[
            "in # Inclusion Criteria:",
            "in - Adults with asthma;",
            "in - readers of German (one of two: A; B);",
            "in - owners of a telephone.",
            "ex # Exclusion Criteria:",
            "ex - Pregnancy; infection",
        ],
    );
    // One of several items stays whole.
    assert_eq!(included("* Liver values; kidney values; blood values\n* Adults"), 2);
}

#[test]
fn a_part_of_the_trial_is_a_heading_though_its_letters_went_on() {
    check(
        "Inclusion Criteria:\n\nFor Part 1 of the trial:\n\nA. Breast cancer\nB. Adults\n\nFor Part 2 of the trial:\n\nA. Ovarian cancer\nB. Adults\nC. Consent",
        &[
            "in # Inclusion Criteria:",
            "in # For Part 1 of the trial:",
            "in - [A] Breast cancer",
            "in - [B] Adults",
            "in # For Part 2 of the trial:",
            "in - [A] Ovarian cancer",
            "in - [B] Adults",
            "in - [C] Consent",
        ],
    );
}

#[test]
fn a_limit_in_a_line_of_its_own_is_no_heading() {
    check(
        "Exclusion Criteria:\n\n* Asthma\n\nQTc ≥ 480 ms on two days\n\n* Hives\n* Eczema",
        &[
            "ex # Exclusion Criteria:",
            "ex - Asthma",
            "ex - QTc ≥ 480 ms on two days",
            "ex - Hives",
            "ex - Eczema",
        ],
    );
}

#[test]
fn rows_of_a_registers_form_are_no_criteria() {
    let text = "Inclusion criteria: \n1. Adults.\n\nAre the trial subjects under 18? no\nNumber of subjects for this age range: \nF.1.2 Adults (18-64 years) yes\nF.1.2.1 Number of subjects for this age range 20\nF.1.3 Elderly (>=65 years) yes\n\nExclusion criteria: \nPregnancy";
    let criteria = split(text);
    assert_covered(text, &criteria);
    assert_eq!(count(&criteria), (1, 1));
    assert!(crate::reading::criteria::read(text).facts.is_empty());
}

#[test]
fn a_paragraph_between_two_numbers_belongs_to_the_first() {
    check(
        "Inclusion Criteria:\n\n1. Severe disease.\n\nSevere disease meets any of these:\n\na) breathlessness\n\nb) low oxygen\n\n2. Consent",
        &[
            "in # Inclusion Criteria:",
            "in - [1] Severe disease.",
            "in   - Severe disease meets any of these:",
            "in     - [a] breathlessness",
            "in     - [b] low oxygen",
            "in - [2] Consent",
        ],
    );
    // A list that begins anew is another.
    assert_eq!(
        included(
            "1. Household\n2. Telephone\n\nStudy participants\n\n1. Adults\n2. Negative test\n3. Consent"
        ),
        5
    );
}

#[test]
fn a_length_of_time_is_no_number_of_a_list() {
    check(
        "Inclusion Criteria:\n\n* Time since the last drug:\n\n  * 4 weeks for antibodies\n  * 3 weeks for radiation\n* Consent",
        &[
            "in # Inclusion Criteria:",
            "in - Time since the last drug:",
            "in   - 4 weeks for antibodies",
            "in   - 3 weeks for radiation",
            "in - Consent",
        ],
    );
}

#[test]
fn a_list_goes_on_without_a_blank_behind_its_mark() {
    assert_eq!(included("1. Adults; 2.tumor patients; 3.readers of German"), 3);
    assert_eq!(
        included("1. Values as follows:\n\n   a.Platelets ≥ 80; b.Haemoglobin ≥ 90\n2. Grade 2.patients"),
        2
    );
}

#[test]
fn a_sentence_that_disqualifies_opens_an_exclusion_section() {
    let text = "Participants must meet all of these to be included:\n\n1. Adults\n2. Consent\n\nParticipants who meet any of these will be disqualified from entering the study:\n\n1. Asthma\n2. Hives\n3. Eczema";
    assert_eq!(count(&split(text)), (2, 3));
}
