//! Signs that a time frame begins at a piece, or that an outcome has none.

use super::item::{Edge, Item};
use super::peers::Peers;
use super::words::WORDS;
use crate::formats::weighing::{Seen, Signs, class, up_to, yes};

/// Classes of the share of words of time.
const SHARES: &[f32] = &[0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99];
/// Coarser classes of the same.
const COARSE_SHARES: &[f32] = &[0.3, 0.5, 0.7, 0.9];
/// Classes of lengths in words.
const LENGTHS: &[u32] = &[2, 4, 8, 16, 32, 64];
/// How many pieces back a longer ending is looked for.
const LONGER: usize = 6;

/// The signs of the outcome without a time frame.
pub fn absent<'i>(item: &'i Item<'_>, peers: &Peers<'_>) -> Signs<'i> {
    let pieces = item.pieces();
    let last = item.counts(pieces - 1..pieces);
    vec![
        ("none", Seen::Step(0)),
        ("none_pieces", up_to(3, pieces - 1)),
        ("none_last_time_share", class(last.time_share(), COARSE_SHARES)),
        ("none_last_has_duration", yes(last.durations > 0)),
        ("none_ends", Seen::Step(item.trailing(pieces - 1) as usize)),
        ("none_peers_without_comma", up_to(2, peers.without_comma())),
    ]
}

/// The signs of the time frame beginning at `piece` (not the first).
pub fn at<'i>(item: &'i Item<'_>, piece: usize, peers: &Peers<'_>) -> Signs<'i> {
    let mut signs = inside(item, piece);
    before(item, piece, &mut signs);
    shared(item, piece, peers, &mut signs);
    signs
}

/// The time frame itself.
fn inside<'i>(item: &'i Item<'_>, piece: usize) -> Signs<'i> {
    let pieces = item.pieces();
    let whole = item.counts(piece..pieces);
    let opening = item.counts(piece..piece + 1);
    vec![
        ("opens_with", Seen::Word(word(item.words(piece..piece + 1).next()))),
        ("time_share", class(whole.time_share(), SHARES)),
        ("has_duration", yes(whole.durations > 0)),
        ("opening_time_share", class(opening.time_share(), SHARES)),
        ("opening_has_duration", yes(opening.durations > 0)),
        ("plain_pieces", up_to(4, whole.plain_pieces)),
        ("length", class(whole.tokens, LENGTHS)),
        ("pieces", up_to(6, pieces - piece)),
        ("sentences", up_to(2, whole.sentences)),
        ("brackets", Seen::Step(sign(whole.brackets))),
        ("capitals_after", up_to(3, item.counts(piece + 1..pieces).capitals)),
    ]
}

/// What stands before it.
fn before<'i>(item: &'i Item<'_>, piece: usize, signs: &mut Signs<'i>) {
    let last = item.counts(piece - 1..piece);
    let capital = item.leading(piece) == Edge::Capital;
    let capitals = item.counts(1..piece).capitals.min(3) as usize;
    signs.extend([
        ("around", Seen::Word(around(item.trailing(piece - 1), item.leading(piece)))),
        ("depth", up_to(2, item.depth(piece))),
        ("before_has_duration", yes(last.durations > 0)),
        ("before_time_share", class(last.time_share(), SHARES)),
        ("only_measure_before", yes(piece == 1)),
        ("capitals_before", Seen::Step(capitals * 2 + usize::from(capital))),
        ("after_abbreviation", yes(WORDS.ends_in_abbreviation(item.lower(piece - 1..piece)))),
    ]);
}

/// What it has in common with the record's other outcomes, and with the text before it.
fn shared<'i>(item: &'i Item<'_>, piece: usize, peers: &Peers<'_>, signs: &mut Signs<'i>) {
    let pieces = item.pieces();
    let ending = |from: usize| peers.ending(item.text(from..pieces));
    let frame = item.lower(piece..pieces);
    let said_before =
        frame.len() > 3 && memchr::memmem::find(item.lower(0..piece).as_bytes(), frame.as_bytes()).is_some();
    let longer = piece.saturating_sub(LONGER).max(1)..piece;
    signs.extend([
        ("shared", up_to(3, ending(piece).saturating_sub(1))),
        ("longer_shared", yes(piece > 1 && ending(piece - 1) > 1)),
        ("much_longer_shared", yes(longer.clone().any(|from| ending(from) > 1))),
        ("opening_shared", up_to(3, peers.opening(item.opening(piece, 3)).saturating_sub(1))),
        ("stands_alone_elsewhere", up_to(2, peers.sole_ending(item.text(piece..pieces)))),
        ("said_before", yes(said_before)),
    ]);
}

/// A word as the tables have it: any number is `#`, nothing is empty.
pub fn word(word: Option<&str>) -> &str {
    match word {
        Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => "#",
        Some(word) => word,
        None => "",
    }
}

/// A balance as a step: too many closed, even, too many opened.
pub fn sign(balance: i32) -> usize {
    (balance.signum() + 1) as usize
}

/// The characters on both sides of a comma, in words.
pub fn around(before: Edge, after: Edge) -> &'static str {
    use Edge::{Capital, Close, Digit, Letter, Other, Stop};
    match (before, after) {
        (Stop, Capital) => "stop capital",
        (Stop, Letter) => "stop letter",
        (Stop, Digit) => "stop digit",
        (Stop, _) => "stop other",
        (Close, Capital) => "close capital",
        (Close, Letter) => "close letter",
        (Close, Digit) => "close digit",
        (Close, _) => "close other",
        (Capital, Capital) => "capital capital",
        (Capital, Letter) => "capital letter",
        (Capital, Digit) => "capital digit",
        (Capital, _) => "capital other",
        (Letter, Capital) => "letter capital",
        (Letter, Letter) => "letter letter",
        (Letter, Digit) => "letter digit",
        (Letter, _) => "letter other",
        (Digit, Capital) => "digit capital",
        (Digit, Letter) => "digit letter",
        (Digit, Digit) => "digit digit",
        (Digit, _) => "digit other",
        (Other, Capital) => "other capital",
        (Other, Letter) => "other letter",
        (Other, Digit) => "other digit",
        (Other, _) => "other other",
    }
}
