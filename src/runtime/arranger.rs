//! Filters and sorts the list on a worker.

use super::newest::{Desk, Gone};
use crate::app::{Arrange, Msg};

/// Does a job, and answers unless a newer one has come.
pub(super) fn arrange(job: Arrange, desk: &Desk<'_, Arrange>) -> Result<(), Gone> {
    let generation = job.generation;
    let mut told = Ok(());
    let order = job.run_in_steps(&|| desk.is_outdated(), &mut |order| {
        told = desk.answer(Msg::BestArranged { generation, order });
    });
    told?;
    // The list of trials can grow in place again.
    drop(job);
    order.map_or(Ok(()), |order| desk.answer(Msg::Arranged { generation, order }))
}
