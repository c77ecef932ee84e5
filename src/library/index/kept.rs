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

/// Bytes in the store.
#[derive(Clone, Debug)]
pub struct Packed<'a>(&'a [u8]);

impl<'a> Value<'a> for Packed<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(ReferenceValueLeaf::Bytes(self.0))
    }
}
