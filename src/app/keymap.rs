//! Which key does what where: read from the configuration, shared by dispatch, help, palette and hints.

use std::collections::HashMap;

use super::command::{COMMANDS, Command, CommandInfo, Place};
use super::key::Key;
use crate::config;

/// The keys of every command.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    keys: HashMap<Command, Vec<Key>>,
    by_key: HashMap<(Place, Key), Command>,
}

impl Keymap {
    /// The keymap that ships with the program.
    pub fn standard() -> Self {
        Self::read(config::DEFAULT).0
    }

    /// Reads the `[keys]` table of a configuration. What is wrong is told, line by line, and left out.
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let mut map = Self::default();
        let mut faults = Vec::new();
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => return (map, vec![error.to_string()]),
        };
        let Some(keys) = table.get("keys").and_then(toml::Value::as_table) else { return (map, faults) };
        for name in keys.keys().filter(|name| Command::named(name).is_none()) {
            faults.push(format!("keys.{name}: there is no command of that name"));
        }
        // In the table's order, so that of two commands with one key always the same one has it.
        for info in COMMANDS {
            if let Some(value) = keys.get(info.name) {
                map.bind_all(info, value, &mut faults);
            }
        }
        (map, faults)
    }

    fn bind_all(&mut self, info: &CommandInfo, value: &toml::Value, faults: &mut Vec<String>) {
        let CommandInfo { name, command, .. } = *info;
        let Some(list) = value.as_array() else {
            faults.push(format!("keys.{name}: a list of keys is needed, such as [\"j\", \"down\"]"));
            return;
        };
        for key in list {
            match key.as_str().map(Key::parse) {
                Some(Ok(key)) => {
                    if let Err(fault) = self.bind(command, key) {
                        faults.push(format!("keys.{name}: {fault}"));
                    }
                }
                Some(Err(fault)) => faults.push(format!("keys.{name}: {fault}")),
                None => faults.push(format!("keys.{name}: a key is written in quotes")),
            }
        }
    }

    /// Gives a command one more key.
    ///
    /// # Errors
    /// When the key already does something else in one of the command's places.
    pub fn bind(&mut self, command: Command, key: Key) -> Result<(), String> {
        let places = command.info().map_or(&[][..], |info| info.places);
        for place in places {
            if let Some(other) = self.by_key.get(&(*place, key)).filter(|other| **other != command) {
                let other = other.info().map_or("", |info| info.name);
                return Err(format!("`{key}` is already the key of `{other}`"));
            }
        }
        for place in places {
            self.by_key.insert((*place, key), command);
        }
        let keys = self.keys.entry(command).or_default();
        if !keys.contains(&key) {
            keys.push(key);
        }
        Ok(())
    }

    /// What a key does, asked from the innermost place outwards.
    pub fn command(&self, places: &[Place], key: Key) -> Option<Command> {
        places.iter().find_map(|place| self.by_key.get(&(*place, key)).copied())
    }

    /// The keys of a command, in the configuration's order.
    pub fn keys(&self, command: Command) -> &[Key] {
        self.keys.get(&command).map_or(&[], Vec::as_slice)
    }

    /// The command's first key as it is shown, or nothing.
    pub fn first(&self, command: Command) -> String {
        self.keys(command).first().map(Key::to_string).unwrap_or_default()
    }

    /// Every command of a place with its keys as they are shown, in the table's order.
    pub fn of_place(&self, place: Place) -> impl Iterator<Item = (&'static CommandInfo, String)> + '_ {
        COMMANDS.iter().filter(move |info| info.places.first() == Some(&place)).map(|info| {
            let keys: Vec<String> = self.keys(info.command).iter().map(Key::to_string).collect();
            (info, keys.join(" "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keymap_that_ships_has_no_faults() {
        assert_eq!(Keymap::read(config::DEFAULT).1, Vec::<String>::new());
    }

    #[test]
    fn every_fault_is_told_and_the_rest_is_used() {
        let (map, faults) = Keymap::read(
            "[keys]\nquit = ['q']\nhelp = ['q', 'hyper-x']\nfly = ['f']\nzoom = 'z'\nopen = [7]\ntick = ['space']",
        );
        assert_eq!(
            faults,
            [
                "keys.fly: there is no command of that name",
                "keys.help: `q` is already the key of `quit`",
                "keys.help: `hyper-x` is not a key",
                "keys.zoom: a list of keys is needed, such as [\"j\", \"down\"]",
                "keys.open: a key is written in quotes",
            ]
        );
        assert_eq!(map.first(Command::Quit), "q");
        assert_eq!(map.first(Command::Tick), "Space");
    }

    #[test]
    fn the_innermost_place_decides() {
        let map = Keymap::standard();
        let key = Key::parse("ctrl-u").expect("a key");
        assert_eq!(map.command(&[Place::Typing, Place::Everywhere], key), Some(Command::Clear));
        assert_eq!(map.command(&[Place::List, Place::Moving, Place::Everywhere], key), Some(Command::HalfUp));
    }
}
