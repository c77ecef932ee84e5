//! The palette: every command, found by its name, description or key.

use super::super::command::{COMMANDS, Command, CommandInfo, Place};
use super::super::input::Input;
use super::super::layer::{Layer, Line, Purpose};
use super::super::model::Model;
use super::super::msg::Effect;
use super::keys;
use crate::search::fuzzy::Pattern;

/// Opens the palette with every command.
pub(super) fn open(model: &mut Model) {
    let purpose = Purpose::Palette { found: found(model, ""), cursor: 0 };
    model.layers.push(Layer::Line(Line { purpose, input: Input::default() }));
}

/// The commands a typed text finds: the one whose key it is first, then those that apply here, the best match first.
/// Those of typing itself are left out.
pub(super) fn found(model: &Model, text: &str) -> Vec<Command> {
    let pattern = Pattern::new(text);
    let commands = COMMANDS.iter().filter(|info| !info.places.contains(&Place::Typing));
    // Where nothing is typed Enter does the first: that must not be the end.
    let is_harmless = |command: Command| !text.trim().is_empty() || command != Command::Quit;
    let mut found: Vec<((bool, bool, bool, i64), Command)> = commands
        .filter_map(|info| {
            let keys = model.keymap.keys(info.command);
            let its_key = keys.iter().any(|key| key.to_string() == text.trim());
            let score = pattern.score(&[info.name, info.what, &model.keymap.all(info.command)]);
            let score = score.or(its_key.then_some(0))?;
            Some(((its_key, applies(model, info), is_harmless(info.command), score), info.command))
        })
        .collect();
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    found.into_iter().map(|(_, command)| command).collect()
}

/// Whether a command does something where the person is, the palette itself not counted.
fn applies(model: &Model, info: &CommandInfo) -> bool {
    let places = keys::places_below_lines(model);
    info.places.iter().any(|place| places.contains(place))
}

/// Does a command that was chosen, or says where it can be done.
pub(super) fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command.info().filter(|info| !applies(model, info)) {
        Some(info) => {
            let places: Vec<String> = info.places.iter().map(|place| place.title().to_lowercase()).collect();
            model.notice = Some(format!("{} works elsewhere: {}", info.name, places.join(", ")));
        }
        None => keys::run(model, command, effects),
    }
}
