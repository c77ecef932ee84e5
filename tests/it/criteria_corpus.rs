//! The eligibility reader over every eligibility text of the working corpus.

use std::path::{Path, PathBuf};

use trialdeck::protocol::CriteriaReading;
use trialdeck::reading::criteria;

/// Every eligibility text in `../shared/data`, or nothing (and a line that says so) where that folder is missing.
fn texts() -> Vec<String> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data"));
    if !root.is_dir() {
        println!("skipped: ../shared is not here");
        return Vec::new();
    }
    let mut texts = Vec::new();
    walk(&root, &mut texts);
    texts.sort();
    texts.dedup();
    texts
}

fn walk(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, texts);
            continue;
        }
        match path.extension().and_then(|e| e.to_str()) {
            Some("json") => from_json(&std::fs::read(&path).unwrap_or_default(), texts),
            Some("xml") => from_xml(&std::fs::read_to_string(&path).unwrap_or_default(), texts),
            Some("zip") => from_zip(&path, texts),
            _ => {}
        }
    }
}

fn from_zip(path: &Path, texts: &mut Vec<String>) {
    let Some(mut archive) = std::fs::File::open(path).ok().and_then(|f| zip::ZipArchive::new(f).ok()) else {
        return;
    };
    for index in 0..archive.len() {
        let mut bytes = Vec::new();
        let Ok(mut member) = archive.by_index(index) else { continue };
        let json = member.name().is_ok_and(|name| name.ends_with(".json"));
        if json && std::io::Read::read_to_end(&mut member, &mut bytes).is_ok() {
            from_json(&bytes, texts);
        }
    }
}

fn from_json(bytes: &[u8], texts: &mut Vec<String>) {
    if let Ok(value) = serde_json::from_slice(bytes) {
        from_value(&value, texts);
    }
}

/// Eligibility texts under the names that the JSON formats give them.
fn from_value(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                let named = matches!(key.as_str(), "eligibilityCriteria" | "EligibilityCriteria");
                match value.as_str() {
                    Some(text) if named => texts.push(text.to_owned()),
                    _ => from_value(value, texts),
                }
            }
        }
        serde_json::Value::Array(array) => array.iter().for_each(|value| from_value(value, texts)),
        _ => {}
    }
}

/// The text block of an old record's `<criteria>`, or an export's criteria fields, as they stand in the file.
fn from_xml(xml: &str, texts: &mut Vec<String>) {
    for (open, close) in [
        ("<criteria>", "</criteria>"),
        ("<Inclusion_Criteria>", "</Inclusion_Criteria>"),
        ("<Exclusion_Criteria>", "</Exclusion_Criteria>"),
    ] {
        for part in xml.split(open).skip(1) {
            if let Some((inner, _)) = part.split_once(close) {
                texts.push(inner.replace("<textblock>", "").replace("</textblock>", ""));
            }
        }
    }
}

fn assert_nothing_lost(text: &str, reading: &CriteriaReading) {
    let mut at = 0;
    for criterion in &reading.criteria {
        let gap = text.get(at..criterion.span.start).unwrap_or_else(|| panic!("spans do not rise"));
        assert!(gap.trim().is_empty(), "lost: {gap:?}");
        at = criterion.span.end;
    }
    let gap = text.get(at..).unwrap_or_else(|| panic!("outside the text"));
    assert!(gap.trim().is_empty(), "lost at the end: {gap:?}");
    for fact in &reading.facts {
        let words = fact.span.of(text).unwrap_or_else(|| panic!("{fact:?}"));
        assert!(!words.trim().is_empty(), "{fact:?}");
    }
}

#[test]
fn no_character_of_any_eligibility_text_is_lost() {
    let texts = texts();
    for text in &texts {
        assert_nothing_lost(text, &criteria::read(text));
    }
    println!("{} texts", texts.len());
}
