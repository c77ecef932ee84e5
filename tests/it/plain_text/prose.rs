//! What the prose states plainly, against the record's own fields: whatever is read has to be right.

use serde_json::Value;
use trialdeck::protocol::{Code, Trial};

use super::corpus::{Score, read, studies};
use super::layouts;

fn codes(value: &Value, path: &str) -> Vec<Code> {
    layouts::list(value, path).iter().filter_map(Value::as_str).map(Code::from).collect()
}

#[test]
fn what_is_read_from_prose_agrees_with_the_record() {
    let mut score = Score::default();
    for study in studies() {
        let protocol = &study["protocolSection"];
        let id = layouts::text(protocol, "/identificationModule/nctId");
        let trial: Trial = read(&layouts::lines(protocol)).unwrap_or_default();
        let mut check = |what: &'static str, read: Option<String>, want: String| {
            let Some(read) = read else { return };
            score.count(what, read == want);
            if read != want {
                println!("{id}: {what}: read {read}, record {want}");
            }
        };
        let phases = codes(protocol, "/designModule/phases");
        check(
            "phase",
            (!trial.phases.is_empty()).then(|| format!("{:?}", trial.phases)),
            format!("{phases:?}"),
        );
        for (what, read, path) in [
            ("allocation", &trial.design.allocation, "/designModule/designInfo/allocation"),
            ("masking", &trial.design.masking, "/designModule/designInfo/maskingInfo/masking"),
            ("model", &trial.design.intervention_model, "/designModule/designInfo/interventionModel"),
        ] {
            check(what, read.as_ref().map(|code| code.0.clone()), layouts::text(protocol, path).to_owned());
        }
        let count = trial.enrollment.as_ref().and_then(|enrollment| enrollment.count);
        let stated = &protocol["designModule"]["enrollmentInfo"]["count"];
        check("enrollment", count.map(|count| count.to_string()), stated.to_string());
        let arms = layouts::list(protocol, "/armsInterventionsModule/armGroups");
        check("arms", (!trial.arms.is_empty()).then(|| trial.arms.len().to_string()), arms.len().to_string());
    }
    score.print("prose");
    // The record may differ from its own prose (a planned number and the one reached, `Phase II` and `NA`); where it does,
    // the reading is still what the prose says. These floors are what was found so by hand, less a little.
    for (what, least) in [
        ("phase", 0.88),
        ("allocation", 0.88),
        ("masking", 0.88),
        ("model", 0.9),
        ("enrollment", 0.75),
        ("arms", 0.84),
    ] {
        assert!(score.share(what) >= least, "{what}: {}", score.share(what));
    }
}
