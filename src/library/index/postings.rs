//! The inverted index of a segment in the making: for each field and term the documents, and in some fields the places.
//!
//! A term is a number, so that a word that was met before costs two look-ups by number and a byte or two. That a word stands
//! anywhere at all is not noted with each: it is put together of the fields' lists when they are written.

use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, IndexRecordOption, Schema};

use super::chains::{Chain, Chains, Numbers};
use super::folding::{Folder, NONE};
use super::schema::{Fields, TEXT_FIELDS};
use super::words::{MARK, beginning, short_beginning};

/// The documents of several lists are put in order by marking them when there are more than one of so many.
const MARKED_FROM: usize = 32;

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
    /// Whether its words are words of the field over everything.
    counts: bool,
    tokens: u64,
}

/// The lists of a segment in the making.
#[derive(Debug)]
pub struct Postings {
    fields: Vec<Terms>,
    /// The field over everything: it has the words of those that count besides its own.
    all: Field,
    slots: Vec<Slot>,
    chains: Chains,
    /// The document that is being added, counted from 1.
    document: u32,
}

impl Postings {
    /// Of no document.
    pub fn new(schema: &Schema, fields_of: &Fields) -> Self {
        let places = |option: Option<IndexRecordOption>| option.is_some_and(IndexRecordOption::has_positions);
        let short = TEXT_FIELDS.map(|field| (fields_of.text(field), field.has_beginnings()));
        let fields = schema.fields().map(|(handle, entry)| Terms {
            slots: Vec::new(),
            places: places(entry.field_type().index_record_option()),
            beginnings: short.contains(&(handle, true)),
            counts: short.iter().any(|(field, _)| *field == handle),
            tokens: 0,
        });
        Self {
            fields: fields.collect(),
            all: fields_of.all,
            slots: Vec::new(),
            chains: Chains::default(),
            document: 0,
        }
    }

    /// Begins the next document.
    pub fn start(&mut self) {
        self.document += 1;
    }

    /// A term stands at a place of a field of the document.
    pub fn add(&mut self, field: Field, term: u32, place: u32) {
        let Some(terms) = self.fields.get_mut(field.field_id() as usize) else { return };
        let at = term as usize;
        if at >= terms.slots.len() {
            if term == NONE {
                return;
            }
            terms.slots.resize(at + 1, NONE);
        }
        let Some(number) = terms.slots.get_mut(at) else { return };
        if *number == NONE {
            *number = self.slots.len() as u32;
            self.slots.push(Slot::default());
        }
        let Some(slot) = self.slots.get_mut(*number as usize) else { return };
        if slot.last != self.document {
            if terms.places && slot.last > 0 {
                // The places of the document before have ended.
                self.chains.push(&mut slot.chain, 0);
            }
            self.chains.push(&mut slot.chain, self.document - slot.last);
            slot.last = self.document;
            slot.place = 0;
        } else if !terms.places {
            return;
        }
        terms.tokens += 1;
        if terms.places {
            self.chains.push(&mut slot.chain, place.saturating_sub(slot.place) + 1);
            slot.place = place.max(slot.place);
        }
    }

    /// The short beginning of a spelling, if there is one, stands in a field of the document, where the field has such.
    pub fn add_beginning(&mut self, field: Field, term: u32) {
        if term == NONE {
            return;
        }
        let wanted = self.fields.get(field.field_id() as usize).is_some_and(|terms| terms.beginnings);
        if wanted && !self.has(field, term) {
            self.add(field, term, 0);
        }
    }

    /// Whether a field of the document has a term already.
    pub fn has(&self, field: Field, term: u32) -> bool {
        let slot = self.fields.get(field.field_id() as usize).and_then(|terms| terms.slot(term));
        slot.and_then(|slot| self.slots.get(slot as usize)).is_some_and(|slot| slot.last == self.document)
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
        let mut terms: Vec<(&str, u32)> =
            (0..folder.len() as u32).map(|term| (folder.text(term), term)).collect();
        terms.sort_unstable();
        for (number, of_field) in (0..).zip(&self.fields) {
            let handle = Field::from_field_id(number);
            let sources: Vec<&Terms> = match handle == self.all {
                true => self.fields.iter().filter(|terms| terms.counts).collect(),
                false => vec![of_field],
            };
            let has = |term: u32| sources.iter().any(|terms| terms.slot(term).is_some());
            let words: Vec<(&str, u32)> = terms.iter().filter(|(_, term)| has(*term)).copied().collect();
            if words.is_empty() {
                continue;
            }
            let mut field = out.new_field(handle, of_field.tokens, None)?;
            if of_field.beginnings {
                self.write_beginnings(&sources, &words, of_field.places, &mut field)?;
            }
            let words =
                words.into_iter().filter(|(text, _)| !(of_field.beginnings && text.starts_with(MARK)));
            match sources.as_slice() {
                [only] => self.write_words(only, words, &mut field)?,
                several => self.write_unions(several, words, &mut field)?,
            }
            field.close()?;
        }
        out.close()?;
        Ok(())
    }

    /// Writes a field's words with their documents and places.
    fn write_words<'t>(
        &self,
        terms: &Terms,
        words: impl Iterator<Item = (&'t str, u32)>,
        field: &mut FieldSerializer<'_>,
    ) -> tantivy::Result<()> {
        let mut list = List::default();
        for (text, term) in words {
            // How many documents there are would only serve a score that is not asked for.
            field.new_term(text.as_bytes(), 0, terms.places)?;
            self.read(terms, term, &mut list, &mut |document, places| {
                field.write_doc(document, places.len() as u32, places);
            });
            field.close_term()?;
        }
        Ok(())
    }

    /// Writes the words of several fields, each with the documents that have it in any of them.
    fn write_unions<'t>(
        &self,
        fields: &[&Terms],
        words: impl Iterator<Item = (&'t str, u32)>,
        field: &mut FieldSerializer<'_>,
    ) -> tantivy::Result<()> {
        let mut list = List::default();
        let mut documents: Vec<u32> = Vec::new();
        let mut marked = Marked::below(self.document);
        for (text, term) in words {
            documents.clear();
            let mut lists = 0;
            for terms in fields {
                let before = documents.len();
                self.read(terms, term, &mut list, &mut |document, _| documents.push(document));
                lists += usize::from(documents.len() > before);
            }
            if lists > 1 && documents.len() > self.document as usize / MARKED_FROM {
                documents.drain(..).for_each(|document| marked.mark(document));
                marked.drain(&mut |document| documents.push(document));
            } else if lists > 1 {
                documents.sort_unstable();
                documents.dedup();
            }
            field.new_term(text.as_bytes(), 0, false)?;
            documents.iter().for_each(|document| field.write_doc(*document, 0, &[]));
            field.close_term()?;
        }
        Ok(())
    }

    /// Writes the short beginnings of words as terms: in order, a letter before the pairs that begin with it. Marked texts
    /// among the words are beginnings of other spellings.
    fn write_beginnings(
        &self,
        fields: &[&Terms],
        words: &[(&str, u32)],
        places: bool,
        field: &mut FieldSerializer<'_>,
    ) -> tantivy::Result<()> {
        let bare = words.iter().map(|(text, term)| (text.trim_start_matches(MARK), *term));
        let mut words: Vec<(&str, u32)> = bare.collect();
        words.sort_by_key(|(text, _)| *text);
        let mut write = |short: &str, documents: &mut Marked| -> tantivy::Result<()> {
            field.new_term(beginning(short).as_bytes(), 0, places)?;
            let place: &[u32] = if places { &[0] } else { &[] };
            documents.drain(&mut |document| field.write_doc(document, place.len() as u32, place));
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
                for (terms, (_, term)) in
                    fields.iter().flat_map(|terms| of_pair.iter().map(move |w| (terms, w)))
                {
                    self.read(terms, *term, &mut list, &mut |document, _| pair.mark(document));
                }
                letter.mark_all(&pair);
                let short = of_pair.first().map(|(text, _)| short_beginning(text)).unwrap_or_default();
                pairs.push((short, pair));
            }
            let first = of_letter.first().map(|(text, _)| *text).unwrap_or_default();
            let end = first.chars().next().map_or(0, char::len_utf8);
            write(first.get(..end).unwrap_or_default(), &mut letter)?;
            for (short, pair) in pairs.iter_mut().filter(|(short, _)| short.len() > end) {
                write(short, pair)?;
            }
        }
        Ok(())
    }

    /// Tells the documents, counted from 0, that have a term in a field, with the places in each.
    fn read(&self, terms: &Terms, term: u32, list: &mut List, found: &mut impl FnMut(u32, &[u32])) {
        if let Some(slot) = terms.slot(term).and_then(|slot| self.slots.get(slot as usize)) {
            list.read(&self.chains, slot, terms.places, found);
        }
    }
}

impl Terms {
    /// The slot of a term that the field has.
    fn slot(&self, term: u32) -> Option<u32> {
        self.slots.get(term as usize).copied().filter(|slot| *slot != NONE)
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

    /// Tells the documents in order, and forgets them.
    fn drain(&mut self, found: &mut impl FnMut(u32)) {
        for (number, word) in (0..).zip(&mut self.0) {
            let mut rest = std::mem::take(word);
            while rest != 0 {
                found(number * 64 + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
    }
}
