//! The inverted index of a segment in the making: for each field and term the documents, and in some fields the places.
//!
//! A term is a number, so that a word that was met before costs two look-ups by number and a byte or two.

use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, IndexRecordOption, Schema};

use super::chains::{Chain, Chains, Numbers};
use super::folding::{Folder, NONE};

/// What is known of a term in a field.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    chain: Chain,
    /// The last document, counted from 1.
    last: u32,
    /// The last place in it.
    place: u32,
}

/// A field's terms.
#[derive(Debug)]
struct Terms {
    /// The slot of each term that the field has; [`NONE`] of others.
    slots: Vec<u32>,
    /// Whether the places are kept.
    places: bool,
    tokens: u64,
}

/// The lists of a segment in the making.
#[derive(Debug)]
pub struct Postings {
    fields: Vec<Terms>,
    slots: Vec<Slot>,
    chains: Chains,
    /// The document that is being added, counted from 1.
    document: u32,
}

impl Postings {
    /// Of no document.
    pub fn new(schema: &Schema) -> Self {
        let places = |option: Option<IndexRecordOption>| option.is_some_and(IndexRecordOption::has_positions);
        let fields = schema.fields().map(|(_, entry)| Terms {
            slots: Vec::new(),
            places: places(entry.field_type().index_record_option()),
            tokens: 0,
        });
        Self { fields: fields.collect(), slots: Vec::new(), chains: Chains::default(), document: 0 }
    }

    /// Begins the next document.
    pub fn start(&mut self) {
        self.document += 1;
    }

    /// A term stands at a place of a field of the document; whether it is the first time there.
    pub fn add(&mut self, field: Field, term: u32, place: u32) -> bool {
        let Some(terms) = self.fields.get_mut(field.field_id() as usize) else { return false };
        let at = term as usize;
        if at >= terms.slots.len() {
            if term == NONE {
                return false;
            }
            terms.slots.resize(at + 1, NONE);
        }
        let Some(number) = terms.slots.get_mut(at) else { return false };
        if *number == NONE {
            *number = self.slots.len() as u32;
            self.slots.push(Slot::default());
        }
        let Some(slot) = self.slots.get_mut(*number as usize) else { return false };
        let first = slot.last != self.document;
        if first {
            if terms.places && slot.last > 0 {
                // The places of the document before have ended.
                self.chains.push(&mut slot.chain, 0);
            }
            self.chains.push(&mut slot.chain, self.document - slot.last);
            slot.last = self.document;
            slot.place = 0;
        } else if !terms.places {
            return false;
        }
        terms.tokens += 1;
        if terms.places {
            self.chains.push(&mut slot.chain, place.saturating_sub(slot.place) + 1);
            slot.place = place.max(slot.place);
        }
        first
    }

    /// Whether a field of the document has a term already.
    pub fn has(&self, field: Field, term: u32) -> bool {
        let terms = self.fields.get(field.field_id() as usize);
        let slot = terms.and_then(|terms| terms.slots.get(term as usize)).filter(|slot| **slot != NONE);
        slot.and_then(|slot| self.slots.get(*slot as usize)).is_some_and(|slot| slot.last == self.document)
    }

    /// About how many bytes it takes.
    pub fn memory(&self) -> usize {
        let tables: usize = self.fields.iter().map(|terms| terms.slots.capacity() * 4).sum();
        self.chains.memory() + self.slots.capacity() * size_of::<Slot>() + tables
    }

    /// Whether there is room for many more documents.
    pub fn has_room(&self) -> bool {
        self.chains.has_room()
    }

    /// Writes the lists, field by field and term by term.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, folder: &Folder, mut out: InvertedIndexSerializer) -> tantivy::Result<()> {
        let mut terms: Vec<u32> = (0..folder.len() as u32).collect();
        terms.sort_unstable_by(|a, b| folder.text(*a).cmp(folder.text(*b)));
        let (mut bytes, mut deltas) = (Vec::new(), Vec::new());
        for (number, of_field) in (0..).zip(&self.fields) {
            if of_field.slots.is_empty() {
                continue;
            }
            let mut field = out.new_field(Field::from_field_id(number), of_field.tokens, None)?;
            for term in &terms {
                let slot = of_field.slots.get(*term as usize).and_then(|slot| self.slots.get(*slot as usize));
                let Some(slot) = slot else { continue };
                // How many documents there are would only serve a score that is not asked for.
                field.new_term(folder.text(*term).as_bytes(), 0, of_field.places)?;
                bytes.clear();
                self.chains.read(&slot.chain, &mut bytes);
                let mut numbers = Numbers(&bytes);
                let mut document = 0;
                while let Some(delta) = numbers.next() {
                    document += delta;
                    deltas.clear();
                    if of_field.places {
                        deltas.extend(numbers.by_ref().take_while(|delta| *delta > 0).map(|delta| delta - 1));
                    }
                    field.write_doc(document - 1, deltas.len() as u32, &deltas);
                }
                field.close_term()?;
            }
            field.close()?;
        }
        out.close()?;
        Ok(())
    }
}
