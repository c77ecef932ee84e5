//! The dosing reader over real texts: every description of the working corpus, and the four source documents.

use std::path::{Path, PathBuf};

use trialdeck::protocol::Administration;
use trialdeck::reading::{dosing, time_frame};

fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(part);
    if !path.is_dir() {
        println!("skipped: ../shared is not here");
        return None;
    }
    Some(path)
}

/// Every JSON file below a folder, and every JSON member of its zip files.
fn documents(folder: &Path, each: &mut dyn FnMut(&serde_json::Value)) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            documents(&path, each);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => {
                if let Ok(value) = serde_json::from_slice(&bytes) {
                    each(&value);
                }
            }
            Some("zip") => members(bytes, each),
            _ => {}
        }
    }
}

fn members(bytes: Vec<u8>, each: &mut dyn FnMut(&serde_json::Value)) {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return };
    for index in 0..archive.len() {
        let Ok(member) = archive.by_index(index) else { continue };
        if let Ok(value) = serde_json::from_reader(std::io::BufReader::new(member)) {
            each(&value);
        }
    }
}

/// Texts under names that end like a description's, with the label or name that stands beside them.
fn descriptions(value: &serde_json::Value, each: &mut dyn FnMut(&str, &str)) {
    match value {
        serde_json::Value::Array(list) => list.iter().for_each(|value| descriptions(value, each)),
        serde_json::Value::Object(object) => {
            let beside = |key: &str| object.get(key).and_then(serde_json::Value::as_str);
            let label = beside("label").or_else(|| beside("name")).unwrap_or_default();
            for (key, value) in object {
                let key = key.to_lowercase();
                match value.as_str() {
                    Some(text) if key.ends_with("description") || key.ends_with("summary") => {
                        each(text, label)
                    }
                    _ => descriptions(value, each),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_description_of_the_corpus_is_read_with_spans_inside() {
    let Some(data) = shared("data") else { return };
    let (mut texts, mut rows) = (0_usize, 0_usize);
    documents(&data, &mut |document| {
        descriptions(document, &mut |text, label| {
            texts += 1;
            let reading = dosing::read_with(dosing::Vocabulary::embedded(), text, label);
            for row in &reading.administrations {
                rows += 1;
                assert!(row.span.of(text).is_some_and(|words| !words.is_empty()), "{row:?}\n{text}");
                assert!(row.more_spans.iter().all(|span| span.of(text).is_some()), "{row:?}\n{text}");
                assert!(!row.drug.is_empty() && row.dose.is_none_or(|dose| dose.0.is_finite()), "{row:?}");
            }
        });
    });
    assert!(texts > 5_000 && rows > 2_000, "{texts} texts, {rows} rows");
}

#[test]
fn every_trial_that_a_format_opens_is_read_with_spans_inside() {
    let Some(data) = shared("data") else { return };
    let loaded = trialdeck::library::load_all(&[data], &trialdeck::library::Cancel::new());
    let (mut rows, mut frames) = (0_usize, 0_usize);
    for entry in &loaded.entries {
        let trial = &entry.trial;
        let description =
            [&trial.description.brief, &trial.description.detailed].map(|text| (text.as_deref(), ""));
        let arms = trial.arms.iter().map(|arm| (arm.description.as_deref(), arm.label.as_str()));
        let given =
            trial.interventions.iter().map(|given| (given.description.as_deref(), given.name.as_str()));
        for (text, label) in description.into_iter().chain(arms).chain(given) {
            let Some(text) = text else { continue };
            for row in dosing::read(text, label) {
                rows += 1;
                assert!(row.span.of(text).is_some_and(|words| !words.is_empty()), "{}: {row:?}", trial.id);
            }
        }
        for text in trial.endpoints.iter().filter_map(|endpoint| endpoint.time_frame.as_ref()) {
            let frame = time_frame::read(&text.text);
            frames += usize::from(frame.span.is_some());
            let spans = frame.span.iter().chain(frame.moments.iter().map(|moment| &moment.span));
            assert!(spans.into_iter().all(|span| span.of(&text.text).is_some()), "{}: {frame:?}", trial.id);
        }
    }
    assert!(
        loaded.entries.len() > 2_500 && rows > 3_000 && frames > 10_000,
        "{} {rows} {frames}",
        loaded.entries.len()
    );
}

/// The rows of all lines of a source document.
fn seed(name: &str) -> Option<Vec<Administration>> {
    let text = std::fs::read_to_string(shared("seeds")?.join(name)).unwrap_or_default();
    Some(text.lines().flat_map(|line| dosing::read(line, "")).collect())
}

/// The one row of a treatment in a part of the treatment.
fn row<'r>(rows: &'r [Administration], drug: &str, epoch: Option<&str>) -> &'r Administration {
    let found: Vec<&Administration> =
        rows.iter().filter(|row| row.drug == drug && row.epoch.as_deref() == epoch).collect();
    match found.as_slice() {
        [one] => one,
        _ => panic!("{drug} {epoch:?}: {found:#?}"),
    }
}

fn dose(row: &Administration) -> (Option<f64>, Option<&str>, Option<&str>) {
    (row.dose.map(|dose| dose.0), row.unit.as_deref(), row.route.as_deref())
}

fn period(period: Option<trialdeck::protocol::Period>) -> Option<f64> {
    period.map(|period| period.days())
}

#[test]
fn the_colorectal_document_gives_monotherapy_and_combination() {
    let Some(rows) = seed("crc-bioTTT001.txt") else { return };
    let alone = row(&rows, "biottt001", Some("monotherapy"));
    assert_eq!(dose(alone), (None, None, Some("ia")));
    assert!(alone.levels.is_empty(), "the levels of the combination are not borrowed");
    assert_eq!(
        (alone.days.as_slice(), period(alone.every), alone.doses),
        ([1, 15].as_slice(), Some(14.0), Some(2))
    );

    let combined = Some("combination");
    let toripalimab = row(&rows, "toripalimab", combined);
    assert_eq!(dose(toripalimab), (Some(80.0), Some("mg"), Some("iv")));
    assert_eq!((toripalimab.days.as_slice(), period(toripalimab.cycle)), ([1, 15].as_slice(), Some(28.0)));

    let virus = row(&rows, "biottt001", combined);
    let levels: Vec<f64> = virus.levels.iter().map(|level| level.0).collect();
    assert_eq!(levels, [5e7, 5e8, 5e9, 1e10]);
    assert_eq!(dose(virus), (None, Some("vp"), Some("ia")));
    assert_eq!((virus.days.as_slice(), period(virus.cycle)), ([2, 16].as_slice(), Some(28.0)));

    let regorafenib = row(&rows, "regorafenib", combined);
    assert_eq!(dose(regorafenib), (Some(80.0), Some("mg"), Some("oral")));
    assert_eq!(regorafenib.days, (1..=21).collect::<Vec<i32>>());
    assert_eq!(period(regorafenib.cycle), Some(28.0));
    // The list of interventions names a route once more; nothing else may have days.
    assert_eq!(rows.iter().filter(|row| !row.days.is_empty()).count(), 4, "{rows:#?}");
}

#[test]
fn the_gastric_document_gives_the_control_arms_drug() {
    let Some(rows) = seed("gastric-rak-cells.txt") else { return };
    let row = row(&rows, "tas-102", None);
    assert_eq!(dose(row), (Some(35.0), Some("mg/m2"), Some("oral")));
    assert_eq!(row.per_day.map(|times| times.0), Some(2.0));
    assert_eq!((row.days.as_slice(), period(row.cycle)), ([1, 2, 3, 4, 5].as_slice(), Some(21.0)));
    assert_eq!(rows.len(), 1, "{rows:#?}");
}

#[test]
fn the_lung_document_gives_cycles_and_stopping_rules() {
    let Some(rows) = seed("sclc-cadonilimab.txt") else { return };
    assert!(!rows.is_empty());
    for row in &rows {
        assert_eq!((row.dose, period(row.cycle)), (None, Some(21.0)), "{row:#?}");
        assert_eq!(row.duration.map(|length| length.to_string()).as_deref(), Some("P24M"), "{row:#?}");
        for event in ["toxicity", "no_benefit", "other"] {
            assert!(row.stop.iter().any(|stop| stop == event), "{event}: {row:#?}");
        }
    }
}

#[test]
fn the_stromal_document_states_no_dose() {
    let Some(rows) = seed("gist-regorafenib-envafolimab.txt") else { return };
    assert!(rows.iter().all(|row| row.dose.is_none() && row.levels.is_empty()), "{rows:#?}");
}
