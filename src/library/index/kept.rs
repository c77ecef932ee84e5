//! What the store keeps of a trial, in the form of tantivy's documents: its own writer puts them down byte by byte, which
//! takes a good part of what compressing them takes.

use tantivy::schema::Field;

use super::schema::Fields;

/// What tantivy writes before a value that is bytes.
const BYTES: u8 = 4;
/// The mark of a number's last byte.
const LAST: u8 = 0x80;

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

    /// The document, in the place of what stood in `out`.
    pub fn write(&self, out: &mut Vec<u8>) {
        let [record, earlier] = self.fields;
        let of_record = Some(&self.record).filter(|bytes| !bytes.is_empty());
        out.clear();
        put_number(out, usize::from(of_record.is_some()) + self.earlier.len());
        of_record.into_iter().for_each(|bytes| put_value(out, record, bytes));
        self.earlier.iter().for_each(|bytes| put_value(out, earlier, bytes));
    }
}

fn put_value(out: &mut Vec<u8>, field: Field, bytes: &[u8]) {
    out.extend_from_slice(&field.field_id().to_le_bytes());
    out.push(BYTES);
    put_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// Seven bits a byte, the lowest first.
fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= usize::from(LAST) {
        out.push(number as u8 & !LAST);
        number >>= 7;
    }
    out.push(number as u8 | LAST);
}

#[cfg(test)]
mod tests {
    use tantivy::schema::Value;
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::super::folding::Folder;
    use super::super::schema::schema;
    use super::super::{WRITER_MEMORY, segment::SegmentBuilder, take_in};
    use super::*;
    use crate::protocol::Trial;

    /// What tantivy reads of one document.
    fn read(records: &[Vec<Vec<u8>>]) -> Vec<Vec<Vec<u8>>> {
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
        let read = (0..records.len() as u32).map(|doc| {
            let doc: TantivyDocument = store.get(doc).expect("a document");
            let of = |field| doc.get_all(field).map(|value| value.as_bytes().expect("bytes").to_vec());
            of(fields.record).chain(of(fields.earlier)).collect()
        });
        read.collect()
    }

    #[test]
    fn tantivy_reads_what_is_written() {
        let of = |length: usize| (0..length).map(|at| at as u8).collect::<Vec<u8>>();
        let records: Vec<Vec<Vec<u8>>> = vec![
            vec![of(1)],
            vec![],
            vec![of(127), of(128), of(0)],
            vec![of(16_383), of(16_384)],
            vec![of(3_000_000)],
        ];
        assert_eq!(read(&records), records);
    }
}
