//! The lists of words that the limit reader knows, by their place in the vocabulary files.

/// What a phrase does in a sentence. A phrase may be in several lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A variable; the payload is its index.
    Variable,
    /// A unit; the payload is its index.
    Unit,
    /// Holds a variable's word and is none.
    NotVariable,
    /// "blood pressure", before a pair.
    BloodPressure,
    /// Comparators before the number.
    Ge,
    /// `>`
    Gt,
    /// `<=`
    Le,
    /// `<`
    Lt,
    /// `=`
    Eq,
    /// "not <"
    NotLt,
    /// "or more", after the number.
    GeAfter,
    /// "or less", after the number.
    LeAfter,
    /// "or worse".
    Worse,
    /// "or better".
    Better,
    /// "times", before a multiple's base.
    Times,
    /// Words inside "2.5 × the institutional ULN".
    MultipleFiller,
    /// "normal range", as a multiple's base.
    Normal,
    /// "twice"; the payload is ten times the factor.
    Twice,
    /// "between".
    Between,
    /// "to", "-".
    To,
    /// "inclusive".
    Inclusive,
    /// "of age".
    AgeAfter,
    /// "adults".
    Person,
    /// "and".
    And,
    /// "or".
    Or,
    /// ","
    Comma,
    /// ";"
    Semicolon,
    /// ":"
    Colon,
    /// "("
    Open,
    /// ")"
    Close,
    /// "."
    Stop,
    /// "no", "without".
    Negation,
    /// "if", "in patients".
    If,
    /// "but not limited to": words of other lists that mean nothing there.
    Neutral,
    /// "one of the following".
    OneOf,
    /// "all of the following".
    AllOf,
    /// "due to", "with liver metastases": a condition only after the limit.
    IfAfter,
    /// "men", "for women".
    Sex,
    /// "except".
    Except,
    /// "are eligible", in an exclusion.
    LetsIn,
    /// "patients", "carcinoma": who a label speaks of.
    Population,
    /// "cohort", "part": part of the patients.
    Cohort,
    /// "within", "in".
    Within,
    /// "within" alone.
    TrulyWithin,
    /// "past", "last".
    Past,
    /// "the", between "within" and the number.
    WindowFiller,
    /// "prior to", "ago".
    Before,
    /// "ago".
    Ago,
    /// "since", "must have elapsed".
    Since,
    /// "after".
    After,
    /// "relapsed", before a window.
    OwnEvent,
    /// "next", "planned".
    Ahead,
    /// "half-lives".
    HalfLives,
    /// "whichever" is shorter.
    Whichever,
    /// "must".
    Requires,
    /// "recovered".
    Recovers,
    /// "diagnosed".
    Diagnosis,
    /// "enrollment", "first dose".
    Entry,
    /// "diagnosis", "last dose of": no entry.
    OtherAnchor,
    /// "chemotherapy", "stroke".
    Exposure,
    /// "imaging", "laboratory".
    Test,
    /// "stable", "duration".
    Stable,
    /// "washout period".
    Washout,
    /// Openings that are no part of an agent's name.
    Opening,
    /// Between "NYHA" and its class.
    ClassFiller,
    /// "class", "grade".
    ClassWord,
    /// "prior", "previous".
    Prior,
    /// "line of therapy".
    Line,
    /// "regimen".
    Regimen,
    /// "therapy", counted.
    Treatment,
    /// "received", "failed".
    Received,
    /// "who", "with": they lead away from what a verb negates.
    Relative,
    /// "been", between "not" and its verb.
    BeforeVerb,
    /// "exceeding": what is negated with it is the limit.
    OfValues,
    /// "whose", "serum": between a condition's opening and its value.
    Passed,
    /// "without", before what raises a value.
    Without,
    /// "for", "until": a time behind it is how long something lasts.
    Lasting,
    /// "year", without a number.
    BareTime,
    /// "planned", which is counted back all the same.
    Planned,
    /// "withhold": treatments must have been stopped.
    Stopped,
    /// "stroke", "surgery": what happens on a day.
    DayEvent,
    /// "increase": a percentage beside it is no value.
    Change,
    /// "parents": people beside the patient.
    Kin,
    /// "must", "should": what follows is asked of the patient.
    Duty,
    /// "for", "if": they may open of whom another value is.
    Whom,
    /// "lesions", "carcinoma": what a label "For liver lesions: …" names.
    Diseased,
    /// "adults", "children": whose a scale in brackets is.
    AgeGroup,
    /// "fever": an illness whose bracketed value only defines it.
    Illness,
    /// "pain", "preterm birth": a time in brackets behind it says how long it lasts.
    Long,
    /// "from", before a range or an age.
    From,
}

/// A set of lists, a bit each: those that the phrases at one atom are of, or those that a reader asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u128);

impl Lists {
    /// Besides the lists: a number. There is no list 127.
    pub const NUMERIC: Self = Self(1 << 127);

    /// A set of some lists.
    pub const fn of(classes: &[Class]) -> Self {
        let mut lists = Self(0);
        let mut rest = classes;
        while let [class, others @ ..] = rest {
            lists = lists.and(Self(1 << *class as u32));
            rest = others;
        }
        lists
    }

    /// The lists of both sets.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether any list is in both sets.
    pub const fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// Table and key in `limit_words.toml` for each list.
pub const LISTS: &[(&str, &str, Class)] = &[
    ("not_a_variable", "words", Class::NotVariable),
    ("not_a_variable", "blood_pressure", Class::BloodPressure),
    ("comparators", "ge", Class::Ge),
    ("comparators", "gt", Class::Gt),
    ("comparators", "le", Class::Le),
    ("comparators", "lt", Class::Lt),
    ("comparators", "eq", Class::Eq),
    ("comparators", "not_lt", Class::NotLt),
    ("comparators", "ge_after", Class::GeAfter),
    ("comparators", "le_after", Class::LeAfter),
    ("comparators", "worse", Class::Worse),
    ("comparators", "better", Class::Better),
    ("multiples", "times", Class::Times),
    ("multiples", "filler", Class::MultipleFiller),
    ("multiples", "normal", Class::Normal),
    ("range", "between", Class::Between),
    ("range", "to", Class::To),
    ("range", "inclusive", Class::Inclusive),
    ("range", "age_after", Class::AgeAfter),
    ("range", "person", Class::Person),
    ("structure", "and", Class::And),
    ("structure", "or", Class::Or),
    ("structure", "comma", Class::Comma),
    ("structure", "semicolon", Class::Semicolon),
    ("structure", "colon", Class::Colon),
    ("structure", "open", Class::Open),
    ("structure", "close", Class::Close),
    ("structure", "stop", Class::Stop),
    ("structure", "negation", Class::Negation),
    ("conditions", "if", Class::If),
    ("conditions", "neutral", Class::Neutral),
    ("conditions", "one_of", Class::OneOf),
    ("conditions", "all_of", Class::AllOf),
    ("conditions", "if_after", Class::IfAfter),
    ("conditions", "sex", Class::Sex),
    ("conditions", "except", Class::Except),
    ("conditions", "lets_in", Class::LetsIn),
    ("conditions", "population", Class::Population),
    ("conditions", "cohort", Class::Cohort),
    ("windows", "within", Class::Within),
    ("windows", "truly_within", Class::TrulyWithin),
    ("windows", "past", Class::Past),
    ("windows", "filler", Class::WindowFiller),
    ("windows", "before", Class::Before),
    ("windows", "ago", Class::Ago),
    ("windows", "since", Class::Since),
    ("windows", "after", Class::After),
    ("windows", "own_event", Class::OwnEvent),
    ("windows", "ahead", Class::Ahead),
    ("windows", "half_lives", Class::HalfLives),
    ("windows", "whichever", Class::Whichever),
    ("windows", "requires", Class::Requires),
    ("windows", "recovers", Class::Recovers),
    ("windows", "diagnosis", Class::Diagnosis),
    ("windows", "entry", Class::Entry),
    ("windows", "other_anchor", Class::OtherAnchor),
    ("events", "exposure", Class::Exposure),
    ("events", "test", Class::Test),
    ("events", "stable", Class::Stable),
    ("events", "washout", Class::Washout),
    ("events", "opening", Class::Opening),
    ("classes", "filler", Class::ClassFiller),
    ("classes", "word", Class::ClassWord),
    ("prior_lines", "prior", Class::Prior),
    ("prior_lines", "line", Class::Line),
    ("prior_lines", "regimen", Class::Regimen),
    ("prior_lines", "treatment", Class::Treatment),
    ("prior_lines", "received", Class::Received),
    ("conditions", "relative", Class::Relative),
    ("conditions", "before_verb", Class::BeforeVerb),
    ("conditions", "of_values", Class::OfValues),
    ("conditions", "passed", Class::Passed),
    ("conditions", "without", Class::Without),
    ("windows", "lasting", Class::Lasting),
    ("windows", "bare_time", Class::BareTime),
    ("windows", "planned", Class::Planned),
    ("windows", "stopped", Class::Stopped),
    ("windows", "day_event", Class::DayEvent),
    ("events", "change", Class::Change),
    ("events", "kin", Class::Kin),
    ("conditions", "duty", Class::Duty),
    ("conditions", "whom", Class::Whom),
    ("conditions", "diseased", Class::Diseased),
    ("conditions", "age_group", Class::AgeGroup),
    ("windows", "illness", Class::Illness),
    ("windows", "long", Class::Long),
    ("range", "from", Class::From),
];
