//! Arms told in prose: two named groups, a treatment alone or with another, one path that all follow.
//!
//! A form that is not complete gives no arms at all: half of them would be wrong.

mod alone;
mod given;
mod groups;
mod path;

use super::sentence::Sentence;
use crate::protocol::{Arm, Intervention};

/// The arms that the prose tells of.
pub fn read(interventions: &[Intervention], title: &str, sentences: &[Sentence]) -> Vec<Arm> {
    let title = Sentence::new(title);
    let forms = [
        groups::read(interventions, sentences),
        alone::read(interventions, &title, sentences),
        path::read(interventions, sentences),
    ];
    forms.into_iter().find(|arms| !arms.is_empty()).unwrap_or_default()
}
