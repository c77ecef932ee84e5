//! Which keys do what where: read from the configuration, shared by dispatch, help, palette and hints.

use std::collections::HashMap;

use super::chord::Chord;
use super::command::{COMMANDS, Command, CommandInfo, Place};
use super::key::Key;
use crate::config::settings::{At, Binding, Settings, Wrong};
use crate::config::{self, Loaded};

/// The keys of every command.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    keys: HashMap<Command, Vec<Chord>>,
    places: HashMap<Place, HashMap<Chord, Command>>,
    /// Arrows are shown by their names.
    spelt: bool,
}

/// What keys mean that were pressed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This command.
    Command(Command),
    /// A chord begins with them.
    Begun,
    /// Nothing.
    Nothing,
}

impl Keymap {
    /// The keymap that ships with the program.
    pub fn standard() -> Self {
        Self::of(&[Settings::read(config::DEFAULT).0.keys]).0
    }

    /// The keymap of a configuration over the one that ships. What cannot be used is told there.
    pub fn configured(loaded: &mut Loaded) -> Self {
        let layers = loaded.keys();
        let (mut map, wrong) = Self::of(&layers);
        loaded.wrong.extend(wrong);
        if map.keys(Command::Quit).is_empty() {
            let reason = "keys.quit: no key is left to quit with; it keeps ctrl-c".to_owned();
            loaded.wrong.push(Wrong { line: None, reason });
            if let Ok(key) = Chord::parse("ctrl-c") {
                map.put(Command::Quit, key);
            }
        }
        map
    }

    /// Binds layer after layer, the user's first. A command has its keys from the first layer that speaks of it; a key
    /// that an earlier layer has taken in the same place is left to it. What is wrong inside a layer is told.
    pub fn of(layers: &[Vec<Binding>]) -> (Self, Vec<Wrong>) {
        let mut map = Self::default();
        let mut wrong = Vec::new();
        let mut layer_of: HashMap<Command, usize> = HashMap::new();
        for (layer, bindings) in layers.iter().enumerate() {
            for Binding { command, .. } in bindings {
                if Command::named(&command.value).is_none() {
                    let reason =
                        "there is no command of that name; `trialdeck config --print-default` lists them";
                    wrong.push(Wrong::at(command.line, format!("keys.{}: {reason}", command.value)));
                }
            }
            // In the table's order, so that of two commands with one key always the same one has it.
            for info in COMMANDS {
                let Some(binding) = bindings.iter().find(|binding| binding.command.value == info.name) else {
                    continue;
                };
                if layer_of.contains_key(&info.command) {
                    continue;
                }
                // Where nothing of what is written is a key, the command keeps what it has below.
                let is_key = |key: &At<String>| Chord::parse(&key.value).is_ok();
                if binding.keys.is_empty() || binding.keys.iter().any(is_key) {
                    layer_of.insert(info.command, layer);
                }
                for key in &binding.keys {
                    let taken = |other: Command| layer_of.get(&other) == Some(&layer);
                    if let Err(reason) = map.bind(info, &key.value, taken) {
                        wrong.push(Wrong::at(key.line, format!("keys.{}: {reason}", info.name)));
                    }
                }
            }
        }
        (map, wrong)
    }

    /// Gives a command one more key, or several to press one after the other. Where another command has it, that is
    /// wrong if `told` says so; else the key stays with the other.
    fn bind(
        &mut self,
        info: &CommandInfo,
        written: &str,
        told: impl Fn(Command) -> bool,
    ) -> Result<(), String> {
        let chord = Chord::parse(written)?;
        if let Some((other, its)) = self.in_the_way(info, &chord) {
            let name = other.info().map_or("", |info| info.name);
            let reason = if its == chord {
                format!(
                    "`{chord}` is already the key of `{name}`; take another key, or take it from that one"
                )
            } else {
                format!("`{chord}` and `{its}` of `{name}` begin alike: one would never be reached")
            };
            return if told(other) { Err(reason) } else { Ok(()) };
        }
        self.put(info.command, chord);
        Ok(())
    }

    /// A command that has the same keys in one of this one's places, or keys of which one is the beginning of the
    /// other.
    fn in_the_way(&self, info: &CommandInfo, chord: &Chord) -> Option<(Command, Chord)> {
        let bound = info.places.iter().filter_map(|place| self.places.get(place)).flatten();
        let mut alike = bound.filter(|(its, other)| {
            let begins = its.after(chord.keys()).is_some() || chord.after(its.keys()).is_some();
            begins && (**other != info.command || **its != *chord)
        });
        alike.next().map(|(its, other)| (*other, its.clone()))
    }

    fn put(&mut self, command: Command, chord: Chord) {
        for place in command.info().map_or(&[][..], |info| info.places) {
            self.places.entry(*place).or_default().insert(chord.clone(), command);
        }
        let keys = self.keys.entry(command).or_default();
        if !keys.contains(&chord) {
            keys.push(chord);
        }
    }

    /// What keys mean that were pressed one after the other, asked from the innermost place outwards.
    pub fn meaning(&self, places: &[Place], pressed: &[Key]) -> Meaning {
        for bound in places.iter().filter_map(|place| self.places.get(place)) {
            let begun = bound.iter().filter_map(|(chord, command)| Some((chord.after(pressed)?, *command)));
            let mut meaning = Meaning::Nothing;
            for (rest, command) in begun {
                meaning = if rest.is_empty() { Meaning::Command(command) } else { Meaning::Begun };
            }
            if meaning != Meaning::Nothing {
                return meaning;
            }
        }
        Meaning::Nothing
    }

    /// What can be pressed after these keys, in the order of the table: the keys that are left, and the command.
    pub fn continuations(&self, places: &[Place], pressed: &[Key]) -> Vec<(Vec<Key>, Command)> {
        let mut rows: Vec<(Vec<Key>, Command)> = Vec::new();
        for bound in places.iter().filter_map(|place| self.places.get(place)) {
            for (chord, command) in bound {
                let Some(rest) = chord.after(pressed).filter(|rest| !rest.is_empty()) else { continue };
                if !rows.iter().any(|(known, _)| known == rest) {
                    rows.push((rest.to_vec(), *command));
                }
            }
        }
        let place_of = |command: Command| COMMANDS.iter().position(|info| info.command == command);
        rows.sort_by_cached_key(|(rest, command)| (place_of(*command), super::chord::shown(rest)));
        rows
    }

    /// The keys of a command, in the configuration's order.
    pub fn keys(&self, command: Command) -> &[Chord] {
        self.keys.get(&command).map_or(&[], Vec::as_slice)
    }

    /// Shows the arrow keys by their names, where arrows cannot be drawn.
    pub fn spell_arrows(&mut self, spelt: bool) {
        self.spelt = spelt;
    }

    fn shown(&self, chord: &Chord) -> String {
        let shown = chord.to_string();
        if !self.spelt {
            return shown;
        }
        shown.replace('←', "Left").replace('→', "Right").replace('↑', "Up").replace('↓', "Down")
    }

    /// The command's first key as it is shown, or nothing.
    pub fn first(&self, command: Command) -> String {
        self.keys(command).first().map(|chord| self.shown(chord)).unwrap_or_default()
    }

    /// All of a command's keys as they are shown.
    pub fn all(&self, command: Command) -> String {
        let keys: Vec<String> = self.keys(command).iter().map(|chord| self.shown(chord)).collect();
        // Where a chord is among them a blank does not tell them apart.
        let chords = self.keys(command).iter().any(|chord| chord.keys().len() > 1);
        keys.join(if chords { ", " } else { " " })
    }

    /// Every command of a place with its keys as they are shown, in the table's order.
    pub fn of_place(&self, place: Place) -> impl Iterator<Item = (&'static CommandInfo, String)> + '_ {
        let here = COMMANDS.iter().filter(move |info| info.places.first() == Some(&place));
        here.map(|info| (info, self.all(info.command)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        Chord::parse(text).expect("keys").keys().to_vec()
    }

    fn configured(text: &str) -> (Keymap, Vec<String>) {
        let (settings, wrong) = Settings::read(text);
        let mut loaded = Loaded { settings, file: Some("config.toml".into()), wrong };
        let map = Keymap::configured(&mut loaded);
        (map, loaded.faults().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_keymaps_that_ship_have_no_faults() {
        for (name, text) in config::KEYMAPS {
            assert_eq!(Settings::read(text).1, [], "{name}");
            assert_eq!(configured(&format!("keymap = '{name}'")).1, Vec::<String>::new(), "{name}");
            let (_, wrong) = Keymap::of(&[Settings::read(text).0.keys]);
            assert_eq!(wrong, [], "{name}");
        }
        assert_eq!(Keymap::of(&[Settings::read(config::DEFAULT).0.keys]).1, []);
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_the_rest_is_used() {
        let (map, faults) = configured(
            "keymap = 'wordstar'\n[keys]\nquit = ['q']\nhelp = ['q',\n  'hyper-x']\nfly = ['f']\nzoom = ''\n\
             tick = ['space', 'X']\nopen = 'X Y'\n",
        );
        let told: Vec<&str> =
            faults.iter().map(|fault| fault.split("; ").next().unwrap_or_default()).collect();
        assert_eq!(
            told,
            [
                "config.toml, line 1: keymap: there is no keymap “wordstar”",
                "config.toml, line 4: keys.help: `q` is already the key of `quit`",
                "config.toml, line 5: keys.help: `hyper-x` is not a key",
                "config.toml, line 6: keys.fly: there is no command of that name",
                "config.toml, line 7: keys.zoom: there is no key between the quotes",
                "config.toml, line 8: keys.tick: `X` and `X Y` of `open` begin alike: one would never be reached",
            ]
        );
        assert_eq!(map.first(Command::Quit), "q");
        assert_eq!(map.first(Command::Tick), "Space");
        assert_eq!(map.first(Command::Palette), ":", "what is not spoken of stays");
        assert_eq!(map.first(Command::Zoom), "z", "and what is not understood");
    }

    #[test]
    fn a_key_that_the_user_gives_away_leaves_the_command_that_had_it() {
        let (map, faults) = configured("[keys]\nzoom = ['y']\ntop = ['g g', 'home']\n");
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(
            map.meaning(&[Place::List, Place::Everywhere], &keys("y")),
            Meaning::Command(Command::Zoom)
        );
        assert_eq!(map.first(Command::Copy), "", "its key was taken");
        assert_eq!(map.first(Command::Top), "g g");
        let moving = [Place::List, Place::Moving, Place::Everywhere];
        assert_eq!(map.meaning(&moving, &keys("g")), Meaning::Begun);
        assert_eq!(map.meaning(&moving, &keys("g g")), Meaning::Command(Command::Top));
        assert_eq!(map.meaning(&moving, &keys("g x")), Meaning::Nothing);
        assert_eq!(map.continuations(&moving, &keys("g")), [(keys("g"), Command::Top)]);
    }

    #[test]
    fn quitting_always_has_a_key() {
        let (map, faults) = configured("[keys]\nquit = []\n");
        assert_eq!(map.first(Command::Quit), "Ctrl-c");
        assert_eq!(faults.len(), 1, "{faults:?}");
    }

    #[test]
    fn the_innermost_place_decides() {
        let map = Keymap::standard();
        let key = keys("ctrl-u");
        let meaning = |places: &[Place]| map.meaning(places, &key);
        assert_eq!(meaning(&[Place::Typing, Place::Everywhere]), Meaning::Command(Command::Clear));
        let list = [Place::List, Place::Moving, Place::Everywhere];
        assert_eq!(meaning(&list), Meaning::Command(Command::HalfUp));
    }
}
