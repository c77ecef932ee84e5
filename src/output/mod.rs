//! Printed forms: text, Markdown, CSV. What is printed comes from the other rooms; here is only how.

pub mod comparison;
pub mod guard;
