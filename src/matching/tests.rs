use super::limit::Truth;
use super::patient::{Exposure, Measured};
use super::question::Asked;
use super::*;
use crate::protocol::{Code, Limit, LimitValue, Number, Section, Span, Trial};

/// Times only: what a test needs.
fn canonical(_: &str, value: f64, unit: &str) -> Option<(f64, String)> {
    let days = match unit {
        "day" => value,
        "week" => value * 7.0,
        _ => return None,
    };
    Some((days, "day".to_owned()))
}

fn limit(section: Section, variable: &str, op: &str, value: f64, unit: &str) -> Limit {
    Limit {
        section: Some(section),
        variable: variable.to_owned(),
        op: op.to_owned(),
        value: LimitValue::Number(Number(value)),
        unit: Some(unit.to_owned()),
        conditional: false,
        except: false,
        alternative: false,
        agent: None,
        span: Span::new("eligibility.text", 0..1),
    }
}

fn measured(variable: &str, value: f64, unit: &str) -> Measured {
    Measured { variable: variable.to_owned(), value, unit: unit.to_owned() }
}

fn truths(verdict: &Verdict) -> Vec<Truth> {
    verdict.lines.iter().map(|line| line.satisfied).collect()
}

#[test]
fn limits_are_met_failed_or_unknown() {
    let limits = [
        limit(Section::Inclusion, "ecog", "<=", 1.0, ""),
        limit(Section::Inclusion, "anc", ">=", 1.5, "10^9/L"),
        limit(Section::Exclusion, "lvef", "<", 50.0, "%"),
    ];
    let patient = Patient {
        values: vec![measured("ecog", 1.0, ""), measured("anc", 1.2, "10^9/L")],
        ..Patient::default()
    };
    let verdict = verdict(&Known::of(&patient), &Trial::default(), &limits, &canonical);
    assert_eq!(truths(&verdict), [Truth::Yes, Truth::No, Truth::Unknown]);
    assert_eq!(verdict.overall(), Truth::No);
    assert_eq!(verdict.lines[2].asked, "not lvef < 50 %");
}

#[test]
fn conditions_and_exceptions_are_set_aside() {
    let conditional = Limit { conditional: true, ..limit(Section::Inclusion, "ast", "<=", 5.0, "ULN") };
    let excepted = Limit {
        conditional: true,
        except: true,
        agent: Some("other malignancy".to_owned()),
        ..limit(Section::Exclusion, "washout", ">", 5.0, "week")
    };
    let patient = Patient { values: vec![measured("ast", 9.0, "ULN")], ..Patient::default() };
    let verdict = verdict(&Known::of(&patient), &Trial::default(), &[conditional, excepted], &canonical);
    assert_eq!((verdict.lines.len(), verdict.set_aside, verdict.overall()), (0, 2, Truth::Yes));
}

#[test]
fn a_washout_tells_when_it_opens() {
    let washout = Limit {
        agent: Some("systemic chemotherapy".to_owned()),
        ..limit(Section::Exclusion, "washout", "<", 4.0, "week")
    };
    let exposed = |agent: &str, days_ago: f64| Patient {
        last_exposure: vec![Exposure { agent: agent.to_owned(), days_ago }],
        ..Patient::default()
    };
    let told = |patient: &Patient| {
        let verdict =
            verdict(&Known::of(patient), &Trial::default(), std::slice::from_ref(&washout), &canonical);
        (verdict.overall(), verdict.opens_in_days)
    };
    assert_eq!(told(&exposed("chemotherapy", 20.0)), (Truth::No, Some(8.0)));
    assert_eq!(told(&exposed("chemotherapy", 28.0)), (Truth::Yes, None));
    assert_eq!(told(&exposed("radiotherapy", 2.0)), (Truth::Unknown, None));
}

#[test]
fn one_of_two_alternatives_is_enough() {
    let text = "creatinine up to 1.5 or clearance 60";
    let mut trial = Trial::default();
    trial.eligibility.text = Some(text.to_owned());
    let at = |needle: &str| {
        let start = text.find(needle).expect("in the text");
        Span::new("eligibility.text", start..start + needle.len())
    };
    let limits = [
        Limit {
            span: at("creatinine up to 1.5"),
            alternative: true,
            ..limit(Section::Inclusion, "creatinine", "<=", 1.5, "ULN")
        },
        Limit {
            span: at("clearance 60"),
            alternative: true,
            ..limit(Section::Inclusion, "creatinine_clearance", ">=", 60.0, "mL/min")
        },
    ];
    let overall = |values: Vec<Measured>| {
        verdict(&Known::of(&Patient { values, ..Patient::default() }), &trial, &limits, &canonical).overall()
    };
    let high = measured("creatinine", 2.0, "ULN");
    assert_eq!(overall(vec![high.clone(), measured("creatinine_clearance", 70.0, "mL/min")]), Truth::Yes);
    assert_eq!(overall(vec![high.clone()]), Truth::Unknown);
    assert_eq!(overall(vec![high, measured("creatinine_clearance", 40.0, "mL/min")]), Truth::No);
}

#[test]
fn sex_and_ages_of_the_record_count() {
    let mut trial = Trial::default();
    trial.eligibility.sex = Some(Code::from("FEMALE"));
    trial.eligibility.minimum_age = Some("18 Years".to_owned());
    trial.eligibility.maximum_age = Some("75 Years".to_owned());
    let patient = |age: f64| Patient { age: Some(age), sex: Some("FEMALE".to_owned()), ..Patient::default() };
    let overall = |patient: &Patient| verdict(&Known::of(patient), &trial, &[], &canonical).overall();
    assert_eq!(overall(&patient(18.0)), Truth::Yes);
    assert_eq!(overall(&patient(75.0)), Truth::Yes);
    assert_eq!(overall(&patient(76.0)), Truth::No);
    assert_eq!(overall(&Patient::default()), Truth::Unknown);
}

#[test]
fn the_next_question_is_the_one_most_trials_ask() {
    let strict = [limit(Section::Inclusion, "ecog", "<=", 1.0, "")];
    let loose = [
        limit(Section::Inclusion, "ecog", "<=", 2.0, ""),
        limit(Section::Inclusion, "anc", ">=", 1.0, "10^9/L"),
    ];
    let (patient, trial) = (Patient::default(), Trial::default());
    let verdicts =
        [&strict[..], &loose].map(|limits| verdict(&Known::of(&patient), &trial, limits, &canonical));
    let asked = [
        Asked { trial: &trial, limits: &strict, verdict: &verdicts[0] },
        Asked { trial: &trial, limits: &loose, verdict: &verdicts[1] },
    ];
    let question = next_question(&patient, &asked, &canonical).expect("a question");
    assert_eq!((question.variable.as_str(), question.decides), ("ecog", 2));
    let left: Vec<(Option<f64>, Option<f64>, usize)> =
        question.answers.iter().map(|a| (a.from, a.to, a.open)).collect();
    assert_eq!(left, [(Some(0.0), Some(1.0), 2), (Some(2.0), Some(2.0), 1), (Some(3.0), None, 0)]);
    let ranges: Vec<String> = question.answers.iter().map(|a| question.range(a)).collect();
    assert_eq!(ranges, ["0–1", "2", "3 and more"]);
}

#[test]
fn a_patients_file_reads_and_unknown_keys_are_errors() {
    let text = r#"{"code":"heron","age":61,"sex":"FEMALE","values":[{"variable":"anc","value":1.2,"unit":"10^9/L"}],
        "prior_lines":2,"last_exposure":[{"agent":"chemotherapy","days_ago":20}],"mutations":["KIT exon 17"],
        "conditions":["GIST"]}"#;
    let patient: Patient = serde_json::from_str(text).expect("a patient");
    assert_eq!(patient.value("prior_lines"), Some((2.0, "")));
    assert!(serde_json::from_str::<Patient>(r#"{"birth_date":"1960-01-01"}"#).is_err());
}

#[test]
fn an_excluded_range_shuts_out_who_is_within_it() {
    let limits =
        [limit(Section::Exclusion, "nyha", ">=", 3.0, ""), limit(Section::Exclusion, "nyha", "<=", 4.0, "")];
    let overall = |class: f64| {
        let patient = Patient { values: vec![measured("nyha", class, "")], ..Patient::default() };
        verdict(&Known::of(&patient), &Trial::default(), &limits, &canonical).overall()
    };
    assert_eq!((overall(2.0), overall(3.0)), (Truth::Yes, Truth::No));
    let unknown = verdict(&Known::of(&Patient::default()), &Trial::default(), &limits, &canonical);
    assert_eq!((unknown.lines.len(), unknown.overall()), (1, Truth::Unknown));
}

#[test]
fn answers_hold_their_ends_or_not_and_none_is_below_zero() {
    let limits = [
        limit(Section::Inclusion, "anc", ">=", 1.5, "10^9/L"),
        limit(Section::Inclusion, "anc", "<=", 8.0, "10^9/L"),
        limit(Section::Inclusion, "lvef", ">", 0.0, "%"),
    ];
    let ranges = |limits: &[Limit]| -> Vec<String> {
        let (patient, trial) = (Patient::default(), Trial::default());
        let verdict = verdict(&Known::of(&patient), &trial, limits, &canonical);
        let asked = [Asked { trial: &trial, limits, verdict: &verdict }];
        let question = next_question(&patient, &asked, &canonical).expect("a question");
        question.answers.iter().map(|answer| question.range(answer)).collect()
    };
    assert_eq!(ranges(&limits[..2]), ["below 1.5", "1.5 to 8", "above 8"]);
    assert_eq!(ranges(&limits[2..]), ["0", "above 0"]);
}

#[test]
fn an_end_of_the_ages_that_the_text_leaves_out_is_the_record_s() {
    let mut trial = Trial::default();
    trial.eligibility.minimum_age = Some("6 Months".to_owned());
    trial.eligibility.maximum_age = Some("19 Years".to_owned());
    let reading = crate::reading::criteria::read("Inclusion Criteria:\n* Age over 6 months");
    let patient = Patient { age: Some(61.0), ..Patient::default() };
    let verdict = verdict(&Known::of(&patient), &trial, &reading.facts, &super::canonical);
    let told: Vec<(&str, Truth)> = verdict.lines.iter().map(|l| (l.asked.as_str(), l.satisfied)).collect();
    assert_eq!(told, [("age <= 19 Years", Truth::No), ("age > 6 month", Truth::Yes)]);
}

#[test]
fn a_record_s_ages_are_asked_for_too() {
    let mut trial = Trial::default();
    trial.eligibility.minimum_age = Some("18 Years".to_owned());
    trial.eligibility.maximum_age = Some("75 Years".to_owned());
    let patient = Patient::default();
    let verdict = verdict(&Known::of(&patient), &trial, &[], &canonical);
    let question =
        next_question(&patient, &[Asked { trial: &trial, limits: &[], verdict: &verdict }], &canonical);
    let question = question.expect("a question");
    let told: Vec<(String, usize)> = question.answers.iter().map(|a| (question.range(a), a.open)).collect();
    assert_eq!(question.words(), "Age, years");
    assert_eq!(
        told,
        [("below 18".to_owned(), 0), ("18 to below 76".to_owned(), 1), ("76 and more".to_owned(), 0)]
    );
}

#[test]
fn washouts_of_real_texts_are_counted_in_days() {
    let reading = crate::reading::criteria::read(
        "Inclusion Criteria:\n* At least 4 weeks since major surgery\nExclusion Criteria:\n\
         * Chemotherapy or radiotherapy within 28 days before the first dose\n\
         * Prior therapy with a PD-1 inhibitor within 3 months before the first dose",
    );
    let told = |given: &[(&str, f64)]| -> Vec<(Truth, Option<f64>)> {
        let exposures = given
            .iter()
            .map(|(agent, days_ago)| Exposure { agent: (*agent).to_owned(), days_ago: *days_ago });
        let patient = Patient { last_exposure: exposures.collect(), ..Patient::default() };
        let verdict = verdict(&Known::of(&patient), &Trial::default(), &reading.facts, &super::canonical);
        verdict.lines.iter().map(|line| (line.satisfied, line.opens_in_days)).collect()
    };
    const OPEN: (Truth, Option<f64>) = (Truth::Unknown, None);
    assert_eq!(told(&[]), [OPEN; 3]);
    assert_eq!(told(&[("chemotherapy", 20.0)]), [OPEN, (Truth::No, Some(8.0)), OPEN]);
    // Radiotherapy may have been given since.
    assert_eq!(told(&[("chemotherapy", 40.0)]), [OPEN, OPEN, OPEN]);
    assert_eq!(told(&[("chemotherapy", 40.0), ("radiotherapy", 100.0)])[1], (Truth::Yes, None));
    assert_eq!(told(&[("major surgery", 28.0)])[0], (Truth::Yes, None));
    assert_eq!(told(&[("major surgery", 27.0)])[0], (Truth::No, Some(1.0)));
    assert_eq!(told(&[("surgery", 10.0)])[0], OPEN, "it may have been minor");
    assert_eq!(told(&[("nivolumab, a PD-1 inhibitor", 80.0)])[2], (Truth::No, Some(12.0)));
}

#[test]
fn classes_are_weighed_by_their_letters() {
    let reading = crate::reading::criteria::read("Inclusion Criteria:\n* Child-Pugh A");
    let overall = |value: f64| {
        let patient = Patient { values: vec![measured("child_pugh", value, "class")], ..Patient::default() };
        verdict(&Known::of(&patient), &Trial::default(), &reading.facts, &super::canonical).overall()
    };
    assert_eq!((overall(1.0), overall(2.0)), (Truth::Yes, Truth::No));
}
