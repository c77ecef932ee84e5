//! One file's bytes → pieces, through the archives and the compression around them.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::guard::{Budget, Counted, Counter, Guarded};
use super::{Body, Piece, STDIN, Sink, members, paths};
use crate::formats::RecordError;
use crate::formats::detect::{self, Kind};
use crate::formats::json::split::Splitter;
use crate::formats::limits::{HEAD_BYTES, MAX_NESTING, MAX_WHOLE_BYTES};

/// Where the walk stands: in which file, how many layers deep, and what may still be unpacked.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) name: Arc<str>,
    pub(super) nesting: usize,
    pub(super) budget: Budget,
}

impl Place {
    /// A layer further in: an archive's member, or for a single compressed file the file itself.
    pub(super) fn inside(&self, member: Option<&str>) -> Self {
        let name = match member {
            Some(member) => format!("{}!{member}", self.name).into(),
            None => Arc::clone(&self.name),
        };
        Self { name, nesting: self.nesting + 1, budget: self.budget.clone() }
    }
}

/// Where pieces go.
pub(super) struct Out<'s, 'c> {
    pub(super) counter: Counter,
    pub(super) sink: &'s mut Sink<'c>,
}

impl Out<'_, '_> {
    pub(super) fn piece(&mut self, place: &Place, body: Body) -> ControlFlow<()> {
        (self.sink)(Piece { file: Arc::clone(&place.name), bytes: self.counter.get(), body })
    }

    pub(super) fn failure(&mut self, place: &Place, reason: impl Into<String>) -> ControlFlow<()> {
        let error = RecordError { file: place.name.to_string(), place: None, reason: reason.into() };
        self.piece(place, Body::Failed(error))
    }
}

/// Cuts one file into pieces.
pub(super) fn file(path: &Path, out: &mut Out<'_, '_>) -> ControlFlow<()> {
    let place = |name: &str, length| Place { name: name.into(), nesting: 0, budget: Budget::new(length) };
    if path.as_os_str() == "-" {
        let place = place(STDIN, None);
        let done = stream(&place, &mut io::stdin().lock(), out);
        return told(done, &place, out);
    }
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    match opened {
        Ok((metadata, file)) => {
            let place = place(&name, metadata.is_file().then_some(metadata.len()));
            let done = opened_file(&place, file, metadata.is_file(), out);
            told(done, &place, out)
        }
        Err(error) => {
            let error = paths::failure(path, &error);
            out.piece(&place(&name, None), Body::Failed(error))
        }
    }
}

/// Cuts bytes into pieces.
pub(super) fn bytes(name: &str, bytes: &[u8], out: &mut Out<'_, '_>) {
    let place = Place { name: name.into(), nesting: 0, budget: Budget::new(Some(bytes.len() as u64)) };
    let done = stream(&place, &mut &*bytes, out);
    // Broken off or not: there is nothing behind it.
    let _ = told(done, &place, out);
}

/// A zip is read at any of its places, which only a regular file allows; everything else from front to back.
fn opened_file(
    place: &Place,
    mut file: File,
    regular: bool,
    out: &mut Out<'_, '_>,
) -> io::Result<ControlFlow<()>> {
    if regular {
        let mut head = Vec::new();
        (&mut file).take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        file.rewind()?;
        if detect::kind(&head) == Kind::Zip {
            return members::zip(place, BufReader::new(file), out);
        }
    }
    let counter = out.counter.clone();
    stream(place, &mut Counted { input: file, counter }, out)
}

/// Tells of what could not be read.
pub(super) fn told(
    done: io::Result<ControlFlow<()>>,
    place: &Place,
    out: &mut Out<'_, '_>,
) -> ControlFlow<()> {
    done.unwrap_or_else(|error| out.failure(place, format!("cannot be read further: {error}")))
}

/// Cuts what can be read from front to back.
pub(super) fn stream(
    place: &Place,
    input: &mut dyn Read,
    out: &mut Out<'_, '_>,
) -> io::Result<ControlFlow<()>> {
    let mut head = Vec::new();
    input.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let kind = detect::kind(&head);
    let packed = matches!(kind, Kind::Zip | Kind::Gzip | Kind::Tar);
    if packed && place.nesting >= MAX_NESTING {
        return Ok(out.failure(place, format!("packed more than {MAX_NESTING} times over: not read")));
    }
    match kind {
        Kind::Json => records(place, head, input, out),
        Kind::Csv | Kind::PlainText => whole(place, kind, head, input, out),
        Kind::Gzip => {
            let unpacked = flate2::read::MultiGzDecoder::new(head.chain(input));
            let place = place.inside(None);
            let mut guarded = Guarded { input: unpacked, budget: place.budget.clone() };
            stream(&place, &mut guarded, out)
        }
        Kind::Tar => members::tar(place, &mut head.chain(input), out),
        Kind::Zip => {
            let rest = (MAX_WHOLE_BYTES + 1).saturating_sub(head.len() as u64);
            input.take(rest).read_to_end(&mut head)?;
            if head.len() as u64 > MAX_WHOLE_BYTES {
                return Ok(out.failure(place, "a zip of this size has to be read from a file of its own"));
            }
            members::zip(place, Cursor::new(head), out)
        }
        Kind::Empty => Ok(out.failure(place, "empty")),
        Kind::Unreadable(what) => Ok(out.failure(place, what)),
    }
}

fn records(
    place: &Place,
    head: Vec<u8>,
    input: &mut dyn Read,
    out: &mut Out<'_, '_>,
) -> io::Result<ControlFlow<()>> {
    let mut splitter = Splitter::new(head, input);
    let mut found = false;
    while let Some(segment) = splitter.next_segment()? {
        found |= !segment.records.is_empty();
        if out.piece(place, Body::Segment(segment)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    if found { Ok(ControlFlow::Continue(())) } else { Ok(out.failure(place, "JSON without a record in it")) }
}

fn whole(
    place: &Place,
    kind: Kind,
    mut head: Vec<u8>,
    input: &mut dyn Read,
    out: &mut Out<'_, '_>,
) -> io::Result<ControlFlow<()>> {
    let rest = (MAX_WHOLE_BYTES + 1).saturating_sub(head.len() as u64);
    input.take(rest).read_to_end(&mut head)?;
    if head.len() as u64 > MAX_WHOLE_BYTES {
        let most = MAX_WHOLE_BYTES >> 20;
        return Ok(out.failure(place, format!("more than {most} MiB in one file: split it")));
    }
    Ok(out.piece(place, Body::Whole(kind, Arc::new(head))))
}
