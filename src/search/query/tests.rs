use super::*;

/// A query written back in a plain, fully bracketed form.
fn shown(text: &str) -> String {
    let variables = |name: &str| ["ecog", "anc"].contains(&name).then(|| name.to_owned());
    let query = parse(text, &variables);
    let clauses: Vec<String> = query.clauses.iter().map(clause).collect();
    let problems: Vec<String> =
        query.problems.iter().map(|p| format!("!{}..{} {}", p.span.start, p.span.end, p.message)).collect();
    [clauses, problems].concat().join(" & ")
}

fn clause(clause: &Clause) -> String {
    let atoms: Vec<String> = clause.any.iter().map(|atom| test(&atom.test)).collect();
    format!("{}{}", if clause.negated { "not " } else { "" }, atoms.join(" or "))
}

fn test(test: &Test) -> String {
    match test {
        Test::Text { field, text, phrase, prefix } => {
            let field = field.map(|f| format!("{}:", f.info().names[0])).unwrap_or_default();
            let mark = if *phrase { "\"" } else { "" };
            format!("{field}{mark}{text}{mark}{}", if *prefix { "*" } else { "" })
        }
        Test::Compare { field, comparator, operand } => {
            format!("{} {comparator:?} {operand:?}", field.info().names[0])
        }
        Test::Limit { variable, comparator, value, unit } => {
            format!("limit {variable} {comparator:?} {value}{}", unit.as_deref().unwrap_or_default())
        }
        Test::Unlimited { variable } => format!("no limit {variable}"),
    }
}

#[test]
fn queries_read_as_they_are_meant() {
    for (text, reading) in [
        ("", ""),
        ("lung cancer", "lung & cancer*"),
        ("lung cancer ", "lung & cancer"),
        ("\"small cell\" -placebo", "\"small cell\" & not placebo*"),
        ("gist OR sarcoma phase:2", "gist or sarcoma & phase Equal Count(2)"),
        ("title:rego drug:\"tas 102\"", "title:rego & drug:\"tas 102\""),
        ("ecog<=1 anc>=1.5 ", "limit ecog AtMost 1 & limit anc AtLeast 1.5"),
        ("phase:none", "phase Equal Word(\"none\")"),
        ("class:industry", "class Equal Word(\"industry\")"),
        ("anc≥1500/ul", "limit anc AtLeast 1500/ul"),
        ("ecog:none", "no limit ecog"),
        ("enrollment>100", "enrolment Greater Count(100)"),
        ("start>=2025-02", "start AtLeast Days(2025-02-01, 2025-02-28)"),
        ("age<=17", "age AtMost AgeDays(6209.25)"),
        ("status:Recruiting", "status Equal Word(\"recruiting\")"),
        ("1:1", "1:1*"),
        ("tas-102", "tas-102*"),
    ] {
        assert_eq!(shown(text), reading, "{text}");
    }
}

#[test]
fn a_faulty_part_is_named_and_the_rest_still_asks() {
    for (text, reading) in [
        (
            "lung colour:red",
            "lung & !5..15 there is no field \"colour\"; there are title, cond, drug, arm, outcome, crit, sponsor, site, city, \
             country, id, status, phase, type, sex, class, age, enrolment, start, completion, updated, kind, standard, and limits as \
             in ecog<=1",
        ),
        ("ecog<=x lung", "lung* & !0..7 ecog is compared with a number, such as ecog<=1"),
        ("\"open", "\"open\" & !0..5 the quote is not closed"),
        ("OR lung", "lung* & !0..2 OR needs a word before it that is not excluded"),
        ("lung OR", "lung & !7..7 OR has nothing after it"),
        ("title>3 x", "x* & !0..7 title holds words: write title:…"),
        ("start>=soon x", "x* & !0..11 \"soon\" is not a date, such as 2025, 2025-01 or 2025-01-31"),
    ] {
        assert_eq!(shown(text), reading, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_parser(text in "\\PC{0,60}") {
        let query = parse(&text, &|_| None);
        for problem in &query.problems {
            proptest::prop_assert!(text.get(problem.span.clone()).is_some());
        }
    }
}
