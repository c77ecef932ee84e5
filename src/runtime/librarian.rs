//! Reads records of the library on workers.

use super::newest::{Desk, Gone};
use crate::app::Msg;
use crate::library::Library;

/// Reads the records of rows and answers one by one, until newer wishes have come.
pub(super) fn fetch(library: &Library, rows: Vec<u32>, desk: &Desk<'_, Vec<u32>>) -> Result<(), Gone> {
    for row in rows {
        desk.answer(read(library, row))?;
        if desk.is_outdated() {
            break;
        }
    }
    Ok(())
}

/// Reads one record.
pub(super) fn read(library: &Library, row: u32) -> Msg {
    let read = match library.entry(row) {
        Ok(Some(entry)) => Ok(entry),
        Ok(None) => Err("this trial was removed from the library".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    Msg::Record { row, read }
}

/// Reads the earlier versions of a record that the library keeps.
pub(super) fn versions(library: &Library, row: u32) -> Msg {
    Msg::Versions { row, read: library.earlier_entries(row).map_err(|error| error.to_string()) }
}
