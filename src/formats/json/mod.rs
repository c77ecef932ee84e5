//! What the JSON formats share: forgiving scalars, cutting a stream into records, and a record's fields as they came.

pub mod fields;
pub mod lenient;
pub mod record;
pub mod split;

#[cfg(test)]
mod tests;
