//! The inverted index of a segment in the making: for each field and term the documents, and in some fields the places.
//!
//! A term is a number, so that a word that was met before costs two look-ups by number and a byte or two.

use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, IndexRecordOption, Schema};

use super::chains::{Chain, Chains, Numbers};
use super::folding::{Folder, NONE};
use super::schema::{Fields, TEXT_FIELDS};
use super::words::{MARK, beginning, short_beginning};

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
    /// Whether the short beginnings of its words are terms too.
    beginnings: bool,
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
    pub fn new(schema: &Schema, fields: &Fields) -> Self {
        let places = |option: Option<IndexRecordOption>| option.is_some_and(IndexRecordOption::has_positions);
        let short = TEXT_FIELDS.map(|field| (fields.text(field), field.has_beginnings()));
        let fields = schema.fields().map(|(handle, entry)| Terms {
            slots: Vec::new(),
            places: places(entry.field_type().index_record_option()),
            beginnings: short.contains(&(handle, true)),
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

    /// The short beginning of a spelling stands in a field of the document, where the field has such.
    pub fn add_beginning(&mut self, field: Field, term: u32) {
        let wanted = self.fields.get(field.field_id() as usize).is_some_and(|terms| terms.beginnings);
        if wanted && !self.has(field, term) {
            self.add(field, term, 0);
        }
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
        let mut list = List::default();
        for (number, of_field) in (0..).zip(&self.fields) {
            if of_field.slots.is_empty() {
                continue;
            }
            let present = terms.iter().filter_map(|term| {
                let slot = of_field.slots.get(*term as usize).and_then(|slot| self.slots.get(*slot as usize));
                Some((folder.text(*term), slot?))
            });
            let mut field = out.new_field(Field::from_field_id(number), of_field.tokens, None)?;
            if of_field.beginnings {
                self.write_beginnings(present.clone().collect(), of_field.places, &mut field)?;
            }
            for (text, slot) in present {
                if of_field.beginnings && text.starts_with(MARK) {
                    continue;
                }
                // How many documents there are would only serve a score that is not asked for.
                field.new_term(text.as_bytes(), 0, of_field.places)?;
                list.read(&self.chains, slot, of_field.places, &mut |document, places| {
                    field.write_doc(document, places.len() as u32, places);
                });
                field.close_term()?;
            }
            field.close()?;
        }
        out.close()?;
        Ok(())
    }

    /// Writes the short beginnings of a field's words as terms: in order, a letter before the pairs that begin with it.
    /// Marked texts among the words are beginnings of other spellings.
    fn write_beginnings(
        &self,
        mut words: Vec<(&str, &Slot)>,
        places: bool,
        field: &mut FieldSerializer<'_>,
    ) -> tantivy::Result<()> {
        words.iter_mut().for_each(|(text, _)| *text = text.trim_start_matches(MARK));
        words.sort_by_key(|(text, _)| *text);
        let mut write = |short: &str, documents: &Marked| -> tantivy::Result<()> {
            field.new_term(beginning(short).as_bytes(), 0, places)?;
            let place: &[u32] = if places { &[0] } else { &[] };
            documents.for_each(&mut |document| field.write_doc(document, place.len() as u32, place));
            field.close_term()?;
            Ok(())
        };
        let mut list = List::default();
        for of_letter in words.chunk_by(|(one, _), (other, _)| one.chars().next() == other.chars().next()) {
            let mut letter = Marked::below(self.document);
            let mut pairs = Vec::new();
            for of_pair in
                of_letter.chunk_by(|(one, _), (other, _)| short_beginning(one) == short_beginning(other))
            {
                let mut pair = Marked::below(self.document);
                for (_, slot) in of_pair {
                    list.read(&self.chains, slot, places, &mut |document, _| pair.mark(document));
                }
                letter.mark_all(&pair);
                let short = of_pair.first().map(|(text, _)| short_beginning(text)).unwrap_or_default();
                pairs.push((short, pair));
            }
            let first = of_letter.first().map(|(text, _)| *text).unwrap_or_default();
            let end = first.chars().next().map_or(0, char::len_utf8);
            write(first.get(..end).unwrap_or_default(), &letter)?;
            for (short, pair) in pairs.iter().filter(|(short, _)| short.len() > end) {
                write(short, pair)?;
            }
        }
        Ok(())
    }
}

/// Room for reading one list after the other.
#[derive(Default)]
struct List {
    bytes: Vec<u8>,
    places: Vec<u32>,
}

impl List {
    /// Tells the documents of a list, counted from 0, with the places in each, each counted from the one before.
    fn read(&mut self, chains: &Chains, slot: &Slot, has_places: bool, found: &mut impl FnMut(u32, &[u32])) {
        self.bytes.clear();
        chains.read(&slot.chain, &mut self.bytes);
        let mut numbers = Numbers(&self.bytes);
        let mut document = 0;
        while let Some(delta) = numbers.next() {
            document += delta;
            self.places.clear();
            if has_places {
                self.places.extend(numbers.by_ref().take_while(|delta| *delta > 0).map(|delta| delta - 1));
            }
            found(document - 1, &self.places);
        }
    }
}

/// A bit for each document.
struct Marked(Vec<u64>);

impl Marked {
    fn below(documents: u32) -> Self {
        Self(vec![0; documents as usize / 64 + 1])
    }

    fn mark(&mut self, document: u32) {
        if let Some(word) = self.0.get_mut(document as usize / 64) {
            *word |= 1 << (document % 64);
        }
    }

    fn mark_all(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(word, other)| *word |= other);
    }

    fn for_each(&self, found: &mut impl FnMut(u32)) {
        for (number, word) in (0..).zip(&self.0) {
            let mut rest = *word;
            while rest != 0 {
                found(number * 64 + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
    }
}
