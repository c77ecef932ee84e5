//! The way that was gone: places left behind, to go back to and forward again.

use super::spot::Spot;

/// Places that are kept in each direction.
const MOST: usize = 100;

/// Places behind and ahead, the nearest last.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    behind: Vec<Spot>,
    ahead: Vec<Spot>,
}

impl Trail {
    /// A place was left for another one: what was ahead is no more.
    pub fn left(&mut self, spot: Spot) {
        self.ahead.clear();
        push(&mut self.behind, spot);
    }

    /// The place before this one.
    pub fn back(&mut self, here: Option<Spot>) -> Option<Spot> {
        let spot = self.behind.pop()?;
        here.into_iter().for_each(|here| push(&mut self.ahead, here));
        Some(spot)
    }

    /// The place that was gone back from.
    pub fn forward(&mut self, here: Option<Spot>) -> Option<Spot> {
        let spot = self.ahead.pop()?;
        here.into_iter().for_each(|here| push(&mut self.behind, here));
        Some(spot)
    }

    /// The trials have other indexes now; places at trials that are not there any more go.
    pub fn renumber(&mut self, index_of: &dyn Fn(&str) -> Option<u32>) {
        for spots in [&mut self.behind, &mut self.ahead] {
            spots.retain_mut(|spot| {
                let now = index_of(&spot.id);
                spot.trial = now.unwrap_or(spot.trial);
                now.is_some()
            });
        }
    }
}

fn push(spots: &mut Vec<Spot>, spot: Spot) {
    if spots.len() == MOST {
        spots.remove(0);
    }
    spots.push(spot);
}
