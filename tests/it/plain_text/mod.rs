//! Plain text: the two layouts written from registry records and read back, the four source documents, and bytes of
//! any kind.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

mod corpus;
mod fixtures;
mod layouts;
mod prose;
mod seeds;
