//! Phrases and the rows that they give, other words for the same, and what holds for any text.

use proptest::prelude::*;

use super::*;

#[derive(serde::Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    #[serde(default)]
    label: String,
    text: String,
    rows: Vec<String>,
}

/// A row as the table writes it.
fn shown(row: &Administration) -> String {
    let mut parts = vec![row.drug.clone()];
    let unit = row.unit.as_deref().unwrap_or_default();
    if let Some(dose) = row.dose {
        let most = row.dose_max.map(|most| format!("-{most}")).unwrap_or_default();
        parts.push(format!("{dose}{most} {unit}"));
    } else if let Some(most) = row.dose_max {
        parts.push(format!("up to {most} {unit}"));
    }
    if !row.levels.is_empty() {
        let levels: Vec<String> = row.levels.iter().map(ToString::to_string).collect();
        parts.push(format!("levels {} {unit}", levels.join("/")));
    }
    parts.extend(row.route.clone());
    parts.extend(row.per_day.map(|times| format!("{times} a day")));
    parts.extend(row.per_week.map(|times| format!("{times} a week")));
    if let (Some(first), Some(last)) = (row.days.first(), row.days.last()) {
        let run = row.days.len() > 2 && *first == 1 && *last as usize == row.days.len();
        let list: Vec<String> = row.days.iter().map(ToString::to_string).collect();
        parts.push(if run { format!("days 1-{last}") } else { format!("days {}", list.join(",")) });
    }
    parts.extend(row.every.map(|every| format!("every {every}")));
    parts.extend(row.cycle.map(|cycle| format!("cycle {cycle}")));
    parts.extend(row.cycles.map(|cycles| format!("{cycles} cycles")));
    parts.extend(row.duration.map(|length| format!("for {length}")));
    if !row.stop.is_empty() {
        parts.push(format!("until {}", row.stop.join(", ")));
    }
    parts.extend(row.epoch.clone());
    parts.join(" · ")
}

/// Phrase → rows.
const PHRASES: &[&str] = &[
    include_str!("phrases/general.toml"),
    include_str!("phrases/times.toml"),
    include_str!("phrases/days.toml"),
    include_str!("phrases/levels.toml"),
    include_str!("phrases/holds.toml"),
    include_str!("phrases/names.toml"),
    include_str!("phrases/plans.toml"),
    include_str!("phrases/shared.toml"),
    include_str!("phrases/whose.toml"),
    include_str!("phrases/slots.toml"),
    include_str!("phrases/unlisted.toml"),
    include_str!("phrases/nothing.toml"),
    include_str!("phrases/beside.toml"),
    include_str!("phrases/reworded.toml"),
    include_str!("phrases/regimens.toml"),
];

#[test]
fn phrases_give_their_rows() {
    let cases: Vec<Case> = PHRASES
        .iter()
        .flat_map(|table| toml::from_str::<Table>(table).expect("a table of phrases").case)
        .collect();
    let mut wrong = Vec::new();
    for case in &cases {
        let rows: Vec<String> = read(&case.text, &case.label).iter().map(shown).collect();
        if rows != case.rows {
            wrong.push(format!("{}\n   wanted {:#?}\n   read   {rows:#?}", case.text, case.rows));
        }
    }
    assert!(wrong.is_empty(), "{} of {} phrases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Every span lies in the text, on character boundaries, and is not empty; every row says something.
fn check(text: &str, label: &str) -> Result<(), String> {
    let reading = read_with(Vocabulary::embedded(), text, label);
    for row in &reading.administrations {
        for span in std::iter::once(&row.span).chain(&row.more_spans) {
            if span.start >= span.end || span.of(text).is_none() {
                return Err(format!("{span:?} of {text:?}"));
            }
        }
        let told = Administration { drug: String::new(), ..row.clone() };
        let empty =
            Administration { span: row.span.clone(), text: row.text.clone(), ..Administration::default() };
        if row.drug.is_empty() || told == empty {
            return Err(format!("{row:?} says nothing"));
        }
        if let Some(cycle) = row.cycle
            && row.days.iter().any(|day| f64::from(*day) > cycle.days().ceil())
        {
            return Err(format!("{row:?} has a day outside of its cycle"));
        }
    }
    let mut end = 0;
    for sentence in &reading.sentences {
        if sentence.span.start < end || sentence.span.of(text).is_none() {
            return Err(format!("{:?} overlaps or leaves the text", sentence.span));
        }
        end = sentence.span.end;
    }
    Ok(())
}

/// Texts of the words that dosing is written in, in any order.
fn wordy() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "valtumab",
        "zorafenib",
        "cisplatin",
        "chemotherapy",
        "AUC",
        "5",
        "10",
        "80",
        "1,200",
        "0.5",
        "mg",
        "mg/kg",
        "m²",
        "×10\\^7",
        "VP",
        "IV",
        "po",
        "qd",
        "BID",
        "q3w",
        "every",
        "weeks",
        "days",
        "day",
        "D1",
        "-",
        "1",
        "8",
        "15",
        "21",
        "cycle",
        "cycles",
        "of",
        "each",
        "for",
        "up to",
        "until",
        "progression",
        "and",
        "or",
        "+",
        "/",
        ",",
        ";",
        ":",
        ".",
        "(",
        ")",
        "[",
        "]",
        "followed by",
        "then",
        "if",
        "e.g.",
        "not",
        "reduced to",
        "two",
        "three times",
        "a",
        "daily",
        "\n",
        "\n\n",
        "over 30 minutes",
        "with",
        "placebo",
        "respectively",
        "½",
        "，",
        "Ⅻ",
        "🧪",
    ];
    proptest::collection::vec((proptest::sample::select(WORDS), any::<bool>()), 0..60).prop_map(|words| {
        words.iter().map(|(word, blank)| format!("{word}{}", if *blank { " " } else { "" })).collect()
    })
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any::<String>(), label in any::<String>()) {
        prop_assert_eq!(check(&text, &label), Ok(()));
    }

    #[test]
    fn texts_of_dosing_words_give_rows_with_spans_inside(text in wordy(), label in wordy()) {
        prop_assert_eq!(check(&text, &label), Ok(()));
    }
}

#[test]
fn a_row_that_stood_on_a_sign_leaves_no_empty_span() {
    assert_eq!(check("mg15AUC IV;po+valtumab", ""), Ok(()));
}

/// Looks at tokens while reading `text`, a byte of it.
fn looks_a_byte(text: &str) -> f64 {
    let tokens = lex(text);
    read_tokens(Vocabulary::embedded(), &tokens, text, "valtumab");
    tokens.looks() as f64 / text.len() as f64
}

#[test]
fn work_grows_with_the_length_only() {
    let pieces = [
        "1 mg ",
        "9",
        "mg",
        "1 2 3 ",
        "mg/kg/",
        "valtumab 5 mg and ",
        "valtumab and ",
        "(",
        "[(",
        "day 1, ",
        "days 1-2, 3 and ",
        "for up to ",
        "every ",
        "cycle ",
        "q3w ",
        "1/2/",
        "then ",
        "of of ",
        "10^",
        "x10",
        "if ",
        "until progression ",
        "valtumab 5 mg. ",
        "80 mg; ",
        "\n",
        "/",
        "AUC ",
        "- ",
        ",",
        ", ",
        "or ",
        "and ",
        "([",
        "who received ",
        "increasing to 5 mg ",
        "valtumab or placebo 5 mg iv or sc ",
        "1 mg/kg for those < 5 kg and ",
    ];
    for piece in pieces {
        let short = looks_a_byte(&piece.repeat(20_000 / piece.len()));
        let long = looks_a_byte(&piece.repeat(200_000 / piece.len()));
        assert!(
            long <= short * 1.2 + 1.0,
            "{piece:?}: {short:.1} looks a byte, ten times the text {long:.1}"
        );
        assert!(long < 400.0, "{piece:?}: {long:.1} looks a byte");
    }
}

#[test]
fn a_megabyte_of_digits_and_units_is_read() {
    let text = "12 mg ".repeat(170_000);
    assert!(read(&text, "valtumab").len() < 10);
    assert!(read(&"7".repeat(1_000_000), "").is_empty());
}

#[test]
fn sentences_tell_what_was_read() {
    let text = "Valtumab 200 mg IV q3w. The dose of 1,5 mg is disputed. Nothing else is said.";
    let sentences = read_with(Vocabulary::embedded(), text, "").sentences;
    let shown: Vec<(&str, bool)> =
        sentences.iter().map(|s| (s.span.of(text).unwrap_or_default(), s.read)).collect();
    assert_eq!(shown, [("Valtumab 200 mg IV q3w", true)]);
    // From its first word on.
    let text = "People are seen.\n\n* Should there be a need, up to 100 mg of valtumab may be given in case of relapse.";
    let sentences = read_with(Vocabulary::embedded(), text, "").sentences;
    let shown: Vec<&str> = sentences.iter().filter_map(|s| s.span.of(text)).collect();
    assert_eq!(shown, ["Should there be a need, up to 100 mg of valtumab may be given in case of relapse"]);
}

#[test]
fn what_is_looked_at_or_counted_is_no_dosing() {
    for text in [
        "Patients return to the clinic every two weeks.",
        "A blood sample (10 mL) will be collected.",
        "It is seen in about 3% of the population.",
    ] {
        assert_eq!(read_with(Vocabulary::embedded(), text, "").sentences, [], "{text}");
    }
    // What the dose is made of is no dose that was passed over.
    let text = "A dose of valtumab 150 mg which consisted of one injection of valtumab 150 mg/1 ml vial every 4 weeks";
    let sentences = read_with(Vocabulary::embedded(), text, "").sentences;
    assert!(sentences.iter().all(|sentence| sentence.read), "{sentences:?}");
}

#[test]
fn more_than_the_printed_slots_is_kept() {
    let rows = read(
        "In the maintenance phase valtumab 200 mg IV over 30 minutes q3w for a total of four doses until progression or death.",
        "",
    );
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(row.infusion_time.map(|time| time.to_string()).as_deref(), Some("PT30M"));
    assert_eq!((row.doses, row.epoch.as_deref()), (Some(4), Some("maintenance")));
    assert_eq!(row.stop, ["progression", "death"]);
    assert!(row.text.starts_with("valtumab 200 mg"));
}

#[test]
fn an_infusion_time_keeps_both_ends_of_a_range() {
    for (text, least, most) in [
        ("Valtumab 200 mg IV over 30-60 minutes every 3 weeks", "PT30M", Some("PT60M")),
        ("Valtumab 200 mg IV over 30 minutes to 2 hours on day 1", "PT30M", Some("PT2H")),
        ("Valtumab 200 mg as a 90 minute infusion on day 1", "PT90M", None),
    ] {
        let rows = read(text, "");
        let row = rows.first().expect("a row");
        let shown = |time: Option<Period>| time.map(|time| time.to_string());
        assert_eq!(shown(row.infusion_time).as_deref(), Some(least), "{text}");
        assert_eq!(shown(row.infusion_time_max).as_deref(), most, "{text}");
    }
}

#[test]
fn how_many_at_once_is_not_how_many_in_all() {
    for (text, doses) in [
        ("Two injections of 0.2 mL of valtumab for a single dose intradermally", None),
        ("Zorafenib: 2 doses of 300 mg per day", None),
        ("Valtumab 300 mg every month for 3 doses", Some(3)),
        ("Valtumab 300 mg SC every 30 days, for up to 12 administrations", Some(12)),
    ] {
        let rows = read(text, "");
        assert_eq!(rows.first().and_then(|row| row.doses), doses, "{text}");
    }
}

/// Other words for the same, and what changes nothing.
#[derive(serde::Deserialize)]
struct Rewordings {
    same: Vec<Same>,
    behind: Vec<Behind>,
    #[serde(default)]
    except: Vec<Except>,
}

#[derive(serde::Deserialize)]
struct Same {
    from: String,
    to: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Behind {
    texts: Vec<String>,
}

/// A phrase whose rows change with the wording, and why they may.
#[derive(serde::Deserialize)]
struct Except {
    text: String,
    because: String,
}

/// `text` with the first `from` in it that stands as whole words replaced; not where a bracket says it again.
fn reworded(text: &str, from: &str, to: &str) -> Option<String> {
    let apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || ",.;:)".contains(c));
    let places = text.match_indices(from).map(|(at, _)| text.split_at(at));
    let mut words = places.filter_map(|(before, rest)| {
        let behind = rest.strip_prefix(from)?;
        let whole = apart(before.chars().next_back()) && apart(behind.chars().next());
        whole.then_some((before, behind))
    });
    let (before, behind) = words.next()?;
    (!behind.starts_with(" (")).then(|| format!("{before}{to}{behind}"))
}

#[test]
fn other_words_for_the_same_give_the_same_rows() {
    let table: Rewordings = toml::from_str(include_str!("phrases/same.toml")).expect("a table of rewordings");
    assert!(table.except.iter().all(|except| !except.because.is_empty()));
    let mut wrong = Vec::new();
    let mut tried = 0;
    for case in PHRASES.iter().flat_map(|table| toml::from_str::<Table>(table).expect("a table").case) {
        let others = table.same.iter().flat_map(|same| same.to.iter().map(|to| (same.from.as_str(), to)));
        let others = others.filter_map(|(from, to)| reworded(&case.text, from, to));
        let ends = case.text.ends_with('.');
        let behind = table.behind.iter().flat_map(|behind| &behind.texts).filter(|_| ends);
        let behind = behind.map(|more| format!("{} {more}", case.text));
        for text in others.chain(behind).filter(|_| !table.except.iter().any(|e| e.text == case.text)) {
            tried += 1;
            let rows: Vec<String> = read(&text, &case.label).iter().map(shown).collect();
            if rows != case.rows {
                wrong.push(format!("{text}\n   wanted {:#?}\n   read   {rows:#?}", case.rows));
            }
        }
    }
    assert!(tried > 1000, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried} rewordings\n{}", wrong.len(), wrong.join("\n"));
}
