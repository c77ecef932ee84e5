//! Sets of documents of one segment, and walking through their intersection until enough are found.

use std::cell::Cell;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TantivyError, Term};
use tantivy::{DocSet, TERMINATED};

use super::dictionary::Meaning;
use crate::library::index::words::{SHORT, beginning};

/// A set of documents in ascending order.
pub type Docs = Box<dyn DocSet>;

/// How many words of the dictionary one prefix may stand for within a frame; the first by the alphabet are taken.
const MOST_WORDS: usize = 4_096;

/// How many of them may go on with a digit: those are ids, nearly each of them in one trial only.
const MOST_IDS: usize = 512;

/// How many of the words that a prefix stands for are looked up.
#[derive(Clone, Copy, Debug)]
pub enum Reach<'a> {
    /// As many as a frame has time for; what was left out is noted.
    Frame(&'a Cell<bool>),
    /// All of them.
    Whole,
}

/// How many lists a union walks side by side; more are poured into one sorted list first.
const SIDE_BY_SIDE: usize = 8;

/// The documents of one segment in which a word's meanings stand in a field.
///
/// # Errors
/// When the index cannot be read.
pub fn word(
    segment: &SegmentReader,
    field: Field,
    has_beginnings: bool,
    meaning: &Meaning,
    reach: Reach<'_>,
) -> Result<Docs, TantivyError> {
    let mut lists = Vec::new();
    if meaning.exact && !meaning.prefix {
        lists.extend(term(segment, field, &meaning.word)?);
    }
    if meaning.prefix {
        lists.extend(prefix(segment, field, has_beginnings, &meaning.word, reach)?);
    }
    for (other, _) in &meaning.others {
        lists.extend(term(segment, field, other)?);
    }
    Ok(union(lists, segment.max_doc()))
}

/// The documents with exactly this term.
///
/// # Errors
/// When the index cannot be read.
pub fn term(segment: &SegmentReader, field: Field, text: &str) -> Result<Option<Docs>, TantivyError> {
    let index = segment.inverted_index(field)?;
    let postings = index.read_postings(&Term::from_field_text(field, text), IndexRecordOption::Basic)?;
    Ok(postings.map(|postings| Box::new(postings) as Docs))
}

/// The documents with a word that begins so.
///
/// # Errors
/// When the index cannot be read.
pub fn prefix(
    segment: &SegmentReader,
    field: Field,
    has_beginnings: bool,
    text: &str,
    reach: Reach<'_>,
) -> Result<Vec<Docs>, TantivyError> {
    if has_beginnings && text.chars().count() <= SHORT {
        return Ok(term(segment, field, &beginning(text))?.into_iter().collect());
    }
    match reach {
        Reach::Whole => Ok(vec![whole_prefix(segment, field, text)?]),
        Reach::Frame(left_out) => some_of_prefix(segment, field, text, left_out),
    }
}

fn some_of_prefix(
    segment: &SegmentReader,
    field: Field,
    text: &str,
    left_out: &Cell<bool>,
) -> Result<Vec<Docs>, TantivyError> {
    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().range().ge(text.as_bytes()).into_stream()?;
    let mut lists: Vec<Docs> = Vec::new();
    let mut ids = 0;
    while stream.advance() && stream.key().starts_with(text.as_bytes()) {
        if lists.len() >= MOST_WORDS {
            left_out.set(true);
            break;
        }
        ids += usize::from(stream.key().get(text.len()).is_some_and(u8::is_ascii_digit));
        if ids == MOST_IDS {
            // On behind the digits.
            left_out.set(true);
            let behind = [text.as_bytes(), b":"].concat();
            stream = index.terms().range().ge(&behind).into_stream()?;
            ids += 1;
            continue;
        }
        let postings = index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
        lists.push(Box::new(postings));
    }
    Ok(lists)
}

fn whole_prefix(segment: &SegmentReader, field: Field, text: &str) -> Result<Docs, TantivyError> {
    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().range().ge(text.as_bytes()).into_stream()?;
    let mut bits = Bits::below(segment.max_doc());
    while stream.advance() && stream.key().starts_with(text.as_bytes()) {
        bits.pour(&mut index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?);
    }
    Ok(Box::new(bits.sorted()))
}

/// All documents that are in any of the lists.
pub fn union(mut lists: Vec<Docs>, max_doc: DocId) -> Docs {
    match lists.len() {
        1 => lists.remove(0),
        0..=SIDE_BY_SIDE => side_by_side(lists),
        _ => Box::new(poured(lists, max_doc)),
    }
}

/// The same, found one after the other as they are asked for.
pub fn side_by_side(lists: Vec<Docs>) -> Docs {
    Box::new(Union::new(lists))
}

/// A few lists walked side by side.
struct Union {
    lists: Vec<Docs>,
    doc: DocId,
}

impl Union {
    fn new(lists: Vec<Docs>) -> Self {
        let mut union = Self { lists, doc: TERMINATED };
        union.settle();
        union
    }

    fn settle(&mut self) -> DocId {
        self.doc = self.lists.iter().map(|list| list.doc()).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for Union {
    fn advance(&mut self) -> DocId {
        let at = self.doc;
        for list in &mut self.lists {
            if list.doc() == at {
                list.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for list in &mut self.lists {
            if list.doc() < target {
                list.seek(target);
            }
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().map(|list| list.size_hint()).fold(0, u32::saturating_add)
    }
}

/// A sorted list of documents.
pub struct Sorted {
    docs: Vec<DocId>,
    at: usize,
}

impl Sorted {
    /// Of documents in ascending order.
    pub fn new(docs: Vec<DocId>) -> Self {
        Self { docs, at: 0 }
    }
}

/// Many lists poured into one.
fn poured(lists: Vec<Docs>, max_doc: DocId) -> Sorted {
    let mut bits = Bits::below(max_doc);
    for mut list in lists {
        bits.pour(&mut *list);
    }
    bits.sorted()
}

/// A bit for each document.
struct Bits(Vec<u64>);

impl Bits {
    fn below(max_doc: DocId) -> Self {
        Self(vec![0; max_doc as usize / 64 + 1])
    }

    fn pour(&mut self, list: &mut dyn DocSet) {
        let mut doc = list.doc();
        while doc != TERMINATED {
            if let Some(word) = self.0.get_mut(doc as usize / 64) {
                *word |= 1 << (doc % 64);
            }
            doc = list.advance();
        }
    }

    fn sorted(self) -> Sorted {
        let mut docs = Vec::new();
        for (index, word) in self.0.into_iter().enumerate() {
            let mut rest = word;
            while rest != 0 {
                docs.push(index as u32 * 64 + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
        Sorted::new(docs)
    }
}

impl DocSet for Sorted {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

/// Every document of a segment.
pub struct Everything {
    doc: DocId,
    max_doc: DocId,
}

impl Everything {
    /// All documents below `max_doc`.
    pub fn below(max_doc: DocId) -> Self {
        Self { doc: 0, max_doc }
    }
}

impl DocSet for Everything {
    fn advance(&mut self) -> DocId {
        self.doc = self.doc.saturating_add(1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = target;
        self.doc()
    }

    fn doc(&self) -> DocId {
        if self.doc < self.max_doc { self.doc } else { TERMINATED }
    }

    fn size_hint(&self) -> u32 {
        self.max_doc
    }
}

/// Walks the documents that are in all of `needed`, in none of `barred`, and pass `test`, in ascending order,
/// until `found` says that it has enough.
pub fn walk(
    mut needed: Vec<Docs>,
    mut barred: Vec<Docs>,
    test: &dyn Fn(DocId) -> bool,
    found: &mut dyn FnMut(DocId) -> bool,
) {
    // The shortest list leads: it skips the most in the others.
    needed.sort_by_key(|docs| docs.size_hint());
    let Some((lead, others)) = needed.split_first_mut() else { return };
    let mut doc = lead.doc();
    'next: while doc != TERMINATED {
        for other in others.iter_mut() {
            let at = if other.doc() < doc { other.seek(doc) } else { other.doc() };
            if at > doc {
                doc = lead.seek(at);
                continue 'next;
            }
        }
        let is_barred =
            barred.iter_mut().any(|docs| docs.doc() == doc || (docs.doc() < doc && docs.seek(doc) == doc));
        if !is_barred && test(doc) && !found(doc) {
            return;
        }
        doc = lead.advance();
    }
}
