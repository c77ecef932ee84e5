//! Endpoints' time frames on one axis of weeks, months or years.
//!
//! Only what was read is drawn: points, a span up to its latest time, the repeats within it, an arrow for what ends
//! with an event. What counts from a late event (a last dose, an operation) has no place on the axis and is told in
//! words.

use crate::protocol::{Interval, TimeFrame};

/// Repeats that would stand closer than this many columns are not drawn one by one.
const CLOSEST: f64 = 2.0;

/// Lengths between two marks of the axis, in days, with what they are called; the first that leaves room is taken.
const STEPS: &[(f64, f64, &str)] = &[
    (1.0, 1.0, "d"),
    (7.0, 7.0, "w"),
    (28.0, 7.0, "w"),
    (91.3125, 30.4375, "mo"),
    (182.625, 30.4375, "mo"),
    (365.25, 365.25, "y"),
    (1826.25, 365.25, "y"),
    (3652.5, 365.25, "y"),
];

/// Columns a mark of the axis needs.
const MARK: usize = 6;

/// An axis that all time frames of a trial share.
#[derive(Clone, Copy, Debug)]
pub struct TimeAxis {
    days: f64,
    columns: usize,
}

impl TimeAxis {
    /// The axis on which all of the time frames fit in `columns`; none when none of them names a time.
    pub fn of(frames: &[TimeFrame], columns: usize) -> Option<Self> {
        let days = frames.iter().filter_map(furthest).fold(0.0, f64::max);
        (days > 0.0 && columns >= 3 * MARK).then_some(Self { days, columns })
    }

    fn column(&self, days: f64) -> usize {
        let last = self.columns.saturating_sub(2);
        ((days / self.days) * last as f64).round().clamp(0.0, last as f64) as usize
    }

    /// The marks of the axis.
    pub fn header(&self) -> String {
        let fits = |step: &&(f64, f64, &str)| self.days / step.0 * MARK as f64 <= self.columns as f64;
        let Some((step, unit, name)) = STEPS.iter().find(fits).or(STEPS.last()) else { return String::new() };
        let mut header = vec![' '; self.columns];
        let mut at = 0.0;
        while at <= self.days {
            let mark = if at == 0.0 { "0".to_owned() } else { format!("{}{name}", (at / unit).round()) };
            let column = self.column(at);
            if column + mark.len() <= self.columns {
                for (offset, ch) in mark.chars().enumerate() {
                    set(&mut header, column + offset, ch);
                }
            }
            at += step;
        }
        header.into_iter().collect::<String>().trim_end().to_owned()
    }

    /// One time frame on the axis; none when it has no place there.
    pub fn bar(&self, frame: &TimeFrame) -> Option<String> {
        let end = furthest(frame)
            .or_else(|| (!frame.until.is_empty() && frame.after.is_none()).then_some(self.days))?;
        let open = frame.max.is_none() && frame.points.is_empty();
        let mut bar = vec![' '; self.column(end) + 1];
        let only_points = !frame.points.is_empty() && frame.every.is_none() && frame.anchor.is_none();
        if !only_points {
            bar.fill('─');
            set(&mut bar, 0, '├');
            set(&mut bar, self.column(end), if open || frame.at_least { '▸' } else { '┤' });
            self.repeats(frame, end, &mut bar);
        }
        for point in points(frame) {
            set(&mut bar, self.column(point), '●');
        }
        Some(bar.into_iter().collect())
    }

    /// Marks every repeat up to the end, where they stand far enough apart to be told from each other. Repeats that
    /// change on the way ("then every 8 weeks") are left to the words.
    fn repeats(&self, frame: &TimeFrame, end: f64, bar: &mut [char]) {
        let changes = |interval: &Interval| {
            interval.until_cycle.is_some() || interval.until.is_some_and(|until| until.days() < end)
        };
        if frame.intervals.len() > 1 || frame.intervals.iter().any(changes) {
            return;
        }
        let Some(every) = frame.every.map(|every| every.days()).filter(|days| *days > 0.0) else { return };
        if every / self.days * (self.columns as f64) < CLOSEST {
            return;
        }
        let mut at = every;
        while at < end {
            set(bar, self.column(at), '┴');
            at += every;
        }
    }
}

fn set(bar: &mut [char], at: usize, sign: char) {
    if let Some(slot) = bar.get_mut(at) {
        *slot = sign;
    }
}

/// The points in days from the start: where day numbers are known, day 1 is the start.
fn points(frame: &TimeFrame) -> Vec<f64> {
    let from_start: Vec<f64> =
        frame.moments.iter().filter(|m| m.after.is_none()).map(|m| m.offset_days()).collect();
    if from_start.len() == frame.points.len() {
        from_start
    } else {
        frame.points.iter().map(|point| point.days()).collect()
    }
}

/// The furthest time that a frame names, in days from the start.
fn furthest(frame: &TimeFrame) -> Option<f64> {
    let points = points(frame).into_iter();
    points.chain(frame.max.map(|max| max.days())).fold(None, |most, days| {
        Some(most.map_or(days, |most: f64| most.max(days))).filter(|days| *days > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::time_frame;

    fn drawn(texts: &[&str]) -> String {
        let frames: Vec<TimeFrame> = texts.iter().map(|text| time_frame::read(text)).collect();
        let Some(axis) = TimeAxis::of(&frames, 40) else { return "no axis".to_owned() };
        let bars = frames.iter().map(|frame| axis.bar(frame).unwrap_or_else(|| "–".to_owned()));
        std::iter::once(axis.header()).chain(bars).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn time_frames_share_an_axis() {
        assert_eq!(
            drawn(&["Up to 2 years", "Week 12 and week 24", "Until progression", "30 days after last dose"]),
            "0         6mo      12mo      18mo\n\
             ├─────────────────────────────────────┤\n\
             \u{20}   ●    ●\n\
             ├─────────────────────────────────────▸\n–"
        );
    }

    #[test]
    fn repeats_that_change_on_the_way_are_not_drawn() {
        let bars = drawn(&[
            "Every 12 weeks up to 1 year",
            "Every 6 weeks for 24 weeks, then every 12 weeks, up to 1 year",
        ]);
        let lines: Vec<&str> = bars.lines().collect();
        assert!(lines[1].contains('┴'), "{bars}");
        assert!(!lines[2].contains('┴'), "{bars}");
    }

    #[test]
    fn nothing_timed_has_no_axis() {
        assert_eq!(drawn(&["Until progression", ""]), "no axis");
    }
}
