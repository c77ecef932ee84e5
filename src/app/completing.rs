//! Completing a query: the names of fields and limits, and the values of those fields that have a few.

use super::marks;
use crate::formats::codes::FUNDERS;
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::search::query::{FIELDS, Field, FieldKind};

/// What the last piece of a text may become, in order; nothing when it is no beginning of anything.
pub fn completions(before: &str) -> Vec<String> {
    let start = before.rfind(|c: char| c.is_whitespace() || c == '-').map_or(0, |at| at + 1);
    let piece = before.get(start..).unwrap_or_default();
    let head = before.get(..start).unwrap_or_default();
    let found = match piece.split_once([':', '=']) {
        Some((name, value)) => values(name, &value.to_lowercase()),
        None if piece.is_empty() => Vec::new(),
        None => names(&piece.to_lowercase()),
    };
    found.into_iter().map(|piece| format!("{head}{piece}")).collect()
}

fn names(begun: &str) -> Vec<String> {
    let fields = FIELDS.iter().filter_map(|info| {
        let name = info.names.iter().find(|name| name.starts_with(begun))?;
        let sign = match info.kind {
            FieldKind::Words | FieldKind::Code | FieldKind::Phase => ":",
            FieldKind::Count | FieldKind::Age | FieldKind::Date => ">=",
        };
        Some(format!("{name}{sign}"))
    });
    let limits = Vocabulary::embedded().variables().iter().map(|variable| variable.name.as_str());
    let limits = limits.filter(|name| name.starts_with(begun));
    fields.chain(limits.map(|name| format!("{name}<="))).collect()
}

fn values(name: &str, begun: &str) -> Vec<String> {
    let Some(info) = Field::named(name) else { return Vec::new() };
    let known: Vec<String> = match info.field {
        Field::Status => marks::statuses().map(|(code, ..)| code.to_lowercase()).collect(),
        Field::Phase => (0..=4).map(|phase| phase.to_string()).chain(["none".to_owned()]).collect(),
        Field::Type => words(&["interventional", "observational", "expanded_access"]),
        Field::Sex => words(&["all", "female", "male"]),
        Field::Class => FUNDERS.iter().map(|class| class.to_lowercase()).collect(),
        Field::Kind => words(&[
            "os", "pfs", "dfs", "efs", "orr", "dcr", "dor", "ttp", "dlt", "mtd", "qol", "pk", "safety",
        ]),
        Field::Standard => words(&["recist", "ctcae", "irecist", "mrecist", "lugano", "rano", "choi"]),
        _ => Vec::new(),
    };
    let fitting = known.into_iter().filter(|value| value.starts_with(begun) && value != begun);
    fitting.map(|value| format!("{name}:{value}")).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_piece_is_completed() {
        assert_eq!(completions("lung stat"), ["lung status:"]);
        assert_eq!(completions("-spon"), ["-sponsor:"]);
        assert_eq!(completions("status:rec"), ["status:recruiting"]);
        assert_eq!(completions("ecog"), ["ecog<="]);
        assert!(completions("lung ").is_empty());
        assert!(completions("title:lu").is_empty());
    }
}
