//! Trials made up for these tests.

use trialdeck::protocol::{
    Arm, Code, Contact, Dated, Dates, Description, Design, Eligibility, Endpoint, Enrollment, Intervention,
    Organization, RecordId, Role, Site, Source, TimeFrameText, Trial,
};

/// A trial that states an id, a title, a status, a phase and a condition.
pub fn short(id: &str, title: &str, status: &str, phases: &[&str], condition: &str) -> Trial {
    Trial {
        id: id.to_owned(),
        ids: vec![RecordId { id: id.to_owned(), kind: Some(Code::from("NCT")), domain: None }],
        title: title.to_owned(),
        status: Some(Code::from(status)),
        phases: phases.iter().copied().map(Code::from).collect(),
        conditions: vec![condition.to_owned()],
        dates: Dates { last_update_posted: Some(dated("2025-11-02")), ..Dates::default() },
        ..Trial::default()
    }
}

pub fn dated(date: &str) -> Dated {
    Dated { date: date.to_owned(), kind: None }
}

/// A handful of trials that differ in every column of the list.
pub fn handful() -> Vec<Trial> {
    let old = Trial {
        dates: Dates {
            last_update_posted: Some(dated("2019-06-30")),
            verified: Some(dated("2019-06")),
            ..Dates::default()
        },
        ..short("NCT90000003", "Walking after knee replacement", "UNKNOWN", &["NA"], "Osteoarthritis, Knee")
    };
    vec![
        short("NCT90000001", "Daily tablet against night cramps", "RECRUITING", &["PHASE2"], "Muscle Cramp"),
        short(
            "NCT90000002",
            "Two doses of a nasal spray for hay fever in children aged six to eleven years",
            "COMPLETED",
            &["PHASE2", "PHASE3"],
            "Allergic Rhinitis",
        ),
        old,
        Trial {
            title: "No registry has seen this one".to_owned(),
            id: "notes".to_owned(),
            ..Trial::default()
        },
        short("NCT90000005", "肝細胞癌に対する併用療法", "NOT_YET_RECRUITING", &["PHASE1"], "肝細胞癌"),
    ]
}

fn arm(label: &str, kind: &str, description: &str, interventions: &[&str]) -> Arm {
    Arm {
        label: label.to_owned(),
        kind: Some(Code::from(kind)),
        description: Some(description.to_owned()),
        interventions: interventions.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn intervention(kind: &str, name: &str, description: &str) -> Intervention {
    Intervention {
        kind: Some(Code::from(kind)),
        name: name.to_owned(),
        other_names: Vec::new(),
        description: Some(description.to_owned()),
    }
}

fn endpoint(role: Role, measure: &str, frame: &str, description: &str) -> Endpoint {
    Endpoint {
        role: Some(role),
        measure: measure.to_owned(),
        description: (!description.is_empty()).then(|| description.to_owned()),
        time_frame: (!frame.is_empty()).then(|| TimeFrameText { text: frame.to_owned() }),
    }
}

fn site(facility: &str, city: &str, country: &str, status: &str) -> Site {
    Site {
        facility: Some(facility.to_owned()),
        city: Some(city.to_owned()),
        country: Some(country.to_owned()),
        status: Some(Code::from(status)),
        ..Site::default()
    }
}

/// A trial with something in every pane.
pub fn full() -> Trial {
    Trial {
        official_title: Some(
            "A Masked Comparison of Lantidol at Two Doses With Placebo in Winter Itch".to_owned(),
        ),
        acronym: Some("SNOWSKIN".to_owned()),
        study_type: Some(Code::from("INTERVENTIONAL")),
        enrollment: Some(Enrollment { count: Some(240), kind: Some(Code::from("ESTIMATED")) }),
        sponsor: Some(Organization {
            name: "Northern Skin Clinic".to_owned(),
            class: Some(Code::from("OTHER")),
        }),
        keywords: vec!["itch".to_owned(), "dry skin".to_owned()],
        design: Design {
            allocation: Some(Code::from("RANDOMIZED")),
            intervention_model: Some(Code::from("PARALLEL")),
            purpose: Some(Code::from("TREATMENT")),
            masking: Some(Code::from("DOUBLE")),
            who_masked: vec![Code::from("PARTICIPANT"), Code::from("OUTCOMES_ASSESSOR")],
            ..Design::default()
        },
        arms: arms(),
        interventions: vec![
            intervention("DRUG", "Lantidol", "Lantidol tablets, 20 mg or 40 mg once daily for 8 weeks."),
            intervention("DRUG", "Placebo", "Matching tablets once daily for 8 weeks."),
            intervention("OTHER", "Plain cream", "Applied to both arms and legs twice a day."),
        ],
        endpoints: endpoints(),
        eligibility: Eligibility {
            sex: Some(Code::from("ALL")),
            minimum_age: Some("18 Years".to_owned()),
            maximum_age: Some("75 Years".to_owned()),
            healthy_volunteers: Some(false),
            text: Some(CRITERIA.to_owned()),
            ..Eligibility::default()
        },
        sites: sites(),
        description: Description {
            brief: Some("Does Lantidol ease itch in winter, and which dose does it better?".to_owned()),
            detailed: Some(
                "Itch is scored every evening.\n\nTwo visits are planned:\n\n* Week 4\n* Week 8, with a \
                 count of eosinophils (\\<0.5 x 10\\^9/L is normal)"
                    .to_owned(),
            ),
        },
        source: Some(Source {
            format: "ctgov-json".to_owned(),
            file: "winter/itch.json".to_owned(),
            record: 1,
            version: Some("2025-11-02".to_owned()),
        }),
        ..short(
            "NCT90000042",
            "Lantidol Against Winter Itch",
            "RECRUITING",
            &["PHASE2", "PHASE3"],
            "Winter Itch",
        )
    }
}

const CRITERIA: &str = "Inclusion Criteria:\n\n* Winter itch for at least 6 weeks\n* Itch score \\>= 4:\n\n  1. on a \
                        numeric scale\n  2. on the evening before the first visit\n\nExclusion Criteria:\n\n* Open \
                        wounds\n* Lantidol within 30 days before the first dose";

fn arms() -> Vec<Arm> {
    vec![
        arm(
            "Low dose",
            "EXPERIMENTAL",
            "Lantidol 20 mg once daily, with cream.",
            &["Lantidol", "Plain cream"],
        ),
        arm(
            "High dose",
            "EXPERIMENTAL",
            "Lantidol 40 mg once daily, with cream.",
            &["Lantidol", "Plain cream"],
        ),
        arm("Placebo", "PLACEBO_COMPARATOR", "Placebo once daily, with cream.", &["Placebo", "Plain cream"]),
    ]
}

fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint(
            Role::Primary,
            "Change in itch score",
            "Baseline, week 8",
            "Worst itch of the day on a scale from 0 (none) to 10.",
        ),
        endpoint(Role::Secondary, "Nights slept through", "Baseline, week 8", ""),
        endpoint(Role::Secondary, "Adverse events", "Up to 12 weeks", "By body system and grade."),
        endpoint(Role::Other, "Skin moisture", "", ""),
    ]
}

fn sites() -> Vec<Site> {
    let contact = Contact {
        name: Some("Ida Frost".to_owned()),
        role: Some(Code::from("CONTACT")),
        phone: Some("+47 555 0100".to_owned()),
        email: Some("ida.frost@clinic.example".to_owned()),
        ..Contact::default()
    };
    vec![
        Site { contacts: vec![contact], ..site("Northern Skin Clinic", "Tromsø", "Norway", "RECRUITING") },
        site("Fjord Hospital", "Bergen", "Norway", "COMPLETED"),
        site("Hautklinik am See", "Konstanz", "Germany", "RECRUITING"),
    ]
}

/// A trial with limits of every sort in its criteria, and endpoints with kinds, standards and assessors.
pub fn limited() -> Trial {
    Trial {
        eligibility: Eligibility {
            sex: Some(Code::from("ALL")),
            minimum_age: Some("18 Years".to_owned()),
            healthy_volunteers: Some(false),
            text: Some(LIMITS.to_owned()),
            ..Eligibility::default()
        },
        endpoints: vec![
            endpoint(
                Role::Primary,
                "Progression-free survival (PFS)",
                "Every 8 weeks until progression, up to 24 months",
                "By RECIST 1.1, by blinded independent central review.",
            ),
            endpoint(
                Role::Secondary,
                "Objective response rate",
                "Up to 24 months",
                "Investigator-assessed, RECIST 1.1.",
            ),
            endpoint(Role::Secondary, "Overall survival", "Up to 5 years", ""),
            endpoint(
                Role::Secondary,
                "Number of participants with adverse events",
                "30 days after last dose",
                "Graded by CTCAE v5.0.",
            ),
            endpoint(Role::Other, "Mood of the season", "when the snow melts", ""),
        ],
        source: Some(Source {
            format: "ctgov-json".to_owned(),
            file: "winter/glade.json".to_owned(),
            record: 1,
            version: Some("2025-11-02".to_owned()),
        }),
        ..short(
            "NCT90000077",
            "Brenolimab in advanced glade carcinoma",
            "RECRUITING",
            &["PHASE2"],
            "Glade Carcinoma",
        )
    }
}

const LIMITS: &str = "Inclusion Criteria:\n\n1. ECOG performance status of 0 or 1\n2. Adequate organ function:\n\n   \
                      * Absolute neutrophil count \\>= 1500/\u{b5}L\n   * Haemoglobin at least 90 g/L\n   * ALT \\<= 2.5 x \
                      ULN (\\<= 5 x ULN if liver metastases are present)\n   * Creatinine \\<= 1.5 x ULN or creatinine \
                      clearance \\>= 60 mL/min\n3. No more than two prior lines of therapy\n4. Measurable \
                      disease\n\nExclusion Criteria:\n\n1. Chemotherapy within 4 weeks before the first dose\n2. Other \
                      malignancy, except those free of disease for more than 5 years\n3. NYHA class III or IV heart \
                      failure\n4. Platelets \\< 100,000/mm3\n5. Known HIV infection\n6. Fear of forests";
