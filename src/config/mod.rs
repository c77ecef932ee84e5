//! Where the program keeps its things, and what the user has set.

pub mod files;
pub mod paths;
