//! Lists whose sense and whose layout differ: joined members, labels with bullets, texts indented as a whole.

use super::check;

#[test]
fn what_or_joins_under_a_colon_are_its_members() {
    check(
        "Inclusion Criteria:\n\n* Poorly controlled disease (one or more of the following:\n* A score of 19 or less, or\n* Rescue drug more than twice a week, or\n* Hospital stay in the past months\n* Consent",
        &[
            "in # Inclusion Criteria:",
            "in - Poorly controlled disease (one or more of the following:",
            "in   - A score of 19 or less, or",
            "in   - Rescue drug more than twice a week, or",
            "in   - Hospital stay in the past months",
            "in - Consent",
        ],
    );
    // A colon alone joins nothing.
    check(
        "Inclusion Criteria:\n\n* Willing to:\n* Come back for visits\n* Give consent",
        &["in # Inclusion Criteria:", "in - Willing to:", "in - Come back for visits", "in - Give consent"],
    );
}

#[test]
fn labels_in_capitals_with_bullets_are_headings() {
    check(
        "Inclusion Criteria:\n\n* SMOKING CRITERIA:\n* One cigarette a day\n* ACCESS CRITERIA:\n* A telephone\n* A mail account",
        &[
            "in # Inclusion Criteria:",
            "in # SMOKING CRITERIA:",
            "in - One cigarette a day",
            "in # ACCESS CRITERIA:",
            "in - A telephone",
            "in - A mail account",
        ],
    );
    // One alone may be a criterion with members.
    check(
        "Inclusion Criteria:\n\n* SOUND ORGANS:\n* A telephone",
        &["in # Inclusion Criteria:", "in - SOUND ORGANS:", "in - A telephone"],
    );
}

#[test]
fn a_text_that_is_indented_as_a_whole_is_read_as_one_that_is_not() {
    check(
        "\n        PATIENT CHARACTERISTICS:\n\n        Age\n\n          -  18 and over\n\n        Life expectancy\n\n          -  Not specified\n\n        Renal\n\n          -  Sound kidneys",
        &[
            "?? # PATIENT CHARACTERISTICS:",
            "?? # Age",
            "?? - 18 and over",
            "?? # Life expectancy",
            "?? - Not specified",
            "?? # Renal",
            "?? - Sound kidneys",
        ],
    );
}

#[test]
fn a_sentence_that_points_to_criteria_by_number_is_their_heading() {
    check(
        "Exclusion Criteria:\n\nPatients who meet any of the following criteria are excluded. Criteria (3) and (4) are looked at later.\n\n1. Surgery\n2. A narrow stomach",
        &[
            "ex # Exclusion Criteria:",
            "ex # Patients who meet any of the following criteria are excluded. Criteria (3) and (4) are looked at later.",
            "ex - [1] Surgery",
            "ex - [2] A narrow stomach",
        ],
    );
}

#[test]
fn the_first_of_a_numbered_list_heads_its_own_bullets_only() {
    check(
        "Exclusion Criteria:\n\n1. Excluded if any of the following is found:\n\n   * One mutation\n   * Another mutation\n2. Pregnancy",
        &[
            "ex # Exclusion Criteria:",
            "ex - [1] Excluded if any of the following is found:",
            "ex   - One mutation",
            "ex   - Another mutation",
            "ex - [2] Pregnancy",
        ],
    );
}

#[test]
fn a_limit_in_capitals_is_no_heading() {
    check(
        "Inclusion Criteria\n\nAge ≥ 18\nConsent\nECOG 0-1\n\nExclusion Criteria\n\nPregnancy",
        &[
            "in # Inclusion Criteria",
            "in - Age ≥ 18",
            "in - Consent",
            "in - ECOG 0-1",
            "ex # Exclusion Criteria",
            "ex - Pregnancy",
        ],
    );
}

#[test]
fn a_sentence_before_the_second_heading_is_a_criterion() {
    check(
        "Inclusion Criteria: Adults who consent. Exclusion Criteria: Pregnancy.",
        &[
            "in # Inclusion Criteria:",
            "in - Adults who consent.",
            "ex # Exclusion Criteria:",
            "ex - Pregnancy.",
        ],
    );
}

#[test]
fn who_may_not_enter_is_the_heading_of_lines() {
    check(
        "Exclusion Criteria:\n\nParticipants may not enter the trial if ANY of the following apply:\n\nSciatica\n\nPregnancy",
        &[
            "ex # Exclusion Criteria:",
            "ex # Participants may not enter the trial if ANY of the following apply:",
            "ex - Sciatica",
            "ex - Pregnancy",
        ],
    );
    check(
        "Inclusion Criteria:\n\nParticipants with one of the following cancers:\n\nMelanoma\n\nSarcoma",
        &[
            "in # Inclusion Criteria:",
            "in - Participants with one of the following cancers:",
            "in - Melanoma",
            "in - Sarcoma",
        ],
    );
}

#[test]
fn lines_that_all_begin_with_a_capital_are_a_list() {
    check(
        "Exclusion Criteria:\n\nA history of bowel disease or of surgery of the stomach, or trouble swallowing tablets\nAny second cancer\nPregnancy",
        &[
            "ex # Exclusion Criteria:",
            "ex - A history of bowel disease or of surgery of the stomach, or trouble swallowing tablets",
            "ex - Any second cancer",
            "ex - Pregnancy",
        ],
    );
    // One line that goes on in small letters shows that they were wrapped.
    check(
        "Exclusion Criteria:\n\nA history of bowel disease or of surgery of the stomach,\nor trouble swallowing tablets of any size, and any other\nCancer",
        &[
            "ex # Exclusion Criteria:",
            "ex - A history of bowel disease or of surgery of the stomach,\nor trouble swallowing tablets of any size, and any other\nCancer",
        ],
    );
}

#[test]
fn a_staircase_is_a_list() {
    check(
        "Inclusion Criteria:\n\n* A tumour that was biopsied;\n\n  * Consent;\n\n    * ECOG 0 or 1;\n\n      * Sound kidneys.",
        &[
            "in # Inclusion Criteria:",
            "in - A tumour that was biopsied;",
            "in - Consent;",
            "in - ECOG 0 or 1;",
            "in - Sound kidneys.",
        ],
    );
    // What announces its members keeps them.
    check(
        "Inclusion Criteria:\n\n* Sound organs:\n\n  * Liver, which is:\n\n    * ALT ≤ 3 × ULN",
        &[
            "in # Inclusion Criteria:",
            "in - Sound organs:",
            "in   - Liver, which is:",
            "in     - ALT ≤ 3 × ULN",
        ],
    );
}

#[test]
fn a_name_right_under_a_part_heads_its_bullets() {
    check(
        "PATIENT CHARACTERISTICS:\nAge\n  * 18 to 60\n\nPerformance status\n  * Karnofsky 70-100%",
        &[
            "?? # PATIENT CHARACTERISTICS:",
            "?? # Age",
            "?? - 18 to 60",
            "?? # Performance status",
            "?? - Karnofsky 70-100%",
        ],
    );
}
