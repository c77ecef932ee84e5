//! The members of archives. A zip's are handed on as they are packed, so that workers unpack them in parallel; the
//! large ones, and a tar's, are read from front to back.

use std::io::{self, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::guard::Counter;
use super::unpack::{Out, Place, stream, told};
use super::{Body, Piece, paths};
use crate::formats::{Record, RecordError};

/// Members that unpack to at most this much are unpacked whole by a worker.
const WHOLE_MEMBER_BYTES: u64 = 16 << 20;

/// A member of a zip, as it is packed.
#[derive(Debug)]
pub(super) struct Packed {
    bytes: Vec<u8>,
    deflated: bool,
    /// Unpacked length and checksum, as the archive states them.
    length: u64,
    checksum: u32,
    place: Place,
}

/// Goes over the members of a zip.
pub(super) fn zip(
    place: &Place,
    input: impl Read + Seek,
    out: &mut Out<'_, '_>,
) -> io::Result<ControlFlow<()>> {
    let mut archive = match ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(error) => {
            return Ok(out.failure(place, format!("damaged zip ({error}): cut short? Get it again")));
        }
    };
    if archive.has_duplicate_names() {
        let lost = "several members have the same name: only the last of each is read";
        if out.failure(place, lost).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    for index in 0..archive.len() {
        let flow = match zip_member(place, &mut archive, index, out) {
            Ok(flow) => flow,
            Err(error) => out.failure(place, format!("member {}: {error}", index + 1)),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn zip_member<R: Read + Seek>(
    place: &Place,
    archive: &mut ZipArchive<R>,
    index: usize,
    out: &mut Out<'_, '_>,
) -> zip::result::ZipResult<ControlFlow<()>> {
    let entry = archive.by_index_data(index)?;
    let name = entry.name()?.into_owned();
    if entry.is_dir() || is_hidden(&name) {
        return Ok(ControlFlow::Continue(()));
    }
    let place = place.inside(Some(&name));
    let method = entry.compression();
    let (encrypted, length, packed_length, checksum) =
        (entry.encrypted(), entry.size(), entry.compressed_size(), entry.crc32());
    if encrypted {
        return Ok(out.failure(&place, "encrypted: unpack it first"));
    }
    if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Ok(out.failure(&place, format!("packed by {method}, which is not unpacked: unpack it first")));
    }
    let counter = out.counter.clone();
    let flow = if length <= WHOLE_MEMBER_BYTES && packed_length <= WHOLE_MEMBER_BYTES {
        if let Err(error) = place.budget.take(length) {
            out.failure(&place, error.to_string())
        } else {
            let mut bytes = Vec::new();
            archive.by_index_raw(index)?.read_to_end(&mut bytes)?;
            let deflated = method == CompressionMethod::Deflated;
            let packed = Packed { bytes, deflated, length, checksum, place: place.clone() };
            out.piece(&place, Body::Packed(packed))
        }
    } else {
        let member = archive.by_index(index)?;
        let mut guarded = super::guard::Guarded { input: member, budget: place.budget.clone() };
        let done = stream(&place, &mut guarded, out);
        told(done, &place, out)
    };
    counter.add(packed_length);
    Ok(flow)
}

/// Goes over the members of a tar.
pub(super) fn tar(place: &Place, input: &mut dyn Read, out: &mut Out<'_, '_>) -> io::Result<ControlFlow<()>> {
    for member in tar::Archive::new(input).entries()? {
        let mut member = member?;
        let name = String::from_utf8_lossy(&member.path_bytes()).into_owned();
        if !member.header().entry_type().is_file() || is_hidden(&name) {
            continue;
        }
        let place = place.inside(Some(&name));
        let done = stream(&place, &mut member, out);
        if told(done, &place, out).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn is_hidden(name: &str) -> bool {
    Path::new(name).ancestors().any(paths::is_hidden)
}

impl Packed {
    /// Unpacks the member and reads its records.
    pub(super) fn read(self, sink: &mut dyn FnMut(Result<Record, RecordError>)) {
        let place = self.place.clone();
        let mut read_now = |piece: Piece| {
            piece.read(sink);
            ControlFlow::Continue(())
        };
        let mut out = Out { counter: Counter::default(), sink: &mut read_now };
        let done = self.unpack().and_then(|bytes| stream(&place, &mut bytes.as_slice(), &mut out));
        let _ = told(done, &place, &mut out);
    }

    /// # Errors
    /// When the member does not unpack to what the archive states.
    fn unpack(self) -> io::Result<Vec<u8>> {
        let bytes = if self.deflated {
            let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or_default());
            DeflateDecoder::new(self.bytes.as_slice()).take(self.length + 1).read_to_end(&mut bytes)?;
            bytes
        } else {
            self.bytes
        };
        let mut crc = Crc::new();
        crc.update(&bytes);
        if bytes.len() as u64 == self.length && crc.sum() == self.checksum {
            Ok(bytes)
        } else {
            Err(io::Error::other("damaged: its length or checksum is not what the archive states"))
        }
    }
}
