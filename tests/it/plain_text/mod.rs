//! Plain text: the two layouts written from registry records and read back, the four source documents, and bytes of
//! any kind.

mod corpus;
mod layouts;
