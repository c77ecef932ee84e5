//! The words of an outcome's time frame → [`TimeFrame`].
//!
//! [`listen`] goes through the atoms of [`super::timing`] and notes what governs what; [`settle`] decides from all that
//! was heard which times are points and which bound the frame. How words and numbers of time are written is for
//! `timing`, what an outcome measures for `endpoint`.

mod ahead;
mod draft;
mod events;
mod listen;
mod repeats;
mod roles;
mod settle;
mod tail;
mod times;

use crate::protocol::TimeFrame;
use crate::reading::lexer::lex;
use crate::reading::timing::atoms::Placed;
use crate::reading::timing::compose::compose;
use crate::reading::timing::cycles::Cycles;
use crate::reading::timing::pieces::Pieces;
use crate::reading::timing::scan::scan;
use crate::reading::timing::words::Vocabulary;

/// Reads a time frame; what it cannot read stays empty.
pub fn read(text: &str) -> TimeFrame {
    read_with(Vocabulary::embedded(), text)
}

/// Reads a time frame with an own vocabulary.
pub fn read_with(vocabulary: &Vocabulary, text: &str) -> TimeFrame {
    let tokens = lex(text);
    let pieces = Pieces::new(text, &tokens, vocabulary);
    let mut atoms = scan(&pieces, 0..pieces.len());
    let cycles = Cycles::take(&mut atoms);
    read_atoms(&pieces, &compose(&pieces, atoms), &cycles)
}

/// Reads composed atoms, for a reader that has found where in a longer text a time is stated.
pub fn read_atoms(pieces: &Pieces<'_>, atoms: &[Placed], cycles: &Cycles) -> TimeFrame {
    settle::settle(pieces, listen::listen(pieces, atoms, cycles))
}

#[cfg(test)]
mod tests;
