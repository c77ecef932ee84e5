//! Phrases and what is read from them.
