//! Fuzzy matching of a few words against short texts: filters, pickers and highlights.
//!
//! [`SkimMatcherV2`] finds and scores; this adds what it lacks: letters beyond ASCII, words in any order, and a bar
//! against noise (nearly every title contains the five letters of `regor` in that order somewhere).

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::letters;

/// What is looked for: every word must be found, in any order.
pub struct Pattern {
    words: Vec<String>,
    matcher: SkimMatcherV2,
}

impl Pattern {
    /// The words of a typed text.
    pub fn new(text: &str) -> Self {
        let words = text.split_whitespace().map(letters::plain).collect();
        Self { words, matcher: SkimMatcherV2::default().respect_case() }
    }

    /// Whether there is nothing to look for: everything matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well the fields of one thing match; `None` when a word is in none of them. An earlier field counts more.
    pub fn score(&self, fields: &[&str]) -> Option<i64> {
        let mut sum = 0;
        let mut plain: Vec<Option<String>> = vec![None; fields.len()];
        for word in &self.words {
            let mut best = None;
            for (rank, (field, plain)) in fields.iter().zip(&mut plain).enumerate() {
                if !contains_in_order(field, word) {
                    continue;
                }
                let plain = plain.get_or_insert_with(|| letters::plain(field));
                let score = self.find(plain, word).map(|(score, _)| score - 4 * rank as i64);
                best = best.max(score);
            }
            sum += best?;
        }
        Some(sum)
    }

    /// The characters of `text` that the words match, by their number in it; in order, each once.
    pub fn marks(&self, text: &str) -> Vec<usize> {
        let plain = letters::plain(text);
        let mut marks: Vec<usize> =
            self.words.iter().filter_map(|word| self.find(&plain, word)).flat_map(|(_, at)| at).collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// The best place of a word, and the characters there: the word itself, its letters inside one word of the
    /// text, or its letters at the starts of several.
    fn find(&self, plain: &str, word: &str) -> Option<(i64, Vec<usize>)> {
        if let Some(at) = occurrence(plain, word) {
            let score = self.matcher.fuzzy_match(plain, word)?;
            let first = plain.get(..at).unwrap_or_default().chars().count();
            return Some((score, (first..first + word.chars().count()).collect()));
        }
        self.in_one_word(plain, word).or_else(|| {
            let (score, marks) = self.matcher.fuzzy_indices(plain, word)?;
            is_close(plain, &marks).then_some((score, marks))
        })
    }

    fn in_one_word(&self, plain: &str, word: &str) -> Option<(i64, Vec<usize>)> {
        let mut best: Option<(i64, Vec<usize>)> = None;
        let mut first = 0;
        for candidate in plain.split(' ') {
            let found = contains_in_order(candidate, word)
                .then(|| self.matcher.fuzzy_indices(candidate, word))
                .flatten()
                .filter(|(_, marks)| is_close(candidate, marks));
            if let Some((score, marks)) =
                found.filter(|(score, _)| best.as_ref().is_none_or(|(b, _)| score > b))
            {
                best = Some((score, marks.into_iter().map(|mark| first + mark).collect()));
            }
            first += candidate.chars().count() + 1;
        }
        best
    }
}

/// Where `word` stands in `plain` as it is: at the start of a word if it does anywhere.
fn occurrence(plain: &str, word: &str) -> Option<usize> {
    let starts_word =
        |at: usize| plain.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    let mut places = plain.match_indices(word).map(|(at, _)| at);
    let first = places.next()?;
    if starts_word(first) { Some(first) } else { places.find(|at| starts_word(*at)).or(Some(first)) }
}

/// Whether the letters of `word` occur in `text` in order: a cheap test before the matcher.
fn contains_in_order(text: &str, word: &str) -> bool {
    let mut letters = text.chars().map(letters::plain_char);
    word.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

/// Letters that belong together: near each other, or each next to the one before or at the start of a word.
fn is_close(plain: &str, marks: &[usize]) -> bool {
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return false };
    if last - first < 2 * marks.len() {
        return true;
    }
    let mut wanted = marks.iter().peekable();
    let mut before_marked = false;
    let mut before = ' ';
    for (at, letter) in plain.chars().enumerate() {
        let marked = wanted.next_if_eq(&&at).is_some();
        if marked && !before_marked && before.is_alphanumeric() {
            return false;
        }
        before_marked = marked;
        before = letter;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_in_any_order_and_by_their_letters() {
        for (typed, text, found) in [
            ("regorafenib colon", "Colon cancer treated with regorafenib", true),
            ("rgrfnb", "Regorafenib alone", true),
            ("pfs", "Progression-free survival", true),
            ("pembro", "Phase II trial of pembrolizumab", true),
            ("regor", "Oral etoposide given over a longer period of time", false),
            ("beta", "Béta blockers", true),
            ("ΑΛΦΑ", "αλφα interferon", true),
            ("３", "Phase 3", true),
            ("肝", "原発性肝癌", true),
            ("", "anything", true),
            ("missing", "anything", false),
        ] {
            assert_eq!(Pattern::new(typed).score(&[text]).is_some(), found, "{typed} in {text}");
        }
    }

    #[test]
    fn every_word_may_be_in_another_field() {
        let pattern = Pattern::new("nct0042 asthma");
        assert!(pattern.score(&["NCT00420042", "Inhaled steroids", "Asthma"]).is_some());
        assert!(pattern.score(&["NCT00420042", "Inhaled steroids", "Eczema"]).is_none());
    }

    #[test]
    fn marks_count_characters_not_bytes() {
        assert_eq!(Pattern::new("kät").marks("«Kät»"), [1, 2, 3]);
        assert_eq!(Pattern::new("pe").marks("Phase: Pe"), [7, 8]);
        assert_eq!(Pattern::new("rgr").marks("of Regor"), [3, 5, 7]);
        assert_eq!(Pattern::new("癌").marks("原発性肝癌"), [4]);
    }
}
