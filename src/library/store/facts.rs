//! What typed limits and kinds are asked of, read out of the prose once for all records, apart from the index: the
//! reading takes longer than all else and goes on where it was stopped.
//!
//! `DIR/readings/<stamp>-N` holds what was read of some records, each under a key made of its id and its bytes: a
//! record that changes is read again, and so is everything by a program or with words of another stamp.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::fault::LibraryError;
use super::lock::WriterLock;
use super::rows::{self, Row, Rows};
use super::writer::sweep;
use super::{Library, fnv};
use crate::library::Entry;
use crate::reading::criteria::typed::{binds, bounds};
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::reading::vocabularies::Vocabularies;

/// The folder, in the library's.
pub const FOLDER: &str = "readings";
/// Records whose readings are written together.
const AT_ONCE: usize = 2_048;

/// An end of a range: the value, and whether it is allowed itself.
pub type End = (f64, bool);

/// What a record demands of one variable.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Range {
    /// The variable's name.
    pub variable: String,
    /// Its unit.
    pub unit: String,
    /// The lower end.
    pub lower: Option<End>,
    /// The upper end.
    pub upper: Option<End>,
    /// Values in between that shut out.
    pub gaps: Vec<(f64, f64)>,
}

/// What was read of one record, as far as a search asks.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Facts {
    /// What it demands.
    pub ranges: Vec<Range>,
    /// Variables that it limits for everybody.
    pub stated: Vec<String>,
    /// Kinds of its endpoints.
    pub kinds: Vec<String>,
    /// Standards of its endpoints.
    pub standards: Vec<String>,
}

impl Facts {
    /// Of an entry; its prose is read for it.
    pub fn of(entry: &Entry) -> Self {
        let readings = entry.readings();
        let end = |bound: &crate::reading::criteria::typed::Bound| (bound.value, bound.inclusive);
        let limits = &readings.criteria.facts;
        let ranges = bounds(limits, Vocabulary::embedded()).into_iter().map(|bounds| Range {
            lower: bounds.lower.as_ref().map(end),
            upper: bounds.upper.as_ref().map(end),
            gaps: bounds.gaps.iter().map(|gap| (gap.low, gap.high)).collect(),
            variable: bounds.variable,
            unit: bounds.unit,
        });
        let unique = |mut words: Vec<String>| {
            words.sort();
            words.dedup();
            words
        };
        Self {
            ranges: ranges.collect(),
            stated: unique(limits.iter().filter(|l| binds(l)).map(|l| l.variable.clone()).collect()),
            kinds: unique(readings.endpoints.iter().filter_map(|e| e.kind.clone()).collect()),
            standards: unique(readings.endpoints.iter().flat_map(|e| e.criteria.clone()).collect()),
        }
    }
}

/// The readings that there are.
#[derive(Debug, Default)]
pub struct FactStore {
    /// The names of all pieces, damaged ones too.
    names: Vec<String>,
    pieces: Vec<Rows>,
    /// In which piece, and at which place of it, the readings of a key are.
    places: HashMap<u64, (u32, u32)>,
}

impl FactStore {
    /// Opens what was read in a library with words of that stamp. A piece that is damaged counts as not read.
    pub fn open(root: &Path, stamp: &str) -> Self {
        let mut store = Self { names: Self::names(root, stamp), ..Self::default() };
        let folder = root.join(FOLDER);
        for name in &store.names {
            let Ok(piece) = Rows::open(&folder, name) else { continue };
            let number = store.pieces.len() as u32;
            for at in piece.live() {
                let key = piece.bytes_of(at).and_then(|bytes| bytes.first_chunk()).copied();
                store.places.extend(key.map(|key| (u64::from_le_bytes(key), (number, at))));
            }
            store.pieces.push(piece);
        }
        store
    }

    /// The names of the pieces that lie in a library, in the order in which they were written.
    pub fn names(root: &Path, stamp: &str) -> Vec<String> {
        pieces(&root.join(FOLDER), stamp)
    }

    /// The names of the pieces that were there when it was opened.
    pub fn pieces(&self) -> &[String] {
        &self.names
    }

    /// The readings of a row; `None` when it has not been read yet.
    pub fn get(&self, row: &Row<'_>) -> Option<Facts> {
        let (piece, at) = self.places.get(&key(row))?;
        let bytes = self.pieces.get(*piece as usize)?.bytes_of(*at)?;
        serde_json::from_slice(bytes.get(8..)?).ok()
    }

    /// Whether a row has been read.
    pub fn has(&self, row: &Row<'_>) -> bool {
        self.places.contains_key(&key(row))
    }
}

/// Tells a record, as it is now, from others.
fn key(row: &Row<'_>) -> u64 {
    fnv(row.id.to_lowercase().as_bytes()).rotate_left(21) ^ row.content
}

/// Tells readings of this program with these words from others.
pub fn stamp(words: Option<&Vocabularies>) -> String {
    let own = words.map(Vocabularies::stamp).unwrap_or_default();
    format!("{}-{own:x}", env!("CARGO_PKG_VERSION"))
}

/// The names of the pieces of a stamp, in the order in which they were written.
fn pieces(folder: &Path, stamp: &str) -> Vec<String> {
    let number = |name: &str| name.strip_prefix(stamp)?.strip_prefix('-')?.parse::<u64>().ok();
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut pieces: Vec<(u64, String)> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| Some((number(&name)?, name)))
        .collect();
    pieces.sort();
    pieces.into_iter().map(|(_, name)| name).collect()
}

/// Reads the prose of the records that have not been read, on all cores, and keeps what a search asks for; `progress`
/// is told how many of how many are done, and says whether to go on. What was read stays when it is stopped.
///
/// # Errors
/// When somebody else writes, a record cannot be read or the readings not be written.
pub fn read_prose(
    library: &Library,
    since: &str,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<(), LibraryError> {
    let root = library.root();
    let folder = root.join(FOLDER);
    let stamp = stamp(library.words());
    let store = FactStore::open(root, &stamp);
    let rows = library.rows();
    let unread = |row: u32| rows.get(row).is_some_and(|row| !store.has(&row));
    let all = rows.live().filter(|row| unread(*row)).count() as u64;
    if all == 0 {
        return Ok(());
    }
    let _lock = WriterLock::take(root, since)?;
    fs::create_dir_all(&folder).map_err(|error| LibraryError::io(&folder, &error))?;
    sweep(&folder, |name| !name.starts_with(&stamp) || name.ends_with(".part"));
    let last = pieces(&folder, &stamp).last().and_then(|name| name.rsplit('-').next()?.parse().ok());
    let mut next: u64 = last.map_or(1, |last: u64| last + 1);
    let mut waiting: Vec<(u32, Arc<Entry>)> = Vec::new();
    let mut done = 0;
    let mut failed = None;
    let mut write = |waiting: &mut Vec<(u32, Arc<Entry>)>| {
        let file = folder.join(format!("{stamp}-{next}"));
        next += 1;
        done += waiting.len() as u64;
        let written = write_piece(&file, rows, waiting);
        waiting.clear();
        failed = written.err();
        failed.is_none() && progress(done, all)
    };
    let mut stopped = false;
    library.for_each(&unread, &mut |row, entry| {
        waiting.push((row, entry));
        stopped = waiting.len() >= AT_ONCE && !write(&mut waiting);
        !stopped
    })?;
    if !stopped && !waiting.is_empty() {
        write(&mut waiting);
    }
    failed.map_or(Ok(()), Err)
}

fn write_piece(file: &Path, rows: &Rows, entries: &[(u32, Arc<Entry>)]) -> Result<(), LibraryError> {
    let read: Vec<Vec<u8>> = entries
        .par_iter()
        .filter_map(|(row, entry)| {
            let mut bytes = key(&rows.get(*row)?).to_le_bytes().to_vec();
            serde_json::to_writer(&mut bytes, &Facts::of(entry)).ok()?;
            Some(bytes)
        })
        .collect();
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    rows::write(&part, read.iter().map(|bytes| Some(bytes.as_slice())))
        .and_then(|()| fs::rename(&part, file))
        .map_err(|error| LibraryError::io(file, &error))
}
