//! What is typed: 200 keystrokes, each the text in the bar after it.

/// Typed letter by letter: one- and two-letter prefixes, common words, ids, typos, fields, phrases.
const TYPED: &[&str] = &[
    "patients with c",
    "regorafenib",
    "lung cancer",
    "NCT1000",
    "pembro",
    "rgrfnb",
    "diabetse",
    "drug:metf",
    "cond:breast ca",
    "a",
    "s",
    "th",
    "in",
    "phase>=3 ca",
    "quality of life",
    "\"overall sur",
    "placebo -child",
    "hipertension",
    "sponsor:univ",
    "city:paris",
];

/// Whole texts, as they stand when somebody stops typing.
const WHOLE: &[&str] = &[
    "t",
    "p",
    "c",
    "e",
    "pa",
    "co",
    "st",
    "pr",
    "tri",
    "stu",
    "pat",
    "can",
    "study of the",
    "of the in",
    "safety and efficacy",
    "patients with",
    "treatment of patients with cancer",
    "status:recruiting ",
    "age<=17 asthma",
    "start>=2020 ",
    "\"progression free survival\"",
    "heart failure OR stroke",
    "cancr tretment",
    "10000123",
    "nct10000999",
    "covid-19",
    "il-6",
    "tumour",
    "crit:pregnant",
    "outcome:pain",
];

/// The text in the bar after each of 200 keystrokes.
pub fn keystrokes() -> Vec<String> {
    let mut texts: Vec<String> = WHOLE.iter().map(|text| (*text).to_owned()).collect();
    for typed in TYPED {
        let ends = typed.char_indices().map(|(at, c)| at + c.len_utf8());
        texts.extend(ends.filter_map(|end| typed.get(..end)).map(str::to_owned));
    }
    texts.truncate(200);
    texts
}
