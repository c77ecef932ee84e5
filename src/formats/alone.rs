//! A record taken out of its file, to be kept, and read again by whatever reader there is then.

use std::sync::Arc;

use super::detect::Kind;
use super::{Format, RawRecord, Record, RecordError, ctgov_csv, ctgov_json, own_json, read_whole};
use crate::protocol::{Source, Trial};

impl RawRecord {
    /// What is needed before the record's bytes to read it again: a table's header.
    pub fn header(&self) -> &[u8] {
        if self.format == Format::CtgovCsv { ctgov_csv::header(&self.buffer) } else { &[] }
    }

    /// The record in a buffer of its own, with what is needed to read it again.
    #[must_use]
    pub fn alone(&self) -> Self {
        let head = self.header();
        let buffer = [head, self.bytes()].concat();
        Self { format: self.format, range: head.len()..buffer.len(), buffer: Arc::new(buffer) }
    }

    /// Reads the record again. `source` says where it first came from and stays.
    ///
    /// # Errors
    /// What is wrong with it, under the file it first came from.
    pub fn read_again(self, source: Source) -> Result<Record, RecordError> {
        let failed = |reason: String| RecordError { file: source.file.clone(), place: None, reason };
        let mut trial = self.trial_again(&source).map_err(failed)?;
        trial.source = Some(source);
        Ok(Record { trial, raw: Some(self) })
    }

    fn trial_again(&self, source: &Source) -> Result<Trial, String> {
        let json = |read: Result<Trial, serde_json::Error>| read.map_err(|error| error.to_string());
        match self.format {
            Format::CtgovJson => match ctgov_json::read(self.bytes(), &source.file, source.record) {
                Ok(read) => read.ok_or_else(|| "not a study".to_owned()),
                Err(error) => Err(error.to_string()),
            },
            Format::OwnJson => json(own_json::read(self.bytes(), &source.file, source.record)),
            Format::CtgovCsv => whole(Kind::Csv, &self.buffer, &source.file),
            Format::PlainText => whole(Kind::PlainText, &self.buffer, &source.file),
        }
    }
}

/// The one record of a buffer that is read whole.
fn whole(kind: Kind, buffer: &Arc<Vec<u8>>, file: &str) -> Result<Trial, String> {
    let mut read = Err("no record in it".to_owned());
    read_whole(kind, buffer, file, &mut |record| {
        read = record.map(|record| record.trial).map_err(|error| error.reason);
    });
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(kind: Kind, text: &str) -> Vec<Record> {
        let mut records = Vec::new();
        read_whole(kind, &Arc::new(text.as_bytes().to_vec()), "a file", &mut |r| {
            records.push(r.expect("read"))
        });
        records
    }

    #[test]
    fn a_record_by_itself_reads_as_it_did_in_its_file() {
        let table = "NCT Number,Study Title,Study Status\nNCT90000001,One,RECRUITING\nNCT90000002,\"Two, b\",UNKNOWN\n";
        for record in records(Kind::Csv, table) {
            let source = record.trial.source.clone().expect("a source");
            let raw = record.raw.expect("a raw record");
            let again = raw.alone().read_again(source).expect("read again");
            assert_eq!(again.trial, record.trial);
            assert_eq!(again.raw.expect("raw").fields(), raw.fields());
        }
    }
}
