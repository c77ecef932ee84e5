//! Weighs a patient against trials on a worker.

use super::newest::{Desk, Gone};
use crate::app::Msg;
use crate::app::patient::Weigh;

/// Does a job, and answers unless a newer one has come.
pub(super) fn weigh(job: Weigh, desk: &Desk<'_, Weigh>) -> Result<(), Gone> {
    let generation = job.generation;
    let outcome =
        job.run(&|| desk.is_outdated(), &mut |done| desk.progress(Msg::Weighing { generation, done }));
    drop(job);
    outcome.map_or(Ok(()), |outcome| desk.answer(Msg::Weighed { generation, outcome }))
}
