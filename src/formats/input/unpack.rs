//! One file's bytes → pieces, through the archives and compression around them.

use std::cell::Cell;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::{Body, Piece, STDIN, Sink, paths};
use crate::formats::RecordError;
use crate::formats::detect::{self, Kind};
use crate::formats::json::split::Splitter;
use crate::formats::limits::{HEAD_BYTES, MAX_WHOLE_BYTES};

/// Bytes of input read so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter(Rc<Cell<u64>>);

impl Counter {
    pub(super) fn get(&self) -> u64 {
        self.0.get()
    }
}

/// Counts what is read.
struct Counted<R> {
    input: R,
    counter: Counter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.counter.0.set(self.counter.0.get() + read as u64);
        Ok(read)
    }
}

/// Cuts one file into pieces.
pub(super) fn file(path: &Path, counter: &Counter, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let (name, input): (String, Box<dyn Read>) = if path.as_os_str() == "-" {
        (STDIN.to_owned(), Box::new(std::io::stdin().lock()))
    } else {
        match File::open(path) {
            Ok(file) => (path.display().to_string(), Box::new(file)),
            Err(error) => {
                let error = paths::failure(path, &error);
                return sink(Piece {
                    file: error.file.as_str().into(),
                    bytes: counter.get(),
                    body: Body::Failed(error),
                });
            }
        }
    };
    let mut input = Counted { input, counter: counter.clone() };
    let name: Arc<str> = name.into();
    let flow = stream(&name, &mut input, counter, sink);
    match flow {
        Ok(flow) => flow,
        Err(error) => {
            let error = RecordError {
                file: name.to_string(),
                place: None,
                reason: format!("cannot be read: {error}"),
            };
            sink(Piece { file: name, bytes: counter.get(), body: Body::Failed(error) })
        }
    }
}

fn stream(
    name: &Arc<str>,
    input: &mut dyn Read,
    counter: &Counter,
    sink: &mut Sink<'_>,
) -> std::io::Result<ControlFlow<()>> {
    let mut head = Vec::new();
    input.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let kind = detect::kind(&head);
    let mut piece = |body| sink(Piece { file: Arc::clone(name), bytes: counter.get(), body });
    let failed = |reason: &str| {
        Body::Failed(RecordError { file: name.to_string(), place: None, reason: reason.to_owned() })
    };
    match kind {
        Kind::Json => {
            let mut splitter = Splitter::new(head.chain(input));
            while let Some(segment) = splitter.next_segment()? {
                if piece(Body::Segment(segment)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        }
        Kind::Csv | Kind::PlainText => {
            input.take(MAX_WHOLE_BYTES).read_to_end(&mut head)?;
            Ok(piece(Body::Whole(kind, Arc::new(head))))
        }
        Kind::Empty => Ok(piece(failed("empty"))),
        Kind::Unreadable(what) => Ok(piece(failed(what))),
        Kind::Zip | Kind::Gzip | Kind::Tar => Ok(piece(failed("archives are not read yet"))),
    }
}
