//! What an answer of the finder is about, in a line: how many trials match, and how many of them were looked into.

use crate::search::seek::Covered;

/// As much of it as finds room, the most telling first; `compared` trials that match are columns already.
pub fn told(covered: &Covered, done: bool, compared: usize, room: usize) -> String {
    let mut parts = parts(covered, done);
    parts.extend((compared > 0).then(|| format!("{compared} compared already")));
    let mut parts = parts.into_iter();
    let mut line = parts.next().unwrap_or_default();
    for part in parts {
        let longer = format!("{line} · {part}");
        if longer.chars().count() > room {
            break;
        }
        line = longer;
    }
    line
}

fn parts(covered: &Covered, done: bool) -> Vec<String> {
    let Covered { open, indexed, matching, best, read, unreadable, .. } = *covered;
    let of = if open == 1 { "1 trial".to_owned() } else { format!("{open} trials") };
    match (covered.asked, done) {
        (false, _) if open == 0 => return Vec::new(),
        (false, _) => return vec![format!("{of} open: type to look through all of it")],
        (true, false) if indexed < open => return vec![format!("looking … {indexed} of {of}")],
        (true, true) if matching == 0 && !covered.uncounted => return Vec::new(),
        (true, true) if matching == 0 => return vec![format!("a few of {of} looked into")],
        (true, _) => {}
    }
    let at_least = if covered.uncounted { "more than " } else { "" };
    let verb = if matching == 1 { "matches" } else { "match" };
    let looking = if done { "" } else { "looking … " };
    let mut parts = vec![format!("{looking}{at_least}{matching} of {of} {verb}")];
    parts.extend((unreadable > 0).then(|| format!("{unreadable} cannot be read")));
    match (read, best) {
        (_, 0) => {}
        (read, best) if read < best => parts.push(format!("{read} of the best {best} looked into")),
        (_, best) if best < matching || covered.uncounted => {
            parts.push(format!("the best {best} looked into"));
            parts.push("further words narrow it".to_owned());
        }
        (_, 1) => parts.push("looked into".to_owned()),
        _ => parts.push("each looked into".to_owned()),
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_is_told_plainly() {
        let all = Covered { asked: true, open: 900, indexed: 900, ..Covered::default() };
        let of = |matching, best, read| Covered { matching, best, read, ..all };
        let uncounted = Covered { uncounted: true, ..of(100, 100, 100) };
        let lost = Covered { unreadable: 2, ..of(12, 12, 12) };
        for (covered, done, room, expected) in [
            (Covered { asked: false, ..all }, true, 70, "900 trials open: type to look through all of it"),
            (Covered { indexed: 256, ..all }, false, 70, "looking … 256 of 900 trials"),
            (of(0, 0, 0), true, 70, ""),
            (Covered { uncounted: true, ..all }, true, 70, "a few of 900 trials looked into"),
            (of(1, 1, 1), true, 70, "1 of 900 trials matches · looked into"),
            (of(12, 12, 12), true, 70, "12 of 900 trials match · each looked into"),
            (of(12, 12, 4), false, 70, "looking … 12 of 900 trials match · 4 of the best 12 looked into"),
            (
                of(800, 100, 100),
                true,
                80,
                "800 of 900 trials match · the best 100 looked into · further words narrow it",
            ),
            (of(800, 100, 100), true, 60, "800 of 900 trials match · the best 100 looked into"),
            (of(800, 100, 100), true, 30, "800 of 900 trials match"),
            (of(12, 0, 0), true, 70, "12 of 900 trials match"),
            (uncounted, true, 60, "more than 100 of 900 trials match · the best 100 looked into"),
            (lost, true, 70, "12 of 900 trials match · 2 cannot be read · each looked into"),
        ] {
            assert_eq!(told(&covered, done, 0, room), expected);
        }
        assert_eq!(told(&of(12, 0, 0), true, 2, 60), "12 of 900 trials match · 2 compared already");
    }
}
