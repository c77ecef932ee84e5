//! A clinical trial as data: what a registry record says, and the rows that were read out of its prose.
//!
//! Plain types only. No I/O, no screen, no parsing: `formats` builds a [`Trial`], `reading` builds the rows.

pub mod display;

mod assessment;
mod code;
mod criterion;
mod design_reading;
mod dosing;
mod endpoint_kind;
mod number;
mod path;
mod period;
pub mod phrase;
mod readings;
mod regimen;
mod review;
mod sites;
mod span;
mod tag;
mod time_frame;
mod trial;

pub use assessment::{Assessment, AssessmentKind};
pub use code::Code;
pub use criterion::{CriteriaReading, Criterion, CriterionRole, Limit, LimitValue, Section};
pub use design_reading::{Counted, DesignReading, Escalation, FollowUp, Randomisation, Stage};
pub use dosing::{Administration, DurationBound};
pub use endpoint_kind::{EndpointPart, EndpointReading};
pub use number::Number;
pub use period::{Period, PeriodUnit};
pub use readings::Readings;
pub use regimen::{Coverage, DosingSentence, Regimen};
pub use review::{Review, RowKind, Verdict};
pub use sites::{Contact, Document, IpdSharing, Link, Official, Reference, Site};
pub use span::{Span, Spanned};
pub use tag::{Stance, Tag};
pub use time_frame::{After, Interval, Moment, TimeFrame};
pub use trial::*;
