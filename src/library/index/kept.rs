//! What the store keeps of a trial, given to it without another copy.

use tantivy::Document;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

use super::schema::Fields;

/// The record of a trial and its earlier versions; the room is used again for the next trial.
#[derive(Debug)]
pub struct Kept {
    fields: [Field; 2],
    /// The record, packed; nothing is kept without one.
    pub record: Vec<u8>,
    /// Its earlier versions, packed.
    pub earlier: Vec<Vec<u8>>,
}

impl Kept {
    /// Nothing yet.
    pub fn nothing(fields: &Fields) -> Self {
        Self { fields: [fields.record, fields.earlier], record: Vec::new(), earlier: Vec::new() }
    }
}

impl Document for Kept {
    type Value<'a> = Packed<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Packed<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let [record, earlier] = self.fields;
        let of_record = Some(self.record.as_slice()).filter(|bytes| !bytes.is_empty());
        let of_record = of_record.into_iter().map(move |bytes| (record, Packed(bytes)));
        Box::new(of_record.chain(self.earlier.iter().map(move |bytes| (earlier, Packed(bytes)))))
    }
}

/// Bytes in the store. tantivy writes and reads text at once but bytes one by one, so what is text is handed over as such:
/// the store does not ask what the field was declared to hold.
#[derive(Clone, Debug)]
pub struct Packed<'a>(&'a [u8]);

impl<'a> Value<'a> for Packed<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match std::str::from_utf8(self.0) {
            Ok(text) => ReferenceValueLeaf::Str(text),
            Err(_) => ReferenceValueLeaf::Bytes(self.0),
        })
    }
}

/// The bytes of a value that [`Kept`] has put into the store.
pub fn bytes_of<'v>(value: impl Value<'v>) -> Option<&'v [u8]> {
    value.as_bytes().or_else(|| value.as_str().map(str::as_bytes))
}

#[cfg(test)]
mod tests {
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::super::folding::Folder;
    use super::super::schema::schema;
    use super::super::{WRITER_MEMORY, segment::SegmentBuilder, take_in};
    use super::*;
    use crate::protocol::Trial;

    /// What the store gives back of each document.
    fn stored(records: &[Vec<Vec<u8>>]) -> Vec<Vec<Vec<u8>>> {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        let mut writer: IndexWriter<TantivyDocument> =
            index.writer_with_num_threads(1, WRITER_MEMORY).expect("a writer");
        let mut segment = SegmentBuilder::new(&index, &fields, Folder::default()).expect("a segment");
        let mut kept = Kept::nothing(&fields);
        for values in records {
            kept.record = values.first().cloned().unwrap_or_default();
            kept.earlier = values.iter().skip(1).cloned().collect();
            segment.add(&Trial::default(), &[], TantivyDocument::default(), &kept).expect("added");
        }
        take_in(&mut writer, segment).expect("taken in");
        let searcher = index.reader().expect("a reader").searcher();
        let store = searcher.segment_reader(0).get_store_reader(1).expect("a store");
        let given = (0..records.len() as u32).map(|doc| {
            let doc: TantivyDocument = store.get(doc).expect("a document");
            let of = |field| doc.get_all(field).map(|value| bytes_of(value).expect("bytes").to_vec());
            of(fields.record).chain(of(fields.earlier)).collect()
        });
        given.collect()
    }

    #[test]
    fn the_store_gives_back_text_and_what_is_none() {
        let bytes = |length: usize| (0..length).map(|at| at as u8).collect::<Vec<u8>>();
        let text = |length: usize| "é肝z".bytes().cycle().take(length * 6).collect::<Vec<u8>>();
        let records: Vec<Vec<Vec<u8>>> = vec![
            vec![text(1)],
            vec![],
            vec![text(30), bytes(200), Vec::new()],
            vec![bytes(3_000), text(20_000)],
            vec![text(500_000)],
        ];
        assert_eq!(stored(&records), records);
    }
}
