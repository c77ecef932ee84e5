//! From paths to pieces that can be read in parallel: files, folders, archives, compressed files, standard input.
//!
//! [`pieces`] runs on one thread and only finds and cuts; [`Piece::read`] does the work and may run on any other.

mod guard;
mod members;
mod paths;
mod unpack;

use std::ops::ControlFlow;
use std::sync::Arc;

pub use paths::{Listing, list};

use super::detect::Kind;
use super::json::split::Segment;
use super::{Record, RecordError, json};

/// The name of standard input.
pub const STDIN: &str = "stdin";

/// A part of the input that can be read on its own.
#[derive(Debug)]
pub struct Piece {
    /// The file as it was named, with an archive's member behind `!`.
    pub file: Arc<str>,
    /// Bytes of input read up to and with this piece, over all files.
    pub bytes: u64,
    body: Body,
}

#[derive(Debug)]
enum Body {
    /// JSON records.
    Segment(Segment),
    /// A file that its format reads whole.
    Whole(Kind, Arc<Vec<u8>>),
    /// A packed member of an archive.
    Packed(members::Packed),
    /// Nothing to read, and why.
    Failed(RecordError),
}

/// Where pieces go; it may break off.
pub type Sink<'s> = dyn FnMut(Piece) -> ControlFlow<()> + 's;

impl Piece {
    /// Reads the records of this piece.
    pub fn read(self, sink: &mut dyn FnMut(Result<Record, RecordError>)) {
        match self.body {
            Body::Segment(segment) => {
                for slice in &segment.records {
                    sink(json::record::read(&segment, slice, &self.file));
                }
            }
            Body::Whole(kind, buffer) => super::read_whole(kind, &buffer, &self.file, sink),
            Body::Packed(packed) => packed.read(sink),
            Body::Failed(error) => sink(Err(error)),
        }
    }
}

/// Cuts bytes that are in memory into pieces, as a file of that name.
pub fn pieces_of(name: &str, bytes: &[u8], sink: &mut Sink<'_>) {
    unpack::bytes(name, bytes, &mut unpack::Out { counter: guard::Counter::default(), sink });
}

/// Goes over all files of a listing and cuts them into pieces, in their order.
pub fn pieces(listing: Listing, sink: &mut Sink<'_>) {
    let mut out = unpack::Out { counter: guard::Counter::default(), sink };
    for item in listing.items {
        let flow = match item {
            Ok(path) => unpack::file(&path, &mut out),
            Err(error) => (out.sink)(Piece {
                file: error.file.as_str().into(),
                bytes: out.counter.get(),
                body: Body::Failed(error),
            }),
        };
        if flow.is_break() {
            return;
        }
    }
}
