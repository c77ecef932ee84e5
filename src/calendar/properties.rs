//! What holds of every calendar.

use jiff::civil::date;
use proptest::prelude::*;

use super::step::Step;
use super::*;
use crate::protocol::{Administration, Arm, Number, PeriodUnit, Regimen};

fn period() -> impl Strategy<Value = Period> {
    let unit = prop_oneof![
        Just(PeriodUnit::Day),
        Just(PeriodUnit::Week),
        Just(PeriodUnit::Month),
        Just(PeriodUnit::Hour)
    ];
    (prop_oneof![1.0..60.0_f64, (1..60_u32).prop_map(f64::from)], unit)
        .prop_map(|(value, unit)| Period::new(value, unit))
}

prop_compose! {
    fn row()(
        days in prop::collection::btree_set(-3..40_i32, 0..5),
        every in prop::option::of(period()),
        cycle in prop::option::of(period()),
        cycles in prop::option::of(1..12_u32),
        duration in prop::option::of(period()),
        doses in prop::option::of(1..9_u32),
        per_day in prop::option::of(1..3_u32),
        drug in "[ab]",
        dose in prop::option::of(1..3_u32),
    ) -> Administration {
        Administration {
            drug,
            dose: dose.map(|dose| Number(f64::from(dose))),
            days: days.into_iter().collect(),
            every, cycle, cycles, duration, doses,
            per_day: per_day.map(|times| Number(f64::from(times))),
            ..Administration::default()
        }
    }
}

prop_compose! {
    fn wanted()(
        day in 0..20_000_i64,
        cycles in prop::option::of(1..20_u32),
        slips in prop::collection::vec((0..2_usize, 1..6_u32, 0..20_i32, -10..10_i32), 0..3),
        plan in any::<bool>(),
    ) -> Wanted {
        let slip = |(track, cycle, day, days)| Slip { visit: Visit { track, cycle, day }, days };
        Wanted {
            start: step::plus_days(date(1990, 1, 1), day).expect("a date"),
            cycles,
            slips: slips.into_iter().map(slip).collect(),
            later: if plan { Later::Plan } else { Later::Visit },
        }
    }
}

fn laid(rows: Vec<Administration>, wanted: &Wanted) -> Dated {
    let lengths: Vec<Period> = rows.iter().filter_map(|row| row.cycle).collect();
    let agree = lengths.windows(2).all(|pair| matches!(pair, [a, b] if a.days() == b.days()));
    let regimen = Regimen {
        arm: Some("A".to_owned()),
        cycle: lengths.first().copied().filter(|_| agree),
        administrations: rows,
        ..Regimen::default()
    };
    let trial = Trial { arms: vec![Arm { label: "A".to_owned(), ..Arm::default() }], ..Trial::default() };
    let readings = Readings { regimens: vec![regimen], ..Readings::default() };
    let courses = courses(&trial, &readings);
    dated(&trial, &readings, courses.first().expect("a course"), wanted)
}

proptest! {
    #[test]
    fn dates_of_a_row_are_never_out_of_order_unless_a_clash_is_told(
        rows in prop::collection::vec(row(), 1..4), wanted in wanted()
    ) {
        let dated = laid(rows, &wanted);
        if dated.clash.is_none() {
            for row in dated.entries.iter().map(|entry| entry.row) {
                let mut own: Vec<&Entry> = dated.entries.iter().filter(|entry| entry.row == row).collect();
                own.sort_by_key(|entry| entry.visit);
                for pair in own.windows(2) {
                    prop_assert!(pair[0].date < pair[1].date, "{:?}", pair);
                }
            }
        }
    }

    #[test]
    fn nothing_is_planned_beyond_the_cycles_that_are_asked_for(
        rows in prop::collection::vec(row(), 1..4), wanted in wanted()
    ) {
        let dated = laid(rows, &wanted);
        if let Some((cycles, step)) = wanted.cycles.zip(dated.cycle.and_then(Step::of)) {
            let end = step.from(wanted.start, i64::from(cycles)).expect("a date");
            for entry in &dated.entries {
                prop_assert!(entry.planned < end, "{entry:?}");
            }
        }
        for entry in &dated.entries {
            prop_assert!(entry.visit.is_none_or(|visit| visit.cycle <= MOST_CYCLES));
        }
    }

    #[test]
    fn every_row_is_dated_or_kept_without_a_date(rows in prop::collection::vec(row(), 1..4), wanted in wanted()) {
        let count = rows.len();
        let names: Vec<String> = rows.iter().map(|row| row.drug.clone()).collect();
        let dated = laid(rows, &wanted);
        for row in 1..=count {
            let told = dated.entries.iter().any(|entry| entry.row == row);
            // One that says the same as another is told with it.
            let with_another = dated.entries.iter().any(|entry| entry.what.to_lowercase() == names[row - 1]);
            prop_assert!(told || with_another || !dated.undated.is_empty());
        }
    }
}
