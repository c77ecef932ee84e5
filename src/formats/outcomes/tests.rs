//! The vocabularies parse; what is cut is all there; phrases of every shape.
