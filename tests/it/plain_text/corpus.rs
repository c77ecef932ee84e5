//! The registry's records written in both layouts and read back: the record is the answer.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use trialdeck::formats::plain_text;
use trialdeck::protocol::{Endpoint, Role, Trial};

use super::layouts;

/// The studies of the shared bulk files; none, with a word about it, when they are not here.
pub fn studies() -> Vec<Value> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json/bulk_array"));
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: ../shared is not here");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.sort();
    let mut studies = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).expect("a readable file");
        match serde_json::from_slice(&bytes).expect("JSON") {
            Value::Array(all) => studies.extend(all),
            one => studies.push(one),
        }
    }
    studies
}

pub fn read(text: &str) -> Option<Trial> {
    let mut trial = None;
    plain_text::read(&Arc::new(text.as_bytes().to_vec()), "study.txt", &mut |record| {
        trial = record.ok().map(|record| record.trial);
    });
    trial
}

/// How many of how many, by name; and what was not as it should be.
#[derive(Default)]
pub struct Score {
    counts: BTreeMap<&'static str, (usize, usize)>,
    wrong: String,
}

impl Score {
    pub fn count(&mut self, what: &'static str, right: bool) {
        let (good, all) = self.counts.entry(what).or_default();
        *good += usize::from(right);
        *all += 1;
    }

    pub fn share(&self, what: &str) -> f64 {
        self.counts.get(what).map_or(1.0, |(good, all)| *good as f64 / *all as f64)
    }

    pub fn print(&self, layout: &str) {
        for (what, (good, all)) in &self.counts {
            println!("{layout}: {what}: {good} of {all} = {:.2}%", *good as f64 * 100.0 / *all as f64);
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/target/");
        std::fs::write(format!("{file}plain_text_{layout}_wrong.txt"), &self.wrong).expect("a target folder");
    }
}

/// The outcomes of the record: role, measure, time frame.
fn answers(protocol: &Value) -> Vec<(Option<Role>, String, String)> {
    let roles = [Role::Primary, Role::Secondary, Role::Other];
    let lists = roles.into_iter().zip(layouts::OUTCOMES);
    let outcomes =
        lists.flat_map(|(role, list)| layouts::outcomes(protocol, list).iter().map(move |one| (role, one)));
    outcomes
        .map(|(role, one)| {
            let part = |path| layouts::text(one, path).to_owned();
            (Some(role), part("/measure"), part("/timeFrame"))
        })
        .collect()
}

fn time_frame(endpoint: &Endpoint) -> &str {
    endpoint.time_frame.as_ref().map_or("", |frame| frame.text.as_str())
}

/// Counts the outcomes that come back; each endpoint answers for one.
fn count_outcomes(
    score: &mut Score,
    id: &str,
    answers: &[(Option<Role>, String, String)],
    endpoints: &[Endpoint],
) {
    let mut left: Vec<&Endpoint> = endpoints.iter().collect();
    for (role, measure, frame) in answers {
        let found = left.iter().position(|one| {
            one.role == *role
                && one.measure.trim() == measure.trim()
                && time_frame(one).trim() == frame.trim()
        });
        score.count("outcomes", found.is_some());
        match found {
            Some(at) => {
                left.remove(at);
            }
            None => {
                let _ = writeln!(score.wrong, "{id}: want {role:?} {measure:?} {frame:?}");
            }
        }
    }
    for endpoint in left {
        let _ = writeln!(score.wrong, "{id}: got {endpoint:?}");
    }
}

#[test]
fn columns_one_a_line_come_back() {
    let mut score = Score::default();
    for study in studies() {
        let protocol = &study["protocolSection"];
        let id = layouts::text(protocol, "/identificationModule/nctId");
        let text = layouts::lines(protocol);
        score.count("looked like a trial", plain_text::looks_like(text.as_bytes()));
        let trial = read(&text).unwrap_or_default();
        count_outcomes(&mut score, id, &answers(protocol), &trial.endpoints);
        let read: Vec<String> = trial
            .interventions
            .iter()
            .map(|one| format!("{}: {}", one.kind.as_ref().map_or("", |kind| kind.as_str()), one.name))
            .collect();
        score.count("interventions", read == layouts::interventions(protocol));
        score.count("title", trial.title == layouts::text(protocol, "/identificationModule/briefTitle"));
        let conditions: Vec<&str> = layouts::list(protocol, "/conditionsModule/conditions")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        score.count("conditions", trial.conditions == conditions);
        for (what, got, path) in [
            ("brief summary", &trial.description.brief, "/descriptionModule/briefSummary"),
            ("detailed description", &trial.description.detailed, "/descriptionModule/detailedDescription"),
        ] {
            let want = layouts::flat(layouts::text(protocol, path));
            let right = got.as_deref().unwrap_or_default() == want;
            score.count(what, right);
            if !right {
                let _ = writeln!(score.wrong, "{id}: {what}: want {want:?}\n    got {got:?}");
            }
        }
    }
    score.print("lines");
    for (what, least) in
        [("outcomes", 0.93), ("interventions", 0.99), ("looked like a trial", 0.97), ("conditions", 0.98)]
    {
        assert!(score.share(what) >= least, "{what}: {}", score.share(what));
    }
}

#[test]
fn a_page_copied_as_text_comes_back() {
    let mut score = Score::default();
    for study in studies() {
        let protocol = &study["protocolSection"];
        let id = layouts::text(protocol, "/identificationModule/nctId");
        let text = layouts::page(protocol);
        score.count("looked like a trial", plain_text::looks_like(text.as_bytes()));
        let trial = read(&text).unwrap_or_default();
        let answers: Vec<(Option<Role>, String, String)> = answers(protocol)
            .into_iter()
            .filter(|(role, ..)| *role != Some(Role::Other))
            .map(|(_, measure, frame)| (None, measure, frame))
            .collect();
        count_outcomes(&mut score, id, &answers, &trial.endpoints);
        let described: Vec<&str> =
            trial.interventions.iter().filter_map(|one| one.description.as_deref()).collect();
        let want = layouts::intervention_descriptions(protocol);
        score.count("interventions", described == want);
        if described != want {
            let _ = writeln!(score.wrong, "{id}: interventions: want {want:?}\n    got {described:?}");
        }
        let site = layouts::list(protocol, "/contactsLocationsModule/locations").first();
        let want = site.map(|site| ["/facility", "/city", "/country"].map(|part| layouts::text(site, part)));
        let got = trial.sites.first().map(|site| {
            [&site.facility, &site.city, &site.country].map(|part| part.as_deref().unwrap_or_default())
        });
        score.count("site", got == want);
        if got != want {
            let _ = writeln!(score.wrong, "{id}: site: want {want:?}\n    got {got:?}");
        }
        let status = trial.status.as_ref().map_or("", |status| status.as_str());
        score.count("status", status == layouts::text(protocol, "/statusModule/overallStatus"));
        let masking = trial.design.masking.as_ref().map_or("", |masking| masking.as_str());
        score.count(
            "masking",
            masking == layouts::text(protocol, "/designModule/designInfo/maskingInfo/masking"),
        );
    }
    score.print("page");
    for (what, least) in [("outcomes", 0.97), ("interventions", 0.97), ("looked like a trial", 0.99)] {
        assert!(score.share(what) >= least, "{what}: {}", score.share(what));
    }
}
