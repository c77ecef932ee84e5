//! Small tables of both forms, and bytes of any kind.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::protocol::{Role, Trial};

const CURRENT: &str = "NCT Number,Study Title,Study URL,Study Status,Study Results,Interventions,Primary Outcome Measures,\
Sponsor,Funder Type,Sex,Age,Phases,Enrollment,Study Type,Study Design,Other IDs,Start Date,Last Update Posted,Locations,Study Documents
NCT90000001,\"Warm Tea, Cold Hands\",https://example.org/1,NOT_YET_RECRUITING,YES,DRUG: Tea|DIETARY_SUPPLEMENT: Honey,\
\"Skin temperature, Mean of both hands,\n\nleft first., 30 minutes|Comfort, Day 1, day 8\",Tea Board,OTHER_GOV,FEMALE,\"ADULT, OLDER_ADULT\",\
PHASE1|PHASE2,48,INTERVENTIONAL,\"Allocation: RANDOMIZED|Intervention Model: CROSSOVER|Masking: DOUBLE (PARTICIPANT, OUTCOMES_ASSESSOR)|\
Primary Purpose: SUPPORTIVE_CARE\",TEA-1|2020-000001-11,2020-02,2021-03-04,\"Tea House, Hull, HU1 1AA, United Kingdom|Ward 2, North Hospital, Reno, Nevada, 89501, United States\",\
\"Study Protocol, https://example.org/p.pdf\"
";

const OLDER: &str = "\"Rank\",\"NCT Number\",\"Title\",\"Acronym\",\"Status\",\"Study Results\",\"Conditions\",\"Interventions\",\"Outcome Measures\",\
\"Sponsor/Collaborators\",\"Gender\",\"Age\",\"Phases\",\"Enrollment\",\"Funded Bys\",\"Study Type\",\"Study Designs\",\"Start Date\",\"First Posted\",\
\"Results First Posted\",\"Locations\",\"Study Documents\"
1,\"NCT90000002\",\"Slow Walks\",,\"Active, not recruiting\",\"No Results Available\",\"Gout|Old Age\",\"Behavioral: Walks\",\"Steps a day, measured|Mood\",\
\"Walkers|Friends of Walkers, Denmark\",\"All\",\"18 Years to 70 Years \u{A0} (Adult, Older Adult)\",\"Not Applicable\",\"120\",\"Other|Industry\",\"Observational\",\
\"Observational Model: Case-Control|Time Perspective: Prospective\",\"May 2014\",\"February 5, 2014\",\"null\",\"Park Clinic, Aarhus, Denmark\",\
\"\"\"Study Protocol\"\", https://example.org/w.pdf\"
2,\"NCT90000003\",\"Short Naps\",,\"Completed\",\"Has Results\",\"\",\"\",\"\",\"Nappers\",\"Male\",\"up to 17 Years \u{A0} (Child)\",\"\",\"null\",\"NIH\",\
\"Interventional\",\"\",\"\",\"\",\"null\",\"\",\"\"
";

fn all(table: &str) -> Vec<Result<Record, RecordError>> {
    let mut records = Vec::new();
    read(&Arc::new(table.as_bytes().to_vec()), "table.csv", &mut |record| records.push(record));
    records
}

fn trials(table: &str) -> Vec<Trial> {
    all(table).into_iter().map(|record| record.expect("a row").trial).collect()
}

fn json(table: &str) -> String {
    serde_json::to_string_pretty(&trials(table)).expect("JSON")
}

#[test]
fn a_row_of_the_current_export_is_a_trial() {
    insta::assert_snapshot!(json(CURRENT));
}

#[test]
fn a_row_of_the_older_export_is_a_trial() {
    insta::assert_snapshot!(json(OLDER));
}

#[test]
fn separators_line_ends_and_a_byte_order_mark_change_nothing() {
    let plain = trials(OLDER);
    assert_eq!(trials(&format!("\u{FEFF}{OLDER}")), plain);
    assert_eq!(trials(&OLDER.replace('\n', "\r\n")), plain);
    for separator in ["\t", ";"] {
        let mut table = String::new();
        for line in OLDER.lines() {
            let mut cells = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let cells = cells.records().next().expect("a row").expect("a row");
            let cells: Vec<String> =
                cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            table += &cells.join(separator);
            table += "\n";
        }
        assert_eq!(trials(&table), plain);
    }
}

#[test]
fn chosen_columns_in_any_order_are_a_table_too() {
    let trials = trials("Phases,Unheard Of,NCT Number\nPHASE3,x,NCT90000004\n");
    assert_eq!(trials.len(), 1);
    assert_eq!((trials[0].id.as_str(), trials[0].phases[0].as_str()), ("NCT90000004", "PHASE3"));
}

#[test]
fn a_broken_row_costs_itself() {
    let table = "NCT Number,Study Title,Phases\nNCT90000005,One,PHASE1\nNCT90000006,\"Two\n lines\"\n,,PHASE2\nNCT90000007,Four,PHASE4\n";
    let records = all(table);
    let shown: Vec<String> = records
        .iter()
        .map(|record| match record {
            Ok(record) => record.trial.id.clone(),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "NCT90000005",
            "table.csv, record 2, line 3: 2 cells where the header has 3: cut off, or a quotation mark is left open",
            "table.csv, record 3, line 5: neither a registry number nor a title in this row",
            "NCT90000007",
        ]
    );
}

#[test]
fn a_table_of_anything_else_is_none() {
    for text in ["", "a,b,c\n1,2,3\n", "Name,Status\nx,y\n", "Title\nx\n", "NCT Number\n"] {
        assert!(!looks_like(text.as_bytes()), "{text}");
    }
}

#[test]
fn the_fields_are_the_cells_as_they_came() {
    let record = all(CURRENT).pop().expect("a record").expect("a row");
    let fields = fields(record.raw.as_ref().expect("its bytes"));
    let value = |path: &str| fields.iter().find(|field| field.path == path).map(|field| field.value.as_str());
    assert_eq!(value("Study Title"), Some("Warm Tea, Cold Hands"));
    assert_eq!(value("Study URL"), Some("https://example.org/1"));
    assert!(value("Primary Outcome Measures").is_some_and(|cell| cell.contains("\n\nleft first.")));
}

#[test]
fn outcomes_with_their_time_frames_keep_their_roles() {
    let trial = trials(CURRENT).remove(0);
    assert!(trial.endpoints.iter().all(|endpoint| endpoint.role == Some(Role::Primary)));
    assert!(trials(OLDER)[0].endpoints.iter().all(|endpoint| endpoint.role.is_none()));
}

proptest! {
    #[test]
    fn any_bytes_are_taken(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        looks_like(&bytes);
        read(&Arc::new(bytes), "table.csv", &mut |_| {});
    }

    #[test]
    fn any_cells_are_taken(cells in proptest::collection::vec("[ -~é|\n]{0,40}", 0..40)) {
        let header = "NCT Number,Study Title,Age,Enrollment,Study Design,Locations,Study Documents,Start Date\n";
        let rows: Vec<String> = cells.chunks(8).map(|row| row.join(",")).collect();
        read(&Arc::new(format!("{header}{}", rows.join("\n")).into_bytes()), "table.csv", &mut |record| {
            if let Ok(Record { raw: Some(raw), .. }) = record {
                fields(&raw);
            }
        });
    }

    #[test]
    fn a_table_cut_off_anywhere_is_taken(end in 0..1600_usize) {
        let bytes = OLDER.as_bytes();
        read(&Arc::new(bytes[..end.min(bytes.len())].to_vec()), "table.csv", &mut |_| {});
    }
}
