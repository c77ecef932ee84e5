//! The integration tests: one binary, one module a subject.

mod bad_input;
mod bare_command;
mod browser;
mod card;
mod config;
mod criteria_corpus;
mod ctgov_csv;
mod dosing;
mod eligibility_facts;
mod fetch;
mod findings;
mod library;
mod mutations;
mod opening;
mod own_words;
mod peer;
mod plain_text;
mod printing;
mod pty;
mod read_command;
mod readme;
mod relevance;
mod samples;
mod schedule_readings;
mod second;
mod shell;
