//! Tabs: result sets side by side, each with its query, order, ticks and place. The one that is shown is the model's own
//! list; the others stand aside here.

use super::list::List;
use super::model::{Focus, Model};
use super::pane::Pane;
use super::spot::Spot;
use super::wrap;

/// Tabs at most: each has a digit of its own.
pub const MOST: usize = 9;
/// Columns of a name, from the roomiest writing to the narrowest.
const NAMES: [usize; 3] = [32, 18, 10];
/// Columns between two tabs.
const GAP: usize = 2;

/// A tab that is not shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Which one it is, as long as the program runs.
    pub id: u64,
    /// Its list.
    pub list: List,
    /// Which side had the keys.
    pub focus: Focus,
    /// The pane.
    pub pane: Pane,
    /// Where the person was.
    pub spot: Option<Spot>,
}

/// The tabs besides the shown one, and its place among them.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    /// Those that are not shown, in order.
    pub aside: Vec<Aside>,
    /// How many of them stand before the shown one.
    pub at: usize,
    /// The shown one.
    pub id: u64,
    /// The id of the youngest.
    pub youngest: u64,
}

impl Sets {
    /// How many tabs there are.
    pub fn len(&self) -> usize {
        self.aside.len() + 1
    }

    /// Whether there are no others.
    pub fn is_empty(&self) -> bool {
        self.aside.is_empty()
    }

    /// The place of a tab among all.
    pub fn place(&self, id: u64) -> Option<usize> {
        if id == self.id {
            return Some(self.at);
        }
        let aside = self.aside.iter().position(|tab| tab.id == id)?;
        Some(if aside < self.at { aside } else { aside + 1 })
    }

    /// The place after the shown one, or before it, round and round.
    pub fn beside(&self, forward: bool) -> usize {
        let all = self.len();
        (self.at + if forward { 1 } else { all - 1 }) % all
    }
}

/// What a tab is called: by its query.
pub fn name(filter: &str) -> String {
    let words = filter.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { "all trials".to_owned() } else { words }
}

/// The names of all tabs, in order.
pub fn names(model: &Model) -> Vec<String> {
    let mut names: Vec<String> = model.sets.aside.iter().map(|tab| name(&tab.list.filter)).collect();
    names.insert(model.sets.at.min(names.len()), name(&model.list.filter));
    names
}

/// A tab's name where it stands on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its digit and name.
    pub text: String,
    /// Columns from the start of the line.
    pub x: u16,
}

/// The tabs on a line of `width` columns: names give way first, then all but the shown one are digits.
pub fn line(names: &[String], shown: usize, width: u16) -> Vec<Written> {
    let mut written = Vec::new();
    let writings = NAMES.iter().map(|room| (*room, *room)).chain([(0, NAMES[1]), (0, NAMES[2])]);
    for (others, own) in writings {
        written = write(names, shown, own, others);
        let end = written.last().map_or(0, |tab| usize::from(tab.x) + wrap::width(&tab.text));
        if end <= usize::from(width) {
            break;
        }
    }
    written
}

fn write(names: &[String], shown: usize, own: usize, others: usize) -> Vec<Written> {
    let mut x = 0;
    let tabs = names.iter().enumerate().map(|(at, name)| {
        let number = at + 1;
        let text = match others {
            0 if at != shown => number.to_string(),
            0 => format!("[{number} {}]", short(name, own)),
            others => format!("{number} {}", short(name, if at == shown { own } else { others })),
        };
        let here = u16::try_from(x).unwrap_or(u16::MAX);
        x += wrap::width(&text) + GAP;
        Written { text, x: here }
    });
    tabs.collect()
}

fn short(name: &str, room: usize) -> String {
    match wrap::cut(name, room) {
        (whole, false) => whole.to_owned(),
        (start, true) => format!("{}…", start.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_shrink_until_only_the_shown_one_has_its_own() {
        let names = ["all trials", "phase>=2 ecog<=1 status:recruiting", "hay fever"].map(str::to_owned);
        let line = |width| {
            let tabs = line(&names, 1, width);
            tabs.into_iter().map(|tab| tab.text).collect::<Vec<_>>().join(" | ")
        };
        assert_eq!(line(80), "1 all trials | 2 phase>=2 ecog<=1 status:recruit… | 3 hay fever");
        assert_eq!(line(50), "1 all trials | 2 phase>=2 ecog<=1… | 3 hay fever");
        assert_eq!(line(38), "1 all trials | 2 phase>=2… | 3 hay fever");
        assert_eq!(line(30), "1 | [2 phase>=2 ecog<=1…] | 3");
        assert_eq!(line(20), "1 | [2 phase>=2…] | 3");
    }
}
