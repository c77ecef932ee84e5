//! The integration tests: one binary, one module a subject.

mod bare_command;
mod browser;
mod criteria_corpus;
mod ctgov_csv;
mod plain_text;
mod pty;
mod read_command;
mod readme;
