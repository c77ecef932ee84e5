//! The line of pane names above the detail, in as many letters as there is room for.

use super::pane::Pane;
use super::panes;
use super::wrap;
use crate::protocol::Trial;

/// A pane's name where it stands on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The pane.
    pub pane: Pane,
    /// What is written.
    pub text: String,
    /// Columns from the start of the line.
    pub x: u16,
}

/// How a line of tabs is written, the most telling first.
const STYLES: &[Writing] = &[
    Writing { names: Names::Full, counts: true, gap: 2 },
    Writing { names: Names::Full, counts: false, gap: 1 },
    Writing { names: Names::Short, counts: false, gap: 1 },
    Writing { names: Names::Numbers, counts: true, gap: 1 },
];

struct Writing {
    names: Names,
    counts: bool,
    gap: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Full,
    Short,
    /// Only the shown pane has its name.
    Numbers,
}

/// The tabs of a trial on a line of `width` columns.
pub fn line(shown: Pane, trial: &Trial, width: u16) -> Vec<Tab> {
    let mut tabs = Vec::new();
    for writing in STYLES {
        tabs = written(shown, trial, writing);
        let end = tabs.last().map_or(0, |tab| usize::from(tab.x) + wrap::width(&tab.text));
        if end <= usize::from(width) {
            break;
        }
    }
    tabs
}

fn written(shown: Pane, trial: &Trial, writing: &Writing) -> Vec<Tab> {
    let mut x = 0;
    Pane::ALL
        .into_iter()
        .map(|pane| {
            let text = text(pane, pane == shown, trial, writing);
            let at = u16::try_from(x).unwrap_or(u16::MAX);
            x += wrap::width(&text) + writing.gap;
            Tab { pane, text, x: at }
        })
        .collect()
}

fn text(pane: Pane, shown: bool, trial: &Trial, writing: &Writing) -> String {
    let number = pane.index() + 1;
    let name = match writing.names {
        Names::Short => pane.short(),
        Names::Numbers if !shown => return number.to_string(),
        _ => pane.title(),
    };
    let count = panes::count(pane, trial).filter(|_| writing.counts);
    let text = match count {
        Some(count) => format!("{number} {name} {count}"),
        None => format!("{number} {name}"),
    };
    if writing.names == Names::Numbers { format!("[{text}]") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_shrink_with_the_room_there_is() {
        let line = |width| {
            let tabs = line(Pane::Endpoints, &Trial::default(), width);
            tabs.into_iter().map(|tab| tab.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            line(100),
            "1 Overview 2 Arms 0 3 Endpoints 0 4 Schedule 5 Eligibility 6 Sites 0 7 Record"
        );
        assert_eq!(line(75), "1 Overview 2 Arms 3 Endpoints 4 Schedule 5 Eligibility 6 Sites 7 Record");
        assert_eq!(line(50), "1 Over 2 Arms 3 Ends 4 Sched 5 Elig 6 Sites 7 Rec");
        assert_eq!(line(38), "1 2 [3 Endpoints 0] 4 5 6 7");
    }
}
