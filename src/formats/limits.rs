//! How much of anything is taken in: the limits that keep a damaged or hostile input from taking time or memory out
//! of proportion. The README states them.

/// Longest single record; the largest in the registries (with posted results) are about a third of it.
pub const MAX_RECORD_BYTES: usize = 64 << 20;

/// Longest file of a format that is read whole (CSV, plain text).
pub const MAX_WHOLE_BYTES: u64 = 1 << 30;

/// How deep JSON may nest; `serde_json`'s own limit, held to for the parts that are skipped too.
pub const MAX_JSON_DEPTH: usize = 128;

/// Archives and compressed files inside one another.
pub const MAX_NESTING: usize = 4;

/// A packed file may unpack to this many times its own size …
pub const MAX_EXPANSION: u64 = 250;

/// … or to this many bytes, whichever is more.
pub const FREE_EXPANSION: u64 = 256 << 20;

/// Bytes looked at to tell a file's format.
pub const HEAD_BYTES: usize = 64 << 10;
