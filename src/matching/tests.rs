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
    let verdict = verdict(&patient, &Trial::default(), &limits, &canonical);
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
    let verdict = verdict(&patient, &Trial::default(), &[conditional, excepted], &canonical);
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
        let verdict = verdict(patient, &Trial::default(), std::slice::from_ref(&washout), &canonical);
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
        verdict(&Patient { values, ..Patient::default() }, &trial, &limits, &canonical).overall()
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
    let overall = |patient: &Patient| verdict(patient, &trial, &[], &canonical).overall();
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
    let verdicts = [&strict[..], &loose].map(|limits| verdict(&patient, &trial, limits, &canonical));
    let asked = [
        Asked { trial: &trial, limits: &strict, verdict: &verdicts[0] },
        Asked { trial: &trial, limits: &loose, verdict: &verdicts[1] },
    ];
    let question = next_question(&patient, &asked, &canonical).expect("a question");
    assert_eq!((question.variable.as_str(), question.decides), ("ecog", 2));
    let left: Vec<(Option<f64>, Option<f64>, usize)> =
        question.answers.iter().map(|a| (a.from, a.to, a.open)).collect();
    assert_eq!(left, [(None, Some(1.0), 2), (Some(1.0), Some(2.0), 1), (Some(2.0), None, 0)]);
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
        verdict(&patient, &Trial::default(), &limits, &canonical).overall()
    };
    assert_eq!((overall(2.0), overall(3.0)), (Truth::Yes, Truth::No));
    let unknown = verdict(&Patient::default(), &Trial::default(), &limits, &canonical);
    assert_eq!((unknown.lines.len(), unknown.overall()), (1, Truth::Unknown));
}
