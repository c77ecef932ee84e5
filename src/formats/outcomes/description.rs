//! Signs that, before a time frame, a description begins at a piece, or that there is none.

use super::item::{Edge, Item};
use super::peers::Peers;
use super::time_frame::{around, sign, word};
use super::words::WORDS;
use crate::formats::weighing::{Seen, Signs, class, up_to, yes};

/// Classes of a measure's length in words when there is no description.
const WHOLE_LENGTHS: &[u32] = &[4, 8, 12, 20, 30, 50, 80];
/// Classes of a measure's and a description's length.
const MEASURE_LENGTHS: &[u32] = &[1, 2, 4, 8, 12, 20, 30];
const DESCRIPTION_LENGTHS: &[u32] = &[1, 2, 4, 8, 12, 20, 40];
/// Classes of a piece's length.
const PIECE_LENGTHS: &[u32] = &[1, 2, 3, 5, 8, 12];
/// Classes of words said again.
const RUNS: &[usize] = &[0, 1, 2, 3, 5, 8];
/// Words looked at from the beginning of a part.
const HEAD: usize = 12;

/// The signs of there being no description before the time frame that begins at `end`.
pub fn absent<'i>(item: &'i Item<'_>, end: usize, peers: &Peers<'_>) -> Signs<'i> {
    let whole = item.counts(0..end);
    let after_first = item.counts(1..end);
    let first = if end > 1 { item.leading(1) } else { Edge::Other };
    let enclosed = end > 1 && (1..end).all(|piece| item.depth(piece) > 0);
    vec![
        ("none", Seen::Step(0)),
        ("none_commas", up_to(4, end - 1)),
        ("none_length", class(whole.tokens, WHOLE_LENGTHS)),
        ("none_ends", Seen::Step(item.trailing(end - 1) as usize)),
        ("none_sentences", up_to(2, whole.sentences)),
        ("none_capitals", up_to(3, after_first.open_capitals)),
        ("none_first_begins", Seen::Step(first as usize)),
        ("none_peers_with_more", Seen::Step(peers.thirds_with_more_commas())),
        ("none_peers_with_one", Seen::Step(peers.thirds_with_one_comma())),
        ("none_enclosed", yes(enclosed)),
        ("none_title", Seen::Step(title(whole.title_share()))),
        ("none_list", yes(after_first.short_pieces as usize == end - 1)),
        ("none_ends_list", yes(end > 1 && closes_list(item, end - 1))),
    ]
}

/// The signs of the description beginning at `piece` and reaching to the time frame at `end`.
pub fn at<'i>(item: &'i Item<'_>, piece: usize, end: usize, peers: &Peers<'_>) -> Signs<'i> {
    let mut signs = opening(item, piece, end);
    sizes(item, piece, end, &mut signs);
    repeats(item, piece, end, &mut signs);
    signs.extend([
        ("peers_with_more", Seen::Step(peers.thirds_with_more_commas())),
        ("peers_with_one", Seen::Step(peers.thirds_with_one_comma())),
        ("measure_shared", up_to(2, peers.beginning(item.text(0..piece)).saturating_sub(1))),
    ]);
    signs
}

/// How the description opens, and where.
fn opening<'i>(item: &'i Item<'_>, piece: usize, end: usize) -> Signs<'i> {
    let capital = usize::from(item.leading(piece) == Edge::Capital);
    let capitals = |run| item.counts(run).open_capitals.min(3) as usize;
    let verb = item.words(piece..piece + 1).take(HEAD).any(|word| WORDS.is_verb(word));
    vec![
        ("opens_with", Seen::Word(word(item.words(piece..end).next()))),
        ("opens_with_two", Seen::Word(item.opening(piece, 2))),
        ("around", Seen::Word(around(item.trailing(piece - 1), item.leading(piece)))),
        ("commas_before", up_to(4, piece - 1)),
        ("depth", up_to(2, item.depth(piece))),
        ("capitals_before", Seen::Step(capitals(1..piece) * 2 + capital)),
        ("capitals_after", Seen::Step(capitals(piece + 1..end.max(piece + 1)) * 2 + capital)),
        ("ends", Seen::Step(item.trailing(end - 1) as usize)),
        ("verb", yes(verb)),
        ("after_abbreviation", yes(WORDS.ends_in_abbreviation(item.lower(piece - 1..piece)))),
    ]
}

/// How long the measure, the description and the pieces beside the comma are.
fn sizes<'i>(item: &'i Item<'_>, piece: usize, end: usize, signs: &mut Signs<'i>) {
    let measure = item.counts(0..piece);
    let description = item.counts(piece..end);
    let first = item.counts(piece..piece + 1);
    let titles = title(measure.title_share()) * 6 + title(first.title_share());
    signs.extend([
        ("measure_length", class(measure.tokens, MEASURE_LENGTHS)),
        ("description_length", class(description.tokens, DESCRIPTION_LENGTHS)),
        ("piece_before_length", class(item.counts(piece - 1..piece).tokens, PIECE_LENGTHS)),
        ("piece_length", class(first.tokens, PIECE_LENGTHS)),
        ("measure_sentences", yes(measure.sentences > 0)),
        ("description_sentences", yes(description.sentences > 0)),
        ("measure_brackets", Seen::Step(sign(measure.brackets))),
        ("next_closes_list", yes(piece + 1 < end && opens_with_and(item, piece + 1))),
        ("list", yes(description.short_pieces as usize == end - piece)),
        ("titles", Seen::Step(titles)),
    ]);
}

/// Whether the description says the measure again.
fn repeats<'i>(item: &'i Item<'_>, piece: usize, end: usize, signs: &mut Signs<'i>) {
    let measure: Vec<&str> = item.words(0..piece).collect();
    let same = common(item.words(piece..end), &measure);
    let run = (0..piece)
        .map(|from| {
            common(item.words(piece..end).take(HEAD), &item.words(from..piece).take(HEAD).collect::<Vec<_>>())
        })
        .max()
        .unwrap_or_default();
    let head: Vec<&str> = measure.iter().copied().take(8).collect();
    let mut overlap: Vec<&str> = item.words(piece..end).take(8).filter(|word| head.contains(word)).collect();
    overlap.sort_unstable();
    overlap.dedup();
    signs.extend([
        ("overlap", up_to(4, overlap.len())),
        ("says_a_piece_again", class(run, RUNS)),
        ("says_the_beginning_again", class(same, RUNS)),
        ("says_all_of_it_again", yes(same == measure.len())),
    ]);
}

/// How many words two texts begin with in common.
fn common<'w>(words: impl Iterator<Item = &'w str>, others: &[&str]) -> usize {
    words.zip(others).take_while(|(word, other)| word == *other).count()
}

/// The share of capitals as a step: no long words, then fifths and the like.
fn title(share: Option<f32>) -> usize {
    const SHARES: &[f32] = &[0.2, 0.5, 0.8, 0.99];
    share.map_or(0, |share| 1 + SHARES.iter().filter(|bound| share > **bound).count())
}

fn opens_with_and(item: &Item<'_>, piece: usize) -> bool {
    matches!(item.words(piece..piece + 1).next(), Some("and" | "or"))
}

/// The last item of a list: `and C`, or `B and C` for want of a comma.
fn closes_list(item: &Item<'_>, piece: usize) -> bool {
    item.words(piece..piece + 1).any(|word| matches!(word, "and" | "or"))
}
