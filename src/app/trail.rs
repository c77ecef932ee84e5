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

    /// Every place that is kept.
    pub fn spots_mut(&mut self) -> impl Iterator<Item = &mut Spot> {
        self.behind.iter_mut().chain(&mut self.ahead)
    }
}

fn push(spots: &mut Vec<Spot>, spot: Spot) {
    if spots.len() == MOST {
        spots.remove(0);
    }
    spots.push(spot);
}
