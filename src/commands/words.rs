//! The words that the readers use: the built-in ones and the user's.

use std::io::Write;
use std::sync::Arc;

use crate::config::paths::Paths;
use crate::config::vocabulary;
use crate::reading::vocabularies::{Fault, Vocabularies};

/// The built-in words and those in the user's configuration; and what is wrong with the files that could not be used.
pub fn of_user() -> (Arc<Vocabularies>, Vec<Fault>) {
    let (words, faults) =
        Paths::of_user().map(|paths| vocabulary::load(&paths.vocabulary())).unwrap_or_default();
    (Arc::new(words), faults)
}

/// [`of_user`], its faults told on `warnings`, one a line.
///
/// # Errors
/// When `warnings` cannot be written.
pub fn told(warnings: &mut dyn Write) -> std::io::Result<Arc<Vocabularies>> {
    let (words, faults) = of_user();
    for fault in faults {
        writeln!(warnings, "trialdeck: {fault}; this file is not used")?;
    }
    Ok(words)
}
