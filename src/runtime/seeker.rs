//! Looks for what is typed into the finder, on a worker. The index of the open trials lives here, from one job to the
//! next.

use super::newest::{Desk, Gone};
use crate::app::Msg;
use crate::search::seek::Seek;

/// Answers that may wait to be taken in.
pub(super) const WAITING: usize = 4;

/// What does the jobs, and answers each in steps.
pub(super) fn seeker() -> impl FnMut(Seek, &Desk<'_, Seek>) -> Result<(), Gone> + Send + 'static {
    let mut index = None;
    move |job, desk| {
        let mut told = Ok(());
        job.run(&mut index, &|| desk.is_outdated(), &mut |sought| {
            if told.is_ok() {
                told = desk.answer(Msg::Sought(Box::new(sought)));
            }
        });
        told
    }
}
