//! Counts the values of the facets, on a worker.

use super::newest::{Desk, Gone};
use crate::app::Msg;
use crate::app::facets::Tally;

/// Does a job, and answers in steps unless a newer one has come.
pub(super) fn tally(job: Tally, desk: &Desk<'_, Tally>) -> Result<(), Gone> {
    let mut told = Ok(());
    job.run(&|| desk.is_outdated(), &mut |tallied| {
        if told.is_ok() {
            told = desk.answer(Msg::Tallied(Box::new(tallied)));
        }
    });
    told
}
