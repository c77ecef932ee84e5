//! What the endpoint reader makes of phrases.

use super::*;

#[test]
fn the_embedded_vocabulary_compiles() {
    EndpointVocabulary::embedded().expect("a vocabulary");
}
