//! Printed forms: text, Markdown, JSON, CSV. What is printed comes from the other rooms; here is only how.

pub mod calendar;
pub mod card;
pub mod comparison;
pub mod document;
pub mod findings;
pub mod grid;
pub mod guard;
pub mod html;
pub mod json;
pub mod listing;
pub mod pane_csv;
pub mod rows;
pub mod trial;
