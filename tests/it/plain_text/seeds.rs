//! The four source documents: what the table beside them says has to come out of each.

use std::path::Path;
use std::sync::Arc;

use trialdeck::formats::plain_text;
use trialdeck::protocol::{Endpoint, Role, Trial};

fn seed(name: &str) -> Option<Trial> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let Ok(bytes) = std::fs::read(folder.join(format!("{name}.txt"))) else {
        println!("skipped: ../shared is not here");
        return None;
    };
    assert!(plain_text::looks_like(&bytes));
    let mut trial = None;
    let file = format!("{name}.txt");
    plain_text::read(&Arc::new(bytes), &file, &mut |record| trial = record.ok().map(|record| record.trial));
    Some(trial.expect("a trial"))
}

fn codes(codes: &[trialdeck::protocol::Code]) -> Vec<&str> {
    codes.iter().map(|code| code.as_str()).collect()
}

fn code(code: Option<&trialdeck::protocol::Code>) -> &str {
    code.map_or("", |code| code.as_str())
}

fn enrollment(trial: &Trial) -> (Option<u64>, &str) {
    let stated = trial.enrollment.as_ref();
    (stated.and_then(|stated| stated.count), code(stated.and_then(|stated| stated.kind.as_ref())))
}

fn measures(trial: &Trial, role: Option<Role>) -> Vec<&str> {
    trial.endpoints.iter().filter(|one| one.role == role).map(|one| one.measure.as_str()).collect()
}

fn frame(endpoint: &Endpoint) -> &str {
    endpoint.time_frame.as_ref().map_or("", |frame| frame.text.as_str())
}

/// Each arm: its label, how its description begins, what is given in it.
fn arms(trial: &Trial) -> Vec<(&str, &str, Vec<&str>)> {
    let given = |arm: &'_ trialdeck::protocol::Arm| arm.interventions.len();
    assert!(trial.arms.iter().all(|arm| given(arm) <= trial.interventions.len()));
    trial
        .arms
        .iter()
        .map(|arm| {
            let told = arm.description.as_deref().unwrap_or_default();
            let names = arm.interventions.iter().map(String::as_str).collect();
            (arm.label.as_str(), told, names)
        })
        .collect()
}

#[test]
fn gist() {
    let Some(trial) = seed("gist-regorafenib-envafolimab") else { return };
    assert_eq!(trial.source.as_ref().map(|source| source.format.as_str()), Some("text-lines"));
    assert!(
        trial.title.starts_with("A Study of Regorafenib")
            && trial.title.ends_with("Failed Standard Treatment")
    );
    assert_eq!(codes(&trial.phases), ["PHASE2"]);
    assert_eq!(trial.status, None);
    assert_eq!(code(trial.design.allocation.as_ref()), "RANDOMIZED");
    assert_eq!(code(trial.design.masking.as_ref()), "NONE");
    assert_eq!(enrollment(&trial), (Some(82), "ESTIMATED"));
    assert_eq!(trial.conditions, ["Metastatic Gastrointestinal Stromal Tumors (GIST)"]);
    let names: Vec<&str> = trial.interventions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["regorafenib combined with envafolimab", "Control Group"]);
    let arms = arms(&trial);
    let [(studied, told, given), (control, control_told, control_given)] = arms.as_slice() else {
        panic!("{arms:?}")
    };
    assert_eq!((*studied, given.as_slice()), ("treatment group", &names[..1]));
    assert!(told.contains("Regorafenib") && told.contains("envafolimab") && !told.contains("control"));
    assert_eq!((*control, control_given.as_slice()), ("control group", &names[1..]));
    assert!(
        control_told.contains("previously effective") && control_told.contains("until disease progression")
    );
    assert_eq!(measures(&trial, Some(Role::Primary)), ["Progression-Free Survival (PFS)"]);
    assert_eq!(
        measures(&trial, Some(Role::Secondary)),
        ["Overall Survival (OS)", "Objective Response Rate (ORR)", "Safety"]
    );
    assert_eq!(measures(&trial, Some(Role::Other)).len(), 1);
    let frames: Vec<&str> = trial.endpoints.iter().map(frame).collect();
    assert!(frames.iter().all(|frame| frame.ends_with("assessed up to 2 years")), "{frames:?}");
    assert!(frames[0].starts_with("From enrollment to disease progression"));
    let safety = trial.endpoints[3].description.as_deref().unwrap_or_default();
    assert!(safety.contains("study drug.\n\nThe assessment"), "the line break and the empty line stay");
    assert_eq!(
        trial.description.detailed.as_deref().map(|text| text.starts_with("This multicenter")),
        Some(true)
    );
}

#[test]
fn gastric() {
    let Some(trial) = seed("gastric-rak-cells") else { return };
    assert_eq!(trial.source.as_ref().map(|source| source.format.as_str()), Some("text-page"));
    assert_eq!(trial.title, "");
    assert_eq!(codes(&trial.phases), [""; 0]);
    assert_eq!(code(trial.status.as_ref()), "RECRUITING");
    assert_eq!(code(trial.study_type.as_ref()), "INTERVENTIONAL");
    assert_eq!(code(trial.design.allocation.as_ref()), "RANDOMIZED");
    assert_eq!(code(trial.design.masking.as_ref()), "DOUBLE");
    assert_eq!(code(trial.design.purpose.as_ref()), "TREATMENT");
    assert_eq!(enrollment(&trial), (Some(90), ""));
    assert_eq!(trial.conditions, ["advanced gastric cancer"]);
    let [rak, tas] = trial.interventions.as_slice() else { panic!("{:?}", trial.interventions) };
    assert!(
        rak.name.contains("RAK") && rak.description.as_deref().is_some_and(|told| told.contains("PBMCs"))
    );
    assert_eq!(tas.name, "TAS-102");
    assert!(tas.description.as_deref().is_some_and(|told| told.contains("35mg/m²")));
    let arms = arms(&trial);
    let [(studied, _, given), (control, ..)] = arms.as_slice() else { panic!("{arms:?}") };
    assert_eq!((*studied, *control), ("RAK treatment group", "control group"));
    assert_eq!(given.as_slice(), [rak.name.as_str()]);
    assert_eq!(
        measures(&trial, None),
        [
            "Progression-free survival",
            "Overall Survival",
            "Objective Response Rate (ORR)",
            "Time to Progression (TTP)"
        ]
    );
    assert!(trial.endpoints.iter().all(|one| frame(one) == "one-year" && one.description.is_some()));
    let [site] = trial.sites.as_slice() else { panic!("{:?}", trial.sites) };
    assert_eq!((site.city.as_deref(), site.country.as_deref()), (Some("Beijing"), Some("China")));
    assert!(site.facility.as_deref().is_some_and(|name| name.contains("Medical Center")));
}

#[test]
fn crc() {
    let Some(trial) = seed("crc-bioTTT001") else { return };
    assert_eq!(codes(&trial.phases), ["PHASE1"]);
    assert_eq!(trial.status, None);
    assert_eq!(trial.design.allocation, None);
    assert_eq!(code(trial.design.masking.as_ref()), "NONE");
    assert_eq!(enrollment(&trial), (Some(30), "ESTIMATED"));
    assert_eq!(trial.conditions, ["Colorectal Cancer Metastatic"]);
    let names: Vec<&str> = trial.interventions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["BioTTT001 hepatic artery infusion", "toripalimab", "regorafenib"]);
    assert_eq!(code(trial.interventions[0].kind.as_ref()), "BIOLOGICAL");
    let arms = arms(&trial);
    let [(label, told, given)] = arms.as_slice() else { panic!("{arms:?}") };
    assert!(label.starts_with("BioTTT001 monotherapy, then BioTTT001 in combination with toripalimab"));
    assert!(told.contains("every 2 weeks, D1 and D15") && told.contains("4 weeks per cycle"));
    assert_eq!(given.as_slice(), names);
    assert_eq!(measures(&trial, Some(Role::Primary)), ["Incidence of adverse events", "MTD"]);
    let secondary = measures(&trial, Some(Role::Secondary));
    assert_eq!(secondary.len(), 7);
    assert_eq!(
        secondary[..3],
        ["Overall survival(OS)", "Progression-free survival (PFS)", "Objective response rate (ORR)"]
    );
    assert!(secondary[6].starts_with("Serum neutralizing antibody"));
    let frames: Vec<&str> = trial.endpoints.iter().map(frame).collect();
    assert!(frames[0].starts_with("From the enrollment to 28 days after") && frames[0].ends_with("visit)"));
    assert!(frames[2].starts_with("Every 3 months until") && frames[2].ends_with("up to 100 weeks"));
    assert!(frames[3].starts_with("Every 4 weeks in the first 4 cycles"));
    assert!(frames[4].starts_with("Imaging was performed after completion"));
    assert!(frames[5..].iter().all(|frame| *frame == "28 days within the first BioTTT001 injection dose"));
}

#[test]
fn sclc() {
    let Some(trial) = seed("sclc-cadonilimab") else { return };
    assert_eq!(codes(&trial.phases), ["PHASE2"]);
    assert_eq!((trial.status.as_ref(), trial.enrollment.as_ref()), (None, None));
    assert_eq!((trial.design.allocation.as_ref(), trial.design.masking.as_ref()), (None, None));
    assert_eq!(trial.conditions, ["Immunotherapy", "Second-line Treatment"], "as listed");
    let names: Vec<&str> = trial.interventions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Cadonilimab"]);
    let arms = arms(&trial);
    let [(alone, told, given), (with, with_told, with_given)] = arms.as_slice() else { panic!("{arms:?}") };
    assert_eq!((*alone, *with), ("Cadonilimab alone", "Cadonilimab + chemotherapy"));
    assert_eq!((given, with_given), (&names, &names));
    assert!(told.contains("3-week dosing cycles until") && told == with_told);
    assert_eq!(measures(&trial, Some(Role::Primary)), ["Progression-free survival，PFS"]);
    assert_eq!(
        measures(&trial, Some(Role::Secondary)),
        ["Overall Survival,OS", "Objective Response Rate，ORR", "Disease control rate,DCR"]
    );
    let frames: Vec<&str> = trial.endpoints.iter().map(frame).collect();
    assert!(frames[0].starts_with("Time Frame: The last subject completes"));
    assert_eq!(frames[1], "3 years");
    assert!(frames[2].starts_with("The last subject completes") && frames[2].ends_with("progression)"));
    assert!(frames[3].starts_with("The last subject completes") && frames[3].ends_with("progression"));
    let control = trial.endpoints[3].description.as_deref().unwrap_or_default();
    assert!(control.starts_with("Includes complete remission") && control.ends_with("evaluable outcomes"));
}
