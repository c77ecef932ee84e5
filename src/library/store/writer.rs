//! Adding, replacing and removing records. Nothing is seen by readers, or survives, before [`Writer::commit`].

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::index::IndexSettings;
use tantivy::query::{BooleanQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

use super::fault::LibraryError;
use super::lock::WriterLock;
use super::manifest::{self, Manifest};
use super::prepared::{Incoming, Prepared, key};
use super::rows::{self, Row, Rows};
use super::shards::Shards;
use super::stored::{self, Earlier};
use super::{document, earlier_in, open_index, record_in, rows_of};
use crate::library::Entry;
use crate::library::index::{TrialIndex, WRITER_MEMORY, schema};

/// Records that are taken into the index together.
const TOGETHER: usize = 512;
/// Records are compressed together in blocks of this many bytes.
const BLOCK: usize = 1 << 20;
/// How hard they are compressed.
const LEVEL: i32 = 3;

/// What became of a record that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// The library did not have it.
    New,
    /// It took the place of an earlier version.
    Replaced {
        /// The version or date that was there.
        earlier: Option<String>,
    },
    /// The library has it already.
    Unchanged,
    /// The library has a later version; the date of this one is noted.
    Earlier,
}

/// The one who writes to a library.
pub struct Writer {
    root: PathBuf,
    folder: PathBuf,
    /// As of the last commit.
    index: TrialIndex,
    rows: Rows,
    writer: IndexWriter<TantivyDocument>,
    /// Rows since the last commit; without bytes where one was removed.
    changed: BTreeMap<u32, Vec<u8>>,
    /// Earlier versions of rows that wait for the commit.
    waiting: HashMap<u32, Vec<Earlier>>,
    /// The row of each id, in lower case.
    known: FxHashMap<Box<str>, u32>,
    next: u32,
    shards: Shards,
    /// Records that wait to be taken in together.
    queue: Vec<Incoming>,
    /// Rows that are in the segments being made.
    taken: FxHashSet<u32>,
    /// Records of such rows: they are taken in when those segments are the index's, and the earlier ones deleted there.
    renewed: BTreeMap<u32, Incoming>,
    /// The moment that the documents of the segments being made are from. What replaces one is from a later moment:
    /// tantivy may ask new segments too for what was deleted before they came.
    made: u64,
    /// Given back last of all: until then segments may be being written.
    lock: WriterLock,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Writer {
    /// Opens the library in a folder for writing, making it when there is none. `since` is told to other writers.
    ///
    /// # Errors
    /// When somebody else writes, the folder cannot be written to, or the library is of another format or damaged.
    pub fn open(root: &Path, since: &str) -> Result<Self, LibraryError> {
        fs::create_dir_all(root).map_err(|error| LibraryError::io(root, &error))?;
        let lock = WriterLock::take(root, since)?;
        let manifest = match Manifest::read(root)? {
            Some(manifest) => manifest,
            None => make(root)?,
        };
        manifest.check(root)?;
        Self::over(root, &manifest, lock)
    }

    /// The writer of a new and empty index beside the library's, which it does not touch.
    pub(super) fn beside(root: &Path, manifest: &Manifest, lock: WriterLock) -> Result<Self, LibraryError> {
        create(&manifest.folder(root))?;
        Self::over(root, manifest, lock)
    }

    fn over(root: &Path, manifest: &Manifest, lock: WriterLock) -> Result<Self, LibraryError> {
        let folder = manifest.folder(root);
        let fault = |error: TantivyError| LibraryError::index(&folder, error);
        let (index, rows) = open_index(&folder)?;
        let rows = rows_of(&folder, rows.as_deref())?;
        let made = moment(index.inner().load_metas().map_err(fault)?.opstamp);
        // The lock of the library is ours: a lock on its index can only be a dead writer's.
        let for_writing = Index::open(manifest::directory(&folder)?).map_err(fault)?;
        let writer: IndexWriter<TantivyDocument> =
            for_writing.writer_with_num_threads(1, WRITER_MEMORY).map_err(fault)?;
        // What a writer that died has left would be in the way: files are named by the commit that they are for.
        writer.garbage_collect_files().wait().map_err(fault)?;
        let shards =
            Shards::new(&for_writing, &index.fields).map_err(|error| LibraryError::io(&folder, &error))?;
        let known = rows.live().filter_map(|row| Some((key(rows.get(row)?.id), row))).collect();
        let next = rows.len();
        let root = root.to_owned();
        let (changed, waiting) = (BTreeMap::new(), HashMap::new());
        Ok(Self {
            root,
            folder,
            lock,
            index,
            rows,
            writer,
            changed,
            waiting,
            known,
            next,
            shards,
            queue: Vec::new(),
            taken: FxHashSet::default(),
            renewed: BTreeMap::new(),
            made,
        })
    }

    /// Adds a record. A later version takes an earlier one's place; the earlier one's date is noted, and with `keep` its
    /// record is kept.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn add(&mut self, entry: &Arc<Entry>, keep: bool) -> Result<Added, LibraryError> {
        let prepared = Prepared::new(Arc::clone(entry));
        let incoming = match self.named(&prepared) {
            Some(id) => prepared.named(id),
            None => prepared,
        };
        let Some(row) = self.known.get(&*incoming.key).copied() else {
            let row = self.next;
            self.next += 1;
            self.known.insert(incoming.key.clone(), row);
            return self.put(row, incoming, Vec::new()).map(|()| Added::New);
        };
        self.renew(row, incoming, keep)
    }

    /// Takes a record out; `false` when there is none of this id.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn remove(&mut self, id: &str) -> Result<bool, LibraryError> {
        let Some(row) = self.known.remove(&*key(id)) else { return Ok(false) };
        self.queue.retain(|waiting| waiting.row != row);
        self.renewed.remove(&row);
        if self.taken.contains(&row) {
            self.flush()?;
        }
        self.delete(&key(id))?;
        self.changed.insert(row, Vec::new());
        self.waiting.remove(&row);
        Ok(true)
    }

    /// Makes everything so far part of the library, durably and at one stroke.
    ///
    /// # Errors
    /// When it cannot be written; the library is as it was before then.
    pub fn commit(&mut self) -> Result<(), LibraryError> {
        if self.changed.is_empty() {
            return Ok(());
        }
        self.flush()?;
        let fault = |error: TantivyError| LibraryError::index(&self.folder, error);
        let mut prepared = self.writer.prepare_commit().map_err(fault)?;
        let name = format!("rows-{}", prepared.opstamp());
        self.made = moment(prepared.opstamp());
        let file = self.folder.join(&name);
        let all = (0..self.next).map(|row| match self.changed.get(&row) {
            Some(bytes) => Some(bytes.as_slice()).filter(|bytes| !bytes.is_empty()),
            None => self.rows.bytes_of(row),
        });
        rows::write(&file, all).map_err(|error| LibraryError::io(&file, &error))?;
        prepared.set_payload(&name);
        prepared.commit().map_err(fault)?;
        self.index.reload().map_err(fault)?;
        self.rows = Rows::open(&self.folder, &name)?;
        self.changed.clear();
        self.waiting.clear();
        sweep(&self.folder, |other| other.starts_with("rows-") && other != name);
        Ok(())
    }

    /// How many trials the library would hold after a commit.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it would hold none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Waits for segments that are being merged, and ends.
    ///
    /// # Errors
    /// When merging failed.
    pub fn finish(self) -> Result<(), LibraryError> {
        let Self { folder, writer, shards, lock, .. } = self;
        drop(shards);
        let done = writer.wait_merging_threads().map_err(|error| LibraryError::index(&folder, error));
        drop(lock);
        done
    }

    /// Merges all segments into one, without what was replaced or removed.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub(super) fn merge(&mut self) -> Result<(), LibraryError> {
        let fault = |error: TantivyError| LibraryError::index(&self.folder, error);
        let segments = self.index.inner().searchable_segment_ids().map_err(fault)?;
        if segments.is_empty() {
            return Ok(());
        }
        self.writer.merge(&segments).wait().map_err(fault)?;
        self.writer.garbage_collect_files().wait().map_err(fault)?;
        self.index.reload().map_err(fault)
    }

    /// Adds a record of another library with its earlier versions, as they were kept there.
    pub(super) fn add_kept(&mut self, kept: Prepared, earlier: Vec<Earlier>) -> Result<(), LibraryError> {
        let row = self.next;
        self.next += 1;
        self.known.insert(kept.key.clone(), row);
        self.put(row, kept, earlier)
    }

    /// Another id for a record, where it cannot have its own. A registry's id is its own; a record without one keeps
    /// its name as long as no record of another place has it.
    fn named(&self, prepared: &Prepared) -> Option<String> {
        if prepared.registered {
            return None;
        }
        let free = |id: &str| {
            let there = self.known.get(&*key(id)).and_then(|row| self.row(*row));
            there.is_none_or(|row| {
                !row.registered && (row.origin == prepared.origin || row.content == prepared.content)
            })
        };
        let own = &prepared.entry.trial.id;
        if free(own) {
            return None;
        }
        (2_u32..).map(|number| format!("{own}-{number}")).find(|id| free(id))
    }

    /// A record of an id that the library has.
    fn renew(&mut self, row: u32, incoming: Prepared, keep: bool) -> Result<Added, LibraryError> {
        let there = self.row(row).map(|row| (row.content, row.origin, row.version.map(str::to_owned)));
        let Some((content, origin, earlier)) = there else {
            return self.put(row, incoming, Vec::new()).map(|()| Added::New);
        };
        let new = incoming.version.clone();
        // Of one version the fuller record is wanted: some downloads hold chosen fields only.
        let poorer = stored::length(incoming.content) <= stored::length(content);
        if content == incoming.content || (new == earlier && origin != incoming.origin && poorer) {
            return Ok(Added::Unchanged);
        }
        if keep && self.changed.contains_key(&row) {
            // What is kept is read from the store, and there it is once it is committed.
            self.commit()?;
        }
        let (mut history, current) = self.kept(row, keep)?;
        if new < earlier {
            return self.note(row, incoming, new, history, keep);
        }
        let record = if keep { current } else { None };
        if record.is_some() || new != earlier {
            history.push(Earlier { version: earlier.clone(), record });
        }
        self.put(row, incoming, history)?;
        Ok(Added::Replaced { earlier })
    }

    /// Notes an earlier version of a record that the library has a later one of.
    fn note(
        &mut self,
        row: u32,
        incoming: Prepared,
        version: Option<String>,
        mut history: Vec<Earlier>,
        keep: bool,
    ) -> Result<Added, LibraryError> {
        let noted = history.iter().any(|e| e.version == version && (!keep || e.record.is_some()));
        if noted {
            return Ok(Added::Unchanged);
        }
        if self.changed.contains_key(&row) {
            self.commit()?;
        }
        let (_, Some(current)) = self.kept(row, true)? else { return Ok(Added::Earlier) };
        history.retain(|e| e.version != version || e.record.is_some());
        let record = keep.then(|| stored::packed(&incoming.entry));
        history.push(Earlier { version, record });
        history.sort_by(|a, b| a.version.cmp(&b.version));
        let there = Prepared::kept(&current);
        let there = there.map_err(|error| LibraryError::damaged(&self.folder, error.to_string()))?;
        self.put(row, there, history)?;
        Ok(Added::Earlier)
    }

    /// The earlier versions of a row, and with `record` its packed record.
    fn kept(&self, row: u32, record: bool) -> Result<(Vec<Earlier>, Option<Vec<u8>>), LibraryError> {
        if self.changed.contains_key(&row) && !record {
            return Ok((self.waiting.get(&row).cloned().unwrap_or_default(), None));
        }
        let Some(id) = self.row(row).map(|row| row.id.to_owned()) else { return Ok((Vec::new(), None)) };
        let doc = document(&self.index, &id).map_err(|error| LibraryError::index(&self.folder, error))?;
        let fields = &self.index.fields;
        Ok(doc.map_or((Vec::new(), None), |doc| {
            (earlier_in(&doc, fields), record_in(&doc, fields).filter(|_| record).map(<[u8]>::to_vec))
        }))
    }

    fn put(&mut self, row: u32, new: Prepared, earlier: Vec<Earlier>) -> Result<(), LibraryError> {
        if earlier.is_empty() {
            self.waiting.remove(&row);
        } else {
            self.waiting.insert(row, earlier.clone());
        }
        let there = row < self.rows.len() || self.changed.contains_key(&row);
        self.changed.insert(row, new.row_bytes);
        let incoming = Incoming { row, entry: new.entry, earlier };
        if there {
            if self.taken.contains(&row) {
                self.renewed.insert(row, incoming);
                return if self.renewed.len() < TOGETHER { Ok(()) } else { self.flush() };
            }
            self.queue.retain(|waiting| waiting.row != row);
            self.delete(&new.key)?;
        }
        self.queue.push(incoming);
        if self.queue.len() < TOGETHER { Ok(()) } else { self.take_in() }
    }

    /// Takes in what waits.
    fn take_in(&mut self) -> Result<(), LibraryError> {
        let records = std::mem::take(&mut self.queue);
        self.taken.extend(records.iter().map(|incoming| incoming.row));
        self.shards.take(records, self.made).map_err(|error| LibraryError::index(&self.folder, error))
    }

    /// Makes all that was added segments of the index, to be seen after a commit.
    fn flush(&mut self) -> Result<(), LibraryError> {
        self.finish_segments()?;
        if self.renewed.is_empty() {
            return Ok(());
        }
        // What these renew is in segments by now, and goes before they come.
        for incoming in std::mem::take(&mut self.renewed).into_values() {
            let key = key(&incoming.entry.trial.id);
            self.delete(&key)?;
            self.queue.push(incoming);
        }
        self.finish_segments()
    }

    fn finish_segments(&mut self) -> Result<(), LibraryError> {
        self.take_in()?;
        let fault = |error: TantivyError| LibraryError::index(&self.folder, error);
        let written = self.shards.finish().map_err(fault)?;
        self.taken.clear();
        self.made += 1;
        written.into_iter().try_for_each(|segment| self.writer.add_segment(segment)).map_err(fault)
    }

    /// Deletes the document of a key that was made before this moment.
    fn delete(&self, key: &str) -> Result<(), LibraryError> {
        let fields = &self.index.fields;
        let of_key = TermQuery::new(Term::from_field_text(fields.key, key), IndexRecordOption::Basic);
        let now = Bound::Included(Term::from_field_u64(fields.made, self.made));
        let query: Vec<(Occur, Box<dyn Query>)> = vec![
            (Occur::Must, Box::new(of_key)),
            (Occur::MustNot, Box::new(RangeQuery::new(now, Bound::Unbounded))),
        ];
        let deleted = self.writer.delete_query(Box::new(BooleanQuery::new(query)));
        deleted.map(drop).map_err(|error| LibraryError::index(&self.folder, error))
    }

    /// A row as it would be after a commit.
    fn row(&self, row: u32) -> Option<Row<'_>> {
        match self.changed.get(&row) {
            Some(bytes) => Row::read(bytes),
            None => self.rows.get(row),
        }
    }
}

/// The first moment behind a commit.
fn moment(commit: u64) -> u64 {
    commit.saturating_mul(1 << 20)
}

/// Makes an empty library in a folder that has none.
fn make(root: &Path) -> Result<Manifest, LibraryError> {
    let manifest = Manifest::numbered(1);
    sweep(root, |name| name.starts_with("index-"));
    create(&manifest.folder(root))?;
    manifest.write(root)?;
    Ok(manifest)
}

fn create(folder: &Path) -> Result<(), LibraryError> {
    fs::create_dir_all(folder).map_err(|error| LibraryError::io(folder, &error))?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(LEVEL) }),
        docstore_blocksize: BLOCK,
        ..IndexSettings::default()
    };
    let (schema, _) = schema::schema();
    let index = Index::builder().schema(schema).settings(settings).create_in_dir(folder);
    index.map(drop).map_err(|error| LibraryError::index(folder, error))
}

/// Takes away what an earlier commit or a dead writer left; what cannot be taken away does no harm.
pub(super) fn sweep(folder: &Path, stale: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(&stale) {
            let path = entry.path();
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}
