//! Names that mean the same thing: drugs under other spellings, salts and forms.

use super::lexer::{Kind, lex};

/// Words that say in what form or salt a drug comes, not which drug it is.
const FORM_WORDS: &[&str] = &[
    "hydrochloride",
    "mesylate",
    "maleate",
    "tosylate",
    "sodium",
    "acetate",
    "phosphate",
    "sulfate",
    "citrate",
    "tartrate",
    "fumarate",
    "succinate",
    "injection",
    "tablet",
    "tablets",
    "capsule",
    "capsules",
    "oral",
    "infusion",
    "solution",
    "for",
    "monotherapy",
];

/// A name brought down to what it means: folded, without brackets, forms and salts.
pub fn key(name: &str) -> String {
    let outside = name.split(['(', '[']).next().filter(|outside| !outside.trim().is_empty()).unwrap_or(name);
    let tokens = lex(outside);
    let is_word =
        |index: &usize| tokens.get(*index).is_some_and(|t| t.kind != Kind::Sign && t.kind != Kind::Line);
    let all: Vec<&str> = (0..tokens.len()).filter(is_word).map(|index| tokens.text(index)).collect();
    let kept: Vec<&str> = all.iter().copied().filter(|word| !FORM_WORDS.contains(word)).collect();
    if kept.is_empty() { all.join(" ") } else { kept.join(" ") }
}

/// Whether two keys name the same thing: equal, or one long word each and a letter in eight apart.
pub fn alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let shorter = one.chars().count().min(other.chars().count());
    let numbered = |name: &str| name.chars().any(|c| c.is_ascii_digit());
    // Code names differ in their digits, short names in single letters: those must be equal.
    if shorter < 8 || numbered(one) || numbered(other) || one.contains(' ') || other.contains(' ') {
        return false;
    }
    distance(one, other) <= shorter / 8
}

/// Levenshtein distance in characters.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (b, above) in other.iter().zip(row.iter_mut().skip(1)) {
            let cost = diagonal + usize::from(a != *b);
            diagonal = *above;
            left = cost.min(left + 1).min(*above + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_salts_of_one_drug_are_alike() {
        for (one, other, same) in [
            ("Regorafenib", "regorafenib tablets", true),
            ("toripalimab", "Toripalimab injection (JS001)", true),
            ("cadonilimab", "cadunilimab", true),
            ("AK104", "AK112", false),
            ("nivolumab", "ipilimumab", false),
            ("cisplatin", "carboplatin", false),
            ("Imatinib mesylate", "imatinib", true),
            ("pembrolizumab", "placebo", false),
            ("prednisone", "prednisolone", false),
            ("daunorubicin", "doxorubicin", false),
        ] {
            assert_eq!(alike(&key(one), &key(other)), same, "{one} / {other}");
        }
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
