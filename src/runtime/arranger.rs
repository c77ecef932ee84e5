//! Filters and sorts the list on a worker.

use super::newest::{Desk, Gone};
use crate::app::{Arrange, Msg};

/// Does a job, and answers unless a newer one has come.
pub(super) fn arrange(job: Arrange, desk: &Desk<'_, Arrange>) -> Result<(), Gone> {
    let generation = job.generation;
    let order = job.run(&|| desk.is_outdated());
    // The list of trials can grow in place again.
    drop(job);
    order.map_or(Ok(()), |order| desk.answer(Msg::Arranged { generation, order }))
}
