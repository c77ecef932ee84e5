//! Examinations and endpoints' time frames on one axis of weeks.
//!
//! Only what was read is drawn: points with their tolerance, a span up to its latest time, the repeats within it, an
//! arrow for what ends with an event or has no stated end. What counts from a late event (a last dose, an operation)
//! has no place on the axis and is told in words.

use crate::protocol::{Interval, TimeFrame};

/// Repeats that would stand closer than this many columns are not drawn one by one.
const CLOSEST: f64 = 2.0;

/// Times that an examination without an end of its own is shown to be repeated, where nothing else is longer.
const SHOWN_REPEATS: f64 = 6.0;

/// Days in a week.
const WEEK: f64 = 7.0;

/// Weeks between two marks of the axis; the first that leaves room is taken.
const STEPS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 12.0, 26.0, 52.0, 104.0, 260.0, 520.0, 1040.0];

/// Columns a mark of the axis needs.
const MARK: usize = 6;

/// An axis that all time frames of a trial share.
#[derive(Clone, Copy, Debug)]
pub struct TimeAxis {
    days: f64,
    columns: usize,
    /// Days of the trial's only cycle: what is counted in cycles has a place then.
    cycle: Option<f64>,
}

impl TimeAxis {
    /// The axis on which all of the time frames fit in `columns`; none when none of them names a time. `cycle` is the
    /// cycle's length in days, where the trial has one only.
    pub fn of<'f>(
        frames: impl Iterator<Item = &'f TimeFrame> + Clone,
        cycle: Option<f64>,
        columns: usize,
    ) -> Option<Self> {
        let known = frames.clone().filter_map(furthest).fold(0.0, f64::max);
        let repeats = frames.filter_map(|frame| open_reach(frame, cycle)).fold(0.0, f64::max);
        let days = known.max(repeats);
        (days > 0.0 && columns >= 3 * MARK).then_some(Self { days, columns, cycle })
    }

    fn column(&self, days: f64) -> usize {
        let last = self.columns.saturating_sub(2);
        ((days / self.days) * last as f64).round().clamp(0.0, last as f64) as usize
    }

    /// The marks of the axis.
    pub fn header(&self) -> String {
        let fits = |step: &&f64| self.days / (**step * WEEK) * MARK as f64 <= self.columns as f64;
        let Some(step) = STEPS.iter().find(fits).or(STEPS.last()) else { return String::new() };
        let mut header = vec![' '; self.columns];
        let mut weeks = 0.0;
        while weeks * WEEK <= self.days {
            let mark = if weeks == 0.0 { "0".to_owned() } else { format!("w{weeks}") };
            let column = self.column(weeks * WEEK);
            if column + mark.len() <= self.columns {
                for (offset, ch) in mark.chars().enumerate() {
                    set(&mut header, column + offset, ch);
                }
            }
            weeks += step;
        }
        header.into_iter().collect::<String>().trim_end().to_owned()
    }

    /// One time frame on the axis; none when it has no place there.
    pub fn bar(&self, frame: &TimeFrame) -> Option<String> {
        let repeats = !frame.intervals.is_empty() && frame.after.is_none();
        let open_end = (repeats || !frame.until.is_empty() && frame.after.is_none()).then_some(self.days);
        let end = match frame.max {
            Some(_) => furthest(frame),
            None => open_end.or_else(|| furthest(frame)),
        }?;
        let goes_on = frame.max.is_none() && (repeats || frame.points.is_empty());
        let widest = frame
            .moments
            .iter()
            .filter(|moment| moment.after.is_none())
            .filter_map(|moment| moment.window.map(|window| moment.offset_days() + window.days()));
        let mut bar = vec![' '; self.column(widest.fold(end, f64::max)) + 1];
        // "week 4, week 12" are two points; "week 4, week 12, up to 2 years" goes on behind them.
        let last = points(frame).into_iter().fold(0.0, f64::max);
        let goes_beyond = frame.max.is_some_and(|max| max.days() > last + WEEK);
        let only_points = !frame.points.is_empty() && frame.every.is_none() && !repeats && !goes_beyond;
        if !only_points {
            bar.truncate(self.column(end) + 1);
            bar.fill('─');
            set(&mut bar, 0, '├');
            set(&mut bar, self.column(end), if goes_on || frame.at_least { '▸' } else { '┤' });
            self.repeats(frame, end, &mut bar);
        }
        self.points(frame, &mut bar);
        Some(bar.into_iter().collect())
    }

    /// Points, each with its tolerance where that is wide enough to be seen.
    fn points(&self, frame: &TimeFrame, bar: &mut [char]) {
        for moment in frame.moments.iter().filter(|moment| moment.after.is_none()) {
            let Some(window) = moment.window.map(|window| window.days()) else { continue };
            let at = moment.offset_days();
            for column in self.column((at - window).max(0.0))..=self.column(at + window) {
                set(bar, column, '~');
            }
        }
        for point in points(frame) {
            set(bar, self.column(point), '●');
        }
    }

    /// Marks every repeat up to the end, where they stand far enough apart to be told from each other; a repeat that
    /// changes on the way changes its distance.
    fn repeats(&self, frame: &TimeFrame, end: f64, bar: &mut [char]) {
        let mut begin = 0.0;
        for interval in &frame.intervals {
            let Some(every) = self.every(interval) else { return };
            let until = match (interval.until.map(|until| until.days()), interval.until_cycle) {
                (Some(until), _) => until,
                (None, Some(cycles)) => match self.cycle {
                    Some(cycle) => cycle * f64::from(cycles),
                    None => return,
                },
                (None, None) => end,
            };
            if every / self.days * (self.columns as f64) >= CLOSEST {
                let mut at = begin + every;
                while at <= until.min(end) && self.column(at) < bar.len().saturating_sub(1) {
                    set(bar, self.column(at), '┴');
                    at += every;
                }
            }
            begin = until;
        }
    }

    fn every(&self, interval: &Interval) -> Option<f64> {
        every_days(interval, self.cycle)
    }
}

/// Days between two repeats.
fn every_days(interval: &Interval, cycle: Option<f64>) -> Option<f64> {
    let by_cycles = || Some(cycle? * f64::from(interval.every_cycles?));
    interval.every.map(|every| every.days()).or_else(by_cycles).filter(|days| *days > 0.0)
}

/// How far the axis must go so that repeats without an end can be seen.
fn open_reach(frame: &TimeFrame, cycle: Option<f64>) -> Option<f64> {
    if frame.max.is_some() || frame.after.is_some() {
        return None;
    }
    let ends = |interval: &Interval| {
        let by_cycles = || Some(cycle? * f64::from(interval.until_cycle?));
        interval.until.map(|until| until.days()).or_else(by_cycles)
    };
    let last = frame.intervals.last()?;
    let before = frame.intervals.iter().filter_map(ends).fold(0.0, f64::max);
    Some(before + every_days(last, cycle)? * SHOWN_REPEATS)
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
        let Some(axis) = TimeAxis::of(frames.iter(), Some(28.0), 40) else { return "no axis".to_owned() };
        let bars = frames.iter().map(|frame| axis.bar(frame).unwrap_or_else(|| "–".to_owned()));
        std::iter::once(axis.header()).chain(bars).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn time_frames_share_an_axis() {
        assert_eq!(
            drawn(&["Up to 2 years", "Week 12 and week 24", "Until progression", "30 days after last dose"]),
            "0        w26       w52      w78\n\
             ├─────────────────────────────────────┤\n\
             \u{20}   ●    ●\n\
             ├─────────────────────────────────────▸\n–"
        );
    }

    #[test]
    fn repeats_change_on_the_way_and_go_on() {
        assert_eq!(
            drawn(&[
                "Every 8 weeks up to 48 weeks",
                "Every 4 weeks for the first 4 cycles, then every 8 weeks"
            ]),
            "0      w12    w24    w36     w48    w60\n\
             ├────┴────┴───┴────┴────┴────┤\n\
             ├─┴──┴─┴──┴───┴────┴────┴────┴───┴────▸"
        );
    }

    #[test]
    fn a_tolerance_stands_around_its_point() {
        assert_eq!(
            drawn(&["Week 4 (± 7 days)", "Week 12"]),
            "0     w2     w4    w6    w8     w10\n\
             \u{20}         ~~~●~~~\n\
             \u{20}                                     ●"
        );
    }

    #[test]
    fn points_alone_have_no_line_and_what_goes_on_behind_them_has_one() {
        assert_eq!(
            drawn(&["Baseline, week 12", "Week 4, week 8, up to 24 weeks"]),
            "0     w4     w8    w12   w16    w20\n\
             ●                  ●\n\
             ├─────●──────●────────────────────────┤"
        );
    }

    #[test]
    fn nothing_timed_has_no_axis() {
        assert_eq!(drawn(&["Until progression", ""]), "no axis");
    }
}
