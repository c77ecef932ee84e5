//! Bytes of a file, read as the program reads them.

use std::ops::ControlFlow;

use trialdeck::formats::input;

/// Reads every record of the bytes, and every field of each as it came.
pub fn read(data: &[u8]) {
    input::pieces_of("fuzz", data, &mut |piece| {
        piece.read(&mut |read| {
            if let Ok(record) = read
                && let Some(raw) = record.raw
            {
                raw.fields();
            }
        });
        ControlFlow::Continue(())
    });
}
