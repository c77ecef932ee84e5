//! Findings in print: text, JSON, SARIF 2.1.0.

use std::io::{Result, Write};

use serde_json::{Value, json};

use crate::findings::{Finding, rule, rules};
use crate::protocol::{Span, Trial};

use super::guard::one_line;

/// A line a trial that has findings, and below it one a finding; a count at the end.
///
/// # Errors
/// When it cannot be written.
pub fn text<'f>(rows: impl Iterator<Item = (&'f Trial, &'f [Finding])>, out: &mut dyn Write) -> Result<()> {
    let (mut trials, mut found, mut all) = (0, 0, 0);
    for (trial, findings) in rows {
        trials += 1;
        if findings.is_empty() {
            continue;
        }
        found += 1;
        all += findings.len();
        writeln!(out, "{}  {}", one_line(&trial.id), one_line(&trial.title))?;
        for finding in findings {
            let title = rule(finding.rule).map_or("", |rule| rule.title);
            writeln!(out, "  {:<7} {}: {}", finding.severity.name(), title, one_line(&finding.message))?;
            writeln!(out, "          {} · {}", finding.rule, places(&finding.spans))?;
        }
    }
    writeln!(out, "{all} findings in {found} of {trials} trials")
}

fn places(spans: &[Span]) -> String {
    let place = |span: &Span| format!("{} {}–{}", span.field, span.start, span.end);
    if spans.is_empty() {
        "the record".to_owned()
    } else {
        spans.iter().map(place).collect::<Vec<_>>().join(", ")
    }
}

/// An array of trials, each with its findings.
///
/// # Errors
/// When it cannot be written.
pub fn json<'f>(rows: impl Iterator<Item = (&'f Trial, &'f [Finding])>, out: &mut dyn Write) -> Result<()> {
    let rows: Vec<Value> = rows
        .map(|(trial, findings)| json!({ "id": trial.id, "title": trial.title, "findings": findings.iter().map(one).collect::<Vec<_>>() }))
        .collect();
    Ok(super::json::pretty(&rows, out)?)
}

fn one(finding: &Finding) -> Value {
    let rule = rule(finding.rule);
    json!({
        "rule": finding.rule,
        "severity": finding.severity,
        "title": rule.map(|rule| rule.title),
        "message": finding.message,
        "explanation": rule.map(|rule| rule.explanation),
        "spans": finding.spans,
    })
}

/// SARIF 2.1.0 (OASIS): the rules, and a result a finding. A record has no line numbers of its own, so a place is the
/// file, and in it the record's id with the field as a logical location; the bytes of the field are among the properties.
///
/// # Errors
/// When it cannot be written.
pub fn sarif<'f>(rows: impl Iterator<Item = (&'f Trial, &'f [Finding])>, out: &mut dyn Write) -> Result<()> {
    let results: Vec<Value> = rows
        .flat_map(|(trial, findings)| findings.iter().map(move |finding| result(trial, finding)))
        .collect();
    let rules: Vec<Value> = rules()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.title },
                "fullDescription": { "text": rule.explanation },
                "defaultConfiguration": { "level": rule.severity.name() },
            })
        })
        .collect();
    let driver = json!({ "name": "trialdeck", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    Ok(super::json::pretty(&log, out)?)
}

fn result(trial: &Trial, finding: &Finding) -> Value {
    let place =
        |field: &str| json!({ "fullyQualifiedName": format!("{}/{field}", trial.id), "kind": "member" });
    let mut logical: Vec<Value> = finding.spans.iter().map(|span| place(&span.field)).collect();
    if logical.is_empty() {
        logical.push(json!({ "fullyQualifiedName": trial.id, "kind": "object" }));
    }
    let mut location = json!({ "logicalLocations": logical });
    if let (Some(source), Some(location)) = (&trial.source, location.as_object_mut()) {
        location.insert(
            "physicalLocation".to_owned(),
            json!({ "artifactLocation": { "uri": uri(&source.file) } }),
        );
    }
    json!({
        "ruleId": finding.rule,
        "level": finding.severity.name(),
        "message": { "text": finding.message },
        "locations": [location],
        "properties": { "id": trial.id, "spans": finding.spans },
    })
}

/// A file's name as a relative reference: what may not stand in one is escaped.
fn uri(file: &str) -> String {
    let mut out = String::with_capacity(file.len());
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
