//! A segment of the index, made by ourselves: the words are folded once for all fields they go into, and never leave their
//! numbers until they are written. The files are tantivy's, written by its own serializers.

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{Segment, SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, Schema};
use tantivy::store::StoreWriter;
use tantivy::{Index, TantivyDocument};

use super::document::{self, add_columns};
use super::folding::{Folder, Token, Writing};
use super::kept::Kept;
use super::postings::Postings;
use super::schema::{Fields, TEXT_FIELDS, TextField};
use super::words::split;
use crate::protocol::{EndpointReading, Trial};

/// So many words of a field are looked up together.
const TOGETHER: usize = 128;

/// A segment in the making.
pub struct SegmentBuilder {
    segment: Segment,
    schema: Schema,
    fields: Fields,
    folder: Folder,
    postings: Postings,
    columns: FastFieldsWriter,
    store: StoreWriter,
    documents: u32,
    /// Room for the words that are being looked up.
    writings: Vec<Writing>,
}

impl SegmentBuilder {
    /// A segment of an index, without a document. `folder` remembers words of other segments.
    ///
    /// # Errors
    /// When its files cannot be made.
    pub fn new(index: &Index, fields: &Fields, mut folder: Folder) -> tantivy::Result<Self> {
        let segment = index.new_segment();
        let schema = index.schema();
        let settings = index.settings();
        let file = segment.open_write(SegmentComponent::Store)?;
        let store =
            StoreWriter::new(file, settings.docstore_compression, settings.docstore_blocksize, false)?;
        folder.tidy();
        Ok(Self {
            postings: Postings::new(&schema, fields),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(
                &schema,
                index.fast_field_tokenizer().clone(),
            )?,
            fields: fields.clone(),
            documents: 0,
            writings: Vec::new(),
            folder,
            segment,
            schema,
            store,
        })
    }

    /// Adds a trial. `columns` has its row, `endpoints` are the kinds that were read, `kept` goes into the store.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn add(
        &mut self,
        trial: &Trial,
        endpoints: &[EndpointReading],
        mut columns: TantivyDocument,
        kept: &Kept,
    ) -> tantivy::Result<()> {
        self.postings.start();
        for field in TEXT_FIELDS {
            self.field(trial, field);
        }
        let Self { fields, folder, postings, .. } = self;
        document::codes(fields, trial, endpoints, &mut |field, code| {
            postings.add(field, folder.term(code), 0);
        });
        add_columns(&mut columns, fields, trial);
        self.columns.add_document(&columns)?;
        self.store.store(kept, &self.schema)?;
        self.documents += 1;
        Ok(())
    }

    /// The words of one field.
    fn field(&mut self, trial: &Trial, field: TextField) {
        let mut words = Words {
            handle: self.fields.text(field),
            all: self.fields.all,
            folder: &mut self.folder,
            postings: &mut self.postings,
            tokens: Vec::with_capacity(TOGETHER),
            writings: &mut self.writings,
        };
        let mut place = 0;
        document::placed(trial, field, &mut |text| {
            let mut end = 0;
            split(text, &mut |range, position, joined| {
                let position = u32::try_from(position).unwrap_or(u32::MAX);
                end = position + 1;
                words.tokens.push(Token::new(text, range, joined, place + position));
                if words.tokens.len() == TOGETHER {
                    words.placed();
                }
            });
            // A phrase ends with its text.
            place += end + 1;
        });
        words.placed();
        // Words without a place stand behind all others, next to none of them.
        place += 1;
        words.folder.start();
        for text in document::loose(trial, field) {
            split(text, &mut |range, _, joined| {
                words.tokens.push(Token::new(text, range, joined, place));
                if words.tokens.len() == TOGETHER {
                    words.loose();
                }
            });
        }
        words.loose();
    }

    /// How many trials it has.
    pub fn len(&self) -> u32 {
        self.documents
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.documents == 0
    }

    /// About how many bytes of memory it takes.
    pub fn memory(&self) -> usize {
        self.postings.memory() + self.folder.memory() + self.columns.mem_usage() + self.store.mem_usage()
    }

    /// Whether there is room for many more trials.
    pub fn has_room(&self) -> bool {
        self.postings.has_room()
    }

    /// Writes the segment, durably; nobody sees it before an index takes it in. The words are there for the next one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> tantivy::Result<(SegmentMeta, Folder)> {
        let segment = self.segment;
        FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?.close()?;
        self.postings.write(&self.folder, InvertedIndexSerializer::open(&segment)?)?;
        let mut file = segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut file, None)?;
        file.terminate()?;
        self.store.close()?;
        let meta = segment.with_max_doc(self.documents).meta().clone();
        meta.untrack_temp_docstore();
        Ok((meta, self.folder))
    }
}

/// The words of a field on their way into the lists: some at a time, so that one does not wait for the memory of another.
struct Words<'a, 't> {
    handle: Field,
    all: Field,
    folder: &'a mut Folder,
    postings: &'a mut Postings,
    tokens: Vec<Token<'t>>,
    writings: &'a mut Vec<Writing>,
}

impl Words<'_, '_> {
    /// Takes in words at their places.
    fn placed(&mut self) {
        let Self { handle, all, folder, postings, tokens, writings } = self;
        folder.writings(tokens, writings);
        for (token, writing) in tokens.drain(..).zip(writings.iter()) {
            postings.add(*handle, writing.term, token.place);
            postings.add_beginning(*handle, writing.spelt);
            postings.add_beginning(*all, writing.spelt);
        }
    }

    /// Takes in words that the field needs to have once only.
    fn loose(&mut self) {
        let Self { handle, all, folder, postings, tokens, writings } = self;
        folder.unmet(tokens, writings);
        for (token, writing) in tokens.drain(..).zip(writings.iter()) {
            if !postings.has(*handle, writing.term) {
                postings.add(*handle, writing.term, token.place);
                postings.add_beginning(*handle, writing.spelt);
            }
            postings.add_beginning(*all, writing.spelt);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use tantivy::postings::Postings as _;
    use tantivy::schema::IndexRecordOption;
    use tantivy::{DocSet, TERMINATED};

    use super::super::TrialIndex;
    use super::super::words::{SHORT, words};
    use super::*;
    use crate::formats::Record;
    use crate::library::Entry;
    use crate::protocol::{Endpoint, Intervention};

    /// The terms of a field, each with its documents and places.
    fn told(index: &TrialIndex, field: Field) -> Vec<String> {
        let searcher = index.searcher();
        let mut told = Vec::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(field).expect("a field");
            let mut terms = inverted.terms().stream().expect("terms");
            while terms.advance() {
                let text = String::from_utf8_lossy(terms.key()).replace('\u{1}', "^");
                let option = IndexRecordOption::WithFreqsAndPositions;
                let mut postings =
                    inverted.read_postings_from_terminfo(terms.value(), option).expect("postings");
                let mut places = Vec::new();
                while postings.doc() != TERMINATED {
                    postings.positions(&mut places);
                    told.push(format!("{text} {} {places:?}", postings.doc()));
                    postings.advance();
                }
            }
        }
        told
    }

    fn index(trials: Vec<Trial>) -> TrialIndex {
        let entries: Vec<Arc<Entry>> =
            trials.into_iter().map(|trial| Arc::new(Entry::new(Record { trial, raw: None }))).collect();
        TrialIndex::in_memory(&entries).expect("an index")
    }

    #[test]
    fn each_field_has_its_words_with_their_places_and_all_has_each_once() {
        let mut first = Trial { title: "TAS-102 and TAS".to_owned(), ..Trial::default() };
        first.official_title = Some("and".to_owned());
        first.eligibility.text = Some("no tumour, no oedema; TAS".to_owned());
        let second = Trial { title: "Oedema and edema".to_owned(), ..Trial::default() };
        let index = index(vec![first, second]);
        let fields = &index.fields;
        assert_eq!(
            told(&index, fields.text(TextField::Title)),
            [
                "^1 0 [0]",
                "^10 0 [0]",
                "^a 0 [0]",
                "^a 1 [0]",
                "^an 0 [0]",
                "^an 1 [0]",
                "^e 1 [0]",
                "^ed 1 [0]",
                "^o 1 [0]",
                "^oe 1 [0]",
                "^t 0 [0]",
                "^ta 0 [0]",
                "102 0 [1]",
                "and 0 [2, 5]",
                "and 1 [1]",
                "edema 1 [0, 2]",
                "tas 0 [0, 3]",
                "tas102 0 [1]",
            ]
        );
        assert_eq!(
            told(&index, fields.text(TextField::Criteria)),
            ["edema 0 []", "no 0 []", "tas 0 []", "tumor 0 []"]
        );
        let all = told(&index, fields.all);
        let words: Vec<&String> = all.iter().filter(|term| !term.starts_with('^')).collect();
        assert_eq!(
            words,
            [
                "102 0 []",
                "and 0 []",
                "and 1 []",
                "edema 0 []",
                "edema 1 []",
                "no 0 []",
                "tas 0 []",
                "tas102 0 []",
                "tumor 0 []"
            ]
        );
        for beginning in ["^oe 0 []", "^ed 0 []", "^tu 0 []"] {
            assert!(all.iter().any(|term| term == beginning), "{beginning}");
        }
    }

    #[test]
    fn words_of_long_texts_stand_next_to_none() {
        let mut trial = Trial::default();
        let outcome = |measure: &str, description: &str| Endpoint {
            measure: measure.to_owned(),
            description: Some(description.to_owned()),
            ..Endpoint::default()
        };
        trial.endpoints = vec![outcome("pain", "pain relief"), outcome("death", "relief")];
        trial.interventions = vec![
            Intervention { name: "x".to_owned(), ..Intervention::default() },
            Intervention { name: "x".to_owned(), ..Intervention::default() },
        ];
        let index = index(vec![trial]);
        assert_eq!(
            told(&index, index.fields.text(TextField::Outcome)),
            ["death 0 [2]", "pain 0 [0]", "relief 0 [5]"]
        );
        assert_eq!(
            told(&index, index.fields.text(TextField::Drug)),
            ["^x 0 [0]", "x 0 [0]"],
            "said twice, kept once"
        );
    }

    proptest::proptest! {
        #[test]
        fn short_beginnings_are_those_of_the_words_and_of_their_spellings(
            titles in proptest::collection::vec("(oe?d|t-?umour|aé|[a-c]{1,3}|[0-9λ肝é ]{1,2}|oesophagus|esophagus| ){0,9}", 1..9),
        ) {
            let trials = titles.iter().map(|title| Trial { title: title.clone(), ..Trial::default() });
            let index = index(trials.collect());
            let mut wanted = BTreeSet::new();
            for (doc, title) in titles.iter().enumerate() {
                for word in words(title) {
                    for written in [Some(word.text), word.as_spelt].into_iter().flatten() {
                        let ends = written.char_indices().map(|(at, c)| at + c.len_utf8()).take(SHORT);
                        wanted.extend(ends.map(|end| format!("^{} {doc}", &written[..end])));
                    }
                }
            }
            for (field, place) in [(index.fields.text(TextField::Title), " [0]"), (index.fields.all, " []")] {
                let told = told(&index, field).into_iter().filter(|term| term.starts_with('^'));
                let told: BTreeSet<String> = told.map(|term| term.trim_end_matches(place).to_owned()).collect();
                proptest::prop_assert_eq!(&told, &wanted);
            }
        }
    }
}
