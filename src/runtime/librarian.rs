//! Reads records of the library on workers.

use super::newest::{Desk, Gone};
use crate::app::Msg;
use crate::app::shelf::Wish;

/// Reads the records that are wished for and answers one by one, until newer wishes have come.
pub(super) fn fetch(wish: Wish, desk: &Desk<'_, Wish>) -> Result<(), Gone> {
    for record in records(&wish) {
        desk.answer(record)?;
        if desk.is_outdated() {
            break;
        }
    }
    Ok(())
}

/// Reads the records that are wished for, one after the other.
pub(super) fn records(wish: &Wish) -> impl Iterator<Item = Msg> {
    wish.rows.iter().map(|row| read(wish, *row))
}

fn read(wish: &Wish, row: u32) -> Msg {
    let read = match wish.library.entry(row) {
        Ok(Some(entry)) => Ok(entry),
        Ok(None) => Err("this trial was removed from the library".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    Msg::Record { edition: wish.edition, row, read }
}

/// Reads the earlier versions that the library keeps of the records that are wished for.
pub(super) fn versions(wish: &Wish) -> impl Iterator<Item = Msg> {
    wish.rows.iter().map(|row| {
        let read = wish.library.earlier_entries(*row).map_err(|error| error.to_string());
        Msg::Versions { edition: wish.edition, row: *row, read }
    })
}
