//! The guide of a minute: begun, followed step by step, left.

use super::super::command::Command;
use super::super::guide::{Guide, Script, place};
use super::super::layer::Layer;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::notebook::Change;
use super::notebook;

/// What the person keeps is known: who has never been asked is asked, once.
pub(super) fn offer(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.samples && !model.notebook.guided && model.guide.is_none() {
        model.script = Script::standard();
        model.guide = Some(Guide::offer());
        notebook::change(model, Change::Guided, effects);
    }
}

/// Begins, or leaves when it is under way.
pub(super) fn begin_or_leave(model: &mut Model) {
    if matches!(model.guide, Some(Guide::At { .. })) {
        leave(model);
        return;
    }
    while matches!(model.layers.last(), Some(Layer::Sheet(_))) {
        model.layers.pop();
    }
    model.script = Script::standard();
    model.guide = Some(Guide::At { step: 0, place: place(model) });
}

/// Leaves it; `false` when there is none.
pub(super) fn leave(model: &mut Model) -> bool {
    let was = model.guide.take();
    if matches!(was, Some(Guide::At { .. })) {
        let key = model.keymap.first(Command::Guide);
        model.notice = Some(format!("the guide is over: {key} begins it again"));
    }
    was.is_some()
}

/// The person has done something: on to the first step that still waits.
pub(super) fn follow(model: &mut Model) {
    match model.guide {
        Some(Guide::Offered(left)) => model.guide = left.checked_sub(1).map(Guide::Offered),
        Some(Guide::At { mut step, place: began }) => {
            let before = step;
            while model.script.steps.get(step).is_some_and(|step| step.until.is_so(model, began)) {
                step += 1;
            }
            if step >= model.script.steps.len() {
                leave(model);
            } else if step != before {
                model.guide = Some(Guide::At { step, place: place(model) });
            }
        }
        None => {}
    }
}
