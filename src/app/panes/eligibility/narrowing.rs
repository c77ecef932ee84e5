//! Which criteria are shown: by words, by having a limit, by what they speak of.

use crate::protocol::{CriteriaReading, Criterion, CriterionRole};
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::search::letters;

/// Which criteria are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriteriaFilter {
    /// Words that an item must have, all of them; those in quotes as one phrase.
    pub text: String,
    /// Only items with limits.
    pub limits_only: bool,
    /// Only items that speak of this.
    pub topic: Option<String>,
}

impl CriteriaFilter {
    /// Whether every item is shown.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && !self.limits_only && self.topic.is_none()
    }

    /// Whether something is looked for: the hard facts give way to it.
    pub fn hides_facts(&self) -> bool {
        !self.text.trim().is_empty() || self.topic.is_some()
    }

    /// What is looked for, in plain letters: words and phrases.
    pub fn terms(&self) -> Vec<Term> {
        terms(&self.text)
    }

    /// Goes to the next of the topics that a text has; behind the last one, to none.
    pub fn next_topic(&mut self, topics: &[String]) {
        self.topic = match &self.topic {
            None => topics.first().cloned(),
            Some(now) => {
                let at = topics.iter().position(|topic| topic == now);
                at.and_then(|at| topics.get(at + 1)).cloned()
            }
        };
    }
}

/// One word or phrase that is looked for, in plain letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its letters.
    pub text: String,
    /// It stood in quotes: only the item's own words count.
    pub phrase: bool,
}

/// Words, and phrases in quotes; a quote that is not closed yet goes to the end.
fn terms(typed: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for (nth, part) in typed.split('"').enumerate() {
        let quoted = nth % 2 == 1;
        let part = letters::plain(part);
        if quoted {
            let text = part.split_whitespace().collect::<Vec<_>>().join(" ");
            terms.push(Term { text, phrase: true });
        } else {
            terms.extend(part.split_whitespace().map(|word| Term { text: word.to_owned(), phrase: false }));
        }
    }
    terms.retain(|term| !term.text.is_empty());
    terms
}

/// The topics that a text speaks of, in the order it does.
pub fn topics(reading: &CriteriaReading) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    for tag in &reading.tags {
        if !topics.contains(&tag.topic) {
            topics.push(tag.topic.clone());
        }
    }
    topics
}

/// What is shown of a text's criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It is what is looked for, or stands below it.
    Found,
    /// It names or leads in what is shown.
    Context,
    /// It is left out.
    Hidden,
}

/// For each criterion whether it is shown.
pub fn shown(reading: &CriteriaReading, filter: &CriteriaFilter) -> Vec<Shown> {
    if filter.is_empty() {
        return vec![Shown::Found; reading.criteria.len()];
    }
    let terms = filter.terms();
    let hits: Vec<bool> =
        (0..reading.criteria.len()).map(|index| is_hit(reading, index, filter, &terms)).collect();
    let mut shown = vec![Shown::Hidden; reading.criteria.len()];
    for (index, hit) in hits.iter().enumerate() {
        if !hit {
            continue;
        }
        set(&mut shown, index, Shown::Found);
        // What stands below an item is part of it; for limits alone only what has some.
        if filter.hides_facts() && !filter.limits_only {
            below(&reading.criteria, index).for_each(|at| set(&mut shown, at, Shown::Found));
        }
        for at in above(&reading.criteria, index) {
            if shown.get(at) == Some(&Shown::Hidden) {
                set(&mut shown, at, Shown::Context);
            }
        }
    }
    shown
}

fn set(shown: &mut [Shown], at: usize, to: Shown) {
    if let Some(slot) = shown.get_mut(at) {
        *slot = to;
    }
}

/// The items below an item: those that follow and stand deeper.
fn below(criteria: &[Criterion], index: usize) -> impl Iterator<Item = usize> + '_ {
    let depth = criteria.get(index).map_or(0, |criterion| criterion.depth);
    (index + 1..criteria.len()).take_while(move |at| {
        criteria.get(*at).is_some_and(|c| c.role == CriterionRole::Item && c.depth > depth)
    })
}

/// What leads in an item: the items it stands below, and the headings over it.
fn above(criteria: &[Criterion], index: usize) -> Vec<usize> {
    let mut leads = Vec::new();
    let mut depth = criteria.get(index).map_or(0, |criterion| criterion.depth);
    let mut under_heading = None;
    for at in (0..index).rev() {
        let Some(criterion) = criteria.get(at) else { continue };
        match criterion.role {
            CriterionRole::Item if under_heading.is_none() && criterion.depth < depth => {
                depth = criterion.depth;
                leads.push(at);
            }
            CriterionRole::Heading if under_heading.is_none_or(|level| criterion.depth < level) => {
                under_heading = Some(criterion.depth);
                leads.push(at);
            }
            _ => {}
        }
        if under_heading == Some(0) {
            break;
        }
    }
    leads
}

fn is_hit(reading: &CriteriaReading, index: usize, filter: &CriteriaFilter, terms: &[Term]) -> bool {
    let Some(criterion) = reading.criteria.get(index).filter(|c| c.role == CriterionRole::Item) else {
        return false;
    };
    let inside = |start: usize| criterion.span.range().contains(&start);
    let limits = || reading.facts.iter().filter(|fact| inside(fact.span.start));
    let tags = || reading.tags.iter().filter(|tag| tag.item == index);
    if filter.limits_only && limits().next().is_none() {
        return false;
    }
    if filter.topic.as_ref().is_some_and(|topic| !tags().any(|tag| tag.topic == *topic)) {
        return false;
    }
    let text = letters::plain(&criterion.text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // An item is also found by what was read of it: `anc` where the text says neutrophils.
    let names = || {
        let variables = limits().map(|limit| limit.variable.as_str());
        let labels = variables.clone().filter_map(|name| Vocabulary::embedded().variable(name));
        let labels = labels.map(|known| letters::plain(&known.label));
        let topics = tags().map(|tag| tag.topic.clone());
        variables.map(str::to_owned).chain(labels).chain(topics).collect::<Vec<String>>()
    };
    terms.iter().all(|term| {
        text.contains(&term.text) || !term.phrase && names().iter().any(|name| name.contains(&term.text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::criteria::read;

    const TEXT: &str = "Inclusion Criteria:\n\n* Neutrophils >= 1500/uL\n* Signed consent\n* One of the \
                        following:\n  * Stage III\n  * Stage IV\n\nExclusion Criteria:\n\n* Active HIV \
                        infection\n* Active bleeding";

    fn left(filter: &CriteriaFilter) -> Vec<String> {
        let reading = read(TEXT);
        let shown = shown(&reading, filter);
        let kept = reading.criteria.iter().zip(shown).filter(|(_, shown)| *shown != Shown::Hidden);
        kept.map(|(criterion, _)| criterion.text.clone()).collect()
    }

    fn typed(text: &str) -> Vec<String> {
        left(&CriteriaFilter { text: text.to_owned(), ..CriteriaFilter::default() })
    }

    #[test]
    fn all_words_must_stand_in_an_item_and_a_phrase_as_it_is() {
        assert_eq!(typed("infection active"), ["Exclusion Criteria:", "Active HIV infection"]);
        assert_eq!(typed("\"active infection\""), [] as [&str; 0]);
        assert_eq!(typed("\"hiv infection\""), ["Exclusion Criteria:", "Active HIV infection"]);
        assert_eq!(typed("\"active b"), ["Exclusion Criteria:", "Active bleeding"]);
    }

    #[test]
    fn an_item_comes_with_what_leads_it_in_and_what_stands_below() {
        let group = ["Inclusion Criteria:", "One of the following:", "Stage III", "Stage IV"];
        assert_eq!(typed("following"), group);
        assert_eq!(typed("iv stage"), ["Inclusion Criteria:", "One of the following:", "Stage IV"]);
    }

    #[test]
    fn an_item_is_found_by_the_name_of_its_limit() {
        assert_eq!(typed("anc"), ["Inclusion Criteria:", "Neutrophils >= 1500/uL"]);
        assert_eq!(typed("\"anc\""), [] as [&str; 0]);
    }

    #[test]
    fn limits_only_and_one_topic_after_the_other() {
        let limits = CriteriaFilter { limits_only: true, ..CriteriaFilter::default() };
        assert_eq!(left(&limits), ["Inclusion Criteria:", "Neutrophils >= 1500/uL"]);
        let topics = topics(&read(TEXT));
        let mut filter = CriteriaFilter::default();
        let mut seen = Vec::new();
        for _ in 0..=topics.len() {
            filter.next_topic(&topics);
            seen.push(filter.topic.clone());
        }
        assert_eq!(seen.last(), Some(&None), "round to all items: {seen:?}");
        assert!(seen.contains(&Some("hiv".to_owned())), "{seen:?}");
    }
}
