//! Each rule on a record that has its fault, and on one like it that has not.

use proptest::prelude::*;

use crate::protocol::{
    Arm, Code, Dated, Design, Endpoint, Enrollment, Intervention, Role, TimeFrameText, Trial,
};
use crate::reading;

use super::*;

#[test]
fn the_embedded_vocabulary_compiles() {
    Vocabulary::embedded().expect("a vocabulary");
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut ids: Vec<&str> = rules().map(|rule| rule.id).collect();
    assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

/// A record without a fault, to put one into.
fn sound() -> Trial {
    Trial {
        id: "X1".to_owned(),
        title: "A trial of nivolumab".to_owned(),
        arms: vec![Arm {
            label: "A".to_owned(),
            interventions: vec!["nivolumab".to_owned()],
            ..Arm::default()
        }],
        interventions: vec![given("nivolumab", "")],
        endpoints: vec![outcome("Overall survival", "")],
        conditions: vec!["Melanoma".to_owned()],
        ..Trial::default()
    }
}

fn given(name: &str, description: &str) -> Intervention {
    Intervention {
        kind: Some(Code::from("DRUG")),
        name: name.to_owned(),
        description: (!description.is_empty()).then(|| description.to_owned()),
        ..Intervention::default()
    }
}

fn outcome(measure: &str, description: &str) -> Endpoint {
    Endpoint {
        role: Some(Role::Primary),
        measure: measure.to_owned(),
        description: (!description.is_empty()).then(|| description.to_owned()),
        time_frame: Some(TimeFrameText { text: "2 years".to_owned() }),
    }
}

fn ids(trial: &Trial) -> Vec<&'static str> {
    let mut ids: Vec<&str> =
        check(trial, &reading::trial::read(trial)).iter().map(|finding| finding.rule).collect();
    ids.dedup();
    ids
}

/// What the rules find once a sound record is changed.
fn changed(change: impl FnOnce(&mut Trial)) -> Vec<&'static str> {
    let mut trial = sound();
    change(&mut trial);
    ids(&trial)
}

#[test]
fn a_sound_record_has_no_finding() {
    assert_eq!(ids(&sound()), Vec::<&str>::new());
}

#[test]
fn drugs() {
    let brief = |text: &str| changed(|trial| trial.description.brief = Some(text.to_owned()));
    assert_eq!(brief("Patients get nivolumap."), ["drug-spelt-two-ways"]);
    assert_eq!(brief("After pembrolizimab failed, patients get nivolumab."), ["drug-misspelt"]);
    for right in ["Patients get nivolumab.", "After ipilimumab or relatlimab.", "A prefabricated vocabulary."]
    {
        assert_eq!(brief(right), Vec::<&str>::new(), "{right}");
    }
}

#[test]
fn outcomes() {
    let of = |measure: &str, description: &str| {
        changed(|trial| trial.endpoints = vec![outcome(measure, description)])
    };
    assert_eq!(of("Overall survival", "Assessed by RECIST 1.1"), ["survival-by-response-criteria"]);
    assert_eq!(of("Progression-free survival", "Assessed by RECIST 1.1"), Vec::<&str>::new());
    assert_eq!(of("Response rate (ORR)", "Tumour volume reduced to 30%"), ["response-reduced-to"]);
    assert_eq!(of("Response rate (ORR)", "Tumour volume reduced by 30%"), Vec::<&str>::new());
    assert_eq!(of("Safety", "Postoperative complications"), ["complications-without-surgery"]);
    assert_eq!(of("PFS", "By RECIST v I.I"), ["standard-version-garbled"]);
    assert_eq!(changed(|trial| trial.endpoints[0].time_frame = None), ["primary-without-time-frame"]);
    assert_eq!(changed(|trial| trial.endpoints.push(trial.endpoints[0].clone())), ["outcome-twice"]);
    let operated = changed(|trial| {
        trial.endpoints = vec![outcome("Safety", "Postoperative complications")];
        trial.description.brief = Some("Patients after gastrectomy.".to_owned());
    });
    assert_eq!(operated, Vec::<&str>::new());
}

#[test]
fn prose_and_list_of_outcomes() {
    let text = |text: &str| changed(|trial| trial.description.detailed = Some(text.to_owned()));
    assert_eq!(
        text("Secondary endpoints: overall survival; duration of response."),
        ["outcome-in-prose-only"]
    );
    assert_eq!(
        text("Progression-free survival will be compared between the arms."),
        ["outcome-in-prose-only"]
    );
    assert_eq!(
        text("The primary endpoint is progression-free survival."),
        ["outcome-in-prose-only", "primary-outcome-disagrees"]
    );
    for right in
        ["The primary endpoint is overall survival.", "Earlier trials improved progression-free survival."]
    {
        assert_eq!(text(right), Vec::<&str>::new(), "{right}");
    }
}

#[test]
fn outcomes_that_the_prose_leaves_out() {
    let listed = |prose: &str, measure: &str| {
        changed(|trial| {
            trial.description.detailed = Some(prose.to_owned());
            let secondary = |measure: &str| Endpoint { role: Some(Role::Secondary), ..outcome(measure, "") };
            trial.endpoints.extend(["Disease control rate", "Duration of response", measure].map(secondary));
        })
    };
    let prose = "The primary endpoint is overall survival. Secondary endpoints are disease control rate and duration of response.";
    assert_eq!(listed(prose, "Objective response rate"), ["outcome-in-list-only"]);
    assert_eq!(listed(prose, "Quality of life"), Vec::<&str>::new());
    let said = format!("{prose} An objective response rate of 30% is expected.");
    assert_eq!(listed(&said, "Objective response rate"), Vec::<&str>::new());
    assert_eq!(listed("Overall survival is the aim.", "Objective response rate"), Vec::<&str>::new());
}

#[test]
fn arms_and_interventions() {
    assert_eq!(
        changed(|trial| {
            trial.interventions.push(given("Control group", ""));
            trial.arms[0].interventions.push("Control group".to_owned());
        }),
        ["group-as-intervention"]
    );
    let bare = |kind: &str| {
        let kind = Code::from(kind);
        changed(move |trial| {
            trial.arms.push(Arm { label: "B".to_owned(), kind: Some(kind), ..Arm::default() })
        })
    };
    assert_eq!(bare("ACTIVE_COMPARATOR"), ["arm-without-intervention"]);
    assert_eq!(bare("NO_INTERVENTION"), Vec::<&str>::new());
    assert_eq!(
        changed(|trial| trial.interventions.push(given("ipilimumab", ""))),
        ["intervention-without-arm"]
    );
    assert_eq!(
        changed(|trial| trial.title = "Nivolumab with or without chemotherapy".to_owned()),
        ["chemotherapy-not-listed"]
    );
}

#[test]
fn design() {
    assert_eq!(changed(|trial| trial.title.clear()), ["no-title"]);
    let phases = |title: &str, fields: &[&str]| {
        changed(|trial| {
            trial.title = title.to_owned();
            trial.phases = fields.iter().map(|field| Code::from(*field)).collect();
        })
    };
    assert_eq!(phases("A phase III trial", &["PHASE2"]), ["phase-disagrees"]);
    for (title, fields) in [
        ("A phase 1b/2 trial", &["PHASE1", "PHASE2"][..]),
        ("A phase Ⅱ trial", &["PHASE2"]),
        ("A phase I and II trial", &["PHASE1", "PHASE2"]),
        ("An extension of a phase 2 trial", &["PHASE3"]),
        ("A trial", &["PHASE3"]),
    ] {
        assert_eq!(phases(title, fields), Vec::<&str>::new(), "{title}");
    }
    let designed = |title: &str, design: Design| {
        changed(|trial| {
            trial.title = title.to_owned();
            trial.design = design;
        })
    };
    let masked = |masking: &str| Design { masking: Some(Code::from(masking)), ..Design::default() };
    assert_eq!(designed("An open-label trial", masked("DOUBLE")), ["masking-disagrees"]);
    assert_eq!(designed("A double-blind trial, then open-label", masked("NONE")), Vec::<&str>::new());
    let allocated =
        |allocation: &str| Design { allocation: Some(Code::from(allocation)), ..Design::default() };
    assert_eq!(designed("A randomised trial", allocated("NON_RANDOMIZED")), ["allocation-disagrees"]);
    assert_eq!(designed("A non-randomised trial", allocated("NON_RANDOMIZED")), Vec::<&str>::new());
    assert_eq!(designed("A trial", allocated("RANDOMIZED")), ["randomised-to-one-arm"]);
}

#[test]
fn blind_and_cells() {
    let blind = |first: &str, second: &str| {
        changed(|trial| {
            trial.description.brief = Some("A double-blind comparison.".to_owned());
            trial.interventions = vec![given("one", first), given("two", second)];
            trial.arms.clear();
        })
    };
    assert_eq!(blind("One tablet daily.", "An infusion a week."), ["masking-without-dummy"]);
    assert_eq!(blind("One tablet daily.", "A placebo infusion a week."), Vec::<&str>::new());
    assert_eq!(blind("One tablet daily.", "One capsule daily."), Vec::<&str>::new());
    let cells = |text: &str| changed(|trial| trial.description.detailed = Some(text.to_owned()));
    assert_eq!(
        cells("Cord blood XYZ cells are thawed. The XYZ cells are made from autologous blood."),
        ["cells-of-two-origins"]
    );
    assert_eq!(cells("Cord blood XYZ cells are thawed. ABC cells are autologous."), Vec::<&str>::new());
}

#[test]
fn population() {
    assert_eq!(
        changed(|trial| trial.conditions.push("Second-line treatment".to_owned())),
        ["condition-is-none"]
    );
    let planned = |text: &str, count: u64, kind: &str| {
        changed(|trial| {
            trial.description.detailed = Some(text.to_owned());
            trial.enrollment = Some(Enrollment { count: Some(count), kind: Some(Code::from(kind)) });
        })
    };
    assert_eq!(planned("A total of 60 patients is treated.", 80, "ESTIMATED"), ["enrolment-disagrees"]);
    for (text, count, kind) in [
        ("A total of 60 patients is treated.", 60, "ESTIMATED"),
        ("A total of 60 patients were planned.", 58, "ACTUAL"),
        ("A total of 60 patients in each arm is treated.", 120, "ESTIMATED"),
        ("A total of 20-30 patients is treated.", 40, "ESTIMATED"),
    ] {
        assert_eq!(planned(text, count, kind), Vec::<&str>::new(), "{text}");
    }
    let sexes = |text: &str| {
        changed(|trial| {
            trial.eligibility.sex = Some(Code::from("FEMALE"));
            trial.eligibility.text = Some(format!("Inclusion Criteria:\n\n* {text}\n* Able to walk\n"));
        })
    };
    assert_eq!(sexes("Men and women over 18"), ["sex-disagrees"]);
    assert_eq!(sexes("Women over 18"), Vec::<&str>::new());
    let criteria = |text: &str| {
        changed(|trial| {
            trial.eligibility.text = Some(format!("Inclusion Criteria:\n\n* {text}\n* Able to walk\n"))
        })
    };
    assert_eq!(criteria("Age ≥ 75 and ≤ 20 years"), ["limits-contradict"]);
    let both = |wanted: &str, excluded: &str| {
        changed(|trial| {
            trial.eligibility.text =
                Some(format!("Inclusion Criteria:\n\n* {wanted}\n\nExclusion Criteria:\n\n* {excluded}\n"))
        })
    };
    assert_eq!(both("ECOG 0-1", "ECOG ≥ 0"), ["limits-contradict"]);
    assert_eq!(both("Hemoglobin ≥ 9 g/dL", "Hemoglobin > 8 g/dL"), ["limits-contradict"]);
    assert_eq!(both("Hemoglobin ≥ 9 g/dL", "Hemoglobin < 8 g/dL"), Vec::<&str>::new());
    assert_eq!(both("ECOG 0-2", "ECOG > 1"), Vec::<&str>::new());
    assert_eq!(criteria("Platelets ≥ 100,000/mL"), ["limit-implausible"]);
    assert_eq!(criteria("Platelets ≥ 100/mm3"), ["limit-implausible"]);
    assert_eq!(criteria("Platelets ≥ 100,000/mm3"), Vec::<&str>::new());
    assert_eq!(criteria("Platelets ≥ 100 and/or no bleeding"), ["limit-without-unit"]);
    assert_eq!(criteria("Platelets ≥ 90, no bleeding"), ["limit-without-unit"]);
    for text in [
        "FEV1 > 80% or, in the second group, FEV1 < 80%",
        "Urine protein < 2+",
        "Platelets ≥ 90 /vL",
        "Total bilirubin ≤ 1.4 x the upper threshold",
    ] {
        assert_eq!(criteria(text), Vec::<&str>::new(), "{text}");
    }
    let ages = |field: &str, text: &str| {
        changed(|trial| {
            trial.eligibility.maximum_age = Some(field.to_owned());
            trial.eligibility.text = Some(format!("Inclusion Criteria:\n\n* {text}\n* Able to walk\n"));
        })
    };
    assert_eq!(ages("65 Years", "Age 18 to 75 years"), ["age-disagrees"]);
    for (field, text) in [
        ("17 Years", "Age 7 to 17.9 years"),
        ("71 Months", "Age 1-5 years"),
        ("1 Day", "Parents under 60 years"),
    ] {
        assert_eq!(ages(field, text), Vec::<&str>::new(), "{text}");
    }
    let classes = |text: &str| changed(|trial| trial.description.brief = Some(text.to_owned()));
    assert_eq!(
        classes("PD-1 inhibitor-resistant disease. Patients previously had atezolizumab."),
        ["class-of-prior-drug"]
    );
    assert_eq!(
        classes("PD-1 inhibitor-resistant disease. Patients previously had pembrolizumab."),
        Vec::<&str>::new()
    );
}

#[test]
fn dates_and_ordinals() {
    let dated = |date: &str| Some(Dated { date: date.to_owned(), kind: None });
    let ordered = |start: &str, end: &str| {
        changed(|trial| {
            trial.dates.start = dated(start);
            trial.dates.completion = dated(end);
        })
    };
    assert_eq!(ordered("2022-05", "2021-12-31"), ["dates-out-of-order"]);
    assert_eq!(ordered("2022-05-20", "2022-05"), Vec::<&str>::new());
    let titled = |title: &str| changed(|trial| trial.title = title.to_owned());
    assert_eq!(titled("Nivolumab as 3th line"), ["ordinal"]);
    for right in ["Nivolumab on the 21st day", "The 11th, 12th and 13th visit", "A 2nd-line trial", "X-2rd"] {
        assert_eq!(titled(right), Vec::<&str>::new(), "{right}");
    }
}

proptest! {
    #[test]
    fn spans_stand_in_their_fields(title in "(?s).{0,60}", text in "(?s).{0,200}", measure in "\\PC{0,60}") {
        let mut trial = sound();
        trial.title = title;
        trial.eligibility.text = Some(text.clone());
        trial.endpoints = vec![outcome(&measure, &text)];
        trial.description.detailed = Some(text);
        let json = serde_json::to_value(&trial).expect("JSON");
        for finding in check(&trial, &reading::trial::read(&trial)) {
            for span in &finding.spans {
                let path = format!("/{}", span.field.replace(['.', '['], "/").replace(']', ""));
                let field = json.pointer(&path).and_then(serde_json::Value::as_str);
                prop_assert!(field.is_some_and(|field| span.of(field).is_some()), "{finding:?}");
            }
        }
    }
}
