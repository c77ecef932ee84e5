use jiff::civil::date;

use super::decide::decided;
use super::sheet::{Answer, Bearing, Sheet};
use super::store::Sheets;
use super::{export, sheet};
use crate::matching::limit::{Truth, holds};
use crate::protocol::{
    CriteriaReading, Criterion, CriterionRole, Limit, LimitValue, Number, Section, Span, Trial,
};

fn item(section: Section, text: &str) -> Criterion {
    Criterion {
        role: CriterionRole::Item,
        section: Some(section),
        number: None,
        depth: 0,
        text: text.to_owned(),
        span: Span::new("text", 0..text.len()),
    }
}

fn begun() -> Sheet {
    let mut trial = Trial { id: "NCT90000001".to_owned(), title: "A | study".to_owned(), ..Trial::default() };
    trial.eligibility.text = Some("the criteria".to_owned());
    let criteria = vec![
        item(Section::Inclusion, "Neutrophils 1.5 or more"),
        item(Section::Exclusion, "Active infection"),
        item(Section::Exclusion, "=Earlier surgery"),
    ];
    let reading = CriteriaReading { criteria, ..CriteriaReading::default() };
    Sheet::begin("heron", &trial, &reading, date(2026, 1, 1))
}

fn limit(op: &str, value: f64) -> Limit {
    Limit {
        section: Some(Section::Inclusion),
        variable: "anc".to_owned(),
        op: op.to_owned(),
        value: LimitValue::Number(Number(value)),
        unit: Some("10^9/L".to_owned()),
        conditional: false,
        except: false,
        alternative: false,
        agent: None,
        span: Span::new("text", 0..1),
    }
}

#[test]
fn a_sheet_says_what_is_open_and_what_fails_first() {
    let mut sheet = begun();
    assert_eq!((sheet.open(), sheet.first_failing().is_none()), (3, true));
    sheet.questions[0].answer = Answer::Met;
    sheet.questions[1].answer = Answer::NotMet;
    assert_eq!(sheet.questions[1].bearing(), Bearing::Passes);
    sheet.questions[2].answer = Answer::Met;
    assert_eq!(sheet.open(), 0);
    assert_eq!(sheet.first_failing().map(|q| (q.section, q.number)), Some((Some(Section::Exclusion), 2)));
}

#[test]
fn a_sheet_knows_when_its_record_changed_and_when_its_time_is_over() {
    let sheet = begun();
    assert!(!sheet.is_stale("the criteria"));
    assert!(sheet.is_stale("the criteria, amended"));
    assert_eq!(sheet.keep_until(), date(2026, 4, 1));
    assert!(!sheet.is_due(date(2026, 4, 1)));
    assert!(sheet.is_due(date(2026, 4, 2)));
    assert_eq!(sheet::text_hash("").get(..8), Some("e3b0c442"));
}

#[test]
fn a_limit_decides_only_what_it_states() {
    let none = |_: &str, _: f64, _: &str| None;
    let per_litre = |_: &str, value: f64, unit: &str| {
        Some((if unit == "/uL" { value / 1000.0 } else { value }, "10^9/L".to_owned()))
    };
    let at_least = limit(">=", 1.5);
    assert_eq!(holds(&at_least, 1.2, "10^9/L", &none), Truth::No);
    assert_eq!(holds(&at_least, 1500.0, "/uL", &per_litre), Truth::Yes);
    assert_eq!(holds(&at_least, 1.2, "furlong", &none), Truth::Unknown);

    assert_eq!(decided(Some(Section::Inclusion), &[(&at_least, Truth::No)]), Some(Answer::NotMet));
    assert_eq!(decided(Some(Section::Inclusion), &[(&at_least, Truth::Yes)]), None);
    let conditional = Limit { conditional: true, ..at_least.clone() };
    assert_eq!(decided(Some(Section::Inclusion), &[(&conditional, Truth::No)]), None);
    assert_eq!(decided(Some(Section::Exclusion), &[(&limit("<", 1.5), Truth::Yes)]), Some(Answer::Met));
    assert_eq!(decided(Some(Section::Exclusion), &[(&limit("<", 1.5), Truth::No)]), None);
    assert_eq!(decided(None, &[(&at_least, Truth::No)]), None);
}

#[test]
fn sheets_are_kept_listed_and_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheets = Sheets::at(folder.path().join("sheets"));
    assert!(sheets.list().expect("an empty list").sheets.is_empty());
    let sheet = begun();
    sheets.save(&sheet).expect("saved");
    assert_eq!(sheets.load("heron", "NCT90000001").expect("read"), Some(sheet.clone()));
    std::fs::write(folder.path().join("sheets/other.json"), b"{").expect("written");
    let listing = sheets.list().expect("a list");
    assert_eq!((listing.sheets.len(), listing.broken.len()), (1, 1));
    let name = sheets.file("heron", "NCT90000001");
    assert!(!name.to_string_lossy().contains("heron"));
    assert!(sheets.delete("heron", "NCT90000001").expect("deleted"));
    assert!(!sheets.delete("heron", "NCT90000001").expect("nothing to delete"));
}

#[test]
fn exports_carry_the_record_and_defuse_what_they_hold() {
    let mut sheet = begun();
    sheet.questions[0].note = "<b>".to_owned();
    let markdown = export::markdown(&sheet);
    assert!(
        markdown.contains("A | study") && markdown.contains("| exclusion 1 | Active infection | unknown |")
    );
    assert!(markdown.contains(&sheet.text_hash));
    let csv = export::csv(&sheet).expect("CSV");
    assert!(csv.contains("'=Earlier surgery"), "{csv}");
    assert!(export::page(&sheet).contains("&lt;b&gt;"));
}
