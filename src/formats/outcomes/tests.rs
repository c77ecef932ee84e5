//! The vocabularies parse; outcomes of every shape; what is cut is all there.

use proptest::prelude::*;

use super::table::Table;
use super::words::Words;
use super::*;

#[test]
fn the_vocabularies_parse() {
    toml::from_str::<Words>(words::SOURCE).expect("the words");
    toml::from_str::<Table>(table::SOURCE).expect("the weights");
}

/// The parts with `▌` between them; `∅` for none.
fn shown(endpoint: &Endpoint) -> String {
    let frame = endpoint.time_frame.as_ref().map(|frame| frame.text.as_str());
    [Some(endpoint.measure.as_str()), endpoint.description.as_deref(), frame]
        .map(|part| part.unwrap_or("∅"))
        .join(" ▌ ")
}

fn split_one(list: &str) -> Vec<String> {
    split(&[(Some(Role::Primary), list)]).iter().map(shown).collect()
}

#[test]
fn one_outcome_comes_apart() {
    for whole in [
        // a time frame with commas
        "Knee pain score ▌ Score of 0 to 10 on a numeric scale. ▌ Baseline, week 6, and week 12",
        "Time to relapse ▌ Weeks from inclusion to the first relapse ▌ From inclusion until relapse or death, whichever comes first, up to 30 months",
        "Attendance ▌ Sessions attended, out of ten planned. ▌ Through study completion, an average of 8 months",
        // no description
        "Walking distance ▌ ∅ ▌ 6 months",
        "Walking distance ▌ ∅ ▌ Day 1, day 8, day 15",
        // a measure with commas
        "Change in liver enzymes (ALT, AST, GGT) ▌ Change from baseline in three enzymes. ▌ Week 24",
        // a description with commas, and words of time in it
        "Fatigue ▌ The scale has 9 items, each from 1 to 7, filled in before breakfast. Higher is worse. ▌ Week 4",
        // the description says the measure again
        "Graft survival (GS) ▌ Graft survival (GS): as judged by the treating physician. ▌ up to 5 years",
        // full-width commas and commas without a blank belong to the part they stand in
        "Graft survival，GS ▌ The share of grafts that work,as judged on imaging ▌ 5 years",
        // a line break and an empty line inside
        "Safety ▌ Vital signs, laboratory values and adverse events.\n\nSurgical complications are graded. ▌ up to 2 years",
        // a time frame that is a sentence
        "Bone density ▌ Bone density at the hip and spine. ▌ Scans are taken before treatment and every 12 weeks, then yearly up to 5 years",
        // no comma at all
        "Wound healing ▌ ∅ ▌ ∅",
    ] {
        let joined: Vec<&str> = whole.split(" ▌ ").filter(|part| *part != "∅").collect();
        assert_eq!(split_one(&joined.join(", ")), [whole]);
    }
}

#[test]
fn what_outcomes_of_one_record_share_tells_the_time_frame() {
    let list = "Weight, The last participant completes week 40|Height, The last participant completes week 40|\
                Waist, measured standing, The last participant completes week 40";
    let frames: Vec<Option<TimeFrameText>> =
        split(&[(Some(Role::Secondary), list)]).into_iter().map(|one| one.time_frame).collect();
    let text = "The last participant completes week 40".to_owned();
    assert_eq!(frames, vec![Some(TimeFrameText { text }); 3]);
}

#[test]
fn an_escaped_bar_separates_nothing() {
    assert_eq!(separate("a \\| b|c|| "), ["a \\| b", "c"]);
}

#[test]
fn what_is_too_long_stays_whole() {
    let text = "a, ".repeat(40_000);
    assert_eq!(split_one(&text), [format!("{text} ▌ ∅ ▌ ∅")]);
}

proptest! {
    #[test]
    fn nothing_is_lost(text in "([a-zA-Z0-9(). é，\n]{0,12}(, )?){0,60}") {
        for (item, endpoint) in separate(&text).into_iter().zip(split(&[(None, &text)])) {
            let frame = endpoint.time_frame.map(|frame| frame.text);
            let parts: Vec<String> =
                [Some(endpoint.measure), endpoint.description, frame].into_iter().flatten().collect();
            prop_assert_eq!(parts.join(", "), item);
        }
    }

    #[test]
    fn any_text_is_taken(text in ".{0,400}") {
        split(&[(None, &text), (Some(Role::Other), &text)]);
    }
}
