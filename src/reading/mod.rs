//! Prose → structure. Pure functions of text: no I/O, no clock, no network; every row carries its span.
//!
//! [`fold`] evens out the writing (case, width, escapes, signs) and remembers where each byte came from;
//! [`lexer`] cuts the folded text into words, numbers and signs. The readers are grammars over those tokens, their
//! words are tables in `assets/vocabulary`. What a reader cannot read it leaves out: it never guesses.

pub(crate) mod abbreviations;
pub mod assessment;
pub mod criteria;
pub mod design;
pub mod dosing;
pub mod endpoint;
pub mod fold;
pub mod hash;
pub mod lexer;
pub mod lexicon;
pub mod names;
pub mod numbers;
pub mod periods;
pub mod phrases;
pub mod population;
pub mod quantities;
pub mod regimen;
pub mod second;
pub mod time_frame;
pub mod timing;
pub mod trial;
pub mod units;
pub mod vocabularies;
