//! Making a library's index anew: merged into one piece, or built again from the stored records when it is of an older
//! format or damaged. The new index takes the old one's place at one stroke; until then the old one stands.

use std::path::Path;

use tantivy::directory::OwnedBytes;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentComponent;
use tantivy::schema::Schema;
use tantivy::store::StoreReader;
use tantivy::{Index, Segment, TantivyDocument, TantivyError};

use super::fault::{FaultKind, LibraryError};
use super::lock::WriterLock;
use super::manifest::{self, Manifest};
use super::prepared::Prepared;
use super::stored::Earlier;
use super::writer::sweep;
use super::{Library, Writer};
use crate::library::index::kept::bytes_of;

/// What compacting did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Trials in the library now.
    pub trials: u64,
    /// Whether the index was built again from the stored records, and not only merged.
    pub from_records: bool,
    /// What could not be saved.
    pub lost: Vec<String>,
}

/// Makes a library smaller and faster: its segments are merged. One of an older format is rebuilt from its stored
/// records. A damaged one too, with `drop_damaged`, without what cannot be read any more. `progress` is told the number
/// of records so far.
///
/// # Errors
/// When somebody else writes, something cannot be written, or is damaged and not to be dropped. The library is as it
/// was before then.
pub fn compact(
    root: &Path,
    since: &str,
    drop_damaged: bool,
    progress: &mut dyn FnMut(u64),
) -> Result<Rebuilt, LibraryError> {
    let manifest = Manifest::read(root)?.ok_or_else(|| LibraryError::missing(root))?;
    let older = match manifest.check(root) {
        Err(error) if error.kind != FaultKind::Older => return Err(error),
        checked => checked.is_err(),
    };
    if older || drop_damaged {
        return rebuild(root, &manifest, since, drop_damaged, progress);
    }
    let mut writer = Writer::open(root, since)?;
    writer.merge()?;
    let trials = writer.len() as u64;
    writer.finish()?;
    Ok(Rebuilt { trials, ..Rebuilt::default() })
}

fn rebuild(
    root: &Path,
    manifest: &Manifest,
    since: &str,
    drop_damaged: bool,
    progress: &mut dyn FnMut(u64),
) -> Result<Rebuilt, LibraryError> {
    let lock = WriterLock::take(root, since)?;
    let next = manifest.next();
    sweep(root, |name| name.starts_with("index-") && name != manifest.index);
    let mut writer = Writer::beside(root, &next, lock)?;
    let mut done = Rebuilt { from_records: true, ..Rebuilt::default() };
    for segment in segments(&manifest.folder(root))? {
        let saved = copy(
            &segment,
            &manifest.folder(root),
            &mut writer,
            &mut |lost| match drop_damaged {
                true => {
                    done.lost.push(lost.to_string());
                    Ok(())
                }
                false => Err(lost),
            },
            progress,
        );
        match saved {
            Err(error) if drop_damaged && error.kind == FaultKind::Damaged => {
                done.lost.push(error.to_string())
            }
            other => other?,
        }
    }
    writer.commit()?;
    done.trials = writer.len() as u64;
    next.write(root)?;
    writer.finish()?;
    sweep(root, |name| name == manifest.index);
    // It opens, or the fault is told now.
    Library::open(root).map(|_| done)
}

/// The segments of an index's last commit, none of them opened.
fn segments(folder: &Path) -> Result<Vec<Segment>, LibraryError> {
    let fault = |error: TantivyError| LibraryError::index(folder, error);
    Index::open(manifest::directory(folder)?).and_then(|index| index.searchable_segments()).map_err(fault)
}

/// Copies the records of a segment; only its store has to be whole for that.
fn copy(
    segment: &Segment,
    folder: &Path,
    writer: &mut Writer,
    lost: &mut dyn FnMut(LibraryError) -> Result<(), LibraryError>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), LibraryError> {
    let fault = |error: TantivyError| LibraryError::index(folder, error);
    let read = |component| segment.open_read(component).map_err(|error| LibraryError::read(folder, error));
    let store = StoreReader::open(read(SegmentComponent::Store)?, 1);
    let store = store.map_err(|error| LibraryError::damaged(folder, error.to_string()))?;
    let alive = match segment.meta().has_deletes() {
        true => {
            let bytes = read(SegmentComponent::Delete)?.read_bytes();
            let bytes: OwnedBytes = bytes.map_err(|error| LibraryError::io(folder, &error))?;
            Some(AliveBitSet::open(bytes))
        }
        false => None,
    };
    let schema = segment.schema();
    for doc in store.iter::<TantivyDocument>(alive.as_ref()) {
        match doc.map_err(fault).and_then(|doc| kept(&doc, &schema, folder)) {
            Ok((kept, earlier)) => writer.add_kept(kept, earlier)?,
            Err(error) => lost(error)?,
        }
        progress(writer.len() as u64);
    }
    Ok(())
}

/// What a stored document of any format holds.
fn kept(
    doc: &TantivyDocument,
    schema: &Schema,
    folder: &Path,
) -> Result<(Prepared, Vec<Earlier>), LibraryError> {
    let damaged = |reason: String| LibraryError::damaged(folder, reason);
    let all = |name: &str| -> Vec<Vec<u8>> {
        let Ok(field) = schema.get_field(name) else { return Vec::new() };
        doc.get_all(field).filter_map(bytes_of).map(<[u8]>::to_vec).collect()
    };
    let packed = all("record").into_iter().next().ok_or_else(|| damaged("a record is lost".to_owned()))?;
    let kept = Prepared::kept(&packed).map_err(|error| damaged(error.to_string()))?;
    Ok((kept, all("earlier").iter().map(|bytes| Earlier::unpack(bytes)).collect()))
}
