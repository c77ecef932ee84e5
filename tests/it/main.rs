//! The integration tests: one binary, one module a subject.

mod browser;
mod criteria_corpus;
mod pty;
mod plain_text;
mod read_command;
