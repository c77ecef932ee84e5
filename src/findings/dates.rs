//! Dates out of order.

use crate::protocol::{Dated, Span};

use super::subject::Subject;
use super::{Hit, Rule, Severity};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "dates-out-of-order",
    severity: Severity::Error,
    title: "Dates out of order",
    explanation: "A study cannot end before it begins, nor be posted before it was submitted.",
    check: out_of_order,
}];

fn out_of_order(subject: &Subject<'_>) -> Vec<Hit> {
    let dates = &subject.trial.dates;
    let pairs = [
        (
            ("dates.start", "start", &dates.start),
            ("dates.primary_completion", "primary completion", &dates.primary_completion),
        ),
        (("dates.start", "start", &dates.start), ("dates.completion", "completion", &dates.completion)),
        (
            ("dates.primary_completion", "primary completion", &dates.primary_completion),
            ("dates.completion", "completion", &dates.completion),
        ),
        (
            ("dates.first_submitted", "first submitted", &dates.first_submitted),
            ("dates.first_posted", "first posted", &dates.first_posted),
        ),
        (
            ("dates.results_first_submitted", "results submitted", &dates.results_first_submitted),
            ("dates.results_first_posted", "results posted", &dates.results_first_posted),
        ),
        (
            ("dates.last_update_submitted", "last update submitted", &dates.last_update_submitted),
            ("dates.last_update_posted", "last update posted", &dates.last_update_posted),
        ),
        (
            ("dates.start", "start", &dates.start),
            ("dates.results_first_submitted", "results submitted", &dates.results_first_submitted),
        ),
    ];
    let mut hits = Vec::new();
    for ((from, first, one), (to, second, other)) in pairs {
        if let (Some(one), Some(other)) = (one, other)
            && after(one, other)
        {
            let spans = [(from, one), (to, other)]
                .map(|(field, dated)| Span::new(format!("{field}.date"), 0..dated.date.len()));
            hits.push(Hit::new(
                format!("{first} {} is after {second} {}", one.date, other.date),
                spans.to_vec(),
            ));
        }
    }
    hits
}

/// Whether one date is surely after the other: to the month where one of them has no day.
fn after(one: &Dated, other: &Dated) -> bool {
    let iso = |text: &str| text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let shared = one.date.len().min(other.date.len());
    let cut = |dated: &Dated| dated.date.get(..shared).map(str::to_owned);
    iso(&one.date) && iso(&other.date) && cut(one) > cut(other)
}
