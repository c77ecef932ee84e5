//! Finding trials: the query language, the candidates and their ranking.

pub mod query;
