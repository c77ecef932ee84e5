//! Faults on demand, for the tests that look at the terminal after one. Debug builds only: a release build has none.
//!
//! `TRIALDECK_TEST_FAULT` names the fault; it strikes with the next key after the first frame.

use anyhow::Result;
use crossbeam_channel::Sender;

#[cfg(debug_assertions)]
use super::worker;

/// Does what `TRIALDECK_TEST_FAULT` asks for.
///
/// # Errors
/// When it asks for an error.
#[cfg(debug_assertions)]
pub(super) fn strike(deaths: &Sender<String>) -> Result<()> {
    match std::env::var("TRIALDECK_TEST_FAULT").as_deref() {
        Ok("panic") => panic!("a panic asked for by a test"),
        Ok("worker") => Ok(worker::spawn("doomed", deaths, || panic!("a panic asked for by a test"))?),
        Ok("error") => anyhow::bail!("an error asked for by a test"),
        _ => Ok(()),
    }
}

/// Nothing: this is a release build.
#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as in a debug build")]
pub(super) fn strike(_: &Sender<String>) -> Result<()> {
    Ok(())
}
