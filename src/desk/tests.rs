use jiff::civil::date;

use super::export::RecordNow;
use super::sheet::{Answer, Bearing, Entered, Sheet};
use super::store::Sheets;
use super::{export, sheet};
use crate::protocol::{Section, Trial};
use crate::reading::criteria;

fn trial(text: &str) -> Trial {
    let mut trial = Trial { id: "NCT90000001".to_owned(), title: "A | study".to_owned(), ..Trial::default() };
    trial.eligibility.text = Some(text.to_owned());
    trial
}

fn begun_with(text: &str) -> Sheet {
    Sheet::begin("heron", &trial(text), &criteria::read(text), date(2026, 1, 1))
}

const TEXT: &str = "Inclusion Criteria:\n* Neutrophils >= 1.5 x 10^9/L\n\nExclusion Criteria:\n* Active \
                    infection\n* =Earlier surgery";

fn begun() -> Sheet {
    begun_with(TEXT)
}

/// Enters a value for the first limit of a question.
fn enter(sheet: &mut Sheet, question: usize, value: f64, unit: &str) {
    let limit = sheet.questions[question].limits[0].clone();
    let entered = Entered { variable: limit.variable, value, unit: unit.to_owned(), agent: limit.agent };
    sheet.questions[question].entered.push(entered);
}

#[test]
fn a_sheet_says_what_is_open_and_what_fails_first() {
    let mut sheet = begun();
    assert_eq!((sheet.open(), sheet.first_failing()), (3, None));
    sheet.questions[0].answer = Answer::Met;
    sheet.questions[1].answer = Answer::NotMet;
    assert_eq!(sheet.bearing(1), Bearing::Passes);
    sheet.questions[2].answer = Answer::Met;
    assert_eq!((sheet.open(), sheet.first_failing()), (0, Some(2)));
    assert_eq!(sheet.questions[2].section, Some(Section::Exclusion));
}

#[test]
fn questions_are_numbered_as_the_text_has_them() {
    let sheet = begun_with(
        "Inclusion Criteria:\n\n1. Adults\n2. Adequate organ function:\n   a. Platelets >= 100 x 10^9/L\n   b. ALT <= 2.5 x ULN\n\nExclusion Criteria:\n\n* Fear of forests",
    );
    let labels: Vec<&str> = sheet.questions.iter().map(|q| q.label.as_str()).collect();
    assert_eq!(labels, ["1", "2", "2a", "2b", "1"]);
    assert_eq!(sheet.questions[3].part_of, Some(1));
    assert_eq!(export::place(&sheet.questions[3]), "inclusion 2b");
}

#[test]
fn the_answer_to_a_whole_settles_what_is_open_below_it() {
    let text = "Inclusion Criteria:\n* Adequate organ function:\n  * Platelets >= 100 x 10^9/L\n  * ALT <= 2.5 x ULN";
    let mut sheet = begun_with(text);
    assert_eq!(sheet.open(), 3);
    sheet.questions[0].answer = Answer::Met;
    assert_eq!(sheet.open(), 0);
    sheet.questions[1].answer = Answer::NotMet;
    assert_eq!(sheet.first_failing(), Some(1), "what is said of a part counts all the same");
}

#[test]
fn one_of_several_stands_in_nobodys_way_by_itself() {
    let text = "Inclusion Criteria:\n* One of the following:\n  * Stage III\n  * Stage IV";
    let mut sheet = begun_with(text);
    sheet.questions[1].answer = Answer::NotMet;
    assert_eq!((sheet.open(), sheet.first_failing()), (2, None));
    sheet.questions[0].answer = Answer::NotMet;
    assert_eq!(sheet.first_failing(), Some(0));
}

#[test]
fn a_text_that_does_not_say_what_shuts_out_decides_nothing() {
    let mut sheet = begun_with("* Platelets >= 100 x 10^9/L\n* Fear of forests");
    sheet.questions[0].answer = Answer::NotMet;
    assert_eq!((sheet.bearing(0), sheet.open(), sheet.first_failing()), (Bearing::Unsaid, 1, None));
}

#[test]
fn a_sheet_knows_when_its_record_changed_and_when_its_time_is_over() {
    let sheet = begun();
    assert!(!sheet.is_stale(TEXT));
    assert!(sheet.is_stale("the criteria, amended"));
    assert_eq!(sheet.keep_until(), date(2026, 4, 1));
    assert!(!sheet.is_due(date(2026, 4, 1)));
    assert!(sheet.is_due(date(2026, 4, 2)));
    assert_eq!(sheet::text_hash("").get(..8), Some("e3b0c442"));
}

#[test]
fn a_renewed_sheet_keeps_the_answers_to_words_that_did_not_change() {
    let mut sheet = begun();
    enter(&mut sheet, 0, 1.2, "10^9/L");
    sheet.questions[1].answer = Answer::NotMet;
    sheet.questions[2].answer = Answer::NotMet;
    let text = TEXT
        .replace("=Earlier surgery", "Surgery within 4 weeks")
        .replace("infection\n", "infection\n* Fever\n");
    let (renewed, kept) = sheet.renewed(&trial(&text), &criteria::read(&text));
    assert!(!renewed.is_stale(&text));
    assert_eq!(kept, 2);
    let answers: Vec<Answer> = (0..4).map(|at| renewed.given(at).answer).collect();
    assert_eq!(answers, [Answer::NotMet, Answer::NotMet, Answer::Unknown, Answer::Unknown]);
}

/// What a value decides about the first question of a text: `Unknown` where that is left to the person.
fn decides(text: &str, value: f64, unit: &str) -> Answer {
    let mut sheet = begun_with(text);
    enter(&mut sheet, 0, value, unit);
    let given = sheet.given(0);
    assert_eq!(given.by_limit, given.answer != Answer::Unknown);
    given.answer
}

#[test]
fn a_limit_decides_only_what_it_states() {
    use Answer::{Met, NotMet, Unknown};
    for (text, value, unit, expected) in [
        ("Inclusion Criteria:\n* ANC >= 1.5 x 10^9/L", 1.2, "10^9/L", NotMet),
        ("Inclusion Criteria:\n* ANC >= 1.5 x 10^9/L", 1200.0, "/uL", NotMet),
        // That the limit holds does not make all of a criterion's words true.
        ("Inclusion Criteria:\n* ANC >= 1.5 x 10^9/L", 1500.0, "/uL", Unknown),
        ("Inclusion Criteria:\n* ANC >= 1.5 x 10^9/L", 1.2, "furlong", Unknown),
        ("Inclusion Criteria:\n* ECOG 0-1", 2.0, "", NotMet),
        ("Inclusion Criteria:\n* Child-Pugh A", 2.0, "class", NotMet),
        ("Inclusion Criteria:\n* ALT <= 2.5 x ULN", 3.0, "ULN", NotMet),
        ("Inclusion Criteria:\n* ALT <= 2.5 x ULN", 90.0, "U/L", Unknown),
        // The higher limit may hold for this patient; none does.
        ("Inclusion Criteria:\n* ALT <= 2.5 x ULN (<= 5 x ULN if liver metastases)", 3.0, "ULN", Unknown),
        ("Inclusion Criteria:\n* ALT <= 2.5 x ULN (<= 5 x ULN if liver metastases)", 6.0, "ULN", NotMet),
        (
            "Inclusion Criteria:\n* Creatinine <= 1.5 x ULN or creatinine clearance >= 60 mL/min",
            2.0,
            "ULN",
            Unknown,
        ),
        ("Exclusion Criteria:\n* Platelets < 100,000/mm3", 80.0, "10^9/L", Met),
        ("Exclusion Criteria:\n* Platelets < 100,000/mm3", 120.0, "10^9/L", Unknown),
        // More is said than the limit: the person weighs it.
        ("Exclusion Criteria:\n* Platelets < 100,000/mm3 despite transfusion", 80.0, "10^9/L", Unknown),
        ("Exclusion Criteria:\n* Chemotherapy within 4 weeks", 10.0, "day", Unknown),
        ("* ANC >= 1.5 x 10^9/L", 1.2, "10^9/L", Unknown),
    ] {
        assert_eq!(decides(text, value, unit), expected, "{text} with {value} {unit}");
    }
}

#[test]
fn a_persons_answer_counts_and_the_contradiction_is_told() {
    let mut sheet = begun();
    enter(&mut sheet, 0, 1.2, "10^9/L");
    sheet.questions[0].answer = Answer::Met;
    let given = sheet.given(0);
    assert_eq!((given.answer, given.by_limit, given.contradicted), (Answer::Met, false, true));
}

#[test]
fn a_part_that_relaxes_its_whole_leaves_it_open() {
    let text = "Inclusion Criteria:\n* ALT <= 2.5 x ULN, except:\n  * ALT <= 5 x ULN if liver metastases";
    assert_eq!(decides(text, 3.0, "ULN"), Answer::Unknown);
}

#[test]
fn a_file_that_was_made_wrong_by_hand_does_not_hang() {
    let mut sheet = begun();
    sheet.questions[0].part_of = Some(2);
    sheet.questions[2].part_of = Some(0);
    assert_eq!(sheet.open(), 3);
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
fn sheets_are_for_their_owner_alone_and_written_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheets = Sheets::at(folder.path().join("sheets"));
    sheets.save(&begun()).expect("saved");
    sheets.save(&begun()).expect("saved again");
    let names: Vec<_> =
        std::fs::read_dir(folder.path().join("sheets")).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 1, "nothing half written stays behind");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&sheets.file("heron", "NCT90000001")), 0o600);
        assert_eq!(mode(&folder.path().join("sheets")), 0o700);
    }
}

#[test]
fn exports_carry_the_record_and_defuse_what_they_hold() {
    let mut sheet = begun();
    sheet.questions[0].note = "<b>".to_owned();
    enter(&mut sheet, 0, 1.2, "10^9/L");
    let markdown = export::markdown(&sheet, RecordNow::Changed);
    assert!(
        markdown.contains("A | study") && markdown.contains("| exclusion 1 | Active infection | unknown |")
    );
    assert!(markdown.contains("not met (by the limit)"), "{markdown}");
    assert!(markdown.contains("Neutrophils ≥ 1.5 ×10⁹/L: 1.2 ×10⁹/L, does not hold"), "{markdown}");
    assert!(markdown.contains(&sheet.text_hash) && markdown.contains("STALE"));
    let csv = export::csv(&sheet, RecordNow::Same).expect("CSV");
    assert!(csv.contains("'=Earlier surgery"), "{csv}");
    assert!(export::page(&sheet, RecordNow::NotOpen).contains("&lt;b&gt;"));
}
