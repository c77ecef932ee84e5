//! The words of an outcome's time frame → [`TimeFrame`].

use crate::protocol::TimeFrame;

/// Reads a time frame; what it cannot read stays empty.
pub fn read(_text: &str) -> TimeFrame {
    TimeFrame::default()
}
