//! Arms told in prose: two named groups, a treatment alone or with another, one path that all follow.
//!
//! A form that is not complete gives no arms at all: half of them would be wrong.

mod alone;
mod given;
mod groups;
mod path;

use super::sentence::Sentence;
use crate::protocol::{Arm, Intervention};

/// Arms are read from prose only where so many interventions are listed at most; a trial of more is no matter of a
/// sentence or two.
const MOST_INTERVENTIONS: usize = 20;

/// The arms that the prose tells of.
pub fn read(interventions: &[Intervention], title: &str, sentences: &[Sentence]) -> Vec<Arm> {
    if interventions.len() > MOST_INTERVENTIONS {
        return Vec::new();
    }
    let title = Sentence::new(title);
    let forms = [
        groups::read(interventions, sentences),
        alone::read(interventions, &title, sentences),
        path::read(interventions, sentences),
    ];
    forms.into_iter().find(|arms| !arms.is_empty()).unwrap_or_default()
}
