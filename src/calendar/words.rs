//! What a row's words say of single cycles: a row has no place for "in cycle 2 only", so that its dates must not
//! pretend to hold in every cycle.

/// Words that tell cycles apart without numbering them.
const APART: &[&str] = &[
    "subsequent cycle",
    "subsequent course",
    "following cycle",
    "later cycle",
    "remaining cycle",
    "other cycles",
    "odd cycle",
    "even cycle",
    "odd-numbered",
    "even-numbered",
    "odd numbered",
    "even numbered",
    "alternate cycle",
    "alternating cycle",
    "every other cycle",
    "every second cycle",
    "second cycle",
    "third cycle",
    "last cycle",
    "final cycle",
    "cycle 2+",
];

/// Which cycles a row is for, as far as its words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cycles {
    /// All of them.
    All,
    /// The first alone is named.
    First,
    /// Told apart in a way that a row cannot hold.
    Apart,
}

/// Which cycles the words are about; `count` is how many cycles the row was read to have.
pub fn cycles(text: &str, count: Option<u32>) -> Cycles {
    let text = text.to_lowercase();
    if APART.iter().any(|words| text.contains(words)) {
        return Cycles::Apart;
    }
    let numbers = numbers(&text);
    let Some(first) = numbers.iter().min() else {
        return if text.contains("first cycle") && count.is_none() { Cycles::First } else { Cycles::All };
    };
    match (*first, numbers.iter().max().copied().unwrap_or_default(), count) {
        (1, last, Some(count)) if last == count => Cycles::All,
        // "in cycle 1, then …": what holds later is not what holds in the first.
        (1, 1, _) => Cycles::First,
        _ => Cycles::Apart,
    }
}

/// Whether the words speak of days that every cycle has: "each cycle", "every 21-day cycle"; not "every 2 cycles".
pub fn in_each_cycle(text: &str) -> bool {
    let text = text.to_lowercase();
    ["cycle", "course"].iter().flat_map(|word| text.match_indices(word)).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        ["each ", "every "].iter().any(|each| {
            let between = before.rsplit_once(each).map(|(_, between)| between.trim());
            between.is_some_and(|between| {
                let length = between.split_whitespace().count() <= 2
                    && (between.ends_with("day") || between.ends_with("week"));
                between.is_empty() || between == "treatment" || length
            })
        })
    })
}

/// The numbers that cycles are called by: "cycle 2", "cycles 1-6", "C2D1".
fn numbers(text: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    for word in ["cycle", "course"] {
        for (at, _) in text.match_indices(word) {
            let behind = text.get(at + word.len()..).unwrap_or_default();
            let behind = behind.strip_prefix('s').unwrap_or(behind);
            let behind = behind.trim_start_matches([' ', '#', '(', '\u{a0}']);
            read_list(behind, &mut numbers);
        }
    }
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices('c') {
        let starts_word = at == 0 || bytes.get(at - 1).is_some_and(|byte| !byte.is_ascii_alphanumeric());
        let rest = text.get(at + 1..).unwrap_or_default();
        let digits = rest.len() - rest.trim_start_matches(|ch: char| ch.is_ascii_digit()).len();
        let is_day = rest.get(digits..).is_some_and(|rest| rest.starts_with('d'))
            && rest.get(digits + 1..).is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()));
        if starts_word && (1..=2).contains(&digits) && is_day {
            numbers.extend(rest.get(..digits).and_then(|number| number.parse::<u32>().ok()));
        }
    }
    numbers
}

/// A number, and others joined to it: "1-6", "1, 2 and 3", "1 to 4".
fn read_list(mut text: &str, numbers: &mut Vec<u32>) {
    loop {
        let digits = text.len() - text.trim_start_matches(|ch: char| ch.is_ascii_digit()).len();
        let Some(number) = text.get(..digits).filter(|_| (1..=2).contains(&digits)) else { return };
        numbers.extend(number.parse::<u32>().ok());
        let rest = text.get(digits..).unwrap_or_default();
        let joined = [" to ", " and ", " through ", ", ", " - ", "-", "–", ",", "&", " & "];
        let Some(next) = joined.iter().find_map(|sign| rest.strip_prefix(sign)) else { return };
        text = next.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_tell_cycles_apart_are_seen() {
        for (text, count, told) in [
            ("80 mg on days 1 and 8 of each 21-day cycle", None, Cycles::All),
            ("for up to 6 cycles", Some(6), Cycles::All),
            ("on day 1 of cycles 1-6", Some(6), Cycles::All),
            ("on days 1, 8 in cycle 1, then day 1, for 6 cycles", Some(6), Cycles::First),
            ("on day 1 of cycle 1", None, Cycles::First),
            ("C1D1 and C1D8", None, Cycles::First),
            ("in the first cycle", None, Cycles::First),
            ("for the first cycle", Some(1), Cycles::All),
            ("on day 1 of cycle 2", None, Cycles::Apart),
            ("Cycles 2 to 6: 60 mg", None, Cycles::Apart),
            ("C1D1, then C3D1", None, Cycles::Apart),
            ("6 mg/kg in subsequent cycles", Some(4), Cycles::Apart),
        ] {
            assert_eq!(cycles(text, count), told, "{text}");
        }
    }

    #[test]
    fn days_of_every_cycle_are_told_from_intervals_of_cycles() {
        for text in [
            "day 8 of each cycle",
            "Day 1 of every 21-day cycle",
            "each treatment cycle",
            "every 3 week course",
        ] {
            assert!(in_each_cycle(text), "{text}");
        }
        for text in ["every 2 cycles", "on day 8 of cycle 3", "every other cycle", "each visit; then cycle 2"]
        {
            assert!(!in_each_cycle(text), "{text}");
        }
    }
}
