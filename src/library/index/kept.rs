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
