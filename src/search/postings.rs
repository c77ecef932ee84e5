//! Sets of documents of one segment, and walking through their intersection until enough are found.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TantivyError, Term};
use tantivy::{DocSet, TERMINATED};

use super::dictionary::Meaning;
use crate::library::index::words::{SHORT, beginning};

/// A set of documents in ascending order.
pub type Docs = Box<dyn DocSet>;

/// How many words of the dictionary one prefix may stand for; the first by the alphabet are taken.
const MOST_WORDS: usize = 4_096;

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
) -> Result<Docs, TantivyError> {
    let mut lists = Vec::new();
    if meaning.exact && !meaning.prefix {
        lists.extend(term(segment, field, &meaning.word)?);
    }
    if meaning.prefix {
        lists.extend(prefix(segment, field, has_beginnings, &meaning.word)?);
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
) -> Result<Vec<Docs>, TantivyError> {
    if has_beginnings && text.chars().count() <= SHORT {
        return Ok(term(segment, field, &beginning(text))?.into_iter().collect());
    }
    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().range().ge(text.as_bytes()).into_stream()?;
    let mut lists: Vec<Docs> = Vec::new();
    while stream.advance() && stream.key().starts_with(text.as_bytes()) && lists.len() < MOST_WORDS {
        let postings = index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
        lists.push(Box::new(postings));
    }
    Ok(lists)
}

/// All documents that are in any of the lists.
pub fn union(mut lists: Vec<Docs>, max_doc: DocId) -> Docs {
    match lists.len() {
        1 => lists.remove(0),
        0..=SIDE_BY_SIDE => Box::new(Union::new(lists)),
        _ => Box::new(poured(lists, max_doc)),
    }
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

/// Many lists poured into one, by way of a bit for each document.
fn poured(lists: Vec<Docs>, max_doc: DocId) -> Sorted {
    let mut bits = vec![0_u64; max_doc as usize / 64 + 1];
    for mut list in lists {
        let mut doc = list.doc();
        while doc != TERMINATED {
            if let Some(word) = bits.get_mut(doc as usize / 64) {
                *word |= 1 << (doc % 64);
            }
            doc = list.advance();
        }
    }
    let mut docs = Vec::new();
    for (index, word) in bits.into_iter().enumerate() {
        let mut rest = word;
        while rest != 0 {
            docs.push(index as u32 * 64 + rest.trailing_zeros());
            rest &= rest - 1;
        }
    }
    Sorted::new(docs)
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
