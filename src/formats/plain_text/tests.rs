//! Texts of both layouts, and what is read from them.
