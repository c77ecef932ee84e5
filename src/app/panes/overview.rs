//! Overview: what the trial is.

use super::PaneView;
use crate::app::item::Item;

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    let mut items = vec![Item::row(trial.title.clone())];
    items.extend(trial.description.brief.as_deref().map(Item::row));
    items
}
