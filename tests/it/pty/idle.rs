//! While nobody does anything, nothing happens: not a byte, not a wake-up, no CPU time.
#![cfg(target_os = "linux")]

use std::fs;
use std::time::Duration;

use super::session::{Session, Start};

/// What an idle program must not move.
#[derive(Debug, PartialEq, Eq)]
struct Activity {
    bytes_written: usize,
    /// Clock ticks, user and system.
    cpu_time: u64,
    /// How often its threads went to sleep, in all.
    wake_ups: u64,
}

fn activity(session: &Session) -> Activity {
    let process = format!("/proc/{}", session.pid());
    let stat = fs::read_to_string(format!("{process}/stat")).expect("stat");
    // After the command in brackets: state is the 3rd field, user and system time the 14th and 15th.
    let fields: Vec<&str> = stat.rsplit_once(')').expect("stat").1.split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<u64>().expect("ticks");
    let tasks = fs::read_dir(format!("{process}/task")).expect("tasks");
    let wake_ups = tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok())
        .flat_map(|status| {
            let switches =
                |line: &str| line.split_once("voluntary_ctxt_switches:")?.1.trim().parse::<u64>().ok();
            status
                .lines()
                .filter(|line| line.starts_with("voluntary"))
                .filter_map(switches)
                .collect::<Vec<_>>()
        })
        .sum();
    Activity { bytes_written: session.bytes_written(), cpu_time: ticks(11) + ticks(12), wake_ups }
}

/// A second and a half without any activity must come; a slow machine may need some before it, to finish starting.
#[test]
fn nothing_moves() {
    let mut session = Start::trialdeck(["--demo"]).go();
    session.wait_for_browser();
    session.keys("j");
    let mut before = activity(&session);
    for _ in 0..40 {
        std::thread::sleep(Duration::from_millis(1500));
        let after = activity(&session);
        if after == before {
            return;
        }
        before = after;
    }
    panic!("the program never comes to rest: {before:?}");
}
